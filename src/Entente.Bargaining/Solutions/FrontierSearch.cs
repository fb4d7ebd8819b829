using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>Builds the frontier as the Minkowski sum of the groups, pruned after each one.</summary>
/// <remarks>
/// Exact for any number of parties. When a stage holds more points than allowed, points are thinned to one in each cell
/// of a grid; what a dropped point had more than the kept one, the most of each stage, adds up to the stated bound.
/// A stage that grows large is first finished with few points, then with four times as many, and so on, so that a run
/// that must end has the best whole frontier so far and its bound.
/// </remarks>
internal sealed class FrontierSearch
{
    /// <summary>How many points a stage is thinned to at first.</summary>
    private const int Coarse = 1_000;

    private readonly Problem _problem;
    private readonly Limits _limits;
    private readonly int _d;
    private readonly int[] _order;
    private readonly long[][] _best;
    private readonly long[][] _enough;
    private readonly double[] _spread;
    private readonly LinkOrder _links;
    private Front? _reached;
    private bool _isLarge;

    public FrontierSearch(Problem problem, Limits limits)
    {
        (_problem, _limits, _d) = (problem, limits, problem.Dimensions);
        _order = [.. Enumerable.Range(0, problem.Groups.Length).OrderBy(g => problem.Groups[g].Count).ThenBy(g => g)];
        _links = new LinkOrder(problem, _order);
        _best = Rest((group, d) => Enumerable.Range(0, group.Count).Max(o => group.Gain(o)[d]));
        _enough = Rest((group, d) => Enumerable.Range(0, group.Count).Min(o => group.Gain(o)[d]));
        _spread = [.. _best[0].Zip(_enough[0], (most, least) => Math.Max(1.0, (double)most - least))];
        for (var s = 0; s < _enough.Length; s++)
            for (var b = problem.Parties; b < _d; b++)
                _enough[s][b] = (long)Math.Ceiling(problem.Floor[b] * problem.Scale) - _enough[s][b];
    }

    public Frontier Run() => TryExact() ?? Deepen(_reached!);

    /// <summary>The whole frontier; null when a stage grows large, or the run must end, before that.</summary>
    public Frontier? TryExact()
    {
        _reached ??= new Front(new long[_d], [new long[0]], 1, [], new double[_problem.Parties]);
        // Below so many points a stage is quick enough to be kept exact at once.
        var most = Math.Min(_d <= 3 ? 200_000 : 10_000, _limits.FrontierPointsMax);
        while (_reached.Stages.Count < _order.Length)
        {
            if (_isLarge || TryAdd(_reached, _limits.Stop) is not { } next) return null;
            _isLarge = next.Count > most;
            if (_isLarge) return null;
            _reached = next;
        }

        return Finish(_reached);
    }

    /// <summary>The points so far, as sums and as the way to each.</summary>
    /// <param name="Open">For each point the options that open links still ask about.</param>
    /// <param name="Lost">For each party, the most by which a dropped point passed the kept one.</param>
    private sealed record Front(long[] Points, long[][] Open, int Count, IReadOnlyList<Stage> Stages, double[] Lost);

    /// <summary>The points of one stage: the point of the stage before and the option that made each.</summary>
    private sealed record Stage(int Group, int[] Parent, ushort[] Option);

    /// <summary>Whole frontiers with more and more points, until one is exact or the run must end.</summary>
    private Frontier Deepen(Front from)
    {
        Front? best = null;
        for (var most = Coarse; ; most = (int)Math.Min(4L * most, _limits.FrontierPointsMax))
        {
            // The first one is finished whatever happens: there must be an answer.
            var found = Finished(from, Math.Min(most, _limits.FrontierPointsMax), best is null ? () => false
                : _limits.Stop);
            if (found is not null && (best is null || found.Lost.Max() <= best.Lost.Max())) best = found;
            if (found is null || found.Lost.Max() == 0 || most >= _limits.FrontierPointsMax || _limits.Stop())
                return Finish(best!);
        }
    }

    private Front? Finished(Front front, int most, Func<bool> stop)
    {
        while (front.Stages.Count < _order.Length)
        {
            if (front.Count > most) front = Thin(front, most);
            if (TryAdd(front, stop) is not { } next) return null;
            front = next;
        }

        return front;
    }

    private long[][] Rest(Func<Group, int, long> of)
    {
        var rest = new long[_order.Length + 1][];
        rest[_order.Length] = new long[_d];
        for (var s = _order.Length - 1; s >= 0; s--)
            rest[s] = [.. rest[s + 1].Select((sum, d) => sum + of(_problem.Groups[_order[s]], d))];
        return rest;
    }

    private Front? TryAdd(Front front, Func<bool> stop)
    {
        var (step, group) = (front.Stages.Count, _problem.Groups[_order[front.Stages.Count]]);
        var sums = new Candidates(_d, _links.Open(step).Length, (long)front.Count * group.Count, _problem.Tolerance);
        for (var o = 0; o < group.Count; o++)
        {
            if (stop()) return null;
            var gain = group.Gain(o);
            for (var p = 0; p < front.Count; p++)
            {
                var vector = sums.Next();
                for (var d = 0; d < _d; d++) vector[d] = front.Points[p * _d + d] + gain[d];
                long[] open = _problem.Links.Length > 0 ? Close(step, front.Open.Length > 0 ? front.Open[p] : [], o, vector) : [];
                if (AboveFloor(vector, step + 1) && !sums.TryTake(p, o, open, stop)) return null;
            }
        }

        if (!sums.TryPrune(stop)) return null;
        var stage = new Stage(_order[step], sums.Parents, sums.Options);
        return new Front(sums.Vectors, sums.Open, sums.Count, [.. front.Stages, stage], front.Lost);
    }

    /// <summary>A budget that the rest cannot break is no longer compared: what is spared of it is worth
    /// nothing.</summary>
    private bool AboveFloor(Span<long> vector, int step)
    {
        for (var d = 0; d < _d; d++)
            if ((vector[d] + _best[step][d]) / _problem.Scale < _problem.Floor[d]) return false;
        for (var b = _problem.Parties; b < _d; b++) vector[b] = Math.Min(vector[b], _enough[step][b]);
        return true;
    }

    /// <summary>Takes off what the links that close fall short; the options that open links ask about.</summary>
    private long[] Close(int step, long[] before, int option, Span<long> vector)
    {
        var group = _problem.Groups[_order[step]];
        int[] known = step == 0 ? [] : _links.Open(step - 1);
        foreach (var link in _links.Closing(step))
            vector[link.Party] -= link.Loss[Value(link.First)][Value(link.Second)];
        return [.. _links.Open(step).Select(Value)];

        long Value(int issue)
        {
            var (of, place) = _problem.Places[issue];
            return of == _order[step] ? group.Assignment(option)[place] : before[Array.IndexOf(known, issue)];
        }
    }

    /// <summary>The finest grid that leaves at most so many points, within a tenth.</summary>
    private Front Thin(Front front, int most)
    {
        var grid = new Grid(_problem, _spread, front.Points, front.Open, front.Count);
        var (fine, rough) = (0L, Math.Max(2L, (long)(_problem.Scale * 1e-6)));
        while (grid.Cells(rough, most) is null) (fine, rough) = (rough, 2 * rough);
        while (rough - fine > Math.Max(1, rough / 10))
        {
            var middle = fine + (rough - fine) / 2;
            if (grid.Cells(middle, most) is null) fine = middle;
            else rough = middle;
        }

        var cells = grid.Cells(rough, most)!;
        int[] kept = [.. cells.Values.Order()];
        var stage = front.Stages[^1];
        return new Front(
            [.. kept.SelectMany(p => front.Points.AsSpan(p * _d, _d).ToArray())],
            front.Open.Length > 0 ? [.. kept.Select(p => front.Open[p])] : [], kept.Length,
            [.. front.Stages.SkipLast(1), new Stage(stage.Group, [.. kept.Select(p => stage.Parent[p])],
                [.. kept.Select(p => stage.Option[p])])],
            [.. grid.Lost(cells, rough).Select((lost, p) => front.Lost[p] + lost / _problem.Scale)]);
    }

    /// <summary>Sums each witness again in the order of the issues, rounds, and prunes the rounded vectors
    /// exactly.</summary>
    private Frontier Finish(Front front)
    {
        if (front.Count == 0)
            throw new BargainException("bargain.space_empty", "constraints",
                "No package satisfies the constraints and budgets.");
        var width = _problem.Bargain.Space.Issues.Count;
        var packages = new int[front.Count][];
        var utilities = new double[front.Count][];
        var k = _problem.Parties;
        var rounded = new long[front.Count * k];
        for (var p = 0; p < front.Count; p++)
        {
            packages[p] = Witness(front, p, width);
            utilities[p] = _problem.Bargain.Utilities(new Package(packages[p]));
            for (var d = 0; d < k; d++) rounded[p * k + d] = Grain(utilities[p][d]);
        }

        var kept = Skyline.Keep(rounded, front.Count, k, 0);
        Array.Sort(kept, (a, b) => utilities[b].AsSpan().SequenceCompareTo(utilities[a]));
        var flat = new ushort[kept.Length * width];
        for (var i = 0; i < kept.Length; i++)
            for (var j = 0; j < width; j++) flat[i * width + j] = (ushort)packages[kept[i]][j];
        var lost = front.Lost.Max();
        return new Frontier([.. kept.Select(p => utilities[p])], flat, width,
            lost == 0 ? 0 : Math.Min(lost, utilities.Min(BelowIdeal)));
    }

    /// <summary>The most that any package can pass this point, for any party: none passes the best of each.</summary>
    private double BelowIdeal(double[] point) => point.Select((u, p) => _best[0][p] / _problem.Scale - u).Max();

    /// <summary>The tenth decimal as a whole number; the scale of the problem where utilities are too large for
    /// it.</summary>
    private long Grain(double utility) => (long)Math.Round(utility * Math.Min(_problem.Scale, 1e10));

    private int[] Witness(Front front, int point, int width)
    {
        var values = new int[width];
        for (var s = front.Stages.Count - 1; s >= 0; s--)
        {
            _problem.Groups[front.Stages[s].Group].Write(front.Stages[s].Option[point], values);
            point = front.Stages[s].Parent[point];
        }

        return values;
    }
}
