using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>A mapping whose columns were found in one log.</summary>
internal sealed class BoundMapping
{
    private readonly TicketMapping _mapping;
    private readonly HashSet<string> _missing;
    private readonly Dictionary<(string Role, string Code), string> _words = [];

    public BoundMapping(TicketMapping mapping, TicketColumns columns, bool isShipped)
    {
        _mapping = mapping;
        _missing = [.. mapping.Missing];
        Case = Bind(columns, "case", mapping.Case, isShipped: false);
        At = Bind(columns, "at", mapping.At, isShipped);
        State = Bind(columns, "state", mapping.State, isShipped);
        Event = Bind(columns, "event", mapping.Event, isShipped);
        IsMoment = Bind(columns, "isMoment", mapping.IsMoment, isShipped);
        Team = Bind(columns, "team", mapping.Team, isShipped);
        Actor = Bind(columns, "actor", mapping.Actor, isShipped);
        Priority = Bind(columns, "priority", mapping.Priority, isShipped);
        Impact = Bind(columns, "impact", mapping.Impact, isShipped);
        Urgency = Bind(columns, "urgency", mapping.Urgency, isShipped);
        Field = Bind(columns, "field", mapping.Field, isShipped);
        NewValue = Bind(columns, "newValue", mapping.NewValue, isShipped);
        Moments = [.. mapping.Moments.Select(moment =>
            (moment.Key, Bind(columns, "moments." + moment.Key, moment.Value, isShipped)))
            .Where(moment => moment.Item2.Length > 0).Select(moment => (moment.Key, moment.Item2[0]))];
        foreach (var role in mapping.Words)
            foreach (var word in role.Value) _words[(role.Key, word.Key)] = word.Value;
    }

    public int[] Case { get; }
    public int[] At { get; }
    public int[] State { get; }
    public int[] Event { get; }
    public int[] IsMoment { get; }
    public int[] Team { get; }
    public int[] Actor { get; }
    public int[] Priority { get; }
    public int[] Impact { get; }
    public int[] Urgency { get; }
    public int[] Field { get; }
    public int[] NewValue { get; }
    public (string Name, int Place)[] Moments { get; }

    public bool IsMissing(string? value) => value is null || _missing.Contains(value)
        || string.IsNullOrWhiteSpace(value);

    /// <summary>
    /// The value a role has in a row, in the mapping's words; columns that belong together are joined by a slash.
    /// </summary>
    public string? Read(string?[] values, int[] places, string role)
    {
        string? joined = null;
        foreach (var place in places)
        {
            if (place >= values.Length || IsMissing(values[place])) continue;
            joined = joined is null ? values[place] : $"{joined}/{values[place]}";
        }

        return joined is not null && _words.Count > 0 && _words.TryGetValue((role, joined), out var word) ? word
            : joined;
    }

    /// <summary>The role that a changed field plays, or null where it plays none.</summary>
    public string? RoleOf(string field) => _mapping.FieldRoles.TryGetValue(field, out var role) ? role : null;

    /// <remarks>
    /// A mapping of ours names what a tool may export; a mapping of the user's names what must be there.
    /// </remarks>
    private static int[] Bind(TicketColumns columns, string role, string? column, bool isShipped)
    {
        if (column is null) return [];
        var places = ColumnNames.Find(columns, column);
        return places.Length > 0 || isShipped ? places : throw ColumnNames.Unknown(columns, column, $"mapping, {role}");
    }
}
