using Entente.Documentation;
using Entente.Terms;
using static Entente.Tests.Documentation.Folding;

namespace Entente.Tests.Documentation;

public sealed class DescriptionRulesTests
{
    private static readonly ServiceCard _card = new("Checkout", "The shop takes orders.");

    private static CharterState Approved { get; } = CharterState.Empty
        .Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, new Charter("p", "s", ["r"], ["m"])))
        .Apply(new CharterFact.StakeholderNamed("sam", "Sam"), new Stamp("ann", "service level manager", Now, 2))
        .Apply(new CharterFact.Approved(1), new Stamp("sam", "stakeholder", Now, 3));

    private static DescriptionState Described { get; } =
        DescriptionState.Empty.Fold(Ann, DescriptionRules.Describe(Approved, DescriptionState.Empty, Ann, "checkout", _card));

    private static DescriptionState Whole { get; } = Release(Release(Described, Side.Customer, 99.9m), Side.Provider, 99.5m);

    private static DescriptionState Settled { get; } = Say(Say(Whole, Cem), Pia);

    [Fact]
    public void Nothing_but_the_charter_starts_before_its_last_approval()
    {
        DescriptionRules.Describe(CharterState.Empty, DescriptionState.Empty, Ann, "checkout", _card).Refusal!.Code.ShouldBe("charter.missing");
        InventoryRules.Record(CharterState.Empty, Pia, new InventoryItem.Asset { Key = "a", Name = "A" }, null, InventoryLinks.None)
            .Refusal!.Code.ShouldBe("charter.missing");
        RoomRules.Draft(CharterState.Empty, Described, RoomState.Empty, Cem, "checkout", Term(99)).Refusal!.Code.ShouldBe("charter.missing");
        DescriptionRules.Blocks(CharterState.Empty, Settled).ShouldHaveSingleItem().Code.ShouldBe("charter.missing");
    }

    [Fact]
    public void The_gate_opens_only_when_both_sides_are_satisfied_with_every_service()
    {
        Codes(DescriptionState.Empty).ShouldBe(["gate.no_services"]);
        Codes(Described).ShouldBe(["gate.no_requirement", "gate.no_spec"]);
        Codes(Whole).ShouldBe(["gate.unheard", "gate.unheard"]);
        Codes(Say(Whole, Cem)).ShouldBe(["gate.unheard"]);
        Codes(Settled).ShouldBeEmpty();
        var second = Settled.Fold(Ann, DescriptionRules.Describe(Approved, Settled, Ann, "search", new ServiceCard("Search", "Finds goods.")));
        Codes(second).ShouldBe(["gate.no_requirement", "gate.no_spec"]);
        Codes(second.Fold(Pia, DescriptionRules.Retire(second, Pia, "search", "not needed"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_block_names_whom_to_ask()
    {
        DescriptionRules.Blocks(Approved, Described).Select(block => block.Asks).ShouldBe([Seat.Customer, Seat.Provider]);
        var notYet = Whole.Fold(Cem, DescriptionRules.NotYet(Approved, Whole, Cem, "checkout", Whole.Services["checkout"].Edition, "nights are missing"));
        var block = DescriptionRules.Blocks(Approved, notYet)[0];
        (block.Code, block.Asks, block.Service).ShouldBe(("gate.not_yet", Seat.Provider, "checkout"));
        block.Message.ShouldContain("nights are missing");
    }

    [Fact]
    public void Any_change_to_a_service_its_requirement_or_its_spec_sheet_withdraws_both_for_what_it_touches()
    {
        var two = Settled.Fold(Ann, DescriptionRules.Describe(Approved, Settled, Ann, "search", new ServiceCard("Search", "Finds goods.")));
        two.Services["checkout"].IsSettled.ShouldBeTrue();
        foreach (var changed in new[]
        {
            Settled.Fold(Ann, DescriptionRules.Describe(Approved, Settled, Ann, "checkout", _card with { Hours = "night" })),
            Release(Settled, Side.Customer, 99.95m),
            Release(Settled, Side.Provider, 99.7m),
            Settled.Fold(Pia, DescriptionRules.Release(Settled, Side.Provider, "checkout", [], "You can pay at any hour.")),
            Settled.Fold(Ann, DescriptionRules.Reopen(Settled, "checkout", "uptime", "missed thrice", "review 2026-03")),
        })
        {
            (changed.Services["checkout"].Provider, changed.Services["checkout"].Customer).ShouldBe((null, null));
            changed.Services["checkout"].Edition.ShouldBe(Settled.Services["checkout"].Edition + 1);
        }
    }

    [Fact]
    public void A_change_that_changes_nothing_withdraws_nothing()
    {
        DescriptionRules.Describe(Approved, Settled, Ann, "checkout", _card).Facts.ShouldBeEmpty();
        DescriptionRules.Release(Settled, Side.Customer, "checkout", [Term(99.9m)], null).Facts.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_sides_speak_and_each_for_itself()
    {
        var edition = Whole.Services["checkout"].Edition;
        foreach (var other in new[] { Ann, Fee, Sam })
            DescriptionRules.Satisfy(Approved, Whole, other, "checkout", edition, null).Refusal!.Code.ShouldBe("description.sides_only");
        var said = Whole.Fold(Cem, DescriptionRules.Satisfy(Approved, Whole, Cem, "checkout", edition, "but mind the nights"));
        said.Services["checkout"].Customer.ShouldBe(new Satisfaction(true, "but mind the nights", "cem", Now));
        said.Services["checkout"].Provider.ShouldBeNull();
    }

    [Fact]
    public void A_side_speaks_of_the_edition_it_has_read_and_of_a_whole_description()
    {
        DescriptionRules.Satisfy(Approved, Whole, Cem, "checkout", 1, null).Refusal!.Code.ShouldBe("description.older_edition");
        DescriptionRules.Satisfy(Approved, Described, Cem, "checkout", 1, null).Refusal!.Code.ShouldBe("description.not_whole");
        DescriptionRules.NotYet(Approved, Whole, Cem, "checkout", 3, " ").Refusal!.Code.ShouldBe("description.reason_missing");
        DescriptionRules.Satisfy(Approved, Whole, Cem, "mail", 1, null).Refusal!.Code.ShouldBe("description.unknown");
    }

    [Fact]
    public void A_side_withdraws_while_it_is_open()
    {
        var withdrawn = Settled.Fold(Cem, DescriptionRules.Withdraw(Settled, Cem, "checkout", "we moved to nights"));
        withdrawn.Services["checkout"].Customer.ShouldBeNull();
        withdrawn.Services["checkout"].Provider.ShouldNotBeNull();
        DescriptionRules.Withdraw(withdrawn, Cem, "checkout", null).Refusal!.Code.ShouldBe("description.nothing_said");
        DescriptionRules.Withdraw(Settled, Ann, "checkout", null).Refusal!.Code.ShouldBe("description.sides_only");
    }

    [Fact]
    public void A_reopened_term_says_why_until_both_are_satisfied_again()
    {
        var reopened = Settled.Fold(Ann, DescriptionRules.Reopen(Settled, "checkout", "uptime", "missed thrice", "review 2026-03"));
        Codes(reopened).ShouldContain("gate.reopened");
        Say(Say(reopened, Cem), Pia).Services["checkout"].Reopened.ShouldBeEmpty();
        Codes(Say(Say(reopened, Cem), Pia)).ShouldBeEmpty();
        DescriptionRules.Reopen(Settled, "checkout", "nothing", "x", "y").Refusal!.Code.ShouldBe("description.term_unknown");
    }

    [Fact]
    public void A_term_key_belongs_to_one_service()
    {
        var two = Whole.Fold(Ann, DescriptionRules.Describe(Approved, Whole, Ann, "search", new ServiceCard("Search", "Finds goods.")));
        DescriptionRules.Release(two, Side.Customer, "search", [Term(99)], null).Refusal!.Code.ShouldBe("description.key_taken");
    }

    [Fact]
    public void Services_do_not_stand_on_each_other_in_a_circle()
    {
        var one = Described.Fold(Ann, DescriptionRules.Describe(Approved, Described, Ann, "pay", new ServiceCard("Pay", "b", DependsOn: ["checkout"])));
        DescriptionRules.Describe(Approved, one, Ann, "checkout", _card with { DependsOn = ["pay"] })
            .Refusal!.Message.ShouldContain("checkout → pay → checkout");
        DescriptionRules.Describe(Approved, one, Ann, "checkout", _card with { DependsOn = ["checkout"] }).Refusal!.Code.ShouldBe("description.itself");
    }

    [Fact]
    public void Asked_and_offered_meet_by_key_with_the_gap_in_numbers()
    {
        var pair = Whole.Services["checkout"].Pairs.ShouldHaveSingleItem();
        (Gap.Of(pair), Gap.FallsShort(pair), Gap.Words(pair)).ShouldBe((0.004m, true, "0.4 percentage points short of what is asked"));
        Gap.Words(pair with { Offered = null }).ShouldBe("not offered");
        Gap.Words(pair with { Asked = Clock("4 h"), Offered = Clock("6 h") }).ShouldBe("2 h longer than asked");
        Gap.Words(pair with { Asked = Clock("4 h"), Offered = Clock("2 business days") }).ShouldBe("a duration against business days");
        Whole.Services["checkout"].Agreed.ShouldBeEmpty();
        Release(Whole, Side.Provider, 99.9m).Services["checkout"].Agreed.ShouldHaveSingleItem();
    }

    private static Term Clock(string within) =>
        new Term.TicketClock { Key = "p1", Title = "P1", Clock = ClockKind.Response, Within = TimeLimit.Parse(within) };

    private static Term Term(decimal percent) => new Term.Availability
    {
        Key = "uptime",
        Title = "The shop is open",
        Service = "checkout",
        Target = new(Comparison.AtLeast, percent, Unit.Percent),
    };

    private static DescriptionState Release(DescriptionState state, Side side, decimal percent) =>
        state.Fold(side is Side.Customer ? Cem : Pia, DescriptionRules.Release(state, side, "checkout", [Term(percent)], null));

    private static DescriptionState Say(DescriptionState state, Actor by) =>
        state.Fold(by, DescriptionRules.Satisfy(Approved, state, by, "checkout", state.Services["checkout"].Edition, null));

    private static IEnumerable<string> Codes(DescriptionState state) => DescriptionRules.Blocks(Approved, state).Select(block => block.Code);
}
