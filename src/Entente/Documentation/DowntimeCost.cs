using Entente.Terms;
using NodaTime;

namespace Entente.Documentation;

/// <summary>What an hour without a service costs the customer, by hour of day and by season.</summary>
/// <param name="Hour">An hour of a normal working day.</param>
/// <param name="Night">An hour from 22:00 to 06:00, and of weekends; none takes the normal hour.</param>
/// <param name="Peak">An hour of the busiest season; none takes the normal hour.</param>
/// <param name="PeakMonths">Months of that season, 1 to 12.</param>
/// <param name="PeakDaysAtMonthEnd">How many last days of every month belong to it too.</param>
public sealed record DowntimeCost(Money Hour, Money? Night = null, Money? Peak = null, ValueList<int> PeakMonths = default, int PeakDaysAtMonthEnd = 0)
{
    /// <summary>What one hour costs that begins then, in the customer's local time. The season counts by day; at night the night's price stands.</summary>
    public Money At(LocalDateTime hour) =>
        IsNight(hour) ? Night ?? Hour
        : IsPeak(hour.Date) ? Peak ?? Hour
        : Hour;

    /// <summary>What an outage of this span costs: each hour by its own price, parts of hours in proportion.</summary>
    /// <exception cref="ArgumentException">The prices are in different currencies.</exception>
    public Money Of(LocalDateTime start, LocalDateTime end)
    {
        var total = 0m;
        for (var at = start; at < end;)
        {
            var next = at.With(TimeAdjusters.TruncateToHour).PlusHours(1);
            if (next > end) next = end;
            var price = At(at);
            if (price.Currency != Hour.Currency) throw new ArgumentException("The prices are in different currencies.");
            total += price.Amount * (decimal)Period.Between(at, next, PeriodUnits.Seconds).Seconds / 3600m;
            at = next;
        }

        return new Money(Math.Round(total, 2), Hour.Currency);
    }

    /// <summary>Reads the answers of the customer's interview; nothing where the normal hour has no price.</summary>
    public static DowntimeCost? Read(IReadOnlyDictionary<string, string> answers)
    {
        if (Price("costHour") is not { } hour) return null;
        var peak = answers.GetValueOrDefault("peak", "").ToLowerInvariant();
        var months = Enumerable.Range(1, 12).Where(month => peak.Contains(_months[month - 1], StringComparison.Ordinal)).ToValueList();
        var monthEnd = peak.Contains("month end", StringComparison.Ordinal) || peak.Contains("end of the month", StringComparison.Ordinal)
            || peak.Contains("end of month", StringComparison.Ordinal) || peak.Contains("of a month", StringComparison.Ordinal);
        return new(hour, Price("costNight"), Price("costPeak"), months, monthEnd ? 2 : 0);

        Money? Price(string key) => answers.TryGetValue(key, out var text) && Money.TryParse(text.Trim(), out var money) ? money : null;
    }

    private static readonly string[] _months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static bool IsNight(LocalDateTime hour) =>
        hour.Hour is >= 22 or < 6 || hour.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    private bool IsPeak(LocalDate day) =>
        PeakMonths.Contains(day.Month) || day.Calendar.GetDaysInMonth(day.Year, day.Month) - day.Day < PeakDaysAtMonthEnd;
}
