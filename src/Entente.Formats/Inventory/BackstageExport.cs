using System.Text.Json.Nodes;
using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>Reads a Backstage software catalogue: YAML documents or the entities its API answers.</summary>
/// <remarks>
/// Components, resources, systems, APIs and domains become assets; groups and users people. A system depends on its components,
/// resources and APIs, a domain on its systems, a component on its parts, an API on the components that provide it. A name counts
/// within its namespace.
/// </remarks>
internal static class BackstageExport
{
    private static readonly string[] _assets = ["component", "resource", "system", "api", "domain"];

    public static InventoryExport Read(IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        List<Finding> findings = [];
        List<JsonObject> entities = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var (file, node) in files.SelectMany(file => ExportTexts.Documents(file, findings).Select(document => (file, document))))
        {
            foreach (var entity in node is JsonArray list ? [.. list] : (node as JsonObject)?["items"] as JsonArray ?? new[] { node }.AsEnumerable())
            {
                if (entity is JsonObject one && Text(one, "kind").Length > 0 && Text(one["metadata"], "name").Length > 0)
                {
                    if (known.Add(Reference(one))) entities.Add(one);
                    else findings.Add(Finding.Warning(
                        $"{file.Name}, {Reference(one)}", "import.twice", "The entity stands in the catalogue twice; the first counts."));
                }
                else if (entity is not null) findings.Add(Finding.Error(
                    $"{file.Name}, entity {entities.Count + findings.Count + 1}", "import.entity", "expected kind and metadata.name"));
            }
        }

        Keys keys = new();
        var keyOf = entities.Where(one => Use(one) is ExportUse.Item)
            .ToDictionary(Reference, one => keys.Take(Kind(one), Text(one["metadata"], "name"), Space(one)), StringComparer.Ordinal);
        var parts = entities.SelectMany(Parts).ToLookup(part => part.Of, part => part.Part, StringComparer.Ordinal);
        var people = entities.Where(one => Kind(one) is "group" or "user").ToDictionary(Reference, Title, StringComparer.Ordinal);
        List<ImportedItem> items = [];
        for (var i = 0; i < entities.Count; i++)
        {
            if (Use(entities[i]) is ExportUse.Item) items.Add(new(i + 1, Text(entities[i], "kind"),
                Item(entities[i], keyOf, parts, people, options), Text(entities[i]["spec"], "lifecycle")));
        }

        var kinds = entities.GroupBy(one => Text(one, "kind")).Select(kind => new ExportKind(kind.Key, kind.Count(), Use(kind.First()))).ToList();
        return new("backstage", entities.Count, items, kinds, findings);
    }

    /// <summary>Which other entity needs this one, told from this one's side.</summary>
    private static IEnumerable<(string Of, string Part)> Parts(JsonObject one)
    {
        var (spec, own) = (one["spec"], Reference(one));
        foreach (var (field, kind) in new[] { ("system", "system"), ("domain", "domain"), ("subcomponentOf", "component"), ("subdomainOf", "domain") })
        {
            if (Text(spec, field) is { Length: > 0 } whole) yield return (Canonical(whole, kind, Space(one)), own);
        }

        foreach (var user in List(one, "dependencyOf", "component")) yield return (user, own);
        foreach (var api in List(one, "providesApis", "api")) yield return (api, own);
    }

    private static InventoryItem Item(
        JsonObject one, Dictionary<string, string> keyOf, ILookup<string, string> parts, Dictionary<string, string> people, ExportOptions options)
    {
        var (metadata, spec, key) = (one["metadata"], one["spec"], keyOf[Reference(one)]);
        var name = Title(one);
        if (Kind(one) is "group" or "user")
            return new InventoryItem.Person
            {
                Key = key,
                Name = name,
                Side = options.Side,
                IsTeam = Kind(one) == "group",
                Notes = Text(metadata, "description")
            };
        var needs = List(one, "dependsOn", "component").Concat(List(one, "consumesApis", "api")).Concat(parts[Reference(one)]);
        return new InventoryItem.Asset
        {
            Key = key,
            Name = name,
            Side = options.Side,
            Owner = Text(spec, "owner") is { Length: > 0 } owner ? people.GetValueOrDefault(Canonical(owner, "group", Space(one)), owner) : "",
            Notes = Text(metadata, "description"),
            What = Text(spec, "type") is { Length: > 0 } type && type != Kind(one) ? $"{Kind(one)}, {type}" : Kind(one),
            Lifecycle = Text(spec, "lifecycle") switch { "experimental" => Lifecycle.Planned, "deprecated" => Lifecycle.Retiring, _ => Lifecycle.InUse },
            DependsOn = needs.Select(reference => keyOf.GetValueOrDefault(reference) ?? reference).Distinct().ToValueList(),
        };
    }

    private static ExportUse Use(JsonObject one) => _assets.Contains(Kind(one)) || Kind(one) is "group" or "user" ? ExportUse.Item : ExportUse.Bookkeeping;

    private static string Kind(JsonObject one) => Text(one, "kind").ToLowerInvariant();

    private static string Title(JsonObject one) =>
        Text(one["spec"]?["profile"], "displayName") is { Length: > 0 } shown ? shown
        : Text(one["metadata"], "title") is { Length: > 0 } title ? title
        : Text(one["metadata"], "name");

    private static string Space(JsonObject one) => Text(one["metadata"], "namespace") is { Length: > 0 } space ? space.ToLowerInvariant() : "default";

    private static string Reference(JsonObject one) => Named(Kind(one), Space(one), Text(one["metadata"], "name"));

    /// <summary>A reference spelt out: kind, then the namespace where it is not the default one, then the name.</summary>
    private static string Canonical(string reference, string kind, string space)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var name = reference[(colon + 1)..];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return Named(colon < 0 ? kind : reference[..colon], slash < 0 ? space : name[..slash], name[(slash + 1)..]);
    }

    private static string Named(string kind, string space, string name) =>
        (space is "default" ? $"{kind}:{name}" : $"{kind}:{space}/{name}").ToLowerInvariant();

    private static IEnumerable<string> List(JsonObject one, string field, string kind) =>
        (one["spec"]?[field] as JsonArray ?? []).OfType<JsonValue>().Select(node => Canonical(node.ToString(), kind, Space(one)));

    private static string Text(JsonNode? node, string field) => node is JsonObject one && one[field] is JsonValue value ? value.ToString() : "";
}
