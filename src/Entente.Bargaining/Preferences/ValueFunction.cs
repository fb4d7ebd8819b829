using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Preferences;

/// <summary>What the options of one issue are worth, 0 the worst and 1 the best.</summary>
public abstract record ValueFunction
{
    /// <summary>A value in [0, 1] for each option of the issue.</summary>
    public abstract IReadOnlyList<double> Values(Issue issue);

    /// <summary>A value for each option, as given.</summary>
    public sealed record Table(IReadOnlyList<double> Given) : ValueFunction
    {
        public override IReadOnlyList<double> Values(Issue issue) => Given.Count == issue.Count
            && Given.All(double.IsFinite) ? Given
            : throw new BargainException("bargain.values", issue.Name,
                $"The issue '{issue.Name}' needs a finite value for each of its {issue.Count} options.");
    }

    /// <summary>Straight lines between points of quantity and value; flat beyond the ends.</summary>
    public sealed record PiecewiseLinear(IReadOnlyList<(double At, double Value)> Points) : ValueFunction
    {
        public override IReadOnlyList<double> Values(Issue issue)
        {
            var numbers = issue.Numbers ?? throw new BargainException("bargain.values", issue.Name,
                $"The options of '{issue.Name}' are no quantities: give a table.");
            if (Points.Count == 0 || Points.Zip(Points.Skip(1)).Any(pair => pair.Second.At <= pair.First.At))
                throw new BargainException("bargain.values", issue.Name, $"The points of '{issue.Name}' must ascend.");
            return [.. numbers.Select(At)];
        }

        private double At(double x)
        {
            if (x <= Points[0].At) return Points[0].Value;
            for (var i = 1; i < Points.Count; i++)
                if (x <= Points[i].At)
                    return Points[i - 1].Value
                        + (Points[i].Value - Points[i - 1].Value) * (x - Points[i - 1].At) / (
                        Points[i].At - Points[i - 1].At);
            return Points[^1].Value;
        }
    }

    /// <summary>Rising from the first option to the last: ((x − first) / (last − first))^bend; bend below 1 saturates,
    /// above 1 waits.</summary>
    public sealed record Rising(double Bend = 1) : ValueFunction
    {
        public override IReadOnlyList<double> Values(Issue issue) => [.. Shares(issue).Select(x => Math.Pow(x, Bend))];
    }

    /// <summary>Falling from the first option to the last: one minus the rising curve.</summary>
    public sealed record Falling(double Bend = 1) : ValueFunction
    {
        public override IReadOnlyList<double> Values(Issue issue) =>
            [.. Shares(issue).Select(x => 1 - Math.Pow(x, Bend))];
    }

    /// <summary>Where each option lies between the first (0) and the last (1), by quantity where there is
    /// one.</summary>
    private static IEnumerable<double> Shares(Issue issue)
    {
        if (issue.Count == 1) return [1.0];
        if (issue.Numbers is { } n && n[^1] != n[0]) return n.Select(
            x => Math.Clamp((x - n[0]) / (n[^1] - n[0]), 0, 1));
        return Enumerable.Range(0, issue.Count).Select(i => i / (issue.Count - 1.0));
    }

    /// <summary>A sensible first curve: money and quantities straight, ladders saturating; which way is the caller's to
    /// say.</summary>
    public static ValueFunction Default(Issue issue, bool moreIsBetter)
    {
        var bend = issue.Kind is IssueKind.Ordered or IssueKind.Discrete ? 0.7 : 1;
        return moreIsBetter ? new Rising(bend) : new Falling(1 / bend);
    }

    /// <summary>Swing weights: points for lifting each issue from its worst option to its best, shared out to sum to
    /// one.</summary>
    /// <remarks>Swings know the range of the issue; bare importance does not (Fischer 1995).</remarks>
    public static double[] SwingWeights(IReadOnlyList<double> swings)
    {
        if (swings.Any(s => !double.IsFinite(s) || s < 0) || swings.Sum() <= 0)
            throw new BargainException("bargain.weight", "swings",
                "Swings must be finite, not negative, and not all zero.");
        return [.. swings.Select(s => s / swings.Sum())];
    }

    /// <summary>The additive preference of these values and weights: worth = weight × value.</summary>
    public static Preference Combine(string party, Space space, IReadOnlyList<double> weights,
        IReadOnlyList<ValueFunction> values) => new(party,
        [.. space.Issues.Select((issue, i) =>
            (IReadOnlyList<double>)[.. values[i].Values(issue).Select(v => weights[i] * v)])]);
}
