using System.Numerics;
using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>An idea of which efficient package is fair.</summary>
public enum Fairness { Nash, KalaiSmorodinsky, Egalitarian, Utilitarian }

/// <summary>A point of agreement by some idea of fairness, and the package that attains it.</summary>
/// <param name="Utilities">u of each party at <paramref name="Package"/>.</param>
/// <param name="Package">Of all packages with these utilities, the first in dictionary order.</param>
/// <param name="IsProved">Whether no better package exists; else <paramref name="Bound"/> says how much better one
/// could be.</param>
/// <param name="Value">The objective: product of gains, smallest (normalised) gain, or sum of utilities.</param>
/// <param name="Bound">No package has a larger value than this.</param>
/// <param name="Ties">How many packages have these utilities.</param>
/// <param name="VectorTies">How many different utility vectors are as good before the tie rule chose this one.</param>
public sealed record Solution(
    IReadOnlyList<double> Utilities, Package Package, bool IsProved, double Value, double Bound, BigInteger Ties,
        int VectorTies);

/// <summary>The four classical points; null where the contract zone is empty.</summary>
/// <param name="Ideal">The best utility of each party over individually rational packages.</param>
/// <param name="MaximinOfAll">The largest smallest gain over all packages, individually rational or not.</param>
/// <param name="WelfareOfAll">The largest sum over all packages.</param>
public sealed record SolutionSet(
    Solution? Nash, Solution? KalaiSmorodinsky, Solution? Egalitarian, Solution? Utilitarian,
    IReadOnlyList<double>? Ideal, Solution MaximinOfAll, Solution WelfareOfAll)
{
    /// <summary>Whether a package exists that leaves nobody below the disagreement.</summary>
    public bool HasContractZone => Egalitarian is not null;

    /// <summary>Whether a missing contract zone is proved; a search that had to stop may have overlooked one.</summary>
    public bool IsZoneKnown => HasContractZone || MaximinOfAll.IsProved;
}
