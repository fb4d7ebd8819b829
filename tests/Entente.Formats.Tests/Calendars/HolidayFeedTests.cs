using Entente.Formats.Calendars;
using Entente.ServiceTime.Calendars;
using Entente.Tests.Shared;
using NodaTime;
using Shouldly;
using Xunit;

namespace Entente.Formats.Tests.Calendars;

public sealed class HolidayFeedTests
{
    private static readonly LocalDate First = new(2026, 1, 1);
    private static readonly LocalDate Last = new(2028, 12, 31);

    [Fact]
    public void Every_state_of_Germany_is_read_whole()
    {
        var files = Directory.GetFiles(SharedData.Path("public_holidays", "ics_de"), "*.ics");
        files.Length.ShouldBe(16);
        foreach (var file in files)
        {
            var reading = HolidayFeed.ReadIcs(File.ReadAllText(file), "Europe/Berlin", new(2015, 1, 1),
                new(2026, 12, 31));
            reading.Findings.ShouldBeEmpty();
            var days = reading.Get().Holidays;
            for (var year = 2015; year <= 2026; year++)
                days.ShouldContain(h => h.When == DateSpan.On(new LocalDate(year, 12, 25)), $"{file} {year}");
            days.ShouldContain(h => h.When == DateSpan.On(new LocalDate(2024, 3, 29)), "Good Friday of 2024");
            days.Length.ShouldBeInRange(12 * 9, 12 * 16);
        }
    }

    [Fact]
    public void Lines_are_unfolded_and_names_unescaped() =>
        Read("DTSTART;VALUE=DATE:20260106\r\nSUMMARY:Three\r\n  Kings\\, Epi\r\n phany").Holidays.ShouldHaveSingleItem()
            .ShouldBe(new Holiday(DateSpan.On(new LocalDate(2026, 1, 6)), "Three Kings, Epiphany"));

    [Fact]
    public void A_multi_day_event_ends_the_day_before_its_DTEND() =>
        Read("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227").Holidays.ShouldHaveSingleItem()
            .When.ShouldBe(DateSpan.Between(new LocalDate(2026, 12, 24), new LocalDate(2026, 12, 26)));

    [Theory]
    [InlineData("20260501", "FREQ=YEARLY", "2026-05-01 2027-05-01 2028-05-01")]
    [InlineData("20260525", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "2026-05-25 2027-05-31 2028-05-29")]
    [InlineData("20261126", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2", "2026-11-26 2027-11-25")]
    [InlineData("20260105", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20260125",
        "2026-01-05 2026-01-09 2026-01-19 2026-01-23")]
    [InlineData("20260131", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2026-01-31 2026-02-28 2026-03-31")]
    [InlineData("20260129", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", "2026-01-30 2026-02-27")]
    [InlineData("20280229", "FREQ=YEARLY", "2028-02-29")]
    [InlineData("20260301", "FREQ=DAILY;INTERVAL=10;COUNT=3", "2026-03-01 2026-03-11 2026-03-21")]
    public void Rules_repeat_as_the_standard_says(string start, string rule, string expected)
    {
        var dates = Read($"DTSTART;VALUE=DATE:{start}\r\nRRULE:{rule}").
            Holidays.Select(h => ((DateSpan.Once)h.When).First.ToString("uuuu-MM-dd", null)).ToList();
        // The event's own start always counts.
        var known = expected.Split(' ');
        dates.Where(known.Contains).ShouldBe(known);
        dates.Count.ShouldBeLessThanOrEqualTo(known.Length + 1);
    }

    [Fact]
    public void Excluded_and_replaced_occurrences_are_left_out()
    {
        var text = Calendar(
            "UID:a\r\nDTSTART;VALUE=DATE:20260501\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270501",
            "UID:a\r\nRECURRENCE-ID;VALUE=DATE:20280501\r\nDTSTART;VALUE=DATE:20280502",
            "DTSTART;VALUE=DATE:20260601\r\nSTATUS:CANCELLED");
        HolidayFeed.ReadIcs(text, "UTC", First, Last).Get().Holidays.Select(h => ((DateSpan.Once)h.When).First)
            .ShouldBe([new LocalDate(2026, 5, 1), new LocalDate(2028, 5, 2)]);
    }

    [Fact]
    public void A_timed_event_closes_hours_in_the_calendars_zone()
    {
        var feed = Read("DTSTART:20261224T130000Z\r\nDTEND:20261224T230000Z\r\nSUMMARY:Half day");
        var entry = feed.Exceptions.ShouldHaveSingleItem();
        (entry.When, entry.Name).ShouldBe((DateSpan.On(new LocalDate(2026, 12, 24)), "Half day"));
        entry.Remove.ShouldHaveSingleItem().ToString().ShouldBe("14:00-24:00");
    }

    [Fact]
    public void What_cannot_be_read_is_told()
    {
        var reading = HolidayFeed
            .ReadIcs(Calendar("DTSTART;VALUE=DATE:20260501\r\nRRULE:FREQ=HOURLY", "SUMMARY:no start"), "UTC", First,
            Last);
        reading.Findings.Select(f => f.Rule).ShouldBe(["ics.start", "ics.rrule"], ignoreOrder: true);
        reading.Value!.Holidays.Length.ShouldBe(1);
        HolidayFeed.ReadIcs("hello", "UTC", First, Last).IsUsable.ShouldBeFalse();
    }

    [Fact]
    public void A_list_of_dates_is_read_and_put_onto_a_calendar_once()
    {
        var reading = HolidayFeed.ReadList("date,name\n2026-12-25,Christmas Day\n\n2026-12-26 Boxing Day\nsoon,?");
        reading.Findings.ShouldHaveSingleItem().Line.ShouldBe(5);
        var calendar = reading.Value!.Onto(new ServiceCalendar { TimeZone = "UTC", AlwaysOpen = true });
        calendar.Holidays.Select(h => h.Name).ShouldBe(["Christmas Day", "Boxing Day"]);
        reading.Value.Onto(calendar).Holidays.Length.ShouldBe(2);
    }

    private static HolidayFeed Read(string item) => HolidayFeed.ReadIcs(Calendar(item), "Europe/Berlin", First, Last)
        .Get();

    private static string Calendar(params string[] items) => "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        + string.Concat(items.Select(item => $"BEGIN:VEVENT\r\n{item}\r\nEND:VEVENT\r\n")) + "END:VCALENDAR\r\n";
}
