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

    internal static CompiledCalendar LoadCalendar(string path) =>
        CalendarYaml.ReadVersions(File.ReadAllText(path)).Get().Compile();

    internal static Instant Instant(ParseResult result, Option<string> option) =>
        InRange(InstantText.Parse(result.GetValue(option)!, option.Name), option.Name);

    internal static Instant InRange(Instant at, string path) =>
        at >= CompiledCalendar.Earliest && at <= CompiledCalendar.Latest ? at
            : throw new BadInputException(path, "time.range",
                $"{at} is out of range: calendars know {CompiledCalendar.Earliest} to {CompiledCalendar.Latest}.");

    internal static Duration Target(string text, string path)
    {
        if (!IsoDuration.TryParse(text, out var target))
            throw new BadInputException(path, "time.duration",
                $"\"{text}\": expected a duration such as PT4H or PT30M.");
        return target >= Duration.Zero ? target
            : throw new BadInputException(path, "time.target", "A target is zero or more.");
    }

    /// <summary>One line of JSON for programs, <paramref name="show"/> for a person at a terminal.</summary>
    internal static int Answer<T>(ParseResult result, T value, Action<T> show)
    {
        if (result.GetValue(Output.JsonOption) || Console.IsOutputRedirected)
            Console.Out.WriteLine(JsonSerializer.Serialize(value, Json.Options));
        else show(value);
        return 0;
    }

    internal static Refusal Unreachable(Instant at, Duration target) => new("calendar.unreachable",
        $"No open time of the calendar adds up to {IsoDuration.Format(target)} counted from {at} "
            + "in the years 1800 to 2399.");

    private static Command Elapsed()
    {
        var (calendar, from, to) = (CalendarOption(), Text("--from", "Instant, counted in."),
            Text("--to", "Instant, not counted."));
        var command = new Command("elapsed", "Open time in [from, to).") { calendar, from, to };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var elapsed = LoadCalendar(result.GetValue(calendar)!).Elapsed(Instant(result, from), Instant(result, to));
            return Answer(result, new { elapsed }, a =>
                AnsiConsole.MarkupLineInterpolated($"[bold]{IsoDuration.Format(a.elapsed)}[/]"));
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
            var (start, length) = (Instant(result, from), Target(result.GetValue(target)!, "--target"));
            if (LoadCalendar(result.GetValue(calendar)!).Due(start, length) is not { } due)
                return Output.Fail(result, Unreachable(start, length));
            return Answer(result, new { due }, a => AnsiConsole.MarkupLineInterpolated($"[bold]{a.due}[/]"));
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
            var (end, length) = (Instant(result, to), Target(result.GetValue(target)!, "--target"));
            if (LoadCalendar(result.GetValue(calendar)!).LatestStart(end, length) is not { } latestStart)
                return Output.Fail(result, Unreachable(end, length));
            return Answer(result, new { latestStart }, a =>
                AnsiConsole.MarkupLineInterpolated($"[bold]{a.latestStart}[/]"));
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
            var compiled = LoadCalendar(result.GetValue(calendar)!);
            var open = compiled.Open(Instant(result, from), Instant(result, to))
                .Select(i => new TimeSpanOf(i.Start, i.End)).ToList();
            return Answer(result, new { open }, a => TimeSpanOf.Show(a.open));
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
}

/// <summary>A half-open interval as the CLI writes it.</summary>
internal sealed record TimeSpanOf(Instant Start, Instant End)
{
    public static void Show(IEnumerable<TimeSpanOf> intervals)
    {
        var table = new Table().AddColumns("start", "end", "length");
        foreach (var (start, end) in intervals) table.AddRow($"{start}", $"{end}", IsoDuration.Format(end - start));
        AnsiConsole.Write(table);
    }
}
