using System.Text.RegularExpressions;
using Entente.Formats.Spreadsheets;

namespace Entente.Formats.Inventory;

/// <summary>Which column of a table fills which field: told by hand, or found by the names that tools give their columns.</summary>
internal sealed class TableColumns
{
    /// <summary>The fields that a column can fill, each with the names that columns have for it, in the tools' languages.</summary>
    private static readonly (string Field, string[] Names)[] _fields =
    [
        ("kind", ["kind"]),
        ("key", ["key", "sys_id", "sys id", "id", "asset id", "asset_tag", "asset tag", "otherserial", "inventory number", "numéro d'inventaire",
            "inventarnummer"]),
        ("name", ["name", "display_name", "display name", "title", "hostname", "host name", "asset", "asset name", "label", "nom", "nombre",
            "nome", "bezeichnung"]),
        ("what", ["what", "computertypes_id", "type", "class", "sys_class_name", "asset type", "item type", "types", "typ", "tipo", "*types_id",
            "itemtype", "category"]),
        ("owner", ["owner", "owned_by", "owned by", "managed_by", "managed by", "support_group", "support group", "groups_id_tech", "group_tech",
            "users_id_tech", "user_tech", "assigned_to", "assigned to", "technician in charge", "technician in charge of the hardware",
            "group in charge", "group in charge of the hardware", "technicien responsable", "groupe responsable", "verantwortlich",
            "zuständig", "responsible", "users_id", "user", "users", "usager", "utilisateur", "benutzer", "usuario", "groups_id", "group",
            "contact", "alternate username"]),
        ("lifecycle", ["lifecycle", "install_status", "install status", "status", "operational_status", "operational status", "states_id",
            "state", "statut", "estado"]),
        ("purchase", ["purchase", "cost", "purchase cost", "value"]), ("run", ["run", "monthly cost", "run cost"]),
        ("perUnit", ["perunit", "cost per unit"]),
        ("currency", ["currency", "cost_cc", "cost currency"]),
        ("capacity", ["capacity", "ram", "memory"]),
        ("dependsOn", ["dependson", "depends on", "depends_on", "parent", "runs on", "hosted on"]),
        ("redundantWith", ["redundantwith", "redundant with", "redundant_with"]),
        ("needs", ["needs", "k of n", "needs some of"]),
        ("measuredBy", ["measuredby", "measured by", "monitor"]),
        ("team", ["team", "isteam"]), ("skills", ["skills", "skill"]), ("shift", ["shift", "working hours"]),
        ("hoursPerWeek", ["hoursperweek", "hours per week", "capacity hours"]),
        ("maturity", ["maturity", "maturity level"]), ("evidence", ["evidence"]),
        ("horizon", ["horizon", "term"]), ("measure", ["measure", "kpi"]), ("due", ["due", "date", "due date", "target date"]),
        ("notes", ["notes", "description", "short_description", "short description", "comments", "comment", "commentaires", "kommentare",
            "comentarios"]),
    ];

    private readonly TableFile _file;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public TableColumns(TableFile file, ExportOptions options)
    {
        _file = file;
        foreach (var (field, column) in options.Columns ?? new Dictionary<string, string>())
        {
            if (column.Length > 0 && file.Place(column) is var place and >= 0) _places[field] = place;
        }

        foreach (var (field, names) in _fields)
        {
            if (_places.ContainsKey(field) || options.Columns?.GetValueOrDefault(field) is "") continue;
            if (Guess(names) is { } place) _places[field] = place;
        }
    }

    public static IEnumerable<string> Fields => _fields.Select(known => known.Field);

    public bool TellsName => _places.ContainsKey("name");

    /// <exception cref="BadInputException">A mapping names no field, or a column that no file has.</exception>
    public static void Check(IReadOnlyList<TableFile> files, ExportOptions options)
    {
        foreach (var (field, column) in options.Columns ?? new Dictionary<string, string>())
        {
            if (_fields.All(known => known.Field != field))
                throw new BadInputException($"mapping.{field}", "import.mapping", $"expected one of {string.Join(", ", Fields)}");
            if (column.Length > 0 && files.All(file => file.Place(column) < 0))
                throw new BadInputException($"mapping.{field}", "import.mapping",
                    $"{files[0].Name} has no column '{column}'; it has {string.Join(", ", files.SelectMany(file => file.Header).Distinct())}");
        }
    }

    public IEnumerable<ExportColumn> Columns => _file.Header.Select((name, place) => new ExportColumn(
        name, [.. _places.Where(pair => pair.Value == place).Select(pair => pair.Key)], _file.Samples(place)));

    public TableRow Row(TableLine line) => new(_file.Name, _file.At(line.Number), line.Number,
        _places.ToDictionary(pair => pair.Key, pair => line[pair.Value], StringComparer.Ordinal),
        _places.ToDictionary(pair => pair.Key, pair => _file.Header[pair.Value], StringComparer.Ordinal));

    /// <remarks>A tool's API answers every column there is: one that holds nothing gives way to the next that does.</remarks>
    private int? Guess(string[] names)
    {
        List<int> free = [.. names.SelectMany(Called).Where(place => !_places.ContainsValue(place)).Distinct()];
        return free.Count == 0 ? null : free.Where(_file.IsFilled).Append(free[0]).First();
    }

    private IEnumerable<int> Called(string name) => name[0] != '*' ? new[] { _file.Place(name) }.Where(place => place >= 0)
        : Enumerable.Range(0, _file.Header.Length).Where(place => _file.Header[place].EndsWith(name[1..], StringComparison.Ordinal));
}

/// <summary>One row of a table by field, and where it stands.</summary>
internal sealed partial record TableRow(
    string File, string Place, int Line, IReadOnlyDictionary<string, TableCell> Cells, IReadOnlyDictionary<string,
        string> Headers)
{
    public string this[string field] => Cells.GetValueOrDefault(field).Text;

    /// <summary>The column as the file names it.</summary>
    public string Header(string field) => Headers.GetValueOrDefault(field, field);

    public Finding Wrong(string field, string rule, string message) =>
        Finding.Error($"{Place}, column {Header(field)}", rule, message, Line);

    /// <summary>A cell that is to fill a field and shows that its formula failed.</summary>
    public Finding? Broken() => Cells.FirstOrDefault(cell =>
        CellErrors.Of(cell.Value.Text) is not null) is { Key: { } field } found
        ? Wrong(field, "import.formula", CellErrors.Of(found.Value.Text)!) : null;

    /// <summary>A list in one cell, apart by semicolons, bars, line breaks or commas; one reference by its number.</summary>
    public ValueList<string> List(string field) => Cells.GetValueOrDefault(field) is { Id.Length: > 0 } reference ? [reference.Id]
        : ListPattern().Matches(this[field]).Select(match => match.Value.Trim()).Where(text => text.Length > 0).Distinct().ToValueList();

    /// <remarks>What stands in braces or quotation marks stays together: a series is <c>up{instance="a",job="b"}</c>.</remarks>
    [GeneratedRegex("(?:\\{[^}]*\\}|\"[^\"]*\"|[^,;|\n])+", RegexOptions.CultureInvariant)]
    private static partial Regex ListPattern();
}
