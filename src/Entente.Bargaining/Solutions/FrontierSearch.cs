using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>Builds the frontier as the Minkowski sum of the groups, pruned after each one.</summary>
/// <remarks>
/// Exact for any number of parties. When a stage holds more points than allowed, or the run must end, points are
/// thinned to one
/// in each cell of a grid; whatever is dropped has a kept point at most one cell below it, and the cells of all stages
/// add up
/// to the stated bound.
/// </remarks>
internal sealed class FrontierSearch(Problem problem, Limits limits)
{
    private const int Hurried = 2_000;
    private readonly int _d = problem.Dimensions;
    private readonly List<Stage> _stages = [];
    private long[] _points = new long[problem.Dimensions];
    private int _count = 1;
    private double _bound;

    /// <summary>The points of one stage: the point of the stage before and the option that made each.</summary>
    private sealed record Stage(int Group, int[] Parent, ushort[] Option);

    public Frontier Run()
    {
        var order = Enumerable.Range(0, problem.Groups.Length).OrderBy(g => problem.Groups[g].Count).ThenBy(g => g)
            .ToArray();
        var rest = SuffixBest(order);
        for (var s = 0; s < order.Length; s++)
        {
            if (limits.Stop() || !TryAdd(order[s], rest[s + 1], limits.Stop))
            {
                if (_count > Hurried) Thin(Hurried);
                TryAdd(order[s], rest[s + 1], () => false);
            }

            if (_count > limits.FrontierPointsMax) Thin(limits.FrontierPointsMax);
        }

        return Finish();
    }

    private long[][] SuffixBest(int[] order)
    {
        var rest = new long[order.Length + 1][];
        rest[order.Length] = new long[_d];
        for (var s = order.Length - 1; s >= 0; s--)
        {
            rest[s] = [.. rest[s + 1]];
            var group = problem.Groups[order[s]];
            for (var d = 0; d < _d; d++)
                rest[s][d] += Enumerable.Range(0, group.Count).Max(o => group.Gain(o)[d]);
        }

        return rest;
    }

    private bool TryAdd(int index, long[] rest, Func<bool> stop)
    {
        var group = problem.Groups[index];
        var vectors = new long[_count * group.Count * _d];
        var parents = new int[_count * group.Count];
        var options = new ushort[parents.Length];
        var n = 0;
        for (var o = 0; o < group.Count; o++)
        {
            var gain = group.Gain(o);
            for (var p = 0; p < _count; p++)
            {
                var at = n * _d;
                for (var d = 0; d < _d; d++) vectors[at + d] = _points[p * _d + d] + gain[d];
                if (!AboveFloor(vectors, at, rest)) continue;
                (parents[n], options[n]) = (p, (ushort)o);
                n++;
            }
        }

        if (Skyline.TryKeep(vectors, n, _d, problem.Tolerance, stop) is not { } kept) return false;
        _points = new long[kept.Length * _d];
        var stage = new Stage(index, new int[kept.Length], new ushort[kept.Length]);
        for (var i = 0; i < kept.Length; i++)
        {
            Array.Copy(vectors, kept[i] * _d, _points, i * _d, _d);
            (stage.Parent[i], stage.Option[i]) = (parents[kept[i]], options[kept[i]]);
        }

        _stages.Add(stage);
        _count = kept.Length;
        return true;
    }

    private bool AboveFloor(long[] vectors, int at, long[] rest)
    {
        for (var d = 0; d < _d; d++)
            if ((vectors[at + d] + rest[d]) / problem.Scale < problem.Floor[d]) return false;
        return true;
    }

    private void Thin(int most)
    {
        var cell = Math.Max(1L, (long)(problem.Scale * 1e-6));
        while (true)
        {
            var cells = new Dictionary<long[], int>(VectorComparer.Instance);
            for (var p = 0; p < _count && cells.Count <= most; p++)
            {
                var key = new long[_d];
                for (var d = 0; d < _d; d++) key[d] = Cell(_points[p * _d + d], d, cell);
                if (!cells.TryGetValue(key, out var other) || Sum(p) > Sum(other)) cells[key] = p;
            }

            if (cells.Count <= most)
            {
                Keep([.. cells.Values.Order()]);
                _bound += cell / problem.Scale;
                return;
            }

            cell *= 2;
        }
    }

    /// <summary>Budgets are never traded against utility: a kept point costs no more than the ones it stands
    /// for.</summary>
    private long Cell(long value, int dimension, long cell) => dimension < problem.Parties
        ? (long)Math.Floor((double)value / cell) : value;

    private long Sum(int point)
    {
        var sum = 0L;
        for (var d = 0; d < problem.Parties; d++) sum += _points[point * _d + d];
        return sum;
    }

    private void Keep(int[] kept)
    {
        var stage = _stages[^1];
        _points = [.. kept.SelectMany(p => _points.AsSpan(p * _d, _d).ToArray())];
        _stages[^1] = new Stage(stage.Group, [.. kept.Select(p => stage.Parent[p])],
            [.. kept.Select(p => stage.Option[p])]);
        _count = kept.Length;
    }

    /// <summary>Sums each witness again in the order of the issues, rounds, and prunes the rounded vectors
    /// exactly.</summary>
    private Frontier Finish()
    {
        if (_count == 0)
            throw new BargainException("bargain.space_empty", "constraints",
                "No package satisfies the constraints and budgets.");
        var width = problem.Bargain.Space.Issues.Count;
        var packages = new int[_count][];
        var utilities = new double[_count][];
        var k = problem.Parties;
        var rounded = new long[_count * k];
        for (var p = 0; p < _count; p++)
        {
            packages[p] = Witness(p, width);
            utilities[p] = problem.Bargain.Utilities(new Package(packages[p]));
            for (var d = 0; d < k; d++) rounded[p * k + d] = Grain(utilities[p][d]);
        }

        var kept = Skyline.Keep(rounded, _count, k, 0);
        Array.Sort(kept, (a, b) => utilities[b].AsSpan().SequenceCompareTo(utilities[a]));
        var flat = new ushort[kept.Length * width];
        for (var i = 0; i < kept.Length; i++)
            for (var j = 0; j < width; j++) flat[i * width + j] = (ushort)packages[kept[i]][j];
        return new Frontier([.. kept.Select(p => utilities[p])], flat, width, _bound);
    }

    /// <summary>The tenth decimal as a whole number; the scale of the problem where utilities are too large for
    /// it.</summary>
    private long Grain(double utility) => (long)Math.Round(utility * Math.Min(problem.Scale, 1e10));

    private int[] Witness(int point, int width)
    {
        var values = new int[width];
        for (var s = _stages.Count - 1; s >= 0; s--)
        {
            problem.Groups[_stages[s].Group].Write(_stages[s].Option[point], values);
            point = _stages[s].Parent[point];
        }

        return values;
    }
}
