using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Discovery;
using NodaTime;

namespace Entente.ServiceTime.Tests.Discovery;

public sealed class DiscoveryTests
{
    private static readonly LocalDate[] s_holidays = [new(2023, 4, 7), new(2023, 5, 1), new(2023, 10, 3), new(2023, 11, 1)];

    private static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var seed) ? seed : 20_240_301;

    private static string Told(Discovered found) =>
        $"seed={Seed} {found.Explained}/{found.Cases} held={found.HeldOutAccuracy:F4} {found.Start}..{found.Stop} {found.Target} "
        + $"[{string.Join(",", found.Pauses)}] {found.Calendar?.TimeZone} {found.Calendar?.AlwaysOpen} "
        + string.Join("; ", found.Calendar?.Weekly.Select(day => $"{day.Key.ToString()[..2]} {string.Join(",", day.Value)}") ?? [])
        + $" holidays={string.Join(",", found.Calendar?.Holidays.Select(holiday => ((DateSpan.Once)holiday.When).First) ?? [])} {string.Join(" ", found.Notes)}";

    private static Discovered Verdicts(SyntheticLog log, int cases) => new ServiceTime.Discovery.Discovery().Verdicts(log.Cases(cases));

    private static Discovered Durations(SyntheticLog log, int cases) => new ServiceTime.Discovery.Discovery().Durations(log.Cases(cases));

    /// <summary>Open time that two calendars give differently, as a share of what the true one opens.</summary>
    private static double Difference(ServiceCalendar found, ServiceCalendar truth)
    {
        var (one, other) = (CompiledCalendar.Compile(found), CompiledCalendar.Compile(truth));
        var (from, to) = (Instant.FromUtc(2023, 1, 9, 0, 0), Instant.FromUtc(2023, 12, 4, 0, 0));
        var (different, open) = (0, 0);
        for (var at = from; at < to; at += Duration.FromMinutes(5))
        {
            if (other.IsOpen(at)) open++;
            if (one.IsOpen(at) != other.IsOpen(at)) different++;
        }

        return (double)different / open;
    }

    [Theory]
    [InlineData("UTC", "09:00-17:00", "1-5")]
    [InlineData("Europe/Berlin", "08:00-18:00", "1-5")]
    [InlineData("America/New_York", "08:30-12:00,13:00-17:30", "1-5")]
    [InlineData("Asia/Kolkata", "09:30-18:30", "1-6")]
    [InlineData("Australia/Sydney", "09:00-17:00", "1-5")]
    [InlineData("Europe/Berlin", "22:00-06:00", "1-5")]
    public void Recorded_durations_give_the_calendar_back(string zone, string hours, string days)
    {
        var truth = SyntheticLog.Office(zone, hours, days, s_holidays);
        var found = Durations(new SyntheticLog(truth, Seed), 1_500);
        found.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.97, Told(found));
        (found.Start, found.Stop).ShouldBe(("opened", "resolved"), Told(found));
        Difference(found.Calendar!, truth).ShouldBeLessThan(0.005, Told(found));
    }

    [Theory]
    [InlineData("UTC", "09:00-17:00", "1-5", 16)]
    [InlineData("Europe/Berlin", "08:00-18:00", "1-5", 20)]
    [InlineData("America/Sao_Paulo", "08:00-17:00", "1-5", 18)]
    [InlineData("America/New_York", "07:00-19:00", "1-6", 24)]
    public void Recorded_verdicts_give_calendar_and_threshold_back(string zone, string hours, string days, int target)
    {
        var truth = SyntheticLog.Office(zone, hours, days, s_holidays);
        var found = Verdicts(new SyntheticLog(truth, Seed) { Target = Duration.FromHours(target) }, 4_000);
        found.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.985, Told(found));
        (found.Start, found.Stop).ShouldBe(("opened", "resolved"), Told(found));
        Difference(found.Calendar!, truth).ShouldBeLessThan(0.12, Told(found));
    }

    [Fact]
    public void Pauses_are_found_by_the_states_they_happen_in()
    {
        var truth = SyntheticLog.Office("UTC", "08:00-18:00");
        var verdicts = Verdicts(new SyntheticLog(truth, Seed) { Pauses = true, Target = Duration.FromHours(20) }, 3_000);
        verdicts.Pauses.ShouldBe(["On Hold"], Told(verdicts));
        verdicts.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.98, Told(verdicts));
        var durations = Durations(new SyntheticLog(truth, Seed) { Pauses = true }, 1_000);
        durations.Pauses.ShouldBe(["On Hold"], Told(durations));
        durations.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.97, Told(durations));
    }

    [Fact]
    public void A_clock_that_never_rests_is_found_as_such()
    {
        var truth = new ServiceCalendar { TimeZone = "UTC", AlwaysOpen = true };
        var verdicts = Verdicts(new SyntheticLog(truth, Seed) { Target = Duration.FromHours(48) }, 1_000);
        verdicts.Calendar!.AlwaysOpen.ShouldBeTrue(Told(verdicts));
        verdicts.Target.ShouldBe(Duration.FromHours(48), Told(verdicts));
        var durations = Durations(new SyntheticLog(truth, Seed), 500);
        durations.Calendar!.AlwaysOpen.ShouldBeTrue(Told(durations));
        durations.Explained.ShouldBe(500);
    }

    [Fact]
    public void Wrong_records_are_left_unexplained_and_do_not_bend_the_calendar()
    {
        var truth = SyntheticLog.Office("UTC", "09:00-17:00", "1-5", s_holidays);
        var found = Durations(new SyntheticLog(truth, Seed) { Noise = 0.1 }, 1_500);
        Difference(found.Calendar!, truth).ShouldBeLessThan(0.005, Told(found));
        found.Accuracy.ShouldBeInRange(0.86, 0.93, Told(found));
        found.Unexplained.Count.ShouldBe(found.Cases - found.Explained);
    }

    [Fact]
    public void One_verdict_only_cannot_tell()
    {
        var log = new SyntheticLog(SyntheticLog.Office("UTC", "09:00-17:00"), Seed) { Target = Duration.FromDays(3_000) };
        var found = Verdicts(log, 200);
        (found.Confidence, found.Calendar, found.Target).ShouldBe((Confidence.None, null, null));
        found.Notes.ShouldContain(note => note.Contains("same verdict"));
    }

    [Fact]
    public void Verdicts_by_the_toss_of_a_coin_cannot_tell()
    {
        var log = new SyntheticLog(SyntheticLog.Office("UTC", "09:00-17:00"), Seed) { Noise = 0.5 };
        var found = Verdicts(log, 600);
        found.Confidence.ShouldBe(Confidence.None, Told(found));
    }

    [Fact]
    public void A_verdict_that_says_breached_is_turned_round()
    {
        var truth = SyntheticLog.Office("UTC", "09:00-17:00");
        var group = new SyntheticLog(truth, Seed).Cases(1_500);
        var turned = group with { Cases = [.. group.Cases.Select(one => one with { Verdict = !one.Verdict })] };
        var found = new ServiceTime.Discovery.Discovery().Verdicts(turned);
        found.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.97, Told(found));
        found.Notes.ShouldContain(note => note.Contains("true means breached"));
    }

    [Theory]
    [InlineData(1, "seconds")]
    [InlineData(60, "minutes")]
    [InlineData(3600, "hours")]
    public void The_unit_of_recorded_numbers_is_found(int seconds, string name)
    {
        var group = new SyntheticLog(SyntheticLog.Office("UTC", "08:00-18:00"), Seed).Cases(600);
        var scaled = group with
        {
            Cases = [.. group.Cases.Select(one => one with { Recorded = Math.Round(one.Recorded!.Value / seconds, 2) })],
        };
        var found = new ServiceTime.Discovery.Discovery().Durations(scaled);
        found.Notes.ShouldContain(note => note.Contains(name), Told(found));
        found.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.95, Told(found));
    }
}
