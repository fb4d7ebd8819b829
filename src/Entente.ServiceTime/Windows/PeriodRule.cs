using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Entente.ServiceTime.Windows;

/// <summary>The unit in which periods are counted.</summary>
public enum PeriodUnit { Day, Week, Month, Quarter, Year }

/// <summary>
/// Calendar periods without gap or overlap: every so many units, counted from an anchor, in one zone.
/// </summary>
/// <remarks>
/// Period k is <c>[anchor + k·n, anchor + (k+1)·n)</c>, always counted from the anchor itself: from 31 January the
/// months
/// begin on 31 January, 28 (29) February, 31 March. A boundary that a clock change skips moves on by the gap; one that
/// occurs twice is the first of the two.
/// </remarks>
public sealed partial record PeriodRule
{
    private readonly DateTimeZone _zone;

    /// <exception cref="ArgumentException">The count is not 1 to 10,000 or the zone is unknown.</exception>
    public PeriodRule(int count, PeriodUnit unit, LocalDateTime anchor, string timeZone)
    {
        if (count is < 1 or > 10_000) throw new ArgumentOutOfRangeException(nameof(count), count,
            "Expected 1 to 10,000.");
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone)
            ?? throw new ArgumentException($"\"{timeZone}\" is no IANA time zone.", nameof(timeZone));
        (Count, Unit, Anchor, TimeZone) = (count, unit, anchor, timeZone);
    }

    public int Count { get; }

    public PeriodUnit Unit { get; }

    public LocalDateTime Anchor { get; }

    public string TimeZone { get; }

    /// <summary>Reads <c>1M</c>, <c>2W</c>, <c>1Q</c>, <c>P1Y</c>, <c>P30D</c>.</summary>
    public static bool TryParseEvery(string text, out int count, out PeriodUnit unit)
    {
        (count, unit) = (0, default);
        var match = EveryPattern().Match(text.Trim());
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture,
            out count)) return false;
        unit = char.ToUpperInvariant(match.Groups[2].Value[0]) switch
        {
            'D' => PeriodUnit.Day,
            'W' => PeriodUnit.Week,
            'M' => PeriodUnit.Month,
            'Q' => PeriodUnit.Quarter,
            _ => PeriodUnit.Year,
        };
        return count is >= 1 and <= 10_000;
    }

    /// <summary>The period that contains the instant.</summary>
    public Interval At(Instant instant)
    {
        var k = Estimate(instant);
        while (Boundary(k) > instant) k--;
        while (Boundary(k + 1) <= instant) k++;
        return new Interval(Boundary(k), Boundary(k + 1));
    }

    /// <summary>The periods that overlap <c>[from, to)</c>, whole, in order.</summary>
    public IEnumerable<Interval> Overlapping(Instant from, Instant to)
    {
        for (var period = At(from); period.Start < to; period = At(period.End)) yield return period;
    }

    /// <summary>The rolling window of the rule's length that ends at the instant; the anchor does not matter.</summary>
    public Interval RollingTo(Instant end)
    {
        var local = end.InZone(_zone).LocalDateTime;
        return new Interval(Lenient(Plus(local, -1)), end);
    }

    private Instant Boundary(int k) => Lenient(Plus(Anchor, k));

    private LocalDateTime Plus(LocalDateTime start, int k) => Unit switch
    {
        PeriodUnit.Day => start.PlusDays(Count * k),
        PeriodUnit.Week => start.PlusWeeks(Count * k),
        PeriodUnit.Month => start.PlusMonths(Count * k),
        PeriodUnit.Quarter => start.PlusMonths(Count * k * 3),
        _ => start.PlusYears(Count * k),
    };

    private Instant Lenient(LocalDateTime local) => local.TimeOfDay == LocalTime.Midnight
        ? StartOfDay(local.Date) : local.InZoneLeniently(_zone).ToInstant();

    /// <remarks>Midnight in a gap is the first instant of the day; a day the zone skipped begins when the next one
    /// does.</remarks>
    private Instant StartOfDay(LocalDate date)
    {
        var mapping = _zone.MapLocal(date.AtMidnight());
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }

    private int Estimate(Instant instant)
    {
        double unitDays = Unit switch
        {
            PeriodUnit.Day => 1,
            PeriodUnit.Week => 7,
            PeriodUnit.Month => 30.436875,
            PeriodUnit.Quarter => 91.310625,
            _ => 365.2425,
        };
        var days = (instant - Anchor.InZoneLeniently(_zone).ToInstant()).TotalDays;
        return (int)Math.Floor(days / (unitDays * Count));
    }

    [GeneratedRegex(@"^P?(\d{1,5})([DWMQY])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EveryPattern();
}
