using System.Diagnostics.CodeAnalysis;

namespace Entente.Monitoring;

/// <summary>
/// The columns of a ticket log in the order they were met; a tree-shaped log may add some on the way.
/// </summary>
public sealed class TicketColumns
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Names => _names;

    public int? Find(string name) => _places.TryGetValue(name, out var place) ? place : null;

    /// <summary>The place of a column, which is added where it is new.</summary>
    public int Place(string name)
    {
        if (_places.TryGetValue(name, out var place)) return place;
        _places.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }
}

/// <summary>One row of a ticket log as it was written; a missing value is absent.</summary>
public sealed class TicketFields(TicketColumns columns, string?[] values)
{
    public string? this[int place] => place < values.Length ? values[place] : null;

    public string? this[string column] => columns.Find(column) is { } place ? this[place] : null;

    public IEnumerable<KeyValuePair<string, string>> Present =>
        values.Select((value, place) => (value, place))
            .Where(cell => cell.value is not null)
            .Select(cell => KeyValuePair.Create(columns.Names[cell.place], cell.value!));

    /// <summary>What this row says that an earlier one of the same case did not.</summary>
    public IEnumerable<KeyValuePair<string, string>> ChangesSince(TicketFields? earlier) =>
        earlier is null ? Present : Present.Where(field => earlier[field.Key] != field.Value);

    public bool Has(string column, [NotNullWhen(true)] out string? value) => (value = this[column]) is not null;
}
