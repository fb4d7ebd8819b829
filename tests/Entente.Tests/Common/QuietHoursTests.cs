using Entente.Documentation;
using NodaTime;
using NodaTime.Text;

namespace Entente.Tests.Common;

public sealed class QuietHoursTests
{
    private static readonly QuietHours _nights = new("Europe/Berlin", new LocalTime(20, 0), new LocalTime(7, 0));

    [Theory]
    [InlineData("2026-03-02T12:00:00Z", false, "2026-03-02T12:00:00Z")] // by day
    [InlineData("2026-03-02T19:00:00Z", false, "2026-03-03T06:00:00Z")] // 20:00 begins it
    [InlineData("2026-03-03T05:59:59Z", false, "2026-03-03T06:00:00Z")]
    [InlineData("2026-03-03T06:00:00Z", false, "2026-03-03T06:00:00Z")] // 07:00 ends it
    [InlineData("2026-03-28T22:00:00Z", false, "2026-03-29T05:00:00Z")] // the night that loses an hour
    [InlineData("2026-10-24T22:00:00Z", false, "2026-10-25T06:00:00Z")] // the night that gains one
    [InlineData("2026-03-27T19:30:00Z", true, "2026-03-30T05:00:00Z")] // Friday night, weekend with a clock change, Sunday night
    public void Quiet_ends_at_its_hour_on_the_clock_of_its_zone(string now, bool weekends, string open) =>
        InstantPattern.ExtendedIso.Format((_nights with { Weekends = weekends }).NextOpen(InstantPattern.ExtendedIso.Parse(now).Value)).ShouldBe(open);

    /// <remarks>The oracle walks on minute by minute until the local clock says that it is not quiet.</remarks>
    [Fact]
    public void The_next_open_instant_is_the_first_that_is_not_quiet()
    {
        var seed = Environment.GetEnvironmentVariable("SEED") is { } given ? int.Parse(given) : 20260305;
        var random = new Random(seed);
        string[] zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
        Instant[] near = [Instant.FromUtc(2026, 3, 29, 1, 0), Instant.FromUtc(2026, 10, 25, 1, 0), Instant.FromUtc(2026, 3, 8, 7, 0),
            Instant.FromUtc(2026, 11, 1, 6, 0), Instant.FromUtc(2026, 4, 4, 15, 0), Instant.FromUtc(2026, 10, 3, 15, 30)];
        for (var round = 0; round < 300; round++)
        {
            var quiet = new QuietHours(zones[random.Next(zones.Length)], Time(), Time(), random.Next(2) == 0);
            var now = near[random.Next(near.Length)] + Duration.FromMinutes(random.Next(-2000, 2000));
            var open = now;
            while (quiet.IsQuiet(open)) open += Duration.FromMinutes(1);
            quiet.NextOpen(now).ShouldBe(open, $"seed={seed} round={round} {quiet} {now}");
        }

        LocalTime Time() => new(random.Next(24), random.Next(4) * 15);
    }

    [Fact]
    public void A_reminder_comes_an_interval_after_the_last_and_never_in_quiet_hours()
    {
        var (day, begun) = (Duration.FromDays(1), Instant.FromUtc(2026, 3, 2, 18, 0));
        var reminder = new Reminder("sam", "charter.not_approved//sam", begun);
        ReminderRules.IsDue(reminder, begun + day - Duration.Epsilon, day, quiet: QuietHours.None("UTC")).ShouldBeFalse();
        ReminderRules.IsDue(reminder, begun + day, day, quiet: QuietHours.None("UTC")).ShouldBeTrue();
        ReminderRules.IsDue(reminder, begun + day + Duration.FromHours(2), day, _nights).ShouldBeFalse();
        ReminderRules.Next(reminder, day + Duration.FromHours(2), _nights).ShouldBe(Instant.FromUtc(2026, 3, 4, 6, 0));
        ReminderRules.IsDue(reminder with { Last = begun + day }, begun + day + day - Duration.Epsilon, day, quiet: QuietHours.None("UTC")).ShouldBeFalse();
    }
}
