using System.Text.Json.Nodes;
using Entente.Documentation;
using Entente.Formats.OpenSlo;

namespace Entente.Formats.Inventory;

/// <summary>Reads a Backstage software catalogue: YAML documents or the entities its API answers.</summary>
/// <remarks>Components, resources, systems and APIs become assets; groups and users people. A system depends on its components and resources.</remarks>
internal static class BackstageExport
{
    private static readonly string[] _assets = ["component", "resource", "system", "api", "domain"];

    public static InventoryExport Read(IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        List<Finding> findings = [];
        List<JsonObject> entities = [];
        foreach (var (file, node) in files.SelectMany(file => YamlTree.Read(file.Text).Select(document => (file, YamlTree.ToJson(document)))))
        {
            foreach (var entity in node is JsonArray list ? [.. list] : (node as JsonObject)?["items"] as JsonArray ?? new[] { node }.AsEnumerable())
            {
                if (entity is JsonObject one && Text(one, "kind").Length > 0 && Text(one["metadata"], "name").Length > 0) entities.Add(one);
                else if (entity is not null) findings.Add(Finding.Error(
                    $"{file.Name}, entity {entities.Count + findings.Count + 1}", "import.entity", "expected kind and metadata.name"));
            }
        }

        Keys keys = new();
        var keyOf = entities.Where(one => Use(one) is ExportUse.Item)
            .ToDictionary(Reference, one => keys.Take(Kind(one), Text(one["metadata"], "name"), "2"), StringComparer.Ordinal);
        var parts = entities.Where(one => Text(one["spec"], "system").Length > 0)
            .ToLookup(one => Canonical(Text(one["spec"], "system"), "system"), Reference, StringComparer.Ordinal);
        List<ImportedItem> items = [];
        for (var i = 0; i < entities.Count; i++)
        {
            if (Use(entities[i]) is ExportUse.Item) items.Add(new(i + 1, Text(entities[i], "kind"), Item(entities[i], keyOf, parts, options)));
        }

        var kinds = entities.GroupBy(one => Text(one, "kind")).Select(kind => new ExportKind(kind.Key, kind.Count(), Use(kind.First()))).ToList();
        return new("backstage", entities.Count, items, kinds, findings);
    }

    private static InventoryItem Item(JsonObject one, Dictionary<string, string> keyOf, ILookup<string, string> parts, ExportOptions options)
    {
        var (metadata, spec, key) = (one["metadata"], one["spec"], keyOf[Reference(one)]);
        var name = Text(metadata, "title") is { Length: > 0 } title ? title : Text(metadata, "name");
        if (Kind(one) is "group" or "user")
            return new InventoryItem.Person
            {
                Key = key,
                Name = Text(spec?["profile"], "displayName") is { Length: > 0 } shown ? shown : name,
                Side = options.Side,
                IsTeam = Kind(one) == "group",
                Notes = Text(metadata, "description")
            };
        var needs = List(spec, "dependsOn", "component").Concat(List(spec, "consumesApis", "api")).Concat(parts[Reference(one)]);
        return new InventoryItem.Asset
        {
            Key = key,
            Name = name,
            Side = options.Side,
            Owner = Text(spec, "owner"),
            Notes = Text(metadata, "description"),
            What = Text(spec, "type") is { Length: > 0 } type && type != Kind(one) ? $"{Kind(one)}, {type}" : Kind(one),
            Lifecycle = Text(spec, "lifecycle") switch { "experimental" => Lifecycle.Planned, "deprecated" => Lifecycle.Retiring, _ => Lifecycle.InUse },
            DependsOn = needs.Select(reference => keyOf.GetValueOrDefault(reference) ?? reference).Distinct().ToValueList(),
        };
    }

    private static ExportUse Use(JsonObject one) => _assets.Contains(Kind(one)) || Kind(one) is "group" or "user" ? ExportUse.Item : ExportUse.Bookkeeping;

    private static string Kind(JsonObject one) => Text(one, "kind").ToLowerInvariant();

    private static string Reference(JsonObject one) => $"{Kind(one)}:{Text(one["metadata"], "name")}".ToLowerInvariant();

    /// <summary>A reference as kind and name, its namespace left off: <c>resource:default/artists-db</c> is <c>resource:artists-db</c>.</summary>
    private static string Canonical(string reference, string kind)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? reference : reference[(colon + 1)..];
        return $"{(colon < 0 ? kind : reference[..colon])}:{name[(name.LastIndexOf('/') + 1)..]}".ToLowerInvariant();
    }

    private static IEnumerable<string> List(JsonNode? spec, string field, string kind) =>
        (spec?[field] as JsonArray ?? []).Select(node => Canonical(node!.ToString(), kind));

    private static string Text(JsonNode? node, string field) => node is JsonObject one && one[field] is JsonValue value ? value.ToString() : "";
}
