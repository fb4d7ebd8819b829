using System.Collections.Immutable;
using NodaTime;

namespace Entente.ServiceTime.Calendars;

/// <summary>A stretch of time in seconds of UTC, <c>[Start, End)</c>, and the calendar entry it comes from.</summary>
internal readonly record struct Stretch(long Start, long End, string? Source = null);

/// <summary>
/// Lays a calendar's layers over each other for some years; the result is sorted, disjoint and merged.
/// </summary>
internal sealed class OpenTimes
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);
    private readonly ServiceCalendar _calendar;
    private readonly ZoneOffsets _zone;
    private readonly int _firstDay;
    private readonly int _lastDay;

    public OpenTimes(ServiceCalendar calendar, DateTimeZone zone, long fromSecond, long toSecond)
    {
        _calendar = calendar;
        // Two days around cover every offset, every shift over midnight and a crossing of the date line.
        _firstDay = (int)Math.Floor((double)fromSecond / OpenHours.Day) - 3;
        _lastDay = (int)(toSecond / OpenHours.Day) + 3;
        _zone = new ZoneOffsets(zone, (_firstDay - 2L) * OpenHours.Day, (_lastDay + 3L) * OpenHours.Day);
    }

    /// <summary>Open time, clipped to <c>[from, to)</c>.</summary>
    public static List<Stretch> Build(ServiceCalendar calendar, DateTimeZone zone, long from, long to)
    {
        var times = new OpenTimes(calendar, zone, from, to);
        var open = StretchList.Merge(times.Weekly(named: false));
        if (!calendar.Holidays.IsEmpty || !calendar.Exceptions.IsEmpty)
        {
            open = StretchList.Subtract(open, StretchList.Merge(times.Closed(named: false)));
            open = StretchList.Merge([.. open, .. times.Opened(named: false)]);
            open = StretchList.Subtract(open, StretchList.Merge(times.Removed(named: false)));
        }

        return StretchList.Clip(open, from, to);
    }

    public List<Stretch> Weekly(bool named)
    {
        var result = new List<Stretch>((_lastDay - _firstDay) * 2);
        var week = Enumerable.Range(0, 8).Select(HoursOf).ToArray();
        for (var day = _firstDay; day <= _lastDay; day++)
        {
            var weekday = WeekdayOf(day);
            var hours = week[weekday];
            if (hours.Length == 0 || _zone.Skips(day * (long)OpenHours.Day)) continue;
            for (var i = 0; i < hours.Length; i++)
                Place(result, day, hours[i], named ? WeeklyName(weekday, i) : null);
        }

        return result;
    }

    /// <summary>Whole dates that holidays close or that an exception rules alone.</summary>
    public List<Stretch> Closed(bool named)
    {
        var result = new List<Stretch>();
        for (var i = 0; i < _calendar.Holidays.Length; i++)
            foreach (var day in DaysOf(_calendar.Holidays[i].When))
                Place(result, day, OpenHours.WholeDay, named ? Name($"holidays[{i}]", _calendar.Holidays[i].Name)
                    : null);
        for (var i = 0; i < _calendar.Exceptions.Length; i++)
            if (_calendar.Exceptions[i] is { Open: not null, When: var when, Name: var name })
                foreach (var day in DaysOf(when))
                    Place(result, day, OpenHours.WholeDay, named ? Name($"exceptions[{i}].open", name) : null);
        return result;
    }

    public List<Stretch> Opened(bool named)
    {
        var result = Exceptions("open", entry => entry.Open ?? [], named);
        result.AddRange(Exceptions("add", entry => entry.Add, named));
        return result;
    }

    public List<Stretch> Removed(bool named) => Exceptions("remove", entry => entry.Remove, named);

    private List<Stretch> Exceptions(string verb, Func<CalendarException, ImmutableArray<OpenHours>> hoursOf,
        bool named)
    {
        var result = new List<Stretch>();
        for (var i = 0; i < _calendar.Exceptions.Length; i++)
        {
            var hours = hoursOf(_calendar.Exceptions[i]);
            if (hours.Length == 0) continue;
            foreach (var day in DaysOf(_calendar.Exceptions[i].When))
                for (var j = 0; j < hours.Length; j++)
                    Place(result, day, hours[j],
                        named ? Name($"exceptions[{i}].{verb}[{j}]", _calendar.Exceptions[i].Name) : null);
        }

        return result;
    }

    private void Place(List<Stretch> result, int day, OpenHours hours, string? source)
    {
        var midnight = day * (long)OpenHours.Day;
        var (start, end) = (_zone.ToUtc(midnight + hours.StartSecond), _zone.ToUtc(midnight + hours.EndSecond));
        if (start < end) result.Add(new Stretch(start, end, source));
    }

    private IEnumerable<int> DaysOf(DateSpan when)
    {
        foreach (var (first, last) in when.In(Epoch.PlusDays(_firstDay).Year, Epoch.PlusDays(_lastDay).Year))
        {
            var end = Math.Min(_lastDay, DayNumber(last));
            for (var day = Math.Max(_firstDay, DayNumber(first)); day <= end; day++) yield return day;
        }
    }

    private ImmutableArray<OpenHours> HoursOf(int weekday) =>
        _calendar.AlwaysOpen ? [OpenHours.WholeDay] : _calendar.Weekly.GetValueOrDefault((IsoDayOfWeek)weekday, []);

    private string WeeklyName(int weekday, int index) => _calendar.AlwaysOpen
        ? "alwaysOpen" : $"weekly.{((IsoDayOfWeek)weekday).ToString().ToLowerInvariant()}[{index}]";

    private static string Name(string path, string? name) => name is null ? path : $"{path} {name}";

    private static int DayNumber(LocalDate date) => Period.DaysBetween(Epoch, date);

    /// <summary>1 January 1970 was a Thursday.</summary>
    private static int WeekdayOf(int day) => ((((day + 3) % 7) + 7) % 7) + 1;
}
