using Entente.ServiceTime.Budgets;
using NodaTime;

namespace Entente.Formats.Prometheus;

/// <summary>
/// An objective over series of a Prometheus: what Sloth, Pyrra and OpenSLO documents all come down to.
/// </summary>
public sealed record ObservedObjective
{
    public required string Service { get; init; }

    /// <summary>Unique within the service.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The share of good events, from 0 to below 1.</summary>
    public required decimal Target { get; init; }

    /// <summary>The rolling window; for a calendar window its usual length.</summary>
    public required Duration Window { get; init; }

    /// <summary>
    /// The window begins with the calendar, which rules cannot follow: see the findings of the export.
    /// </summary>
    public bool IsCalendarAligned { get; init; }

    public required ObservedIndicator Indicator { get; init; }

    public Slices? Slices { get; init; }

    /// <summary>Labels of one objective each: every combination is accounted for by itself.</summary>
    public IReadOnlyList<string> Grouping { get; init; } = [];

    /// <summary>Labels that every series and alert of the objective carries.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Burn-rate pairs; empty means no alert.</summary>
    public IReadOnlyList<BurnRateAlert> Alerts { get; init; } = [];

    public AlertTexts Texts { get; init; } = new();
}

/// <summary>Time slices in place of events, as OpenSLO defines them.</summary>
/// <param name="Window">Length of a slice.</param>
/// <param name="Target">A slice is good from this share on; none counts the share itself (RatioTimeslices).</param>
public sealed record Slices(Duration Window, decimal? Target);

/// <summary>How alerts are named and what they carry, in total and for a severity.</summary>
public sealed record AlertTexts
{
    public string Name { get; init; } = "ErrorBudgetBurn";

    /// <summary>The alert for vanished series; none when it is not wanted.</summary>
    public string? AbsentName { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels by severity; they win over those of all alerts.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> SeverityLabels { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> SeverityAnnotations { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();
}

/// <summary>What is counted. Queries carry <c>{{.window}}</c> where the length of the window belongs.</summary>
public abstract record ObservedIndicator
{
    /// <summary>Total events with either the good or the bad ones among them.</summary>
    public sealed record Events(string? Good, string? Bad, string Total) : ObservedIndicator;

    /// <summary>Counters without a window: the increase of each is taken.</summary>
    public sealed record Counters(string? Good, string? Bad, string Total) : ObservedIndicator;

    /// <summary>Gauges that hold the number of events: summed up over time.</summary>
    public sealed record Gauges(string? Good, string? Bad, string Total) : ObservedIndicator;

    /// <summary>
    /// A ready-made ratio, of failure or of success: it has no counts, so each bucket weighs the same.
    /// </summary>
    public sealed record Ratio(string Query, bool IsFailure) : ObservedIndicator;

    /// <summary>A value that is good while it compares with a limit; sampled once a minute.</summary>
    /// <param name="Operator">&lt;, &lt;=, &gt; or &gt;=.</param>
    public sealed record Threshold(string Query, string Operator, decimal Limit) : ObservedIndicator;

    /// <summary>A gauge that is 1 while all is well: its samples are counted.</summary>
    public sealed record BoolGauge(string Selector) : ObservedIndicator;

    /// <summary>A native histogram of seconds.</summary>
    public sealed record NativeLatency(string Selector, decimal SecondsMax) : ObservedIndicator;
}
