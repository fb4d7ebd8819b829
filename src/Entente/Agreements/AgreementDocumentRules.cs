using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Calendars;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Agreements;

/// <summary>What makes an agreement document usable, and what it is measured with.</summary>
public static class AgreementDocumentRules
{
    /// <summary>Everything that is wrong: keys, references, dates, values.</summary>
    public static IReadOnlyList<Finding> Validate(AgreementDocument document)
    {
        List<Finding> findings = [];
        if (document.Entente != AgreementDocument.Version1)
            findings.Add(Finding.Error("entente", "agreement.version",
                $"Expected {AgreementDocument.Version1}, found '{document.Entente}'."));
        if (!TermRules.IsKey(document.Key))
            findings.Add(Finding.Error("key", "agreement.key",
                $"'{document.Key}' is no key: lower case letters, digits, hyphens and dots."));
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(document.TimeZone) is null)
            findings.Add(Finding.Error("timeZone", "agreement.zone",
                $"'{document.TimeZone}' is no IANA time zone such as Europe/Berlin."));
        if (document.Effective is { To: { } to } effective && to <= effective.From)
            findings.Add(Finding.Error("effective", "agreement.effective", "The agreement ends before it begins."));
        if (document.Terms.Count == 0) findings.Add(Finding.Error("terms", "agreement.terms",
            "An agreement needs at least one term."));
        Unique(document.Services.Select(service => service.Key), "services", findings);
        Unique(document.Sources.Select(source => source.Key), "sources", findings);
        Unique(document.Terms.Select(term => term.Key), "terms", findings);
        Unique(document.Underpinning.Select(contract => contract.Key), "underpinning", findings);
        Unique(document.Policy.Select(policy => policy.Version), "policy", findings);
        foreach (var (key, calendar) in document.Calendars) calendar.Read($"calendars.{key}", findings);
        for (var i = 0; i < document.Terms.Count; i++) Check(document.Terms[i], $"terms[{i}]", document, findings);
        for (var i = 0; i < document.Underpinning.Count; i++)
            for (var k = 0; k < document.Underpinning[i].Terms.Count; k++)
                findings.AddRange(TermRules.Validate(document.Underpinning[i].Terms[k],
                    $"underpinning[{i}].terms[{k}]"));
        for (var i = 0; i < document.Exclusions.Count; i++)
            CheckExclusion(document.Exclusions[i], $"exclusions[{i}]", findings,
                TermRules.Validate(document.Exclusions[i], $"exclusions[{i}]"));
        for (var i = 0; i < document.Policy.Count; i++) CheckPolicy(document.Policy[i], $"policy[{i}]", findings);
        return findings;
    }

    /// <summary>What its terms are measured with.</summary>
    /// <exception cref="BadInputException">A calendar cannot be read.</exception>
    public static MeasuringContext Context(AgreementDocument document)
    {
        List<Finding> findings = [];
        var calendars = document.Calendars.Select(pair =>
            (pair.Key, Calendar: pair.Value.Read($"calendars.{pair.Key}", findings))).ToArray();
        if (findings.Count > 0) throw new BadInputException(findings);
        var zone = DateTimeZoneProviders.Tzdb[document.TimeZone];
        return new MeasuringContext
        {
            TimeZone = document.TimeZone,
            Period = document.Period,
            Calendars = calendars.ToDictionary(pair => pair.Key, pair => CompiledCalendar.Compile(pair.Calendar!)),
            Policies = document.Policy,
            Exclusions = document.Exclusions,
            Terms = document.Terms,
            SourceFiles = document.Sources.Where(source => source.File is not null)
                .ToDictionary(source => source.Key, source => source.File!),
            SourceCovers = document.Sources.Where(source => source.Covers is not null)
                .ToDictionary(source => source.Key, source => new Interval(source.Covers!.From, source.Covers.To)),
            From = document.Effective?.From.AtStartOfDayInZone(zone).ToInstant(),
            To = document.Effective?.To?.AtStartOfDayInZone(zone).ToInstant(),
        };
    }

    private static void Unique(IEnumerable<string> keys, string path, List<Finding> findings) => findings.AddRange(
        keys.GroupBy(key => key).Where(group => group.Count() > 1)
            .Select(group => Finding.Error(path, "agreement.unique",
                $"The key '{group.Key}' is there {group.Count()} times.")));

    private static void Check(Term term, string path, AgreementDocument document, List<Finding> findings)
    {
        findings.AddRange(TermRules.Validate(term, path));
        for (var i = 0; i < term.Exclusions.Count;
            i++) CheckExclusion(term.Exclusions[i], $"{path}.exclusions[{i}]", findings, []);
        Refer(term.Service, document.Services.Select(service => service.Key), "service", "service");
        Refer(term.Calendar, document.Calendars.Keys, "calendar", "calendar");
        Refer(term.Measure?.Source, document.Sources.Select(source => source.Key), "measure.source", "source");
        Refer(term.Credit?.Charge, document.Terms.OfType<Term.Charge>().Select(charge => charge.Key), "credit.charge",
            "charge term");
        if (term is Term.SupportHours hours) Refer(hours.Hours, document.Calendars.Keys, "hours", "calendar");
        if (term is Term.ServiceCredit credit)
            foreach (var key in credit.Covers) Refer(key, document.Terms.Select(one => one.Key), "covers", "term");
        var names = document.Terms.Select(one => one.Key)
            .Concat(document.Underpinning.SelectMany(one => one.Named).Select(one => one.Name)).ToArray();
        for (var i = 0; i < term.RestsOn.Count; i++)
        {
            if (!Dependency.TryParse(term.RestsOn[i], out var dependency))
                findings.Add(Finding.Error($"{path}.restsOn[{i}]", "term.restsOn",
                    $"Expected {Dependency.Expected}, found '{term.RestsOn[i]}'."));
            else
                foreach (var name in dependency.Members) Refer(name, names, $"restsOn[{i}]", "term");
        }

        void Refer(string? key, IEnumerable<string> known, string field, string what)
        {
            if (key is null || known.Contains(key)) return;
            var all = string.Join(", ", known.Order());
            findings.Add(Finding.Error($"{path}.{field}", "agreement.reference",
                $"There is no {what} '{key}'; there are: {(all.Length > 0 ? all : "none")}."));
        }
    }

    private static void CheckExclusion(ExclusionClause clause, string path, List<Finding> findings,
        IReadOnlyList<Finding> own)
    {
        findings.AddRange(own);
        if (clause.Rrule is null) return;
        try
        {
            RecurrenceRule.Parse(clause.Rrule);
        }
        catch (FormatException bad)
        {
            findings.Add(Finding.Error($"{path}.rrule", "exclusion.rrule", bad.Message));
        }
    }

    private static void CheckPolicy(AccountingPolicy policy, string path, List<Finding> findings)
    {
        if (policy.Confirmations < 1) findings.Add(Finding.Error($"{path}.confirmations", "policy.confirmations",
            "Expected 1 or more."));
        if (policy.Quorum is < 1) findings.Add(Finding.Error($"{path}.quorum", "policy.quorum", "Expected 1 or more."));
        if (policy.Decimals is < 0 or > 12) findings.Add(Finding.Error($"{path}.decimals", "policy.decimals",
            "Expected 0 to 12."));
        foreach (var (state, weight) in policy.Degraded)
            if (weight is < 0 or > 1) findings.Add(Finding.Error($"{path}.degraded.{state}", "policy.weight",
                "A weight lies between 0 and 1."));
    }
}
