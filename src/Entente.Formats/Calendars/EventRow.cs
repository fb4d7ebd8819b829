using System.Globalization;
using Entente.ServiceTime.Clocks;

namespace Entente.Formats.Calendars;

/// <summary>One row of an event log before it is understood.</summary>
internal sealed class EventRow
{
    public string? Case { get; private set; }

    public string? At { get; private set; }

    public string? Event { get; private set; }

    public long? Sequence { get; private set; }

    public string? Due { get; private set; }

    public string? Approver { get; private set; }

    public string? Clock { get; private set; }

    public string? Reason { get; private set; }

    public List<FieldChange> Changes { get; } = [];

    /// <summary>Takes a column that has a meaning of its own; false for a field of the case.</summary>
    public bool Take(string column, string? value)
    {
        switch (column)
        {
            case "case": Case = value; return true;
            case "at": At = value; return true;
            case "event": Event = string.IsNullOrWhiteSpace(value) ? null : value; return true;
            case "sequence":
                Sequence = long.TryParse(value, CultureInfo.InvariantCulture, out var n) ? n
                : null; return true;
            case "due": Due = value; return true;
            case "approver": Approver = value; return true;
            case "clock": Clock = value; return true;
            case "reason": Reason = value; return true;
            default: return false;
        }
    }
}

/// <summary>The heading of a CSV event log.</summary>
internal sealed class EventColumns(string[] names)
{
    private readonly int _field = Array.IndexOf(names, "value") >= 0 ? Array.IndexOf(names, "field") : -1;
    private readonly int _value = Array.IndexOf(names, "field") >= 0 ? Array.IndexOf(names, "value") : -1;

    public string? Problem => names.Contains("case") && names.Contains("at") ? null
        : "Expected the columns case and at, with event, field and value, or one column a field; found "
            + $"{string.Join(", ", names)}.";

    public EventRow Row(CsvRow cells)
    {
        var row = new EventRow();
        for (var i = 0; i < names.Length && i < cells.Count; i++)
        {
            if (i == _field || i == _value) continue;
            var cell = cells[i];
            if (!row.Take(names[i], cell) && cell.Length > 0)
                row.Changes.Add(new(names[i], cell == EventLog.Cleared ? null : cell));
        }

        if (_field >= 0 && _value >= 0 && _value < cells.Count && cells[_field] is { Length: > 0 } field)
            row.Changes.Add(new(field, cells[_value] is "" or EventLog.Cleared ? null : cells[_value]));
        return row;
    }
}
