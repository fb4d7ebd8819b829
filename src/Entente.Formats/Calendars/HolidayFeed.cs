using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.Calendars;

/// <summary>
/// What an import proposes: whole days as holidays, timed events as hours to remove. A person approves.
/// </summary>
public sealed record HolidayFeed(ImmutableArray<Holiday> Holidays, ImmutableArray<CalendarException> Exceptions)
{
    /// <summary>
    /// An iCalendar (RFC 5545) file or feed; repeats are written out from the first to the last date given.
    /// </summary>
    /// <param name="text">The file; lines may be folded and end with CRLF or LF.</param>
    /// <param name="timeZone">Zone of the calendar, into which timed events are turned.</param>
    /// <param name="first">First date of interest.</param>
    /// <param name="last">Last date of interest, included.</param>
    public static Reading<HolidayFeed> ReadIcs(string text, string timeZone, LocalDate first, LocalDate last)
    {
        var findings = new List<Finding>();
        var events = IcsEvent.ReadAll(text, findings);
        var zone = DateTimeZoneProviders.Tzdb[timeZone];
        var (holidays, exceptions) = (new List<Holiday>(), new List<CalendarException>());
        foreach (var item in events.Where(e => !e.IsCancelled))
        {
            // A changed occurrence stands for itself; the rule it belongs to leaves that day out.
            var replaced = events.Where(e => e.Replaces is not null && e.Uid == item.Uid && e != item)
                .Select(e => e.Replaces!.Value.Date).ToHashSet();
            foreach (var start in item.Starts(last, findings))
            {
                if (item.Replaces is null && replaced.Contains(start.Date)) continue;
                Add(item, start, zone, first, last, holidays, exceptions);
            }
        }

        return new(new HolidayFeed(
            [.. holidays.Distinct().OrderBy(h => ((DateSpan.Once)h.When).First)],
            [.. exceptions.OrderBy(e => ((DateSpan.Once)e.When).First)]), findings);
    }

    /// <summary>
    /// One date and a name a line: <c>2026-12-25, Christmas Day</c>; a heading and empty lines are skipped.
    /// </summary>
    public static Reading<HolidayFeed> ReadList(string text)
    {
        var (holidays, findings) = (new List<Holiday>(), new List<Finding>());
        var line = 0;
        foreach (var raw in text.Split('\n'))
        {
            line++;
            var entry = raw.Trim().TrimStart('\uFEFF');
            if (entry.Length == 0 || entry[0] == '#' || (line == 1 && !char.IsAsciiDigit(entry[0]))) continue;
            var cut = entry.IndexOfAny([',', ';', '\t', ' ']);
            var (date, name) = cut < 0 ? (entry, "") : (entry[..cut], entry[(cut + 1)..].Trim().Trim('"'));
            if (LocalDatePattern.Iso.Parse(date) is { Success: true } day)
                holidays.Add(new Holiday(DateSpan.On(day.Value), name.Length == 0 ? null : name));
            else findings.Add(Finding
                .Error($"line {line}", "holiday.date", $"\"{date}\": expected a date such as 2026-12-25.", line));
        }

        return new(new HolidayFeed([.. holidays], []), findings);
    }

    /// <summary>The calendar with what was proposed and is not yet in it.</summary>
    public ServiceCalendar Onto(ServiceCalendar calendar)
    {
        var known = calendar.Holidays.Select(h => h.When).ToHashSet();
        return calendar with
        {
            Holidays = [.. calendar.Holidays, .. Holidays.Where(h => known.Add(h.When))],
            Exceptions = [.. calendar.Exceptions,
                .. Exceptions.Where(e => !calendar.Exceptions.Any(k => k.When == e.When
                && k.Remove.SequenceEqual(e.Remove)))],
        };
    }

    private static void Add(IcsEvent item, LocalDateTime start, DateTimeZone zone, LocalDate first, LocalDate last,
        List<Holiday> holidays, List<CalendarException> exceptions)
    {
        if (item.IsAllDay)
        {
            var end = start.Date.PlusDays(Math.Max(item.Days, 1) - 1);
            if (end >= first && start.Date <= last)
                holidays.Add(new Holiday(DateSpan.Between(start.Date, end), item.Name));
            return;
        }

        var begin = item.At(start, zone).InZone(zone).LocalDateTime;
        var stop = (item.At(start, zone) + item.Length).InZone(zone).LocalDateTime;
        for (var date = begin.Date; date <= stop.Date; date = date.PlusDays(1))
        {
            var from = date == begin.Date ? (int)(begin.TimeOfDay.TickOfDay / NodaConstants.TicksPerSecond) : 0;
            var to = date == stop.Date ? (int)(stop.TimeOfDay.TickOfDay / NodaConstants.TicksPerSecond) : OpenHours.Day;
            if (from >= to || date < first || date > last) continue;
            if (to - from == OpenHours.Day) holidays.Add(new Holiday(DateSpan.On(date), item.Name));
            else exceptions.Add(new CalendarException(DateSpan.On(date), Remove: [new OpenHours(from, to)],
                Name: item.Name));
        }
    }
}
