using System.Text.RegularExpressions;

namespace Entente.Terms;

/// <summary>What must hold inside one term, whatever agreement it stands in.</summary>
public static partial class TermRules
{
    public static bool IsKey(string key) => KeyPattern().IsMatch(key);

    public static IReadOnlyList<Finding> Validate(Term term, string path = "")
    {
        var at = path.Length == 0 ? "" : path + ".";
        List<Finding> findings = [];
        if (!IsKey(term.Key))
            Error("key", "term.key",
                $"'{term.Key}' is no key: lower case letters, digits, hyphens and dots, at most 63.");
        if (string.IsNullOrWhiteSpace(term.Title)) Error("title", "term.title", "A term needs a title.");
        foreach (var (field, objective) in Objectives(term)) Check(field, objective.Text, objective.Unit);
        switch (term)
        {
            case Term.Latency { Threshold: var threshold } when threshold <= NodaTime.Duration.Zero:
                Error("threshold", "term.threshold", "The threshold must be longer than nothing.");
                break;
            case Term.TicketClock { Within.Duration: { } within } when within <= NodaTime.Duration.Zero:
                Error("within", "term.within", "The limit must be longer than nothing.");
                break;
            case Term.Survey survey when survey.ScaleMin >= survey.ScaleMax:
                Error("scaleMax", "term.scale", "The scale's highest score must lie above its lowest.");
                break;
            case Term.Survey survey when survey.Target.Target < survey.ScaleMin
                || survey.Target.Target > survey.ScaleMax:
                Error("target", "term.scale",
                    $"The target lies outside the scale {survey.ScaleMin} to {survey.ScaleMax}.");
                break;
            case Term.FreeClause { Choices: not [] } clause when !clause.Choices.Contains(clause.Text):
                Error("text", "term.choice", $"'{clause.Text}' is none of the choices.");
                break;
        }

        ValidateSlicing(term, at, findings);
        for (var i = 0; i < term.Exclusions.Count; i++)
            findings.AddRange(Validate(term.Exclusions[i], $"{at}exclusions[{i}]"));
        if (term.Credit is { Bands: [] }) Error("credit.bands", "credit.bands",
            "A credit ladder needs at least one band.");
        ValidateMeasure(term.Measure, at, findings);
        for (var i = 0; i < term.Contingents.Count; i++) ValidateContingent(term, term.Contingents[i], i, Error);
        return findings;

        void Error(string field, string rule, string message) => findings.Add(Finding.Error(at + field, rule, message));

        void Check(string field, Objective objective, Unit unit)
        {
            if (objective.Unit != unit)
                Error(field, "term.unit", unit == Unit.Percent ? $"'{objective}' must be a share such as >= 99.9 %."
                    : $"'{objective}' must be a number without %.");
            else if (unit == Unit.Percent && objective.Target > 100m)
                Error(field, "term.share", $"'{objective}' is more than everything.");
        }
    }

    private static void ValidateContingent(
        Term term, Contingent contingent, int place, Action<string, string, string> error)
    {
        if (string.IsNullOrWhiteSpace(contingent.Until))
            error($"contingents[{place}].until", "contingent.until", "Say what ends it.");
        if (contingent is { Value: null, CreditTimes: null })
            error($"contingents[{place}]", "contingent.empty", "Say a value, or how many times credits count meanwhile.");
        if (contingent.Value is { } value && term.With(value).Refusal is { } misfit)
            error($"contingents[{place}].value", "contingent.value", misfit.Message);
        if (contingent.CreditTimes is { } times && (times < 0 || term.Credit is null))
            error($"contingents[{place}].creditTimes", "contingent.credit", times < 0 ? "Credits count 0 times or more."
                : "The term has no credit that could count several times.");
    }

    public static IReadOnlyList<Finding> Validate(ExclusionClause exclusion, string path)
    {
        var forms = (exclusion.From is not null || exclusion.To is not null ? 1 : 0)
            + (exclusion.Start is not null ? 1 : 0) + (exclusion.Where is not null ? 1 : 0);
        if (forms != 1)
            return [Finding.Error(path, "exclusion.form",
                "Say exactly one of: from with to, start with length (and rrule), or where.")];
        List<Finding> findings = [];
        if (exclusion.Where is null && exclusion.Start is null && !(exclusion.From < exclusion.To))
            findings.Add(Finding.Error(path, "exclusion.span", "from must lie before to."));
        if (exclusion.Start is not null && exclusion.Length?.Duration is null)
            findings.Add(Finding.Error($"{path}.length", "exclusion.length", "start needs a length such as 2 h."));
        if (exclusion.Rrule is not null && exclusion.Start is null)
            findings.Add(Finding.Error($"{path}.rrule", "exclusion.rrule",
                "rrule repeats start: say start and length."));
        if (exclusion is { DecidedAt: { } decided, From: { } from } && decided > from
            && (exclusion.Reason is null || exclusion.ApprovedBy is null))
            findings.Add(Finding.Error(path, "exclusion.retroactive",
                "An exclusion decided afterwards needs reason and approvedBy."));
        return findings;
    }

    private static IEnumerable<(string Field, (Objective Text, Unit Unit) Objective)> Objectives(Term term) =>
        term switch
        {
            Term.Availability t => [("target", (t.Target, Unit.Percent))],
            Term.EventRatio t => [("target", (t.Target, Unit.Percent))],
            Term.Latency t => [("target", (t.Target, Unit.Percent))],
            Term.TicketClock { Target: { } target } => [("target", (target, Unit.Percent))],
            Term.Workload t => [("limit", (t.Limit, Unit.Number))],
            Term.Survey t => [("target", (t.Target, Unit.Number))],
            Term.CountLimit t => [("target", (t.Target, Unit.Number))],
            _ => [],
        };

    private static void ValidateSlicing(Term term, string at, List<Finding> findings)
    {
        var slicing = (term as Term.Availability)?.Slicing ?? (term as Term.EventRatio)?.Slicing;
        if (slicing is null) return;
        if (slicing.Length <= NodaTime.Duration.Zero)
            findings.Add(Finding.Error($"{at}slicing.length", "slicing.length",
                "A slice must be longer than nothing."));
        if (slicing is { Kind: SlicingKind.Timeslices, Target: null })
            findings.Add(Finding.Error($"{at}slicing.target", "slicing.target",
                "Timeslices need the share from which a slice is good."));
        if (slicing.Target is { Unit: not Unit.Percent })
            findings.Add(Finding.Error($"{at}slicing.target", "term.unit",
                "The target of a slice is a share such as >= 95 %."));
    }

    private static void ValidateMeasure(Measure? measure, string at, List<Finding> findings)
    {
        if (measure is null) return;
        foreach (var (state, weight) in measure.Weights)
        {
            if (weight is < 0 or > 1)
                findings.Add(Finding.Error($"{at}measure.weights.{state}", "measure.weight",
                    "A weight lies between 0 and 1."));
        }

        if (measure.Combine is { Kind: CombinationKind.KOfN } combine && (combine.K is not { } k || k < 1
            || (measure.Series.Count > 0 && k > measure.Series.Count)))
            findings.Add(Finding.Error($"{at}measure.combine.k", "measure.k",
                "k must lie between 1 and the number of series."));
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
