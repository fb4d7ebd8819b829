using Entente.Agreements;
using Entente.Terms;
using NodaTime;

namespace Entente.Tests.Agreements;

public sealed class AgreementRulesTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly Actor _ann = new("ann", "Ann", Seat.ServiceLevelManager);
    private static readonly Actor _pia = new("pia", "Pia", Seat.Provider);
    private static readonly Actor _cem = new("cem", "Cem", Seat.Customer);

    private static readonly AgreementDocument _document = new()
    {
        Entente = AgreementDocument.Version1,
        Key = "checkout",
        Title = "Checkout",
        Terms = [new Term.Availability { Key = "availability", Title = "Availability",
            Target = new Objective(Comparison.AtLeast, 99.9m, Unit.Percent) }],
    };

    [Fact]
    public void A_version_rules_from_its_first_day_once_both_signed()
    {
        var state = Drafted(new LocalDate(2026, 4, 1));
        state.InForceAt(new LocalDate(2026, 4, 1)).ShouldBeNull();
        state = Signed(Signed(state, _pia, 1), _cem, 1);
        state.InForceAt(new LocalDate(2026, 3, 31)).ShouldBeNull();
        state.InForceAt(new LocalDate(2026, 4, 1))!.Number.ShouldBe(1);
    }

    [Fact]
    public void A_later_version_ends_the_one_before_and_leaves_its_past_alone()
    {
        var state = Signed(Signed(Drafted(new LocalDate(2026, 4, 1)), _pia, 1), _cem, 1);
        state = Signed(Signed(Draft(state, new LocalDate(2026, 7, 1)), _cem, 2), _pia, 2);
        state.InForceAt(new LocalDate(2026, 6, 30))!.Number.ShouldBe(1);
        state.InForceAt(new LocalDate(2026, 7, 1))!.Number.ShouldBe(2);
    }

    [Fact]
    public void A_draft_replaces_a_draft_and_its_signatures()
    {
        var state = Draft(Signed(Drafted(new LocalDate(2026, 4, 1)), _pia, 1), new LocalDate(2026, 5, 1));
        state.Versions.Count.ShouldBe(1);
        state.Draft!.Signatures.ShouldBeEmpty();
    }

    [Fact]
    public void An_agreement_that_ended_rules_no_more()
    {
        var ending = _document with { Effective = new DateRange(new LocalDate(2026, 4, 1), new LocalDate(2027, 4, 1)) };
        var state = Fold(AgreementState.Empty, AgreementRules.Draft(
            AgreementState.Empty, ending, new LocalDate(2026, 4, 1), "e.n1", null), _ann);
        state = Signed(Signed(state, _pia, 1), _cem, 1);
        state.InForceAt(new LocalDate(2027, 3, 31)).ShouldNotBeNull();
        state.InForceAt(new LocalDate(2027, 4, 1)).ShouldBeNull();
    }

    [Fact]
    public void A_version_begins_after_the_one_before()
    {
        var state = Signed(Signed(Drafted(new LocalDate(2026, 4, 1)), _pia, 1), _cem, 1);
        AgreementRules.Draft(state, _document, new LocalDate(2026, 4, 1), "e.n2", null)
            .Refusal!.Code.ShouldBe("agreement.effective");
    }

    private static AgreementState Drafted(LocalDate from) => Draft(AgreementState.Empty, from);

    private static AgreementState Draft(AgreementState state, LocalDate from) =>
        Fold(state, AgreementRules.Draft(state, _document, from, "e.n1", certificate: null), _ann);

    private static AgreementState Signed(AgreementState state, Actor by, int version) =>
        Fold(state, SigningRules.Sign(
            state, by, new SigningAct(version, "Head of Operations", "Berlin"), openConcerns: 0, new LocalDate(2026, 3, 2)), by);

    private static AgreementState Fold(AgreementState state, Decision<AgreementFact> decision, Actor by) =>
        decision.Facts.Aggregate(state, (folded, fact) => folded.Apply(fact, new Stamp(by.Id, by.Role, _now, 1)));
}
