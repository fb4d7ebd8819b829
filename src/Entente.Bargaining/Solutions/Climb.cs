using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>Local search for a first good package: change one or two groups while the goal gains.</summary>
internal sealed class Climb(Prices prices, Goal goal)
{
    private const int Starts = 6;
    private readonly List<(double Score, int[] Options)> _starts = [];
    private readonly Problem _problem = prices.Problem;
    private readonly int _d = prices.Problem.Dimensions;
    private readonly ILookup<int, Link> _touching = prices.Problem.Links
        .SelectMany(link => new[] { link.First, link.Second }.Select(i => (prices.Problem.Places[i].Group, link)))
        .ToLookup(one => one.Group, one => one.link);
    private readonly double[] _sum = new double[prices.Problem.Dimensions];
    private readonly double[] _trial = new double[prices.Problem.Dimensions];

    /// <summary>Keeps the best few of the packages seen.</summary>
    public void Remember(int[] options, double[] sum)
    {
        var score = Score(sum);
        if (_starts.Count == Starts && score <= _starts[^1].Score) return;
        if (_starts.Exists(start => start.Options.AsSpan().SequenceEqual(options))) return;
        if (_starts.Count == Starts) _starts.RemoveAt(Starts - 1);
        var at = _starts.FindIndex(start => start.Score < score);
        _starts.Insert(at < 0 ? _starts.Count : at, (score, [.. options]));
    }

    /// <summary>The best few starts, climbed; only those above the floor.</summary>
    public IEnumerable<int[]> Summits(int count)
    {
        foreach (var (_, options) in _starts.Take(count).ToArray())
            if (Up(options) >= 0) yield return options;
    }

    public void From(Package package, Incumbent incumbent)
    {
        var groups = _problem.Groups;
        var options = new int[groups.Length];
        for (var g = 0; g < groups.Length; g++)
        {
            var values = groups[g].Issues.Select(i => package[i]).ToArray();
            options[g] = Enumerable.Range(0, groups[g].Count)
                .FirstOrDefault(o => groups[g].Assignment(o).AsSpan().SequenceEqual(values));
        }

        if (Up(options) >= 0) incumbent.Offer(prices.Problem.Package(options));
    }

    private double Up(int[] options)
    {
        Array.Clear(_sum);
        for (var g = 0; g < options.Length; g++) Move(_sum, g, options[g], 1);
        foreach (var link in _problem.Links) _sum[link.Party] -= _problem.Loss(link, options);
        var score = Score(_sum);
        for (var sweep = 0; sweep < 20; sweep++)
        {
            var before = score;
            for (var g = 0; g < options.Length; g++) score = One(options, g, score);
            if (score > before) continue;
            for (var g = 0; g < options.Length; g++)
                for (var h = g + 1; h < options.Length; h++) score = Two(options, g, h, score);
            if (score <= before) break;
        }

        return score;
    }

    private double One(int[] options, int g, double score)
    {
        for (var o = 0; o < _problem.Groups[g].Count; o++)
        {
            if (o == options[g]) continue;
            Shift(_sum, _trial, g, options, o);
            var trial = Score(_trial);
            if (trial <= score) continue;
            score = trial;
            options[g] = o;
            _trial.CopyTo(_sum, 0);
        }

        return score;
    }

    private double Two(int[] options, int g, int h, double score)
    {
        if ((long)_problem.Groups[g].Count * _problem.Groups[h].Count > 10_000) return score;
        Span<double> half = stackalloc double[_d];
        for (var o = 0; o < _problem.Groups[g].Count; o++)
        {
            if (o == options[g]) continue;
            Shift(_sum, half, g, options, o);
            var before = options[g];
            options[g] = o;
            for (var p = 0; p < _problem.Groups[h].Count; p++)
            {
                if (p == options[h]) continue;
                Shift(half, _trial, h, options, p);
                var trial = Score(_trial);
                if (trial <= score) continue;
                (score, before, options[h]) = (trial, o, p);
                _trial.CopyTo(_sum, 0);
                break;
            }

            options[g] = before;
        }

        return score;
    }

    /// <summary>The objective above the floor; below it, minus how far, so that the climb leads back.</summary>
    private double Score(ReadOnlySpan<double> sum)
    {
        var missing = 0.0;
        for (var d = 0; d < _d; d++)
            if (sum[d] < goal.Floor[d] - Bargain.Tolerance) missing += (goal.Floor[d] - sum[d]) / prices.Spans[d];
        if (missing > 0) return -1 - missing;
        var value = goal.Value(sum[.._problem.Parties]);
        return value >= 0 ? value : -0.5 + 0.5 / (1 - value) - 0.5;
    }

    private void Move(double[] sum, int group, int option, int sign)
    {
        for (var d = 0; d < _d; d++) sum[d] += sign * prices.Gains[group][option * _d + d];
    }

    /// <summary>The sum when one group has another option, the other groups as they are.</summary>
    private void Shift(ReadOnlySpan<double> from, Span<double> to, int group, int[] options, int option)
    {
        var (gains, old) = (prices.Gains[group], options[group]);
        for (var d = 0; d < _d; d++) to[d] = from[d] - gains[old * _d + d] + gains[option * _d + d];
        if (_problem.Links.Length == 0) return;
        foreach (var link in _touching[group]) to[link.Party] += _problem.Loss(link, options);
        options[group] = option;
        foreach (var link in _touching[group]) to[link.Party] -= _problem.Loss(link, options);
        options[group] = old;
    }
}
