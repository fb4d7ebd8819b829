using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Tactics;

/// <summary>What a party believes another one prefers, learned from its offers.</summary>
public abstract class OpponentModel(Space space)
{
    protected Space Space { get; } = space;

    public abstract void Hear(Package offer);

    /// <summary>The preference believed now, its weights summing to one.</summary>
    public abstract Preference Believed { get; }

    protected Preference Weighted(double[] weights, double[][] values)
    {
        var sum = weights.Sum();
        return new Preference("opponent",
            [.. weights.Select((w, i) => (IReadOnlyList<double>)[.. values[i].Select(v => w / sum * v)])]);
    }
}

/// <summary>Frequency model: what is offered often is liked, what hardly varies is important (Hardheaded 2011; Tunali
/// et al. 2017).</summary>
/// <remarks>
/// A value is liked by (times offered / times the most offered one)^½. With p the shares of the n values of an issue,
/// its weight is its
/// concentration (Σ p² − 1/n) / (1 − 1/n), since a party that concedes moves last on what matters most.
/// </remarks>
public sealed class FrequencyModel(Space space) : OpponentModel(space)
{
    private readonly double[][] _counts = [.. space.Issues.Select(issue => new double[issue.Count])];

    public override void Hear(Package offer)
    {
        for (var i = 0; i < offer.Count; i++) _counts[i][offer[i]]++;
    }

    public override Preference Believed => Weighted([.. _counts.Select(Concentration)],
        [.. _counts.Select(row => row.Select(n => Math.Sqrt(n / Math.Max(1, row.Max()))).ToArray())]);

    private static double Concentration(double[] counts)
    {
        var (total, even) = (Math.Max(1, counts.Sum()), 1.0 / counts.Length);
        var squares = counts.Sum(n => n / total * (n / total));
        return counts.Length == 1 ? 0.02 : 0.02 + Math.Max(0, (squares - even) / (1 - even));
    }
}

/// <summary>Bayesian model: for each issue, how likely each order of importance and each shape of the value curve is
/// (Hindriks and Tykhonov 2008).</summary>
/// <remarks>
/// Hypotheses for an issue: weight 1 to 5 of 5, and its values rising, falling, or peaked at one of them. An offer is
/// likely when it
/// is worth what a party that concedes slowly would ask for; issues are updated one after the other around the present
/// mean.
/// </remarks>
public sealed class BayesianModel : OpponentModel
{
    private const int Steps = 5;
    private const double Spread = 0.15;
    private readonly double[][][] _shapes;
    private readonly double[][] _probability;
    private int _heard;

    public BayesianModel(Space space)
        : base(space)
    {
        _shapes = [.. space.Issues.Select(issue => Shapes(issue.Count))];
        _probability =
            [.. _shapes.Select(shapes => Enumerable.Repeat(1.0 / (shapes.Length * Steps), shapes.Length * Steps)
            .ToArray())];
    }

    public override Preference Believed
    {
        get
        {
            var values = _shapes.Select((_, i) => Mean(i)).ToArray();
            return Weighted([.. _shapes.Select((_, i) => Weight(i))],
                [.. values.Select(row => row.Max() > 0 ? row.Select(v => v / row.Max()).ToArray() : row)]);
        }
    }

    public override void Hear(Package offer)
    {
        // The n-th different offer is expected to be worth a little less than the one before.
        var expected = Math.Max(0.5, 1 - 0.01 * _heard++);
        var weights = _shapes.Select((_, i) => Weight(i)).ToArray();
        var worth = _shapes.Select((_, i) => Mean(i)[offer[i]]).ToArray();
        for (var i = 0; i < offer.Count; i++)
        {
            var others = Enumerable.Range(0, offer.Count).Where(j => j != i).ToArray();
            var (total, sum) = (others.Sum(j => weights[j]), others.Sum(j => weights[j] * worth[j]));
            for (var h = 0; h < _probability[i].Length; h++)
            {
                var weight = (h % Steps + 1.0) / Steps;
                var utility = (sum + weight * _shapes[i][h / Steps][offer[i]]) / (total + weight);
                var gap = (utility - expected) / Spread;
                _probability[i][h] *= Math.Exp(-0.5 * gap * gap);
            }

            var norm = _probability[i].Sum();
            for (var h = 0; h < _probability[i].Length; h++) _probability[i][h] /= norm;
        }
    }

    private double Weight(int issue) => _probability[issue].Select((p, h) => p * (h % Steps + 1.0) / Steps).Sum();

    private double[] Mean(int issue)
    {
        var mean = new double[_shapes[issue][0].Length];
        for (var h = 0; h < _probability[issue].Length; h++)
            for (var v = 0; v < mean.Length; v++) mean[v] += _probability[issue][h] * _shapes[issue][h / Steps][v];
        return mean;
    }

    private static double[][] Shapes(int count)
    {
        if (count == 1) return [[1.0]];
        double At(int v) => v / (count - 1.0);
        var peaks = Enumerable.Range(1, Math.Max(0, count - 2)).Select(peak => Enumerable.Range(0, count)
            .Select(v => 1 - Math.Abs(At(v) - At(peak)) / Math.Max(At(peak), 1 - At(peak))).ToArray());
        return [[.. Enumerable.Range(0, count).Select(At)], [.. Enumerable.Range(0, count).Select(v => 1 - At(v))],
            .. peaks];
    }
}
