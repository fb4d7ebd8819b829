using Entente.Documentation;
using Entente.Negotiation;
using Entente.Terms;
using NodaTime;

namespace Entente.Tests.Negotiation;

public sealed class CostTests
{
    private static readonly Term _availability = new Term.Availability
    {
        Key = "availability",
        Title = "Availability",
        Target = new Objective(Comparison.AtLeast, 99.9m, Unit.Percent),
    };

    private static readonly Term _restore = new Term.TicketClock
    {
        Key = "restore",
        Title = "Restore time",
        Clock = ClockKind.Resolution,
        Within = TimeLimit.Parse("4 h"),
    };

    private static readonly CostModel _model = CostText.Read("eur", """
        Operations | fixed | | 8000
        Second site | steps | availability | 99.9 %: 6000; 99.95 %: 9000.50
        On call | steps | restore | 4 h: 2000; 1 h: 5000
        Tickets | per unit | load | 12.5
        Desk | per staffed hour | hours | 45 x 2
        """, "");

    [Theory]
    [InlineData("99.8 %", 0)]
    [InlineData("99.9 %", 6000)]
    [InlineData("99.94 %", 6000)]
    [InlineData("99.95 %", 9000.5)]
    [InlineData("100 %", 9000.5)]
    public void A_step_is_paid_from_its_value_on_and_only_the_dearest_of_them(string target, decimal amount) =>
        Sum(_availability, target).ShouldBe(amount);

    [Theory]
    [InlineData("8 h", 0)]
    [InlineData("4 h", 2000)]
    [InlineData("2 h", 2000)]
    [InlineData("30 min", 5000)]
    public void Where_less_is_stricter_steps_count_downwards(string within, decimal amount) => Sum(_restore, within).ShouldBe(amount);

    [Fact]
    public void Units_and_staffed_hours_multiply()
    {
        var load = new Term.Workload { Key = "load", Title = "Load", Of = "tickets", Limit = new(Comparison.AtMost, 400, Unit.Number) };
        Sum(load, "320").ShouldBe(4000m);
        var hours = new Term.SupportHours { Key = "hours", Title = "Hours", Hours = "office" };
        Sum(hours, "office").ShouldBe(45m * 2 * 160);
        CostOf.Value(_model, _availability with { Key = "else" }, Value(_availability, "99 %"), Hours).ShouldBeNull();
        CostOf.Fixed(_model).Sum(part => part.Amount).ShouldBe(8000m);
    }

    [Fact]
    public void A_model_reads_back_as_it_was_written()
    {
        CostText.Read("EUR", CostText.Write(_model), "").ShouldBe(_model);
        Should.Throw<BadInputException>(() => CostText.Read("EUR", "Operations, 8000", ""));
        Should.Throw<BadInputException>(() => CostText.Read("EUR", "a | weekly | | 8", ""));
        CostRules.Validate(new CostModel("euro", [new CostLine("", CostKind.Steps, -1)]), "").Select(finding => finding.Rule)
            .ShouldBe(["cost.currency", "text.missing", "cost.negative", "text.missing", "cost.steps"]);
    }

    [Fact]
    public void The_version_in_effect_rules_and_only_accounting_writes()
    {
        var state = CostState.Empty;
        CostRules.Write(state, new Actor("pia", "Pia", Seat.Provider), _model, new LocalDate(2026, 1, 1)).Refusal!.Code
            .ShouldBe("cost.accounting_only");
        var fee = new Actor("fee", "Fee", Seat.Accounting);
        foreach (var (month, version) in new[] { (1, 1L), (6, 2L), (3, 3L) })
            state = state.Apply(CostRules.Write(state, fee, _model, new LocalDate(2026, month, 1)).Facts[0],
                new Stamp("fee", "accounting", Instant.FromUtc(2026, 1, 1, 0, 0), version));
        new[] { (1, (int?)1), (4, 3), (7, 2) }.ShouldAllBe(one => state.InForceAt(new LocalDate(2026, one.Item1, 15))!.Number == one.Item2);
        state.InForceAt(new LocalDate(2025, 12, 31)).ShouldBeNull();
        state.IsReadBy(Seat.Customer).ShouldBeFalse();
        state.Apply(new CostFact.Opened(Seat.Customer), new Stamp("fee", "accounting", default, 4)).IsReadBy(Seat.Customer).ShouldBeTrue();
    }

    [Fact]
    public void Downtime_that_is_allowed_costs_the_mean_price_of_its_hours()
    {
        var cost = new DowntimeCost(new Money(100, "EUR"), Night: new Money(10, "EUR"));
        // Of the 8760 hours of 2026, 261 working days have 16 dear ones each.
        var mean = Math.Round((261 * 16 * 100m + (8760 - 261 * 16) * 10m) / 8760, 2);
        var loss = DowntimeLoss.Of(cost, 2026, _ => true);
        loss.MeanHour.ShouldBe(mean);
        loss.Of(_availability, Value(_availability, "99 %"), 730.5m).ShouldBe(Math.Round(7.305m * mean, 2));
        loss.Of(_restore, Value(_restore, "2 h"), 730.5m).ShouldBe(2 * mean);
        DowntimeLoss.Of(cost, 2026, hour => hour.Hour is >= 9 and < 17 && hour.DayOfWeek == IsoDayOfWeek.Monday).MeanHour.ShouldBe(100m);
    }

    [Fact]
    public void A_first_preference_weighs_terms_by_the_money_at_stake()
    {
        AgendaTerm[] agenda = [new(_availability), new(_restore)];
        var money = new TableMoney("EUR", new Dictionary<string, IReadOnlyList<OptionMoney>>
        {
            ["availability"] = [Option(_availability, "99.8 %", 0, 300), Option(_availability, "99.9 %", 6000, 900)],
            ["restore"] = [Option(_restore, "4 h", 2000, 0), Option(_restore, "8 h", 500, 0)],
        });
        var first = FirstPreference.Of(Seat.Provider, agenda, money)!;
        first.Swings["availability"].ShouldBe(100);
        first.Swings["restore"].ShouldBe(100.0 * 1500 / 6600, 1e-9);
        first.Curve("restore", [Value(_restore, "8 h"), Value(_restore, "4 h")]).ShouldBe([1, 0]);
        first.Curve("restore", [Value(_restore, "1 h"), Value(_restore, "4 h")]).ShouldBeNull();
        FirstPreference.Of(Seat.Customer, agenda, money).ShouldBeNull("nothing is known of its loss");
        FirstPreference.Of(Seat.Provider, agenda, TableMoney.Unknown).ShouldBeNull();

        static OptionMoney Option(Term term, string value, decimal cost, decimal credit) => new(Value(term, value), cost, credit, null);
    }

    private static decimal Sum(Term term, string value) =>
        CostOf.Value(_model, term, Value(term, value), Hours)!.Sum(part => part.Amount);

    private static TermValue Value(Term term, string text) => TermValueText.Read(term, text)!;

    private static decimal Hours(string? calendar) => calendar == "office" ? 160m : 730.5m;
}
