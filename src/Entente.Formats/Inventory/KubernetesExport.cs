using System.Globalization;
using System.Text.Json.Nodes;
using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>Reads Kubernetes manifests: workloads, services, ingresses, claims and nodes become assets.</summary>
/// <remarks>An ingress depends on the services it routes to, a service on the workloads its selector picks, a workload on its claims.</remarks>
internal static class KubernetesExport
{
    private static readonly string[] _workloads = ["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "Pod", "ReplicaSet"];

    private static readonly string[] _others = ["Service", "Ingress", "PersistentVolumeClaim", "PersistentVolume", "Node", "Namespace"];

    public static InventoryExport Read(IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        List<Finding> findings = [];
        List<JsonObject> objects = [];
        foreach (var (file, node) in files.SelectMany(file => ExportTexts.Documents(file, findings).Select(document => (file, document))))
        {
            foreach (var one in (node as JsonObject)?["items"] as JsonArray ?? new[] { node }.AsEnumerable())
            {
                if (one is JsonObject manifest && Text(manifest, "kind").Length > 0 && Name(manifest).Length > 0) objects.Add(manifest);
                else if (one is not null) findings.Add(Finding.Error(
                    $"{file.Name}, object {objects.Count + findings.Count + 1}", "import.manifest", "expected kind and metadata.name"));
            }
        }

        Keys keys = new();
        var taken = objects.Where(one => Use(one) is ExportUse.Item).DistinctBy(Id).ToList();
        var keyOf = taken.ToDictionary(Id, one => keys.Take(Text(one, "kind"), Space(one) is "default" ? Name(one) : $"{Space(one)}-{Name(one)}", "2"),
            StringComparer.Ordinal);
        var items = taken.Select((one, place) => new ImportedItem(place + 1, Text(one, "kind"), new InventoryItem.Asset
        {
            Key = keyOf[Id(one)],
            Name = Name(one),
            Side = options.Side,
            What = Text(one, "kind").ToLowerInvariant(),
            Notes = $"namespace {Space(one)}",
            Capacity = Replicas(one),
            DependsOn = StandsOn(one, taken).Select(id => keyOf.GetValueOrDefault(id) ?? id).Distinct().ToValueList(),
        })).ToList();
        return new("kubernetes", objects.Count, items,
            [.. objects.GroupBy(one => Text(one, "kind")).Select(kind => new ExportKind(kind.Key, kind.Count(), Use(kind.First())))], findings);
    }

    private static IEnumerable<string> StandsOn(JsonObject one, List<JsonObject> all) => Text(one, "kind") switch
    {
        "Service" when one["spec"]?["selector"] is JsonObject selector => all
            .Where(other => _workloads.Contains(Text(other, "kind")) && Space(other) == Space(one) && Carries(Labels(other), selector)).Select(Id),
        "Ingress" => Names(one, "service").Select(name => $"Service/{Space(one)}/{name}"),
        var kind when _workloads.Contains(kind) => Names(one, "persistentVolumeClaim").Select(name => $"PersistentVolumeClaim/{Space(one)}/{name}"),
        _ => [],
    };

    /// <summary>Names under every field of this name, however deep.</summary>
    private static IEnumerable<string> Names(JsonNode? node, string field) => node switch
    {
        JsonObject one => one.SelectMany(pair => pair.Key == field && pair.Value is JsonObject found
            ? new[] { Text(found, "name"), Text(found, "claimName") }.Where(name => name.Length > 0) : Names(pair.Value, field)),
        JsonArray list => list.SelectMany(item => Names(item, field)),
        _ => [],
    };

    private static bool Carries(JsonObject? labels, JsonObject selector) =>
        labels is not null && selector.Count > 0 && selector.All(pair => labels[pair.Key]?.ToString() == pair.Value?.ToString());

    private static JsonObject? Labels(JsonObject workload) =>
        (workload["spec"]?["template"]?["metadata"]?["labels"] ?? workload["metadata"]?["labels"]) as JsonObject;

    private static Quantity? Replicas(JsonObject one) =>
        decimal.TryParse(Text(one["spec"] as JsonObject, "replicas"), CultureInfo.InvariantCulture, out var replicas) ? new Quantity(replicas, "pieces") : null;

    private static ExportUse Use(JsonObject one) =>
        _workloads.Contains(Text(one, "kind")) || _others.Contains(Text(one, "kind")) ? ExportUse.Item : ExportUse.Detail;

    private static string Id(JsonObject one) => $"{Text(one, "kind")}/{Space(one)}/{Name(one)}";

    private static string Name(JsonObject one) => Text(one["metadata"] as JsonObject, "name");

    private static string Space(JsonObject one) => Text(one["metadata"] as JsonObject, "namespace") is { Length: > 0 } space ? space : "default";

    private static string Text(JsonObject? one, string field) => one?[field] is JsonValue value ? value.ToString() : "";
}
