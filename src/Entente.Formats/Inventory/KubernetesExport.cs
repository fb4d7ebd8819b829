using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>Reads Kubernetes manifests, or what <c>kubectl get -o yaml</c> answers: whatever runs, routes or stores becomes an asset.</summary>
/// <remarks>
/// A route depends on the services it leads to, a service on the workloads its selector picks, a workload on its claims and on the
/// services that its environment names, a claim on its volume. What another object owns, such as the pods of a deployment,
/// is that object: it only tells on which nodes it runs. Scalers and disruption budgets are told in the notes of what they hold.
/// </remarks>
internal sealed partial class KubernetesExport
{
    private static readonly string[] _workloads =
        ["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "Pod", "ReplicaSet", "ReplicationController", "DeploymentConfig", "Rollout"];

    private static readonly string[] _routes = ["Ingress", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "VirtualService", "Route", "IngressRoute"];

    private static readonly string[] _others = ["Service", "PersistentVolumeClaim", "PersistentVolume", "Node", "Namespace"];

    private readonly ExportOptions _options;
    private readonly List<Finding> _findings = [];
    private readonly List<JsonObject> _objects = [];
    private Dictionary<string, string> _keyOf = [];
    private Dictionary<string, JsonObject> _byId = [];
    private ILookup<string, JsonObject> _workloadsIn = Array.Empty<JsonObject>().ToLookup(Space);
    private ILookup<string, JsonObject> _limitsIn = Array.Empty<JsonObject>().ToLookup(Space);

    private KubernetesExport(ExportOptions options) => _options = options;

    public static InventoryExport Read(IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        var export = new KubernetesExport(options);
        foreach (var file in files) export.Load(file);
        return export.Translate();
    }

    private void Load(ExportFile file)
    {
        foreach (var document in ExportTexts.Documents(file, _findings))
        {
            foreach (var one in (document as JsonObject)?["items"] as JsonArray ?? new[] { document }.AsEnumerable())
            {
                if (one is JsonObject manifest && Text(manifest, "kind").Length > 0 && Name(manifest).Length > 0) _objects.Add(manifest);
                else if (one is not null) _findings.Add(Finding.Error($"{file.Name}, object {_objects.Count + _findings.Count + 1}", "import.manifest",
                    "expected kind and metadata.name"));
            }
        }
    }

    private InventoryExport Translate()
    {
        Keys keys = new();
        List<JsonObject> taken = [.. _objects.Where(one => Use(one) is ExportUse.Item).DistinctBy(Id)];
        _byId = _objects.DistinctBy(Id).ToDictionary(Id, StringComparer.Ordinal);
        _workloadsIn = taken.Where(one => _workloads.Contains(Text(one, "kind"))).ToLookup(Space);
        _limitsIn = _objects.Where(one => Text(one, "kind") is "HorizontalPodAutoscaler" or "PodDisruptionBudget").ToLookup(Space);
        _keyOf = taken.ToDictionary(Id, one => keys.Take(Text(one, "kind"), Space(one) is "default" or "" ? Name(one) : $"{Space(one)}-{Name(one)}", "2"),
            StringComparer.Ordinal);
        var homes = Homes();
        var items = taken.Select((one, place) => new ImportedItem(place + 1, Text(one, "kind"), new InventoryItem.Asset
        {
            Key = _keyOf[Id(one)],
            Name = Name(one),
            Side = _options.Side,
            What = Text(one, "kind").ToLowerInvariant(),
            Owner = Owner(one),
            Notes = string.Join("; ", Notes(one)),
            Capacity = Capacity(one),
            DependsOn = StandsOn(one).Where(id => id != Id(one)).Select(id => _keyOf.GetValueOrDefault(id) ?? id).Distinct().ToValueList(),
            Needs = homes[Id(one)].Distinct().ToValueList() is { Count: > 0 } nodes ? [new KOfN(1, nodes)] : [],
        })).ToList();
        return new("kubernetes", _objects.Count, items,
            [.. _objects.GroupBy(one => Text(one, "kind")).Select(kind => new ExportKind(
                kind.Key, kind.Count(), kind.Any(one => Use(one) is ExportUse.Item) ? ExportUse.Item : ExportUse.Detail, ExportChoice.LeftOut))],
            _findings);
    }

    private IEnumerable<string> StandsOn(JsonObject one) => Text(one, "kind") switch
    {
        "Service" when one["spec"]?["selector"] is JsonObject selector => Picked(one, selector).Select(Id),
        var kind when _routes.Contains(kind) => Targets(one["spec"]).Select(target => Service(target, Space(one))).OfType<string>(),
        "PersistentVolumeClaim" when Text(one["spec"], "volumeName") is { Length: > 0 } volume => [Id("PersistentVolume", "", volume)],
        var kind when _workloads.Contains(kind) =>
            Names(one, "persistentVolumeClaim", "claimName").Select(name => Id("PersistentVolumeClaim", Space(one), name)).Concat(Called(one)),
        _ => [],
    };

    private IEnumerable<JsonObject> Picked(JsonObject one, JsonObject selector) =>
        _workloadsIn[Space(one)].Where(other => Carries(Labels(other), selector));

    /// <summary>Services that containers are told of by their environment, such as <c>CART_ADDR: cart:7070</c>; its own is none of them.</summary>
    private IEnumerable<string> Called(JsonObject workload) => Template(workload) is not { } template ? [] : Containers(template)
        .SelectMany(container => (container["env"] as JsonArray ?? []).OfType<JsonObject>()).SelectMany(Hosts)
        .Select(host => Service(host, Space(workload))).OfType<string>().Distinct()
        .Where(id => _byId[id]["spec"]?["selector"] is not JsonObject selector || !Carries(Labels(workload), selector));

    /// <summary>Hosts in the value of a variable: with a port, in an address, or because the variable is called so.</summary>
    private static IEnumerable<string> Hosts(JsonObject variable) => HostPattern().Matches(Text(variable, "value"))
        .Where(match => match.Value.Contains(':', StringComparison.Ordinal) || Text(variable, "value").Contains("//", StringComparison.Ordinal)
            || PlacePattern().IsMatch(Text(variable, "name")))
        .Select(match => match.Groups["host"].Value);

    private static IEnumerable<JsonObject> Containers(JsonNode template) => new[] { "containers", "initContainers" }
        .SelectMany(field => (template["spec"]?[field] as JsonArray ?? []).OfType<JsonObject>());

    /// <summary>
    /// The service of this name: <c>cart</c> in the same namespace, <c>cart.shop.svc.cluster.local</c> in another, or the one of a
    /// member such as <c>kafka-0.kafka</c>.
    /// </summary>
    private string? Service(string host, string space)
    {
        var parts = host.Split('.');
        string[] ids = parts.Length < 2 ? [Id("Service", space, host)]
            : [Id("Service", parts[1], parts[0]), Id("Service", space, parts[1]), Id("Service", parts.ElementAtOrDefault(2) ?? "", parts[1])];
        return ids.FirstOrDefault(_keyOf.ContainsKey);
    }

    /// <summary>Where a route leads to, however its kind spells that.</summary>
    private static IEnumerable<string> Targets(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(pair => (pair.Key, pair.Value) switch
        {
            ("service" or "to", JsonObject found) when Text(found, "name").Length > 0 => [Text(found, "name")],
            ("serviceName" or "host", JsonValue name) => [name.ToString()],
            ("backendRefs" or "services", JsonArray list) => list.OfType<JsonObject>().Select(found => Text(found, "name")),
            _ => Targets(pair.Value),
        }),
        JsonArray list => list.SelectMany(Targets),
        _ => [],
    };

    /// <summary>On which nodes each workload runs: told by the pods that it owns, or by itself.</summary>
    private ILookup<string, string> Homes() => _objects
        .Select(one => (Workload: Top(one), Node: _keyOf.GetValueOrDefault(Id("Node", "", Text(one["spec"], "nodeName")))))
        .Where(home => home.Node is not null).ToLookup(home => home.Workload, home => home.Node!, StringComparer.Ordinal);

    private string Top(JsonObject one)
    {
        for (var depth = 0; depth < 4 && Master(one) is { } master; depth++)
        {
            var id = Id(Text(master, "kind"), Space(one), Text(master, "name"));
            if (!_byId.TryGetValue(id, out var found)) return id;
            one = found;
        }

        return Id(one);
    }

    private IEnumerable<string> Notes(JsonObject one)
    {
        if (Space(one).Length > 0) yield return $"namespace {Space(one)}";
        if (Text(one["spec"], "schedule") is { Length: > 0 } schedule) yield return $"runs at {schedule}";
        foreach (var limit in _limitsIn[Space(one)].Select(limit => Limit(limit["spec"], one)).OfType<string>()) yield return limit;
    }

    /// <summary>What a scaler or a disruption budget says of a workload, if it is about that one.</summary>
    private static string? Limit(JsonNode? spec, JsonObject workload)
    {
        if (spec?["scaleTargetRef"] is { } target)
        {
            var least = Text(spec, "minReplicas") is { Length: > 0 } said ? said : "1";
            return Text(target, "name") == Name(workload) && Text(target, "kind") == Text(workload, "kind")
                ? $"scales from {least} to {Text(spec, "maxReplicas")}" : null;
        }

        var selector = spec?["selector"]?["matchLabels"] as JsonObject;
        if (selector is null || !_workloads.Contains(Text(workload, "kind")) || !Carries(Labels(workload), selector)) return null;
        return Text(spec, "minAvailable") is { Length: > 0 } available ? $"at least {available} stay up in planned work"
            : $"at most {Text(spec, "maxUnavailable")} down in planned work";
    }

    private static string Owner(JsonObject one) => new[] { "app.kubernetes.io/managed-by-team", "owner", "team" }
        .Select(label => one["metadata"]?["labels"]?[label]?.ToString() ?? one["metadata"]?["annotations"]?[label]?.ToString() ?? "")
        .FirstOrDefault(owner => owner.Length > 0) ?? "";

    /// <summary>Names under every field of this name, however deep.</summary>
    private static IEnumerable<string> Names(JsonNode? node, string field, string inside) => node switch
    {
        JsonObject one => one.SelectMany(pair => pair.Key == field && pair.Value is JsonObject found
            ? new[] { Text(found, inside) }.Where(name => name.Length > 0) : Names(pair.Value, field, inside)),
        JsonArray list => list.SelectMany(item => Names(item, field, inside)),
        _ => [],
    };

    private static bool Carries(JsonObject? labels, JsonObject selector) =>
        labels is not null && selector.Count > 0 && selector.All(pair => labels[pair.Key]?.ToString() == pair.Value?.ToString());

    private static JsonNode? Template(JsonObject workload) =>
        Text(workload, "kind") == "Pod" ? workload : (workload["spec"]?["jobTemplate"] ?? workload)["spec"]?["template"];

    private static JsonObject? Labels(JsonObject workload) => Template(workload)?["metadata"]?["labels"] as JsonObject;

    private static Quantity? Capacity(JsonObject one)
    {
        var spec = one["spec"];
        if (decimal.TryParse(Text(spec, "replicas"), CultureInfo.InvariantCulture, out var replicas)) return new Quantity(replicas, "pieces");
        var (asked, held) = (Text(spec?["resources"]?["requests"], "storage"), Text(spec?["capacity"], "storage"));
        var storage = StoragePattern().Match(asked.Length > 0 ? asked : held);
        return storage.Success && decimal.TryParse(storage.Groups["size"].Value, CultureInfo.InvariantCulture, out var amount)
            && Quantity.Units.Contains($"{storage.Groups["unit"].Value}B") ? new Quantity(amount, $"{storage.Groups["unit"].Value}B") : null;
    }

    private ExportUse Use(JsonObject one) =>
        Master(one) is null && (_workloads.Contains(Text(one, "kind")) || _routes.Contains(Text(one, "kind")) || _others.Contains(Text(one, "kind"))
            || _options.Wants(Text(one, "kind"))) ? ExportUse.Item : ExportUse.Detail;

    /// <summary>The object that made this one and makes it again when it is gone.</summary>
    private static JsonObject? Master(JsonObject one) => (one["metadata"]?["ownerReferences"] as JsonArray ?? []).OfType<JsonObject>()
        .FirstOrDefault(owner => Text(owner, "controller") == "true" && _workloads.Contains(Text(owner, "kind")));

    private static string Id(JsonObject one) => Id(Text(one, "kind"), Space(one), Name(one));

    private static string Id(string kind, string space, string name) => $"{kind}/{space}/{name}";

    private static string Name(JsonObject one) => Text(one["metadata"], "name");

    /// <remarks>Nodes, volumes and namespaces are of the cluster and in no namespace.</remarks>
    private static string Space(JsonObject one) => Text(one, "kind") is "Node" or "PersistentVolume" or "Namespace" ? ""
        : Text(one["metadata"], "namespace") is { Length: > 0 } space ? space : "default";

    private static string Text(JsonNode? node, string field) => node is JsonObject one && one[field] is JsonValue value ? value.ToString() : "";

    [GeneratedRegex(@"(?:(?<=//|[@,\s])|^)(?<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d+|(?=/|,|$))", RegexOptions.CultureInvariant)]
    private static partial Regex HostPattern();

    [GeneratedRegex("(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|SERVICE|URL|URI|ENDPOINT|HOSTS)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PlacePattern();

    [GeneratedRegex(@"^(?<size>[\d.]+)(?<unit>[KMGTP]i?)$", RegexOptions.CultureInvariant)]
    private static partial Regex StoragePattern();
}
