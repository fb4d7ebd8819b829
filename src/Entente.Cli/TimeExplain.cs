using System.CommandLine;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>
/// <c>entente time explain</c>: every second of a range, open or closed, and by which entry of the calendar.
/// </summary>
internal static class TimeExplain
{
    public static Command Create()
    {
        var (calendar, from, to) = (Time.CalendarOption(), Time.Text("--from", "Instant."),
            Time.Text("--to", "Instant."));
        var command = new Command("explain", "Why each stretch of [from, to) is open or closed.") { calendar, from,
            to };
        command.SetAction(result => Output.Guard(result, () =>
        {
            var compiled = Time.LoadCalendar(result.GetValue(calendar)!);
            var stretches = compiled.Explain(Time.Instant(result, from), Time.Instant(result, to))
                .Select(s => new { s.Start, s.End, s.IsOpen, s.Entry }).ToList();
            return Time.Answer(result, new { stretches }, a =>
            {
                var table = new Table().AddColumns("start", "end", "length", "", "by");
                foreach (var s in a.stretches)
                    table.AddRow($"{s.Start}", $"{s.End}", IsoDuration.Format(s.End - s.Start), s.IsOpen ? "open"
                        : "closed", s.Entry.EscapeMarkup());
                AnsiConsole.Write(table);
            });
        }));
        return command;
    }
}
