namespace Entente.Documentation;

/// <summary>How the assets of an inventory are connected, to find what cannot hold: circles, and spares that fail together.</summary>
/// <param name="Needs">What each asset stands on: its dependencies and the members of its groups.</param>
/// <param name="Spares">Pairs of which one carries on when the other fails.</param>
public sealed record InventoryLinks(ILookup<string, string> Needs, IReadOnlyList<(string Asset, string Spare)> Spares)
{
    public static InventoryLinks None { get; } = new(Array.Empty<string>().ToLookup(key => key), []);

    /// <summary>What would not hold if this asset were recorded; nothing when all holds.</summary>
    public Refusal? Break(InventoryItem.Asset asset)
    {
        var own = asset.DependsOn.Concat(asset.Needs.SelectMany(group => group.Of)).ToList();
        var below = Walk(asset.Key, key => key == asset.Key ? own : Needs[key]);
        return below.ContainsKey(asset.Key) ? Circle(asset, Path(below, asset.Key, asset.Key)) : SpareBelow(asset, below);
    }

    private static Refusal Circle(InventoryItem.Asset asset, IReadOnlyList<string> path) => new("inventory.circle",
        $"{(asset.DependsOn.Contains(path[1]) ? "dependsOn" : "needs")} would close a circle: {string.Join(" → ", path)}. Remove one of these links.");

    /// <summary>A spare that stands on what it is to stand in for fails with it.</summary>
    private Refusal? SpareBelow(InventoryItem.Asset asset, Dictionary<string, string> below)
    {
        var pairs = Spares.Where(pair => pair.Asset != asset.Key).Concat(asset.RedundantWith.Select(spare => (Asset: asset.Key, Spare: spare)))
            .ToList();
        if (pairs.Count == 0) return null;
        var users = Needs.Where(from => from.Key != asset.Key).SelectMany(from => from.Select(to => (From: from.Key, To: to)))
            .ToLookup(link => link.To, link => link.From, StringComparer.Ordinal);
        var above = Walk(asset.Key, key => users[key]);
        foreach (var (user, used) in pairs.SelectMany(pair => new[] { pair, (pair.Spare, pair.Asset) }))
        {
            if (user == used || !(user == asset.Key || above.ContainsKey(user)) || !(used == asset.Key || below.ContainsKey(used))) continue;
            var path = Path(above, asset.Key, user).Reverse().Concat(Path(below, asset.Key, used).Skip(1));
            return new Refusal("inventory.redundancy", $"redundantWith: '{user}' stands on '{used}' ({string.Join(" → ", path)}), so they fail together "
                + "and neither is a spare of the other. Remove the redundancy, or one of these links.");
        }

        return null;
    }

    /// <summary>Everything that is reached from a node, with the one it was reached from; the node itself only where it is reached again.</summary>
    /// <remarks>Without recursion: an imported chain may be thousands of assets long.</remarks>
    private static Dictionary<string, string> Walk(string start, Func<string, IEnumerable<string>> next)
    {
        Dictionary<string, string> cameFrom = new(StringComparer.Ordinal);
        Queue<string> open = new([start]);
        while (open.TryDequeue(out var at))
        {
            foreach (var key in next(at))
            {
                if (cameFrom.TryAdd(key, at) && key != start) open.Enqueue(key);
            }
        }

        return cameFrom;
    }

    private static IReadOnlyList<string> Path(Dictionary<string, string> cameFrom, string start, string end)
    {
        List<string> path = [end];
        if (!cameFrom.ContainsKey(end)) return path;
        do path.Add(cameFrom[path[^1]]);
        while (path[^1] != start);
        path.Reverse();
        return path;
    }
}
