using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Solutions;

/// <summary>The most by which another package could turn out better for a party whose values are only partly known,
/// nobody else being worse off.</summary>
/// <param name="Rival">The package that could; the package itself where none can.</param>
/// <param name="IsProved">Whether the search ended; else <paramref name="Worst"/> may be more.</param>
public sealed record Regret(double Worst, Package Rival, bool IsProved);

/// <summary>What may be wrong with a package because somebody's values are known as ranges.</summary>
/// <remarks>Where a rival differs from the package, it counts at its most and the package at its least, as in <see
/// cref="WorthRange.Regret"/>; where they agree, the unknown value is the same for both. The others keep what they have,
/// by the middle of their ranges.</remarks>
public static class Uncertainty
{
    /// <summary>Null where everything about the party is known exactly.</summary>
    public static Regret? Of(Bargain bargain, int party, Package package, Limits? limits = null)
    {
        var own = bargain.Parties[party];
        if (own.Range is not { } range) return null;
        var stands = bargain.Utilities(package);
        var hoped = own with
        {
            Worth = [.. own.Worth.Select((row, i) => (IReadOnlyList<double>)[.. row.Select((_, v) =>
                v == package[i] ? 0 : range.Most[i][v] - range.Least[i][package[i]])])],
            Reservation = -1e6,
            Power = 1,
        };
        var found = Solver.Find(new Bargain(bargain.Space, [.. bargain.Parties.Select((other, p) =>
            p == party ? hoped : other with { Reservation = stands[p], Power = 1e-9 })]), Fairness.Utilitarian, limits);
        var worst = found is null ? 0 : hoped.Utility(found.Package) - hoped.Utility(package);
        return found is null || worst <= 0 ? new Regret(0, package, found?.IsProved ?? true)
            : new Regret(worst, found.Package, found.IsProved);
    }
}
