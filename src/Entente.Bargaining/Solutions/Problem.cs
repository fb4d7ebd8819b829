using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Solutions;

/// <summary>A bargain as groups of options whose worth adds up, in exact whole numbers.</summary>
/// <remarks>
/// Issues joined by an interaction or a forbidden combination become one group whose options are their joint
/// assignments, as long as these stay few; a budget becomes one more dimension, minus its cost, with a floor. What
/// would join too many issues is cut and checked on the way: a forbidden combination of k choices is the budget "at
/// most k − 1 of them", and an interaction is a <see cref="Link"/>. So constraints and interactions cost no exactness
/// anywhere behind this type. Options no better than another one in every dimension cannot be part of a solution and
/// are left out; options equal in every dimension are kept once, with their number and the first assignment.
/// </remarks>
internal sealed class Problem
{
    private readonly int _jointMax;

    public Problem(Bargain bargain, Limits? limits = null)
    {
        Bargain = bargain;
        _jointMax = (limits ?? Limits.None).JointOptionsMax;
        var parts = Partition();
        Budgets = [.. bargain.Space.Constraints.OfType<Constraint.Budget>(), .. parts.Cut.Select(AsBudget)];
        Parties = bargain.Parties.Count;
        Dimensions = Parties + Budgets.Length;
        Weighed = Dimensions - parts.Cut.Count;
        Scale = ChooseScale();
        Tolerance = 2 * bargain.Space.Issues.Count;
        Links = [.. parts.Apart.Select(pair => new Link(pair.Party, pair.Pair, Scale))];
        Groups = [.. parts.Groups.Select(issues => new GroupBuilder(this, issues).Build())];
        Places = new (int, int)[bargain.Space.Issues.Count];
        for (var g = 0; g < Groups.Length; g++)
            for (var i = 0; i < Groups[g].Issues.Length; i++) Places[Groups[g].Issues[i]] = (g, i);
        Floor = new double[Dimensions];
        Array.Fill(Floor, double.NegativeInfinity);
        for (var b = 0; b < Budgets.Length; b++)
            Floor[Parties + b] = -Budgets[b].Limit - 1e-9 * Math.Max(1, Math.Abs(Budgets[b].Limit));
    }

    public Bargain Bargain { get; }

    public int Parties { get; }

    /// <summary>Parties, then budgets.</summary>
    public int Dimensions { get; }

    /// <summary>Parties and stated budgets: dimensions that are more than a condition.</summary>
    public int Weighed { get; }

    /// <summary>Whole units in one unit of utility: a power of ten, so that decimal data is exact.</summary>
    public double Scale { get; }

    /// <summary>Whole units within which two sums are the same number with different noise.</summary>
    public long Tolerance { get; }

    public Group[] Groups { get; }

    /// <summary>Interactions between issues of different groups.</summary>
    public Link[] Links { get; }

    /// <summary>For each issue its group, and its place in the assignments of that group.</summary>
    public (int Group, int At)[] Places { get; }

    /// <summary>The least a dimension may reach: minus the limit for a budget, none for a party.</summary>
    public double[] Floor { get; }

    private Constraint.Budget[] Budgets { get; }

    public Package Package(IReadOnlyList<int> options)
    {
        var values = new int[Bargain.Space.Issues.Count];
        for (var g = 0; g < Groups.Length; g++) Groups[g].Write(options[g], values);
        return new Package(values);
    }

    /// <summary>The option of an issue when groups have these options.</summary>
    public int Value(int issue, IReadOnlyList<int> options) =>
        Groups[Places[issue].Group].Assignment(options[Places[issue].Group])[Places[issue].At];

    /// <summary>What a link takes off, in units of utility.</summary>
    public double Loss(Link link, IReadOnlyList<int> options) =>
        link.Loss[Value(link.First, options)][Value(link.Second, options)] / Scale;

    public IReadOnlyList<double> Row(int dimension, int issue) =>
        dimension < Parties ? Bargain.Parties[dimension].Worth[issue] : Budgets[dimension - Parties].Costs[issue];

    private double ChooseScale()
    {
        var most = 0.0;
        for (var d = 0; d < Dimensions; d++)
        {
            var sum = 0.0;
            for (var i = 0; i < Bargain.Space.Issues.Count; i++) sum += Row(d, i).Max(Math.Abs);
            if (d < Parties) sum += Bargain.Parties[d]
                .Interactions.Sum(pair => pair.Worth.Max(row => row.Max(Math.Abs)));
            most = Math.Max(most, sum);
        }

        var scale = 1e15;
        while (scale > 1e-9 && most * scale > 4e15) scale /= 10;
        return scale;
    }

    private sealed record Parts(
        IReadOnlyList<int[]> Groups, IReadOnlyList<Constraint.Forbidden> Cut,
        IReadOnlyList<(int Party, Interaction Pair)> Apart);

    /// <summary>Joins what interactions and forbidden combinations tie together, the smallest first.</summary>
    private Parts Partition()
    {
        var issues = Bargain.Space.Issues;
        var parent = Enumerable.Range(0, issues.Count).ToArray();
        var joint = issues.Select(issue => (double)issue.Count).ToArray();
        var apart = Bargain.Parties.SelectMany((party, p) => party.Interactions.Select(pair => (Party: p, Pair: pair)))
            .OrderBy(one => joint[one.Pair.First] * joint[one.Pair.Second])
            .Where(one => !TryJoin([one.Pair.First, one.Pair.Second])).ToList();
        var cut = Bargain.Space.Constraints.OfType<Constraint.Forbidden>()
            .OrderBy(one => one.Together.Aggregate(1.0, (product, choice) => product * joint[choice.Issue]))
            .Where(one => !TryJoin([.. one.Together.Select(choice => choice.Issue)])).ToList();
        // What did not fit when it was tried may lie in one group in the end.
        apart.RemoveAll(one => Root(one.Pair.First) == Root(one.Pair.Second));
        cut.RemoveAll(one => one.Together.Select(choice => Root(choice.Issue)).Distinct().Count() == 1);
        return new([.. Enumerable.Range(0, parent.Length).GroupBy(Root).Select(g => g.ToArray())], cut, apart);

        int Root(int i) => parent[i] == i ? i : parent[i] = Root(parent[i]);
        bool TryJoin(int[] tied)
        {
            int[] roots = [.. tied.Select(Root).Distinct()];
            var product = roots.Aggregate(1.0, (all, root) => all * joint[root]);
            if (roots.Length > 1 && product > _jointMax) return false;
            foreach (var root in roots) parent[root] = roots[0];
            joint[roots[0]] = product;
            return true;
        }
    }

    /// <summary>Never all of these choices at once: at most all but one of them.</summary>
    private Constraint.Budget AsBudget(Constraint.Forbidden forbidden) => new(forbidden.Name,
        [.. Bargain.Space.Issues.Select((issue, i) => (IReadOnlyList<double>)[.. Enumerable.Range(0, issue.Count)
            .Select(v => (double)forbidden.Together.Count(c => c.Issue == i && c.Values.Contains(v)))])],
        forbidden.Together.Count - 1);
}

/// <summary>Issues that are decided together, and their options in whole units of worth.</summary>
internal sealed class Group(int[] issues, int[][] assignments, long[] gains, long[] multiplicities, int dimensions)
{
    public int Count => assignments.Length;

    public int[] Issues => issues;

    public ReadOnlySpan<long> Gain(int option) => gains.AsSpan(option * dimensions, dimensions);

    public int[] Assignment(int option) => assignments[option];

    /// <summary>How many assignments of the issues have the worth of this option.</summary>
    public long Multiplicity(int option) => multiplicities[option];

    public void Write(int option, int[] values)
    {
        for (var i = 0; i < issues.Length; i++) values[issues[i]] = assignments[option][i];
    }
}

internal sealed class VectorComparer : IEqualityComparer<long[]>
{
    public static VectorComparer Instance { get; } = new();

    public bool Equals(long[]? x, long[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(long[] vector)
    {
        var hash = 17L;
        foreach (var value in vector) hash = hash * 0x5851F42D4C957F2D + value;
        return (int)(hash ^ (hash >> 32));
    }
}
