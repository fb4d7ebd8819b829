using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>Makes of each kind of object what somebody chose for it, and says of each kind what it became.</summary>
internal static class ExportChoices
{
    public static InventoryExport Apply(InventoryExport export, ExportOptions options)
    {
        var natural = export.Items.GroupBy(one => one.Origin, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => Of(kind.First().Item), StringComparer.Ordinal);
        var gone = export.Items.Where(one => options.Chosen(one.Origin) is ExportChoice.LeftOut)
            .Select(one => one.Item.Key).ToHashSet(StringComparer.Ordinal);
        List<ImportedItem> taken = [.. export.Items.Where(one => options.Chosen(one.Origin) is not ExportChoice.LeftOut)
            .Select(one => one with { Item = Without(Meant(Become(one.Item, options.Chosen(one.Origin)), one.Status,
                options), gone) })];
        return export with
        {
            Items = taken,
            Statuses = [.. taken.Where(one => one is { Status.Length: > 0, Item: InventoryItem.Asset })
                .GroupBy(one => one.Status, StringComparer.OrdinalIgnoreCase)
                .Select(word => new ExportStatus(word.Key, word.Count(), ((InventoryItem.Asset)word.First().Item)
                    .Lifecycle))
                .OrderByDescending(word => word.Count).ThenBy(word => word.Word, StringComparer.Ordinal)],
            Kinds = [.. export.Kinds.Select(kind => kind with { Taken = Taken(kind, natural, options) })],
        };
    }

    private static InventoryItem Meant(InventoryItem item, string status, ExportOptions options) =>
        item is InventoryItem.Asset asset && options.Meant(status) is { } lifecycle
            ? asset with { Lifecycle = lifecycle } : item;

    private static ExportChoice? Taken(ExportKind kind, Dictionary<string, ExportChoice> natural, ExportOptions options) =>
        options.Chosen(kind.Origin) is { } chosen && kind.As is not ExportUse.Bookkeeping ? chosen
        : natural.TryGetValue(kind.Origin, out var found) ? found
        : kind.As is ExportUse.Part ? ExportChoice.LeftOut
        : kind.Taken;

    private static ExportChoice Of(InventoryItem item) => item switch
    {
        InventoryItem.Person { IsTeam: true } => ExportChoice.Team,
        InventoryItem.Person => ExportChoice.Person,
        InventoryItem.Practice => ExportChoice.Practice,
        InventoryItem.Goal => ExportChoice.Goal,
        _ => ExportChoice.Asset,
    };

    /// <remarks>Only what every kind of item has is carried over: an asset that becomes a goal leaves its links behind.</remarks>
    private static InventoryItem Become(InventoryItem item, ExportChoice? choice)
    {
        if (choice is not { } chosen || chosen == Of(item)) return item;
        return (item, chosen) switch
        {
            (InventoryItem.Person person, ExportChoice.Person) => person with { IsTeam = false },
            (InventoryItem.Person person, ExportChoice.Team) => person with { IsTeam = true },
            (_, ExportChoice.Person or ExportChoice.Team) => new InventoryItem.Person
            {
                Key = item.Key,
                Name = item.Name,
                Side = item.Side,
                Owner = item.Owner,
                Notes = item.Notes,
                IsTeam = chosen is ExportChoice.Team,
            },
            (_, ExportChoice.Practice) => new InventoryItem.Practice
            {
                Key = item.Key,
                Name = item.Name,
                Side = item.Side,
                Owner = item.Owner,
                Notes = item.Notes,
            },
            (_, ExportChoice.Goal) => new InventoryItem.Goal
            {
                Key = item.Key,
                Name = item.Name,
                Side = item.Side,
                Owner = item.Owner,
                Notes = item.Notes,
            },
            _ => new InventoryItem.Asset
            {
                Key = item.Key,
                Name = item.Name,
                Side = item.Side,
                Owner = item.Owner,
                Notes = item.Notes,
                What = item.Type,
            },
        };
    }

    /// <summary>A link into what was left out on purpose is no finding; it goes with it.</summary>
    private static InventoryItem Without(InventoryItem item, HashSet<string> gone) =>
        gone.Count == 0 || item is not InventoryItem.Asset asset ? item : asset with
        {
            DependsOn = asset.DependsOn.Where(key => !gone.Contains(key)).ToValueList(),
            RedundantWith = asset.RedundantWith.Where(key => !gone.Contains(key)).ToValueList(),
            Needs = asset.Needs.Select(group => group with { Of = group.Of.Where(key => !gone.Contains(key)).ToValueList() })
                .Where(group => group.Of.Count > 0).ToValueList(),
        };
}
