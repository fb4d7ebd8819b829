using System.CommandLine;
using System.Text.Json;
using Entente.Formats.Calendars;
using Entente.ServiceTime.Calendars;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>
/// <c>entente time</c>: what a calendar answers. JSON whenever asked for or written to a file or a pipe.
/// </summary>
public static class Time
{
    public static Command Create() =>
        new("time", "Ask a service calendar: elapsed time, due instants, open hours, periods.")
    {
        Elapsed(),
        Due(),
        LatestStart(),
        Open(),
        TimePeriods.Create(),
        TimeExplain.Create(),
        TimeHolidays.Create(),
        Check(),
        TimeBatch.Create(),
    };

    internal static Option<string> CalendarOption() =>
        new("--calendar") { Description = "Calendar file, YAML or JSON.", Required = true };

    internal static Option<string> Text(string name, string description) =>
        new(name) { Description = description, Required = true };

    internal static CompiledCalendar LoadCalendar(string path) => TimeQuestions.Calendar(File.ReadAllText(path));

    internal static Instant Instant(ParseResult result, Option<string> option) =>
        TimeQuestions.At(result.GetValue(option)!, option.Name);

    /// <summary>One line of JSON for programs, <paramref name="show"/> for a person at a terminal.</summary>
    internal static int Answer<T>(ParseResult result, T value, Action<T> show)
    {
        if (result.GetValue(Output.JsonOption) || Console.IsOutputRedirected)
            Console.Out.WriteLine(JsonSerializer.Serialize(value, Json.Options));
        else show(value);
        return 0;
    }

    private static Command Elapsed()
    {
        var (calendar, from, to) = (CalendarOption(), Text("--from", "Instant, counted in."),
            Text("--to", "Instant, not counted."));
        var command = new Command("elapsed", "Open time in [from, to).") { calendar, from, to };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var answer = TimeQuestions.Elapsed(
                LoadCalendar(result.GetValue(calendar)!), Instant(result, from), Instant(result, to));
            return Answer(result, answer, a =>
                AnsiConsole.MarkupLineInterpolated($"[bold]{IsoDuration.Format(a.Elapsed)}[/]"));
        }));
        return command;
    }

    private static Command Due()
    {
        var (calendar, from, target) = (CalendarOption(), Text("--from", "Instant at which the clock starts."),
            Text("--target", "ISO 8601 duration of open time, such as PT4H."));
        var command = new Command("due",
            "The earliest instant at which the elapsed time equals the target.") { calendar, from, target };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var (start, length) = (Instant(result, from), TimeQuestions.Target(result.GetValue(target)!, "--target"));
            return TimeQuestions.Due(LoadCalendar(result.GetValue(calendar)!), start, length) is { } due
                ? Answer(result, due, a => AnsiConsole.MarkupLineInterpolated($"[bold]{a.Due}[/]"))
                : Output.Fail(result, TimeQuestions.Unreachable(start, length));
        }));
        return command;
    }

    private static Command LatestStart()
    {
        var (calendar, to, target) = (CalendarOption(), Text("--to", "Instant at which it must be done."),
            Text("--target", "ISO 8601 duration of open time, such as PT4H."));
        var command = new Command("latest-start",
            "The latest instant from which the target fits exactly before the end: the inverse of due.")
        {
            calendar, to, target,
        };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var (end, length) = (Instant(result, to), TimeQuestions.Target(result.GetValue(target)!, "--target"));
            return TimeQuestions.LatestStart(LoadCalendar(result.GetValue(calendar)!), end, length) is { } start
                ? Answer(result, start, a => AnsiConsole.MarkupLineInterpolated($"[bold]{a.LatestStart}[/]"))
                : Output.Fail(result, TimeQuestions.Unreachable(end, length));
        }));
        return command;
    }

    private static Command Open()
    {
        var (calendar, from, to) = (CalendarOption(), Text("--from", "Instant, counted in."),
            Text("--to", "Instant, not counted."));
        var command = new Command("open", "The open intervals inside [from, to).") { calendar, from, to };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var answer = TimeQuestions.Open(
                LoadCalendar(result.GetValue(calendar)!), Instant(result, from), Instant(result, to));
            return Answer(result, answer, a => Show(a.Open));
        }));
        return command;
    }

    private static Command Check()
    {
        var calendar = CalendarOption();
        var command = new Command("check", "Read a calendar file and name every problem.") { calendar };
        command.SetAction(result => Output.Guard(result, () =>
        {
            LoadCalendar(result.GetValue(calendar)!);
            return Answer(result, new { usable = true }, _ =>
                AnsiConsole.MarkupLine("The calendar is [bold]usable[/]."));
        }));
        return command;
    }

    internal static void Show(IEnumerable<TimeSpanOf> intervals)
    {
        var table = new Table().AddColumns("start", "end", "length");
        foreach (var (start, end) in intervals) table.AddRow($"{start}", $"{end}", IsoDuration.Format(end - start));
        AnsiConsole.Write(table);
    }
}
