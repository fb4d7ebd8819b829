using System.Numerics;
using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>Counts the packages with given utilities and finds the first of them in dictionary order.</summary>
/// <remarks>
/// Group by group, equal partial sums (and options that open links still ask about) are one state with a count and its
/// first assignment, so that symmetric spaces with very many ties stay small; a state ends when the prices leave it no
/// room to reach the utilities. The utilities must lie on the frontier.
/// </remarks>
internal sealed class Twins(Problem problem, Prices prices)
{
    private sealed record State(long[] Sum, BigInteger Count, int[] Values, double[] Room);

    public (BigInteger Count, Package First) Of(IReadOnlyList<double> utilities, Package known)
    {
        var target = new double[problem.Dimensions];
        for (var d = 0; d < target.Length; d++) target[d] = d < problem.Parties ? utilities[d] - 1.5e-10
            : problem.Floor[d];
        var vectors = PricesAt(target);
        var order = Enumerable.Range(0, problem.Groups.Length)
            .OrderByDescending(g => Regrets(g, vectors[0]).Average()).ThenBy(g => g).ToArray();
        var room = vectors.Select(v => prices.Best(v) - Goal.Dot(v, target) + 1e-12).ToArray();
        List<State> states = [new(new long[problem.Dimensions], 1, new int[known.Count], room)];
        var links = new LinkOrder(problem, order);
        for (var s = 0; s < order.Length; s++)
            states = Extend(states, order[s], vectors, links.Closing(s), links.Open(s));
        var (count, first) = (BigInteger.Zero, known);
        foreach (var state in states)
        {
            var package = new Package(state.Values);
            if (!problem.Bargain.Utilities(package).SequenceEqual(utilities)
                || !problem.Bargain.Allows(package)) continue;
            count += state.Count;
            if (package.CompareTo(first) < 0) first = package;
        }

        return (BigInteger.Max(count, 1), first);
    }

    private double[][] PricesAt(double[] target)
    {
        var best = Enumerable.Range(0, target.Length).Select(d => 1 / prices.Spans[d]).ToArray();
        prices.Descend(new Goal.Welfare(target, new double[problem.Parties]), 0, best, 150);
        var alone = Enumerable.Range(0, target.Length).Select(d =>
        {
            var one = new double[target.Length];
            one[d] = 1 / prices.Spans[d];
            return one;
        });
        var tilted = Enumerable.Range(0, target.Length).SelectMany(d => new[] { 0.6, 1.6 }.Select(factor =>
        {
            double[] one = [.. best];
            one[d] *= factor;
            return one;
        }));
        return [best, .. alone, .. tilted];
    }

    private double[] Regrets(int group, double[] vector)
    {
        var d = problem.Dimensions;
        var worth = Enumerable.Range(0, problem.Groups[group].Count)
            .Select(o => Goal.Dot(vector, prices.Gains[group].AsSpan(o * d, d))).ToArray();
        var most = worth.Max();
        return [.. worth.Select(w => most - w)];
    }

    private List<State> Extend(List<State> states, int index, double[][] vectors, Link[] closing, int[] open)
    {
        var group = problem.Groups[index];
        double[][] regrets = [.. vectors.Select(v => Regrets(index, v))];
        var known = new Dictionary<long[], int>(VectorComparer.Instance);
        var next = new List<State>();
        var room = new double[regrets.Length];
        foreach (var state in states)
        {
            for (var o = 0; o < group.Count; o++)
            {
                if (!Left(state.Room, regrets, o, room)) continue;
                int[] values = [.. state.Values];
                group.Write(o, values);
                var sum = new long[problem.Dimensions + open.Length];
                for (var d = 0; d < problem.Dimensions; d++) sum[d] = state.Sum[d] + group.Gain(o)[d];
                if (!Closed(closing, values, sum, vectors, room)) continue;
                for (var i = 0; i < open.Length; i++) sum[problem.Dimensions + i] = values[open[i]];
                var count = state.Count * group.Multiplicity(o);
                if (known.TryGetValue(sum, out var at))
                {
                    var twin = next[at];
                    var first = values.AsSpan().SequenceCompareTo(twin.Values) < 0 ? values : twin.Values;
                    next[at] = twin with { Count = twin.Count + count, Values = first };
                }
                else
                {
                    known[sum] = next.Count;
                    next.Add(new State(sum, count, values, [.. room]));
                }
            }
        }

        return next;
    }

    /// <summary>Takes off what links fall short; false when no room is left.</summary>
    private bool Closed(Link[] closing, int[] values, long[] sum, double[][] vectors, double[] room)
    {
        foreach (var link in closing)
        {
            var loss = link.Loss[values[link.First]][values[link.Second]];
            sum[link.Party] -= loss;
            for (var m = 0; m < vectors.Length; m++)
                if ((room[m] -= loss / problem.Scale * vectors[m][link.Party]) < 0) return false;
        }

        return true;
    }

    private static bool Left(double[] from, double[][] regrets, int option, double[] room)
    {
        for (var m = 0; m < regrets.Length; m++)
            if ((room[m] = from[m] - regrets[m][option]) < 0) return false;
        return true;
    }
}
