using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Solutions;

/// <summary>Enumerates the joint options of tied issues in dictionary order.</summary>
internal sealed class GroupBuilder(Problem problem, int[] issues)
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
    private readonly Constraint.Forbidden[] _forbidden = [.. problem.Bargain.Space.Constraints
        .OfType<Constraint.Forbidden>().Where(f => f.Together.All(choice => issues.Contains(choice.Issue)))];
    private readonly (int Party, Interaction Pair)[] _interactions = [.. problem.Bargain.Parties
        .SelectMany((party, p) => party.Interactions.Select(pair => (p, pair)))
        .Where(one => issues.Contains(one.pair.First) && issues.Contains(one.pair.Second))];
    private readonly Link[] _links = [.. problem.Links.Where(link => issues.Contains(link.First))];
    private readonly int[] _linked = [.. problem.Links.SelectMany(link => new[] { link.First, link.Second })
        .Where(issues.Contains).Distinct()];

    public Group Build()
    {
        Extend(0);
        if (_gains.Count == 0)
            throw new BargainException("bargain.space_empty", "constraints",
                "No package satisfies the constraints and must-haves on "
                + string.Join(", ", issues.Select(i => problem.Bargain.Space.Issues[i].Name)) + ".");
        var all = Enumerable.Range(0, _gains.Count);
        int[] kept = _linked.Length == 0 ? Best([.. all])
            : [.. all.GroupBy(Signature).SelectMany(alike => Best([.. alike]))];
        Array.Sort(kept);
        return new Group(issues, [.. kept.Select(o => _assignments[o])], Gains(kept),
            [.. kept.Select(o => _multiplicities[o])], problem.Dimensions);
    }

    private long[] Gains(int[] options)
    {
        var flat = new long[options.Length * problem.Dimensions];
        for (var o = 0; o < options.Length; o++)
            Array.Copy(_gains[options[o]], 0, flat, o * problem.Dimensions, problem.Dimensions);
        return flat;
    }

    /// <summary>Options can stand for each other only where they do the same to every link.</summary>
    private string Signature(int option) => string.Join(',', _gains[option].Skip(problem.Dimensions));

    private int[] Best(int[] options)
    {
        var kept = Skyline.Keep(Gains(options), options.Length, problem.Dimensions, 0);
        return WithTwins([.. kept.Select(k => options[k])], options);
    }

    /// <summary>Options that are worth the same to all parties but cost more, or differ by noise, still count as
    /// ties.</summary>
    private int[] WithTwins(int[] kept, int[] all)
    {
        if (kept.Length == all.Length || (long)kept.Length * all.Length > 20_000_000) return kept;
        var known = kept.ToHashSet();
        return [.. kept, .. all.Where(o => !known.Contains(o)
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
        foreach (var forbidden in _forbidden)
            if (forbidden.Together.All(c => c.Values.Contains(_values[c.Issue]))) return;
        var gain = new long[problem.Dimensions + _linked.Length];
        for (var d = 0; d < problem.Dimensions; d++)
            for (var i = 0; i < issues.Length; i++) gain[d] += _worth[i][d][_values[issues[i]]];
        foreach (var (party, pair) in _interactions)
            gain[party] += (long)Math.Round(pair.Worth[_values[pair.First]][_values[pair.Second]] * problem.Scale);
        foreach (var link in _links) gain[link.Party] += link.Hope[_values[link.First]];
        for (var i = 0; i < _linked.Length; i++) gain[problem.Dimensions + i] = _values[_linked[i]];
        if (_seen.TryGetValue(gain, out var known)) _multiplicities[known]++;
        else
        {
            _seen[gain] = _gains.Count;
            _gains.Add(gain);
            _assignments.Add([.. issues.Select(i => _values[i])]);
            _multiplicities.Add(1);
        }
    }
}
