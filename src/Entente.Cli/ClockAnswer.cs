using Entente.ServiceTime.Clocks;
using NodaTime;
using Spectre.Console;

namespace Entente.Cli;

/// <summary>One clock as the CLI writes it.</summary>
internal sealed class ClockAnswer(ClockReading reading, bool withLedger)
{
    public string Clock => reading.Clock;

    /// <summary>The team or other value, for a clock of each hop.</summary>
    public string? Hop => reading.Hop;

    public int Cycle => reading.Cycle;

    public ClockState State => reading.State;

    public Instant? StartedAt => reading.StartedAt;

    public Instant? EndedAt => reading.EndedAt;

    public Duration Elapsed => reading.Elapsed;

    public Duration Paused => reading.Paused;

    public Duration? Target => reading.Target;

    public Duration? Remaining => reading.Remaining;

    public Instant? Due => reading.Due;

    public bool Breached => reading.IsBreached;

    public Instant? BreachedAt => reading.BreachedAt;

    public Instant? EarlierBreach => reading.EarlierBreach;

    public IReadOnlyList<WarningAnswer>? Warnings => reading.Warnings is { Count: > 0 } points
        ? [.. points.Select(w => new WarningAnswer(Text(w.Point), w.At))] : null;

    public DueOverride? Override => reading.Override;

    public WaitsFor WaitsFor => reading.WaitsFor;

    public string? Version => reading.Version;

    public IReadOnlyList<ClockLedgerEntry>? Ledger => withLedger ? reading.Ledger() : null;

    public string[] Row(string caseId) =>
    [
        caseId.EscapeMarkup(), (Hop is null ? Clock : $"{Clock} {Hop}").EscapeMarkup(), State.ToString(),
        IsoDuration.Format(Elapsed), Target is { } target ? IsoDuration.Format(target) : "", $"{Due}",
        Breached ? $"[red]{BreachedAt}[/]" : "no",
    ];

    private static string Text(WarningPoint point) => point.Left is { } left
        ? IsoDuration.Format(left) : FormattableString.Invariant($"{point.Share * 100:0.##}%");

    internal sealed record WarningAnswer(string Point, Instant? At);
}
