using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>v2alpha to v1; a data source that stands in an indicator becomes an object of its own.</summary>
internal static class OpenSloFromV2Alpha
{
    public static IEnumerable<OpenSloObject> ToV1(OpenSloObject item, OpenSloLosses losses)
    {
        if (item.Kind == OpenSloKinds.BudgetAdjustment)
            return losses.Error("kind", "not_in_version", "v1 has no BudgetAdjustment.");
        var sources = new List<OpenSloObject>();
        foreach (var (metric, owner) in OpenSloConversion.Metrics(item, OpenSloVersion.V2Alpha).ToList())
            Metric(item.File, metric, owner, sources);
        foreach (var node in OpenSloConversion.WithMetadata(item.Node).ToList())
            Metadata((YamlMappingNode)node.Field("metadata")!);
        item.WithVersion(OpenSloVersion.V1);
        if (item.Kind == OpenSloKinds.Slo && item.Spec is { } spec)
        {
            spec.Rename("serviceRef", "service");
            foreach (var holder in spec.Items("objectives").OfType<YamlMappingNode>().Append(spec))
            {
                holder.Rename("sli", "indicator");
                holder.Rename("sliRef", "indicatorRef");
            }
        }

        return [item, .. sources];
    }

    private static void Metadata(YamlMappingNode metadata)
    {
        if (metadata.Field("annotations") is not YamlMappingNode notes) return;
        if (notes.Text(OpenSloConversion.DisplayNameAnnotation) is { } display)
        {
            metadata.Set("displayName", display);
            notes.Set(OpenSloConversion.DisplayNameAnnotation, (YamlNode?)null);
        }

        foreach (var (name, value) in notes.Fields().ToList())
        {
            if (!name.StartsWith(OpenSloConversion.LabelAnnotationPrefix, StringComparison.Ordinal)) continue;
            var words = ((value as YamlScalarNode)?.Value ?? "").Split(',')
                .Select(word => (YamlNode)YamlTree.Scalar(word));
            (metadata.Field("labels") as YamlMappingNode)?.Set(
                name[OpenSloConversion.LabelAnnotationPrefix.Length..], new YamlSequenceNode(words));
            notes.Set(name, (YamlNode?)null);
        }

        if (notes.Children.Count == 0) metadata.Set("annotations", (YamlNode?)null);
    }

    private static void Metric(string file, YamlMappingNode metric, string owner, List<OpenSloObject> sources)
    {
        var v1 = new YamlMappingNode();
        if (metric.Text("dataSourceRef") is { Length: > 0 } reference) v1.Set("metricSourceRef", reference);
        if (metric.Field("dataSourceSpec") is YamlMappingNode source)
        {
            v1.Set("type", source.Text("type"));
            if (source.Field("connectionDetails") is YamlMappingNode { Children.Count: > 0 } or YamlSequenceNode)
                v1.Set("metricSourceRef", Source(file, source, owner, sources));
        }

        if (metric.Field("spec") is { } spec) v1.Set("spec", YamlTree.Copy(spec));
        foreach (var field in new[] { "dataSourceRef", "dataSourceSpec", "spec" }) metric.Set(field, (YamlNode?)null);
        metric.Set("metricSource", v1);
    }

    private static string Source(string file, YamlMappingNode spec, string owner, List<OpenSloObject> sources)
    {
        if (sources.FirstOrDefault(known => spec.Equals(known.Spec)) is { Name: { } same }) return same;
        var name = sources.Count == 0 ? $"{owner}-source" : $"{owner}-source-{sources.Count + 1}";
        sources.Add(new OpenSloObject(file, 0, new YamlMappingNode()
            .Set("apiVersion", OpenSloKinds.ApiVersion(OpenSloVersion.V1)).Set("kind", OpenSloKinds.DataSource)
            .Set("metadata", new YamlMappingNode().Set("name", name)).Set("spec", YamlTree.Copy(spec))));
        return name;
    }
}
