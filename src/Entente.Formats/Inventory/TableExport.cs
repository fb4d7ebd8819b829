using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Entente.Documentation;
using Entente.Formats.Tickets;
using Entente.Terms;

namespace Entente.Formats.Inventory;

/// <summary>Reads tables: CSV of any tool, and what ServiceNow (CMDB) and GLPI export, also as JSON or XML records.</summary>
/// <remarks>
/// A row is an asset unless its column <c>kind</c> says person, team, practice or goal. A table of parent, type and child tells
/// connections of what the other files hold, as ServiceNow's relationships do.
/// </remarks>
internal sealed class TableExport
{
    private readonly ExportOptions _options;
    private readonly List<Finding> _findings = [];
    private readonly Keys _keys = new();
    private readonly Dictionary<string, string> _keyOf = new(StringComparer.Ordinal);
    private readonly List<(string Parent, string Type, string Child)> _relations = [];
    private readonly Dictionary<string, string> _mapping = new(StringComparer.Ordinal);
    private int _read;

    private TableExport(ExportOptions options) => _options = options;

    public static InventoryExport Read(string source, IReadOnlyList<ExportFile> files, ExportOptions options) =>
        new TableExport(options).Read(source, files);

    private InventoryExport Read(string source, IReadOnlyList<ExportFile> files)
    {
        TableItems items = new(_options, _findings);
        List<(int Line, InventoryItem Item)> rows = [];
        foreach (var row in files.SelectMany(Rows))
        {
            _read++;
            if (Key(row) is { } key && items.Of(row, key) is { } item) rows.Add((row.Line, item));
        }

        var related = _relations.Select(Depends).Where(pair => pair.From is not null)
            .ToLookup(pair => Known(pair.From!), pair => Known(pair.To!), StringComparer.Ordinal);
        List<ImportedItem> imported = [.. rows.Select(row => new ImportedItem(row.Line, Origin(row.Item), Linked(row.Item, related)))];
        return new(source, _read, imported,
            [.. imported.GroupBy(item => item.Origin).Select(kind => new ExportKind(kind.Key, kind.Count(), ExportUse.Item)),
                .. _relations.Count > 0 ? [new ExportKind("relationship", _relations.Count, ExportUse.Detail)] : Array.Empty<ExportKind>()],
            _findings)
        { Mapping = _mapping };
    }

    /// <summary>The tool's own number makes the key, so that a renamed asset is the same asset; else the name does.</summary>
    private string? Key(TableRow row)
    {
        if (row["name"].Length == 0)
        {
            _findings.Add(row.Wrong("name", "text.missing", "expected a name"));
            return null;
        }

        var own = row["key"];
        if (own.Length > 0 && _keyOf.ContainsKey(own))
        {
            _findings.Add(row.Wrong("key", "import.twice", $"'{own}' stands in the table twice"));
            return null;
        }

        var key = TermRules.IsKey(own) && _keys.Claim(own) ? own
            : _keys.Take("", own.Length > 0 ? own : row["name"], row.Line.ToString(CultureInfo.InvariantCulture));
        if (own.Length > 0) _keyOf[own] = key;
        _keyOf.TryAdd(row["name"], key);
        return key;
    }

    private InventoryItem Linked(InventoryItem item, ILookup<string, string> related) => item is not InventoryItem.Asset asset ? item : asset with
    {
        DependsOn = asset.DependsOn.Select(Known).Concat(related[asset.Key]).Distinct().ToValueList(),
        RedundantWith = asset.RedundantWith.Select(Known).ToValueList(),
        Needs = asset.Needs.Select(group => group with { Of = group.Of.Select(Known).ToValueList() }).ToValueList(),
    };

    private string Known(string name) => _keyOf.GetValueOrDefault(name, name);

    private static string Origin(InventoryItem item) => item is InventoryItem.Asset asset ? asset.What : item.Kind.ToString().ToLowerInvariant();

    /// <summary>A relationship such as <c>Depends on::Used by</c> is read from the parent; one that contains is read from the child.</summary>
    private static (string? From, string? To) Depends((string Parent, string Type, string Child) relation) =>
        relation.Type.Split("::")[0].Trim().ToLowerInvariant() switch
        {
            "contains" or "hosts" or "runs" or "provides" or "used by" or "manages" or "sends data to" => (relation.Child, relation.Parent),
            "connects to" or "connected by" or "" => (null, null),
            _ => (relation.Parent, relation.Child),
        };

    private IEnumerable<TableRow> Rows(ExportFile file) => file.Text.AsSpan().TrimStart('\uFEFF').TrimStart() switch
    {
        ['{' or '[', ..] => Records(file, Json(file)),
        ['<', ..] => Records(file, Xml(file)),
        _ => Table(file),
    };

    private IEnumerable<TableRow> Table(ExportFile file)
    {
        using var table = new DelimitedRows(new MemoryStream(Encoding.UTF8.GetBytes(file.Text)), file.Name);
        string[] header = [.. table.Columns.Names];
        if (Relations(header) is var (parent, type, child))
        {
            foreach (var row in table.Read()) Relate(place => row.Values[place]?.Trim() ?? "", parent, type, child);
            yield break;
        }

        var columns = Bind(file, header);
        foreach (var row in table.Read())
        {
            if (row.Trouble is { } trouble) _findings.Add(Finding.Error($"{file.Name}, line {row.Line}", "import.row", trouble, row.Line));
            else yield return columns.Row(file.Name, row.Line, place => row.Values[place]?.Trim() ?? "");
        }
    }

    private IEnumerable<TableRow> Records(ExportFile file, List<Dictionary<string, string>> records)
    {
        var header = records.SelectMany(one => one.Keys).Distinct().ToArray();
        if (header.Length == 0) yield break;
        if (Relations(header) is var (parent, type, child))
        {
            foreach (var record in records) Relate(place => record.GetValueOrDefault(header[place], ""), parent, type, child);
            yield break;
        }

        var columns = Bind(file, header);
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            yield return columns.Row(file.Name, i + 1, place => record.GetValueOrDefault(header[place], ""));
        }
    }

    private TableColumns Bind(ExportFile file, string[] header)
    {
        var columns = new TableColumns(file.Name, header, _options);
        foreach (var (field, column) in columns.Mapping) _mapping.TryAdd(field, column);
        return columns;
    }

    private static (int Parent, int Type, int Child)? Relations(string[] header)
    {
        var places = new[] { "parent", "type", "child" }.Select(name => Array.FindIndex(header,
            column => string.Equals(column.Trim(), name, StringComparison.OrdinalIgnoreCase))).ToArray();
        return places.All(place => place >= 0) ? (places[0], places[1], places[2]) : null;
    }

    private void Relate(Func<int, string> cell, int parent, int type, int child)
    {
        _read++;
        if (cell(parent).Length > 0 && cell(child).Length > 0) _relations.Add((cell(parent), cell(type), cell(child)));
    }

    private static List<Dictionary<string, string>> Json(ExportFile file)
    {
        try
        {
            var root = JsonNode.Parse(file.Text);
            return [.. (root as JsonArray ?? root?["records"] as JsonArray ?? root?["result"] as JsonArray ?? root?["data"] as JsonArray ?? [])
                .OfType<JsonObject>().Select(one => one.ToDictionary(pair => pair.Key, pair => Text(pair.Value), StringComparer.Ordinal))];
        }
        catch (JsonException broken)
        {
            throw new BadInputException([Finding.Error(file.Name, "json.invalid", $"expected JSON: {broken.Message}", (int?)broken.LineNumber + 1)]);
        }
    }

    /// <summary>Records of an XML export: one element each, named by its class.</summary>
    private static List<Dictionary<string, string>> Xml(ExportFile file)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(file.Text.TrimStart('\uFEFF')),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return [.. XDocument.Load(reader).Root!.Elements().Where(one => one.HasElements).Select(one =>
            {
                var record = one.Elements().GroupBy(field => field.Name.LocalName).ToDictionary(
                    field => field.Key, field => field.First().Attribute("display_value")?.Value ?? field.First().Value.Trim(), StringComparer.Ordinal);
                record.TryAdd("sys_class_name", one.Name.LocalName);
                return record;
            })];
        }
        catch (XmlException broken)
        {
            throw new BadInputException([Finding.Error(file.Name, "xml.invalid", $"expected XML: {broken.Message}", broken.LineNumber)]);
        }
    }

    /// <summary>A reference of ServiceNow is an object whose <c>display_value</c> a person reads.</summary>
    private static string Text(JsonNode? node) => node switch
    {
        JsonValue value => value.ToString().Trim(),
        JsonObject reference => (reference["display_value"] ?? reference["value"])?.ToString() ?? "",
        _ => "",
    };
}
