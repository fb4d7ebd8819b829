using System.CommandLine;
using Entente.Formats.Calendars;
using Entente.ServiceTime.Clocks;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>
/// <c>entente clock what-if</c>: which clocks another definition or calendar would move; the record stays.
/// </summary>
internal static class ClockWhatIf
{
    public static Command Create()
    {
        var (definition, events, now, zone) =
            (Clock.DefinitionOption(), Clock.EventsOption(), Clock.NowOption(), Clock.ZoneOption());
        var against = new Option<string>("--against") { Description = "The other definition.", Required = true };
        var command = new Command("what-if", "Which clocks would stand otherwise under another definition.")
        {
            definition, against, events, now, zone,
        };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var (before, after) = (Clock.LoadBook(result.GetValue(definition)!),
                Clock.LoadBook(result.GetValue(against)!));
            var log = Clock.LoadEvents(result.GetValue(events)!, result.GetValue(zone));
            var at = Clock.Now(result.GetValue(now), log);
            var all = log.Cases.SelectMany(c => WhatIf.Compare(before, after, c.Case, c.Events, at)).ToList();
            var moved = all.Where(move => move.Matters).Select(move => new
            {
                move.Case,
                Before = move.Before is { } old ? new ClockAnswer(old, withLedger: false) : null,
                After = move.After is { } next ? new ClockAnswer(next, withLedger: false) : null,
            }).ToList();
            return Time.Answer(result, new { now = at, clocks = all.Count, moved, log.Findings }, a =>
            {
                var table = new Table().AddColumns("case", "clock", "", "elapsed", "due", "breached");
                foreach (var m in a.moved)
                {
                    Add(table, m.Case, "before", m.Before);
                    Add(table, m.Case, "after", m.After);
                }

                AnsiConsole.Write(table);
                AnsiConsole.WriteLine($"{a.moved.Count} of {Counted.Of(a.clocks, "clock")} would stand otherwise.");
            });
        }));
        return command;
    }

    private static void Add(Table table, string caseId, string side, ClockAnswer? clock)
    {
        if (clock is null) table.AddRow(caseId.EscapeMarkup(), "", side, "none", "", "");
        else table.AddRow(caseId.EscapeMarkup(), clock.Clock.EscapeMarkup(), side, IsoDuration.Format(clock.Elapsed),
            $"{clock.Due}", clock.Breached ? "yes" : "no");
    }
}
