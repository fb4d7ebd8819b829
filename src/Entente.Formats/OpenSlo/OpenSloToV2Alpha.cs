using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>
/// v1 to v2alpha: Kubernetes' metadata, sli instead of indicator, data sources instead of metric sources.
/// </summary>
internal static class OpenSloToV2Alpha
{
    public static IEnumerable<OpenSloObject> FromV1(OpenSloObject item, OpenSloLosses losses)
    {
        losses.Current = item with { Node = (YamlMappingNode)YamlTree.Copy(item.Node) };
        foreach (var (metric, _) in OpenSloConversion.Metrics(item, OpenSloVersion.V1).ToList()) Metric(metric, losses);
        foreach (var node in OpenSloConversion.WithMetadata(item.Node).ToList())
            Metadata((YamlMappingNode)node.Field("metadata")!);
        item.WithVersion(OpenSloVersion.V2Alpha);
        if (item.Kind != OpenSloKinds.Slo || item.Spec is not { } spec) return [item];
        spec.Rename("service", "serviceRef");
        foreach (var holder in spec.Items("objectives").OfType<YamlMappingNode>().Append(spec))
        {
            holder.Rename("indicator", "sli");
            holder.Rename("indicatorRef", "sliRef");
        }

        if (OpenSloDurationRules.Parse(spec.Items("timeWindow").FirstOrDefault().Text("duration")) is (
            _, 'M' or 'Q' or 'Y'))
            losses.Warn("spec.timeWindow[0].duration", "duration",
                "v2alpha ends at weeks; days would mean something else: the window is kept, strict mode refuses it.");
        return [item];
    }

    private static void Metadata(YamlMappingNode metadata)
    {
        var notes = metadata.Field("annotations") as YamlMappingNode ?? new YamlMappingNode();
        if (metadata.Text("displayName") is { } display)
        {
            notes.Set(OpenSloConversion.DisplayNameAnnotation, display);
            metadata.Set("displayName", (YamlNode?)null);
        }

        if (metadata.Field("labels") is YamlMappingNode labels)
        {
            foreach (var (name, value) in labels.Fields().ToList())
            {
                if (value is not YamlSequenceNode list) continue;
                var words = list.Children.OfType<YamlScalarNode>().Select(word => word.Value ?? "").ToList();
                labels.Set(name, words.FirstOrDefault() ?? "");
                // A list of one is told apart from a plain value only here, so it is noted as well.
                notes.Set(OpenSloConversion.LabelAnnotationPrefix + name, string.Join(',', words));
            }
        }

        if (notes.Children.Count > 0) metadata.Set("annotations", notes);
    }

    private static void Metric(YamlMappingNode metric, OpenSloLosses losses)
    {
        if (metric.Field("metricSource") is not YamlMappingNode source) return;
        metric.Set("metricSource", (YamlNode?)null);
        if (source.Text("metricSourceRef") is { Length: > 0 } reference)
        {
            metric.Set("dataSourceRef", reference);
            if (source.Text("type") is { } type)
                losses.Warn("metricSource.type", "lost",
                    $"v2alpha reads the type ({type}) from the data source '{reference}'.");
        }
        else metric.Set("dataSourceSpec", new YamlMappingNode()
            .Set("type", source.Text("type") ?? "unknown").Set("connectionDetails", new YamlMappingNode()));

        if (source.Field("spec") is { } spec) metric.Set("spec", YamlTree.Copy(spec));
    }
}
