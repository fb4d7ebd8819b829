using Entente.ServiceTime.Windows;
using NodaTime;
using NodaTime.Text;
using Shouldly;
using Xunit;

namespace Entente.ServiceTime.Tests.Windows;

public sealed class PeriodTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void Months_from_the_31st_begin_on_the_last_day_where_there_is_no_31st()
    {
        var rule = new PeriodRule(1, PeriodUnit.Month, new LocalDateTime(2026, 1, 31, 0, 0), "Europe/Berlin");
        rule.Overlapping(Day(2026, 1, 31), Day(2026, 5, 1))
            .Select(p => p.Start.InZone(Berlin).Date.ToString("MM-dd", null))
            .ShouldBe(["01-31", "02-28", "03-31", "04-30"]);
    }

    [Theory]
    [InlineData("1D", 31)]
    [InlineData("2W", 3)]
    [InlineData("1Q", 2)]
    [InlineData("P1Y", 1)]
    public void Every_unit_covers_a_month_without_gap_or_overlap(string every, int count)
    {
        PeriodRule.TryParseEvery(every, out var n, out var unit).ShouldBeTrue();
        var rule = new PeriodRule(n, unit, new LocalDateTime(2025, 12, 31, 0, 0), "Europe/Berlin");
        var periods = rule.Overlapping(Day(2026, 3, 1), Day(2026, 4, 1)).ToList();
        periods.Count.ShouldBe(count);
        for (var i = 1; i < periods.Count; i++) periods[i].Start.ShouldBe(periods[i - 1].End);
        periods[0].Contains(Day(2026, 3, 1)).ShouldBeTrue();
    }

    [Fact]
    public void Days_are_23_and_25_hours_long_when_the_clocks_change()
    {
        var rule = new PeriodRule(1, PeriodUnit.Day, new LocalDateTime(2026, 1, 1, 0, 0), "Europe/Berlin");
        rule.At(Day(2026, 3, 29)).Duration.ShouldBe(Duration.FromHours(23));
        rule.At(Day(2026, 10, 25)).Duration.ShouldBe(Duration.FromHours(25));
    }

    [Fact]
    public void A_rolling_window_ends_where_it_is_asked_for()
    {
        var rule = new PeriodRule(30, PeriodUnit.Day, new LocalDateTime(2026, 1, 1, 0, 0), "Europe/Berlin");
        rule.RollingTo(Day(2026, 4, 15)).ShouldBe(new Interval(Day(2026, 3, 16), Day(2026, 4, 15)));
    }

    [Fact]
    public void Far_years_and_every_month_agree_with_the_calendar()
    {
        var rule = new PeriodRule(1, PeriodUnit.Month, new LocalDateTime(2026, 1, 31, 9, 0), "America/New_York");
        foreach (var year in new[] { 1900, 1950, 2100, 2199 })
        {
            var at = Instant.FromUtc(year, 7, 15, 12, 0);
            var period = rule.At(at);
            period.Contains(at).ShouldBeTrue();
            period.Duration.TotalDays.ShouldBeInRange(27.9, 31.1);
        }
    }

    [Fact]
    public void A_workload_limit_counts_the_cases_of_each_period()
    {
        var rule = new PeriodRule(1, PeriodUnit.Day, new LocalDateTime(2026, 1, 1, 0, 0), "UTC");
        var midnight = Instant.FromUtc(2026, 3, 2, 0, 0);
        Instant[] opened = [midnight, midnight + Duration.FromHours(23), midnight + Duration.FromHours(24), midnight
            + Duration.FromHours(72)];
        var counts = Workload.ByPeriod(opened, rule, 1, midnight, midnight + Duration.FromHours(73));
        counts.Select(c => (c.Count, c.IsExceeded)).ShouldBe([(2, true), (1, false), (0, false), (1, false)]);
        Workload.RollingExcess(opened, Duration.FromHours(2), 1).ShouldBe([(opened[2], 2)]);
    }

    private static Instant Day(int year, int month, int day) => new LocalDate(year, month, day)
        .AtStartOfDayInZone(Berlin).ToInstant();
}
