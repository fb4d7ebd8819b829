using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>The versions of the OpenSLO specification.</summary>
public enum OpenSloVersion { V1Alpha, V1, V2Alpha }

/// <summary>How the objects stood in their file, so that they are written the same way.</summary>
public enum OpenSloShape { Documents, Sequence, Json }

/// <summary>One OpenSLO object: a tree that keeps unknown fields and annotations.</summary>
/// <param name="File">Where it was read from, for messages.</param>
/// <param name="Index">Zero-based place among the objects of the file.</param>
public sealed record OpenSloObject(string File, int Index, YamlMappingNode Node)
{
    public string? ApiVersion => Node.Text("apiVersion");

    public string? Kind => Node.Text("kind");

    public string? Name => Node.Field("metadata").Text("name");

    /// <summary>The version, or none when the object says another one.</summary>
    public OpenSloVersion? Version => OpenSloKinds.VersionOf(ApiVersion);

    public YamlMappingNode? Metadata => Node.Field("metadata") as YamlMappingNode;

    public YamlMappingNode? Spec => Node.Field("spec") as YamlMappingNode;

    /// <summary>The object's name, or its place where it has none.</summary>
    public string Label => string.IsNullOrEmpty(Name) ? $"#{Index}" : Name;
}

/// <summary>Something found in an object of a file.</summary>
public sealed record OpenSloFinding(string File, OpenSloObject? Object, Finding Finding);

/// <summary>A file of OpenSLO objects: documents, a sequence, or JSON.</summary>
public sealed record OpenSloFile(string File, OpenSloShape Shape, IReadOnlyList<OpenSloObject> Objects)
{
    /// <summary>Reads all objects of a text.</summary>
    /// <exception cref="BadInputException">The text is no YAML or JSON, or holds something that is no
    /// object.</exception>
    public static OpenSloFile Read(string file, string text)
    {
        var documents = YamlTree.Read(text).Where(node => node is not YamlScalarNode { IsNull: true }).ToList();
        var nodes = documents.SelectMany(node => node is YamlSequenceNode list ? list.Children : [node]).ToList();
        if (nodes.Count == 0) throw new BadInputException("", "empty", "The file holds no OpenSLO object.");
        var objects = nodes.Select((node, index) => node is YamlMappingNode map
            ? new OpenSloObject(file, index, map)
            : throw new BadInputException([Finding.Error($"[{index}]", "type",
                "An OpenSLO object is a mapping with apiVersion, kind, metadata and spec.", (int)node.Start.Line)]))
                    .ToList();
        var start = text.TrimStart();
        var shape = start.StartsWith('{') || start.StartsWith('[') ? OpenSloShape.Json
            : documents.All(node => node is YamlSequenceNode) ? OpenSloShape.Sequence : OpenSloShape.Documents;
        return new OpenSloFile(file, shape, objects);
    }

    /// <summary>Writes objects in the shape their file had.</summary>
    public static string Write(IReadOnlyList<OpenSloObject> objects, OpenSloShape shape) => shape switch
    {
        OpenSloShape.Json => ToJson(objects).ToJsonString(Json.Indented) + "\n",
        OpenSloShape.Sequence =>
            YamlTree.Write([new YamlSequenceNode(objects.Select(item => YamlTree.Copy(item.Node)))]),
        _ => YamlTree.Write(objects.Select(item => item.Node)),
    };

    public static JsonArray ToJson(IEnumerable<OpenSloObject> objects) =>
        [.. objects.Select(item => YamlTree.ToJson(item.Node))];
}

/// <summary>Which kinds each version has, and how they are spelt.</summary>
public static class OpenSloKinds
{
    public const string Slo = "SLO";
    public const string Sli = "SLI";
    public const string Service = "Service";
    public const string DataSource = "DataSource";
    public const string AlertPolicy = "AlertPolicy";
    public const string AlertCondition = "AlertCondition";
    public const string AlertNotificationTarget = "AlertNotificationTarget";

    /// <summary>A proposal of v2alpha that the validator of the specification does not know yet.</summary>
    public const string BudgetAdjustment = "BudgetAdjustment";

    public static IReadOnlyList<string> Of(OpenSloVersion version) => version == OpenSloVersion.V1Alpha
        ? [Slo, Service]
        : [Slo, Sli, Service, DataSource, AlertPolicy, AlertCondition, AlertNotificationTarget];

    public static OpenSloVersion? VersionOf(string? apiVersion) => apiVersion switch
    {
        "openslo/v1alpha" => OpenSloVersion.V1Alpha,
        "openslo/v1" => OpenSloVersion.V1,
        "openslo.com/v2alpha" => OpenSloVersion.V2Alpha,
        _ => null,
    };

    public static string ApiVersion(OpenSloVersion version) => version switch
    {
        OpenSloVersion.V1Alpha => "openslo/v1alpha",
        OpenSloVersion.V1 => "openslo/v1",
        _ => "openslo.com/v2alpha",
    };
}
