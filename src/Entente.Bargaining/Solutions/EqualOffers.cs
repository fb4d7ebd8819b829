using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Solutions;

/// <summary>MESO: several packages of equal worth to the one who offers, far apart in terms, each as good as it can be
/// for the others.</summary>
/// <remarks>Multiple equivalent simultaneous offers (Leonardelli et al. 2019).</remarks>
public static class EqualOffers
{
    /// <param name="target">What each package is worth to the one who offers, within <paramref name="tolerance"/> of
    /// its range.</param>
    /// <param name="others">What the others are believed to prefer; unequal weights tell who matters more (<see
    /// cref="Preference.Power"/>).</param>
    /// <param name="limits">By default a search ends early enough for a person at the table.</param>
    /// <returns>As many packages as exist, up to <paramref name="count"/>, the most attractive to the others
    /// first.</returns>
    public static IReadOnlyList<Package> Find(
        Space space, Preference own, double target, IReadOnlyList<Preference> others, int count = 3,
            double tolerance = 0.01, Limits? limits = null)
    {
        var range = own.Worth.Sum(row => row.Max() - row.Min());
        // The tolerance never leads below what no agreement is worth to the one who offers.
        var floor = Math.Max(target - tolerance * range, Math.Min(target, own.Disagreement));
        var ceiling = new Constraint.Budget("own worth", own.Worth, target + tolerance * range);
        var found = new List<Package>();
        for (var apart = (space.Issues.Count + 1) / 2; found.Count < count && apart >= 1;)
        {
            var distinct = found.Select(package => Apart(space, package, apart));
            // With interactions the ceiling is checked on the whole worth below, since a budget adds up issue by issue.
            var within =
                space.With([.. own.Interactions.Count == 0 ? [ceiling] : Array.Empty<Constraint>(), .. distinct]);
            var bargain = new Bargain(within,
                [own with { Reservation = floor, Power = 1e-6 },
                    .. others.Select(other => other with { Reservation = -1e6, ReservationPackage = null })]);
            if (Best(bargain, limits ?? Limits.Patient(20)) is { } package && own.Utility(package) <= target
                + tolerance * range + 1e-9) found.Add(package);
            else apart--;
        }

        return found;
    }

    private static Package? Best(Bargain bargain, Limits limits)
    {
        try
        {
            return Solver.Find(bargain, Fairness.Utilitarian, limits)?.Package;
        }
        catch (BargainException empty) when (empty.Code == "bargain.space_empty")
        {
            return null;
        }
    }

    /// <summary>At least <paramref name="apart"/> issues differ from <paramref name="package"/>.</summary>
    private static Constraint.Budget Apart(Space space, Package package, int apart) => new("another package",
        [.. space.Issues.Select((issue, i) =>
            (IReadOnlyList<double>)[.. Enumerable.Range(0, issue.Count).Select(v => v == package[i] ? 1.0 : 0.0)])],
        space.Issues.Count - apart);
}
