using Entente.ServiceTime.Budgets;
using NodaTime;

namespace Entente.Formats.Prometheus;

/// <summary>Writes objectives as rules of Prometheus that keep counts and compute ratios last.</summary>
/// <remarks>
/// Each bucket's good and total counts are recorded (<c>slm:good:increase5m</c>); windows are sums of recorded buckets;
/// a burn rate divides two sums. Means of ratios, which weigh a quiet minute like a busy one, appear nowhere.
/// </remarks>
public static class RuleExport
{
    public const string ServiceLabel = "slm_service";
    public const string ObjectiveLabel = "slm_slo";

    public const string WindowsLabel = "slm_windows";

    private static readonly Duration BucketMax = Duration.FromMinutes(5);

    /// <summary>One group of rules for an objective; findings tell what the rules cannot say.</summary>
    public static Reading<RuleGroup> Of(ObservedObjective objective)
    {
        var findings = new List<Finding>();
        var path = $"{objective.Service}/{objective.Name}";
        var bucket = Bucket(objective);
        var pairs = Pairs(objective, bucket, path, findings);
        if (objective.IsCalendarAligned)
            findings.Add(Finding.Warning(path, "window.calendar",
                $"Rules cannot follow a calendar: the window rolls over {PromQuery.Text(objective.Window)} instead."));
        if (bucket < BucketMax && objective.Slices is null)
            findings.Add(Finding.Warning(path, "bucket.small",
                $"The windows need buckets of {PromQuery.Text(bucket)}: scrape at least four times in that time."));
        var labels = Labels(objective);
        var series = new Series(bucket, $"{ServiceLabel}={PromQuery.Quote(objective.Service)}, "
            + $"{ObjectiveLabel}={PromQuery.Quote(objective.Name)}");
        var windows = pairs.SelectMany(pair => new[] { pair.ShortWindow, pair.LongWindow }).Append(objective.Window)
            .Distinct().Order().ToList();
        return new Reading<RuleGroup>(new RuleGroup($"slm-{objective.Service}-{objective.Name}", bucket,
        [
            .. Counts(objective, bucket, labels), .. windows.SelectMany(window => Sums(series, window)),
            .. Meta(objective, series, labels),
            .. Alerts(objective, series, pairs), .. Absent(objective, series, pairs),
        ]), findings);
    }

    /// <summary>
    /// The longest bucket of at most five minutes that every window is a multiple of; a slice where there are slices.
    /// </summary>
    public static Duration Bucket(ObservedObjective objective)
    {
        if (objective.Slices is { } slices) return slices.Window;
        var minutes = objective.Alerts.SelectMany(pair => new[] { pair.ShortWindow, pair.LongWindow })
            .Append(objective.Window).Append(BucketMax).Select(window => (long)window.TotalMinutes)
            .Aggregate(0L, (a, b) => (long)System.Numerics.BigInteger.GreatestCommonDivisor(a, b));
        return Duration.FromMinutes(Math.Max(1, minutes));
    }

    private static List<BurnRateAlert> Pairs(
        ObservedObjective objective, Duration bucket, string path, List<Finding> findings)
    {
        var pairs = new List<BurnRateAlert>();
        foreach (var pair in objective.Alerts)
        {
            var name = Windows(pair);
            if (!pair.CanFire(objective.Target))
                findings.Add(Finding.Warning(path, "burn_rate.never_fires",
                    $"The pair {name} is left out: {pair.Factor:0.####} × (1 − {objective.Target}) is "
                    + $"{pair.Threshold(objective.Target):0.####}, "
                    + "and no share of bad events is above 1."));
            else if (new[] { pair.ShortWindow, pair.LongWindow }.Any(
                window => window.TotalSeconds % bucket.TotalSeconds != 0))
                findings.Add(Finding.Warning(path, "burn_rate.window",
                    $"The pair {name} is left out: it does not fit into slices of {PromQuery.Text(bucket)}."));
            else pairs.Add(pair);
        }

        return pairs;
    }

    private static Dictionary<string, string> Labels(ObservedObjective objective)
    {
        var labels = objective.Labels.Where(pair => !objective.Grouping.Contains(pair.Key)).ToDictionary();
        labels[ServiceLabel] = objective.Service;
        labels[ObjectiveLabel] = objective.Name;
        return labels;
    }

    private static IEnumerable<PrometheusRule> Counts(
        ObservedObjective objective, Duration bucket, Dictionary<string, string> labels)
    {
        var counts = BucketCounts.Of(objective, bucket);
        yield return new PrometheusRule.Recording($"slm:total:increase{PromQuery.Text(bucket)}", counts.Total, labels);
        yield return new PrometheusRule.Recording($"slm:good:increase{PromQuery.Text(bucket)}", counts.Good, labels);
    }

    private static IEnumerable<PrometheusRule> Sums(Series series, Duration window) =>
        new[] { "total", "good" }.Select(part => new PrometheusRule.Recording(
            $"slm:{part}:sum{PromQuery.Text(window)}", series.SumOver(part, window), new Dictionary<string, string>()));

    private static IEnumerable<PrometheusRule> Meta(
        ObservedObjective objective, Series series, Dictionary<string, string> labels)
    {
        yield return new PrometheusRule.Recording(
            "slm:objective:target", $"vector({BucketCounts.Number(objective.Target)})", labels);
        yield return new PrometheusRule.Recording(
            "slm:objective:window_seconds", $"vector({(long)objective.Window.TotalSeconds})", labels);
        if (objective.Target < 1)
            yield return new PrometheusRule.Recording("slm:budget:remaining",
                $"1 - {series.BadShare(objective.Window)} / {BucketCounts.Number(1 - objective.Target)}",
                    new Dictionary<string, string>());
    }

    private static IEnumerable<PrometheusRule> Alerts(
        ObservedObjective objective, Series series, List<BurnRateAlert> pairs)
    {
        // Pairs of one severity are one alert, as long as they wait equally long.
        foreach (var group in pairs.GroupBy(pair => (pair.Severity, pair.For)))
        {
            var expression = string.Join("\nor\n", group.Select(pair => Burning(pair, objective.Target, series)));
            // Two alerts of one severity would be one series to Prometheus, were it not for their windows.
            var labels = AlertLabels(objective.Texts, group.Key.Severity);
            labels[WindowsLabel] = Windows(group);
            yield return new PrometheusRule.Alerting(
                objective.Texts.Name, expression, group.Key.For, labels,
                    Annotations(objective.Texts, group.Key.Severity));
        }
    }

    /// <summary>The windows of an alert's pairs as its label shows them: <c>5m/1h 30m/6h</c>.</summary>
    public static string Windows(IEnumerable<BurnRateAlert> pairs) => string.Join(' ', pairs.Select(Windows));

    private static string Windows(BurnRateAlert pair) =>
        $"{PromQuery.Text(pair.ShortWindow)}/{PromQuery.Text(pair.LongWindow)}";

    private static string Burning(BurnRateAlert pair, decimal target, Series series)
    {
        var comparison = pair.Comparison == BurnRateComparison.AtLeast ? ">=" : ">";
        var limit = BucketCounts.Number(pair.Threshold(target));
        var windows = new[] { pair.ShortWindow, pair.LongWindow }.Distinct();
        return "(\n"
            + string.Join("\n  and\n", windows.Select(window => $"  {series.BadShare(window)} {comparison} {limit}"))
            + "\n)";
    }

    private static IEnumerable<PrometheusRule> Absent(
        ObservedObjective objective, Series series, List<BurnRateAlert> pairs)
    {
        if (objective.Texts.AbsentName is not { } name || pairs.Count == 0) yield break;
        // As long as the first pair would take to fire, were every event bad; the formula is Pyrra's.
        var first = pairs[0];
        var minutes =
            Math.Round(first.Threshold(objective.Target) * (decimal)first.LongWindow.TotalMinutes,
            MidpointRounding.AwayFromZero);
        yield return new PrometheusRule.Alerting(
            name, $"absent(slm:total:increase{PromQuery.Text(series.Bucket)}{{{series.Selector}}})",
            Duration.FromMinutes((double)minutes) + first.For, AlertLabels(objective.Texts, first.Severity),
            new Dictionary<string, string> { ["summary"] = $"{objective.Service} {objective.Name} has no data." });
    }

    private static Dictionary<string, string> AlertLabels(AlertTexts texts, string severity)
    {
        var labels = new Dictionary<string, string> { ["severity"] = severity, ["slm_severity"] = severity };
        foreach (var (name, value) in texts.Labels) labels[name] = value;
        foreach (var (name, value) in texts.SeverityLabels.GetValueOrDefault(severity) ?? new Dictionary<string,
            string>())
            labels[name] = value;
        return labels;
    }

    private static Dictionary<string, string> Annotations(AlertTexts texts, string severity)
    {
        var notes = new Dictionary<string, string>
        {
            ["summary"] = $"{{{{ $labels.{ServiceLabel} }}}} {{{{ $labels.{ObjectiveLabel} }}}} "
                + "uses up its error budget too fast.",
        };
        foreach (var (name, value) in texts.Annotations) notes[name] = value;
        foreach (var (name, value) in texts.SeverityAnnotations.GetValueOrDefault(severity) ?? new Dictionary<string,
            string>())
            notes[name] = value;
        return notes;
    }

    /// <summary>The recorded series of one objective.</summary>
    private sealed record Series(Duration Bucket, string Selector)
    {
        /// <remarks>
        /// Recorded samples lie exactly a bucket apart. Prometheus 2 counts both ends of a range, Prometheus 3 one of
        /// them; one second less than the window holds the same buckets on both.
        /// </remarks>
        public string SumOver(string part, Duration window) =>
            $"sum_over_time(slm:{part}:increase{PromQuery.Text(Bucket)}{{{Selector}}}"
            + $"[{PromQuery.Text(window - Duration.FromSeconds(1))}])";

        /// <summary>The share of bad events; without events there is none, and no comparison holds.</summary>
        public string BadShare(Duration window)
        {
            var (total, good) = (Name("total", window), Name("good", window));
            return $"({total} - {good}) / {total}";
        }

        private string Name(string part, Duration window) => $"slm:{part}:sum{PromQuery.Text(window)}{{{Selector}}}";
    }
}
