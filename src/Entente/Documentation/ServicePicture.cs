namespace Entente.Documentation;

/// <summary>One thing in the picture of a service: the service, an asset, or how many more there are in its column.</summary>
/// <param name="Key">Empty where it stands for others that are not drawn.</param>
/// <param name="Hidden">How many it stands for.</param>
/// <param name="Stops">Whether it stops when the asset fails that is asked about.</param>
/// <param name="IsSingle">Whether its failure alone stops the service.</param>
public sealed record PictureNode(string Key, int Column, int Row, int Hidden, bool Stops, bool IsSingle);

/// <summary>That one thing stands on another.</summary>
/// <param name="Carries">Whether a failure comes along it.</param>
public sealed record PictureLink(PictureNode From, PictureNode To, bool Carries);

/// <summary>
/// What a service stands on, in columns: what it leans on directly beside it, and what those lean on beyond. However much there
/// is, a picture stays readable: each column shows what matters most and counts the rest.
/// </summary>
public sealed record ServicePicture(IReadOnlyList<PictureNode> Nodes, IReadOnlyList<PictureLink> Links)
{
    private const int ColumnsMost = 6;
    private const int RowsMost = 12;

    public int Columns => Nodes.Max(node => node.Column) + 1;

    public int Rows => Nodes.Max(node => node.Row) + 1;

    /// <param name="links">Everything under the service, with what each stands on.</param>
    /// <param name="down">What stops when an asset fails.</param>
    /// <param name="single">Assets whose failure alone stops the service.</param>
    public static ServicePicture Of(
        string service, IReadOnlyList<(string From, string To)> links, IReadOnlySet<string> down, IReadOnlySet<string> single)
    {
        var needs = links.Where(link => link.From != link.To).Distinct().ToLookup(link => link.From, link => link.To, StringComparer.Ordinal);
        var users = links.Where(link => link.From != link.To).Distinct().ToLookup(link => link.To, link => link.From, StringComparer.Ordinal);
        var depths = Depths(service, needs, users);
        Dictionary<string, PictureNode> drawn = new(StringComparer.Ordinal);
        foreach (var column in depths.GroupBy(pair => Math.Min(pair.Value, ColumnsMost - 1), pair => pair.Key).OrderBy(column => column.Key))
        {
            var ranked = column.OrderBy(key => down.Contains(key) ? 0 : single.Contains(key) ? 1 : 2)
                .ThenByDescending(key => needs[key].Count()).ThenBy(key => key, StringComparer.Ordinal).ToList();
            var shown = ranked.Count <= RowsMost ? ranked : ranked[..(RowsMost - 1)];
            var row = 0;
            foreach (var key in shown.OrderBy(Beside).ThenBy(key => key, StringComparer.Ordinal))
                drawn[key] = new(key, column.Key, row++, 0, down.Contains(key), single.Contains(key));
            var rest = ranked.Skip(shown.Count).ToList();
            if (rest.Count == 0) continue;
            var more = new PictureNode("", column.Key, row, rest.Count, rest.Exists(down.Contains), false);
            foreach (var key in rest) drawn[key] = more;
        }

        return new([.. drawn.Values.Distinct()],
            [.. links.Where(link => drawn.ContainsKey(link.From) && drawn.ContainsKey(link.To))
                .GroupBy(link => (From: drawn[link.From], To: drawn[link.To])).Where(pair => pair.Key.From != pair.Key.To)
                .Select(pair => new PictureLink(pair.Key.From, pair.Key.To, pair.Any(link => down.Contains(link.From) && down.Contains(link.To))))]);

        double Beside(string key) => users[key].Where(drawn.ContainsKey).Select(user => (double)drawn[user].Row).DefaultIfEmpty(0).Average();
    }

    /// <summary>How far from the service each thing lies, by the longest way, so that every link leads on.</summary>
    /// <remarks>What stands in a circle of services has no longest way and comes last, one column further than what leads there.</remarks>
    private static Dictionary<string, int> Depths(string service, ILookup<string, string> needs, ILookup<string, string> users)
    {
        Dictionary<string, int> depths = new(StringComparer.Ordinal) { [service] = 0 };
        var waits = users.Where(one => one.Key != service).ToDictionary(one => one.Key, one => one.Count(), StringComparer.Ordinal);
        Queue<string> open = new([service]);
        HashSet<string> done = new(StringComparer.Ordinal);
        while (open.Count > 0 || Stuck() is { } next && Push(next))
        {
            var at = open.Dequeue();
            if (!done.Add(at)) continue;
            foreach (var needed in needs[at].Where(needed => !done.Contains(needed)))
            {
                depths[needed] = Math.Max(depths.GetValueOrDefault(needed), depths[at] + 1);
                if (--waits[needed] == 0) open.Enqueue(needed);
            }
        }

        return depths;

        string? Stuck() => depths.Keys.FirstOrDefault(key => !done.Contains(key));

        bool Push(string key)
        {
            open.Enqueue(key);
            return true;
        }
    }
}
