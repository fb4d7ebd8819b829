using System.CommandLine;
using System.IO.Compression;
using Entente.Formats.Calendars;
using Entente.ServiceTime.Clocks;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente clock</c>: what the clocks of cases say, replayed from their events.</summary>
public static class Clock
{
    public static Command Create() => new("clock", "Replay the clocks of cases from their events.")
    {
        Replay(),
        ClockWhatIf.Create(),
        ClockWorkload.Create(),
    };

    internal static Option<string> DefinitionOption() =>
        new("--definition") { Description = "Clock definition file, YAML or JSON.", Required = true };

    internal static Option<string> EventsOption() =>
        new("--events") { Description = "Events as CSV or JSON Lines, gzip or plain.", Required = true };

    internal static Option<string?> NowOption() => new("--now", "--at", "--as-of")
    {
        Description = "Instant at which the clocks are read; the last event's unless told.",
    };

    internal static Option<string?> ZoneOption() =>
        new("--time-zone") { Description = "IANA zone of event times without an offset." };

    internal static ClockBook LoadBook(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return ClockYaml.Read(File.ReadAllText(path), file => File.ReadAllText(Path.Combine(folder, file))).Get();
    }

    internal static EventLog LoadEvents(string path, string? zone)
    {
        var known = zone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
            ?? throw new BadInputException("--time-zone", "calendar.zone",
                $"\"{zone}\" is no IANA time zone such as Europe/Berlin.");
        using var file = File.OpenRead(path);
        var isZipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using var text = new StreamReader(isZipped ? new GZipStream(file, CompressionMode.Decompress) : file);
        var log = EventLog.Read(text, known);
        return log.Findings.Any(f => f.Severity == Severity.Error) ? throw new BadInputException(log.Findings) : log;
    }

    internal static Instant Now(string? text, EventLog log) => text is not null ? InstantText.Parse(text, "--now")
        : log.Latest ?? Instant.FromUnixTimeSeconds(0);

    private static Command Replay()
    {
        var (definition, events, now, zone) = (DefinitionOption(), EventsOption(), NowOption(), ZoneOption());
        var ledger = new Option<bool>("--ledger") { Description = "Explain every second of every clock." };
        var command = new Command("replay", "Each case's clocks: state, elapsed, due, breached.") { definition,
            events, now, zone, ledger };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var book = LoadBook(result.GetValue(definition)!);
            var log = LoadEvents(result.GetValue(events)!, result.GetValue(zone));
            var at = Now(result.GetValue(now), log);
            var cases = log.Cases.Select(c => new
            {
                c.Case,
                Clocks = CaseClocks.Replay(book, c.Events, at)
                    .Select(reading => new ClockAnswer(reading, result.GetValue(ledger))).ToList(),
            }).ToList();
            return Time.Answer(result, new { now = at, cases, log.Findings }, a =>
            {
                var table = new Table().AddColumns("case", "clock", "state", "elapsed", "target", "due", "breached");
                foreach (var c in a.cases)
                    foreach (var k in c.Clocks) table.AddRow(ClockRow.Of(c.Case, k));
                AnsiConsole.Write(table);
                foreach (var finding in a.Findings) AnsiConsole.WriteLine($"{finding.Path}: {finding.Message}");
            });
        }));
        return command;
    }
}
