using System.Globalization;
using Entente.Documentation;
using Entente.Terms;

namespace Entente.Formats.Inventory;

/// <summary>Reads tables: CSV of any tool, and what ServiceNow (CMDB) and GLPI export, also as JSON or XML records.</summary>
/// <remarks>
/// A row is an asset unless its column <c>kind</c> says person, team, practice or goal. A row of parent, type and child
/// tells a connection of what other rows hold, as ServiceNow's relationships do.
/// </remarks>
internal sealed class TableExport
{
    private readonly ExportOptions _options;
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<InventoryKind, Keys> _keys = Enum.GetValues<InventoryKind>().ToDictionary(kind => kind, _ => new Keys());
    private readonly Dictionary<string, string> _keyOf = new(StringComparer.Ordinal);
    private readonly Dictionary<(InventoryKind, string), string> _fileOf = [];
    private readonly List<(string Parent, string Type, string Child)> _relations = [];
    private readonly List<ExportColumn> _columns = [];
    private int _read;
    private int _binned;

    private TableExport(ExportOptions options) => _options = options;

    public static InventoryExport Read(string source, IReadOnlyList<ExportFile> files, ExportOptions options) =>
        new TableExport(options).Read(source, [.. files.Select(file => TableFile.Read(file, options.Sheet))]);

    private InventoryExport Read(string source, IReadOnlyList<TableFile> files)
    {
        TableColumns.Check(files, _options);
        TableItems items = new(_options, _findings);
        List<(TableRow Row, InventoryItem Item)> rows = [];
        _findings.AddRange(files.SelectMany(file => file.Notes));
        foreach (var row in files.SelectMany(Rows))
        {
            if (Key(row, items.KindOf(row)) is { } key && items.Of(row, key) is { } item) rows.Add((row, item));
        }

        var related = _relations.Select(Depends).Where(pair => pair.From is not null)
            .ToLookup(pair => Known(pair.From!), pair => Known(pair.To!), StringComparer.Ordinal);
        List<ImportedItem> imported = [.. rows.Select(one => new ImportedItem(
            one.Row.Line, TableItems.Origin(one.Row), Linked(one.Item, related),
                one.Row["lifecycle"]) { Place = one.Row.Place })];
        List<ExportKind> kinds = [.. imported.GroupBy(item => item.Origin).OrderByDescending(kind => kind.Count())
            .ThenBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => new ExportKind(kind.Key, kind.Count(), ExportUse.Item))];
        if (_relations.Count > 0) kinds.Add(new("relationship", _relations.Count, ExportUse.Detail));
        if (_binned > 0) kinds.Add(new("deleted there, or a template", _binned, ExportUse.Bookkeeping));
        return new(source, _read, imported, kinds, _findings)
        {
            Columns = _columns,
            Sheets = [.. files.SelectMany(file => file.Sheets)]
        };
    }

    /// <summary>The tool's own number makes the key, so that a renamed asset is the same asset; else the name does.</summary>
    /// <remarks>GLPI counts each class from one: the same number in another file is another object.</remarks>
    private string? Key(TableRow row, InventoryKind kind)
    {
        if (row["name"].Length == 0)
        {
            _findings.Add(row.Wrong("name", "text.missing", "expected a name"));
            return null;
        }

        var own = row["key"];
        if (own.Length > 0 && _fileOf.TryGetValue((kind, own), out var file))
        {
            if (file != row.File && own.All(char.IsAsciiDigit))
                return _keys[kind].Take(Path.GetFileNameWithoutExtension(row.File), own, row.Line.ToString(CultureInfo.InvariantCulture));
            _findings.Add(row.Wrong("key", "import.twice", $"'{own}' stands in the table twice"));
            return null;
        }

        var key = TermRules.IsKey(own) && _keys[kind].Claim(own) ? own
            : _keys[kind].Take("", own.Length > 0 ? own : row["name"], row.Line.ToString(CultureInfo.InvariantCulture));
        if (own.Length > 0) _fileOf[(kind, own)] = row.File;
        if (kind is not InventoryKind.Asset) return key;
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

    /// <summary>A relationship such as <c>Depends on::Used by</c> is read from the parent; one that contains is read from the child.</summary>
    /// <remarks>Asked without words, ServiceNow names the type by the number that it has in every instance.</remarks>
    private static (string? From, string? To) Depends((string Parent, string Type, string Child) relation) =>
        relation.Type.Split("::")[0].Trim().ToLowerInvariant() switch
        {
            "contains" or "hosts" or "runs" or "provides" or "used by" or "manages" or "sends data to" or "feeds" or "powers"
                or "55c95bf6c0a8010e0118ec7056ebc54d" => (relation.Child, relation.Parent),
            "connects to" or "connected by" or "exchanges data with" or "owns" or "" => (null, null),
            _ => (relation.Parent, relation.Child),
        };

    private IEnumerable<TableRow> Rows(TableFile file)
    {
        var (parent, type, child) = (file.Place("parent"), file.Place("type"), file.Place("child"));
        var isRelated = parent >= 0 && type >= 0 && child >= 0;
        var name = file.Place("name");
        List<TableLine> lines = [];
        foreach (var line in file.Lines)
        {
            _read++;
            if (!isRelated || (name >= 0 && line[name].Text.Length > 0)) lines.Add(line);
            else if (Name(line[parent]) is { Length: > 0 } from && Name(line[child]) is { Length: > 0 } to)
                _relations.Add((from, line[type].Text, to));
        }

        return lines.Count == 0 && isRelated ? [] : Bound(file with { Lines = lines });
    }

    private List<TableRow> Bound(TableFile file)
    {
        TableColumns columns = new(file, _options);
        foreach (var column in columns.Columns)
        {
            var place = _columns.FindIndex(known => string.Equals(known.Name, column.Name, StringComparison.OrdinalIgnoreCase));
            if (place < 0) _columns.Add(column);
            else if (_columns[place].Samples.Count == 0) _columns[place] = _columns[place] with { Samples = column.Samples };
        }

        if (!columns.TellsName)
        {
            _findings.Add(Finding.Error(file.Name, "import.name",
                $"no column tells the name; map one of {string.Join(", ", file.Header)} to 'name'"));
            return [];
        }

        List<TableRow> rows = [];
        var bins = new[] { "is_deleted", "is_template" }.Select(file.Place).Where(place => place >= 0).ToList();
        foreach (var line in file.Lines)
        {
            if (line.Trouble is { } trouble)
                _findings.Add(Finding.Error(file.At(line.Number), "import.row", trouble, line.Number));
            else if (bins.Any(place => line[place].Text is "1" or "true" or "True" or "TRUE")) _binned++;
            else if (columns.Row(line) is var row && row.Broken() is { } broken) _findings.Add(broken);
            else rows.Add(row);
        }

        return rows;
    }

    private static string Name(TableCell cell) => cell.Id.Length > 0 ? cell.Id : cell.Text;
}
