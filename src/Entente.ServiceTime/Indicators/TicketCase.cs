using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.ServiceTime.Indicators;

/// <summary>One ticket as far as its clock is concerned.</summary>
/// <param name="Stopped">When the clock stopped: answered, resolved, updated; none while it runs.</param>
/// <param name="Pauses">Time in which it stood still; an open pause ends with the data.</param>
public sealed record TicketCase(string Id, Instant Opened, Instant? Stopped, IReadOnlyList<Interval> Pauses);

/// <summary>Whether a case met its limit: a running clock that is not over it yet is open.</summary>
public enum CaseVerdict { Met, Missed, Open }

/// <summary>What the clock of a case read.</summary>
public readonly record struct CaseReading(TicketCase Case, CaseVerdict Verdict, Duration Elapsed);

/// <summary>Ticket clocks over a calendar.</summary>
public static class TicketClocks
{
    /// <summary>Reads a clock against a limit of time on the calendar.</summary>
    public static CaseReading Read(TicketCase ticket, CompiledCalendar calendar, Duration limit, Instant asOf) =>
        Judge(ticket, Elapsed(ticket, calendar, ticket.Stopped ?? asOf), limit);

    /// <summary>What a clock that has been read says about a limit.</summary>
    public static CaseReading Judge(TicketCase ticket, Duration elapsed, Duration limit) =>
        new(ticket, elapsed > limit ? CaseVerdict.Missed : ticket.Stopped is null ? CaseVerdict.Open
            : CaseVerdict.Met, elapsed);

    /// <summary>Reads a clock against so many business days: due when the last of them closes.</summary>
    /// <remarks>
    /// A business day is a date of the zone with open time. The day of opening does not count; a pause moves the due
    /// instant by its open time.
    /// </remarks>
    public static CaseReading ReadDays(TicketCase ticket, CompiledCalendar calendar, int days, Instant asOf)
    {
        var until = ticket.Stopped ?? asOf;
        var due = DueAfterDays(calendar, ticket.Opened, days);
        var paused = Paused(ticket, calendar, until);
        if (paused > Duration.Zero) due = calendar.Due(due, paused) ?? due;
        return new(ticket, until > due ? CaseVerdict.Missed : ticket.Stopped is null ? CaseVerdict.Open
            : CaseVerdict.Met,
            Elapsed(ticket, calendar, until));
    }

    public static Instant DueAfterDays(CompiledCalendar calendar, Instant from, int days)
    {
        var zone = DateTimeZoneProviders.Tzdb[calendar.Definition.TimeZone];
        var date = from.InZone(zone).Date;
        for (var left = days; ;)
        {
            date = date.PlusDays(1);
            var (start, end) = (date.AtStartOfDayInZone(zone).ToInstant(), date.PlusDays(1).AtStartOfDayInZone(zone)
                .ToInstant());
            if (end >= CompiledCalendar.Latest) return CompiledCalendar.Latest;
            if (calendar.Elapsed(start, end) == Duration.Zero || --left > 0) continue;
            return calendar.Open(start, end).Last().End;
        }
    }

    /// <summary>Open time of a case from its opening, less its pauses.</summary>
    public static Duration Elapsed(TicketCase ticket, CompiledCalendar calendar, Instant until) =>
        calendar.Elapsed(ticket.Opened, until) - Paused(ticket, calendar, until);

    /// <remarks>Pauses may overlap; an overlap counts once.</remarks>
    private static Duration Paused(TicketCase ticket, CompiledCalendar calendar, Instant until)
    {
        var (sum, reached) = (Duration.Zero, ticket.Opened);
        if (ticket.Pauses.Count == 0) return sum;
        foreach (var pause in ticket.Pauses.OrderBy(pause => pause.Start))
        {
            var (start, end) = (Instant.Max(pause.Start, reached),
                Instant.Min(pause.HasEnd ? pause.End : until, until));
            if (end <= start) continue;
            sum += calendar.Elapsed(start, end);
            reached = end;
        }

        return sum;
    }
}
