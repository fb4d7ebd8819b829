using Entente.ServiceTime.Accounting;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>What became of a term in a period: attained, budget, verdict, credit, and what each figure is made
/// of.</summary>
public static class TermEvaluation
{
    /// <summary>One term over an interval; its own periods are settled one by one when several lie in it.</summary>
    /// <remarks>A rolling window ends where the interval ends. A part of a period has no credit: it is settled
    /// whole.</remarks>
    public static TermResult Evaluate(
        Term term, MeasuringContext context, IReadOnlyList<Measurements> data, Interval asked, string? name = null,
            Instant? asOf = null)
    {
        var rule = context.PeriodOf(term);
        var rolling = rule.Length is { } length ? new Interval(asked.End - length, asked.End) : asked;
        var own = rule.Rule(context.TimeZone) is { } periods ? periods.Overlapping(asked.Start, asked.End).ToArray()
            : [rolling];
        var horizon = new Interval(Instant.Min(rolling.Start, own[0].Start), Instant.Max(asked.End, own[^1].End));
        var first = own[0].Start;
        context = context with { Terms = [.. context.Terms.Select(one => context.On(one, first))] };
        var prepared = new PreparedTerm(term, context, data, horizon, asOf);
        var settled = own.Where(period => rule.Length is not null
            || (period.Start >= asked.Start && period.End <= asked.End)).ToArray();
        if (settled is [var single] && (rule.Length is not null || single == asked))
            return Whole(At(first), Settled(single, rule.Length is null ? name : $"{rule}"), null);
        var overall = Of(At(first), Span.Between(asked.Start, asked.End), name, settle: false);
        if (settled.Length == 0)
            return Whole(At(first), overall with
            {
                Explain = [.. overall.Explain,
                    new("note", $"this is part of a {rule}: credits are settled over the whole {rule}")],
            }, null);
        var results = settled.Select(period => Settled(period, NameOf(period, rule, context))).ToArray();
        return Whole(At(first), Summed(overall, EarnedBack(term, results)), EarnedBack(term, results));

        TermPeriodResult Settled(Interval period, string? called)
        {
            var (parts, span) = (SplitPeriod.Parts(term, context, period), Span.Between(period.Start, period.End));
            if (parts.Count > 1) return SplitPeriod.Settled(At, parts, span, called);
            var whole = Of(At(period.Start), span, called);
            return whole with { Explain = [.. whole.Explain, .. SplitPeriod.Note(term, context, period)] };
        }

        PreparedTerm At(Instant start) => term.Contingents is [] ? prepared : prepared.With(context.On(term, start));
    }

    /// <summary>One term in one span, as one period.</summary>
    public static TermPeriodResult Of(
        PreparedTerm prepared, Span period, string? name = null, bool settle = true, bool explain = true) =>
        Of(prepared, period, explain ? prepared.Attain(period) : prepared.Attained(period), name, settle);

    /// <summary>What was attained in one span, held against a term.</summary>
    internal static TermPeriodResult Of(
        PreparedTerm prepared, Span period, Outcome? found, string? name, bool settle = true)
    {
        var term = prepared.Term;
        var span = new PeriodSpan(Instant.FromUnixTimeSeconds(period.Start), Instant.FromUnixTimeSeconds(period.End),
            name);
        var notes = prepared.Trouble
            .Concat(Contingents.Words(term, span.From.InZone(prepared.Context.Zone).Date, prepared.Context.Happened))
            .Select(text => new ExplanationPart("note", text));
        if (found is not { } outcome)
            return new TermPeriodResult { Period = span, Explain = [.. notes, new("note", Unmeasured(term))] };
        var policy = prepared.Context.PolicyAt(span.From);
        var (attained, objective) = (outcome.Attainment, ObjectiveOf(term));
        var breached = Missed(attained.Attained, objective, policy, outcome.IsShare);
        var isVoid = term.UpTo is { Beyond: Beyond.Void } bound && (attained.Total + attained.Unknown)
            .ToDecimal() > bound.Max;
        var result = new TermPeriodResult
        {
            Period = span,
            Attained = Figure.Of(attained.Attained, outcome.IsShare),
            Unit = attained.Unit,
            Good = attained.Good.ToDecimal(6),
            Total = attained.Total.ToDecimal(6),
            Unknown = attained.Unknown.ToDecimal(6),
            Excluded = attained.Excluded.ToDecimal(6),
            Coverage = Figure.Of(attained.Coverage, true),
            Worst = Figure.Of(attained.Worst, outcome.IsShare),
            Best = Figure.Of(attained.Best, outcome.IsShare),
            Breached = isVoid ? false : breached,
            Certain = breached is null ? null
                : Missed(attained.Worst, objective, policy, outcome.IsShare) == Missed(attained.Best, objective, policy,
                outcome.IsShare),
            Budget = Budgeted.Of(attained, objective, outcome.IsShare, period),
            Policy = policy.Version,
            OutageSeconds = outcome.Outages,
            Missed = outcome.Missed,
            Exact = attained.Attained,
            Explain = [.. notes, .. Formula(term, outcome, policy), .. isVoid ? VoidNote(term) : [], .. outcome.Parts],
        };
        return settle && !isVoid ? result with
        {
            Credit =
            CreditRules.Of(term, prepared.Context, result, outcome.IsShare)
        } : result;
    }

    /// <summary>True when the number misses its objective, compared as the contract rounds.</summary>
    public static bool? Missed(Fraction? attained, Objective? objective, AccountingPolicy policy, bool isShare)
    {
        if (attained is not { } exact || objective is null) return null;
        var (number, target) = (policy.AsCompared(exact, isShare), Fraction.From(objective.Value));
        return objective.Comparison switch
        {
            Comparison.AtLeast => number < target,
            Comparison.MoreThan => number <= target,
            Comparison.AtMost => number > target,
            _ => number >= target,
        };
    }

    public static Objective? ObjectiveOf(Term term) => term switch
    {
        Term.Availability t => t.Target,
        Term.EventRatio t => t.Target,
        Term.Latency t => t.Target,
        Term.TicketClock t => t.Target ?? Objective.All,
        Term.Workload t => t.Limit,
        Term.Survey t => t.Target,
        Term.CountLimit t => t.Target,
        _ => null,
    };

    /// <summary>The promise in one line.</summary>
    public static string TargetText(Term term) => term switch
    {
        Term.Latency t => $"{t.Target.Words} within {TimeLimit.Words(t.Threshold)}",
        Term.TicketClock t => $"{(t.Target ?? Objective.All).Words} within {t.Within}",
        Term.Workload t => $"{t.Limit.Words} {t.Of}",
        Term.CountLimit t => $"{t.Target.Words} {t.Of}",
        _ => ObjectiveOf(term)?.Words ?? term.Value.Label,
    };

    public static string NameOf(Interval period, TermPeriod rule, MeasuringContext context)
    {
        var start = period.Start.InZone(context.Zone).Date;
        return rule.Unit switch
        {
            ServiceTime.Windows.PeriodUnit.Year => $"{start.Year}",
            ServiceTime.Windows.PeriodUnit.Quarter when start is { Day: 1 } && start.Month % 3 == 1 =>
                $"{start.Year}-Q{(start.Month + 2) / 3}",
            ServiceTime.Windows.PeriodUnit.Month when start.Day == 1 => $"{start.Year}-{start.Month:00}",
            _ => start.ToString("uuuu-MM-dd", null),
        };
    }

    private static TermPeriodResult[] EarnedBack(Term term, TermPeriodResult[] results)
    {
        if (term.Credit?.EarnBack is not { } earn) return results;
        var enough = results.Select(result => result.Exact is { } exact
            ? !Missed(exact, earn.Target, AccountingPolicy.Standard, earn.Target.Unit == Unit.Percent) : null)
                .ToArray();
        var earned = ServiceTime.Credits.EarnBack.Earned(enough, earn.Periods);
        return [.. results.Select((result, i) => result.Credit is { Label: not "none" } credit
            ? result with { Credit = credit with { EarnedBack = earned[i] } } : result)];
    }

    private static TermPeriodResult Summed(TermPeriodResult overall, TermPeriodResult[] results)
    {
        var credits = results.Select(result => result.Credit).OfType<CreditResult>().ToArray();
        var due = credits.Where(credit => credit.EarnedBack != true).ToArray();
        var money = due.Select(credit => credit.Amount).OfType<Money>().ToArray();
        var sum = money.Length == 0 ? (Money?)null : new Money(money.Sum(one => one.Amount), money[0].Currency);
        return overall with
        {
            Breached = results.Any(result => result.Breached == true) ? true
                : results.All(result => result.Breached is null) ? null : false,
            Certain = results.All(result => result.Certain is null) ? null
                : results.All(result => result.Certain != false),
            Credit = credits.Length == 0 ? null : new CreditResult(due.Sum(credit => credit.Share), sum,
                sum is { Amount: > 0 } total ? $"{total.Label} over {Counted.Of(results.Length, "period")}"
                    : due.Any(credit => credit.Share > 0)
                        ? $"{due.Sum(credit => credit.Share) * 100:0.##} % of one period's fee" : "none",
                null, credits.Any(credit => credit.Capped), false, Reward: credits.Sum(credit => credit.Reward)),
        };
    }

    private static TermResult Whole(PreparedTerm prepared, TermPeriodResult result, TermPeriodResult[]? periods)
    {
        var term = prepared.Term;
        return new TermResult
        {
            Term = term.Key,
            Title = term.Title,
            Kind = KindName(term),
            Service = term.Service,
            Target = TargetText(term),
            SettledBy = $"{prepared.Context.PeriodOf(term)}",
            Period = result.Period,
            Attained = result.Attained,
            Unit = result.Unit,
            Good = result.Good,
            Total = result.Total,
            Unknown = result.Unknown,
            Excluded = result.Excluded,
            Coverage = result.Coverage,
            Worst = result.Worst,
            Best = result.Best,
            Breached = result.Breached,
            Certain = result.Certain,
            Budget = result.Budget,
            Credit = result.Credit,
            Policy = result.Policy,
            Periods = periods,
            Explain = result.Explain,
        };
    }

    public static string KindName(Term term) => term is Term.FreeClause ? "clause"
        : char.ToLowerInvariant(term.GetType().Name[0]) + term.GetType().Name[1..];

    private static IEnumerable<ExplanationPart> Formula(Term term, Outcome outcome, AccountingPolicy policy)
    {
        var (a, unit) = (outcome.Attainment, outcome.Attainment.Unit);
        if (a.Attained is null) yield return new("note", "nothing is known in this period");
        else if (!a.IsGoodOverTotal) yield return new("formula",
            $"attained = {Figure.Of(a.Attained, outcome.IsShare)!.Label} of {unit}");
        else yield return new("formula", FormattableString.Invariant(
            $"attained = good / total = {a.Good.ToDecimal(4)} / {a.Total.ToDecimal(4)} {unit} = {Figure.Of(a.Attained, outcome.IsShare)!.Label}"));
        if (policy.Decimals is { } decimals) yield return new("formula",
            $"compared after rounding to {decimals} decimals of a per cent ({policy.Rounding})");
        if (ObjectiveOf(term) is { } objective && a.Attained is not null)
            yield return new("formula",
                $"promised {objective}: {(Missed(a.Attained, objective, policy, outcome.IsShare) == true ? "missed" : "met")}");
    }

    private static IEnumerable<ExplanationPart> VoidNote(Term term) =>
        [new("note", FormattableString.Invariant(
            $"more than {term.UpTo!.Max} {term.UpTo.Of}: the promise does not hold in this period"))];

    private static string Unmeasured(Term term) => term switch
    {
        Term.TicketClock { Within.IsMeasurable: false } clock =>
            $"'{clock.Within}' is no duration: it cannot be measured",
        Term.TicketClock or Term.Workload or Term.CountLimit => "no tickets or counts to measure this by",
        _ => "this is a condition of the agreement and is not measured",
    };
}
