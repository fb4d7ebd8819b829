using Entente.ServiceTime.Indicators;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Tests.Terms;

/// <summary>"The credit doubles until the new data centre is live", from the words to the money.</summary>
public sealed class ContingentTests
{
    private const string Live = "the new data centre is live";

    private static readonly Term.Availability _shop = new()
    {
        Key = "shop",
        Title = "The shop is open",
        Target = new(Comparison.AtLeast, 99.9m, Unit.Percent),
        Credit = new CreditLadder
        {
            Bands = [new(Band.Parse("x < 99.9 %"), new CreditAmount(new Share(10), null))],
            Of = new Money(1000m, "EUR"),
        },
        Contingents = [new Contingent(Live, CreditTimes: 2, At: new LocalDate(2026, 12, 31))],
    };

    private static readonly Measurements _outages = new()
    {
        States = [Down(1), Down(2), Down(3)],
        ListsOutagesOnly = true,
    };

    private static readonly Interval _quarter = new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 4, 1, 0, 0));

    [Fact]
    public void Credits_double_until_it_has_happened()
    {
        Money(Evaluate(_shop, [])).ShouldBe([200m, 200m, 200m]);
        Money(Evaluate(_shop, new() { [Live] = new LocalDate(2026, 2, 1) })).ShouldBe([200m, 100m, 100m]);
        Money(Evaluate(_shop, new() { ["something else"] = new LocalDate(2026, 1, 1) })).ShouldBe([200m, 200m, 200m]);
    }

    [Fact]
    public void A_number_within_a_period_is_not_split_and_the_figure_says_so()
    {
        var count = new Term.CountLimit
        {
            Key = "outages",
            Title = "Outages",
            Of = "outages",
            Target = new(Comparison.AtMost, 3, Unit.Number),
            Contingents = [new Contingent(Live, new TermValue.Count(9))],
        };
        var result = TermEvaluation.Evaluate(
            count, Context(count, new() { [Live] = new LocalDate(2026, 2, 15) }), [_outages], _quarter);
        result.Periods!.Select(period => period.Explain.Any(part => part.Text.Contains("cannot be split")))
            .ShouldBe([false, true, false]);
    }

    [Fact]
    public void It_ends_after_its_last_day_whatever_happened()
    {
        var brief = _shop with { Contingents = [_shop.Contingents[0] with { At = new LocalDate(2026, 1, 31) }] };
        Money(Evaluate(brief, [])).ShouldBe([200m, 100m, 100m]);
    }

    [Fact]
    public void Another_value_holds_meanwhile_and_the_result_says_so()
    {
        var lenient = _shop with { Contingents = [new Contingent(Live, new TermValue.Share(new Share(99m)))] };
        var result = Evaluate(lenient, new() { [Live] = new LocalDate(2026, 2, 1) });
        result.Periods!.Select(period => period.Breached).ShouldBe([false, true, true]);
        result.Periods![0].Explain.ShouldContain(part => part.Text == $"Until {Live}: 99 %.");
        result.Periods![1].Explain.ShouldNotContain(part => part.Text.Contains(Live));
    }

    [Fact]
    public void A_contingent_that_says_nothing_or_does_not_fit_is_found()
    {
        Rules(new Contingent("", CreditTimes: 2)).ShouldBe(["contingent.until"]);
        Rules(new Contingent(Live)).ShouldBe(["contingent.empty"]);
        Rules(new Contingent(Live, new TermValue.Count(3))).ShouldBe(["contingent.value"]);
        TermRules.Validate(_shop with { Credit = null }).Select(finding => finding.Rule).ShouldBe(["contingent.credit"]);

        static IEnumerable<string> Rules(Contingent contingent) =>
            TermRules.Validate(_shop with { Contingents = [contingent] }).Select(finding => finding.Rule);
    }

    private static TermResult Evaluate(Term term, Dictionary<string, LocalDate> happened) =>
        TermEvaluation.Evaluate(term, Context(term, happened), [_outages], _quarter);

    private static MeasuringContext Context(Term term, Dictionary<string, LocalDate> happened) =>
        new() { Terms = [term], Happened = happened };

    private static IEnumerable<decimal?> Money(TermResult result) =>
        result.Periods!.Select(period => period.Credit?.Amount?.Amount);

    /// <summary>Two hours down on the fifth of a month: 99.7 %.</summary>
    private static StateRow Down(int month, int day = 5) => new("shop", Instant.FromUtc(2026, month, day, 10, 0),
        Instant.FromUtc(2026, month, day, 12, 0), "down", null, Fields.None);
}
