using System.Text.RegularExpressions;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Terms;

namespace Entente.Agreements;

/// <summary>The signing plan that follows from the charter's table of who does what; it is nobody's until the chair
/// keeps it.</summary>
/// <param name="From">The rows of the charter that speak of signing.</param>
/// <param name="Notes">What in them names nobody who could sign, and what was added so that the plan can stand.</param>
public sealed partial record SigningProposal(SigningPlan Plan, ValueList<RaciRow> From, ValueList<string> Notes)
{
    /// <summary>
    /// Whoever is responsible for signing signs first, whoever is accountable after them all; the consulted and the
    /// informed do not sign. No row about signing makes no proposal.
    /// </summary>
    /// <remarks>Somebody who stands in the plan already keeps the authority that it gives.</remarks>
    public static SigningProposal? Of(CharterState charter, EngagementState parties, SigningPlan standing)
    {
        List<RaciRow> rows = [.. (charter.Charter?.Raci ?? []).Where(row => SigningPattern().IsMatch(row.Activity))];
        if (rows.Count == 0) return null;
        List<string> notes = charter.IsApproved ? []
            : ["Not every stakeholder has approved this edition of the charter."];
        List<Signatory> signatories = [];
        foreach (var (words, step) in rows.Select(row => (row.Responsible, 1))
            .Concat(rows.Select(row => (row.Accountable, 2))))
        {
            foreach (var one in Named(words, parties, notes)
                .Where(one => !signatories.Exists(known => known.IsSame(one))))
                signatories.Add(standing.Signatories.FirstOrDefault(known => known.Person is not null
                    && known.IsSame(one)) is { } known
                    ? known with { Step = step } : one with { Step = step });
        }

        foreach (var side in Enum.GetValues<Side>().Where(side =>
            !signatories.Exists(one => one.Seat.Side == side && one.Above is null)))
        {
            notes.Add($"The charter names nobody who signs for the {side.Seat.Words}: anybody of it may.");
            signatories.Add(new("", side.Seat));
        }

        var steps = signatories.Select(one => one.Step).Distinct().Order().ToList();
        return new(SigningPlan.Of(signatories.OrderBy(one => one.Step)
            .Select(one => one with { Step = steps.IndexOf(one.Step) + 1 })),
            rows.ToValueList(), notes.Distinct().ToValueList());
    }

    /// <summary>Who a cell of the table names: people, or anybody of a seat where it names none of that seat.</summary>
    private static List<Signatory> Named(string words, EngagementState parties, List<string> notes)
    {
        List<Signatory> found = [];
        foreach (var part in ApartPattern().Split(words).Where(part => part.Length > 0))
        {
            var people = People(part, parties);
            if (people is [{ Seat: Seat.ServiceLevelManager } chair])
                notes.Add($"{chair.Name} is neutral as service level manager and signs for nobody.");
            else if (people is [var person]) found.Add(new("", person.Seat, person.Person, person.Name));
            else if (people.Count > 1) notes.Add($"'{part}' may be "
                + string.Join(" or ", people.Select(one => one.Name).Order(StringComparer.Ordinal)) + ": plan that signature by hand.");
            else if (SeatOf(part, parties) is { } seat) found.Add(new("", seat));
            else notes.Add($"'{part}' has no seat in this engagement: give one, or plan that signature by hand.");
        }

        return [.. found.Where(one => one.Person is not null
            || !found.Exists(other => other.Person is not null && other.Seat == one.Seat))];
    }

    /// <remarks>The whole name first, then a part of it such as the first name, then a name within more
    /// words.</remarks>
    private static List<SeatHolder> People(string text, EngagementState parties)
    {
        var words = WordPattern().Matches(text).Select(match => match.Value).ToList();
        Func<SeatHolder, bool>[] ways =
        [
            holder => string.Equals(holder.Name, text, StringComparison.OrdinalIgnoreCase),
            holder => words.Count > 0 && words.TrueForAll(word => Has(holder.Name, word)),
            holder => WordPattern().Matches(holder.Name) is { Count: > 1 } all
                && all.All(word => Has(text, word.Value)),
        ];
        return ways.Select(way => parties.Seats.Values.Where(way).ToList()).FirstOrDefault(all => all.Count > 0) ?? [];
    }

    private static bool Has(string text, string word) =>
        WordPattern().Matches(text).Any(match => string.Equals(match.Value, word, StringComparison.OrdinalIgnoreCase));

    private static Seat? SeatOf(string text, EngagementState parties)
    {
        var word = ArticlePattern().Replace(text, "");
        return Is(Seat.Provider.Words) || Is(parties.Provider) ? Seat.Provider
            : Is(Seat.Customer.Words) || Is(parties.Customer) ? Seat.Customer
            : Is(Seat.Accounting.Words) ? Seat.Accounting
            : null;

        bool Is(string name) => string.Equals(word, name, StringComparison.OrdinalIgnoreCase);
    }

    /// <remarks>Charters are written in the house's own language; to design or to assign is not to sign.</remarks>
    [GeneratedRegex(@"\b(?:sign(?:s|ed|ing|atures?)?|unterschr\w*|unterzeichn\w*|signe[rz]?|firm(?:a|an|ar|are))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SigningPattern();

    [GeneratedRegex(@"\s*[,;&/+]\s*|\s+(?:and|und|et)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ApartPattern();

    [GeneratedRegex(@"[\p{L}\p{M}\d'’-]+", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"^(?:(?:anybody|someone|somebody) (?:of|for|from) )?(?:the )?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ArticlePattern();
}
