using Entente.Documentation;
using Entente.Terms;
using static Entente.Tests.Documentation.Folding;

namespace Entente.Tests.Documentation;

public sealed class RoomRulesTests
{
    private static CharterState Approved { get; } = CharterState.Empty
        .Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, new Charter("p", "s", ["r"], ["m"])))
        .Apply(new CharterFact.StakeholderNamed("sam", "Sam"), new Stamp("ann", "service level manager", Now, 2))
        .Apply(new CharterFact.Approved(1), new Stamp("sam", "stakeholder", Now, 3));

    private static DescriptionState Described { get; } = new[] { "checkout", "search" }.Aggregate(DescriptionState.Empty, (state, key) =>
        state.Fold(Ann, DescriptionRules.Describe(Approved, state, Ann, key, new ServiceCard(key, "b"))));

    [Fact]
    public void Only_a_side_has_a_room()
    {
        foreach (var other in new[] { Ann, Fee, Sam })
            RoomRules.Draft(Approved, Described, RoomState.Empty, other, "checkout", Term("uptime")).Refusal!.Code.ShouldBe("room.sides_only");
        RoomRules.WriteSheet(Approved, Described, RoomState.Empty, Cem, "checkout", new SpecSheet("x", new InternalSheet()))
            .Refusal!.Code.ShouldBe("room.provider_only");
    }

    [Fact]
    public void What_is_released_is_what_was_drafted_and_a_later_change_waits_again()
    {
        var room = Drafted(RoomState.Empty, "uptime");
        room.Of("checkout").HasUnreleased.ShouldBeTrue();
        var released = (RoomFact.Released)RoomRules.Release(Approved, Described, room, Cem, "checkout", []).Facts[0];
        released.Terms.ShouldBe(["uptime"]);
        room = room.Apply(released, new Stamp("cem", "customer", Now, 2));
        room.Of("checkout").HasUnreleased.ShouldBeFalse();
        RoomRules.Release(Approved, Described, room, Cem, "checkout", []).Refusal!.Code.ShouldBe("room.nothing_to_release");
        RoomRules.Draft(Approved, Described, room, Cem, "checkout", Term("uptime")).Facts.ShouldBeEmpty();
        room.Fold(Cem, RoomRules.Draft(Approved, Described, room, Cem, "checkout", Term("uptime", 99m))).Of("checkout").HasUnreleased.ShouldBeTrue();
    }

    [Fact]
    public void A_draft_that_cannot_be_measured_is_refused_with_the_remedy() =>
        RoomRules.Draft(Approved, Described, RoomState.Empty, Cem, "checkout", new Term.TicketClock
        {
            Key = "p1",
            Title = "P1",
            Clock = ClockKind.Response,
            Within = TimeLimit.Parse("soon"),
        }).Refusal!.Message.ShouldContain("4 h");

    [Fact]
    public void A_key_is_used_for_one_service_only() =>
        RoomRules.Draft(Approved, Described, Drafted(RoomState.Empty, "uptime"), Cem, "search", Term("uptime")).Refusal!.Code.ShouldBe("description.key_taken");

    [Fact]
    public void Some_terms_may_be_released_before_others()
    {
        var room = Drafted(Drafted(RoomState.Empty, "uptime"), "fast");
        ((RoomFact.Released)RoomRules.Release(Approved, Described, room, Cem, "checkout", ["fast"]).Facts[0]).Terms.ShouldBe(["fast"]);
        RoomRules.Release(Approved, Described, room, Cem, "checkout", ["slow"]).Refusal!.Code.ShouldBe("room.term_unknown");
    }

    [Fact]
    public void The_stream_of_a_room_is_not_one_that_the_engagement_listens_to() =>
        RoomState.Id("eng_1", Side.Customer).ShouldBe("customer.eng_1");

    private static RoomState Drafted(RoomState room, string key) => room.Fold(Cem, RoomRules.Draft(Approved, Described, room, Cem, "checkout", Term(key)));

    private static Term Term(string key, decimal percent = 99.9m) =>
        new Term.Availability { Key = key, Title = key, Target = new(Comparison.AtLeast, percent, Unit.Percent) };
}
