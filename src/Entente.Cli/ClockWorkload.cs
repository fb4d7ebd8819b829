using System.CommandLine;
using Entente.ServiceTime.Windows;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente clock workload</c>: cases opened in each period, held against the agreed limit.</summary>
internal static class ClockWorkload
{
    public static Command Create()
    {
        var (events, zone) = (Clock.EventsOption(), Clock.ZoneOption());
        var every = new Option<string>("--every")
        {
            Description = "Period: 1D, 1W, 1M, 1Q, 1Y.",
            DefaultValueFactory = _ => "1M"
        };
        var limit = new Option<int>("--limit") { Description = "Cases agreed for a period.", Required = true };
        var command = new Command("workload", "Cases opened in each period against the agreed limit.") { events,
            every, limit, zone };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var log = Clock.LoadEvents(result.GetValue(events)!, result.GetValue(zone));
            var opened = log.Cases.Select(c => c.Events.Min(e => e.At)).Order().ToList();
            if (!PeriodRule.TryParseEvery(result.GetValue(every)!, out var count, out var unit))
                throw new BadInputException("--every", "time.every",
                    "Expected a count and a unit, such as 1D, 1W, 1M, 1Q or 1Y.");
            var zoneName = result.GetValue(zone) ?? "UTC";
            var year = opened.Count == 0 ? 1970 : opened[0].InZone(DateTimeZoneProviders.Tzdb[zoneName]).Year;
            // 1 January and a Monday: weeks begin where people expect them.
            var anchor = unit == PeriodUnit.Week ? new LocalDate(1970, 1, 5) : new LocalDate(year, 1, 1);
            var rule = new PeriodRule(count, unit, anchor.AtMidnight(), zoneName);
            var periods = opened.Count == 0 ? []
                : Workload.ByPeriod(opened, rule, result.GetValue(limit), opened[0], opened[^1] + Duration.Epsilon)
                .Select(w => new { w.Window.Start, w.Window.End, opened = w.Count, w.Limit, exceeded = w.IsExceeded })
                    .ToList();
            return Time.Answer(result, new { periods, log.Findings }, a =>
            {
                var table = new Table().AddColumns("start", "end", "opened", "limit", "");
                foreach (var p in a.periods)
                    table.AddRow($"{p.Start}", $"{p.End}", $"{p.opened}", $"{p.Limit}", p.exceeded
                        ? "[red]exceeded[/]" : "");
                AnsiConsole.Write(table);
            });
        }));
        return command;
    }
}
