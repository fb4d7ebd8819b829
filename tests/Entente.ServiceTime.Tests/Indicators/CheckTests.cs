using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Indicators;
using NodaTime;

namespace Entente.ServiceTime.Tests.Indicators;

public sealed class CheckTests
{
    private const long Down = Timeline.WeightScale;

    [Fact]
    public void A_confirmed_outage_begins_at_its_first_failure()
    {
        Check[] checks = [new(0, 0), new(60, Down), new(120, Down), new(180, 0), new(240, Down), new(300, 0)];
        var outages = Checks.States(checks, new AccountingPolicy { Confirmations = 2 }).Outages();
        outages.Select(outage => (outage.Start, outage.End)).ShouldBe([(60, 180)]);
    }

    [Fact]
    public void A_state_holds_no_longer_than_it_may()
    {
        Check[] checks = [new(0, 0), new(600, 0)];
        var policy = new AccountingPolicy { StaleAfter = Duration.FromSeconds(120) };
        Checks.States(checks, policy).Covered().Spans.ShouldBe([new Span(0, 120), new Span(600, 720)]);
    }

    [Fact]
    public void The_last_state_holds_for_the_usual_gap() =>
        Checks.States([new(0, 0), new(60, 0), new(120, 0)], AccountingPolicy.Standard)
            .Covered().Spans.ShouldBe([new Span(0, 180)]);

    [Fact]
    public void A_quorum_needs_so_many_places_at_once()
    {
        Check[] checks = [.. "abc".SelectMany(place => Enumerable.Range(0, 10).Select(i =>
            new Check(i * 60, (place, i) is ('a', 3 or 4) or ('b', 4 or 5) ? Down : 0, $"{place}")))];
        var outages = Checks.States(checks, new AccountingPolicy { Quorum = 2 }).Outages();
        outages.Select(outage => (outage.Start, outage.End)).ShouldBe([(240, 300)]);
        Checks.States(checks, AccountingPolicy.Standard).Outages().Select(o => (o.Start, o.End)).ShouldBe([(180, 360)]);
    }

    [Fact]
    public void Retries_are_no_observations_unless_the_policy_says_so()
    {
        Check[] checks = [new(0, 0), new(60, 0), new(70, Down, IsRetry: true), new(120, 0)];
        Checks.States(checks, AccountingPolicy.Standard).Outages().ShouldBeEmpty();
        Checks.States(checks, new AccountingPolicy { CountRetries = true }).Outages().Count.ShouldBe(1);
    }

    [Fact]
    public void An_overlap_of_incidents_counts_once()
    {
        var timeline = Timeline.Of([new(0, 100, Down), new(50, 150, Down), new(60, 70, 5000)]);
        timeline.Outages().Select(outage => (outage.Start, outage.End)).ShouldBe([(0, 150)]);
    }

    [Fact]
    public void A_clock_rests_while_it_is_paused_and_while_the_desk_is_closed()
    {
        var calendar = CompiledCalendar.Compile(new ServiceCalendar
        {
            TimeZone = "Europe/Berlin",
            Weekly = System.Collections.Immutable.ImmutableSortedDictionary<IsoDayOfWeek,
                System.Collections.Immutable.ImmutableArray<OpenHours>>.Empty
                .Add(IsoDayOfWeek.Monday, [OpenHours.Parse("08:00-17:00")])
                    .Add(IsoDayOfWeek.Tuesday, [OpenHours.Parse("08:00-17:00")]),
        });
        Instant At(int day, int hour) => new LocalDateTime(2026, 1, day, hour, 0)
            .InZoneStrictly(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).ToInstant();
        var ticket = new TicketCase("1", At(5, 16), At(6, 10),
            [new Interval(At(6, 8), At(6, 9)), new Interval(At(6, 8), At(6, 9))]);
        TicketClocks.Read(ticket, calendar, Duration.FromHours(2), At(7, 0))
            .ShouldBe(new(ticket, CaseVerdict.Met, Duration.FromHours(2)));
        TicketClocks.Read(ticket, calendar, Duration.FromHours(1), At(7, 0)).Verdict.ShouldBe(CaseVerdict.Missed);
        TicketClocks.Read(ticket with { Stopped = null }, calendar, Duration.FromHours(20),
            At(7, 0)).Verdict.ShouldBe(CaseVerdict.Open);
        // One business day after Monday ends when Tuesday closes; the next open day after that is Monday again.
        TicketClocks.DueAfterDays(calendar, At(5, 16), 1).ShouldBe(At(6, 17));
        TicketClocks.DueAfterDays(calendar, At(5, 16), 2).ShouldBe(At(12, 17));
    }
}
