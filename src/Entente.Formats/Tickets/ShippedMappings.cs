using System.Reflection;
using Entente.Monitoring;

namespace Entente.Formats.Tickets;

/// <summary>
/// The mappings that come with the program: ServiceNow, Jira, Zammad, GLPI, iTop, XES and Entente's own.
/// </summary>
public static class ShippedMappings
{
    private const string Folder = "Entente.Formats.Tickets.Mappings.";

    public static IReadOnlyList<TicketMapping> All { get; } = Load();

    public static TicketMapping? Find(string name) => All.FirstOrDefault(mapping => mapping.Name == name);

    /// <summary>
    /// The shipped mapping whose telling columns all exist; of several the one that uses most columns.
    /// </summary>
    /// <remarks>
    /// Events of our own keep the columns of the tool they came from; their first three columns tell them.
    /// </remarks>
    public static TicketMapping? Recognise(TicketColumns columns) =>
        columns.Names.Take(3).SequenceEqual(["case", "at", "event"]) ? Find("entente")
        : All.Where(mapping => mapping.RecognisedBy.Count > 0
            && mapping.RecognisedBy.All(role => Finds(mapping, role, columns)))
            .MaxBy(mapping => mapping.Roles().Count(role => ColumnNames.Find(columns, role.Column).Length > 0));

    private static bool Finds(TicketMapping mapping, string role, TicketColumns columns) =>
        mapping.Roles().FirstOrDefault(named => named.Role == role).Column is { } column
        && ColumnNames.Find(columns, column).Length > 0;

    private static TicketMapping[] Load()
    {
        var here = Assembly.GetExecutingAssembly();
        return [.. here.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order()
            .Select(name => TicketMapping.Parse(new StreamReader(here.GetManifestResourceStream(name)!).ReadToEnd(),
                name))];
    }
}
