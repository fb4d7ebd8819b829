using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>Whose turn it is while the clock runs.</summary>
public enum WaitsFor { Provider, Customer, Supplier }

/// <summary>What a clock measures on a case, against which target, in which calendar.</summary>
/// <remarks>
/// At one instant the steps are taken in this order: start, reopen, reset, pause, resume, stop, cancel. So a pause
/// and a
/// resume at once leave the clock running, and a pause and a stop at once leave it stopped.
/// </remarks>
public sealed record ClockDefinition
{
    public required string Name { get; init; }

    public required CompiledCalendar Calendar { get; init; }

    /// <summary>Null: the clock only measures.</summary>
    public TargetRule? Target { get; init; }

    public ImmutableArray<WarningPoint> Warnings { get; init; } = [];

    /// <summary>
    /// Starts when it becomes true. Null only together with <see cref="Each"/>: the hop itself starts the clock.
    /// </summary>
    public Condition? Start { get; init; }

    /// <summary>Paused while it holds; with <see cref="Resume"/>, from the moment it becomes true until that.</summary>
    public Condition? Pause { get; init; }

    public Condition? Resume { get; init; }

    public Condition? Stop { get; init; }

    /// <summary>Ends the cycle and begins the next from zero, such as each update to the customer.</summary>
    public Condition? Reset { get; init; }

    public Condition? Cancel { get; init; }

    /// <summary>
    /// Once started, the clock counts from when this became true, with the pauses since. <see cref="FromFirstEvent"/>
    /// counts
    /// from the case's first event.
    /// </summary>
    public Condition? RetroactiveFrom { get; init; }

    public bool FromFirstEvent { get; init; }

    public ReopenRule Reopen { get; init; } = ReopenRule.Never;

    /// <summary>
    /// A field, such as the team: every value it takes has a clock of its own, stopped at the next hop.
    /// </summary>
    public string? Each { get; init; }

    /// <summary>The values of <see cref="Each"/> that have a clock; empty for all.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    public WaitsFor WaitsFor { get; init; }
}

/// <summary>The target of a clock: one for all, or by the value of a field (the priority, the team).</summary>
/// <param name="Otherwise">Target of every other value; null for none.</param>
/// <param name="Field">The field that decides; null when one target is for all.</param>
/// <param name="ByValue">Targets by the field's value.</param>
public sealed record TargetRule(Duration? Otherwise, string? Field = null, ImmutableSortedDictionary<string,
    Duration>? ByValue = null)
{
    public IEnumerable<Duration> All => (ByValue?.Values ?? []).Concat(Otherwise is { } other ? [other] : []);

    public Duration? For(string? value) =>
        value is not null && ByValue is not null && ByValue.TryGetValue(value, out var target) ? target : Otherwise;
}

/// <summary>A point before the breach at which people are told: a share of the target, or open time left.</summary>
public readonly record struct WarningPoint
{
    private WarningPoint(double share, Duration? left) => (Share, Left) = (share, left);

    /// <summary>Share of the target, 0 to 1; zero when open time left is given.</summary>
    public double Share { get; }

    /// <summary>Open time left before the target is reached; null when a share is given.</summary>
    public Duration? Left { get; }

    public static WarningPoint At(double share) => share is > 0 and <= 1
        ? new(share, null) : throw new ArgumentOutOfRangeException(nameof(share), share, "Expected a share in (0, 1].");

    public static WarningPoint Before(Duration left) => left > Duration.Zero
        ? new(0, left) : throw new ArgumentOutOfRangeException(nameof(left), left, "Expected a positive duration.");

    /// <summary>
    /// Elapsed time at which the point is reached; zero when the target is shorter than the time to be left.
    /// </summary>
    public Duration Of(Duration target) => Left is { } left ? Duration.Max(Duration.Zero, target - left)
        : target * Share;
}

/// <summary>What a reopened case does to a clock that had stopped.</summary>
public enum ReopenPolicy
{
    /// <summary>It stays stopped.</summary>
    Never,

    /// <summary>It goes on; the time stopped does not count.</summary>
    Continue,

    /// <summary>A new cycle begins from zero; the old one keeps its verdict.</summary>
    NewCycle,

    /// <summary>Within the grace time it goes on, later a new cycle begins.</summary>
    Grace,
}

/// <summary>When a stopped clock counts as reopened, and what then.</summary>
/// <param name="Policy">What then.</param>
/// <param name="Grace">Exact time since the stop, its end included; with <see cref="ReopenPolicy.Grace"/> only.</param>
/// <param name="When">Null: when the stop condition no longer holds, or the start condition becomes true again.</param>
public sealed record ReopenRule(ReopenPolicy Policy, Duration? Grace = null, Condition? When = null)
{
    public static ReopenRule Never { get; } = new(ReopenPolicy.Never);
}
