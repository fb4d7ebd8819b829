using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Documentation;
using Entente.Formats.Tickets;
using Entente.Terms;

namespace Entente.Formats.Inventory;

/// <summary>Reads tables: CSV of any tool, and what ServiceNow (CMDB) and GLPI export, also as JSON records.</summary>
/// <remarks>Columns are guessed from the header by the words that the tools use, or told by a mapping from field to column.</remarks>
internal static class TableExport
{
    /// <summary>The fields that a column can fill, each with the names that columns have for it.</summary>
    private static readonly (string Field, string[] Names)[] _fields =
    [
        ("kind", ["kind"]), ("key", ["key", "id", "sys_id", "asset id", "asset_tag", "inventory number", "asset tag"]),
        ("name", ["name", "display_name", "title", "hostname", "asset", "asset name", "label"]),
        ("what", ["what", "type", "class", "sys_class_name", "asset type", "types", "category"]),
        ("owner", ["owner", "owned_by", "managed_by", "assigned_to", "technician in charge", "technician in charge of the hardware", "responsible", "user"]),
        ("lifecycle", ["lifecycle", "status", "install_status", "operational_status", "state"]),
        ("purchase", ["purchase", "cost", "purchase cost", "value"]), ("run", ["run", "monthly cost", "run cost"]),
        ("capacity", ["capacity", "ram", "memory"]), ("dependsOn", ["dependson", "depends on", "depends_on", "parent", "runs on"]),
        ("redundantWith", ["redundantwith", "redundant with", "redundant_with"]), ("measuredBy", ["measuredby", "measured by", "monitor"]),
        ("notes", ["notes", "description", "short_description", "comments", "comment"]),
    ];

    public static InventoryExport Read(string source, IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        List<Finding> findings = [];
        List<(int Line, string Key, InventoryItem.Asset Asset)> rows = [];
        Dictionary<string, string> keyOf = new(StringComparer.Ordinal);
        Keys keys = new();
        var read = 0;
        foreach (var (file, line, cells) in files.SelectMany(file => Rows(file, options, findings)))
        {
            read++;
            var name = cells.GetValueOrDefault("name", "");
            if (name.Length == 0)
            {
                findings.Add(Finding.Error($"{file}, line {line}, column name", "text.missing", "expected a name", line));
                continue;
            }

            var own = cells.GetValueOrDefault("key", "");
            var key = own.Length > 0 && TermRules.IsKey(own) ? own : keys.Take("", name, own.Length > 0 ? own : line.ToString(CultureInfo.InvariantCulture));
            if (own.Length > 0 && !keyOf.TryAdd(own, key))
            {
                findings.Add(Finding.Error($"{file}, line {line}, column key", "import.twice", $"'{own}' stands in the table twice", line));
                continue;
            }

            keyOf.TryAdd(name, key);
            if (Asset(file, line, key, cells, options, findings) is { } asset) rows.Add((line, key, asset));
        }

        var items = rows.DistinctBy(row => row.Key).Select(row => new ImportedItem(row.Line, row.Asset.What, row.Asset with
        {
            DependsOn = row.Asset.DependsOn.Select(to => keyOf.GetValueOrDefault(to, to)).ToValueList(),
            RedundantWith = row.Asset.RedundantWith.Select(to => keyOf.GetValueOrDefault(to, to)).ToValueList(),
        })).ToList();
        return new(source, read, items, [.. items.GroupBy(item => item.Origin).Select(kind => new ExportKind(kind.Key, kind.Count(), ExportUse.Item))],
            findings);
    }

    private static InventoryItem.Asset? Asset(
        string file, int line, string key, Dictionary<string, string> cells, ExportOptions options, List<Finding> findings)
    {
        var before = findings.Count;
        var asset = new InventoryItem.Asset
        {
            Key = key,
            Name = cells["name"],
            Side = options.Side,
            Owner = cells.GetValueOrDefault("owner", ""),
            Notes = cells.GetValueOrDefault("notes", ""),
            What = cells.GetValueOrDefault("what", "") is { Length: > 0 } what ? what : "asset",
            Lifecycle = LifecycleOf(cells.GetValueOrDefault("lifecycle", "")),
            Purchase = Value<Money>("purchase"),
            Run = Value<Money>("run"),
            Capacity = Value<Quantity>("capacity"),
            DependsOn = List("dependsOn"),
            RedundantWith = List("redundantWith"),
            MeasuredBy = List("measuredBy"),
        };
        foreach (var wrong in InventoryRules.Validate(asset, "row"))
            findings.Add(wrong with { Path = $"{file}, line {line}, column {wrong.Path["row.".Length..]}", Line = line });
        return findings.Skip(before).Any(finding => finding.Severity == Severity.Error) ? null : asset;

        T? Value<T>(string field)
            where T : struct, ITextual<T>
        {
            if (cells.GetValueOrDefault(field, "") is not { Length: > 0 } text || text is "0" or "-") return null;
            if (T.TryParse(text, out var value)) return value;
            findings.Add(Finding.Error($"{file}, line {line}, column {field}", "import.value", $"expected {T.Expected}, found '{text}'", line));
            return null;
        }

        ValueList<string> List(string field) => cells.GetValueOrDefault(field, "")
            .Split([',', ';', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToValueList();
    }

    private static IEnumerable<(string File, int Line, Dictionary<string, string> Cells)> Rows(
        ExportFile file, ExportOptions options, List<Finding> findings) =>
        file.Text.AsSpan().TrimStart('\uFEFF').TrimStart() is ['{' or '[', ..] ? Records(file, options) : Table(file, options, findings);

    private static IEnumerable<(string File, int Line, Dictionary<string, string> Cells)> Table(ExportFile file, ExportOptions options, List<Finding> findings)
    {
        using var table = new DelimitedRows(new MemoryStream(Encoding.UTF8.GetBytes(file.Text)), file.Name);
        var places = Bind(file.Name, [.. table.Columns.Names], options);
        foreach (var row in table.Read())
        {
            if (row.Trouble is { } trouble) findings.Add(Finding.Error($"{file.Name}, line {row.Line}", "import.row", trouble, row.Line));
            else yield return (file.Name, row.Line, places.ToDictionary(
                pair => pair.Key, pair => row.Values[pair.Value]?.Trim() ?? "", StringComparer.Ordinal));
        }
    }

    private static IEnumerable<(string File, int Line, Dictionary<string, string> Cells)> Records(ExportFile file, ExportOptions options)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(file.Text);
        }
        catch (JsonException broken)
        {
            throw new BadInputException([Finding.Error(file.Name, "json.invalid", $"expected JSON: {broken.Message}", (int?)broken.LineNumber + 1)]);
        }

        var records = (root as JsonArray ?? root?["records"] as JsonArray ?? root?["result"] as JsonArray ?? root?["data"] as JsonArray ?? [])
            .OfType<JsonObject>().ToList();
        var header = records.SelectMany(one => one.Select(pair => pair.Key)).Distinct().ToArray();
        var places = Bind(file.Name, header, options);
        for (var i = 0; i < records.Count; i++)
            yield return (file.Name, i + 1, places.ToDictionary(pair => pair.Key, pair => Text(records[i][header[pair.Value]]), StringComparer.Ordinal));
    }

    /// <summary>A reference of ServiceNow is an object whose <c>display_value</c> a person reads.</summary>
    private static string Text(JsonNode? node) => node switch
    {
        JsonValue value => value.ToString().Trim(),
        JsonObject reference => (reference["display_value"] ?? reference["value"])?.ToString() ?? "",
        _ => "",
    };

    private static Dictionary<string, int> Bind(string file, string[] header, ExportOptions options)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (var (field, column) in options.Columns ?? new Dictionary<string, string>())
        {
            if (_fields.All(known => known.Field != field))
                throw new BadInputException($"mapping.{field}", "import.mapping", $"expected one of {string.Join(", ", _fields.Select(known => known.Field))}");
            var place = Array.FindIndex(header, name => string.Equals(name.Trim(), column, StringComparison.OrdinalIgnoreCase));
            places[field] = place >= 0 ? place
                : throw new BadInputException($"mapping.{field}", "import.mapping", $"{file} has no column '{column}'; it has {string.Join(", ", header)}");
        }

        foreach (var (field, names) in _fields)
        {
            if (places.ContainsKey(field)) continue;
            var place = names.Select(name => Array.FindIndex(header, column => string.Equals(column.Trim(), name, StringComparison.OrdinalIgnoreCase)))
                .FirstOrDefault(found => found >= 0 && !places.ContainsValue(found), -1);
            if (place >= 0) places[field] = place;
        }

        return places.ContainsKey("name") ? places
            : throw new BadInputException(file, "import.name", $"no column tells the name; map one of {string.Join(", ", header)} to 'name'");
    }

    private static Lifecycle LifecycleOf(string status) => status.ToLowerInvariant() switch
    {
        "planned" or "on order" or "ordered" or "in stock" or "stock" or "pending install" or "2" or "6" => Lifecycle.Planned,
        "retiring" or "to be retired" or "end of life" => Lifecycle.Retiring,
        "retired" or "absent" or "disposed" or "decommissioned" or "7" => Lifecycle.Retired,
        _ => Lifecycle.InUse,
    };
}
