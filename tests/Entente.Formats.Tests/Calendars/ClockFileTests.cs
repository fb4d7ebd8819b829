using Entente.Formats.Calendars;
using Entente.ServiceTime.Clocks;
using NodaTime;
using Shouldly;
using Xunit;

namespace Entente.Formats.Tests.Calendars;

public sealed class ClockFileTests
{
    private const string Definition = """
        version: "2026"
        calendars:
          office: {timeZone: UTC, weekly: {monday: ["09:00-17:00"], tuesday: ["09:00-17:00"]}}
          nights: nights.yaml
        priority:
          impact: impact
          urgency: urgency
          matrix: {high: {high: P1, low: P2}}
        clocks:
          response:
            calendar: office
            target: {P1: PT1H, otherwise: PT4H}
            start: created
            stop: [first_response, "status in [Resolved, Closed]"]
            warnings: [75%, PT30M]
          resolution:
            calendar: nights
            target: PT8H
            start: {all: [priority is set, {not: status = Draft}]}
            retroactive: true
            pause: status in [Pending, "On Hold"]
            stop: status changes to Resolved
            reopen: {grace: P2D, when: reopened}
            cancel: status = Cancelled
            waitsFor: supplier
          team: {each: team, only: [Network], target: {by: team, Network: PT2H}}
        """;

    private const string Nights = "timeZone: Europe/Berlin\nweekly: {monday: [\"22:00-06:00\"]}";

    [Fact]
    public void Every_part_of_a_definition_is_read()
    {
        var clocks = Book(Definition).Versions.ShouldHaveSingleItem().Clocks;
        clocks.Select(c => c.Name).ShouldBe(["response", "resolution", "team"]);
        clocks[0].Stop.ShouldBeOfType<Condition.Any>().Parts[0].ShouldBe(new Condition.Happens("first_response"));
        clocks[0].Target!.For("P1").ShouldBe(Duration.FromHours(1));
        clocks[0].Warnings.Length.ShouldBe(2);
        clocks[1].Pause.ShouldBeOfType<Condition.Is>().Values.ShouldBe(["Pending", "On Hold"]);
        clocks[1].Reopen.ShouldBe(new ReopenRule(ReopenPolicy.Grace, Duration.FromDays(2), new
            Condition.Happens("reopened")));
        (clocks[1].FromFirstEvent, clocks[1].WaitsFor).ShouldBe((true, WaitsFor.Supplier));
        clocks[1].Calendar.Definition.TimeZone.ShouldBe("Europe/Berlin");
        (clocks[2].Each, clocks[2].Target!.Field).ShouldBe(("team", "team"));
    }

    [Theory]
    [InlineData("clocks: {a: {start: created, target: soon}}", "clocks.a.target", "time.duration")]
    [InlineData("clocks: {a: {start: created, calendar: office}}", "clocks.a.calendar", "clock.calendar")]
    [InlineData("clocks: {a: {target: PT1H}}", "clocks.a.start", "clock.start")]
    [InlineData("clocks: {a: {start: \"x = [\"}}", "clocks.a.start", "clock.condition")]
    [InlineData("clocks: {a: {start: created, pause: hold}}", "clocks.a.resume", "clock.resume")]
    [InlineData("clocks: {a: {start: created, stopp: x}}", "clocks.a.stopp", "yaml.unknown")]
    [InlineData("clocks: {a: {start: created, warnings: [150%]}}", "clocks.a.warnings[0]", "clock.warning")]
    [InlineData("clocks: {a: {start: created, reopen: sometimes}}", "clocks.a.reopen", "clock.reopen")]
    public void A_bad_definition_says_where_and_what_was_expected(string text, string path, string rule)
    {
        var reading = ClockYaml.Read(text, _ => Nights);
        reading.IsUsable.ShouldBeFalse();
        reading.Findings.ShouldContain(f => f.Path == path && f.Rule == rule, string.Join(' ', reading.Findings));
    }

    [Fact]
    public void Versions_are_read_with_their_dates_and_reach()
    {
        var versions = Book("""
            versions:
              - {version: a, clocks: {x: {start: created}}}
              - {version: b, effectiveFrom: 2026-03-01, appliesTo: running, clocks: {x: {start: created}}}
            """).Versions.ToList();
        versions[1].ShouldSatisfyAllConditions(v => v.TakesOver.ShouldBeTrue(), v =>
            v.EffectiveFrom.ShouldBe(Instant.FromUtc(2026, 3, 1, 0, 0)));
    }

    [Fact]
    public void Three_spellings_of_the_same_events_replay_the_same()
    {
        var wide = Log("""
            case,at,event,status,priority
            A,2026-03-02T09:00:00Z,created,New,P1
            A,2026-03-02T10:00:00Z,,Resolved,
            """);
        var narrow = Log("""
            at;case;event;field;value
            2026-03-02T09:00:00Z;A;created;status;New
            2026-03-02T09:00:00Z;A;;priority;P1
            2026-03-02T11:00:00+01:00;A;;status;Resolved
            """);
        var lines = Log("""
            {"case":"A","at":"2026-03-02T09:00:00Z","event":"created","fields":{"status":"New","priority":"P1"}}
            {"case":"A","at":"2026-03-02T10:00:00Z","status":"Resolved"}
            """);
        var book = Book(Definition);
        var expected = Show(book, wide);
        expected.ShouldStartWith("response Stopped 0:01:00:00");
        Show(book, narrow).ShouldBe(expected);
        Show(book, lines).ShouldBe(expected);
    }

    [Fact]
    public void Bad_rows_are_told_and_the_others_count()
    {
        var log = Log("""
            case,at,event,due,approver
            A,2026-03-02T09:00:00Z,created,,
            ,2026-03-02T09:00:00Z,x,,
            A,soon,x,,
            A,2026-03-02T09:00:00Z,,,
            A,2026-03-02T10:00:00Z,override-due,2026-03-03T00:00:00Z,
            A,2026-03-02T10:00:00Z,override-due,2026-03-03T00:00:00Z,anna
            """);
        log.Findings.Select(f => (f.Line, f.Rule)).ShouldBe(
            [(3, "events.case"), (4, "events.at"), (5, "events.empty"), (6, "events.approver")]);
        log.Cases.ShouldHaveSingleItem().Events[1].Override!.Approver.ShouldBe("anna");
        Log("when,what\n1,2").Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Error);
    }

    [Fact]
    public void Quotes_line_breaks_and_local_times_are_read()
    {
        var log = EventLog.Read(
            new StringReader("\"case\",at,note\n\"A \"\"1\"\"\",2026-03-29 10:00,\"two\nlines, one cell\"\n"),
            DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        var item = log.Cases.ShouldHaveSingleItem();
        item.Case.ShouldBe("A \"1\"");
        item.Events[0].At.ShouldBe(Instant.FromUtc(2026, 3, 29, 8, 0));
        item.Events[0].Changes[0].Value.ShouldBe("two\nlines, one cell");
    }

    private static ClockBook Book(string text) => ClockYaml.Read(text, _ => Nights).Get();

    private static EventLog Log(string text) => EventLog.Read(new StringReader(text));

    private static string Show(ClockBook book, EventLog log) => string.Join('\n',
        CaseClocks.Replay(book, log.Cases.Single().Events, Instant.FromUtc(2026, 3, 2, 12, 0))
            .Select(r => $"{r.Clock} {r.State} {r.Elapsed} {r.Due}"));
}
