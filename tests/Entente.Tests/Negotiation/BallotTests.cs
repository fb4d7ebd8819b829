using Entente.Documentation;
using Entente.Negotiation;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

/// <summary>Provider and customer are never outvoted; the other voices are, as far as the charter's quorum lets
/// them.</summary>
public sealed class BallotTests
{
    private static readonly Actor _tim = new("tim", "Tim", Seat.Stakeholder);
    private static readonly Ballot _three = Voices("fee", "sam", "tim");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(33, 1)]
    [InlineData(34, 2)]
    [InlineData(66, 2)]
    [InlineData(67, 3)]
    [InlineData(100, 3)]
    public void Part_of_a_voice_counts_as_a_whole_one(int quorum, int needed) =>
        _three.Needed(quorum).ShouldBe(needed);

    [Fact]
    public void Without_a_quorum_a_block_is_heard_and_outvoted()
    {
        var state = Quorum(0).Offered(Pia, Package(99.9m, 4, 44_500));
        state = Vote(state, Sam, backs: false, "Nights are not staffed");
        state = Vote(state, Fee, backs: false, "Too dear");
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o1", _three, Now), Cem);
        state.Standing.ShouldBe(Standing.Agreed);
        state.Offer("o1")!.Votes["sam"].Reason.ShouldBe("Nights are not staffed");
    }

    [Fact]
    public void With_a_quorum_the_last_voice_that_is_needed_makes_the_agreement()
    {
        var state = Quorum(60).Offered(Pia, Package(99.9m, 4, 44_500));
        state = Vote(state, Sam, backs: false, "Nights are not staffed");
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o1", _three, Now), Cem);
        state.Standing.ShouldBe(Standing.Open);
        state = Vote(state, Fee, backs: true);
        state.Standing.ShouldBe(Standing.Open);
        Vote(state, _tim, backs: true).Standing.ShouldBe(Standing.Agreed, "Sam is outvoted");
        Vote(state, Sam, backs: true).Standing.ShouldBe(Standing.Agreed, "the newest word counts");
    }

    [Fact]
    public void All_voices_together_do_not_outvote_a_side()
    {
        var state = Quorum(100).Offered(Pia, Package(99.9m, 4, 44_500));
        foreach (var voice in new[] { Sam, Fee, _tim }) state = Vote(state, voice, backs: true);
        state.Standing.ShouldBe(Standing.Open);
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o1", _three, Now), Cem);
        state.Standing.ShouldBe(Standing.Agreed);
    }

    [Fact]
    public void Who_left_the_engagement_has_no_voice_any_more()
    {
        var state = Quorum(50).Offered(Pia, Package(99.9m, 4, 44_500));
        state = Vote(state, Sam, backs: true);
        var withoutSam = Voices("fee", "tim");
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o1", withoutSam, Now), Cem);
        state.Standing.ShouldBe(Standing.Open);
    }

    [Fact]
    public void A_block_needs_a_reason_and_the_two_sides_do_not_vote()
    {
        var state = Open().Offered(Pia, Package(99.9m, 4, 44_500));
        CodeOf(NegotiationRules.Vote(state, Sam, "o1", backs: false, " ", _three, Now))
            .ShouldBe("negotiation.reason_missing");
        foreach (var other in new[] { Pia, Cem, Ann })
            CodeOf(NegotiationRules.Vote(state, other, "o1", backs: true, null, _three, Now))
                .ShouldBe("negotiation.voices_vote");
        CodeOf(NegotiationRules.Vote(state, Sam, "o9", backs: true, null, _three, Now))
            .ShouldBe("negotiation.no_offer");
        var same = Vote(state, Sam, backs: true);
        NegotiationRules.Vote(same, Sam, "o1", backs: true, null, _three, Now).Facts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, OfferEnd.Agreed)]
    [InlineData(false, OfferEnd.NotAccepted)]
    public void An_open_yes_after_an_answer_in_confidence_ends_the_offer(bool said, OfferEnd end)
    {
        var state = Open();
        state = Fold(state, NegotiationRules.Propose(
            state, Ann, Package(99.9m, 4, 44_000) with { Kind = OfferKind.Proposal }, Now), Ann);
        var yes = new Sealed<bool>("customer", said);
        state = Fold(state, NegotiationRules.AnswerInConfidence(
            state, Cem, "o1", yes, "cipher", Ballot.Empty, Now), Cem);
        state = Fold(state, NegotiationRules.Accept(
            state, Pia, "o1", Ballot.Empty.With(Side.Customer, yes), Now), Pia);
        state.Offer("o1")!.End.ShouldBe(end);
    }

    [Fact]
    public void Nothing_is_agreed_without_a_mandatory_voice_and_its_block_stands_with_the_reason()
    {
        var ballot = Weighted(("sam", VoteWeight.Mandatory), ("fee", VoteWeight.Optional), ("tim", VoteWeight.Optional));
        var state = Quorum(0).Offered(Pia, Package(99.9m, 4, 44_500));
        state = Vote(state, Sam, backs: false, "Nights are not staffed", ballot);
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o1", ballot, Now), Cem);
        state.Standing.ShouldBe(Standing.Open);
        (state.Offer("o1")!.End, state.Offer("o1")!.Votes["sam"].Reason).ShouldBe((null, "Nights are not staffed"));
        ballot.Missing(state.Offer("o1")!).ShouldBe(["sam"]);
        Vote(state, Fee, backs: true, null, ballot).Standing.ShouldBe(Standing.Open, "nobody outvotes Sam");
        Vote(state, Sam, backs: true, null, ballot).Standing.ShouldBe(Standing.Agreed);
    }

    [Fact]
    public void Who_is_consulted_is_recorded_and_counts_for_nothing()
    {
        var ballot = Weighted(("sam", VoteWeight.Consulted), ("fee", VoteWeight.Optional), ("tim", VoteWeight.Consulted));
        ballot.Needed(100).ShouldBe(1, "the quorum is of the optional voices");
        var state = Quorum(100).Offered(Pia, Package(99.9m, 4, 44_500));
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o1", ballot, Now), Cem);
        state = Vote(state, Sam, backs: true, null, ballot);
        state.Standing.ShouldBe(Standing.Open, "Sam's yes does not count");
        state = Vote(state, _tim, backs: false, "Too dear", ballot);
        Vote(state, Fee, backs: true, null, ballot).Standing.ShouldBe(Standing.Agreed, "Tim's block does not either");
    }

    [Theory]
    [InlineData("Sam", Seat.Stakeholder, VoteWeight.Mandatory)]
    [InlineData("sam", Seat.Stakeholder, VoteWeight.Mandatory)]
    [InlineData("Tim", Seat.Stakeholder, VoteWeight.Consulted)]
    [InlineData("Fee", Seat.Accounting, VoteWeight.Optional)]
    public void A_name_goes_before_a_seat_and_whoever_is_not_named_is_optional(string name, Seat seat, VoteWeight weight) =>
        VotingRight.Of([new("stakeholder", VoteWeight.Consulted), new("Sam", VoteWeight.Mandatory)], name, seat)
            .ShouldBe(weight);

    private static Ballot Voices(params IEnumerable<string> people) =>
        Weighted([.. people.Select(person => (person, VoteWeight.Optional))]);

    private static Ballot Weighted(params (string Person, VoteWeight Weight)[] voices) =>
        Ballot.Empty with { Voices = voices.ToDictionary(voice => voice.Person, voice => voice.Weight) };

    private static NegotiationState Quorum(int percent) => Open() with { Quorum = percent };

    private static NegotiationState Vote(NegotiationState state, Actor by, bool backs,
        string? reason = null, Ballot? ballot = null) =>
        Fold(state, NegotiationRules.Vote(state, by, "o1", backs, reason, ballot ?? _three, Now), by);
}
