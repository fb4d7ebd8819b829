using System.CommandLine;
using System.Text.Json.Nodes;
using Entente.Formats.Calendars;
using Entente.ServiceTime.Calendars;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>
/// <c>entente time holidays</c>: what a feed or a list proposes; nothing changes until a person takes the file.
/// </summary>
internal static class TimeHolidays
{
    public static Command Create()
    {
        var file = Time.Text("--file", "iCalendar file (.ics), or a list with one date and name a line.");
        var calendar = new Option<string>("--calendar")
        {
            Description = "Answer this calendar with the proposal put in.",
        };
        var zone = new Option<string>("--time-zone")
        {
            Description = "IANA zone of timed events without a calendar.",
            DefaultValueFactory = _ => "UTC",
        };
        var from = new Option<string>("--from") { Description = "First date of interest; 1 January 1900 unless told." };
        var to = new Option<string>("--to")
        {
            Description = "Last date of interest; needed for rules that never end. 31 December 2040 unless told.",
        };
        var command = new Command("holidays", "Read a holiday feed or list and propose calendar entries.")
        {
            file, calendar, zone, from, to,
        };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var known = result.GetValue(calendar) is { } path ? CalendarYaml.Read(File.ReadAllText(path)).Get() : null;
            var first = Date(result, from) ?? new LocalDate(1900, 1, 1);
            var last = Date(result, to) ?? new LocalDate(2040, 12, 31);
            var reading = Read(File.ReadAllText(result.GetValue(file)!), known?.TimeZone ?? result.GetValue(zone)!,
                first, last);
            var feed = reading.Get();
            var proposed = CalendarText.Json(feed.Onto(new ServiceCalendar { TimeZone = "UTC" }));
            var answer = new
            {
                holidays = proposed["holidays"] ?? new JsonArray(),
                exceptions = proposed["exceptions"] ?? new JsonArray(),
                findings = reading.Findings,
                calendar = known is null ? null : CalendarText.Json(feed.Onto(known)),
            };
            return Time.Answer(result, answer, _ => AnsiConsole.Write(new Text(CalendarText.Yaml(
                feed.Onto(known ?? new ServiceCalendar { TimeZone = result.GetValue(zone)! })))));
        }));
        return command;
    }

    private static Reading<HolidayFeed> Read(string text, string zone, LocalDate first, LocalDate last)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
            throw new BadInputException("--time-zone", "calendar.zone",
                $"\"{zone}\" is no IANA time zone such as Europe/Berlin.");
        return text.Contains("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)
            ? HolidayFeed.ReadIcs(text, zone, first, last) : HolidayFeed.ReadList(text);
    }

    private static LocalDate? Date(ParseResult result, Option<string> option) =>
        result.GetValue(option) is not { } text ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value
        : throw new BadInputException(option.Name, "time.date", $"\"{text}\": expected a date such as 2026-01-31.");
}
