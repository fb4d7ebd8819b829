using System.Globalization;
using System.Text;
using Entente.Terms;
using NodaTime;

namespace Entente.Agreements;

/// <summary>An agreement as a text that people sign: the same sentences on paper, on the page and in
/// Markdown.</summary>
public static class AgreementText
{
    public static string TypeWords(AgreementType type) => type switch
    {
        AgreementType.Ola => "Operational level agreement",
        AgreementType.Uc => "Underpinning contract",
        _ => "Service level agreement",
    };

    /// <summary>The terms under the service they are promised for; those of the whole agreement come last.</summary>
    public static IEnumerable<(string Heading, IReadOnlyList<Term> Terms)> Parts(AgreementDocument document)
    {
        foreach (var service in document.Services)
        {
            Term[] terms = [.. document.Terms.Where(term => term.Service == service.Key)];
            if (terms.Length > 0) yield return (service.Title, terms);
        }

        Term[] rest = [.. document.Terms.Where(term => document.Services.All(service => service.Key != term.Service))];
        if (rest.Length > 0) yield return (document.Services.Count > 0 ? "The whole agreement" : "Terms", rest);
    }

    /// <summary>From when, and until when, in words.</summary>
    public static string Term(AgreementVersion version) => version.Document.Effective?.To is { } to
        ? $"It holds from {Date(version.EffectiveFrom)} until the end of {Date(to.PlusDays(-1))} "
            + $"({version.Document.TimeZone})."
        : $"It holds from {Date(version.EffectiveFrom)} ({version.Document.TimeZone}) until a later version replaces "
            + $"it.";

    public static string Markdown(AgreementVersion version)
    {
        var document = version.Document;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"# {document.Title}\n\n{TypeWords(document.Type)}, version {version.Number}\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Between **{Party(document.Provider)}** (provider) and **{Party(document.Customer)}** (customer). "
                + $"{Term(version)}\n");
        if (document.Notes is { } notes) text.Append(CultureInfo.InvariantCulture, $"\n{notes}\n");
        var number = 0;
        foreach (var (heading, terms) in Parts(document))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {++number}. {heading}\n");
            for (var i = 0; i < terms.Count; i++)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"\n{number}.{i + 1} **{terms[i].Title}.** {ClauseLibrary.Words(terms[i], document)}\n");
                foreach (var detail in ClauseLibrary.Details(terms[i])) text.Append(
                    CultureInfo.InvariantCulture, $"   - {detail}\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## {++number}. Signatures\n");
        foreach (var one in version.Signatories)
        {
            text.Append(version.SignatureOf(one.Key) is { } signed
                ? string.Create(CultureInfo.InvariantCulture,
                    $"\n- For {Bound(version, one)}: **{signed.Name}**{signed.Words[signed.Name.Length..]}, "
                        + $"{signed.Place}, {signed.At:uuuu-MM-dd HH:mm} UTC\n")
                : string.Create(CultureInfo.InvariantCulture, $"\n- For {Bound(version, one)}: not signed\n"));
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{Signing(version)}\n");
        if (Certified(version) is { Count: > 0 } certified)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {++number}. Certificate of the negotiation\n");
            foreach (var words in certified) text.Append(CultureInfo.InvariantCulture, $"\n{words}\n");
        }

        return text.ToString();
    }

    /// <summary>Whom a signature binds: the party's name, or accounting, or the stakeholders.</summary>
    public static string Bound(AgreementVersion version, Signatory signatory) => signatory.Seat switch
    {
        Seat.Provider => Party(version.Document.Provider),
        Seat.Customer => Party(version.Document.Customer),
        Seat.Stakeholder => "the stakeholders",
        _ => signatory.Seat.Words,
    };

    /// <summary>What the signatures amount to: how many there are of those that are needed, and for which value.</summary>
    public static string Signing(AgreementVersion version)
    {
        var (given, needed) = (version.Signatures.Count, version.Signatories.Count());
        var value = YearlyValue.Of(version.Document);
        return (version.IsSigned ? $"{(needed == 2 ? "Both" : $"All {needed}")} signatures that this version needs are given"
                : $"{given} of {needed} signatures that this version needs are given")
            + (value.Count == 0 ? "." : $"; its charges are worth {string.Join(" and ", value.Select(one => one.Label))} a year.");
    }

    /// <summary>The certificate of a version in sentences: what was tested or waived, from what, what the parties
    /// opened of their dividends, and who signed it, in their order and under which authority.</summary>
    public static IReadOnlyList<string> Certified(AgreementVersion version)
    {
        if (version.Certificate is not { Words: { } words } certificate) return [];
        List<string> all = [words];
        if (certificate.Waiver is { } waiver) all.Add($"Waived: {waiver}");
        if (certificate.Evidence.Count > 0) all.Add($"Evidence: {string.Join("; ", certificate.Evidence)}.");
        if (certificate.Versions.Count > 0) all.Add($"Computed from: {string.Join("; ", certificate.Versions)}.");
        foreach (var (seat, dividend) in version.Dividends)
        {
            all.Add($"Against what stood without this agreement it brought the {seat.Words} "
                + $"{(dividend.Total < 0 ? "−" : "")}{new Money(Math.Abs(dividend.Total), dividend.Currency).Label} a month.");
        }

        foreach (var (at, signed) in version.Signatures.Index())
        {
            var signatory = version.Plan.Find(signed.Signatory)!;
            all.Add($"{Wording.Ordinal(at + 1).Capital()} signed {signed.Words}, for {Bound(version, signatory)}, on "
                + $"{Date(signed.At.InUtc().Date)}: step {signatory.Step} of the signing plan, "
                + $"authority {signatory.Authority}.");
        }

        return all;
    }

    public static string Date(LocalDate date) => date.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);

    private static string Party(PartyEntry? party) => party?.Name ?? "not named";
}
