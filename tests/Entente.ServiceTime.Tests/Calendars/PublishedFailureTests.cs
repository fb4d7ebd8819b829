using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;
using NodaTime.Text;
using Shouldly;
using Xunit;

namespace Entente.ServiceTime.Tests.Calendars;

/// <summary>Cases in which published products answer wrongly, as the field notes collected them.</summary>
public sealed class PublishedFailureTests
{
    private static readonly ServiceCalendar AlwaysParis = new() { TimeZone = "Europe/Paris", AlwaysOpen = true };

    [Theory]
    [InlineData("2024-03-30T23:30:00+01:00", "2024-04-01T12:00:00+02:00", 35.5)]
    [InlineData("2024-10-27T00:15:00+02:00", "2024-10-28T12:00:00+01:00", 36.75)]
    public void Always_open_counts_every_hour_across_a_clock_change(string from, string to, double hours) =>
        CompiledCalendar.Compile(AlwaysParis).Elapsed(At(from), At(to)).TotalHours.ShouldBe(hours);

    [Fact]
    public void A_yearly_closing_over_new_year_closes_the_days_between()
    {
        var calendar = CompiledCalendar.Compile(AlwaysParis with
        {
            Holidays = [new Holiday(DateSpan.EveryYear(new AnnualDate(12, 24), new AnnualDate(1, 2)))],
        });
        calendar.IsOpen(At("2026-12-29T10:00:00Z")).ShouldBeFalse();
        calendar.IsOpen(At("2027-01-02T22:59:59Z")).ShouldBeFalse();
        calendar.IsOpen(At("2027-01-02T23:00:00Z")).ShouldBeTrue();
    }

    [Fact]
    public void Thirty_days_around_the_clock_are_thirty_days() =>
        CompiledCalendar.Always.Due(At("2026-04-01T00:00:00Z"), Duration.FromDays(30))
            .ShouldBe(At("2026-05-01T00:00:00Z"));

    [Theory]
    [InlineData("2024-03-30T22:00:00+01:00", 7)]
    [InlineData("2024-10-26T22:00:00+02:00", 9)]
    public void A_night_shift_over_a_clock_change_is_as_long_as_the_night(string from, double hours)
    {
        var calendar = CompiledCalendar.Compile(new ServiceCalendar
        {
            TimeZone = "Europe/Berlin",
            Weekly = ImmutableSortedDictionary<IsoDayOfWeek, ImmutableArray<OpenHours>>.
                Empty.Add(IsoDayOfWeek.Saturday, [OpenHours.Parse("22:00-06:00")]),
        });
        calendar.Elapsed(At(from), At(from) + Duration.FromHours(20)).TotalHours.ShouldBe(hours);
        calendar.Due(At(from), Duration.FromHours(hours)).ShouldBe(At(from) + Duration.FromHours(hours));
    }

    [Fact]
    public void A_calendar_that_never_opens_is_refused() =>
        new ServiceCalendar { TimeZone = "UTC" }.Validate().ShouldHaveSingleItem().
            Code.ShouldBe("calendar.never_opens");

    [Fact]
    public void A_shift_keeps_its_half_when_a_holiday_covers_the_other()
    {
        // Friday 22:00 to Saturday 06:00 UTC; first the Saturday is a holiday, then the Friday.
        var night = new ServiceCalendar
        {
            TimeZone = "UTC",
            Weekly = ImmutableSortedDictionary<IsoDayOfWeek, ImmutableArray<OpenHours>>.
                Empty.Add(IsoDayOfWeek.Friday, [OpenHours.Parse("22:00-06:00")]),
        };
        foreach (var (day, start, end) in new[] { (7, "2026-03-06T22:00:00Z", "2026-03-07T00:00:00Z"),
            (6, "2026-03-07T00:00:00Z", "2026-03-07T06:00:00Z") })
        {
            var compiled = CompiledCalendar
                .Compile(night with { Holidays = [new Holiday(DateSpan.On(new LocalDate(2026, 3, day)))] });
            compiled.Open(At("2026-03-05T00:00:00Z"), At("2026-03-12T00:00:00Z"))
                .ShouldBe([new Interval(At(start), At(end))]);
        }
    }

    [Fact]
    public void A_yearly_closing_from_the_29th_of_February_shifts_in_other_years()
    {
        var leap = new AnnualDate(2, 29);
        var single = CompiledCalendar
            .Compile(AlwaysParis with { TimeZone = "UTC", Holidays = [new Holiday(DateSpan.EveryYear(leap, leap))] });
        single.Elapsed(At("2026-01-01T00:00:00Z"), At("2027-01-01T00:00:00Z")).ShouldBe(Duration.FromDays(365));
        single.Elapsed(At("2028-01-01T00:00:00Z"), At("2029-01-01T00:00:00Z")).ShouldBe(Duration.FromDays(365));
        var until = CompiledCalendar.Compile(AlwaysParis with
        {
            TimeZone = "UTC",
            Holidays = [new Holiday(DateSpan.EveryYear(new AnnualDate(2, 28), leap))],
        });
        until.Elapsed(At("2026-01-01T00:00:00Z"), At("2027-01-01T00:00:00Z")).ShouldBe(Duration.FromDays(364));
    }

    private static Instant At(string text) => OffsetDateTimePattern.ExtendedIso.Parse(text).Value.ToInstant();
}
