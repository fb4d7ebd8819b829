using Entente.Agreements;
using Entente.Terms;
using NodaTime;

namespace Entente.Tests.Agreements;

public sealed class SigningRulesTests
{
    private static readonly LocalDate _today = new(2026, 3, 2);
    private static readonly Actor _ann = new("ann", "Ann", Seat.ServiceLevelManager);
    private static readonly Actor _pia = new("pia", "Pia", Seat.Provider);
    private static readonly Actor _ido = new("ido", "Ido", Seat.Provider);
    private static readonly Actor _cem = new("cem", "Cem", Seat.Customer);
    private static readonly Actor _fee = new("fee", "Fee", Seat.Accounting);
    private static readonly Signatory _provider = new("", Seat.Provider);
    private static readonly Signatory _customer = new("", Seat.Customer);

    private AgreementState _state = Drafted(monthly: 10_000);

    [Fact]
    public void Without_a_plan_one_of_each_side_signs_in_any_order()
    {
        Signs(_cem);
        _state.Newest!.IsSigned.ShouldBeFalse();
        Refused(_cem).ShouldBe("agreement.signed_already");
        Refused(new Actor("cora", "Cora", Seat.Customer)).ShouldBe("agreement.signed_already");
        Refused(_fee).ShouldBe("agreement.sides_sign");
        Refused(_ann).ShouldBe("agreement.sides_sign");
        Refused(_pia, openConcerns: 1).ShouldBe("agreement.open_concern");
        Signs(_pia);
        _state.Newest!.IsSigned.ShouldBeTrue();
    }

    [Fact]
    public void Whether_something_waits_without_a_name_is_told_only_to_who_would_otherwise_have_signed()
    {
        string Asked(Actor by, int open = 0) => SigningRules.Sign(_state, by, new SigningAct(1, "Head", "Berlin"),
            open, _today, heardAt: "2026-03-03 06:00 (UTC)").Refusal!.Code;
        (Asked(_fee), Asked(_pia, open: 1)).ShouldBe(("agreement.sides_sign", "agreement.open_concern"));
        Asked(_pia).ShouldBe("agreement.concern_waits");
        Signs(_cem);
        (Asked(_cem), Asked(_pia)).ShouldBe(("agreement.signed_already", "agreement.concern_waits"));
    }

    [Fact]
    public void Steps_are_kept_and_those_of_one_step_are_free()
    {
        Plan(_provider with { Person = "pia", Name = "Pia" }, _customer, new("", Seat.Accounting, "fee", "Fee", Step: 2),
            new("", Seat.Provider, "ido", "Ido", Step: 3));
        Refused(_fee).ShouldBe("agreement.order");
        Refused(_ido).ShouldBe("agreement.order");
        Refused(new Actor("paul", "Paul", Seat.Provider)).ShouldBe("agreement.authority");
        Signs(_cem, _pia, _fee);
        _state.Newest!.IsSigned.ShouldBeFalse("the provider's second signature is missing");
        Signs(_ido);
        _state.Newest!.IsSigned.ShouldBeTrue();
        _state.Newest.Signatures.Select(one => one.Signatory).ShouldBe(["customer", "provider", "accounting", "provider-2"]);
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(120_000, false)]
    [InlineData(120_001, false)]
    public void Above_a_persons_authority_a_second_signature_is_needed(decimal limit, bool isAbove)
    {
        var most = new Money(limit, "EUR");
        Plan(_provider with { Person = "pia", Name = "Pia", UpTo = most }, _customer,
            new("", Seat.Provider, "ido", "Ido", Above: most));
        Signs(_pia, _cem);
        _state.Newest!.IsSigned.ShouldBe(!isAbove, "12 months of EUR 10000");
        if (isAbove) Signs(_ido);
        else Refused(_ido).ShouldBe("agreement.authority");
        _state.Newest!.IsSigned.ShouldBeTrue();
    }

    [Fact]
    public void Nobody_signs_above_a_limit_that_nobody_of_the_seat_covers()
    {
        Plan(_provider with { Person = "pia", Name = "Pia", UpTo = new Money(119_999.99m, "EUR") }, _customer);
        var refusal = Sign(_pia).Refusal!;
        (refusal.Code, refusal.Message).ShouldBe(("agreement.limit",
            "Pia may sign up to € 119,999.99 a year and this agreement is worth € 120,000 a year: plan a second signature."));
        Plan(_provider with { Person = "pia", Name = "Pia", UpTo = new Money(900_000, "USD") }, _customer);
        Refused(_pia).ShouldBe("agreement.limit", "another currency is no authority");
    }

    [Fact]
    public void A_delegate_signs_in_place_of_whoever_delegated_until_the_day()
    {
        Plan(_provider with { Person = "pia", Name = "Pia" }, _customer);
        Delegates(_pia, _ido, until: _today.PlusDays(3));
        Refused(_pia).ShouldBe("agreement.delegated");
        Refused(_ido, on: _today.PlusDays(4)).ShouldBe("agreement.authority", "it has ended");
        Signs(_ido);
        var signature = _state.Newest!.SignatureOf("provider")!;
        (signature.Name, signature.For, signature.Words).ShouldBe(("Ido", "Pia", "Ido, Head, in place of Pia"));
    }

    [Fact]
    public void A_delegation_is_taken_back_and_never_passed_on()
    {
        Plan(_provider with { Person = "pia", Name = "Pia" }, _customer, new("", Seat.Provider, "paul", "Paul"));
        Delegation(_pia, new Actor("paul", "Paul", Seat.Provider)).Refusal!.Code.ShouldBe("agreement.delegate_signs");
        Delegation(_pia, _cem).Refusal!.Code.ShouldBe("agreement.other_side");
        Delegation(_ido, _ido).Refusal!.Code.ShouldBe("agreement.authority");
        Delegation(_pia, _ido, _today.PlusDays(-1)).Refusal!.Code.ShouldBe("agreement.delegation_over");
        Delegates(_pia, _ido);
        Delegation(_ido, new Actor("otto", "Otto", Seat.Provider)).Refusal!.Code.ShouldBe("agreement.delegation_chain");
        SigningRules.Revoke(_state, _ido, "provider").Refusal!.Code.ShouldBe("agreement.authority");
        Fold(SigningRules.Revoke(_state, _pia, "provider"), _pia);
        Refused(_ido).ShouldBe("agreement.authority");
        Signs(_pia);
    }

    [Fact]
    public void A_plan_binds_both_sides_and_stands_once_signing_has_begun()
    {
        PlanOf(_provider).Refusal!.Code.ShouldBe("agreement.plan_sides");
        PlanOf(_provider, _customer with { Above = new Money(1, "EUR") }).Refusal!.Code.ShouldBe("agreement.plan_sides");
        PlanOf(_provider, _customer, new("", Seat.ServiceLevelManager)).Refusal!.Code.ShouldBe("agreement.plan_chair");
        PlanOf(_provider with { Person = "pia" }, _provider with { Person = "pia" }, _customer)
            .Refusal!.Code.ShouldBe("agreement.plan_twice");
        SigningRules.Plan(_state, _pia, SigningPlan.Default).Refusal!.Code.ShouldBe("agreement.chair_only");
        Signs(_pia);
        PlanOf(_provider, _customer, new("", Seat.Accounting)).Refusal!.Code.ShouldBe("agreement.signing");
    }

    [Fact]
    public void One_person_gives_one_signature_though_two_are_anybodys()
    {
        Plan(_provider, _provider, _customer);
        Signs(_pia);
        Refused(_pia).ShouldBe("agreement.signed_already");
        Signs(_ido, _cem);
        _state.Newest!.IsSigned.ShouldBeTrue();
    }

    [Fact]
    public void A_signed_version_stays_signed_when_the_next_one_is_planned_otherwise()
    {
        Signs(_pia, _cem);
        Fold(AgreementRules.Draft(_state, Document(10_000), new LocalDate(2026, 7, 1), "e.n2", null), _ann);
        Plan(_provider, _customer, new("", Seat.Accounting));
        _state.Find(1)!.IsSigned.ShouldBeTrue();
        Signs(_pia, _cem);
        _state.Find(2)!.IsSigned.ShouldBeFalse();
    }

    [Fact]
    public void Nobody_signs_a_text_that_is_not_the_one_they_read()
    {
        var read = _state.Newest!.Text;
        Fold(AgreementRules.Word(_state, _pia, 1, "charge", "{title} is {value}.", "Pia"), _pia);
        SignText(_cem, read).Refusal!.Code.ShouldBe("agreement.text_changed");
        Fold(AgreementRules.Draft(_state, Document(9_000), new LocalDate(2026, 4, 1), "e.n1", null), _ann);
        SignText(_cem, read + 1).Refusal!.Code.ShouldBe("agreement.text_changed", "an improvement is another text");
        Fold(SignText(_cem, read + 2), _cem);
        Signs(_pia);
        _state.Newest!.IsSigned.ShouldBeTrue();

        Decision<AgreementFact> SignText(Actor by, int text) => SigningRules.Sign(
            _state, by, new SigningAct(1, "Head", "Berlin", Text: text), 0, _today);
    }

    [Fact]
    public void The_certificate_names_who_signed_in_which_order_and_under_which_authority()
    {
        var most = new Money(100_000, "EUR");
        Plan(_provider with { Person = "pia", Name = "Pia", UpTo = most }, _customer with { Step = 2 },
            new("", Seat.Provider, "ido", "Ido", Step: 3, Above: most));
        var paul = new Actor("paul", "Paul", Seat.Provider);
        Delegates(_pia, paul);
        AgreementText.Certified(_state.Newest!).ShouldBe(["Nothing better was on the table."]);
        Signs(paul, _cem, _ido);
        var certified = AgreementText.Certified(_state.Newest!);
        certified.Skip(1).ShouldBe([
            "First signed Paul, Head, in place of Pia, for Acme IT, on 2 March 2026: step 1 of the signing plan, "
                + "authority up to € 100,000 a year.",
            "Second signed Cem, Head, for Globex, on 2 March 2026: step 2 of the signing plan, "
                + "authority without limit.",
            "Third signed Ido, Head, for Acme IT, on 2 March 2026: step 3 of the signing plan, "
                + "authority without limit; needed above € 100,000.",
        ]);
        var (paper, markdown) = (AgreementPaper.Html(_state.Newest!), AgreementText.Markdown(_state.Newest!));
        foreach (var words in certified)
        {
            paper.ShouldContain(System.Net.WebUtility.HtmlEncode(words));
            markdown.ShouldContain(words);
        }
    }

    [Fact]
    public void Facts_from_before_there_were_plans_still_read()
    {
        Fold(new AgreementFact[]
        {
            new AgreementFact.SigningOrdered(Side.Customer),
            new AgreementFact.SigningDelegated("ido", "Ido", "Board", Side.Provider),
        }, _pia);
        Refused(_ido).ShouldBe("agreement.order");
        Fold(new AgreementFact.Signed(1, Side.Customer, "Cem", "Head", "Hamburg"), _cem);
        Refused(new Actor("paul", "Paul", Seat.Provider)).ShouldBe("agreement.delegated");
        Fold(new AgreementFact.Signed(1, Side.Provider, "Ido", "Head", "Berlin"), _ido);
        _state.Newest!.IsSigned.ShouldBeTrue();
    }

    private static AgreementDocument Document(decimal monthly) => new()
    {
        Entente = AgreementDocument.Version1,
        Key = "checkout",
        Title = "Checkout",
        Provider = new PartyEntry("Acme IT"),
        Customer = new PartyEntry("Globex"),
        Terms = [new Term.Charge { Key = "charge", Title = "Charge", Amount = new Money(monthly, "EUR") }],
    };

    private static AgreementState Drafted(decimal monthly) => Folded(AgreementState.Empty, AgreementRules.Draft(
        AgreementState.Empty, Document(monthly), new LocalDate(2026, 4, 1), "e.n1",
        new Certificate(true, true, Words: "Nothing better was on the table.")), _ann);

    private Decision<AgreementFact> PlanOf(params IEnumerable<Signatory> signatories) =>
        SigningRules.Plan(_state, _ann, SigningPlan.Of(signatories));

    private void Plan(params IEnumerable<Signatory> signatories) => Fold(PlanOf(signatories), _ann);

    private Decision<AgreementFact> Delegation(Actor by, Actor to, LocalDate? until = null) =>
        SigningRules.Delegate(_state, by, (to.Id, to.Name, to.Seat!.Value), "Away", until, _today);

    private void Delegates(Actor by, Actor to, LocalDate? until = null) => Fold(Delegation(by, to, until), by);

    private Decision<AgreementFact> Sign(Actor by, int openConcerns = 0, LocalDate? on = null) => SigningRules.Sign(
        _state, by, new SigningAct(_state.Newest!.Number, "Head", "Berlin"), openConcerns, on ?? _today);

    private string Refused(Actor by, int openConcerns = 0, LocalDate? on = null) => Sign(by, openConcerns, on).Refusal!.Code;

    private void Signs(params ReadOnlySpan<Actor> actors)
    {
        foreach (var by in actors) Fold(Sign(by), by);
    }

    private void Fold(Decision<AgreementFact> decision, Actor by) => _state = Folded(_state, decision, by);

    private static AgreementState Folded(AgreementState state, Decision<AgreementFact> decision, Actor by) =>
        decision.Facts.Aggregate(state, (folded, fact) =>
            folded.Apply(fact, new Stamp(by.Id, by.Role, Instant.FromUtc(2026, 3, 2, 9, 0), 1)));
}
