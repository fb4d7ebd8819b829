using System.Globalization;
using NodaTime;

namespace Entente.Formats.Prometheus;

/// <summary>The queries for good and total counts of one bucket.</summary>
/// <remarks>
/// Where no bad event was ever seen, its series is missing and not zero: the good count must not vanish with it, so
/// that <c>or total * 0</c> stands in.
/// </remarks>
internal sealed record BucketCounts(string Good, string Total)
{
    public static BucketCounts Of(ObservedObjective objective, Duration bucket)
    {
        var counts = Of(objective.Indicator, objective.Grouping, bucket);
        if (objective.Slices is not { } slices) return counts;
        var share = $"({counts.Good}) / (({counts.Total}) > 0)";
        return new BucketCounts(
            slices.Target is { } target ? $"({share}) >= bool {Number(target)}" : share,
                $"(({counts.Total}) > 0) * 0 + 1");
    }

    private static BucketCounts Of(ObservedIndicator indicator, IReadOnlyList<string> grouping, Duration bucket)
    {
        var range = PromQuery.Text(bucket);
        // A range of one second less holds each sample of the minute grid once, on every version of Prometheus.
        var open = PromQuery.Text(bucket - Duration.FromSeconds(1));
        switch (indicator)
        {
            case ObservedIndicator.Events(var good, var bad, var total):
                return Parts(good, bad, total, query => PromQuery.Count(query, bucket));
            case ObservedIndicator.Counters(var good, var bad, var total):
                return Parts(good, bad, total, query => PromQuery.IsSelector(query)
                    ? PromQuery.Sum(PromQuery.Increase(query, bucket), grouping) : PromQuery.Increase(query, bucket));
            case ObservedIndicator.Gauges(var good, var bad, var total):
                return Parts(good, bad, total, query => $"sum_over_time(({query.Trim()})[{open}:1m])");
            case ObservedIndicator.Ratio(var query, var isFailure):
                // Comparing with zero drops the undefined ratio of a bucket without events.
                var ratio = $"({PromQuery.At(query, bucket)}) >= 0";
                return new BucketCounts(isFailure ? $"1 - ({ratio})" : ratio, $"({ratio}) * 0 + 1");
            case ObservedIndicator.Threshold(var query, var comparison, var limit):
                var value = PromQuery.At(query, bucket);
                return new BucketCounts(
                    $"sum_over_time((({value}) {comparison} bool {Number(limit)})[{open}:1m])",
                        $"count_over_time(({value})[{open}:1m])");
            case ObservedIndicator.BoolGauge(var selector):
                return new BucketCounts(
                    PromQuery.Sum($"sum_over_time({selector}[{range}])", grouping),
                    PromQuery.Sum($"count_over_time({selector}[{range}])", grouping));
            case ObservedIndicator.NativeLatency(var selector, var seconds):
                var histogram = PromQuery.Sum($"increase({selector}[{range}])", grouping);
                return new BucketCounts(
                    $"histogram_fraction(0, {Number(seconds)}, {histogram}) * histogram_count({histogram})",
                    $"histogram_count({histogram})");
            default:
                throw new InvalidOperationException($"No queries are known for {indicator.GetType().Name}.");
        }
    }

    private static BucketCounts Parts(string? good, string? bad, string total, Func<string, string> count)
    {
        var all = count(total);
        var part = $"({count(good ?? bad!)}) or ({all}) * 0";
        return new BucketCounts(good is not null ? part : $"({all}) - ({part})", all);
    }

    public static string Number(decimal number) =>
        number.ToString("0.#############################", CultureInfo.InvariantCulture);
}
