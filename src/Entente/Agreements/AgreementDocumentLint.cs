using System.Globalization;
using System.Text.RegularExpressions;
using Entente.ServiceTime.Windows;
using Entente.Terms;
using Entente.Terms.Evaluation;

namespace Entente.Agreements;

/// <summary>What both sides will argue about one day, found before they sign.</summary>
/// <remarks>Rules are listed in <c>docs/agreement-as-code.md</c>; each finding names its rule and its place.</remarks>
public static partial class AgreementDocumentLint
{
    public static IReadOnlyList<Finding> Find(AgreementDocument document)
    {
        List<Finding> findings = [];
        for (var i = 0; i < document.Terms.Count; i++)
        {
            var (term, path) = (document.Terms[i], $"terms[{i}]");
            var policy = document.Policy.Count > 0 ? document.Policy[^1]
                : ServiceTime.Accounting.AccountingPolicy.Standard;
            if (term.Credit is { } ladder) findings.AddRange(BandLint.Find(term, ladder, policy, $"{path}.credit"));
            if (term.Credit is { } credit && credit.Bands.Any(band => band.Credit.Share is not null)
                && CreditRules.Fee(term, credit,
                    new MeasuringContext { Terms = document.Terms, Period = document.Period }) is null)
                Warn($"{path}.credit", "credit.fee",
                    "A share of a fee is promised, but no fee is known: say 'of' or add a charge term.");
            Measured(term, path, document, Warn);
            Limits(term, path, Warn);
            Budget(term, path, document, policy, Warn);
            Clause(term, path, document, Warn);
            foreach (var odd in ClauseLibrary.Named(term.Clause ?? "").Except(ClauseLibrary.Variables(term.GetType())))
                Warn($"{path}.clause", "clause.variable", $"{{{odd}}} stands for nothing in this term's clause.");
            foreach (var contingent in term.Contingents.Where(one => one.At is null))
                Warn($"{path}.contingents", "contingent.open",
                    $"'{contingent.Label}' holds until {contingent.Until}, with no last day: it may hold for ever.");
        }

        findings.AddRange(FeasibilityLint.Find(document));
        Clocks(document, Warn);
        Workload(document, Warn);
        Priorities(document, Warn);
        return findings;

        void Warn(string path, string rule, string message) => findings.Add(Finding.Warning(path, rule, message));
    }

    private static bool IsMeasured(Term term) =>
        term is not (Term.SupportHours or Term.ServiceCredit or Term.Charge or Term.FreeClause);

    private static void Measured(
        Term term, string path, AgreementDocument document, Action<string, string, string> warn)
    {
        if (!IsMeasured(term) || term.RestsOn.Count > 0 && term is Term.CountLimit) return;
        if (document.Sources.Count == 0) warn(path, "source.none",
            "No data source of the agreement measures this target.");
        else if (term.Measure?.Source is null) warn($"{path}.measure", "source.none",
            "No data source is named that measures this target.");
    }

    private static void Limits(Term term, string path, Action<string, string, string> warn)
    {
        if (term is not Term.TicketClock clock) return;
        if (!clock.Within.IsMeasurable)
            warn($"{path}.within", "limit.noDuration",
                $"'{clock.Within}' is no duration: nobody can say when it is missed.");
        if (BusinessPattern().IsMatch(clock.Within.Text) && term.Calendar is null)
            warn($"{path}.within", "calendar.undefined",
                $"'{clock.Within}' speaks of business time, but the term names no calendar.");
        else if (DayPattern().IsMatch(clock.Within.Text))
            warn($"{path}.within", "limit.day", $"'{clock.Within}' is taken as 24 hours a day of "
                + $"{(term.Calendar is null ? "all time" : "open time")}: say hours or business days.");
    }

    private static void Budget(
        Term term, string path, AgreementDocument document, ServiceTime.Accounting.AccountingPolicy policy,
        Action<string, string, string> warn)
    {
        if (TermEvaluation.ObjectiveOf(term) is not { MoreIsBetter: true, Unit: Unit.Percent } objective) return;
        if (term is Term.TicketClock { Target: null })
            warn($"{path}.target", "budget.zero",
                "No share is promised, so every single ticket must be in time: the budget is zero.");
        else if (objective.Value >= 1m) warn($"{path}.target", "budget.zero",
            "100 % leaves a budget of zero: the first failure breaks it.");
        else if (term.UpTo is { } bound && bound.Max * (1m - objective.Value) < 1m)
            warn($"{path}.upTo", "budget.zero", FormattableString.Invariant(
                $"{bound.Max} {bound.Of} at {objective} allow {bound.Max * (1m - objective.Value):0.##}: not one may fail."));
        var slicing = (term as Term.Availability)?.Slicing ?? (term as Term.EventRatio)?.Slicing;
        if (slicing is { Kind: SlicingKind.Timeslices }
            && SecondsOf(term.Period ?? document.Period) * (1m - objective.Value) < (decimal)slicing.Length.TotalSeconds
            && objective.Value < 1m)
            warn($"{path}.slicing", "budget.zero",
                "The period's budget is shorter than one slice: not one slice may be bad.");
        if (policy.Decimals is { } decimals && objective.Target.Scale > decimals)
            warn($"{path}.target", "rounding.coarse",
                $"{objective} has more decimals than the {decimals} that results are rounded to before they are compared.");
    }

    private static decimal SecondsOf(TermPeriod period) => period.Length is { } length ? (decimal)length.TotalSeconds
        : period.Unit switch
        {
            PeriodUnit.Day => 86_400m,
            PeriodUnit.Week => 604_800m,
            PeriodUnit.Month => 2_419_200m,
            PeriodUnit.Quarter => 7_776_000m,
            _ => 31_536_000m,
        };

    /// <summary>Hours or minutes in the clause that do not follow from the share: "43 hours a year" beside 99.5
    /// %.</summary>
    private static void Clause(Term term, string path, AgreementDocument document, Action<string, string, string> warn)
    {
        if (term.Clause is null || term is not Term.Availability { Target: { MoreIsBetter: true } target }) return;
        var allowed = SecondsOf(term.Period ?? document.Period) * (1m - target.Value);
        foreach (Match match in HoursPattern().Matches(term.Clause))
        {
            var said = decimal.Parse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture)
                * (match.Groups[2].Value[0] is 'h' or 'H' ? 3600m : 60m);
            if (said != allowed && Math.Abs(said - allowed) < allowed * 0.1m)
                warn($"{path}.clause", "clause.number", FormattableString.Invariant(
                    $"The clause says {match.Value}, but {target} of the period leaves {allowed / 3600m:0.####} hours."));
        }
    }

    /// <summary>A ticket must be answered before it can be resolved.</summary>
    private static void Clocks(AgreementDocument document, Action<string, string, string> warn)
    {
        var clocks = document.Terms.OfType<Term.TicketClock>().Where(clock => clock.Within.Duration is not null)
            .ToArray();
        foreach (var resolution in clocks.Where(clock => clock.Clock == ClockKind.Resolution))
            foreach (var response in clocks.Where(clock => clock.Clock == ClockKind.Response
                && clock.Service == resolution.Service
                && clock.Calendar == resolution.Calendar && clock.Priorities.SequenceEqual(resolution.Priorities)))
                if (response.Within.Duration > resolution.Within.Duration)
                    warn($"terms[{document.Terms.ToList().IndexOf(response)}].within", "clock.order",
                        $"'{response.Title}' allows {response.Within}, longer than '{resolution.Title}' with {resolution.Within}.");
    }

    private static void Workload(AgreementDocument document, Action<string, string, string> warn)
    {
        var tickets = document.Terms.OfType<Term.TicketClock>().ToArray();
        if (tickets.Length > 0 && !document.Terms.OfType<Term.Workload>().Any()
            && tickets.All(clock => clock.UpTo is null))
            warn("terms", "workload.none",
                "Times are promised for any number of tickets: say up to how many (upTo, or a workload term).");
        if (document.Terms.Any(term => term is Term.Availability or Term.EventRatio or Term.Latency)
            && document.Exclusions.Count == 0 && document.Terms.All(term => term.Exclusions.Count == 0))
            warn("exclusions", "exclusions.none",
                "No exceptions are named: planned work, the customer's own faults and force majeure all count.");
        if (document.Terms.OfType<Term.Workload>().Any(term => term.Measure is null && document.Sources.Count == 0))
            warn("terms", "workload.source", "A workload is bounded, but nothing measures it.");
    }

    private static void Priorities(AgreementDocument document, Action<string, string, string> warn)
    {
        if (document.Priorities is not { } matrix) return;
        var columns = matrix.Cells.Values.SelectMany(row => row.Keys).Distinct().ToArray();
        foreach (var (row, cells) in matrix.Cells)
            foreach (var column in columns.Where(column => !cells.ContainsKey(column)))
                warn($"priorities.cells.{row}", "priorities.gap",
                    $"{matrix.Rows} '{row}' with {matrix.Columns} '{column}' has no priority.");
        var promised = document.Terms.OfType<Term.TicketClock>().SelectMany(clock => clock.Priorities)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var priority in matrix.Cells.Values.SelectMany(row => row.Values).Distinct()
            .Where(one => promised.Count == 0 || !promised.Contains(one)))
            warn("priorities", "priorities.noTarget",
                $"Priority '{priority}' is given by the matrix, but no term promises anything for it.");
    }

    [GeneratedRegex(@"\b(business|working|service)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex BusinessPattern();

    [GeneratedRegex(@"^\d+(\.\d+)?\s*(d|days?|w|weeks?)$", RegexOptions.CultureInvariant)]
    private static partial Regex DayPattern();

    [GeneratedRegex(@"\b(\d[\d,]*(?:\.\d+)?)\s*(hours?|minutes?|min|h)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex HoursPattern();
}
