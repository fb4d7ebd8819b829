using Entente.Bargaining.Solutions;
using Entente.Negotiation;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

/// <summary>Accounting's and the stakeholders' sealed rooms in the mediation engine.</summary>
public sealed class OtherVoicesTests
{
    private static readonly SidePreference _indifferent = new()
    {
        Swings = new Dictionary<string, int> { ["availability"] = 50, ["restore"] = 50, ["charge"] = 0 },
    };

    private static readonly SidePreference _thrifty = new()
    {
        Swings = new Dictionary<string, int> { ["availability"] = 0, ["restore"] = 0, ["charge"] = 100 },
        WalkAway = 100,
    };

    [Fact]
    public void What_accounting_wants_decides_where_the_sides_do_not_care_and_its_limit_binds_nobody()
    {
        var without = Mediate(SidePreference.Empty);
        var with = Mediate(_thrifty);
        var cheapest = with.Propose(Fairness.Nash)!["charge"].Number!.Value;
        cheapest.ShouldBe(Open().Options("charge").Min(option => option.Number!.Value));
        with.Sight().HasZone.ShouldBe(without.Sight().HasZone, "a walk-away value of somebody who may be outvoted closes no zone");
        without.Propose(Fairness.Nash)!["charge"].Number!.Value.ShouldBeGreaterThan(cheapest);
    }

    [Fact]
    public void A_stakeholder_who_said_nothing_changes_nothing()
    {
        var (with, without) = (Mediate(SidePreference.Empty), new Mediation(Open(), Of(Seat.Provider, _indifferent), Of(Seat.Customer, _indifferent)));
        foreach (var fairness in Enum.GetValues<Fairness>())
            with.Propose(fairness)!.OrderBy(pair => pair.Key).ShouldBe(without.Propose(fairness)!.OrderBy(pair => pair.Key));
    }

    private static Mediation Mediate(SidePreference accounting) => new(
        Open(), Of(Seat.Provider, _indifferent), Of(Seat.Customer, _indifferent),
        others: [(Seat.Accounting, Of(Seat.Accounting, accounting)), (Seat.Stakeholder, Of(Seat.Stakeholder, SidePreference.Empty))]);

    private static Sealed<SidePreference> Of(Seat seat, SidePreference said) => new(seat.Words, said);
}
