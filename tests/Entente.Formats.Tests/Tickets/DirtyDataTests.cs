using Entente.Formats.Tickets;
using Entente.Monitoring;

namespace Entente.Formats.Tests.Tickets;

public sealed class DirtyDataTests
{
    private const string Mapping = "{case: id, at: at, state: state, moments: {opened: opened, closed: closed}, "
        + "missing: ['?']}";

    private static TicketReport Report(string rows, string? zone = null) =>
        Logs.Read(Logs.File("id,at,state,opened,closed\n" + rows), Mapping, zone).Report;

    [Theory]
    [InlineData(",2024-03-01 09:00,New,,", "ticket.missing", "id")]
    [InlineData("?,2024-03-01 09:00,New,,", "ticket.missing", "id")]
    [InlineData("A,,New,,", "ticket.missing", "at")]
    [InlineData("A,yesterday,New,,", "ticket.date", "at")]
    [InlineData("A,2024-02-30 09:00,New,,", "ticket.date", "at")]
    [InlineData("A,2024-03-01 25:00,New,,", "ticket.date", "at")]
    [InlineData("A,2024-03-01 09:00,New", "ticket.row", null)]
    [InlineData("A,2024-03-01 09:00,New,,,,", "ticket.row", null)]
    [InlineData("\"A\"x,2024-03-01 09:00,New,,", "ticket.row", null)]
    public void A_row_that_cannot_be_used_is_named_with_line_column_and_reason(string row, string rule, string? column)
    {
        var report = Report("B,2024-03-01 09:00,New,,\n" + row + "\n");
        var bad = report.Dirty.ShouldHaveSingleItem();
        (bad.Line, bad.Rule, bad.Column, bad.Taken).ShouldBe((3, rule, column, false));
        (report.Rows, report.Events, report.Refused).ShouldBe((2, 1, 1));
    }

    [Fact]
    public void Lines_are_counted_through_fields_that_span_lines() =>
        Report("A,2024-03-01 09:00,\"N\ne\nw\",,\nB,never,New,,\n").Dirty.ShouldHaveSingleItem().Line.ShouldBe(5);

    [Fact]
    public void Events_out_of_order_are_reported_and_sorted()
    {
        var (events, report, _) = Logs.Read(
            Logs.File("id,at,state,opened,closed\nA,2024-03-01 10:00,Two,,\nA,2024-03-01 09:00,One,,\n"), Mapping);
        report.Dirty.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            bad => bad.Rule.ShouldBe("ticket.order"), bad => bad.Line.ShouldBe(3), bad => bad.Taken.ShouldBeTrue());
        TicketCase.Gather(events).Single().Events.Select(happened => happened.State).ShouldBe(["One", "Two"]);
    }

    [Fact]
    public void A_doubled_row_counts_once_and_is_reported()
    {
        var report = Report("A,2024-03-01 10:00,New,,\nA,2024-03-01 10:00,New,,\n");
        (report.Rows, report.Events, report.Duplicates, report.Refused).ShouldBe((2, 1, 1, 0));
        report.Dirty.ShouldHaveSingleItem().Rule.ShouldBe("ticket.duplicate");
    }

    [Theory]
    [InlineData("2024-03-31 02:30", "never was")]
    [InlineData("2024-10-27 02:30", "was twice")]
    public void A_local_time_that_was_never_or_twice_is_reported(string at, string reason)
    {
        var bad = Report($"A,{at},New,,\n", "Europe/Berlin").Dirty.ShouldHaveSingleItem();
        (bad.Rule, bad.Taken).ShouldBe(("ticket.zone", true));
        bad.Reason.ShouldContain(reason);
    }

    [Fact]
    public void A_case_closed_whole_hours_before_it_opened_hints_at_a_wrong_zone()
    {
        var bad = Report("A,2024-03-01 10:00,New,2024-03-01 10:00,2024-03-01 08:00\n").Dirty.ShouldHaveSingleItem();
        (bad.Rule, bad.Column).ShouldBe(("ticket.zone", "closed"));
        Report("A,2024-03-01 10:00,New,2024-03-01 10:00,2024-03-01 08:07\n").Dirty.ShouldHaveSingleItem()
            .Rule.ShouldBe("ticket.order");
    }

    [Fact]
    public void Offsets_that_the_named_zone_did_not_have_are_noted() =>
        Report("A,2024-03-01T10:00:00+05:30,New,,\n", "Europe/Berlin").Notes.ShouldHaveSingleItem()
            .ShouldContain("+05:30");

    [Theory]
    [InlineData("3/14/2024 9:00 AM", "2024-03-14T09:00:00Z")]
    [InlineData("14.3.2024 21:00", "2024-03-14T21:00:00Z")]
    [InlineData("14/Mar/24 9:00 PM", "2024-03-14T21:00:00Z")]
    [InlineData("2024-03-14T09:00:00.250+0200", "2024-03-14T07:00:00.25Z")]
    [InlineData("2024-03-13 24:00", "2024-03-14T00:00:00Z")]
    [InlineData("1710406800", "2024-03-14T09:00:00Z")]
    [InlineData("1710406800000", "2024-03-14T09:00:00Z")]
    public void Times_are_read_as_tools_write_them(string text, string expected)
    {
        var (events, report, _) = Logs.Read(Logs.File($"id,at,state,opened,closed\nA,{text},New,,\n"), Mapping);
        report.Dirty.ShouldBeEmpty();
        events.Single().At.ShouldBe(Logs.At(expected));
    }

    [Theory]
    [InlineData("29,100", null, 29_100)]
    [InlineData("PT8H5M", 29_100, null)]
    [InlineData("8 Hours 5 Minutes", 29_100, null)]
    [InlineData("1d 2h", 93_600, null)]
    [InlineData("08:05:00", 29_100, null)]
    [InlineData("1970-01-01 08:05:00", 29_100, null)]
    [InlineData("1 08:05:00", 115_500, null)]
    [InlineData("soon", null, null)]
    public void Durations_are_read_as_tools_write_them(string text, int? seconds, int? bare)
    {
        var (exact, number) = Amount.Read(text);
        ((int?)exact?.TotalSeconds).ShouldBe(seconds);
        ((int?)number).ShouldBe(bare);
    }
}
