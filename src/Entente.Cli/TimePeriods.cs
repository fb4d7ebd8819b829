using System.CommandLine;
using Entente.Formats.Calendars;
using Entente.ServiceTime.Windows;
using NodaTime;
using NodaTime.Text;

namespace Entente.Cli;

/// <summary><c>entente time periods</c>: calendar periods from an anchor, or rolling windows.</summary>
internal static class TimePeriods
{
    public static Command Create()
    {
        var every = Time.Text("--every", "Length: 1D, 2W, 1M, 1Q, 1Y.");
        var anchor = new Option<string>(
            "--anchor") { Description = "Local date or date-time at which a period begins." };
        var zone = new Option<string>("--time-zone") { Description = "IANA zone.", DefaultValueFactory = _ => "UTC" };
        var (from, to) = (Time.Text("--from", "Instant, or local date."), Time.Text("--to", "Instant, or local date."));
        var rolling = new Option<string>("--rolling")
        {
            Description = "Roll instead: the window before the end of each such step (1D, 1W) inside the range.",
        };
        var command = new Command("periods", "The periods that overlap [from, to), each whole and half-open.")
        {
            every, anchor, zone, from, to, rolling,
        };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var zoneName = Zone(result.GetValue(zone)!);
            var (start, end) = (At(result.GetValue(from)!, "--from", zoneName),
                At(result.GetValue(to)!, "--to", zoneName));
            var first = result.GetValue(anchor) is { } text
                ? Local(text, "--anchor", zoneName) : new LocalDate(start.InZone(ZoneOf(zoneName)).Year, 1, 1)
                    .AtMidnight();
            var rule = Rule(result.GetValue(every)!, "--every", first, zoneName);
            var periods = (result.GetValue(rolling) is { } step
                ? Rule(step, "--rolling", first, zoneName).Overlapping(start, end)
                    .Where(p => p.End <= end).Select(p => rule.RollingTo(p.End))
                : rule.Overlapping(start, end)).Select(p => new TimeSpanOf(p.Start, p.End)).ToList();
            return Time.Answer(result, new { periods }, a => TimeSpanOf.Show(a.periods));
        }));
        return command;
    }

    private static PeriodRule Rule(string every, string path, LocalDateTime anchor, string zone) =>
        PeriodRule.TryParseEvery(every, out var count, out var unit) ? new PeriodRule(count, unit, anchor, zone)
        : throw new BadInputException(path, "time.every",
            $"\"{every}\": expected a count and a unit, such as 1D, 2W, 1M, 1Q or 1Y.");

    private static string Zone(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is not null ? name
        : throw new BadInputException("--time-zone", "calendar.zone",
            $"\"{name}\" is no IANA time zone such as Europe/Berlin.");

    private static DateTimeZone ZoneOf(string name) => DateTimeZoneProviders.Tzdb[name];

    private static Instant At(string text, string path, string zone) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true } date ? ZoneOf(zone).AtStartOfDay(date.Value).ToInstant()
        : InstantText.Parse(text, path);

    private static LocalDateTime Local(string text, string path, string zone)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date) return date.Value.AtMidnight();
        if (InstantText.TryParse(text, out var instant)) return instant.InZone(ZoneOf(zone)).LocalDateTime;
        return InstantText.TryParseLocal(text, out var seconds, out _, out var length) && length == text.Length
            ? Instant.FromUnixTimeSeconds(seconds).InUtc().LocalDateTime
            : throw new BadInputException(path, "time.anchor",
                $"\"{text}\": expected a date such as 2026-01-31 or {InstantText.Expected}.");
    }
}
