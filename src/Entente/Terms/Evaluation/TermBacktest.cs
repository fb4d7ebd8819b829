using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Forecasts;
using Entente.ServiceTime.Objectives;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>A number with the range in which 90 % of histories drawn again put it.</summary>
public sealed record Estimate(double Value, double? Low, double? High);

/// <summary>One past period as it would have been.</summary>
public sealed record BacktestPeriod(PeriodSpan Period, Figure? Attained, bool? Breached, CreditResult? Credit);

/// <summary>What a term would have been on real history: evidence for those who negotiate it.</summary>
/// <param name="MissedShare">How many of the judged periods were missed, with its range.</param>
/// <param name="Attained">The mean of the periods' shares, and its range.</param>
/// <param name="CreditPerPeriod">The mean credit of a period: a share of the fee, and money where the fee is
/// known.</param>
/// <param name="Quantiles">Targets that would have been met in 50, 75, 90, 95 and 100 % of the periods.</param>
/// <param name="Forecast">How good forecasts from inside each period would have been.</param>
public sealed record BacktestResult(
    string Term, string Title, string Target, PeriodSpan History, int Judged, int Missed, Estimate? MissedShare,
        Estimate? Attained,
    Estimate? CreditShare, Estimate? CreditPerPeriod, Money? CreditTotal, IReadOnlyDictionary<string, Figure> Quantiles,
    Calibration? Forecast, IReadOnlyList<BacktestPeriod> Periods, IReadOnlyList<string> Notes, int Seed);

/// <summary>Any term against any history, with any value.</summary>
public static class TermBacktest
{
    private const int Draws = 1000;

    /// <summary>Whole periods that the data cover, the first partly covered one left out.</summary>
    public static Interval? Horizon(Term term, MeasuringContext context, IReadOnlyList<Measurements> data)
    {
        var (first, last) = (data.Min(one => one.First), data.Max(one => one.Last));
        return first is { } from && last is { } to && from < to ? new Interval(from, to) : null;
    }

    /// <summary>Back-tests a prepared term; the same preparation serves any number of values.</summary>
    public static BacktestResult Run(PreparedTerm prepared, Interval history, int seed = 1, bool calibrate = false)
    {
        var (term, context) = (prepared.Term, prepared.Context);
        var rule = context.PeriodOf(term);
        var periods = Periods(rule, context, history).ToArray();
        List<string> notes = [.. prepared.Trouble];
        if (periods.Length == 0) notes.Add($"the data hold no whole {rule}: {history.Start} to {history.End}");
        var results = periods.Select(period => TermEvaluation.Of(prepared, Span.Between(period.Start, period.End),
            TermEvaluation.NameOf(period, rule, context), explain: false)).ToArray();
        var judged = results.Where(result => result.Breached is not null).ToArray();
        var missed = judged.Count(result => result.Breached == true);
        var isShare = TermEvaluation.ObjectiveOf(term) is { Unit: Unit.Percent };
        var days = isShare ? prepared.Days(history) : [];
        var draws = Redraw(prepared, days, periods, judged, isShare, seed);
        return new BacktestResult(term.Key, term.Title, TermEvaluation.TargetText(term),
            new PeriodSpan(history.Start, history.End),
            judged.Length, missed,
            Estimated(judged.Length == 0 ? null : missed / (double)judged.Length, draws?.Missed),
            Estimated(judged.Length == 0 ? null : judged.Average(result => (double)result.Attained!.Decimal),
                draws?.Attained),
            Estimated(term.Credit is null || judged.Length == 0 ? null
                : judged.Average(result => (double)(result.Credit?.Share ?? 0)), draws?.Share),
            Estimated(term.Credit is null || judged.Length == 0 || judged.All(result => result.Credit?.Amount is null)
                ? null
                : judged.Average(result => (double)(result.Credit?.Amount?.Amount ?? 0)), draws?.Money),
            Total(judged), Quantiles(term, judged, isShare),
            calibrate && isShare && days.Length > 60 && TermEvaluation.ObjectiveOf(term) is { } objective
                ? Calibration.BackTest(days, [.. periods.Select(period =>
                    (int)Math.Round((period.End - period.Start).TotalDays))], (double)objective.Value, seed) : null,
            [.. results.Select(result => new BacktestPeriod(result.Period, result.Attained, result.Breached,
                result.Credit))], notes, seed);
    }

    private static IEnumerable<Interval> Periods(TermPeriod rule, MeasuringContext context, Interval history)
    {
        if (rule.Length is not { } length)
            return rule.Rule(context.TimeZone)!.Overlapping(history.Start, history.End)
                .Where(period => period.Start >= history.Start && period.End <= history.End);
        return Rolling();

        // A rolling window is judged day by day, as its owner sees it each morning.
        IEnumerable<Interval> Rolling()
        {
            for (var end = history.Start + length; end <= history.End;
                end += Duration.FromDays(1)) yield return new Interval(end - length, end);
        }
    }

    private sealed record Redrawn(double[] Missed, double[] Attained, double[] Share, double[] Money);

    private static Redrawn? Redraw(
        PreparedTerm prepared, DayTally[] days, Interval[] periods, TermPeriodResult[] judged, bool isShare, int seed)
    {
        if (judged.Length < 2) return null;
        var (missed, attained, share, money) =
            (new double[Draws], new double[Draws], new double[Draws], new double[Draws]);
        var (random, bootstrap) = (new Random(seed), days.Length >= 28 ? new BlockBootstrap(days, seed) : null);
        var lengths = periods.Select(period => (int)Math.Round((period.End - period.Start).TotalDays)).ToArray();
        var objective = TermEvaluation.ObjectiveOf(prepared.Term)!;
        var schedule = prepared.Term.Credit is { By: CreditBasis.Attainment } ladder
            ? CreditRules.Schedule(ladder, prepared.Context.PolicyAt(periods[0].Start)) : null;
        var tiers = schedule?.Tiers.Select(tier =>
            (Low: tier.Low?.ToDouble() ?? double.MinValue, High: tier.High?.ToDouble() ?? double.MaxValue,
            Share: (double)Math.Min(tier.Share ?? 0, schedule.CapShare ?? 1m))).ToArray() ?? [];
        var fee = prepared.Term.Credit is { } own
            ? (double?)CreditRules.Fee(prepared.Term, own, prepared.Context)?.Amount : null;
        // Days are drawn where days make the share; cases and scores are drawn by whole periods.
        var byDay = isShare && objective.MoreIsBetter && (schedule is not null || prepared.Term.Credit is null)
            ? bootstrap : null;
        var again = Array.ConvertAll(judged, Again);
        for (var d = 0; d < Draws; d++)
        {
            for (var i = 0; i < judged.Length; i++)
            {
                var drawn = byDay is not null ? Drawn(byDay.Draw(lengths[Math.Min(i, lengths.Length - 1)]))
                    : again[random.Next(again.Length)];
                missed[d] += drawn.Missed ? 1.0 / judged.Length : 0;
                attained[d] += drawn.Attained / judged.Length;
                share[d] += drawn.Share / judged.Length;
                money[d] += drawn.Money / judged.Length;
            }
        }

        return new(missed, attained, share, money);

        (bool Missed, double Attained, double Share, double Money) Drawn(DayTally sum)
        {
            var value = sum.Total > 0 ? sum.Good / sum.Total : 1;
            var credit = Lookup(tiers, value * 100);
            return (value < (double)objective.Value, value, credit, credit * (fee ?? 0));
        }

        static (bool Missed, double Attained, double Share, double Money) Again(TermPeriodResult result) =>
            (result.Breached == true, (double)result.Attained!.Decimal,
            (double)(result.Credit?.Share ?? 0), (double)(result.Credit?.Amount?.Amount ?? 0));
    }

    private static double Lookup((double Low, double High, double Share)[] tiers, double percent)
    {
        var best = 0.0;
        foreach (var tier in tiers)
            if (percent >= tier.Low && percent <= tier.High && tier.Share > best) best = tier.Share;
        return best;
    }

    private static Estimate? Estimated(double? value, double[]? draws)
    {
        if (value is not { } known) return null;
        if (draws is null) return new Estimate(Math.Round(known, 12), null, null);
        var spread = Spread.Of(draws, 0.9);
        return new Estimate(Math.Round(known, 12), Math.Round(spread.Low, 12), Math.Round(spread.High, 12));
    }

    private static Money? Total(TermPeriodResult[] judged)
    {
        var money = judged.Select(result => result.Credit?.Amount).OfType<Money>().ToArray();
        return money.Length == 0 ? null : new Money(money.Sum(one => one.Amount), money[0].Currency);
    }

    private static IReadOnlyDictionary<string, Figure> Quantiles(Term term, TermPeriodResult[] judged, bool isShare)
    {
        var exact = judged.Select(result => result.Exact).OfType<Fraction>().Order().ToArray();
        var result = new Dictionary<string, Figure>();
        if (exact.Length == 0) return result;
        var higher = TermEvaluation.ObjectiveOf(term)?.MoreIsBetter ?? true;
        foreach (var share in new[] { 0.50, 0.75, 0.90, 0.95, 1.0 })
        {
            // The strictest target that so many of the periods met.
            var index = (int)Math.Ceiling(share * exact.Length) - 1;
            result[FormattableString.Invariant($"{share * 100:0} %")] =
                Figure.Of(higher ? exact[exact.Length - 1 - index] : exact[index], isShare)!;
        }

        return result;
    }
}
