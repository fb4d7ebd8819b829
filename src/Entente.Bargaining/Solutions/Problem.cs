using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>A bargain as independent groups of options whose worth adds up, in exact whole numbers.</summary>
/// <remarks>
/// Issues joined by an interaction or a forbidden combination become one group whose options are their joint
/// assignments;
/// a budget becomes one more dimension, minus its cost, with a floor. So constraints and interactions cost no exactness
/// anywhere behind this type. Options no better than another one in every dimension cannot be part of a solution and
/// are left out;
/// options equal in every dimension are kept once, with their number and the first assignment.
/// </remarks>
internal sealed class Problem
{
    private const int JointMax = 1 << 21;

    public Problem(Bargain bargain)
    {
        Bargain = bargain;
        Budgets = [.. bargain.Space.Constraints.OfType<Constraint.Budget>()];
        Parties = bargain.Parties.Count;
        Dimensions = Parties + Budgets.Length;
        Scale = ChooseScale();
        Tolerance = 2 * bargain.Space.Issues.Count;
        Groups = [.. Components().Select(issues => Build(issues))];
        Floor = new double[Dimensions];
        Array.Fill(Floor, double.NegativeInfinity);
        for (var b = 0; b < Budgets.Length; b++)
            Floor[Parties + b] = -Budgets[b].Limit - 1e-9 * Math.Max(1, Math.Abs(Budgets[b].Limit));
    }

    public Bargain Bargain { get; }

    public int Parties { get; }

    /// <summary>Parties, then budgets.</summary>
    public int Dimensions { get; }

    /// <summary>Whole units in one unit of utility: a power of ten, so that decimal data is exact.</summary>
    public double Scale { get; }

    /// <summary>Whole units within which two sums are the same number with different noise.</summary>
    public long Tolerance { get; }

    public Group[] Groups { get; }

    /// <summary>The least a dimension may reach: minus the limit for a budget, none for a party.</summary>
    public double[] Floor { get; }

    private Constraint.Budget[] Budgets { get; }

    public Package Package(IReadOnlyList<int> options)
    {
        var values = new int[Bargain.Space.Issues.Count];
        for (var g = 0; g < Groups.Length; g++) Groups[g].Write(options[g], values);
        return new Package(values);
    }

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

    private IReadOnlyList<double> Row(int dimension, int issue) =>
        dimension < Parties ? Bargain.Parties[dimension].Worth[issue] : Budgets[dimension - Parties].Costs[issue];

    private IEnumerable<int[]> Components()
    {
        var parent = Enumerable.Range(0, Bargain.Space.Issues.Count).ToArray();
        int Root(int i) => parent[i] == i ? i : parent[i] = Root(parent[i]);
        foreach (var pair in Bargain.Parties.SelectMany(party => party.Interactions)) parent[Root(pair.First)] = Root(
            pair.Second);
        foreach (var forbidden in Bargain.Space.Constraints.OfType<Constraint.Forbidden>())
            foreach (var choice in forbidden.Together) parent[Root(choice.Issue)] = Root(forbidden.Together[0].Issue);
        return Enumerable.Range(0, parent.Length).GroupBy(Root).Select(g => g.ToArray());
    }

    private Group Build(int[] issues)
    {
        var joint = issues.Aggregate(1.0, (product, i) => product * Bargain.Space.Issues[i].Count);
        if (joint > JointMax)
            throw new BargainException("bargain.entangled", "issues",
                $"Constraints and interactions tie {issues.Length} issues into {joint:0} joint options; "
                + $"at most {JointMax} can be kept exact: "
                + string.Join(", ", issues.Select(i => Bargain.Space.Issues[i].Name)) + ".");
        var group = new GroupBuilder(this, issues).Build();
        return group.Count > 0 ? group : throw new BargainException("bargain.space_empty", "constraints",
            "No package satisfies the constraints and must-haves on "
                + string.Join(", ", issues.Select(i => Bargain.Space.Issues[i].Name)) + ".");
    }

    /// <summary>Enumerates the joint options of tied issues in dictionary order.</summary>
    private sealed class GroupBuilder(Problem problem, int[] issues)
    {
        private readonly Dictionary<long[], int> _seen = new(VectorComparer.Instance);
        private readonly List<long[]> _gains = [];
        private readonly List<int[]> _assignments = [];
        private readonly List<long> _multiplicities = [];
        private readonly int[] _values = new int[problem.Bargain.Space.Issues.Count];
        private readonly long[][][] _worth = [.. issues.Select(i => Enumerable.Range(0, problem.Dimensions)
            .Select(d => problem.Row(d, i)
                .Select(w => (long)Math.Round((d < problem.Parties ? w : -w) * problem.Scale)).ToArray())
            .ToArray())];

        public Group Build()
        {
            Extend(0);
            var flat = _gains.SelectMany(g => g).ToArray();
            var kept = WithTwins(Skyline.Keep(flat, _gains.Count, problem.Dimensions, 0));
            Array.Sort(kept);
            return new Group(issues, [.. kept.Select(o => _assignments[o])], [.. kept.SelectMany(o => _gains[o])],
                [.. kept.Select(o => _multiplicities[o])], problem.Dimensions);
        }

        /// <summary>Options that are worth the same to all parties but cost more, or differ by noise, still count as
        /// ties.</summary>
        private int[] WithTwins(int[] kept)
        {
            if (kept.Length == _gains.Count || (long)kept.Length * _gains.Count > 20_000_000) return kept;
            var known = kept.ToHashSet();
            return [.. kept, .. Enumerable.Range(0, _gains.Count).Where(o => !known.Contains(o)
                && Array.Exists(kept, k => Enumerable.Range(0, problem.Parties)
                    .All(p => Math.Abs(_gains[o][p] - _gains[k][p]) <= problem.Tolerance)))];
        }

        private void Extend(int depth)
        {
            if (depth == issues.Length)
            {
                Add();
                return;
            }

            var issue = issues[depth];
            for (var v = 0; v < problem.Bargain.Space.Issues[issue].Count; v++)
            {
                if (!problem.Bargain.Parties.All(
                    p => p.MustHaves.All(m => m.Issue != issue || m.Values.Contains(v)))) continue;
                _values[issue] = v;
                Extend(depth + 1);
            }
        }

        private void Add()
        {
            foreach (var constraint in problem.Bargain.Space.Constraints)
                if (constraint is Constraint.Forbidden f && issues.Contains(f.Together[0].Issue)
                    && f.Together.All(c => c.Values.Contains(_values[c.Issue]))) return;
            var gain = new long[problem.Dimensions];
            for (var d = 0; d < gain.Length; d++)
            {
                for (var i = 0; i < issues.Length; i++) gain[d] += _worth[i][d][_values[issues[i]]];
                if (d < problem.Parties && issues.Length > 1) gain[d] += Joint(d);
            }

            if (_seen.TryGetValue(gain, out var known)) _multiplicities[known]++;
            else
            {
                _seen[gain] = _gains.Count;
                _gains.Add(gain);
                _assignments.Add([.. issues.Select(i => _values[i])]);
                _multiplicities.Add(1);
            }
        }

        private long Joint(int party) => problem.Bargain.Parties[party].Interactions
            .Where(pair => issues.Contains(pair.First))
            .Sum(pair => (long)Math.Round(pair.Worth[_values[pair.First]][_values[pair.Second]] * problem.Scale));
    }
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
