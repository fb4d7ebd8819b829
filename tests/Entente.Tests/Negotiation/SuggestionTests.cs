using Entente.Negotiation;
using NodaTime;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

/// <summary>Help that comes by itself: one suggestion at a time, in words, from what the side itself knows.</summary>
public sealed class SuggestionTests
{
    private static readonly SidePreference _said = new()
    {
        Swings = new Dictionary<string, int> { ["availability"] = 20, ["restore"] = 90, ["charge"] = 50 },
        WalkAway = 10,
    };

    [Fact]
    public void Who_has_said_nothing_is_shown_the_room() =>
        For(Open(), SidePreference.Empty)!.Act.ShouldBe(SuggestedAct.FillRoom);

    [Fact]
    public void Who_has_offered_nothing_begins_with_several_of_equal_worth() =>
        For(Open(), _said)!.Act.ShouldBe(SuggestedAct.OfferEquals);

    [Fact]
    public void What_is_as_good_as_the_own_package_is_to_be_accepted_and_nothing_below_the_limit()
    {
        var state = Open().Offered(Cem, Package(99.9m, 4, 43_500)).Offered(Pia, Package(99.9m, 3, 43_400));
        var suggested = For(state, _said)!;
        (suggested.Act, suggested.Offer).ShouldBe((SuggestedAct.Accept, "o2"));
        var limited = _said with { Playbooks = new Dictionary<string, Playbook> { ["restore"] = new(WalkAway: Span(2)) } };
        For(state, limited)!.Act.ShouldNotBe(SuggestedAct.Accept);
    }

    [Fact]
    public void A_worse_offer_is_to_be_countered_by_what_matters_most_and_least()
    {
        var state = Open().Offered(Cem, Package(99.95m, 2, 42_000)).Offered(Pia, Package(99.8m, 6, 45_800));
        For(state, _said)!.Words.ShouldBe("Counter the provider's first offer: hold on Restore time, which matters most "
            + "to you, and give on Availability, which matters least.");
    }

    [Fact]
    public void Who_gives_without_return_is_told_to_trade()
    {
        var state = Open().Offered(Cem, Package(99.9m, 3, 43_000)).Offered(Pia, Package(99.8m, 6, 45_800));
        For(state, _said)!.Act.ShouldBe(SuggestedAct.Trade);
    }

    [Fact]
    public void A_table_that_takes_no_moves_suggests_nothing()
    {
        var state = Open();
        For(Fold(state, TableRules.Pause(state, Ann, "Lunch"), Ann), _said).ShouldBeNull();
        For(Open(Now + Duration.FromHours(1)), _said, Now + Duration.FromHours(2)).ShouldBeNull();
    }

    private static Suggestion? For(NegotiationState state, SidePreference said, Instant? at = null)
    {
        var table = new TableSpace(state);
        return Suggestion.For(state, table, new SideModel(table, state, Side.Customer, said), at ?? Now);
    }
}
