using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.ServiceTime.Tests.Calendars;

/// <summary>Answers second by second from the definition alone, sharing nothing with the compiled calendar.</summary>
internal sealed class Oracle(ServiceCalendar calendar)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[calendar.TimeZone];
    private readonly Dictionary<LocalDate, List<(long From, long To)>[]> _days = [];

    /// <summary>The uppermost layer that covers the second decides.</summary>
    public bool IsOpen(long second)
    {
        var date = Instant.FromUnixTimeSeconds(second).InZone(_zone).Date;
        var around = Enumerable.Range(-2, 5).Select(d => Layers(date.PlusDays(d))).ToList();
        if (around.Any(day => Covers(day[3], second))) return false;
        if (around.Any(day => Covers(day[2], second))) return true;
        if (around.Any(day => Covers(day[1], second))) return false;
        return around.Any(day => Covers(day[0], second));
    }

    public long Elapsed(long from, long to)
    {
        long count = 0;
        for (var second = from; second < to; second++) if (IsOpen(second)) count++;
        return count;
    }

    private static bool Covers(List<(long From, long To)> stretches, long second) =>
        stretches.Exists(s => s.From <= second && second < s.To);

    private List<(long From, long To)>[] Layers(LocalDate date)
    {
        if (_days.TryGetValue(date, out var known)) return known;
        var weekly = calendar.AlwaysOpen ? [OpenHours.WholeDay] : calendar.Weekly.GetValueOrDefault(date.DayOfWeek, []);
        var exceptions = calendar.Exceptions.Where(e => e.When.Contains(date)).ToList();
        var isClosed = calendar.Holidays.Any(h => h.When.Contains(date)) || exceptions.Exists(e => e.Open is not null);
        return _days[date] =
        [
            Stretches(date, weekly),
            Stretches(date, isClosed ? [OpenHours.WholeDay] : []),
            Stretches(date, [.. exceptions.SelectMany(e => (e.Open ?? []).AddRange(e.Add))]),
            Stretches(date, [.. exceptions.SelectMany(e => e.Remove)]),
        ];
    }

    private List<(long From, long To)> Stretches(LocalDate date, ImmutableArray<OpenHours> hours) =>
        [.. hours.Select(h => (At(date, h.StartSecond), At(date, h.EndSecond)))];

    private long At(LocalDate date, int second)
    {
        var local = date.AtMidnight().PlusSeconds(second);
        return (local.TimeOfDay == LocalTime.Midnight
            ? _zone.AtStartOfDay(local.Date) : local.InZoneLeniently(_zone)).ToInstant().ToUnixTimeSeconds();
    }
}
