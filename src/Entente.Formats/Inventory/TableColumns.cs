namespace Entente.Formats.Inventory;

/// <summary>Which column of a table fills which field: told by hand, or found by the names that tools give their columns.</summary>
internal sealed class TableColumns
{
    /// <summary>The fields that a column can fill, each with the names that columns have for it.</summary>
    private static readonly (string Field, string[] Names)[] _fields =
    [
        ("kind", ["kind"]), ("key", ["key", "sys_id", "sys id", "id", "asset id", "asset_tag", "asset tag", "inventory number"]),
        ("name", ["name", "display_name", "display name", "title", "hostname", "host name", "asset", "asset name", "label"]),
        ("what", ["what", "type", "class", "sys_class_name", "asset type", "item type", "types", "category"]),
        ("owner", ["owner", "owned_by", "owned by", "managed_by", "managed by", "support_group", "support group", "assigned_to", "assigned to",
            "technician in charge", "technician in charge of the hardware", "group in charge", "responsible", "user", "users"]),
        ("lifecycle", ["lifecycle", "install_status", "install status", "status", "operational_status", "operational status", "state"]),
        ("purchase", ["purchase", "cost", "purchase cost", "value"]), ("run", ["run", "monthly cost", "run cost"]), ("perUnit", ["perunit", "cost per unit"]),
        ("currency", ["currency", "cost_cc", "cost currency"]),
        ("capacity", ["capacity", "ram", "memory"]),
        ("dependsOn", ["dependson", "depends on", "depends_on", "parent", "runs on", "hosted on"]),
        ("redundantWith", ["redundantwith", "redundant with", "redundant_with"]), ("needs", ["needs", "k of n", "needs some of"]),
        ("measuredBy", ["measuredby", "measured by", "monitor"]),
        ("team", ["team", "isteam"]), ("skills", ["skills", "skill"]), ("shift", ["shift", "working hours"]),
        ("hoursPerWeek", ["hoursperweek", "hours per week", "capacity hours"]),
        ("maturity", ["maturity", "maturity level"]), ("evidence", ["evidence"]),
        ("horizon", ["horizon", "term"]), ("measure", ["measure", "kpi"]), ("due", ["due", "date", "due date", "target date"]),
        ("notes", ["notes", "description", "short_description", "short description", "comments", "comment"]),
    ];

    private readonly Dictionary<string, (int Place, string Header)> _places = new(StringComparer.Ordinal);

    /// <exception cref="BadInputException">A mapping names no field or no column, or no column tells the name.</exception>
    public TableColumns(string file, string[] header, ExportOptions options)
    {
        foreach (var (field, column) in options.Columns ?? new Dictionary<string, string>())
        {
            if (_fields.All(known => known.Field != field))
                throw new BadInputException($"mapping.{field}", "import.mapping", $"expected one of {string.Join(", ", Fields)}");
            var place = Find(header, column);
            _places[field] = place >= 0 ? (place, header[place])
                : throw new BadInputException($"mapping.{field}", "import.mapping", $"{file} has no column '{column}'; it has {string.Join(", ", header)}");
        }

        foreach (var (field, names) in _fields)
        {
            if (_places.ContainsKey(field)) continue;
            var place = names.Select(name => Find(header, name)).FirstOrDefault(found => found >= 0 && _places.Values.All(taken => taken.Place != found), -1);
            if (place >= 0) _places[field] = (place, header[place]);
        }

        if (!_places.ContainsKey("name"))
            throw new BadInputException(file, "import.name", $"no column tells the name; map one of {string.Join(", ", header)} to 'name'");
    }

    public static IEnumerable<string> Fields => _fields.Select(known => known.Field);

    /// <summary>Which column was taken for which field.</summary>
    public IReadOnlyDictionary<string, string> Mapping => _places.ToDictionary(pair => pair.Key, pair => pair.Value.Header, StringComparer.Ordinal);

    public TableRow Row(string file, int line, Func<int, string> cell) =>
        new(file, line, _places.ToDictionary(pair => pair.Key, pair => cell(pair.Value.Place), StringComparer.Ordinal), Mapping);

    private static int Find(string[] header, string name) =>
        Array.FindIndex(header, column => string.Equals(column.Trim(), name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One row of a table by field, and where it stands.</summary>
internal sealed record TableRow(string File, int Line, IReadOnlyDictionary<string, string> Cells, IReadOnlyDictionary<string, string> Headers)
{
    public string this[string field] => Cells.GetValueOrDefault(field, "");

    /// <summary>The column as the file names it.</summary>
    public string Header(string field) => Headers.GetValueOrDefault(field, field);

    public Finding Wrong(string field, string rule, string message) =>
        Finding.Error($"{File}, line {Line}, column {Header(field)}", rule, message, Line);

    /// <summary>A list in one cell, apart by semicolons, bars, line breaks or commas.</summary>
    public ValueList<string> List(string field) => this[field]
        .Split([',', ';', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToValueList();
}
