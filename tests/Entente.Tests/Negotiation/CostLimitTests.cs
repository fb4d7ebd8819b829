using Entente.Bargaining.Solutions;
using Entente.Documentation;
using Entente.Negotiation;
using Entente.Terms;
using Comparison = Entente.Terms.Comparison;
using NodaTime;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

/// <summary>What providing may cost is a hard limit; what it is stays with whoever reads the cost model.</summary>
public sealed class CostLimitTests
{
    private static readonly LocalDate _today = new(2026, 3, 2);

    private static readonly CostModel _model = CostText.Read("EUR", """
        Operations | fixed | | 30000
        Second site | steps | availability | 99.9 %: 6000
        On call | steps | restore | 4 h: 2000; 2 h: 5000
        """, "");

    [Fact]
    public void A_package_costs_its_fixed_lines_and_what_each_value_asks_for() =>
        Limit(1).Of(Open(), Package(99.9m, 4, 44_500).Package).ShouldBe(new Money(38_000, "EUR"));

    [Theory]
    [InlineData(38_000, null)]
    [InlineData(37_999.99, "negotiation.cost_limit")]
    public void A_package_that_costs_more_is_neither_offered_nor_taken(decimal most, string? refused)
    {
        var offer = Package(99.9m, 4, 44_500);
        NegotiationRules.OverCost(Open(), [offer], Limit(most), isReader: true)?.Code.ShouldBe(refused);
        var state = Open().Offered(Pia, offer);
        NegotiationFact[] taken = [new NegotiationFact.Accepted("o1"), new NegotiationFact.Agreed("o1")];
        (NegotiationRules.OverCost(state, taken, Limit(most), isReader: false)?.Code).ShouldBe(refused);
    }

    [Fact]
    public void Only_a_reader_of_the_model_learns_which_limit_and_by_how_much()
    {
        var package = Package(99.9m, 2, 44_500).Package;
        Limit(40_000).Beyond(Open(), package, isReader: true)!.Message.ShouldBe("Providing this costs € 41,000 a month; "
            + "accounting's limit is € 40,000, € 1,000 less, and only accounting raises it.");
        var other = Limit(40_000).Beyond(Open(), package, isReader: false)!;
        other.ShouldBe(Limit(39_999).Beyond(Open(), package, isReader: false), "it tells no figure");
        other.Message.ShouldNotContain("€");
    }

    [Fact]
    public void The_engine_proposes_nothing_that_costs_more()
    {
        var said = new SidePreference
        {
            Swings = new Dictionary<string, int> { ["availability"] = 90, ["restore"] = 60, ["charge"] = 10 },
        };
        foreach (var fairness in Enum.GetValues<Fairness>())
        {
            var free = Between(said, costs: null).Propose(fairness)!;
            var most = Limit(1).Of(Open(), free).Amount - 1;
            var bound = Between(said, Limit(most)).Propose(fairness);
            (bound is null || Limit(1).Of(Open(), bound).Amount <= most).ShouldBeTrue($"{fairness}");
        }

        Between(said, Limit(29_999)).Propose(Fairness.Nash).ShouldBeNull("the fixed lines alone cost more");
    }

    [Fact]
    public void Raising_needs_a_reason_and_accounting()
    {
        var state = CostState.Empty;
        Decide(state, "EUR 1").Refusal!.Code.ShouldBe("cost.no_model");
        state = state.Apply(new CostFact.Written(_model, _today), new Stamp("fee", "accounting", default, 1));
        CostRules.Limit(state, Pia, new Money(1, "EUR"), null, _today).Refusal!.Code.ShouldBe("cost.accounting_only");
        Decide(state, "USD 1").Refusal!.Code.ShouldBe("cost.currency");
        Decide(state, "EUR -1").Refusal!.Code.ShouldBe("negotiation.budget_negative");
        state = state.Apply(Decide(state, "EUR 40000").Facts[0], new Stamp("fee", "accounting", default, 2));
        Decide(state, "EUR 40001").Refusal!.Code.ShouldBe("negotiation.reason_missing");
        Decide(state, null).Refusal!.Code.ShouldBe("negotiation.reason_missing");
        Decide(state, "EUR 39999").IsRefused.ShouldBeFalse("lowering it needs none");
        state.Apply(Decide(state, "EUR 45000", "The board agreed").Facts[0], new Stamp("fee", "accounting", default, 3))
            .LimitReason.ShouldBe("The board agreed");
        CostRules.Write(state, Fee, _model with { Currency = "USD" }, _today).Refusal!.Code.ShouldBe("cost.currency");
    }

    [Fact]
    public void A_level_costs_what_it_takes_once_over_the_months_and_for_each_unit_too()
    {
        LevelCost.TryParse("checkout", "availability 99.9 %: EUR 24000 once, EUR 6000 a month, EUR 2 per user", out var level)
            .ShouldBeTrue();
        var availability = Open().Agenda[0].Term;
        Cost(Open()).ShouldBe(6000 + 2000m, "nobody says how many users there are");
        var load = new AgendaTerm(new Term.Workload
        {
            Key = "load",
            Title = "Users",
            Of = "Users",
            Limit = new(Comparison.AtMost, 150, Unit.Number),
        });
        Cost(Open() with { Agenda = Open().Agenda.Add(load) }).ShouldBe(6000 + 2000 + 300m);
        Cost(Open() with { EffectiveFrom = new LocalDate(2026, 4, 1), Ends = new LocalDate(2028, 4, 1) })
            .ShouldBe(6000 + 1000m, "24 months");
        LevelCosts.Model("availability", [], Open(), null).ShouldBeNull();

        decimal Cost(NegotiationState table) => CostOf.Value(LevelCosts.Model("availability", [level], table, null)!,
            availability, Package(99.95m, 4, 1).Package["availability"], _ => 0)!.Sum(part => part.Amount);
    }

    private static CostLimit Limit(decimal most) => new(new Money(most, "EUR"), _model, _ => 730.5m);

    private static Decision<CostFact> Decide(CostState state, string? limit, string? reason = null) => CostRules.Limit(
        state, Fee, limit is null ? null : Money.TryParse(limit, out var money) ? money : default, reason, _today);

    private static Mediation Between(SidePreference said, CostLimit? costs) => new(
        Open(), new Sealed<SidePreference>("provider", said), new Sealed<SidePreference>("customer", said), costs: costs);
}
