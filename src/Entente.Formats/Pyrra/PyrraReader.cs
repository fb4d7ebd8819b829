using Entente.Formats.OpenSlo;
using Entente.Formats.Prometheus;
using Entente.ServiceTime.Budgets;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Pyrra;

/// <summary>
/// Reads Pyrra's <c>ServiceLevelObjective</c> resources: ratio, latency, native latency and boolean gauge.
/// </summary>
public static class PyrraReader
{
    private const string LabelPrefix = "pyrra.dev/";

    public static bool IsResource(YamlNode document) =>
        document.Text("kind") is "ServiceLevelObjective" or "ServiceLevelObjectiveList"
        && document.Text("apiVersion")?.StartsWith(LabelPrefix, StringComparison.Ordinal) == true;

    public static IReadOnlyList<ObservedObjective> Read(YamlNode document, List<Finding> findings) =>
    [
        .. (document.Text("kind") == "ServiceLevelObjectiveList" ? document.Items("items") : [document])
            .Select(resource => One(resource, findings)).OfType<ObservedObjective>(),
    ];

    private static ObservedObjective? One(YamlNode document, List<Finding> findings)
    {
        var before = findings.Count;
        var (metadata, spec) = (document.Field("metadata"), document.Field("spec"));
        var name = metadata.Text("name");
        if (string.IsNullOrEmpty(name))
            findings.Add(Finding.Error("metadata.name", "required", "The objective has no name."));
        var target = spec.Number("target");
        if (target is not (> 0 and < 100))
            findings.Add(
                Finding.Error("spec.target", "range", "Expected a percentage above 0 and below 100, in quotes."));
        else if (target < 1)
            findings.Add(
                Finding.Warning(
                "spec.target", "trap.percent", $"{target} is under one percent; targets run from 0 to 100."));
        var window = PromQuery.Parse(spec.Text("window"));
        if (window is null || window <= Duration.Zero)
            findings.Add(Finding.Error("spec.window", "duration", "Expected a duration such as 4w."));
        var (indicator, grouping) = Indicator(spec.Field("indicator"), findings);
        if (findings.Skip(before).Any(finding => finding.Severity == Severity.Error)) return null;
        var alerting = spec.Field("alerting");
        var burns = !alerting.IsTrue("disabled") && alerting.Text("burnrates") != "false";
        return new ObservedObjective
        {
            Service = metadata.Text("namespace") ?? "default",
            Name = name!,
            Description = spec.Text("description"),
            Target = target!.Value / 100,
            Window = window!.Value,
            Indicator = indicator!,
            Grouping = grouping,
            Labels = metadata.Field("labels").Fields()
                .Where(pair => pair.Key.StartsWith(LabelPrefix, StringComparison.Ordinal))
                .ToDictionary(
                    pair => pair.Key[LabelPrefix.Length..], pair => (pair.Value as YamlScalarNode)?.Value ?? ""),
            Alerts = burns ? [.. BurnRatePresets.Pyrra(window.Value).Select(Renamed)] : [],
            Texts = new AlertTexts
            {
                Name = alerting.Text("name") ?? "ErrorBudgetBurn",
                AbsentName = burns && alerting.Text("absent") != "false" ? alerting.Text("absentName")
                    ?? "SLOMetricAbsent" : null,
            },
        };
    }

    private static BurnRateAlert Renamed(BurnRateAlert pair) =>
        pair with { Severity = pair.Severity == BurnRatePresets.Page ? "critical" : "warning" };

    private static (ObservedIndicator? Indicator, IReadOnlyList<string> Grouping) Indicator(
        YamlNode? indicator, List<Finding> findings)
    {
        var kinds = new[] { "ratio", "latency", "latencyNative", "bool_gauge" };
        var given = kinds.Where(kind => indicator.Field(kind) is not null).ToList();
        if (given.Count != 1)
        {
            findings.Add(
                Finding.Error(
                "spec.indicator", "mutually_exclusive", $"Exactly one of {string.Join(", ", kinds)} is expected."));
            return (null, []);
        }

        var (kind, node) = (given[0], indicator.Field(given[0]));
        var path = $"spec.indicator.{kind}";
        string[] grouping = [.. node.Items("grouping").OfType<YamlScalarNode>().Select(label => label.Value ?? "")];
        return (kind switch
        {
            "ratio" => new ObservedIndicator.Counters(
                null, Metric(node, "errors", path, findings), Metric(node, "total", path, findings)),
            "latency" => Latency(node, path, findings),
            "latencyNative" => Native(node, path, findings),
            _ => new ObservedIndicator.BoolGauge(Selector(node.Text("metric"), $"{path}.metric", findings)),
        }, grouping);
    }

    private static ObservedIndicator.Counters Latency(YamlNode? node, string path, List<Finding> findings)
    {
        var success = Metric(node, "success", path, findings);
        if (success.Length > 0 && !success.Contains("le=", StringComparison.Ordinal))
            findings.Add(
                Finding.Error($"{path}.success.metric", "latency.le", "The bucket's le is missing from the selector."));
        return new ObservedIndicator.Counters(success, null, Metric(node, "total", path, findings));
    }

    private static ObservedIndicator.NativeLatency Native(YamlNode? node, string path, List<Finding> findings)
    {
        var latency = PromQuery.Parse(node.Text("latency")) ?? Duration.Zero;
        if (latency <= Duration.Zero)
            findings.Add(Finding.Error($"{path}.latency", "duration", "Expected a duration such as 200ms."));
        return new ObservedIndicator.NativeLatency(
            Metric(node, "total", path, findings), (decimal)latency.TotalMilliseconds / 1000);
    }

    private static string Metric(YamlNode? node, string part, string path, List<Finding> findings) =>
        Selector(node.Field(part).Text("metric"), $"{path}.{part}.metric", findings);

    private static string Selector(string? selector, string path, List<Finding> findings)
    {
        if (selector is not null && PromQuery.IsSelector(selector)) return selector.Trim();
        findings.Add(
            Finding.Error(
            path, "selector", "Expected a metric with its labels, such as requests_total{code=\"500\"}."));
        return "";
    }
}
