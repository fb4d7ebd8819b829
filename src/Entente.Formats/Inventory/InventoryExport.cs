using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>One file of an export: its name tells the module where a tool spreads objects over several.</summary>
/// <param name="Binary">The bytes of what is no text: a workbook, or a file of a wrong kind.</param>
public sealed record ExportFile(string Name, string Text, byte[]? Binary = null)
{
    public static ExportFile Of(string name, byte[] content) =>
        FileKinds.Look(content) is null ? new(name, ExportTexts.Decode(content)) : new(name, "", content);
}

/// <summary>An object of an export as an item of the inventory.</summary>
/// <param name="Row">Where it stands: one-based line of a table, or the number of the object.</param>
/// <param name="Origin">What the tool calls it, such as <c>dcim.device</c>.</param>
/// <param name="Status">For an asset, the tool's own word for where it stands in its life.</param>
public sealed record ImportedItem(int Row, string Origin, InventoryItem Item, string Status = "")
{
    /// <summary>Where it stands, in words.</summary>
    public string Place { get; init; } = $"object {Row}";
}

/// <summary>What reading an export gave: items, and an account of everything that was read.</summary>
/// <param name="Source">The kind of export: csv, netbox, itop, backstage, kubernetes, prometheus, servicenow or glpi.</param>
/// <param name="ObjectsRead">How many objects or rows the files hold.</param>
/// <param name="Kinds">What became of each kind of object.</param>
public sealed record InventoryExport(string Source, int ObjectsRead, IReadOnlyList<ImportedItem> Items, IReadOnlyList<ExportKind> Kinds,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>For tables: every column, in the order of the files; one that fills no field was not understood.</summary>
    public IReadOnlyList<ExportColumn> Columns { get; init; } = [];

    /// <summary>The words that the export has for where assets stand in their life, the most frequent first.</summary>
    public IReadOnlyList<ExportStatus> Statuses { get; init; } = [];

    /// <summary>For workbooks: the sheets there are, and which of them was read.</summary>
    public IReadOnlyList<ExportSheet> Sheets { get; init; } = [];

    /// <summary>How many connections the items have among each other.</summary>
    public int Links => Items.Select(item => item.Item).OfType<InventoryItem.Asset>()
        .Sum(asset => asset.DependsOn.Count + asset.RedundantWith.Count + asset.Needs.Sum(group => group.Of.Count));
}

/// <summary>A word of the export for where an asset stands in its life, and what it is taken as.</summary>
public sealed record ExportStatus(string Word, int Count, Lifecycle Taken);

/// <summary>A sheet of a workbook.</summary>
public sealed record ExportSheet(string File, string Name, bool IsHidden, bool IsRead);

/// <summary>A column of a table: the fields that it fills, and the first values in it.</summary>
public sealed record ExportColumn(string Name, IReadOnlyList<string> Fields, IReadOnlyList<string> Samples);

/// <summary>What becomes of one kind of object in an export.</summary>
/// <param name="As">
/// Item: an item of its own. Detail: told by other items. Part: left out unless asked for. Bookkeeping: the tool's own.
/// </param>
/// <param name="Taken">What its objects become; nothing where there is no choice.</param>
public sealed record ExportKind(string Origin, int Count, ExportUse As, ExportChoice? Taken = null);

/// <summary>What an object of an export is good for.</summary>
public enum ExportUse { Item, Detail, Part, Bookkeeping }

/// <summary>What the objects of a kind are to become.</summary>
public enum ExportChoice { Asset, Person, Team, Practice, Goal, LeftOut }

/// <summary>How an export is to be read.</summary>
/// <param name="Source">The kind of export; none looks at the content.</param>
/// <param name="Columns">
/// For tables: which column fills which field. A field that is not named is guessed from the header; one named with
/// an empty column stays empty.
/// </param>
/// <param name="WithParts">Also takes parts such as interfaces and ports as items.</param>
/// <param name="Currency">For tables: the currency of amounts that name none.</param>
/// <param name="Kinds">What the objects of a kind become, where that is not what the tool's own kind suggests.</param>
/// <param name="Statuses">What the tool's words for the life of an asset mean, where that is not what is
/// guessed.</param>
/// <param name="Sheet">Of a workbook, the sheet to read; none takes the first one that has a header.</param>
public sealed record ExportOptions(
    string? Source = null, Side Side = Side.Provider, IReadOnlyDictionary<string, string>? Columns = null,
    bool WithParts = false, string? Currency = null, IReadOnlyDictionary<string, ExportChoice>? Kinds = null,
    IReadOnlyDictionary<string, Lifecycle>? Statuses = null, string? Sheet = null)
{
    /// <summary>What somebody said that a status means, if anybody did.</summary>
    internal Lifecycle? Meant(string status) => Statuses?.Where(pair =>
        string.Equals(pair.Key, status, StringComparison.OrdinalIgnoreCase))
        .Select(pair => (Lifecycle?)pair.Value).FirstOrDefault();

    /// <summary>What somebody chose for a kind, if anybody did.</summary>
    internal ExportChoice? Chosen(string origin) =>
        Kinds is not null && Kinds.TryGetValue(origin, out var choice) ? choice : null;

    /// <summary>Whether objects that are only parts or details of others are asked for as items.</summary>
    internal bool Wants(string origin) => Chosen(origin) is not (null or ExportChoice.LeftOut);
}

/// <summary>Reads exports of other tools into items of the inventory.</summary>
public static class InventoryExports
{
    public static IReadOnlyList<string> Sources { get; } = ["csv", "netbox", "itop", "backstage", "kubernetes", "prometheus", "servicenow", "glpi"];

    /// <summary>The fields of an item that a column of a table can fill.</summary>
    public static IEnumerable<string> Fields => TableColumns.Fields;

    /// <exception cref="BadInputException">The files are of no known kind, or of another than was said.</exception>
    public static InventoryExport Read(IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        if (files.Count == 0) throw new BadInputException("file", "import.empty", "expected at least one file");
        if (options.Source is { } said && !Sources.Contains(said))
            throw new BadInputException("source", "import.source", $"expected one of {string.Join(", ", Sources)}, found '{said}'");
        var looks = files.Select(file => ExportKinds.Look(file, options.Sheet)).ToList();
        var source = options.Source ?? looks.FirstOrDefault(Sources.Contains) ?? throw Unknown(files[0].Name, looks[0]);
        var strangers = files.Zip(looks).Where(pair => !ExportKinds.Fits(source, pair.Second)).ToList();
        if (strangers.Count == files.Count)
            throw new BadInputException(files[0].Name, "import.kind",
                $"expected {ExportKinds.Words(source)}, but this looks like {ExportKinds.Words(looks[0])}");
        files = [.. files.Except(strangers.Select(pair => pair.First))];
        var export = source switch
        {
            "netbox" => NetBoxExport.Read(files, options),
            "itop" => ItopExport.Read(files, options),
            "backstage" => BackstageExport.Read(files, options),
            "kubernetes" => KubernetesExport.Read(files, options),
            "prometheus" => PrometheusTargets.Read(files, options),
            _ => TableExport.Read(source, files, options),
        };
        return ImportedLinks.Settle(ExportChoices.Apply(export, options) with
        {
            Findings =
            [
                .. strangers.Select(pair => Finding.Warning(pair.First.Name, "import.kind",
                    $"This looks like {ExportKinds.Words(pair.Second)} and not like {ExportKinds.Words(source)}; "
                    + "the file is left out.")),
                .. export.Findings,
            ],
        });
    }

    private static BadInputException Unknown(string file, string? look) => new(file, "import.kind", look is null
        ? $"this looks like none of the exports that can be read ({string.Join(", ", Sources)}, tables also as .xlsx); "
            + "a table needs a first line that names at least two columns, apart by comma, semicolon, tab or bar"
        : $"this looks like {ExportKinds.Words(look)}; "
            + $"the exports that can be read are {string.Join(", ", Sources)}, tables also as .xlsx");
}
