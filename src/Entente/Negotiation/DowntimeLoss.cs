using Entente.Documentation;
using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>What the customer loses by the month under a promise that is kept and no more.</summary>
/// <remarks>
/// Availability v over T open hours leaves (1 - v) T hours of downtime, each at the mean price of an hour. A restore
/// time leaves one outage of that length; how often outages come is no part of the promise, so one a month is counted.
/// </remarks>
public sealed record DowntimeLoss(string Currency, decimal MeanHour, decimal PeakHour)
{
    /// <summary>Prices of an hour over a year, of the hours that count.</summary>
    public static DowntimeLoss Of(DowntimeCost cost, int year, Func<LocalDateTime, bool> counts)
    {
        var (sum, hours, peak) = (0m, 0, 0m);
        var end = new LocalDateTime(year + 1, 1, 1, 0, 0);
        for (var hour = new LocalDateTime(year, 1, 1, 0, 0); hour < end; hour = hour.PlusHours(1))
        {
            if (!counts(hour)) continue;
            var price = cost.At(hour);
            if (price.Currency != cost.Hour.Currency) return new DowntimeLoss(cost.Hour.Currency, cost.Hour.Amount, cost.Hour.Amount);
            (sum, hours, peak) = (sum + price.Amount, hours + 1, Math.Max(peak, price.Amount));
        }

        return hours == 0 ? new DowntimeLoss(cost.Hour.Currency, cost.Hour.Amount, cost.Hour.Amount)
            : new DowntimeLoss(cost.Hour.Currency, Math.Round(sum / hours, 2), peak);
    }

    /// <summary>How many hours a month a promise leaves without service; none when it says nothing of that.</summary>
    public static decimal? Hours(Term term, TermValue value, decimal openHours) => (term, value) switch
    {
        (Term.Availability, TermValue.Share { Of: var share }) => (1m - share.Value) * openHours,
        (Term.TicketClock { Clock: ClockKind.Resolution }, TermValue.Span { Duration: var limit }) =>
            (decimal)limit.TotalHours,
        _ => null,
    };

    public decimal? Of(Term term, TermValue value, decimal openHours) =>
        Hours(term, value, openHours) is { } hours ? Math.Round(hours * MeanHour, 2) : null;
}
