using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.Calendars;

/// <summary>A recurrence rule (RFC 5545, 3.3.10) as far as holidays use it: days, not hours.</summary>
/// <remarks>FREQ daily to yearly with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS and WKST.</remarks>
internal sealed class IcsRule
{
    private static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    private string _frequency = "";
    private int _interval = 1;
    private int? _count;
    private LocalDate? _until;
    private int[] _months = [];
    private int[] _monthDays = [];
    private (int Nth, IsoDayOfWeek Day)[] _weekdays = [];
    private int[] _positions = [];
    private IsoDayOfWeek _weekStart = IsoDayOfWeek.Monday;

    public static bool TryParse(string text, [NotNullWhen(true)] out IcsRule? rule,
        [NotNullWhen(false)] out string? problem)
    {
        (rule, problem) = (new IcsRule(), null);
        foreach (var part in text.ToUpperInvariant()
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = part.IndexOf('=') is > 0 and var cut ? (part[..cut], part[(cut + 1)..]) : (part, "");
            if (!rule.Take(name, value)) problem = $"{part} is not supported.";
        }

        if (problem is null && rule._frequency is not ("DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY"))
            problem = "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY.";
        return problem is null;
    }

    /// <summary>The starts up to the last date; the event's own start counts as the first.</summary>
    public IEnumerable<LocalDateTime> Occurrences(LocalDateTime start, LocalDate last)
    {
        var end = _until is { } until && until < last ? until : last;
        var counted = 0;
        for (var k = 0; ; k++)
        {
            var begin = PeriodStart(start.Date, k);
            if (begin > end || begin.Year > 9000) yield break;
            foreach (var date in Positions(Candidates(begin, start.Date)))
            {
                if (date < start.Date) continue;
                if (date > end || counted++ >= (_count ?? int.MaxValue)) yield break;
                yield return date + start.TimeOfDay;
            }
        }
    }

    private bool Take(string name, string value)
    {
        switch (name)
        {
            case "FREQ": _frequency = value; return true;
            case "INTERVAL":
                return int.TryParse(value, CultureInfo.InvariantCulture, out _interval)
                && _interval is > 0 and < 10_000;
            case "COUNT":
                return (_count = int.TryParse(value, CultureInfo.InvariantCulture, out var n) ? n
                : null) is > 0;
            case "UNTIL":
                return value.Length >= 8 && (_until = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd")
                .Parse(value[..8]) is { Success: true } day ? day.Value : null) is not null;
            case "BYMONTH": return Numbers(value, out _months) && _months.All(m => m is >= 1 and <= 12);
            case "BYMONTHDAY":
                return Numbers(value, out _monthDays)
                && _monthDays.All(d => d is >= -31 and <= 31 and not 0);
            case "BYSETPOS": return Numbers(value, out _positions);
            case "BYDAY": return ByDay(value);
            case "WKST": return (_weekStart = (IsoDayOfWeek)(Array.IndexOf(Weekdays, value) + 1)) != IsoDayOfWeek.None;
            default: return false;
        }
    }

    private bool ByDay(string value)
    {
        var days = value.Split(',').Select(text => (
            Nth: text.Length == 2 ? 0 : int.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 2)),
                CultureInfo.InvariantCulture, out var nth) ? nth : 99,
            Day: text.Length < 2 ? IsoDayOfWeek.None : (IsoDayOfWeek)(Array.IndexOf(Weekdays, text[^2..]) + 1)))
                .ToArray();
        _weekdays = days;
        return days.All(d => d.Nth is >= -53 and <= 53 && d.Day != IsoDayOfWeek.None);
    }

    private LocalDate PeriodStart(LocalDate start, int k) => _frequency switch
    {
        "DAILY" => start.PlusDays(k * _interval),
        "WEEKLY" => WeekOf(start).PlusWeeks(k * _interval),
        "MONTHLY" => new LocalDate(start.Year, start.Month, 1).PlusMonths(k * _interval),
        _ => new LocalDate(start.Year, 1, 1).PlusYears(k * _interval),
    };

    private LocalDate WeekOf(LocalDate date) => date.DayOfWeek == _weekStart ? date : date.Previous(_weekStart);

    private IEnumerable<LocalDate> Candidates(LocalDate begin, LocalDate start)
    {
        var days = _frequency switch
        {
            "DAILY" => [begin],
            "WEEKLY" => Enumerable.Range(0, 7).Select(begin.PlusDays),
            "MONTHLY" => MonthOf(begin),
            _ => Enumerable.Range(0, 12).Select(m => begin.PlusMonths(m)).SelectMany(MonthOf),
        };
        return days.Where(day => (_months.Length == 0 || _months.Contains(day.Month)) && Fits(day, start));
    }

    private bool Fits(LocalDate day, LocalDate start)
    {
        if (_monthDays.Length > 0 && !_monthDays.Any(d => d == day.Day || d == day.Day - DaysIn(day) - 1)) return false;
        if (_weekdays.Length > 0)
            return _weekdays.Any(w => w.Day == day.DayOfWeek && (w.Nth == 0 || IsNth(day, w.Nth)));
        if (_monthDays.Length > 0) return true;
        return _frequency switch
        {
            "DAILY" => true,
            "WEEKLY" => day.DayOfWeek == start.DayOfWeek,
            "MONTHLY" => day.Day == start.Day,
            _ => day.Day == start.Day && (_months.Length > 0 || day.Month == start.Month),
        };
    }

    /// <summary>
    /// The nth such weekday of the month, or of the year for a yearly rule without months; negative from the end.
    /// </summary>
    private bool IsNth(LocalDate day, int nth)
    {
        var ofYear = _frequency == "YEARLY" && _months.Length == 0;
        var (index, length) = ofYear
            ? (day.DayOfYear, CalendarSystem.Iso.GetDaysInYear(day.Year)) : (day.Day, DaysIn(day));
        return nth > 0 ? ((index - 1) / 7) + 1 == nth : ((length - index) / 7) + 1 == -nth;
    }

    private IEnumerable<LocalDate> Positions(IEnumerable<LocalDate> days)
    {
        if (_positions.Length == 0) return days;
        var all = days.ToList();
        return _positions.Select(p => p > 0 ? p - 1 : all.Count + p).Where(i => i >= 0 && i < all.Count).Order()
            .Select(i => all[i]);
    }

    private static IEnumerable<LocalDate> MonthOf(LocalDate first) => Enumerable.Range(0, DaysIn(first))
        .Select(first.PlusDays);

    private static int DaysIn(LocalDate date) => CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month);

    private static bool Numbers(string value, out int[] numbers)
    {
        var parsed = value.Split(',').Select(v => int.TryParse(v, CultureInfo.InvariantCulture, out var n) ? n
            : (int?)null).ToArray();
        numbers = [.. parsed.OfType<int>()];
        return numbers.Length == parsed.Length;
    }
}
