using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>The efficient package where money may change hands, and the payments that share the gain.</summary>
/// <param name="Transfers">What each party receives (above zero) or pays; they sum to zero.</param>
/// <param name="Gains">What each party has more than without agreement, in money.</param>
/// <param name="Surplus">Sum of the gains: the dividend of the negotiation.</param>
public sealed record MoneyDeal(
    Package Package, IReadOnlyList<double> Transfers, IReadOnlyList<double> Gains, double Surplus, bool IsProved);

/// <summary>Bargaining with side payments: utilities are money once multiplied by what a unit is worth to each
/// party.</summary>
/// <remarks>
/// x maximises Σ m_i u_i(x); with S = Σ m_i (u_i(x) − d_i) party i gets w_i S / Σ w above m_i d_i, so its transfer is
/// m_i d_i + w_i S / Σ w − m_i u_i(x). With equal w this is the Nash point of the game with transferable utility.
/// </remarks>
public static class SideWithMoney
{
    /// <param name="moneyPerUtility">The money that one unit of utility is worth to each party, above zero.</param>
    /// <returns>Null when even the best package leaves nothing to share.</returns>
    public static MoneyDeal? Share(Bargain bargain, IReadOnlyList<double> moneyPerUtility, Limits? limits = null)
    {
        if (moneyPerUtility.Count != bargain.Parties.Count || moneyPerUtility.Any(m => !double.IsFinite(m) || m <= 0))
            throw new BargainException("bargain.money", "moneyPerUtility",
                "Each party needs a worth of a unit in money, above zero.");
        var free = bargain.Parties.Select((party, p) =>
            party with { Reservation = null, ReservationPackage = null, Power = moneyPerUtility[p] });
        var best = Solver.Solve(new Bargain(bargain.Space, [.. free]), limits).WelfareOfAll;
        var worth = best.Utilities.Select((u, p) => u * moneyPerUtility[p]).ToArray();
        var without = bargain.Disagreement.Select((d, p) => d * moneyPerUtility[p]).ToArray();
        var surplus = worth.Sum() - without.Sum();
        if (surplus < 0) return null;
        var power = bargain.Parties.Sum(party => party.Power);
        var gains = bargain.Parties.Select(party => surplus * party.Power / power).ToArray();
        return new MoneyDeal(best.Package, [.. gains.Select((gain, p) => without[p] + gain - worth[p])], gains, surplus,
            best.IsProved);
    }
}
