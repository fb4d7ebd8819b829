using Entente.Negotiation;
using Entente.Terms;
using NodaTime;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

/// <summary>Simulated characters hold the seats of a real table and follow its rules.</summary>
public sealed class SimulatedSeatTests
{
    private static readonly SidePreference _provider = new()
    {
        Swings = new Dictionary<string, int> { ["availability"] = 90, ["restore"] = 30, ["charge"] = 40 },
        WalkAway = 10,
    };

    private static readonly SidePreference _customer = new()
    {
        Swings = new Dictionary<string, int> { ["availability"] = 20, ["restore"] = 90, ["charge"] = 50 },
        WalkAway = 10,
    };

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var provider in Rehearsals.Characters.Keys)
                foreach (var customer in Rehearsals.Characters.Keys) pairs.Add(provider, customer);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_characters_move_by_the_rules_until_they_agree_above_both_limits(string provider, string customer)
    {
        var state = Open(order: MoveOrder.Turns);
        var seats = new[] { (Pia, Side.Provider, _provider, provider), (Cem, Side.Customer, _customer, customer) };
        for (var turn = 0; turn < 40 && state.IsOpen; turn++)
        {
            var (actor, side, said, character) = seats[turn % 2];
            var move = SimulatedSeat.Next(state, side, said, new SeatHabit(character, Seed: 3), Now).Facts[0];
            // What the seat does goes through the rules that people go through: a refusal would throw.
            state = move.Kind switch
            {
                SeatMoveKind.Accept => Fold(
                    state, NegotiationRules.Accept(state, actor, move.Offer!, Ballot.Empty, Now), actor),
                SeatMoveKind.Offer => state.Offered(
                    actor, new NegotiationFact.Offered("", move.Package!, CounterTo: move.Offer)),
                _ => state,
            };
        }

        state.Standing.ShouldBe(Standing.Agreed, $"{provider} and {customer}");
        var table = new TableSpace(state);
        foreach (var (_, side, said, _) in seats)
        {
            var model = new SideModel(table, state, side, said);
            model.Points(table.Find(state.Agreed!.Package)!).ShouldBeGreaterThanOrEqualTo(said.WalkAway - 1e-6);
        }
    }

    [Fact]
    public void The_same_table_room_and_seed_give_the_same_move_and_the_others_room_is_not_asked()
    {
        var state = Open().Offered(Pia, Package(99.85m, 5, 45_000));
        var habit = new SeatHabit("erratic", Seed: 5);
        var (first, again) = (SimulatedSeat.Next(state, Side.Customer, _customer, habit, Now).Facts[0],
            SimulatedSeat.Next(state, Side.Customer, _customer, habit, Now).Facts[0]);
        again.Package!.ShouldBe(first.Package!);
        again.Offer.ShouldBe("o1");
    }

    [Fact]
    public void A_seat_waits_while_the_other_has_not_answered_or_the_table_takes_no_moves()
    {
        var state = Open().Offered(Cem, Package(99.95m, 2, 42_000));
        Kind(state).ShouldBe(SeatMoveKind.Wait);
        Kind(Fold(state, TableRules.Pause(state, Ann, "Lunch"), Ann)).ShouldBe(SeatMoveKind.Wait);
        SimulatedSeat.Next(Open(Now + Duration.FromHours(1)), Side.Customer, _customer, new SeatHabit("fair"),
            Now + Duration.FromHours(2)).Facts[0].Kind.ShouldBe(SeatMoveKind.Wait);
        SimulatedSeat.Next(state, Side.Customer, _customer, new SeatHabit("zork"), Now).Refusal!.Code
            .ShouldBe("rehearsal.tactic");
        static SeatMoveKind Kind(NegotiationState state) =>
            SimulatedSeat.Next(state, Side.Customer, _customer, new SeatHabit("fair"), Now).Facts[0].Kind;
    }

    [Fact]
    public void A_seat_makes_no_more_offers_than_it_may()
    {
        var state = Open();
        for (var round = 0; round < 3; round++)
        {
            state = state.Offered(Pia, Package(99.8m, 6, 45_800));
            var move = SimulatedSeat.Next(
                state, Side.Customer, _customer, new SeatHabit("tough", RoundsMost: 2), Now).Facts[0];
            move.Kind.ShouldBe(round < 2 ? SeatMoveKind.Offer : SeatMoveKind.Wait);
            if (move.Kind is SeatMoveKind.Offer)
                state = state.Offered(Cem, new NegotiationFact.Offered("", move.Package!, CounterTo: move.Offer));
        }
    }

    [Fact]
    public void Limits_that_leave_no_package_make_a_seat_wait()
    {
        var impossible = _customer with
        {
            WalkAway = 100,
            Playbooks = new Dictionary<string, Playbook> { ["restore"] = new(WalkAway: Span(2)) },
        };
        var state = Open();
        state = Fold(state, TableRules.SetBudget(state, Fee, new Money(1, "EUR"), null), Fee);
        SimulatedSeat.Next(state, Side.Customer, impossible, new SeatHabit("fair"), Now).Facts[0].Kind
            .ShouldBe(SeatMoveKind.Wait);
    }
}
