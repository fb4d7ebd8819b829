using NodaTime;

namespace Entente.ServiceTime.Windows;

/// <summary>Cases opened in a window, held against the limit that was agreed (ISO/IEC 20000-1, 8.3.3).</summary>
/// <param name="Window">The window.</param>
/// <param name="Count">Cases opened inside it.</param>
/// <param name="Limit">Cases agreed; more is an excess.</param>
public sealed record WorkloadCount(Interval Window, int Count, int Limit)
{
    public int Excess => Math.Max(0, Count - Limit);

    public bool IsExceeded => Count > Limit;
}

/// <summary>Counting cases against a workload limit.</summary>
public static class Workload
{
    /// <summary>One count for each period that overlaps <c>[from, to)</c>; empty periods are counted too.</summary>
    public static IReadOnlyList<WorkloadCount> ByPeriod(
        IEnumerable<Instant> opened, PeriodRule rule, int limit, Instant from, Instant to)
    {
        var sorted = opened.Order().ToList();
        var result = new List<WorkloadCount>();
        var next = 0;
        foreach (var window in rule.Overlapping(from, to))
        {
            while (next < sorted.Count && sorted[next] < window.Start) next++;
            var first = next;
            while (next < sorted.Count && sorted[next] < window.End) next++;
            result.Add(new(window, next - first, limit));
        }

        return result;
    }

    /// <summary>
    /// The case that first put each rolling window over the limit: its instant and the count up to it.
    /// </summary>
    /// <remarks>The window is <c>(at − length, at]</c>: the case opened at its end counts.</remarks>
    public static IReadOnlyList<(Instant At, int Count)> RollingExcess(IEnumerable<Instant> opened, Duration length,
        int limit)
    {
        var sorted = opened.Order().ToList();
        var result = new List<(Instant, int)>();
        for (int first = 0, last = 0; last < sorted.Count; last++)
        {
            while (sorted[first] <= sorted[last] - length) first++;
            if (last - first + 1 > limit) result.Add((sorted[last], last - first + 1));
        }

        return result;
    }
}
