using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>Where a clock stands.</summary>
public enum ClockState { NotStarted, Running, Paused, Stopped, Reset, Cancelled }

/// <summary>One cycle of one clock as it stands at an instant; worked out when asked for, never stored.</summary>
public sealed class ClockReading
{
    private readonly BoundClock _clock;
    private readonly Cycle? _cycle;
    private readonly Instant _now;

    internal ClockReading(BoundClock clock, string? hop) => (_clock, Hop) = (clock, hop);

    internal ClockReading(Cycle cycle, string? hop, Instant now)
    {
        (_clock, _cycle, Hop) = (cycle.Last.Clock, cycle, hop);
        _now = cycle.IsActive ? now : cycle.Last.From;
        Elapsed = cycle.Sum(CycleStep.Running, _now);
        Due = cycle.Due();
        BreachedAt = cycle.Breach(_now);
    }

    public string Clock => _clock.Definition.Name;

    /// <summary>The team or other value the clock is for, when it has one for each.</summary>
    public string? Hop { get; }

    /// <summary>1 for the first; 0 when it never started.</summary>
    public int Cycle => _cycle?.Number ?? 0;

    public ClockState State => _cycle?.Last.Step switch
    {
        null => ClockState.NotStarted,
        CycleStep.Running => ClockState.Running,
        CycleStep.Paused => ClockState.Paused,
        CycleStep.Stopped => ClockState.Stopped,
        CycleStep.Reset => ClockState.Reset,
        _ => ClockState.Cancelled,
    };

    public Instant? StartedAt => _cycle?.Since;

    /// <summary>When it stopped, was reset or was cancelled.</summary>
    public Instant? EndedAt => _cycle is { IsActive: false } ? _cycle.Last.From : null;

    /// <summary>Open time that ran.</summary>
    public Duration Elapsed { get; }

    /// <summary>Open time that was paused, in the same calendar.</summary>
    public Duration Paused => _cycle?.Sum(CycleStep.Paused, _now) ?? Duration.Zero;

    public Duration? Target => _cycle?.Target;

    /// <summary>Target less elapsed; negative once it is passed.</summary>
    public Duration? Remaining => Target - Elapsed;

    /// <summary>
    /// The earliest instant at which elapsed equals the target, or the instant set by hand. Null while paused: it is
    /// not
    /// known before the clock runs again.
    /// </summary>
    public Instant? Due { get; }

    /// <summary>Whether the clock ran past its due instant: now later than due, at due itself not yet.</summary>
    public bool IsBreached => BreachedAt is not null;

    public Instant? BreachedAt { get; }

    /// <summary>When a target that has since been replaced was breached.</summary>
    public Instant? EarlierBreach => _cycle?.EarlierBreach;

    public DueOverride? Override => _cycle?.Pinned;

    public string? Version => _clock.Version;

    public WaitsFor WaitsFor => _clock.Definition.WaitsFor;

    /// <summary>Warning points with the instants at which they are or were reached; null while paused.</summary>
    public IReadOnlyList<(WarningPoint Point, Instant? At)> Warnings =>
        Target is not { } target ? [] : [.. _clock.Definition.Warnings.Select(w => (w, WarningAt(w, target)))];

    /// <summary>
    /// Every second from start to now: open, closed, paused or stopped, by which event and calendar entry.
    /// </summary>
    public IReadOnlyList<ClockLedgerEntry> Ledger() => _cycle is null ? [] : ClockLedger.Of(_cycle, _now);

    /// <summary>
    /// Before a due instant set by hand, a warning leaves the same open time as it would before the target.
    /// </summary>
    private Instant? WarningAt(WarningPoint point, Duration target) => _cycle!.Pinned is { } pinned
        ? _clock.Definition.Calendar.LatestStart(pinned.Due, target - point.Of(target))
            : _cycle.Reaches(point.Of(target));
}
