using Entente.ServiceTime.Windows;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.Calendars;

/// <summary>Which periods overlap a range: calendar periods from an anchor, or rolling windows.</summary>
/// <param name="Every">Length, such as 1D, 2W, 1M, 1Q, 1Y.</param>
/// <param name="From">Instant, or local date.</param>
/// <param name="To">Instant, or local date.</param>
/// <param name="Anchor">Local date or date-time at which a period begins; none takes 1 January.</param>
/// <param name="TimeZone">IANA zone; none takes UTC.</param>
/// <param name="Rolling">Roll instead: the window before the end of each such step inside the range.</param>
public sealed record PeriodQuestion(
    string Every, string From, string To, string? Anchor = null, string? TimeZone = null, string? Rolling = null)
{
    /// <param name="place">Spells a field of this question in messages: <c>--every</c> or <c>every</c>.</param>
    /// <exception cref="BadInputException">A field cannot be read, or the answer is longer than allowed.</exception>
    public PeriodsAnswer Answer(Func<string, string> place, int most = int.MaxValue)
    {
        var zone = Zone(TimeZone ?? "UTC", place("timeZone"));
        var (start, end) = (At(From, place("from"), zone), At(To, place("to"), zone));
        var anchor = Anchor is { } text ? Local(text, place("anchor"), zone)
            : new LocalDate(start.InZone(zone).Year, 1, 1).AtMidnight();
        var rule = Rule(Every, place("every"), anchor, zone);
        return new(TimeQuestions.Bounded(Rolling is null ? rule.Overlapping(start, end)
            : Rule(Rolling, place("rolling"), anchor, zone).Overlapping(start, end)
                .Where(p => p.End <= end).Select(p => rule.RollingTo(p.End)), most));
    }

    private static PeriodRule Rule(string every, string path, LocalDateTime anchor, DateTimeZone zone) =>
        PeriodRule.TryParseEvery(every, out var count, out var unit) ? new PeriodRule(count, unit, anchor, zone.Id)
        : throw new BadInputException(path, "time.every",
            $"\"{every}\": expected a count and a unit, such as 1D, 2W, 1M, 1Q or 1Y.");

    private static DateTimeZone Zone(string name, string path) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
        ?? throw new BadInputException(path, "calendar.zone",
            $"\"{name}\" is no IANA time zone such as Europe/Berlin.");

    private static Instant At(string text, string path, DateTimeZone zone) => TimeQuestions.InRange(
        LocalDatePattern.Iso.Parse(text) is { Success: true } date ? zone.AtStartOfDay(date.Value).ToInstant()
        : InstantText.Parse(text, path), path);

    private static LocalDateTime Local(string text, string path, DateTimeZone zone)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date) return date.Value.AtMidnight();
        if (InstantText.TryParse(text, out var instant)) return instant.InZone(zone).LocalDateTime;
        return InstantText.TryParseLocal(text, out var seconds, out _, out var length) && length == text.Length
            ? Instant.FromUnixTimeSeconds(seconds).InUtc().LocalDateTime
            : throw new BadInputException(path, "time.anchor",
                $"\"{text}\": expected a date such as 2026-01-31 or {InstantText.Expected}.");
    }
}
