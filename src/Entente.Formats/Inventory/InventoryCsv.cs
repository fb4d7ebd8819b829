using System.Globalization;
using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>Writes items as the table that importing reads, so that a spreadsheet may edit them: the same items come back.</summary>
public static class InventoryCsv
{
    private static readonly string[] _fields =
    [
        "kind", "key", "name", "what", "owner", "lifecycle", "purchase", "run", "perUnit", "capacity", "dependsOn", "redundantWith", "needs",
        "measuredBy", "skills", "shift", "hoursPerWeek", "maturity", "evidence", "horizon", "measure", "due", "notes",
    ];

    public static string Write(IEnumerable<InventoryItem> items) =>
        string.Concat(items.Select(item => Line(_fields.Select(field => Value(item, field)))).Prepend(Line(_fields)));

    private static string Value(InventoryItem item, string field) => (field, item) switch
    {
        ("kind", InventoryItem.Person { IsTeam: true }) => "team",
        ("kind", _) => item.Kind.ToString().ToLowerInvariant(),
        ("key", _) => item.Key,
        ("name", _) => item.Name,
        ("owner", _) => item.Owner,
        ("notes", _) => item.Notes,
        (_, InventoryItem.Asset asset) => Value(asset, field),
        (_, InventoryItem.Person person) => field switch
        {
            "skills" => Lines(person.Skills),
            "shift" => person.Shift,
            "hoursPerWeek" => person.HoursPerWeek?.ToString(CultureInfo.InvariantCulture) ?? "",
            _ => "",
        },
        ("maturity", InventoryItem.Practice practice) => practice.Maturity.ToString(CultureInfo.InvariantCulture),
        ("evidence", InventoryItem.Practice practice) => practice.Evidence,
        ("horizon", InventoryItem.Goal goal) => goal.Horizon.ToString().ToLowerInvariant(),
        ("measure", InventoryItem.Goal goal) => goal.Measure,
        ("due", InventoryItem.Goal goal) => goal.Due?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "",
        _ => "",
    };

    private static string Value(InventoryItem.Asset asset, string field) => field switch
    {
        "what" => asset.What,
        "lifecycle" => asset.Lifecycle.ToString().ToLowerInvariant(),
        "purchase" => asset.Purchase?.ToString() ?? "",
        "run" => asset.Run?.ToString() ?? "",
        "perUnit" => asset.PerUnit?.ToString() ?? "",
        "capacity" => asset.Capacity?.ToString() ?? "",
        "dependsOn" => Lines(asset.DependsOn),
        "redundantWith" => Lines(asset.RedundantWith),
        "needs" => string.Join('\n', asset.Needs.Select(group => $"{group.K} of {string.Join(", ", group.Of)}")),
        "measuredBy" => Lines(asset.MeasuredBy),
        _ => "",
    };

    private static string Lines(ValueList<string> values) => string.Join('\n', values);

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <remarks>A spreadsheet takes a cell that begins like a formula for one; a blank before it is taken off again when it is read.</remarks>
    private static string Cell(string text) =>
        $"\"{(text is ['=' or '+' or '-' or '@', ..] ? " " : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
