using Entente.Negotiation;
using Entente.Terms;
using NodaTime;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

/// <summary>A table with three terms, and words to move at it.</summary>
internal static class TableOf
{
    public static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    public static readonly Actor Ann = new("ann", "Ann", Seat.ServiceLevelManager);
    public static readonly Actor Pia = new("pia", "Pia", Seat.Provider);
    public static readonly Actor Cem = new("cem", "Cem", Seat.Customer);
    public static readonly Actor Fee = new("fee", "Fee", Seat.Accounting);
    public static readonly Actor Sam = new("sam", "Sam", Seat.Stakeholder);

    public static readonly Term Availability = new Term.Availability
    {
        Key = "availability",
        Title = "Availability",
        Target = new Objective(Comparison.AtLeast, 99.9m, Unit.Percent)
    };
    public static readonly Term Restore = new Term.TicketClock
    {
        Key = "restore",
        Title = "Restore time",
        Clock = ClockKind.Resolution,
        Within = TimeLimit.Parse("4 h")
    };
    public static readonly Term Charge = new Term.Charge
    {
        Key = "charge",
        Title = "Monthly charge",
        Amount = new Money(44_000m, "EUR")
    };

    public static NegotiationState Open(Instant? deadline = null, MoveOrder order = MoveOrder.Free) => Fold(
        NegotiationState.Empty, NegotiationRules.Open(
            NegotiationState.Empty, Ann, new NegotiationFact.Opened("Checkout", [
            new AgendaTerm(Availability, Share(99.95m), Share(99.8m)), new AgendaTerm(Restore, Span(2), Span(6)),
                new AgendaTerm(Charge, Euro(42_000), Euro(45_800)),
        ], "e.a1", Deadline: deadline, Order: order), blocks: null, Now), Ann);

    public static TermValue Share(decimal percent) => new TermValue.Share(new Share(percent));

    public static TermValue Span(int hours) => new TermValue.Span(Duration.FromHours(hours));

    public static TermValue Euro(decimal amount) => new TermValue.Price(new Money(amount, "EUR"));

    public static NegotiationFact.Offered Package(
        decimal percent, int hours, decimal euro, string? counterTo = null, Instant? expires = null) =>
        new("", new Dictionary<string, TermValue>
        {
            ["availability"] = Share(percent),
            ["restore"] = Span(hours),
            ["charge"] = Euro(euro)
        },
            CounterTo: counterTo, Expires: expires);

    public static NegotiationState Offered(this NegotiationState state, Actor by, NegotiationFact.Offered offered,
        Instant? at = null) =>
        Fold(state, NegotiationRules.Offer(state, by, offered, at ?? Now), by, at);

    public static NegotiationState Fold(NegotiationState state, Decision<NegotiationFact> decision, Actor by,
        Instant? at = null) =>
        decision.Refusal is { } refusal ? throw new InvalidOperationException($"{refusal.Code}: {refusal.Message}")
        : decision.Facts.Aggregate(state, (folded, fact) =>
            folded.Apply(fact, new Stamp(by.Id, by.Role, at ?? Now, 1)));

    public static string CodeOf(Decision<NegotiationFact> decision) => decision.Refusal?.Code ?? "accepted";
}

public sealed class NegotiationRulesTests
{
    [Fact]
    public void A_table_opens_only_when_nothing_blocks_and_only_by_the_chair()
    {
        var opened = new NegotiationFact.Opened("Checkout", [new AgendaTerm(Availability)], "e.a1");
        CodeOf(NegotiationRules.Open(NegotiationState.Empty, Ann, opened, new Refusal("gate.not_yet", "Not yet."), Now))
            .ShouldBe("gate.not_yet");
        CodeOf(NegotiationRules.Open(NegotiationState.Empty, Pia, opened, blocks: null, Now))
            .ShouldBe("negotiation.chair_only");
        CodeOf(NegotiationRules.Open(NegotiationState.Empty, Ann, opened with { Agenda = [] }, blocks: null, Now))
            .ShouldBe("negotiation.no_agenda");
        CodeOf(NegotiationRules.Open(NegotiationState.Empty, Ann, opened with { Deadline = Now }, blocks: null, Now))
            .ShouldBe("negotiation.deadline");
    }

    [Fact]
    public void An_accepted_package_is_the_agreement()
    {
        var state = Open().Offered(Pia, Package(99.9m, 4, 44_500));
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o1", Ballot.Empty, Now), Cem);
        (state.Standing, state.AgreedOffer).ShouldBe((Standing.Agreed, "o1"));
        CodeOf(NegotiationRules.Offer(state, Cem, Package(99.9m, 4, 44_000), Now)).ShouldBe("negotiation.closed");
    }

    [Fact]
    public void A_side_cannot_accept_its_own_offer() =>
        CodeOf(NegotiationRules.Accept(Open().Offered(Pia, Package(99.9m, 4, 44_500)), Pia, "o1", Ballot.Empty, Now))
            .ShouldBe("negotiation.own_offer");

    [Fact]
    public void An_offer_is_a_whole_package_of_values_that_fit()
    {
        var state = Open();
        var package = Package(99.9m, 4, 44_500);
        CodeOf(NegotiationRules.Offer(state, Pia, package with
        {
            Package = new Dictionary<string,
            TermValue>
            { ["charge"] = Euro(1) }
        }, Now)).ShouldBe("negotiation.not_whole");
        CodeOf(NegotiationRules.Offer(state, Pia, package with
        {
            Package = new Dictionary<string,
            TermValue>(package.Package)
            { ["zork"] = Euro(1) }
        }, Now))
            .ShouldBe("negotiation.unknown_term");
        CodeOf(NegotiationRules.Offer(state, Pia, package with
        {
            Package = new Dictionary<string,
            TermValue>(package.Package)
            { ["charge"] = Span(1) }
        }, Now))
            .ShouldBe("term.value_kind");
    }

    [Fact]
    public void Only_the_sides_offer_and_answer()
    {
        var state = Open();
        foreach (var other in new[] { Ann, Fee, Sam })
        {
            CodeOf(NegotiationRules.Offer(state, other, Package(99.9m, 4, 44_500), Now))
                .ShouldBe("negotiation.sides_offer");
            CodeOf(NegotiationRules.Accept(state.Offered(Pia, Package(99.9m, 4, 44_500)), other, "o1", Ballot.Empty, Now))
                .ShouldBe("negotiation.sides_accept");
        }
    }

    [Fact]
    public void After_the_deadline_nothing_moves_until_the_chair_moves_it()
    {
        var state = Open(Now + Duration.FromHours(1)).Offered(Pia, Package(99.9m, 4, 44_500));
        var late = Now + Duration.FromHours(1);
        CodeOf(NegotiationRules.Accept(state, Cem, "o1", Ballot.Empty, late)).ShouldBe("negotiation.after_deadline");
        CodeOf(NegotiationRules.Offer(state, Cem, Package(99.9m, 4, 44_000), late))
            .ShouldBe("negotiation.after_deadline");
        state = Fold(state, TableRules.SetDeadline(state, Ann, late + Duration.FromDays(1), "Cem was ill", late), Ann);
        CodeOf(NegotiationRules.Accept(state, Cem, "o1", Ballot.Empty, late)).ShouldBe("accepted");
    }

    [Fact]
    public void An_expired_a_replaced_and_a_withdrawn_offer_cannot_be_accepted()
    {
        var state = Open().Offered(Pia, Package(99.9m, 4, 44_500, expires: Now + Duration.FromHours(1)));
        CodeOf(NegotiationRules.Accept(state, Cem, "o1", Ballot.Empty, Now + Duration.FromHours(1))).ShouldBe("negotiation.expired");
        state = state.Offered(Pia, Package(99.9m, 4, 44_000));
        CodeOf(NegotiationRules.Accept(state, Cem, "o1", Ballot.Empty, Now)).ShouldBe("negotiation.replaced");
        state = Fold(state, NegotiationRules.Withdraw(state, Pia, "o2", Now), Pia);
        CodeOf(NegotiationRules.Accept(state, Cem, "o2", Ballot.Empty, Now)).ShouldBe("negotiation.withdrawn");
        CodeOf(NegotiationRules.Accept(state, Cem, "o9", Ballot.Empty, Now)).ShouldBe("negotiation.no_offer");
    }

    [Fact]
    public void A_counter_leaves_the_other_offer_standing_and_names_it()
    {
        var state = Open().Offered(Pia, Package(99.9m, 4, 44_500))
            .Offered(Cem, Package(99.95m, 4, 43_000, counterTo: "o1"));
        state.Standings(Now).Select(offer => offer.Id).ShouldBe(["o1", "o2"]);
        state.Offer("o2")!.CounterTo.ShouldBe("o1");
        CodeOf(NegotiationRules.Offer(state, Cem, Package(99.95m, 4, 43_000, counterTo: "o7"), Now))
            .ShouldBe("negotiation.no_offer");
    }

    [Fact]
    public void Offers_are_called_by_whose_they_are_and_which_one()
    {
        var state = Open().Offered(Pia, Package(99.9m, 4, 44_500)).Offered(Pia, Package(99.9m, 4, 44_000))
            .Offered(Cem, Package(99.95m, 4, 43_000, counterTo: "o2"));
        state = Fold(state, NegotiationRules.OfferSet(
            state, Pia, [Package(99.9m, 4, 44_500), Package(99.8m, 2, 44_500)], Now), Pia);
        foreach (var kind in new[] { OfferKind.Proposal, OfferKind.SingleText, OfferKind.SingleText })
            state = Fold(state, NegotiationRules.Propose(
                state, Ann, Package(99.9m, 4, 44_000) with { Kind = kind }, Now), Ann);
        state.Offers.Select(offer => offer.Name).ShouldBe([
            "the provider's first offer", "the provider's second offer", "the customer's first offer",
            "the provider's third offer", "the provider's fourth offer", "the mediator's first proposal",
            "the mediator's first draft of the single text", "the mediator's second draft of the single text",
        ]);
        NegotiationRules.Accept(state, Cem, "o1", Ballot.Empty, Now).Refusal!.Message
            .ShouldBe("The provider's first offer was replaced by a newer one.");
        state = Fold(state, NegotiationRules.Reject(state, Cem, "o4", "Too dear", Now), Cem);
        state = Fold(state, NegotiationRules.Accept(state, Pia, "o3", Ballot.Empty, Now), Pia);
        state.Feed.Select(heard => heard.Words).ShouldBe([
            "opened the table", "made the provider's first offer", "made the provider's second offer",
            "countered the provider's second offer with the customer's first offer",
            "made the provider's third offer, one of several of equal worth",
            "made the provider's fourth offer, one of several of equal worth",
            "made the mediator's first proposal to both",
            "put the mediator's first draft of the single text on the table",
            "put the mediator's second draft of the single text on the table", "rejected the provider's third offer",
            "accepted the customer's first offer", "The sides agreed on the customer's first offer",
        ]);
    }

    [Theory]
    [InlineData(1, "first")]
    [InlineData(10, "tenth")]
    [InlineData(11, "11th")]
    [InlineData(13, "13th")]
    [InlineData(21, "21st")]
    [InlineData(102, "102nd")]
    [InlineData(112, "112th")]
    [InlineData(123, "123rd")]
    public void Ordinals_are_words_up_to_ten(int number, string words) => Wording.Ordinal(number).ShouldBe(words);

    [Fact]
    public void A_rejection_needs_a_reason()
    {
        var state = Open().Offered(Pia, Package(99.9m, 4, 44_500));
        CodeOf(NegotiationRules.Reject(state, Cem, "o1", " ", Now)).ShouldBe("negotiation.reason_missing");
        state = Fold(state, NegotiationRules.Reject(state, Cem, "o1", "Four hours lose a morning", Now), Cem);
        state.Offer("o1")!.Reason.ShouldBe("Four hours lose a morning");
    }

    [Fact]
    public void In_turns_nobody_moves_twice_in_a_row()
    {
        var state = Open(order: MoveOrder.Turns).Offered(Pia, Package(99.9m, 4, 44_500));
        CodeOf(NegotiationRules.Offer(state, Pia, Package(99.9m, 4, 44_000), Now)).ShouldBe("negotiation.out_of_turn");
        state = state.Offered(Cem, Package(99.95m, 4, 43_000));
        CodeOf(NegotiationRules.Offer(state, Pia, Package(99.9m, 4, 44_000), Now)).ShouldBe("accepted");
    }

    [Fact]
    public void Accountings_limit_is_hard_and_raised_only_with_a_reason()
    {
        var state = Open();
        CodeOf(TableRules.SetBudget(state, Cem, new Money(46_000, "EUR"), null))
            .ShouldBe("negotiation.accounting_only");
        state = Fold(state, TableRules.SetBudget(state, Fee, new Money(44_000, "EUR"), null), Fee);
        CodeOf(NegotiationRules.Offer(state, Pia, Package(99.9m, 4, 44_500), Now)).ShouldBe("negotiation.budget");
        CodeOf(TableRules.SetBudget(state, Fee, new Money(46_000, "EUR"), null)).ShouldBe("negotiation.reason_missing");
        state = Fold(state, TableRules.SetBudget(state, Fee, new Money(46_000, "EUR"),
            "The second line pays for itself"), Fee);
        CodeOf(NegotiationRules.Offer(state, Pia, Package(99.9m, 4, 44_500), Now)).ShouldBe("accepted");
    }

    [Fact]
    public void Several_offers_of_one_set_stand_side_by_side()
    {
        var state = Open();
        state = Fold(state, NegotiationRules.OfferSet(
            state, Pia, [Package(99.9m, 4, 44_500), Package(99.8m, 2, 44_500), Package(99.95m, 6, 45_000)], Now), Pia);
        state.Standings(Now).Count().ShouldBe(3);
        state.Offered(Pia, Package(99.9m, 4, 44_000)).Standings(Now).Select(offer => offer.Id).ShouldBe(["o4"]);
    }

    [Fact]
    public void What_nobody_took_lapses_when_the_sides_agree_on_another()
    {
        var state = Open();
        state = Fold(state, NegotiationRules.OfferSet(
            state, Pia, [Package(99.9m, 4, 44_500), Package(99.8m, 2, 44_500), Package(99.95m, 6, 45_000)], Now), Pia);
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o2", Ballot.Empty, Now), Cem);
        state.Offers.Select(offer => offer.End).ShouldBe([OfferEnd.Lapsed, OfferEnd.Agreed, OfferEnd.Lapsed]);
        state.Standings(Now).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, true, "agreed")]
    [InlineData(true, false, "notAccepted")]
    [InlineData(false, true, "notAccepted")]
    [InlineData(false, false, "notAccepted")]
    public void Answers_in_confidence_tell_only_both_or_not_both(bool provider, bool customer, string end)
    {
        var state = Open();
        state = Fold(state, NegotiationRules.Propose(
            state, Ann, Package(99.9m, 4, 44_000) with { Kind = OfferKind.Proposal }, Now), Ann);
        var first = NegotiationRules.AnswerInConfidence(
            state, Pia, "o1", new Sealed<bool>("provider", provider), "cipher", Ballot.Empty, Now);
        first.Facts.ShouldBe([new NegotiationFact.AnsweredInConfidence("o1", "cipher")]);
        state = Fold(state, first, Pia);
        state = Fold(state, NegotiationRules.AnswerInConfidence(
            state, Cem, "o1", new Sealed<bool>("customer", customer), "cipher",
            Ballot.Empty.With(Side.Provider, new Sealed<bool>("provider", provider)), Now), Cem);
        state.Offer("o1")!.End.ShouldBe(end == "agreed" ? OfferEnd.Agreed : OfferEnd.NotAccepted);
    }

    [Fact]
    public void The_mediators_proposal_needs_both_sides()
    {
        var state = Open();
        CodeOf(NegotiationRules.Propose(state, Pia, Package(99.9m, 4, 44_000) with { Kind = OfferKind.Proposal }, Now))
            .ShouldBe("negotiation.chair_only");
        state = Fold(state, NegotiationRules.Propose(
            state, Ann, Package(99.9m, 4, 44_000) with { Kind = OfferKind.Proposal }, Now), Ann);
        state = Fold(state, NegotiationRules.Accept(state, Pia, "o1", Ballot.Empty, Now), Pia);
        state.Standing.ShouldBe(Standing.Open);
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o1", Ballot.Empty, Now), Cem);
        state.Standing.ShouldBe(Standing.Agreed);
    }

    [Fact]
    public void An_improvement_replaces_what_was_agreed_only_when_both_accept()
    {
        var state = Open();
        CodeOf(NegotiationRules.Propose(state, Ann, Package(99.9m, 4, 44_000) with { Kind = OfferKind.Improvement },
            Now)).ShouldBe("negotiation.nothing_agreed");
        state = state.Offered(Pia, Package(99.9m, 4, 44_500));
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o1", Ballot.Empty, Now), Cem);
        state = Fold(state, NegotiationRules.Propose(
            state, Ann, Package(99.95m, 4, 44_600) with { Kind = OfferKind.Improvement }, Now), Ann);
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o2", Ballot.Empty, Now), Cem);
        state.AgreedOffer.ShouldBe("o1");
        Fold(state, NegotiationRules.Accept(state, Pia, "o2", Ballot.Empty, Now), Pia).AgreedOffer.ShouldBe("o2");
        Fold(state, NegotiationRules.Reject(state, Pia, "o2", "Too dear", Now), Pia).AgreedOffer.ShouldBe("o1");
    }

    [Fact]
    public void What_moved_says_which_way()
    {
        var state = Open().Offered(Pia, Package(99.9m, 8, 45_800));
        Movement.Of(state, state.Offer("o1")!).Select(move => (move.Term.Key, move.Direction))
            .ShouldBe([("availability", Direction.Towards), ("restore", Direction.Away)]);
        Movement.History(state, "availability").Select(move => move.Value.Label)
            .ShouldBe(["99.8 %", "99.95 %", "99.9 %"]);
    }

    [Fact]
    public void Each_package_is_held_against_what_it_comes_from()
    {
        // Two at once come both from where the side stood; a draft comes from the draft before, not from the proposal.
        var state = Open().Offered(Pia, Package(99.8m, 6, 45_000));
        state = Fold(state, NegotiationRules.OfferSet(state, Pia, [Package(99.9m, 6, 45_000), Package(99.8m, 4, 45_000)], Now), Pia);
        Moved("o2").ShouldBe(["availability"]);
        Moved("o3").ShouldBe(["restore"]);
        state = Chaired(OfferKind.Proposal, 99.9m, 4);
        Moved("o4").ShouldBeEmpty("it comes from nothing");
        state = Chaired(OfferKind.SingleText, 99.8m, 6);
        state = Chaired(OfferKind.Proposal, 99.95m, 2);
        state = Chaired(OfferKind.SingleText, 99.8m, 4);
        Moved("o7").ShouldBe(["restore"]);
        Movement.Origin(state, state.Offer("o7")!)!.Id.ShouldBe("o5");
        state = Fold(state, NegotiationRules.Accept(state, Cem, "o3", Ballot.Empty, Now), Cem);
        state = Chaired(OfferKind.Improvement, 99.9m, 4);
        Moved("o8").ShouldBe(["availability"], "o3 was agreed");

        IEnumerable<string> Moved(string offer) => Movement.Of(state, state.Offer(offer)!).Select(move => move.Term.Key);
        NegotiationState Chaired(OfferKind kind, decimal percent, int hours) => Fold(state, NegotiationRules.Propose(
            state, Ann, Package(percent, hours, 45_000) with { Kind = kind }, Now), Ann);
    }
}
