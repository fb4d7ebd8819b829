using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>v1 to v1alpha, which knows services and simple objectives and nothing else.</summary>
internal static class OpenSloToV1Alpha
{
    public static IEnumerable<OpenSloObject> FromV1(OpenSloObject item, OpenSloLosses losses)
    {
        losses.Current = item with { Node = (YamlMappingNode)YamlTree.Copy(item.Node) };
        if (item.Kind is not (OpenSloKinds.Slo or OpenSloKinds.Service))
            return losses.Error("kind", "not_in_version", $"v1alpha has no {item.Kind}; inline it first.");
        foreach (var field in new[] { "labels", "annotations" }.Where(field => item.Metadata.Field(field) is not null))
        {
            item.Metadata!.Set(field, (YamlNode?)null);
            losses.Warn($"metadata.{field}", "lost", $"v1alpha has no {field}.");
        }

        item.WithVersion(OpenSloVersion.V1Alpha);
        return item.Kind == OpenSloKinds.Service || item.Spec is null ? [item] : Slo(item, item.Spec, losses);
    }

    private static IEnumerable<OpenSloObject> Slo(OpenSloObject item, YamlMappingNode spec, OpenSloLosses losses)
    {
        if (spec.Text("indicatorRef") is { } reference)
            return losses.Error(
                "spec.indicatorRef", "not_in_version", $"v1alpha has no references; inline '{reference}' first.");
        if (spec.Text("budgetingMethod") == "RatioTimeslices")
            return losses.Error("spec.budgetingMethod", "not_in_version", "v1alpha has no RatioTimeslices.");
        if (spec.Field("indicator").Field("spec") is not YamlMappingNode indicator)
            return losses.Error("spec.indicator", "not_in_version", "v1alpha has no composites.");
        var ratio = indicator.Field("ratioMetric");
        if (ratio is not null && (ratio.Field("good") is null || ratio.Field("total") is null))
            return losses.Error(
                "spec.indicator.spec.ratioMetric", "not_in_version", "v1alpha knows ratios of good and total only.");
        if (spec.Field("alertPolicies") is not null)
        {
            spec.Set("alertPolicies", (YamlNode?)null);
            losses.Warn("spec.alertPolicies", "lost", "v1alpha has no alert policies.");
        }

        Windows(spec, losses);
        foreach (var objective in spec.Items("objectives").OfType<YamlMappingNode>()) Objective(objective, ratio);
        spec.Set("indicator", ratio is null && indicator.Field("thresholdMetric") is YamlMappingNode threshold
            ? new YamlMappingNode().Set("thresholdMetric", Metric(threshold)) : null);
        return [item];
    }

    private static void Objective(YamlMappingNode objective, YamlNode? ratio)
    {
        if (objective.Number("targetPercent") is { } percent)
        {
            objective.Rename("targetPercent", "target");
            objective.Set("target", YamlTree.Scalar(percent / 100));
        }

        objective.Set("timeSliceWindow", (YamlNode?)null);
        if (ratio is null) return;
        objective.Set("op", (YamlNode?)null);
        // The validator wants a value even where a ratio has none to compare.
        if (objective.Field("value") is null) objective.Set("value", YamlTree.Scalar(1m));
        var metrics = new YamlMappingNode().Set("incremental", YamlTree.Scalar(ratio.IsTrue("counter")));
        foreach (var part in new[] { "good", "total" }) metrics.Set(part, Metric((YamlMappingNode)ratio.Field(part)!));
        objective.Set("ratioMetrics", metrics);
    }

    private static YamlMappingNode Metric(YamlMappingNode v1)
    {
        var source = v1.Field("metricSource");
        var metric = new YamlMappingNode()
            .Set("source", source.Text("type") ?? source.Text("metricSourceRef") ?? "unknown")
            .Set("queryType", source.Field("spec").Text("queryType") ?? "query");
        foreach (var (name, value) in source.Field("spec").Fields().Where(pair => pair.Key != "queryType"))
            metric.Set(name, YamlTree.Copy(value));
        return metric;
    }

    private static void Windows(YamlMappingNode spec, OpenSloLosses losses)
    {
        foreach (var window in spec.Items("timeWindow").OfType<YamlMappingNode>())
        {
            var duration = window.Text("duration");
            (int Count, string Unit)? wide = OpenSloDurationRules.Parse(duration) switch
            {
                (var count, 'm') => (count * 60, "Second"),
                (var count, 'h') when count % 24 == 0 => (count / 24, "Day"),
                (var count, 'h') => (count * 3600, "Second"),
                (var count, 'd') => (count, "Day"),
                (var count, 'w') => (count, "Week"),
                (var count, 'M') => (count, "Month"),
                (var count, 'Q') => (count, "Quarter"),
                (var count, 'Y') => (count * 4, "Quarter"),
                _ => null,
            };
            if (wide is null) losses.Error("spec.timeWindow[0].duration", "duration", $"'{duration}' is no duration.");
            window.Rename("duration", "unit");
            window.Set("unit", wide?.Unit ?? "Day").Set("count", YamlTree.Scalar((decimal)(wide?.Count ?? 1)));
        }

        spec.Rename("timeWindow", "timeWindows");
    }
}
