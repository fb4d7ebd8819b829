using Entente.Formats.Calendars;
using Entente.ServiceTime.Calendars;
using NodaTime;
using Shouldly;
using Xunit;

namespace Entente.Formats.Tests.Calendars;

public sealed class CalendarYamlTests
{
    private const string Everything = """
        timeZone: Europe/Berlin
        weekly:                      # absent day = closed
          monday: ["08:00-12:00", "13:00-17:00"]
          friday: ["22:00-06:00"]
        holidays: [{date: 2026-12-25, name: Christmas Day}, {from: "12-24", to: "01-02", yearly: true}]
        exceptions:
          - {date: 2026-12-31, open: ["08:00-12:00"]}
          - {date: 2026-06-04, add: ["18:00-20:00"]}
          - {date: 2026-06-05, remove: ["13:00-15:00"]}
        """;

    private const string AlwaysButThree = """
        {"timeZone":"UTC","alwaysOpen":true,
         "exceptions":[{"from":"2026-01-01","to":"2026-01-03","open":[],"name":"move: [x]"}]}
        """;

    [Fact]
    public void The_documented_file_is_read_with_every_part()
    {
        var calendar = CalendarYaml.Read(Everything).Get();
        calendar.TimeZone.ShouldBe("Europe/Berlin");
        calendar.Weekly[IsoDayOfWeek.Monday].Select(h => h.ToString()).ShouldBe(["08:00-12:00", "13:00-17:00"]);
        calendar.Weekly[IsoDayOfWeek.Friday][0].EndsNextDay.ShouldBeTrue();
        calendar.Holidays.ShouldBe(
        [
            new(DateSpan.On(new LocalDate(2026, 12, 25)), "Christmas Day"),
            new(DateSpan.EveryYear(new AnnualDate(12, 24), new AnnualDate(1, 2))),
        ]);
        calendar.Exceptions.Length.ShouldBe(3);
        calendar.Exceptions[0].Open!.Value.ShouldHaveSingleItem().ToString().ShouldBe("08:00-12:00");
    }

    [Fact]
    public void What_is_written_reads_back_the_same_as_YAML_and_as_JSON()
    {
        foreach (var text in new[]
        {
            Everything, AlwaysButThree,
        })
        {
            var calendar = CalendarYaml.Read(text).Get();
            var json = CalendarText.Json(calendar).ToJsonString();
            CalendarText.Json(CalendarYaml.Read(CalendarYaml.Write(calendar)).Get()).ToJsonString().ShouldBe(json);
            CalendarText.Json(CalendarYaml.Read(json).Get()).ToJsonString().ShouldBe(json);
        }
    }

    [Theory]
    [InlineData("weekly: {monday: [\"08:00-12:00\"]}", "timeZone", "calendar.zone")]
    [InlineData("timeZone: Mars/Base\nalwaysOpen: true", "timeZone", "calendar.zone")]
    [InlineData("timeZone: UTC", "", "calendar.never_opens")]
    [InlineData("timeZone: UTC\nalwaysOpen: true\nholidays: [{from: \"01-01\", to: \"12-31\", yearly: true}]", "",
        "calendar.never_opens")]
    [InlineData("timeZone: UTC\nweekly: {mondai: [\"08:00-12:00\"]}", "weekly.mondai", "yaml.unknown")]
    [InlineData("timeZone: UTC\nweekly: {monday: [\"08:00-25:00\"]}", "weekly.monday[0]", "calendar.hours")]
    [InlineData("timeZone: UTC\nweekly: {monday: [\"08:00-08:00\"]}", "weekly.monday[0]", "calendar.hours")]
    [InlineData("timeZone: UTC\nalwaysOpen: maybe", "alwaysOpen", "yaml.flag")]
    [InlineData("timeZone: UTC\nalwaysOpen: true\nholidays: [{date: 2026-02-30}]", "holidays[0]", "calendar.date")]
    [InlineData("timeZone: UTC\nalwaysOpen: true\nholidays: [{from: 2026-02-03, to: 2026-02-01}]", "holidays[0].to",
        "calendar.dates")]
    [InlineData("timeZone: UTC\nalwaysOpen: true\nexceptions: [{date: 2026-02-03}]", "exceptions[0]",
        "calendar.exception")]
    [InlineData("timeZone: [", "", "yaml.syntax")]
    public void A_bad_file_says_where_and_what_was_expected(string text, string path, string rule)
    {
        var reading = CalendarYaml.Read(text);
        reading.IsUsable.ShouldBeFalse();
        reading.Findings.ShouldContain(f => f.Path == path && f.Rule == rule);
    }

    [Fact]
    public void An_overlap_is_told_and_counts_once()
    {
        var reading = CalendarYaml.Read("timeZone: UTC\nweekly: {monday: [\"08:00-12:00\", \"11:00-13:00\"]}");
        reading.Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);
        CompiledCalendar.Compile(reading.Get()).Elapsed(Instant.FromUtc(2026, 3, 2, 0, 0),
            Instant.FromUtc(2026, 3, 3, 0, 0))
            .ShouldBe(Duration.FromHours(5));
    }

    [Fact]
    public void Versions_take_effect_at_their_dates()
    {
        var history = CalendarYaml.ReadVersions("""
            versions:
              - {timeZone: Europe/Berlin, weekly: {monday: ["09:00-17:00"]}}
              - {effectiveFrom: 2026-03-09, timeZone: Europe/Berlin, alwaysOpen: true}
            """).Get();
        history.Versions[1].EffectiveFrom.ShouldBe(Instant.FromUtc(2026, 3, 8, 23, 0));
        history.Compile().Elapsed(Instant.FromUtc(2026, 3, 1, 23, 0), Instant.FromUtc(2026, 3, 9, 23, 0))
            .ShouldBe(Duration.FromHours(32));
    }

    [Theory]
    [InlineData("2026-01-31T10:00:00+01:00", "2026-01-31T09:00:00Z")]
    [InlineData("2026-01-31 10:00+0100", "2026-01-31T09:00:00Z")]
    [InlineData("1900-02-28T23:59:59.5-05", "1900-03-01T04:59:59.5Z")]
    [InlineData("2000-02-29T00:00:00z", "2000-02-29T00:00:00Z")]
    public void Instants_are_read_with_any_offset(string text, string expected) =>
        InstantText.Parse(text, "x").ToString("uuuu-MM-dd'T'HH:mm:ss;FFF'Z'", null).ShouldBe(expected);

    [Theory]
    [InlineData("2026-01-31T10:00:00")]
    [InlineData("2026-02-29T10:00:00Z")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T10:00:60Z")]
    [InlineData("2026-01-31T10:00:00+19:00")]
    [InlineData("tomorrow")]
    [InlineData("")]
    public void A_time_without_offset_or_sense_is_refused(string text) => InstantText.TryParse(text, out _)
        .ShouldBeFalse();
}
