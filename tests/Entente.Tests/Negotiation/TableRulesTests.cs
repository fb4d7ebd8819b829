using Entente.Documentation;
using Entente.Negotiation;
using Entente.Terms;
using NodaTime;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

public sealed class TableRulesTests
{
    [Fact]
    public void Anyone_with_a_seat_raises_a_concern_and_somebody_else_answers_it()
    {
        var state = Open();
        state = Fold(state, TableRules.RaiseConcern(state, "On-call is two people", "restore",
            Seat.Provider), Sam);
        state.OpenConcerns.Count().ShouldBe(1);
        CodeOf(TableRules.AnswerConcern(state, Sam, "c1", "Never mind")).ShouldBe("concern.own");
        state = Fold(state, TableRules.AnswerConcern(state, Pia, "c1", "We hire a third"), Pia);
        state.OpenConcerns.ShouldBeEmpty();
        CodeOf(TableRules.ReopenConcern(state, Cem, "c1", "No")).ShouldBe("concern.not_yours");
        state = Fold(state, TableRules.ReopenConcern(state, Sam, "c1", "Not before summer"), Sam);
        state.OpenConcerns.Count().ShouldBe(1);
        Fold(state, TableRules.WithdrawConcern(state, Sam, "c1"), Sam).OpenConcerns.ShouldBeEmpty();
        CodeOf(TableRules.RaiseConcern(state, "x", "zork", null)).ShouldBe("negotiation.unknown_term");
    }

    [Fact]
    public void A_concern_without_a_name_is_nobodys_and_the_chair_speaks_for_it()
    {
        var put = TableRules.RaiseWithoutName(Open(), " No nights ", "restore", new HardNeed(Comparison.AtLeast, Span(4)));
        put.Facts.ShouldBe([new NegotiationFact.ConcernRaised("", "No nights", "restore", Anonymous: true, Owner: null,
            new HardNeed(Comparison.AtLeast, Span(4)))], "it takes its name when it is heard");
        CodeOf(TableRules.RaiseWithoutName(Open(), "x", "zork")).ShouldBe("negotiation.unknown_term");
        CodeOf(TableRules.RaiseWithoutName(Open(), " ", null)).ShouldBe("concern.empty");
        CodeOf(TableRules.RaiseWithoutName(NegotiationState.Empty, "x", null)).ShouldBe("negotiation.unknown");
        var state = Fold(Open(), TableRules.RaiseConcern(Open(), "First", null, null), Fee);
        state = Fold(state, put, VoiceRules.Nobody);
        var concern = state.Concern("c2")!;
        (concern.IsAuthorless, concern.Seat, concern.Owner, concern.IsOpen)
            .ShouldBe((true, null, Seat.ServiceLevelManager, true));
        foreach (var by in new[] { Ann, Pia, Cem, Fee, Sam })
            CodeOf(TableRules.WithdrawConcern(state, by, "c2")).ShouldBe("concern.not_yours");
        state = Fold(state, TableRules.AnswerConcern(state, Pia, "c2", "We will see"), Pia);
        CodeOf(TableRules.ReopenConcern(state, Sam, "c2", "No")).ShouldBe("concern.not_yours");
        state = Fold(state, TableRules.ReopenConcern(state, Ann, "c2", "That is no answer"), Ann);
        state.Concern("c2")!.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void A_seat_takes_a_concern_over_and_the_chair_hands_it_on()
    {
        var state = Fold(Open(), TableRules.RaiseConcern(Open(), "No nights", "restore", null), Sam);
        CodeOf(TableRules.TakeConcern(state, Cem, "c1", Seat.Provider)).ShouldBe("concern.hand_on");
        CodeOf(TableRules.TakeConcern(state, Cem, "c7", Seat.Customer)).ShouldBe("concern.unknown");
        state = Fold(state, TableRules.TakeConcern(state, Pia, "c1", Seat.Provider), Pia);
        TableRules.TakeConcern(state, Ann, "c1", Seat.Provider).Facts.ShouldBeEmpty("it is the provider's already");
        state = Fold(state, TableRules.TakeConcern(state, Ann, "c1", Seat.Accounting), Ann);
        state.Concern("c1")!.Owner.ShouldBe(Seat.Accounting);
        state.Concern("c1")!.Thread.Skip(1).Select(entry => $"{entry.By} {entry.Words}: {entry.Text}")
            .ShouldBe(["pia took it over: provider", "ann handed it on: accounting"]);
        state = Fold(state, TableRules.AnswerConcern(state, Fee, "c1", "It is paid for"), Fee);
        CodeOf(TableRules.TakeConcern(state, Pia, "c1", Seat.Provider)).ShouldBe("concern.closed");
    }

    [Fact]
    public void Only_the_chair_reframes_and_pauses_and_every_pause_has_a_reason()
    {
        var state = Open();
        state = Fold(state, TableRules.RaiseConcern(state, "No nights", "restore", null), Sam);
        CodeOf(TableRules.ReframeConcern(state, Cem, "c1", "rest")).ShouldBe("negotiation.chair_only");
        Fold(state, TableRules.ReframeConcern(state, Ann, "c1", "rest after a call"), Ann)
            .Concern("c1")!.Interest.ShouldBe("rest after a call");
        CodeOf(TableRules.Pause(state, Cem, "lunch")).ShouldBe("negotiation.chair_only");
        CodeOf(TableRules.Pause(state, Ann, " ")).ShouldBe("negotiation.reason_missing");
        state = Fold(state, TableRules.Pause(state, Ann, "Figures are being checked"), Ann);
        CodeOf(NegotiationRules.Offer(state, Pia, Package(99.9m, 4, 44_500), Now)).ShouldBe("negotiation.paused");
        Fold(state, TableRules.Resume(state, Ann), Ann).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void A_breakdown_keeps_why_and_a_restart_says_what_changed()
    {
        var state = Open().Offered(Pia, Package(99.9m, 4, 44_500));
        CodeOf(TableRules.BreakOff(state, Sam, "No")).ShouldBe("negotiation.sides_break");
        state = Fold(state, TableRules.BreakOff(state, Cem, "No budget before May"), Cem);
        state.Reason.ShouldBe("No budget before May");
        CodeOf(NegotiationRules.Accept(state, Cem, "o1", Ballot.Empty, Now)).ShouldBe("negotiation.broken_off");
        CodeOf(TableRules.Restart(state, Cem, "May", null, Now)).ShouldBe("negotiation.chair_only");
        state = Fold(state, TableRules.Restart(state, Ann, "The budget was raised", null, Now), Ann);
        (state.Standing, state.Round).ShouldBe((Standing.Open, 2));
    }

    [Fact]
    public void A_taken_trade_makes_its_terms_provisional_and_binds_with_the_whole_only()
    {
        var state = Open();
        var trade = new NegotiationFact.TradeProposed(
            "", new Dictionary<string, TermValue> { ["restore"] = Span(6) }, new Dictionary<string,
            TermValue>
            { ["availability"] = Share(99.9m) });
        CodeOf(TableRules.ProposeTrade(state, Cem, trade with { Then = trade.If }, Now)).ShouldBe("negotiation.trade");
        state = Fold(state, TableRules.ProposeTrade(state, Cem, trade, Now), Cem);
        CodeOf(TableRules.TakeTrade(state, Cem, "t1", Now)).ShouldBe("negotiation.own_trade");
        state = Fold(state, TableRules.TakeTrade(state, Pia, "t1", Now), Pia);
        state.IsProvisional("restore").ShouldBeTrue();
        state.IsProvisional("availability").ShouldBeTrue();
        state.IsProvisional("charge").ShouldBeFalse();
        state.Standing.ShouldBe(Standing.Open);
    }

    [Fact]
    public void Equal_marks_make_a_term_provisional()
    {
        var state = Open();
        state = Fold(state, TableRules.MarkTerm(state, Pia, "availability", Share(99.9m), Now), Pia);
        state.IsProvisional("availability").ShouldBeFalse();
        Fold(state, TableRules.MarkTerm(state, Cem, "availability", Share(99.9m), Now), Cem)
            .IsProvisional("availability").ShouldBeTrue();
    }

    [Fact]
    public void An_agenda_matches_asks_and_offers_by_key()
    {
        var spec = ((Term.Availability)Availability) with
        {
            Target = new Objective(
            Comparison.AtLeast, 99.5m, Unit.Percent),
            Calendar = "retail"
        };
        var agenda = Agenda.Of([Availability, Restore], [spec, Charge]);
        agenda.Select(term => (term.Key, term.Asked?.Label, term.Offered?.Label)).ShouldBe(
            [("availability", "99.9 %", "99.5 %"), ("restore", "4 h", null), ("charge", null, "€ 44,000")]);
        agenda[0].Term.Calendar.ShouldBe("retail");
    }

    [Fact]
    public void An_amendment_starts_from_what_is_in_force()
    {
        var agenda = Agenda.Amending([Availability, Restore], [new AgendaTerm(Availability, Share(99.95m), null)]);
        agenda.Select(term => (term.Key, term.Asked?.Label, term.Offered?.Label))
            .ShouldBe([("availability", "99.95 %", "99.9 %"), ("restore", "4 h", "4 h")]);
    }

    [Theory]
    [InlineData("99.95", "99.95 %")]
    [InlineData("99.95 %", "99.95 %")]
    [InlineData("four nines", null)]
    [InlineData("", null)]
    public void A_share_is_read_as_people_type_it(string text, string? label) =>
        (TermValueText.Read(Availability, text)?.Label).ShouldBe(label);

    [Fact]
    public void What_a_field_shows_reads_back_as_the_same_value()
    {
        foreach (var (term, value) in new[] { (Availability, Share(99.95m)), (Restore, Span(2)),
            (Restore, new TermValue.Days(2)), (Charge, Euro(44_500.5m)) })
            TermValueText.Read(term, TermValueText.Write(value)).ShouldBe(value);
    }

    [Fact]
    public void A_contingent_value_stands_with_its_term()
    {
        var filled = Agenda.Filled(Open().Agenda, Package(99.9m, 4, 44_500).Package,
            [new Contingency("availability", Share(99.5m), "the new data centre is live", new LocalDate(2026, 10, 1))]);
        filled[0].Value.ShouldBe(Share(99.9m));
        filled[0].Contingents[0].Words.ShouldBe("Until the new data centre is live, at the latest until 2026-10-01: 99.5 %.");
    }
}
