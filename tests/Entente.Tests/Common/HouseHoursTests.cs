using NodaTime;
using NodaTime.Text;

namespace Entente.Tests.Common;

public sealed class HouseHoursTests
{
    [Theory]
    [InlineData("06:00", "2026-03-02T04:59:59Z", "2026-03-02T05:00:00Z")]
    [InlineData("06:00", "2026-03-02T05:00:00Z", "2026-03-03T05:00:00Z")] // the hour itself is over
    [InlineData("06:00", "2026-03-28T05:00:00Z", "2026-03-29T04:00:00Z")] // the clocks go forward between
    [InlineData("02:30", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")] // there is no 02:30 that night
    [InlineData("02:30", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // there are two, and the first counts
    [InlineData("02:30", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void Anonymous_voices_are_heard_once_a_day_on_the_clock_of_the_house(string at, string now, string next) =>
        InstantPattern.ExtendedIso.Format(new HouseHours("Europe/Berlin", LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(at).Value)
            .NextHearing(InstantPattern.ExtendedIso.Parse(now).Value)).ShouldBe(next);

    [Fact]
    public void Nights_and_weekends_are_quiet_where_nobody_chose_otherwise()
    {
        var quiet = HouseHours.Default.Quiet;
        quiet.IsQuiet(Instant.FromUtc(2026, 3, 6, 19, 59)).ShouldBeFalse();
        quiet.NextOpen(Instant.FromUtc(2026, 3, 6, 20, 0)).ShouldBe(Instant.FromUtc(2026, 3, 9, 7, 0), "Friday night to Monday morning");
        (quiet.IsNone, QuietHours.None("UTC").IsNone, QuietHours.None("UTC").IsQuiet(Instant.FromUtc(2026, 3, 7, 0, 0))).ShouldBe((false, true, false));
    }
}
