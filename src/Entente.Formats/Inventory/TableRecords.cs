using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Entente.Formats.Inventory;

/// <summary>Reads records, JSON or XML, as the lines of a table.</summary>
/// <remarks>
/// ServiceNow: lists under <c>records</c> or <c>result</c>, references as <c>display_value</c>, <c>value</c> and
/// <c>link</c>, XML with the words in an attribute. GLPI: both of its APIs, answers of its search, whose columns are
/// numbers, and the inventories of its agents.
/// </remarks>
internal static class TableRecords
{
    /// <summary>The columns of GLPI's search that say something here, by the number they have for every kind of asset.</summary>
    private static readonly Dictionary<string, string> _searched = new(StringComparer.Ordinal)
    {
        ["1"] = "name",
        ["2"] = "id",
        ["3"] = "location",
        ["4"] = "type",
        ["5"] = "serial",
        ["6"] = "otherserial",
        ["7"] = "contact",
        ["16"] = "comment",
        ["23"] = "manufacturer",
        ["24"] = "users_id_tech",
        ["31"] = "status",
        ["40"] = "model",
        ["49"] = "groups_id_tech",
        ["70"] = "user",
        ["71"] = "group",
        ["80"] = "entity",
    };

    public static TableFile Read(ExportFile file)
    {
        List<Dictionary<string, TableCell>> records =
            file.Text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("<") ? Xml(file) : [.. Json(file).SelectMany(Spread)];
        string[] header = [.. records.SelectMany(one => one.Keys).Distinct(StringComparer.Ordinal)];
        return new(file.Name, header,
            [.. records.Select((one, place) => new TableLine(place + 1, [.. header.Select(name => one.GetValueOrDefault(name))]))]);
    }

    private static IEnumerable<JsonObject> Json(ExportFile file)
    {
        try
        {
            var root = JsonNode.Parse(file.Text.TrimStart('\uFEFF'));
            var inner = (root as JsonObject) is { } answer ? answer["records"] ?? answer["result"] ?? answer["data"] ?? answer : root;
            return (inner as JsonArray ?? [inner?.DeepClone()]).OfType<JsonObject>();
        }
        catch (JsonException broken)
        {
            throw new BadInputException([Finding.Error(file.Name, "json.invalid", $"expected JSON: {broken.Message}", (int?)broken.LineNumber + 1)]);
        }
    }

    private static IEnumerable<Dictionary<string, TableCell>> Spread(JsonObject one) =>
        one["content"] is JsonObject content && one["deviceid"] is JsonValue ? Agent(one, content)
        : one["attributes"] is JsonObject attributes ? [Record(attributes), .. Relations(one, attributes)]
        : [Record(one)];

    private static Dictionary<string, TableCell> Record(JsonObject one)
    {
        var isSearched = one.Count > 0 && one.All(pair => pair.Key is "id" or "itemtype" || pair.Key.All(char.IsAsciiDigit));
        Dictionary<string, TableCell> record = new(StringComparer.Ordinal);
        foreach (var (name, value) in one)
        {
            if (name is "links" or "_links") continue;
            record.TryAdd(isSearched ? _searched.GetValueOrDefault(name, name) : name, Cell(value));
        }

        return record;
    }

    /// <summary>What ServiceNow answers for one instance: its attributes, and what it is related to on both sides.</summary>
    private static IEnumerable<Dictionary<string, TableCell>> Relations(JsonObject one, JsonObject attributes)
    {
        var own = Cell(attributes["sys_id"]);
        foreach (var (field, isParent) in new[] { ("outbound_relations", true), ("inbound_relations", false) })
        {
            foreach (var relation in (one[field] as JsonArray ?? []).OfType<JsonObject>())
            {
                yield return new(StringComparer.Ordinal)
                {
                    ["parent"] = isParent ? own : Cell(relation["target"]),
                    ["type"] = Cell(relation["type"]),
                    ["child"] = isParent ? Cell(relation["target"]) : own,
                };
            }
        }
    }

    /// <summary>The inventory that an agent sends of one machine, and the virtual machines on it.</summary>
    private static IEnumerable<Dictionary<string, TableCell>> Agent(JsonObject one, JsonObject content)
    {
        var (hardware, bios) = (content["hardware"], content["bios"]);
        var (name, own) = (Said(hardware, "name"), Said(hardware, "uuid"));
        var key = own.Length > 0 ? own : Said(one, "deviceid");
        var made = string.Join(' ', new[] { Said(bios, "smanufacturer"), Said(bios, "smodel") }.Where(text => text.Length > 0));
        yield return Told(key, name.Length > 0 ? name : Said(one, "deviceid"),
            Said(hardware, "chassis_type") is { Length: > 0 } chassis ? chassis : Said(one, "itemtype"), Said(hardware, "memory"), "",
            string.Join(", ", new[] { Said(content["operatingsystem"], "full_name"), made }.Where(text => text.Length > 0)));
        foreach (var machine in (content["virtualmachines"] as JsonArray ?? []).OfType<JsonObject>())
            yield return Told(Said(machine, "uuid"), Said(machine, "name"), "virtual machine", Said(machine, "memory"), key, Said(machine, "vmtype"));
    }

    private static Dictionary<string, TableCell> Told(string key, string name, string type, string memory, string host, string notes) =>
        new(StringComparer.Ordinal)
        {
            ["id"] = new(key),
            ["name"] = new(name),
            ["type"] = new(type),
            ["memory"] = new(memory),
            ["hosted on"] = new(host),
            ["comment"] = new(notes),
        };

    private static string Said(JsonNode? node, string field) => node is JsonObject one ? Cell(one[field]).Text : "";

    private static TableCell Cell(JsonNode? node) => node switch
    {
        JsonValue value => new(Blanks.Of(value.ToString())),
        JsonObject reference => new(
            Blanks.Of((reference["display_value"] ?? reference["completename"] ?? reference["name"] ?? reference["value"])?.ToString() ?? ""),
            (reference["value"] ?? reference["id"])?.ToString() ?? ""),
        JsonArray list => new(string.Join("; ", list.Select(one => Cell(one).Text).Where(text => text.Length > 0))),
        _ => default,
    };

    /// <summary>Records of an XML export: one element each, named by its class, or <c>result</c> in an answer of the API.</summary>
    private static List<Dictionary<string, TableCell>> Xml(ExportFile file)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(file.Text.TrimStart('\uFEFF')),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return [.. XDocument.Load(reader).Root!.Elements().Where(one => one.HasElements).Select(one =>
            {
                var record = one.Elements().GroupBy(field => field.Name.LocalName)
                    .ToDictionary(field => field.Key, field => Cell(field.First()), StringComparer.Ordinal);
                if (one.Name.LocalName != "result") record.TryAdd("sys_class_name", new(one.Name.LocalName));
                return record;
            })];
        }
        catch (XmlException broken)
        {
            throw new BadInputException([Finding.Error(file.Name, "xml.invalid", $"expected XML: {broken.Message}", broken.LineNumber)]);
        }
    }

    private static TableCell Cell(XElement field) =>
        field.Attribute("display_value") is { } shown ? new(shown.Value.Trim(), field.Value.Trim())
        : field.Element("display_value") is { } told ? new(told.Value.Trim(), (field.Element("value")?.Value ?? "").Trim())
        : field.Element("value") is { } only ? new(only.Value.Trim(), only.Value.Trim())
        : new(field.Value.Trim());
}
