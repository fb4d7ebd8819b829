using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>v1alpha to v1: each objective's own ratio becomes the indicator of an SLO.</summary>
internal static class OpenSloFromV1Alpha
{
    public static IEnumerable<OpenSloObject> ToV1(OpenSloObject item, OpenSloLosses losses)
    {
        item.WithVersion(OpenSloVersion.V1);
        if (item.Kind != OpenSloKinds.Slo || item.Spec is not { } spec) return [item];
        Windows(spec, losses);
        var objectives = spec.Items("objectives").OfType<YamlMappingNode>().ToList();
        if (spec.Field("indicator").Field("thresholdMetric") is YamlMappingNode threshold)
        {
            spec.Set("indicator",
                Indicator(item.Label, new YamlMappingNode().Set("thresholdMetric", Metric(threshold))));
            return [Slices(item, losses)];
        }

        var ratios = objectives.Select(objective => objective.Field("ratioMetrics")).ToList();
        if (ratios.Any(ratio => ratio is null))
            return losses.Error("spec.objectives", "required", "An objective has no ratioMetrics.");
        // v1 has one indicator for all objectives, unless it is a composite, which would mean something else.
        if (ratios.Skip(1).All(ratio => ratio!.Equals(ratios[0])))
            return ratios.Count == 0 ? [item] : [Slices(One(item, objectives), losses)];
        losses.Warn("spec.objectives", "split", "Objectives with ratios of their own become one SLO each.");
        return objectives.Select((objective, i) =>
        {
            var part = item with { Node = (YamlMappingNode)YamlTree.Copy(item.Node) };
            part.Metadata!.Set("name", $"{item.Name}-{i}");
            var only = (YamlMappingNode)YamlTree.Copy(objective);
            part.Spec!.Set("objectives", new YamlSequenceNode(only));
            return Slices(One(part, [only]), losses);
        }).ToList();
    }

    private static OpenSloObject One(OpenSloObject item, IReadOnlyList<YamlMappingNode> objectives)
    {
        var ratio = (YamlMappingNode)objectives[0].Field("ratioMetrics")!;
        var v1 = new YamlMappingNode().Set("counter", YamlTree.Scalar(ratio.IsTrue("incremental")));
        foreach (var part in new[] { "good", "total" })
            if (ratio.Field(part) is YamlMappingNode metric) v1.Set(part, Metric(metric));
        item.Spec!.Set("indicator", Indicator(item.Label, new YamlMappingNode().Set("ratioMetric", v1)));
        foreach (var objective in objectives)
            objective.Set("ratioMetrics", (YamlNode?)null).Set("op", (YamlNode?)null).Set("value", (YamlNode?)null);
        return item;
    }

    private static YamlMappingNode Indicator(string name, YamlMappingNode spec) =>
        new YamlMappingNode().Set("metadata", new YamlMappingNode().Set("name", name)).Set("spec", spec);

    private static YamlMappingNode Metric(YamlMappingNode alpha)
    {
        var spec = new YamlMappingNode();
        foreach (var (name, value) in alpha.Fields().Where(pair => pair.Key != "source"))
            spec.Set(name, YamlTree.Copy(value));
        var source = new YamlMappingNode().Set("type", alpha.Text("source")).Set("spec", spec);
        return new YamlMappingNode().Set("metricSource", source);
    }

    private static OpenSloObject Slices(OpenSloObject item, OpenSloLosses losses)
    {
        if (item.Spec.Text("budgetingMethod") != "Timeslices") return item;
        foreach (var objective in item.Spec.Items("objectives").OfType<YamlMappingNode>()
            .Where(o => o.Field("timeSliceWindow") is null))
        {
            objective.Set("timeSliceWindow", "1m");
            losses.Warn("spec.objectives[*].timeSliceWindow", "assumed",
                "v1alpha knows no slice length; one minute is written.");
        }

        return item;
    }

    private static void Windows(YamlMappingNode spec, OpenSloLosses losses)
    {
        foreach (var window in spec.Items("timeWindows").OfType<YamlMappingNode>())
        {
            var (count, unit) = ((int)(window.Number("count") ?? 1), window.Text("unit"));
            var duration = unit?.ToLowerInvariant() switch
            {
                "second" when count % 60 == 0 => $"{count / 60}m",
                "day" => $"{count}d",
                "week" => $"{count}w",
                "month" => $"{count}M",
                "quarter" => $"{count}Q",
                _ => null,
            };
            if (duration is null)
            {
                losses.Error("spec.timeWindows[0]", "duration", $"v1 cannot write a window of {count} {unit}.");
                duration = "1m";
            }

            window.Rename("unit", "duration");
            window.Set("duration", duration).Set("count", (YamlNode?)null);
            if (window.Field("isRolling") is null)
                window.Set("isRolling", YamlTree.Scalar(window.Field("calendar") is null));
        }

        spec.Rename("timeWindows", "timeWindow");
    }
}
