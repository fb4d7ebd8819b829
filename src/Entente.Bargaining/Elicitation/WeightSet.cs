namespace Entente.Bargaining.Elicitation;

/// <summary>What a statement says about the weights: <paramref name="Normal"/>·w ≥ <paramref name="Least"/>.</summary>
/// <param name="Source">Which statement it comes from: 0 and up are answers, below 0 are swings.</param>
public sealed record HalfSpace(double[] Normal, double Least, int Source);

/// <summary>All weights that agree with what was said: w ≥ 0, Σ w = 1, and a half-space for each statement.</summary>
public sealed class WeightSet
{
    private readonly List<double[]> _rows = [];
    private readonly List<double> _limits = [];

    public WeightSet(int issues, IReadOnlyList<HalfSpace> statements)
    {
        (Issues, Statements) = (issues, statements);
        _rows.Add([.. Enumerable.Repeat(1.0, issues)]);
        _limits.Add(1);
        _rows.Add([.. Enumerable.Repeat(-1.0, issues)]);
        _limits.Add(-1);
        foreach (var statement in statements)
        {
            _rows.Add([.. statement.Normal.Select(x => -x)]);
            _limits.Add(-statement.Least);
        }
    }

    public int Issues { get; }

    public IReadOnlyList<HalfSpace> Statements { get; }

    public bool IsEmpty => Max(new double[Issues]) is null;

    /// <summary>The largest value of <paramref name="direction"/>·w over the set; null when the set is empty.</summary>
    public double? Max(double[] direction) => LinearProgram.Maximize(_rows, _limits, direction)?.Value;

    public WeightSet With(params IReadOnlyList<HalfSpace> more) => new(Issues, [.. Statements, .. more]);

    /// <summary>The middle of the set: the mean of the corners that are farthest along each weight and against it, and
    /// between pairs.</summary>
    public double[] Centre()
    {
        var mean = new double[Issues];
        var corners = 0;
        for (var i = 0; i < Issues; i++)
            foreach (var (up, down) in ((int, int)[])[(i, -1), (-1, i), (i, (i + 1) % Issues), ((i + 1) % Issues, i)])
            {
                var direction = new double[Issues];
                if (up >= 0) direction[up] = 1;
                if (down >= 0) direction[down] = -1;
                var corner = LinearProgram.Maximize(_rows, _limits, direction)
                    ?? throw new BargainException(
                        "bargain.contradiction", "answers", "No weights agree with everything that was said.");
                for (var j = 0; j < Issues; j++) mean[j] += corner.X[j];
                corners++;
            }

        return [.. mean.Select(sum => sum / corners)];
    }

    /// <summary>A set of statements that cannot all hold, none of which can be left out; empty when all can
    /// hold.</summary>
    public IReadOnlyList<HalfSpace> Contradiction()
    {
        if (!IsEmpty) return [];
        var needed = Statements.ToList();
        foreach (var statement in Statements)
        {
            var without = needed.Where(s => !ReferenceEquals(s, statement)).ToList();
            if (new WeightSet(Issues, without).IsEmpty) needed = without;
        }

        return needed;
    }

    /// <summary>The same statements, each eased by as little as it takes in sum for all to hold.</summary>
    public (WeightSet Set, IReadOnlyList<double> Eased) Mended()
    {
        var n = Issues + Statements.Count;
        List<double[]> rows = [Wide(_rows[0]), Wide(_rows[1])];
        List<double> limits = [1, -1];
        for (var s = 0; s < Statements.Count; s++)
        {
            var row = Wide([.. Statements[s].Normal.Select(x => -x)]);
            row[Issues + s] = -1;
            rows.Add(row);
            limits.Add(-Statements[s].Least);
        }

        double[] least = [.. Enumerable.Range(0, n).Select(i => i < Issues ? 0.0 : -1)];
        var eased = LinearProgram.Maximize(rows, limits, least)!.Value.X[Issues..];
        return (new WeightSet(
            Issues, [.. Statements.Select((s, i) => eased[i] > 1e-9 ? s with { Least = s.Least - eased[i] - 1e-6 }
            : s)]), eased);

        double[] Wide(double[] row) => [.. row, .. new double[Statements.Count]];
    }
}
