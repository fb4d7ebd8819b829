using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Discovery;
using NodaTime;
using static Entente.ServiceTime.Tests.Discovery.Finding;

namespace Entente.ServiceTime.Tests.Discovery;

public sealed class VerdictDiscoveryTests
{
    [Theory]
    [InlineData("UTC", "09:00-17:00", "1-5", 16)]
    [InlineData("Europe/Berlin", "08:00-18:00", "1-5", 20)]
    [InlineData("America/Sao_Paulo", "08:00-17:00", "1-5", 18)]
    public void Recorded_verdicts_give_calendar_and_threshold_back(string zone, string hours, string days, int target)
    {
        var truth = SyntheticLog.Office(zone, hours, days, Holidays);
        var found = Verdicts(new SyntheticLog(truth, Seed) { Target = Duration.FromHours(target) }.Cases(2_500));
        found.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.985, Told(found));
        (found.Start, found.Stop).ShouldBe(("opened", "resolved"), Told(found));
        Difference(found.Calendar!, truth).ShouldBeLessThan(0.12, Told(found));
    }

    [Fact]
    public void Pauses_are_found_by_the_states_they_happen_in()
    {
        var truth = SyntheticLog.Office("UTC", "08:00-18:00");
        var verdicts = Verdicts(new SyntheticLog(truth, Seed)
        {
            Pauses = true,
            Target = Duration.FromHours(20)
        }.Cases(2_500));
        verdicts.Pauses.ShouldBe(["On Hold"], Told(verdicts));
        verdicts.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.98, Told(verdicts));
        var durations = Durations(new SyntheticLog(truth, Seed) { Pauses = true }.Cases(1_000));
        durations.Pauses.ShouldBe(["On Hold"], Told(durations));
        durations.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.97, Told(durations));
    }

    [Fact]
    public void A_clock_that_never_rests_is_found_as_such()
    {
        var truth = new ServiceCalendar { TimeZone = "UTC", AlwaysOpen = true };
        var verdicts = Verdicts(new SyntheticLog(truth, Seed) { Target = Duration.FromHours(48) }.Cases(1_000));
        verdicts.Calendar!.AlwaysOpen.ShouldBeTrue(Told(verdicts));
        verdicts.Target.ShouldBe(Duration.FromHours(48), Told(verdicts));
        var durations = Durations(new SyntheticLog(truth, Seed).Cases(500));
        durations.Calendar!.AlwaysOpen.ShouldBeTrue(Told(durations));
        durations.Explained.ShouldBe(500);
    }

    [Fact]
    public void One_verdict_only_cannot_tell()
    {
        var log = new SyntheticLog(SyntheticLog.Office("UTC", "09:00-17:00"),
            Seed)
        { Target = Duration.FromDays(3_000) };
        var found = Verdicts(log.Cases(200));
        (found.Confidence, found.Calendar, found.Target).ShouldBe((Confidence.None, null, null));
        found.Notes.ShouldContain(note => note.Contains("same verdict"));
    }

    [Fact]
    public void Verdicts_by_the_toss_of_a_coin_cannot_tell()
    {
        var log = new SyntheticLog(SyntheticLog.Office("UTC", "09:00-17:00"), Seed) { Noise = 0.5 };
        var found = Verdicts(log.Cases(600));
        found.Confidence.ShouldBe(Confidence.None, Told(found));
    }

    [Fact]
    public void A_verdict_that_says_breached_is_turned_round()
    {
        var truth = SyntheticLog.Office("UTC", "09:00-17:00");
        var group = new SyntheticLog(truth, Seed).Cases(1_500);
        var turned = group with { Cases = [.. group.Cases.Select(one => one with { Verdict = !one.Verdict })] };
        var found = Verdicts(turned);
        found.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.97, Told(found));
        found.Notes.ShouldContain(note => note.Contains("true means breached"));
    }
}
