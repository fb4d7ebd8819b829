using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>Objects in another version, and what was lost or changed on the way.</summary>
public sealed record OpenSloConverted(IReadOnlyList<OpenSloObject> Objects, IReadOnlyList<OpenSloFinding> Findings);

/// <summary>Moves objects between v1alpha, v1 and v2alpha; v1 lies between the other two.</summary>
/// <remarks>What the goal cannot say is told as a finding: an error when an object has no meaning there, else a
/// warning.</remarks>
public static class OpenSloConversion
{
    /// <summary>Where v2alpha, which has no display name, keeps it.</summary>
    public const string DisplayNameAnnotation = "entente.dev/display-name";

    /// <summary>Where v2alpha, whose labels have one value, keeps a label's list.</summary>
    public const string LabelAnnotationPrefix = "entente.dev/label.";

    public static OpenSloConverted Convert(IReadOnlyList<OpenSloObject> objects, OpenSloVersion goal)
    {
        var work = new OpenSloLosses();
        var result = objects.SelectMany(item => Convert(item, goal, work)).ToList();
        return new OpenSloConverted([.. result.Select((item, index) => item with { Index = index })], work.Findings);
    }

    private static IEnumerable<OpenSloObject> Convert(OpenSloObject item, OpenSloVersion goal, OpenSloLosses losses)
    {
        losses.Current = item;
        if (item.Version is not { } version)
            return losses.Error("apiVersion", "one_of", "This is no version of OpenSLO.");
        if (version == goal) return [item];
        var copy = item with { Node = (YamlMappingNode)YamlTree.Copy(item.Node) };
        IEnumerable<OpenSloObject> inV1 = version switch
        {
            OpenSloVersion.V1Alpha => OpenSloFromV1Alpha.ToV1(copy, losses),
            OpenSloVersion.V2Alpha => OpenSloFromV2Alpha.ToV1(copy, losses),
            _ => [copy],
        };
        return goal switch
        {
            OpenSloVersion.V1Alpha => inV1.SelectMany(each => OpenSloToV1Alpha.FromV1(each, losses)),
            OpenSloVersion.V2Alpha => inV1.SelectMany(each => OpenSloToV2Alpha.FromV1(each, losses)),
            _ => inV1,
        };
    }

    internal static OpenSloObject WithVersion(this OpenSloObject item, OpenSloVersion version)
    {
        item.Node.Set("apiVersion", OpenSloKinds.ApiVersion(version));
        return item;
    }

    /// <summary>
    /// Every object with metadata inside this one: itself, indicators, policies, conditions, targets.
    /// </summary>
    internal static IEnumerable<YamlMappingNode> WithMetadata(YamlMappingNode node)
    {
        if (node.Field("metadata") is YamlMappingNode) yield return node;
        foreach (var (_, child) in node.Fields())
        {
            var nested = child is YamlSequenceNode list ? list.Children.OfType<YamlMappingNode>()
                : [.. new[] { child }.OfType<YamlMappingNode>()];
            foreach (var inner in nested.Where(inner => inner != node.Field("metadata")).SelectMany(WithMetadata))
                yield return inner;
        }
    }

    /// <summary>The metrics of an object's indicators, wherever these stand.</summary>
    internal static IEnumerable<(YamlMappingNode Metric, string Owner)> Metrics(
        OpenSloObject item, OpenSloVersion version)
    {
        var (inline, _) = OpenSloObjectiveRules.Names(version);
        var indicators = item.Kind == OpenSloKinds.Sli
            ? [(item.Spec, item.Label)]
            : item.Spec.Items("objectives").Append(item.Spec!).Where(holder => holder is not null)
                .Select(holder => holder.Field(inline)).Where(indicator => indicator is not null)
                .Select(indicator =>
                    (indicator.Field("spec") as YamlMappingNode, indicator.Field("metadata").Text("name")
                    ?? item.Label));
        foreach (var (spec, owner) in indicators)
        {
            if (spec.Field("thresholdMetric") is YamlMappingNode threshold) yield return (threshold, owner);
            foreach (var part in new[] { "good", "bad", "total", "raw" })
                if (spec.Field("ratioMetric").Field(part) is YamlMappingNode metric) yield return (metric, owner);
        }
    }
}

/// <summary>Collects what a conversion could not carry over.</summary>
internal sealed class OpenSloLosses
{
    public List<OpenSloFinding> Findings { get; } = [];

    public OpenSloObject Current { get; set; } = null!;

    public void Warn(string path, string rule, string message) =>
        Findings.Add(new OpenSloFinding(Current.File, Current, Finding.Warning(path, rule, message)));

    public IEnumerable<OpenSloObject> Error(string path, string rule, string message)
    {
        Findings.Add(new OpenSloFinding(Current.File, Current, Finding.Error(path, rule, message)));
        return [];
    }
}
