using NodaTime;

namespace Entente.ServiceTime.Calendars;

/// <summary>Counting in working days instead of hours, for promises such as "within five working days".</summary>
/// <remarks>
/// A working day is a local date with any open time. Where the start is closed it first moves to the next opening
/// (counting
/// back: to the last closing); then the days are counted at the same wall-clock time; a result that is closed moves
/// again.
/// </remarks>
public static class WorkingDays
{
    /// <summary>Longest run of closed days looked through before giving up: ten years.</summary>
    private const int DaysMax = 3660;

    extension(CompiledCalendar calendar)
    {
        public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[calendar.Definition.TimeZone];

        public bool IsWorkingDay(LocalDate date)
        {
            var start = calendar.At(date.AtMidnight());
            return calendar.Elapsed(start, calendar.At(date.PlusDays(1).AtMidnight())) > Duration.Zero;
        }

        /// <summary>
        /// The date so many working days later, earlier when negative; null when there are none for ten years.
        /// </summary>
        public LocalDate? PlusWorkingDays(LocalDate date, int days)
        {
            var step = days < 0 ? -1 : 1;
            if (calendar.Nearest(date, step) is not { } at) return null;
            for (var left = Math.Abs(days); left > 0; left--)
            {
                if (calendar.Nearest(at.PlusDays(step), step) is not { } next) return null;
                at = next;
            }

            return at;
        }

        /// <summary>
        /// The instant so many working days later, earlier when negative; null when there are none for ten years.
        /// </summary>
        public Instant? PlusWorkingDays(Instant from, int days)
        {
            if (calendar.Rolled(from, days >= 0) is not { } start) return null;
            // A closing instant belongs to the day that it ends.
            var local = (days < 0 && !calendar.IsOpen(start) ? start - Duration.Epsilon : start).InZone(calendar.Zone);
            if (calendar.PlusWorkingDays(local.Date, days) is not { } date) return null;
            var at = days == 0 ? start : calendar.At(date.At(start.InZone(calendar.Zone).TimeOfDay));
            return calendar.Rolled(at, days >= 0);
        }

        /// <summary>Working days among the dates from the first to before the last.</summary>
        public int WorkingDaysBetween(LocalDate first, LocalDate last)
        {
            var count = 0;
            for (var date = first; date < last; date = date.PlusDays(1)) if (calendar.IsWorkingDay(date)) count++;
            return count;
        }

        /// <summary>
        /// The instant itself when open, else the next opening, or the last closing when looking back.
        /// </summary>
        public Instant? Rolled(Instant at, bool forward)
        {
            if (calendar.IsOpen(at)) return at;
            return forward ? calendar.Due(at, Duration.Epsilon) - Duration.Epsilon
                : calendar.LatestStart(at, Duration.Epsilon) + Duration.Epsilon;
        }

        private LocalDate? Nearest(LocalDate date, int step)
        {
            for (var i = 0; i < DaysMax; i++, date = date.PlusDays(step)) if (calendar.IsWorkingDay(date)) return date;
            return null;
        }

        private Instant At(LocalDateTime local) => local.TimeOfDay == LocalTime.Midnight
            && calendar.Zone.MapLocal(local) is { Count: 0, LateInterval: var late } ? late.Start
                : local.InZoneLeniently(calendar.Zone).ToInstant();
    }
}
