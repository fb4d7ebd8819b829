using Entente.ServiceTime.Clocks;
using NodaTime;

namespace Entente.Formats.Calendars;

/// <summary>One clock as every door writes it.</summary>
public sealed class ClockAnswer(ClockReading reading, bool withLedger)
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

    private static string Text(WarningPoint point) => point.Left is { } left
        ? IsoDuration.Format(left) : FormattableString.Invariant($"{point.Share * 100:0.##}%");

    /// <summary>A point before the breach, as it was written, and when it is or was reached.</summary>
    public sealed record WarningAnswer(string Point, Instant? At);
}
