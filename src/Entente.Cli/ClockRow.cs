using Entente.Formats.Calendars;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>One clock as a row of a table.</summary>
internal static class ClockRow
{
    public static string[] Of(string caseId, ClockAnswer clock) =>
    [
        caseId.EscapeMarkup(), (clock.Hop is null ? clock.Clock : $"{clock.Clock} {clock.Hop}").EscapeMarkup(),
        clock.State.ToString(), IsoDuration.Format(clock.Elapsed),
        clock.Target is { } target ? IsoDuration.Format(target) : "", $"{clock.Due}",
        clock.Breached ? $"[red]{clock.BreachedAt}[/]" : "no",
    ];
}
