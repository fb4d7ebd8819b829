using System.Globalization;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>A period in the middle of which a contingent term changed: each part is settled by itself, with its share of
/// the fee, and the period's own figure stays that of the whole.</summary>
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

    public static TermPeriodResult Merged(Term term, MeasuringContext context, TermPeriodResult whole,
        IReadOnlyList<TermPeriodResult> parts)
    {
        var shares = parts.Select(part => Share(term, whole.Period, part.Period)).ToList();
        return whole with
        {
            Breached = parts.Any(part => part.Breached == true) ? true
                : parts.All(part => part.Breached is null) ? null : false,
            Certain = parts.All(part => part.Certain is null) ? null : parts.All(part => part.Certain != false),
            Missed = parts.Sum(part => part.Missed),
            Credit = Credit(parts, shares),
            Explain =
            [
                .. whole.Explain.Where(part => !part.Text.StartsWith("promised ", StringComparison.Ordinal)
                    && !part.Text.StartsWith("Until ", StringComparison.Ordinal)),
                new("note", $"what holds of this term changed within the period: its {parts.Count} parts are settled one by one"),
                .. parts.Select((part, i) => new ExplanationPart("formula", Words(term, context, part, shares[i]))),
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

    /// <summary>How much of a period's fee a part has; what is paid for each breach is paid whole.</summary>
    private static decimal Share(Term term, PeriodSpan whole, PeriodSpan part) =>
        term.Credit?.By is CreditBasis.Breaches or CreditBasis.OutageLength ? 1m
        : (decimal)((part.To - part.From).TotalSeconds / (whole.To - whole.From).TotalSeconds);

    private static CreditResult? Credit(IReadOnlyList<TermPeriodResult> parts, List<decimal> shares)
    {
        var credits = parts.Select((part, i) => (part.Credit, Share: shares[i])).Where(one => one.Credit is not null)
            .Select(one => (Credit: one.Credit!, one.Share)).ToList();
        if (credits.Count == 0) return null;
        var share = Math.Round(credits.Sum(one => one.Credit.Share * one.Share), 6);
        var money = credits.Where(one => one.Credit.Amount is not null).ToList();
        var amount = money.Count == 0 ? (Money?)null : new Money(
            Math.Round(money.Sum(one => one.Credit.Amount!.Value.Amount * one.Share), 2), money[0].Credit.Amount!.Value.Currency);
        return new CreditResult(share, amount,
            amount is { Amount: > 0 } sum ? sum.Label
                : share > 0 ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} % of the period's fee") : "none",
            credits.Select(one => one.Credit.Band).FirstOrDefault(band => band is not null),
            credits.Exists(one => one.Credit.Capped), credits.TrueForAll(one => one.Credit.TooSmall),
            credits.Max(one => one.Credit.ClaimBy), Reward: credits.Sum(one => one.Credit.Reward * one.Share));
    }

    private static string Words(Term term, MeasuringContext context, TermPeriodResult part, decimal share)
    {
        var from = part.Period.From.InZone(context.Zone).Date;
        var held = Contingents.Words(term, from, context.Happened).ToList();
        var objective = TermEvaluation.ObjectiveOf(context.On(term, part.Period.From));
        return string.Create(CultureInfo.InvariantCulture,
            $"from {from:uuuu-MM-dd} {(held.Count == 0 ? "the term as it stands." : string.Join(' ', held))} ")
            + $"Attained {part.Attained?.Label ?? "nothing known"}, promised {objective}: "
            + (part.Breached switch { true => "missed", false => "met", _ => "not told" })
            + (part.Credit is { Label: not "none" } credit ? string.Create(CultureInfo.InvariantCulture,
                $"; credit {credit.Label}{(share < 1m ? $" for {share * 100:0.#} % of the period" : "")}") : "");
    }
}
