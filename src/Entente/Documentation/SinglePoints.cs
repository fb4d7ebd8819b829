using System.Collections;

namespace Entente.Documentation;

/// <summary>Members of which so many may fail before whoever leans on them does: none of a dependency, n − k of a group.</summary>
internal sealed record Lean(IReadOnlyList<string> Members, int MayFail);

/// <summary>For each node of a map, the assets whose failure alone stops it.</summary>
/// <remarks>
/// A node is stopped by itself, and by every asset that stops more of a group than may fail. The sets are bits, one an asset, and
/// grow until nothing changes any more: in a map without circles that is one pass from below, with circles a few.
/// </remarks>
internal sealed class SinglePoints
{
    private readonly string[] _assets;
    private readonly Dictionary<string, int> _places;
    private readonly Func<string, IEnumerable<Lean>> _leans;
    private readonly Dictionary<string, BitArray> _stoppedBy = new(StringComparer.Ordinal);

    public SinglePoints(IReadOnlyDictionary<string, InventoryItem.Asset> assets, Func<string, IEnumerable<Lean>> leans)
    {
        _assets = [.. assets.Keys.Order(StringComparer.Ordinal)];
        _places = _assets.Select((key, place) => (key, place)).ToDictionary(pair => $"asset:{pair.key}", pair => pair.place, StringComparer.Ordinal);
        _leans = leans;
    }

    /// <summary>Keys of the assets that stop this node alone, in order.</summary>
    public IReadOnlyList<string> Of(string node)
    {
        if (!_stoppedBy.ContainsKey(node)) Grow(node);
        var bits = _stoppedBy[node];
        return [.. _assets.Where((_, place) => bits[place])];
    }

    private void Grow(string node)
    {
        var below = Below(node);
        foreach (var one in below)
        {
            var bits = _stoppedBy[one] = new BitArray(_assets.Length);
            if (_places.TryGetValue(one, out var place)) bits[place] = true;
        }

        var leans = below.ToDictionary(one => one, one => _leans(one).ToList(), StringComparer.Ordinal);
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var one in below)
            {
                foreach (var lean in leans[one]) moved |= Take(_stoppedBy[one], lean);
            }
        }
    }

    /// <summary>Nodes under one that are not known yet, and itself: what is leant on before who leans, where there is no circle.</summary>
    private List<string> Below(string node)
    {
        List<string> order = [];
        HashSet<string> seen = new(StringComparer.Ordinal) { node };
        Stack<(string Node, IEnumerator<string> Next)> path = new();
        path.Push((node, Next(node)));
        while (path.TryPeek(out var at))
        {
            if (!at.Next.MoveNext()) order.Add(path.Pop().Node);
            else if (!_stoppedBy.ContainsKey(at.Next.Current) && seen.Add(at.Next.Current)) path.Push((at.Next.Current, Next(at.Next.Current)));
        }

        return order;

        IEnumerator<string> Next(string one) => _leans(one).SelectMany(lean => lean.Members).GetEnumerator();
    }

    /// <summary>Adds the assets that stop more members than may fail; tells whether any was new.</summary>
    private bool Take(BitArray bits, Lean lean)
    {
        if (lean.Members.Count <= lean.MayFail) return false;
        var stopping = new BitArray(_assets.Length);
        if (lean.MayFail == 0)
        {
            foreach (var member in lean.Members) stopping.Or(_stoppedBy[member]);
        }
        else if (lean.Members.Count == lean.MayFail + 1)
        {
            stopping.SetAll(true);
            foreach (var member in lean.Members) stopping.And(_stoppedBy[member]);
        }
        else
        {
            for (var place = 0; place < _assets.Length; place++) stopping[place] = lean.Members.Count(member => _stoppedBy[member][place]) > lean.MayFail;
        }

        var before = new BitArray(bits);
        bits.Or(stopping);
        return before.Xor(bits).HasAnySet();
    }
}
