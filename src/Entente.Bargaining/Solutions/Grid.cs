namespace Entente.Bargaining.Solutions;

/// <summary>A grid over the points of a frontier, to keep one point for each cell.</summary>
/// <remarks>Of the first budget a cell keeps the cheapest point, so that what the dropped ones could still be joined
/// with the kept one can be joined with too; of further budgets only equal costs share a cell.</remarks>
internal sealed class Grid(Problem problem, double[] spread, long[] points, long[][] open, int count)
{
    private readonly int _d = problem.Dimensions;
    private readonly double _widest = spread.Take(problem.Parties).Max();

    /// <summary>For each cell the point kept; null when more than <paramref name="most"/> would be.</summary>
    public Dictionary<long[], int>? Cells(long cell, int most)
    {
        var cells = new Dictionary<long[], int>(VectorComparer.Instance);
        for (var p = 0; p < count; p++)
        {
            var key = Key(p, cell);
            if (!cells.TryGetValue(key, out var other) || IsBetter(p, other)) cells[key] = p;
            // A grid of one cell cannot be made any coarser.
            if (cells.Count > most && cell < long.MaxValue / 4) return null;
        }

        return cells;
    }

    /// <summary>For each party the most by which a point passes the one kept for it.</summary>
    public long[] Lost(Dictionary<long[], int> cells, long cell)
    {
        var lost = new long[problem.Parties];
        for (var p = 0; p < count; p++)
        {
            var kept = cells[Key(p, cell)];
            for (var d = 0; d < lost.Length; d++)
                lost[d] = Math.Max(lost[d], points[p * _d + d] - points[kept * _d + d]);
        }

        return lost;
    }

    private long[] Key(int point, long cell)
    {
        var asked = open.Length > 0 ? open[point] : [];
        var key = new long[_d + asked.Length];
        for (var d = 0; d < _d; d++)
        {
            var value = points[point * _d + d];
            var width = d < problem.Parties ? cell : d == problem.Parties ? cell * (spread[d] / _widest) : 1;
            key[d] = width <= 1 ? value : (long)Math.Floor(value / width);
        }

        asked.CopyTo(key, _d);
        return key;
    }

    private bool IsBetter(int point, int than)
    {
        if (_d > problem.Parties && Cost(point) != Cost(than)) return Cost(point) > Cost(than);
        return Sum(point) > Sum(than);
    }

    /// <summary>Minus the first budget's cost.</summary>
    private long Cost(int point) => points[point * _d + problem.Parties];

    private double Sum(int point)
    {
        var sum = 0.0;
        for (var d = 0; d < problem.Parties; d++) sum += points[point * _d + d];
        return sum;
    }
}
