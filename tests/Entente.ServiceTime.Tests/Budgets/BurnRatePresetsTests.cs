using Entente.ServiceTime.Budgets;
using NodaTime;

namespace Entente.ServiceTime.Tests.Budgets;

public sealed class BurnRatePresetsTests
{
    [Theory]
    [InlineData("google", 30, "14.4 6 1")]
    [InlineData("sloth", 30, "14.4 6 3 1")]
    [InlineData("sloth", 28, "13.44 5.6 2.8 0.9333")]
    [InlineData("sloth", 7, "13.44 3.5 1.4 0.98")]
    [InlineData("pyrra", 28, "14 7 2 1")]
    [InlineData("grafana", 28, "14.4 6 3 1")]
    [InlineData("elastic", 7, "14.4 6 3 1")]
    public void The_factors_are_the_published_ones(string preset, int days, string factors) =>
        string.Join(' ', BurnRatePresets.Find(preset, Duration.FromDays(days))!
            .Select(pair => $"{Math.Round(pair.Factor, 4):0.####}")).ShouldBe(factors);

    [Fact]
    public void Elastic_at_thirty_days_uses_up_two_five_ten_and_ten_percent() =>
        BurnRatePresets.Elastic.Select(pair => pair.BudgetShare(Duration.FromDays(30)))
            .ShouldBe([0.02m, 0.05m, 0.1m, 0.1m]);

    [Fact]
    public void Pyrra_shrinks_its_windows_with_the_objective_and_never_to_nothing()
    {
        var week = BurnRatePresets.Pyrra(Duration.FromDays(7))[0];
        week.ShortWindow.ShouldBe(Duration.FromMinutes(1));
        week.LongWindow.ShouldBe(Duration.FromMinutes(15));
        BurnRatePresets.Pyrra(Duration.FromHours(12)).ShouldAllBe(pair => pair.ShortWindow >= Duration.FromMinutes(1));
    }

    [Fact]
    public void Only_Grafana_fires_at_the_factor_itself()
    {
        BurnRatePresets.Grafana[0].Burns(144, 10_000, 0.999m).ShouldBeTrue();
        BurnRatePresets.Elastic[0].Burns(144, 10_000, 0.999m).ShouldBeFalse();
        BurnRatePresets.Elastic[0].Burns(145, 10_000, 0.999m).ShouldBeTrue();
        BurnRatePresets.Elastic[0].Burns(0, 0, 0.999m).ShouldBeFalse();
    }

    [Fact]
    public void An_alert_that_would_need_more_than_every_event_to_fail_can_never_fire()
    {
        BurnRatePresets.Elastic[0].CanFire(0.95m).ShouldBeTrue();
        BurnRatePresets.Elastic[0].CanFire(0.93m).ShouldBeFalse();
        new BurnRateAlert(default, default, 10m, "page").CanFire(0.9m).ShouldBeFalse();
        new BurnRateAlert(default, default, 10m, "page", BurnRateComparison.AtLeast).CanFire(0.9m).ShouldBeTrue();
    }
}
