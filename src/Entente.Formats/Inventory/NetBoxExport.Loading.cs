using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Entente.Formats.Inventory;

/// <summary>One object of NetBox.</summary>
internal sealed record NetBoxObject(string Model, int Id, int Place, JsonObject Fields)
{
    public string Text(string field) => Fields[field] is JsonValue value ? value.ToString() : "";

    public int? Number(string field) => Fields[field] is JsonValue value && int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number)
        ? number : null;

    public decimal? Decimal(string field) =>
        Fields[field] is JsonValue value && decimal.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number) ? number : null;
}

internal sealed partial class NetBoxExport
{
    private static readonly string[] _items =
    [
        "dcim.site", "dcim.location", "dcim.rack", "dcim.device", "dcim.module", "dcim.virtualchassis", "dcim.powerpanel", "dcim.powerfeed",
        "virtualization.cluster", "virtualization.virtualmachine", "circuits.circuit", "circuits.provider", "circuits.providernetwork",
        "tenancy.tenant", "tenancy.contact",
    ];

    private static readonly string[] _parts =
    [
        "dcim.interface", "dcim.frontport", "dcim.rearport", "dcim.poweroutlet", "dcim.powerport", "dcim.consoleport", "dcim.consoleserverport",
        "dcim.modulebay", "dcim.devicebay", "dcim.inventoryitem", "virtualization.vminterface", "virtualization.virtualdisk",
    ];

    private static readonly string[] _books = ["admin", "auth", "sessions", "users", "contenttypes", "extras", "social_django", "taggit", "django_rq"];

    private bool IsItem(string model) =>
        _items.Contains(model) || (_options.WithParts && IsPart(model)) || (_options.Wants(model) && !IsBookkeeping(model));

    private static bool IsBookkeeping(string model) => _books.Contains(model.Split('.')[0]);

    private static bool IsPart(string model) => _parts.Contains(model);

    private ExportUse Use(string model) => IsItem(model) ? ExportUse.Item
        : IsPart(model) ? ExportUse.Part
        : IsBookkeeping(model) ? ExportUse.Bookkeeping
        : ExportUse.Detail;

    private static string Words(string model) => model.Split('.')[^1] switch
    {
        "virtualmachine" => "vm",
        "virtualchassis" => "chassis",
        "powerpanel" => "power-panel",
        "powerfeed" => "power-feed",
        "providernetwork" => "provider-network",
        "provider" => "supplier",
        "vminterface" => "vm-interface",
        var word => word,
    };

    private void Load(ExportFile file)
    {
        foreach (var node in Parse(file).SelectMany(Nodes))
        {
            var place = _order.Count + 1;
            var one = node is not JsonObject record ? null : record["model"] is JsonValue ? Dumped(record, place) : Answered(record, place);
            if (one is null) _findings.Add(Finding.Error(
                $"{file.Name}, object {place}", "import.object", "expected model, pk and fields, or url and id", place));
            else if (!_objects.TryAdd((one.Model, one.Id), one)) _findings.Add(
                Finding.Warning($"{file.Name}, object {place}", "import.twice", $"{one.Model} {one.Id} stands in the export twice; the first counts.", place));
            else _order.Add(one);
        }
    }

    /// <summary>One document, or one a line.</summary>
    private static List<JsonNode?> Parse(ExportFile file)
    {
        try
        {
            return file.Text.TrimStart('\uFEFF', ' ', '\n', '\r') is ['{', ..] text && text.IndexOf("\n{", StringComparison.Ordinal) is > 0 and var end
                    && text[..end].TrimEnd().EndsWith('}')
                ? [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonNode.Parse(line))]
                : [JsonNode.Parse(file.Text)];
        }
        catch (JsonException broken)
        {
            throw new BadInputException([Finding.Error(file.Name, "json.invalid", $"expected JSON: {broken.Message}", (int?)broken.LineNumber + 1)]);
        }
    }

    private static IEnumerable<JsonNode?> Nodes(JsonNode? root) => root switch
    {
        JsonArray list => list.SelectMany(node => node is JsonObject page && page["results"] is JsonArray results ? results.AsEnumerable() : new[] { node }),
        JsonObject page when page["results"] is JsonArray results => results,
        JsonObject one => [one],
        _ => [],
    };

    private static NetBoxObject? Dumped(JsonObject record, int place) =>
        record["fields"] is JsonObject fields && record["model"]?.ToString() is { } model
            ? new(model, record["pk"] is JsonValue key && int.TryParse(key.ToString(), CultureInfo.InvariantCulture, out var id) ? id : -place, place, fields)
            : null;

    /// <summary>An object as the API answers it: the address names the model, and what it points to is an object with an id.</summary>
    private static NetBoxObject? Answered(JsonObject record, int place)
    {
        if (record["url"]?.ToString() is not { } url || AddressPattern().Match(url) is not { Success: true } match) return null;
        JsonObject fields = [];
        foreach (var (name, value) in record)
        {
            fields[name] = value switch
            {
                JsonObject pointed when pointed["id"] is { } id => id.DeepClone(),
                JsonObject choice when choice["value"] is { } chosen => chosen.DeepClone(),
                _ => value?.DeepClone(),
            };
        }

        var model = $"{match.Groups[1].Value}.{Singular(match.Groups[2].Value.Replace("-", "", StringComparison.Ordinal))}";
        return new(model, int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture), place, fields);
    }

    private static string Singular(string words) => words switch
    {
        "virtualchassis" => words,
        _ when words.EndsWith("ies", StringComparison.Ordinal) => words[..^3] + "y",
        _ when words.EndsWith("sses", StringComparison.Ordinal) => words[..^2],
        _ => words.TrimEnd('s'),
    };

    [GeneratedRegex(@"/api/([a-z]+)/([a-z-]+)/(\d+)/?", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();
}
