using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>What kind of bargain this is.</summary>
/// <param name="Opposition">Distance from the point where each has its best to the nearest package (Baarslag 2016); 0:
/// no conflict.</param>
/// <param name="IntegrativePotential">How far Kalai-Smorodinsky lifts everybody above an equal split of a fixed pie: 0
/// fixed pie, 1 all have their best.</param>
/// <param name="RationalFrontier">Frontier points that leave nobody below the disagreement; 0: the contract zone is
/// empty.</param>
public sealed record BargainMeasures(double Opposition, double? IntegrativePotential, int RationalFrontier,
    int FrontierPoints);

/// <summary>How good an agreement is.</summary>
/// <param name="FrontierDistance">Euclidean distance of the utilities to the nearest frontier point; 0 when
/// efficient.</param>
/// <param name="NashRatio">Product of gains over the largest product, in [0, 1].</param>
/// <param name="WelfareRatio">Sum of gains over the sum at the utilitarian point.</param>
/// <param name="LeastGain">The smallest gain as a share of the possible gain.</param>
/// <param name="Gini">Inequality of the gains as shares of the possible gains, 0 for equal.</param>
public sealed record DealMeasures(
    double FrontierDistance, double NashDistance, double KalaiSmorodinskyDistance, double EgalitarianDistance,
        double UtilitarianDistance,
    double NashRatio, double WelfareRatio, double LeastGain, double Gini);

/// <summary>Distances and ratios, each with one definition.</summary>
public static class Measures
{
    public static BargainMeasures Of(Bargain bargain, Frontier frontier, SolutionSet solutions)
    {
        var ideal = Enumerable.Range(0, bargain.Parties.Count).Select(p => frontier.Points.Max(point => point[p]))
            .ToArray();
        double? potential = null;
        if (solutions.KalaiSmorodinsky is { } kalai)
        {
            var equal = 1.0 / bargain.Parties.Count;
            potential = bargain.Parties.Count == 1 ? 1
                : Math.Clamp((Shares(bargain, kalai.Utilities, solutions.Ideal!).Min() - equal) / (1 - equal), 0, 1);
        }

        return new BargainMeasures(frontier.Points.Min(point => Distance(point, ideal)), potential,
            frontier.Points.Count(bargain.IsIndividuallyRational), frontier.Points.Count);
    }

    /// <summary>Needs a contract zone.</summary>
    public static DealMeasures Of(Bargain bargain, Package deal, Frontier frontier, SolutionSet solutions)
    {
        if (!solutions.HasContractZone)
            throw new BargainException("bargain.no_zone", "",
                "Without a contract zone there is nothing to compare a deal with.");
        var u = bargain.Utilities(deal);
        var shares = Shares(bargain, u, solutions.Ideal!);
        var best = solutions.Nash!.Value;
        return new DealMeasures(
            frontier.Points.Min(point => Distance(u, point)),
            Distance(u, solutions.Nash.Utilities), Distance(u, solutions.KalaiSmorodinsky!.Utilities),
            Distance(u, solutions.Egalitarian!.Utilities), Distance(u, solutions.Utilitarian!.Utilities),
            best > 0 ? Product(bargain, u) / best : 1,
            Gain(bargain, u) / Math.Max(1e-12, Gain(bargain, solutions.Utilitarian.Utilities)), shares.Min(),
                Gini(shares));
    }

    public static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b) =>
        Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    /// <summary>The Gini coefficient of shares that are not negative: Σ|a − b| / (2 n Σ a).</summary>
    public static double Gini(IReadOnlyList<double> shares)
    {
        var sum = shares.Sum();
        return sum <= 0 ? 0 : shares.Sum(a => shares.Sum(b => Math.Abs(a - b))) / (2 * shares.Count * sum);
    }

    private static double Product(Bargain bargain, IReadOnlyList<double> u) =>
        u.Select((x, p) => Math.Pow(Math.Max(0, x - bargain.Disagreement[p]), bargain.Parties[p].Power))
            .Aggregate(1.0, (a, b) => a * b);

    private static double Gain(Bargain bargain, IReadOnlyList<double> u) => u.Sum() - bargain.Disagreement.Sum();

    /// <summary>Gains as shares of the possible gains; a party that cannot gain has its whole share.</summary>
    private static double[] Shares(Bargain bargain, IReadOnlyList<double> u, IReadOnlyList<double> ideal) =>
        [.. u.Select((x, p) => ideal[p] - bargain.Disagreement[p] < 1e-10 ? 1
            : (x - bargain.Disagreement[p]) / (ideal[p] - bargain.Disagreement[p]))];
}
