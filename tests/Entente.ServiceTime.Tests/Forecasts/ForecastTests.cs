using Entente.ServiceTime.Forecasts;

namespace Entente.ServiceTime.Tests.Forecasts;

public sealed class ForecastTests
{
    private static DayTally[] History(int seed, int days, double badDay)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days)
            .Select(_ => new DayTally(random.NextDouble() < badDay ? 1400 - random.Next(0, 60) : 1440, 1440))];
    }

    [Fact]
    public void The_same_seed_gives_the_same_forecast()
    {
        var history = History(1, 200, 0.1);
        PeriodForecast.Of(history, history[..10], 20, 0.997, seed: 5)
            .ShouldBe(PeriodForecast.Of(history, history[..10], 20, 0.997, seed: 5));
    }

    [Fact]
    public void A_budget_that_is_gone_is_gone()
    {
        DayTally[] soFar = [new(1440, 1440), new(1300, 1440), new(1440, 1440)];
        var forecast = PeriodForecast.Of(History(2, 90, 0), soFar, 27, 0.999, seed: 1);
        forecast.MissProbability.ShouldBe(1);
        forecast.ExhaustedAfterDays!.Low.ShouldBe(2);
        PeriodForecast.Of(History(2, 90, 0), [new(1440, 1440)], 29, 0.999, 1).MissProbability.ShouldBe(0);
    }

    [Fact]
    public void Forecasts_of_a_steady_world_are_calibrated_and_beat_the_base_rate()
    {
        var days = History(11, 40 * 30, 0.08);
        var calibration = Calibration.BackTest(days, [.. Enumerable.Repeat(30, 40)], 0.9985, seed: 3)!;
        calibration.Brier.ShouldBeLessThan(calibration.BrierOfBaseRate, "seed=3");
        calibration.Coverage.ShouldBeInRange(0.6, 0.97, "seed=3");
        calibration.Bins.Sum(bin => bin.Count).ShouldBeGreaterThan(100);
    }
}
