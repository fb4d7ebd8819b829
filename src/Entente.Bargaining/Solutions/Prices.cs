namespace Entente.Bargaining.Solutions;

/// <summary>The groups of a problem in units of utility, and the search for prices at which little room for better
/// packages is left.</summary>
internal sealed class Prices
{
    private readonly double[] _scaled;
    private readonly double[] _units;
    private readonly int[] _chosen;
    private readonly double[] _sum;
    private readonly double[] _cheapest;

    public Prices(Problem problem)
    {
        Problem = problem;
        var d = problem.Dimensions;
        Gains = [.. problem.Groups.Select(group => Flatten(group, problem))];
        (Least, Most) = (new double[d], new double[d]);
        for (var g = 0; g < Gains.Length; g++)
            for (var i = 0; i < d; i++)
            {
                var (least, most) = (double.MaxValue, double.MinValue);
                for (var at = i; at < Gains[g].Length; at += d)
                    (least, most) = (Math.Min(least, Gains[g][at]), Math.Max(most, Gains[g][at]));
                Least[i] += least;
                Most[i] += most;
            }

        foreach (var link in problem.Links) Least[link.Party] -= link.Most / problem.Scale;
        Spans = [.. Least.Zip(Most, (least, most) => Math.Max(most - least, 1e-9))];
        (_scaled, _units, _sum, _cheapest) = (new double[d], new double[d], new double[d], new double[d]);
        _chosen = new int[Gains.Length];
    }

    public Problem Problem { get; }

    /// <summary>For each group, option by option, the gain in each dimension.</summary>
    public double[][] Gains { get; }

    public double[] Least { get; }

    public double[] Most { get; }

    public double[] Spans { get; }

    /// <summary>The options that are best at the prices last asked.</summary>
    public int[] Chosen => _chosen;

    public double[] Sum => _sum;

    /// <summary>The worth of the best package at these prices, and the package in <see cref="Chosen"/> and <see
    /// cref="Sum"/>.</summary>
    public double Best(ReadOnlySpan<double> prices)
    {
        var d = prices.Length;
        var total = 0.0;
        Array.Clear(_sum);
        for (var g = 0; g < Gains.Length; g++)
        {
            var gains = Gains[g];
            var (best, at) = (double.NegativeInfinity, 0);
            for (var o = 0; o < gains.Length; o += d)
            {
                var worth = 0.0;
                for (var i = 0; i < d; i++) worth += prices[i] * gains[o + i];
                if (worth > best) (best, at) = (worth, o);
            }

            total += best;
            _chosen[g] = at / d;
            for (var i = 0; i < d; i++) _sum[i] += gains[at + i];
        }

        return total;
    }

    /// <summary>Projected subgradient steps (Polyak 1969) on the room left: worth of the best package minus the
    /// cheapest better vector.</summary>
    /// <param name="prices">Starting prices, replaced by the best ones found.</param>
    /// <param name="seen">Called with every package met on the way, as options and its sums.</param>
    public double Descend(Goal goal, double value, double[] prices, int steps, Action<int[], double[]>? seen = null)
    {
        for (var i = 0; i < prices.Length; i++) _scaled[i] = Math.Max(prices[i] * Spans[i], 1e-5);
        var least = double.MaxValue;
        for (var step = 0; step < steps; step++)
        {
            Normalize();
            var best = Best(_units);
            goal.Support(_units, value, _cheapest);
            var room = best - Goal.Dot(_units, _cheapest);
            if (room < least)
            {
                least = room;
                _units.CopyTo(prices, 0);
            }

            seen?.Invoke(_chosen, _sum);
            var norm = 0.0;
            for (var i = 0; i < _scaled.Length; i++)
            {
                var slope = Slope(i);
                norm += slope * slope;
            }

            if (norm < 1e-18 || room <= 0) break;
            var length = Math.Max(room, 1e-7) / norm / (1 + step / 30.0);
            for (var i = 0; i < _scaled.Length; i++) _scaled[i] = Math.Max(_scaled[i] - length * Slope(i), 1e-5);
        }

        return least;
    }

    private double Slope(int dimension) =>
        double.IsFinite(_cheapest[dimension]) ? (_sum[dimension] - _cheapest[dimension]) / Spans[dimension] : 0;

    private void Normalize()
    {
        var total = _scaled.Sum();
        for (var i = 0; i < _scaled.Length; i++)
        {
            _scaled[i] /= total;
            _units[i] = _scaled[i] / Spans[i];
        }
    }

    private static double[] Flatten(Group group, Problem problem)
    {
        var gains = new double[group.Count * problem.Dimensions];
        for (var o = 0; o < group.Count; o++)
            for (var d = 0; d < problem.Dimensions; d++)
                gains[o * problem.Dimensions + d] = group.Gain(o)[d] / problem.Scale;
        return gains;
    }
}
