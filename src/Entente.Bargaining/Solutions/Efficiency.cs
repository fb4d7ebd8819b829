using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>Whether a package is efficient: nothing is better for one and worse for none.</summary>
/// <param name="IsProved">Whether the search ended; a dominating package needs no proof.</param>
/// <param name="Dominating">A package that nobody finds worse and somebody better, itself efficient; null for
/// none.</param>
/// <param name="CommonGainBound">No package gives every party at once more than this share of its own range (best minus
/// worst).</param>
public sealed record Certificate(
    Package Package, IReadOnlyList<double> Utilities, bool IsEfficient, bool IsProved,
    Package? Dominating, IReadOnlyList<double>? DominatingUtilities, double CommonGainBound);

/// <summary>A package that is better for at least one party and worse for none, and what each gains.</summary>
public sealed record Improvement(
    Package Package, IReadOnlyList<double> Utilities, IReadOnlyList<double> Gains, int Changes, bool IsProved);

/// <summary>Certificates, post-settlement improvements and the drafts of a single negotiating text.</summary>
public static class Efficiency
{
    /// <summary>Proves a package efficient, or finds an efficient one that dominates it.</summary>
    public static Certificate Certify(Bargain bargain, Package package, Limits? limits = null)
    {
        var utilities = Allowed(bargain, package);
        var problem = new Problem(bargain, limits);
        var prices = new Prices(problem);
        double[] floor = [.. utilities, .. problem.Floor[utilities.Length..]];
        var ones = Enumerable.Repeat(1.0, utilities.Length).ToArray();
        var search = new BranchAndBound(problem, prices, new Goal.Welfare(floor, ones), limits ?? Limits.None,
            ties: false);
        search.Run(package);
        var better = search.Incumbent.Value > utilities.Sum() + Bargain.Tolerance;
        var common = new BranchAndBound(problem, prices,
            new Goal.Leximin(floor, utilities, Ranges(bargain)), limits ?? Limits.None, ties: false);
        if (better) common.Run(package, search.Incumbent.Package);
        return new Certificate(package, utilities, !better && search.IsProved, better || search.IsProved,
            better ? search.Incumbent.Package : null, better ? search.Incumbent.Utilities : null,
            better ? Math.Max(0, common.Bound) : search.IsProved ? 0
                : Math.Max(0, (search.Bound - utilities.Sum()) / Ranges(bargain).Sum()));
    }

    /// <summary>
    /// The fairest package that improves on <paramref name="from"/>: the solution of the bargain in which
    /// <paramref name="from"/> is what stands without agreement. Null when nothing improves on it.
    /// </summary>
    /// <param name="changesMax">How many issues may change; null for any number.</param>
    public static Improvement? Improve(
        Bargain bargain, Package from, int? changesMax = null, Fairness fairness = Fairness.KalaiSmorodinsky,
            Limits? limits = null)
    {
        var before = Allowed(bargain, from);
        var near = changesMax is { } most && most < bargain.Space.Issues.Count
            ? bargain.Space.With(Constraint.ChangesAtMost(most, from, bargain.Space)) : bargain.Space;
        var found = Solver.Find(bargain.From(from).With(near), fairness, limits);
        if (found is null || found.Utilities.SequenceEqual(before)) return null;
        return new Improvement(found.Package, found.Utilities, [.. found.Utilities.Zip(before, (u, b) => u - b)],
            found.Package.Differences(from), found.IsProved);
    }

    /// <summary>Every efficient way to improve on a package for all: the frontier above it, the package itself left
    /// out.</summary>
    public static Frontier Improvements(Bargain bargain, Package from, Limits? limits = null) =>
        Solver.FrontierAbove(bargain, Allowed(bargain, from), limits);

    /// <summary>The best minus the worst worth of each party, before constraints.</summary>
    private static double[] Ranges(Bargain bargain) => [.. bargain.Parties.Select(party => Math.Max(1e-9,
        party.Worth.Sum(row => row.Max() - row.Min())
        + party.Interactions.Sum(pair => pair.Worth.Max(row => row.Max()) - pair.Worth.Min(row => row.Min()))))];

    /// <summary>The utilities of a package that may be signed.</summary>
    internal static double[] Allowed(Bargain bargain, Package package)
    {
        if (package.Count != bargain.Space.Issues.Count
            || package.Values.Where((v, i) => v < 0 || v >= bargain.Space.Issues[i].Count).Any())
            throw new BargainException("bargain.package", "package",
                "The package does not name one option of each issue.");
        if (!bargain.Allows(package))
            throw new BargainException("bargain.package_forbidden", "package",
                "The package breaks a constraint or a must-have.");
        return bargain.Utilities(package);
    }
}
