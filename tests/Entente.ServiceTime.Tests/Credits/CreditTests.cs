using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Credits;

namespace Entente.ServiceTime.Tests.Credits;

public sealed class CreditTests
{
    private static Fraction F(decimal value) => Fraction.From(value);

    private static CreditTier Tier(decimal? low, decimal? high, decimal share, bool lowIn = true, bool highIn =
        false) =>
        new(low is { } a ? F(a) : null, lowIn, high is { } b ? F(b) : null, highIn, share, null);

    private static readonly CreditSchedule Ladder =
        new([Tier(99, 99.9m, 0.1m), Tier(95, 99, 0.25m), Tier(null, 95, 1m)]);

    [Theory]
    [InlineData(99.95, 0), InlineData(99.9, 0), InlineData(99.8999999, 100), InlineData(99, 100),
        InlineData(98.9999, 250), InlineData(95, 250), InlineData(94.9, 1000)]
    public void A_boundary_lies_in_one_band_only(decimal attained, decimal amount) =>
        Ladder.Of([F(attained)], fee: 1000m).Amount.ShouldBe(amount);

    [Fact]
    public void A_third_of_a_cent_is_rounded_as_the_contract_says()
    {
        var half = new CreditSchedule([new(null, false, F(100), false, 0.1m, null)]);
        half.Of([F(99)], 0.05m).Amount.ShouldBe(0.01m);
        (half with { Rounding = RoundingMode.Down }).Of([F(99)], 0.05m).Amount.ShouldBe(0.00m);
        (half with { MoneyDecimals = 0 }).Of([F(99)], 1234m).Amount.ShouldBe(123m);
    }

    [Fact]
    public void Caps_and_the_least_that_is_paid()
    {
        (Ladder with { CapShare = 0.5m }).Of([F(90)], 1000m)
            .ShouldSatisfyAllConditions(c => c.Amount.ShouldBe(500m), c => c.Capped.ShouldBeTrue());
        (Ladder with { CapAmount = 80m }).Of([F(99.5m)], 1000m).Amount.ShouldBe(80m);
        var least = Ladder with { Min = 1m, MinExclusive = true };
        least.Of([F(99.5m)], 10m).ShouldSatisfyAllConditions(c => c.Amount.ShouldBe(0m), c =>
            c.TooSmall.ShouldBeTrue());
        least.Of([F(99.5m)], 10.1m).Amount.ShouldBe(1.01m);
    }

    [Fact]
    public void Each_outage_earns_for_each_full_step()
    {
        var perHalfHour = new CreditSchedule([new(F(15), true, null, false, 0.05m, null, F(30))]);
        // 10 minutes are below the band; 29 have no full step; 65 have two.
        perHalfHour.Of([F(10), F(29), F(65)], 1000m).Amount.ShouldBe(100m);
        perHalfHour.Of([F(10), F(29), F(65)], fee: null).Share.ShouldBe(F(0.1m));
    }

    [Fact]
    public void A_fee_in_proportion_gives_a_credit_in_proportion() =>
        Ladder.Of([F(99.5m)], 1000m, inForce: new Fraction(10, 31)).Amount.ShouldBe(32.26m);

    [Fact]
    public void In_two_bands_the_better_one_is_given_and_told()
    {
        var nested = new CreditSchedule([Tier(null, 99.99m, 0.1m), Tier(null, 99, 0.25m)]);
        var credit = nested.Of([F(98)], 100m);
        (credit.Amount, credit.Hits.Single().InSeveral).ShouldBe((25m, true));
    }

    [Fact]
    public void A_credit_is_earned_back_by_the_periods_that_follow() =>
        EarnBack.Earned([false, true, true, false, true], 2).ShouldBe([true, false, false, null, null]);
}
