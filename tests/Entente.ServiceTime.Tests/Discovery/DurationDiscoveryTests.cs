using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Discovery;
using NodaTime;
using static Entente.ServiceTime.Tests.Discovery.Finding;

namespace Entente.ServiceTime.Tests.Discovery;

public sealed class DurationDiscoveryTests
{
    [Theory]
    [InlineData("Europe/Berlin", "08:00-18:00", "1-5")]
    [InlineData("America/New_York", "08:30-12:00,13:00-17:30", "1-5")]
    [InlineData("Asia/Kolkata", "09:30-18:30", "1-6")]
    [InlineData("Australia/Sydney", "09:00-17:00", "1-5")]
    [InlineData("Europe/Berlin", "22:00-06:00", "1-5")]
    public void Recorded_durations_give_the_calendar_back(string zone, string hours, string days)
    {
        var truth = SyntheticLog.Office(zone, hours, days, Holidays);
        var found = Durations(new SyntheticLog(truth, Seed).Cases(700));
        found.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.97, Told(found));
        (found.Start, found.Stop).ShouldBe(("opened", "resolved"), Told(found));
        Difference(found.Calendar!, truth).ShouldBeLessThan(0.005, Told(found));
    }

    [Fact]
    public void Wrong_records_are_left_unexplained_and_do_not_bend_the_calendar()
    {
        var truth = SyntheticLog.Office("UTC", "09:00-17:00", "1-5", Holidays);
        var found = Durations(new SyntheticLog(truth, Seed) { Noise = 0.1 }.Cases(1_000));
        Difference(found.Calendar!, truth).ShouldBeLessThan(0.005, Told(found));
        found.Accuracy.ShouldBeInRange(0.86, 0.93, Told(found));
        found.Unexplained.Count.ShouldBe(found.Cases - found.Explained);
    }

    [Theory]
    [InlineData(60, "minutes")]
    [InlineData(3600, "hours")]
    public void The_unit_of_recorded_numbers_is_found(int seconds, string name)
    {
        var group = new SyntheticLog(SyntheticLog.Office("UTC", "08:00-18:00"), Seed).Cases(600);
        var scaled = group with
        {
            Cases = [.. group.Cases.Select(one =>
                one with { Recorded = Math.Round(one.Recorded!.Value / seconds, 2) })],
        };
        var found = Durations(scaled);
        found.Notes.ShouldContain(note => note.Contains(name), Told(found));
        found.HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.95, Told(found));
    }
}
