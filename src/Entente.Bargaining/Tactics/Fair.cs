using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Protocols;
using Entente.Bargaining.Solutions;

namespace Entente.Bargaining.Tactics;

/// <summary>Wants equal shares: offers the package at which both sides gain the same part of what they could, as far as
/// it can tell, and accepts one that gives it as much.</summary>
/// <remarks>At first it takes the other's wishes for the opposite of its own (a fixed pie); the offers it hears replace
/// that belief. In the last tenth of the time it gives way towards its limit, so that a wrong belief costs no
/// deal.</remarks>
public sealed class Fair(Space space, Preference own, int seat, OpponentModel model) : Tactic(space, own, seat)
{
    /// <summary>So many offers heard weigh as much as the belief in a fixed pie.</summary>
    private const double Doubt = 4;

    public override void Hear(Move.Offer offer)
    {
        base.Hear(offer);
        model.Hear(offer.Packages[0]);
    }

    protected override Package Next(double time)
    {
        var bargain = new Bargain(Space, Own with { Power = 1 }, Believed());
        var share = Solver.Find(bargain, Fairness.KalaiSmorodinsky, Limits.Patient(32))?.Package ?? Favourite;
        if (time <= 0.9) return share;
        var yielding = Math.Min(1, (time - 0.9) / 0.08);
        return Aim(Own.Utility(share) - yielding * (Own.Utility(share) - Limit), [Believed()]);
    }

    private Preference Believed()
    {
        var trust = Heard.Count / (Heard.Count + Doubt);
        var heard = model.Believed;
        var range = Math.Max(1e-9, Own.Worth.Sum(row => row.Max() - row.Min()));
        return new Preference("other", [.. Own.Worth.Select((row, i) => (IReadOnlyList<double>)[.. row.Select((w, v) =>
            (1 - trust) * (row.Max() - w) / range + trust * heard.Worth[i][v])])]);
    }
}
