using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>Makes the connections of imported items hold: no link into nothing, none to itself, no circle.</summary>
internal static class ImportedLinks
{
    private const int FindingsMost = 200;
    private const int CircleShown = 8;

    public static InventoryExport Settle(InventoryExport export)
    {
        List<Finding> findings = [.. export.Findings];
        var known = export.Items.Where(one => one.Item is InventoryItem.Asset).Select(one => one.Item.Key).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, InventoryItem.Asset> settled = new(StringComparer.Ordinal);
        foreach (var one in export.Items)
        {
            if (one.Item is InventoryItem.Asset asset) settled[asset.Key] = Held(asset, one, known, findings);
        }

        BreakCircles(settled, export.Items.Where(one => one.Item is InventoryItem.Asset)
            .DistinctBy(one => one.Item.Key).ToDictionary(one => one.Item.Key, one => one.Place,
                StringComparer.Ordinal), findings);
        return export with
        {
            Items = [.. export.Items.Select(one => one.Item is InventoryItem.Asset asset ? one with { Item = settled[asset.Key] } : one)],
            Findings = findings.Count <= FindingsMost ? findings
                : [.. findings.Take(FindingsMost), Finding.Warning("", "import.more", $"{findings.Count - FindingsMost} further findings are not listed.")],
        };
    }

    private static InventoryItem.Asset Held(InventoryItem.Asset asset, ImportedItem one, HashSet<string> known, List<Finding> findings)
    {
        foreach (var lost in asset.DependsOn.Concat(asset.RedundantWith).Concat(asset.Needs.SelectMany(group => group.Of)).Where(key => !known.Contains(key))
            .Distinct())
            findings.Add(Finding.Warning(one.Place, "import.link",
                $"'{asset.Name}' is connected with '{lost}', which the export does not hold; the link is left out.", one.Row));
        return asset with
        {
            DependsOn = Kept(asset.DependsOn),
            RedundantWith = Kept(asset.RedundantWith),
            Needs = asset.Needs.Select(group => group with { Of = Kept(group.Of) }).Where(group => group.Of.Count > 0)
                .Select(group => group with { K = Math.Min(group.K, group.Of.Count) }).ToValueList(),
        };

        ValueList<string> Kept(ValueList<string> keys) =>
            keys.Where(key => known.Contains(key) && key != asset.Key).Distinct().Order(StringComparer.Ordinal).ToValueList();
    }

    /// <remarks>Depth first without recursion; an edge back into the path that is walked closes a circle and is left out.</remarks>
    private static void BreakCircles(
        Dictionary<string, InventoryItem.Asset> assets, Dictionary<string, string> places, List<Finding> findings)
    {
        Dictionary<string, bool> done = new(StringComparer.Ordinal);
        foreach (var start in assets.Keys.Order(StringComparer.Ordinal).ToList())
        {
            if (done.ContainsKey(start)) continue;
            Stack<(string Key, int Next)> path = new();
            path.Push((start, 0));
            done[start] = false;
            while (path.TryPop(out var at))
            {
                ValueList<string> links = [.. assets[at.Key].DependsOn, .. assets[at.Key].Needs.SelectMany(group => group.Of)];
                if (at.Next == links.Count)
                {
                    done[at.Key] = true;
                    continue;
                }

                var next = links[at.Next];
                if (done.TryGetValue(next, out var finished) && !finished)
                {
                    var between = path.Select(one => one.Key).TakeWhile(key => key != next).Take(CircleShown + 1)
                        .ToList();
                    if (between.Count > CircleShown) between[^1] = "…";
                    between.Reverse();
                    findings.Add(Finding.Warning(places[at.Key], "import.circle",
                        $"'{at.Key}' depending on '{next}' closes a circle: {string.Join(" → ", [next, .. between, at.Key, next])}; "
                        + "that link is left out. Take out the one that is not so, in the tool or the table."));
                    assets[at.Key] = Without(assets[at.Key], next);
                    path.Push(at);
                    continue;
                }

                path.Push((at.Key, at.Next + 1));
                if (done.ContainsKey(next)) continue;
                done[next] = false;
                path.Push((next, 0));
            }
        }
    }

    private static InventoryItem.Asset Without(InventoryItem.Asset asset, string other) => asset with
    {
        DependsOn = asset.DependsOn.Where(key => key != other).ToValueList(),
        Needs = asset.Needs.Select(group => new KOfN(group.K, group.Of.Where(key => key != other).ToValueList())).Where(group => group.Of.Count > 0)
            .Select(group => group with { K = Math.Min(group.K, group.Of.Count) }).ToValueList(),
    };
}
