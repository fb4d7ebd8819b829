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

    /// <summary>The weights in the set that are farthest in a direction.</summary>
    public (double Value, double[] Weights) Farthest(double[] direction) =>
        LinearProgram.Maximize(_rows, _limits, direction) ?? throw new BargainException(
            "bargain.contradiction", "answers", "No weights agree with everything that was said.");

    /// <summary>The least and the most each weight may be.</summary>
    public IReadOnlyList<(double Least, double Most)> Bounds => field ??= [.. Enumerable.Range(0, Issues).Select(i =>
        (Math.Max(0, -Farthest(Along((i, -1))).Value), Farthest(Along((i, 1))).Value))];

    /// <summary>Corners that are farthest along each weight and against it, and between neighbours.</summary>
    public IReadOnlyList<double[]> Corners => field ??= [.. Enumerable.Range(0, Issues)
        .SelectMany(i => new[] { Along((i, 1)), Along((i, -1)), Along((i, 1), ((i + 1) % Issues, -1)),
            Along((i, -1), ((i + 1) % Issues, 1)) })
        .Select(direction => Farthest(direction).Weights)];

    /// <summary>Weights spread evenly over the set, the same each time.</summary>
    /// <remarks>Hit and run (Smith 1984): from a point in a direction between two corners, as far as chance says; such
    /// directions follow the shape of a narrow set.</remarks>
    public IReadOnlyList<double[]> Samples => field ??= Walk(count: 200, steps: 2 + Issues / 2);

    /// <summary>The middle of the set: the mean of its samples.</summary>
    public double[] Centre() => Mean(Samples);

    private double[][] Walk(int count, int steps)
    {
        var chance = Chance.Seeded(7, Issues, Statements.Count);
        var at = Mean(Corners);
        var found = new double[count][];
        for (var n = 0; n < count; n++)
        {
            for (var step = 0; step < steps; step++)
            {
                var (from, to) = (Corners[chance.Next(Corners.Count)], Corners[chance.Next(Corners.Count)]);
                double[] way = [.. from.Zip(to, (a, b) => b - a)];
                var (least, most) = Reach(at, way);
                if (most <= least) continue;
                var length = least + (most - least) * chance.Share();
                for (var i = 0; i < at.Length; i++) at[i] += length * way[i];
            }

            found[n] = [.. at];
        }

        return found;
    }

    /// <summary>How far the set reaches from a point, back and forth along a way.</summary>
    private (double Least, double Most) Reach(double[] at, double[] way)
    {
        var (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < at.Length; i++) Stop(-way[i], at[i]);
        // The first two rows say that weights sum to one, which every way between corners keeps.
        for (var r = 2; r < _rows.Count; r++) Stop(Dot(_rows[r], way), _limits[r] - Dot(_rows[r], at));
        return double.IsInfinity(least) || double.IsInfinity(most) ? (0, 0) : (least, most);

        void Stop(double slope, double room)
        {
            if (slope > 1e-12) most = Math.Min(most, Math.Max(0, room) / slope);
            if (slope < -1e-12) least = Math.Max(least, Math.Max(0, room) / slope);
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private double[] Mean(IReadOnlyList<double[]> points) =>
        [.. Enumerable.Range(0, Issues).Select(i => points.Average(point => point[i]))];

    private double[] Along(params ReadOnlySpan<(int Issue, double Sign)> parts)
    {
        var direction = new double[Issues];
        foreach (var (issue, sign) in parts) direction[issue] += sign;
        return direction;
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
