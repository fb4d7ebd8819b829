using System.Runtime.Intrinsics;
using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>Finds the best package for a goal and proves it, without listing the space.</summary>
/// <remarks>
/// At prices λ each option has a regret: what the best option of its group is worth more. A package that is as good as
/// the
/// incumbent has a total regret of at most the room left at λ (<see cref="Prices"/>). Depth first over the groups,
/// options by regret;
/// a branch ends when the room is used up at any of several prices. Lagrangian bound: Geoffrion 1974.
/// </remarks>
internal sealed class BranchAndBound
{
    /// <summary>After so many nodes the search begins to remember where it was.</summary>
    private const int Patience = 50_000;

    /// <summary>How many places it remembers: about a hundred bytes each.</summary>
    private const int SeenMost = 400_000;

    private readonly HashSet<long[]> _seen = new(VectorComparer.Instance);
    private readonly Problem _problem;
    private readonly Prices _prices;
    private readonly Goal _goal;
    private readonly Limits _limits;
    private readonly bool _ties;
    private readonly int[] _options;
    private double[][] _vectors = [];
    private double[] _lost = [];
    private LinkOrder? _links;
    private double[] _required = [];
    private Level[] _levels = [];
    private int _width;
    private long _nodes;
    private bool _stopped;

    /// <param name="ties">Whether packages that are only as good must be seen too, for the tie rule.</param>
    public BranchAndBound(Problem problem, Prices prices, Goal goal, Limits limits, bool ties)
    {
        (_problem, _prices, _goal, _limits, _ties) = (problem, prices, goal, limits, ties);
        _options = new int[problem.Groups.Length];
        Incumbent = new Incumbent(problem.Bargain, goal);
    }

    /// <summary>The options of one group by regret, and their regrets at each price vector.</summary>
    private sealed record Level(int Group, int[] Order, double[] Regrets)
    {
        /// <summary>The links whose other end lies on a level above.</summary>
        public Link[] Closing { get; init; } = [];
    }

    public Incumbent Incumbent { get; }

    public bool IsProved => !_stopped;

    /// <summary>No package has a larger objective; equal to the value when proved.</summary>
    public double Bound { get; private set; }

    public void Run(params ReadOnlySpan<Package?> starts)
    {
        foreach (var start in starts)
            if (start is not null) Incumbent.Offer(start);
        var prices = Enumerable.Range(0, _problem.Dimensions).Select(d => 1 / _prices.Spans[d]).ToArray();
        var climb = new Climb(_prices, _goal);
        _prices.Descend(_goal, Target(), prices, 60, climb.Remember);
        foreach (var options in climb.Summits(4)) Incumbent.Offer(_problem.Package(options));
        if (Incumbent.Package is { } found) climb.From(found, Incumbent);
        _prices.Descend(_goal, Target(), prices, 240);
        Prepare(prices);
        Descend(0);
        Bound = _stopped ? Math.Max(Incumbent.Value, RootBound(prices)) : Incumbent.Value;
    }

    /// <summary>The objective that a package must have to matter: the incumbent's, or the least there is.</summary>
    private double Target()
    {
        if (Incumbent.Utilities is null) return _goal is Goal.Nash ? 0
            : _goal.Value(_prices.Least.AsSpan(0, _problem.Parties));
        var value = Incumbent.Value;
        return _ties ? value - 1e-11 * Math.Abs(value) : value;
    }

    private void Prepare(double[] prices)
    {
        _vectors = [.. Bundle(prices)];
        _width = (_vectors.Length + 3) & ~3;
        var best = _vectors.Select(v => _prices.Best(v)).ToArray();
        _required = [.. _vectors.Select(Required)];
        _lost = new double[_width];
        var slack = new double[_width];
        Array.Fill(slack, double.MaxValue);
        for (var m = 0; m < _vectors.Length; m++) slack[m] = best[m] - _required[m] + Ease(_vectors[m], best[m]);
        _levels = [.. Enumerable.Range(0, _options.Length).Select(MakeLevel).OrderByDescending(Spread)
            .ThenBy(l => l.Group)];
        if (_problem.Links.Length > 0) Close();
        _slack = new double[(_levels.Length + 1) * _width];
        slack.CopyTo(_slack, 0);
    }

    private double[] _slack = [];

    private void Close()
    {
        _links = new LinkOrder(_problem, [.. _levels.Select(level => level.Group)]);
        _levels = [.. _levels.Select((level, l) => level with { Closing = _links.Closing(l) })];
    }

    /// <summary>Ties need a little more room than none; without ties a package must be better by what rounding can
    /// show.</summary>
    private double Ease(double[] prices, double best)
    {
        var sum = prices.Sum();
        return _ties ? 1.5e-10 * sum + 1e-12 * Math.Abs(best) : -0.4e-10 * prices.Max() + 1e-13 * Math.Abs(best);
    }

    private double Required(double[] prices)
    {
        Span<double> cheapest = stackalloc double[prices.Length];
        _goal.Support(prices, Target(), cheapest);
        return Goal.Dot(prices, cheapest);
    }

    /// <summary>The best prices, each tilted towards and away from one dimension, and each dimension alone; what was cut
    /// needs no more than to be held.</summary>
    private IEnumerable<double[]> Bundle(double[] prices)
    {
        yield return prices;
        for (var d = 0; d < prices.Length; d++)
        {
            var alone = new double[prices.Length];
            alone[d] = 1 / _prices.Spans[d];
            yield return alone;
            if (d >= _problem.Weighed) continue;
            foreach (var factor in new[] { 0.6, 1.6 })
            {
                double[] tilted = [.. prices];
                tilted[d] *= factor;
                yield return tilted;
            }
        }
    }

    private Level MakeLevel(int g)
    {
        var d = _problem.Dimensions;
        var gains = _prices.Gains[g];
        var count = _problem.Groups[g].Count;
        var regrets = new double[count * _width];
        for (var m = 0; m < _vectors.Length; m++)
        {
            var most = double.NegativeInfinity;
            for (var o = 0; o < count; o++)
                most = Math.Max(most, regrets[o * _width + m] = Goal.Dot(_vectors[m], gains.AsSpan(o * d, d)));
            for (var o = 0; o < count; o++) regrets[o * _width + m] = most - regrets[o * _width + m];
        }

        var order = Enumerable.Range(0, count).OrderBy(o => regrets[o * _width]).ToArray();
        return new Level(g, order, [.. order.SelectMany(o => regrets[(o * _width)..((o + 1) * _width)])]);
    }

    private double Spread(Level level)
    {
        var sum = 0.0;
        for (var o = 0; o < level.Order.Length; o++) sum += level.Regrets[o * _width];
        return sum / level.Order.Length;
    }

    private void Descend(int depth)
    {
        if (depth == _levels.Length)
        {
            Leaf();
            return;
        }

        if ((++_nodes & 4095) == 0 && _limits.Stop()) _stopped = true;
        if (_nodes > Patience && depth > 0 && WasHere(depth)) return;
        var level = _levels[depth];
        var from = depth * _width;
        for (var o = 0; o < level.Order.Length && !_stopped; o++)
        {
            if (_slack[from] - level.Regrets[o * _width] < _lost[0]) break;
            if (!Fits(level.Regrets, o * _width, from)) continue;
            _options[level.Group] = level.Order[o];
            if (level.Closing.Length == 0 || Holds(level.Closing, from + _width)) Descend(depth + 1);
        }
    }

    /// <summary>Whether another way led to the same sums with the same issues left: what follows was looked at then, under
    /// bounds that were no tighter. So bargains in which very many packages tie end too.</summary>
    private bool WasHere(int depth)
    {
        if (_seen.Count >= SeenMost) return false;
        int[] open = _problem.Links.Length == 0 ? [] : _links!.Open(depth - 1);
        var key = new long[1 + _problem.Dimensions + open.Length];
        key[0] = depth;
        for (var l = 0; l < depth; l++)
        {
            var gain = _problem.Groups[_levels[l].Group].Gain(_options[_levels[l].Group]);
            for (var d = 0; d < gain.Length; d++) key[1 + d] += gain[d];
        }

        for (var l = 0; l < depth; l++)
            foreach (var link in _levels[l].Closing)
                key[1 + link.Party] -= link.Loss[_problem.Value(link.First, _options)][_problem.Value(link.Second, _options)];
        for (var i = 0; i < open.Length; i++) key[1 + _problem.Dimensions + i] = _problem.Value(open[i], _options);
        return !_seen.Add(key);
    }

    private bool Fits(double[] regrets, int at, int from)
    {
        for (var m = 0; m < _width; m += 4)
        {
            var left = Vector256.Create(_slack, from + m) - Vector256.Create(regrets, at + m);
            if (Vector256.LessThanAny(left, Vector256.Create(_lost, m))) return false;
            left.CopyTo(_slack, from + _width + m);
        }

        return true;
    }

    /// <summary>Takes off what links now known to fall short cost; false when no room is left.</summary>
    private bool Holds(Link[] closing, int at)
    {
        foreach (var link in closing)
        {
            var loss = _problem.Loss(link, _options);
            for (var m = 0; m < _vectors.Length; m++)
                if ((_slack[at + m] -= loss * _vectors[m][link.Party]) < _lost[m]) return false;
        }

        return true;
    }

    private void Leaf()
    {
        for (var d = _problem.Parties; d < _problem.Dimensions; d++)
        {
            var sum = 0.0;
            for (var g = 0; g < _options.Length; g++) sum += _prices.Gains[g][_options[g] * _problem.Dimensions + d];
            if (sum < _goal.Floor[d]) return;
        }

        var first = Incumbent.Utilities is null;
        if (!Incumbent.Offer(_problem.Package(_options)) && !first) return;
        if (Incumbent.Utilities is null) return;
        for (var m = 0; m < _vectors.Length; m++) _lost[m] = Math.Max(0, Required(_vectors[m]) - _required[m]);
    }

    private double RootBound(double[] prices)
    {
        var budget = _prices.Best(prices);
        var low = Incumbent.Utilities is null ? Target() : Incumbent.Value;
        var step = Math.Max(Math.Abs(low), 1e-6);
        Span<double> cheapest = stackalloc double[prices.Length];
        for (var i = 0; i < 200; i++, step *= 2)
        {
            _goal.Support(prices, low + step, cheapest);
            if (Goal.Dot(prices, cheapest) > budget) break;
        }

        return _goal.BoundOf(prices, budget, low, low + step);
    }
}
