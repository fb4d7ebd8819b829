using System.Globalization;
using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Objectives;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>A period in the middle of which a contingent term changed: what was lost is judged by what was in force when it
/// was lost.</summary>
/// <remarks>
/// With x the figure of the whole period, C(x) the credit that the terms of a part give for it of the whole period's fee,
/// and s the part's share of what the period lost: credit = Σ s · C(x), and the period is missed when x misses the promise
/// of a part in which something was lost. Where nothing was lost at all, s is the part's share of the time. Two parts under
/// the same terms so give what the period gives unsplit.
/// </remarks>
internal static class SplitPeriod
{
    /// <summary>The parts of a period within which the same holds; one where nothing changes, or nothing can be
    /// split.</summary>
    public static IReadOnlyList<Interval> Parts(Term term, MeasuringContext context, Interval period)
    {
        if (!IsSplit(term) || context.PeriodOf(term).Length is not null) return [period];
        Instant[] edges = [period.Start, .. Changes(term, context, period), period.End];
        return [.. edges.Zip(edges.Skip(1), (from, to) => new Interval(from, to))];
    }

    /// <summary>Says on a figure that cannot be split that something changed within it.</summary>
    public static IEnumerable<ExplanationPart> Note(Term term, MeasuringContext context, Interval period) =>
        Changes(term, context, period).Any() && Parts(term, context, period).Count == 1
            ? [new("note", "what holds of this term changed within the period, which is counted as a whole and cannot be "
                + "split: what held on its first day holds for all of it")] : [];

    /// <param name="at">The term as it stands at an instant.</param>
    public static TermPeriodResult Settled(
        Func<Instant, PreparedTerm> at, IReadOnlyList<Interval> parts, Span period, string? name)
    {
        var prepared = parts.Select(part => at(part.Start)).ToList();
        var whole = prepared[0].Attain(period);
        var attained = parts.Select((part, i) => prepared[i].Attained(Span.Between(part.Start, part.End))).ToList();
        if (whole is null || attained.Exists(part => part is null)) return TermEvaluation.Of(prepared[0], period, name);
        var losses = attained.Select(part => part!.Attainment.Total - part.Attainment.Good).ToList();
        var lost = losses.Aggregate(Fraction.Zero, (sum, loss) => sum + loss);
        var shares = parts.Select((part, i) => lost > Fraction.Zero ? losses[i] / lost
            : new Fraction((long)part.Duration.TotalSeconds, period.Length)).ToList();
        if (prepared.Exists(one => !one.IsMeasuredAs(prepared[0]))) whole = Together(whole, [.. attained.Select(part => part!)]);
        var judged = prepared.Select(one => TermEvaluation.Of(one, period, whole, name)).ToList();
        var counting = judged.Where((_, i) => shares[i] > Fraction.Zero).ToList();
        return judged[0] with
        {
            Breached = counting.Exists(one => one.Breached == true) ? true
                : counting.TrueForAll(one => one.Breached is null) ? null : false,
            Certain = counting.TrueForAll(one => one.Certain is null) ? null
                : counting.TrueForAll(one => one.Certain != false),
            Credit = Credit(judged, shares, prepared[0].Context.PolicyAt(parts[0].Start)),
            Explain =
            [
                .. judged[0].Explain.Where(part => !part.Text.StartsWith("promised ", StringComparison.Ordinal)
                    && !part.Text.StartsWith("Until ", StringComparison.Ordinal)),
                new("note", "what holds of this term changed within the period: what was lost in each of its "
                    + $"{parts.Count} parts is judged by what was in force then"),
                .. judged.Select((one, i) => new ExplanationPart("formula",
                    Words(prepared[i], parts[i], one, shares[i], lost > Fraction.Zero))),
            ],
        };
    }

    /// <summary>A share of good time, events or cases means the same for any part of a period; a number of something within
    /// a period does not.</summary>
    private static bool IsSplit(Term term) =>
        term is Term.Availability or Term.EventRatio or Term.Latency or Term.TicketClock;

    /// <summary>The instants within a period at which a contingent stops holding.</summary>
    private static IEnumerable<Instant> Changes(Term term, MeasuringContext context, Interval period) => term.Contingents
        .Select(one => (one.At?.PlusDays(1), context.Happened.TryGetValue(one.Until, out var on) ? on : (LocalDate?)null) switch
        {
            ({ } last, { } said) => LocalDate.Min(last, said),
            (var last, var said) => last ?? said,
        }).OfType<LocalDate>().Select(day => day.AtStartOfDayInZone(context.Zone).ToInstant())
        .Where(at => at > period.Start && at < period.End).Distinct().Order();

    /// <summary>The whole of a period whose parts count differently what is good, such as a clock of 8 h and then of
    /// 4 h.</summary>
    private static Outcome Together(Outcome whole, IReadOnlyList<Outcome> parts)
    {
        Fraction Sum(Func<Attainment, Fraction> of) =>
            parts.Aggregate(Fraction.Zero, (sum, part) => sum + of(part.Attainment));
        return whole with
        {
            Attainment = (whole.Attainment with
            {
                Attained = null,
                Good = Sum(one => one.Good),
                Total = Sum(one => one.Total),
                Unknown = Sum(one => one.Unknown),
                Excluded = Sum(one => one.Excluded),
                IsGoodOverTotal = true,
            }).Bounded(),
            Missed = parts.Sum(part => part.Missed),
        };
    }

    private static CreditResult? Credit(
        IReadOnlyList<TermPeriodResult> judged, IReadOnlyList<Fraction> shares, AccountingPolicy policy)
    {
        var credits = judged.Select((one, i) => (one.Credit, Share: shares[i]))
            .Where(one => one.Credit is not null && one.Share > Fraction.Zero)
            .Select(one => (Credit: one.Credit!, one.Share)).ToList();
        if (credits.Count == 0) return judged.Select(one => one.Credit).FirstOrDefault(credit => credit is not null);
        if (credits.TrueForAll(one => one.Credit == credits[0].Credit)) return credits[0].Credit;
        var share = Sum(credit => credit.Share).ToDecimal(6);
        var amount = credits.Select(one => one.Credit.Amount?.Currency).FirstOrDefault(one => one is not null) is { } currency
            ? new Money(Sum(credit => credit.Amount?.Amount ?? 0m).Round(policy.MoneyDecimals, policy.MoneyRounding)
                .ToDecimal(policy.MoneyDecimals), currency) : (Money?)null;
        var paying = credits.Where(one => one.Credit.Label != "none").Select(one => one.Credit).ToList();
        return new CreditResult(share, amount,
            amount is { Amount: > 0 } sum ? sum.Label
                : share > 0 ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.####} %") : "none",
            paying.Select(credit => credit.Band).FirstOrDefault(band => band is not null),
            paying.Exists(credit => credit.Capped), credits.TrueForAll(one => one.Credit.TooSmall),
            paying.Max(credit => credit.ClaimBy), Reward: Sum(credit => credit.Reward).ToDecimal(6));

        Fraction Sum(Func<CreditResult, decimal> of) => credits.Aggregate(Fraction.Zero,
            (sum, one) => sum + Fraction.From(of(one.Credit)) * one.Share);
    }

    private static string Words(
        PreparedTerm prepared, Interval part, TermPeriodResult judged, Fraction share, bool isLoss)
    {
        var (term, context) = (prepared.Term, prepared.Context);
        var from = part.Start.InZone(context.Zone).Date;
        var held = Contingents.Words(term, from, context.Happened).ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"from {from:uuuu-MM-dd} {(held.Count == 0 ? "the term as it stands." : string.Join(' ', held))} ")
            + (share == Fraction.Zero ? "Nothing was lost in it."
                : string.Create(CultureInfo.InvariantCulture,
                    $"{share.ToDecimal(6) * 100:0.##} % of {(isLoss ? "what was lost" : "the time")} lies in it: ")
                + $"{judged.Attained?.Label ?? "nothing known"} against {TermEvaluation.ObjectiveOf(term)} is "
                + (judged.Breached switch { true => "missed", false => "met", _ => "not told" })
                + (judged.Credit is { Label: not "none" } credit
                    ? $"; this share of a credit of {credit.Label}" : ""));
    }
}
