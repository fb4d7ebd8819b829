using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>
/// Finds the columns that a mapping means; case, blanks, underlines and a table's prefix make no difference.
/// </summary>
public static class ColumnNames
{
    /// <summary>
    /// The places of a role's columns: one, or several that belong together; empty where none exists.
    /// </summary>
    public static int[] Find(TicketColumns columns, string role)
    {
        foreach (var alternative in role.Split('|',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = alternative.Split(" + ", StringSplitOptions.TrimEntries).Select(part => FindOne(columns, part))
                .ToArray();
            if (parts.Length > 0 && parts.All(part => part is not null)) return [.. parts.Select(part => part!.Value)];
        }

        return [];
    }

    public static int? FindOne(TicketColumns columns, string name)
    {
        if (columns.Find(name) is { } exact) return exact;
        var plain = Plain(name);
        for (var place = 0; place < columns.Names.Count; place++)
            if (Plain(columns.Names[place]) == plain) return place;
        return null;
    }

    /// <summary>The column of this name, or a refusal that lists the columns there are.</summary>
    public static string Get(TicketColumns columns, string name, string wanted) =>
        FindOne(columns, name) is { } place ? columns.Names[place] : throw Unknown(columns, name, wanted);

    public static BadInputException Unknown(TicketColumns columns, string name, string wanted) =>
        new(wanted, "ticket.column",
        $"There is no column '{name}'. The log has: {string.Join(", ", columns.Names)}.");

    /// <summary>Small letters and digits only, without a prefix such as <c>incident.</c>.</summary>
    public static string Plain(string name)
    {
        if (name.StartsWith("incident.", StringComparison.OrdinalIgnoreCase)) name = name["incident.".Length..];
        return new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
    }
}
