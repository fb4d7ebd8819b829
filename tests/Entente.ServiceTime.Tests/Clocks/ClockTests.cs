using System.Collections.Immutable;
using Entente.ServiceTime.Clocks;
using NodaTime;
using Shouldly;
using Xunit;
using static Entente.ServiceTime.Tests.Clocks.Desk;

namespace Entente.ServiceTime.Tests.Clocks;

public sealed class ClockTests
{
    private static readonly ClockBook Usual = Book(Resolution);

    [Fact]
    public void A_paused_clock_cannot_breach_however_long_it_waits()
    {
        var reading = Read(Usual, "Fri 12:00", Created("Mon 09:00"), Status("Mon 09:30", "Pending"),
            Set("Tue 12:00", "note", "saved"));
        reading.State.ShouldBe(ClockState.Paused);
        reading.IsBreached.ShouldBeFalse();
        reading.Due.ShouldBeNull();
        reading.Remaining.ShouldBe(Duration.FromHours(3.5));
        reading.Paused.ShouldBe(Duration.FromHours(7.5 + 8 + 8 + 8 + 3));
    }

    [Fact]
    public void Resolved_straight_from_a_pause_counts_only_what_ran()
    {
        var reading = Read(Usual, "Fri 12:00", Created("Mon 09:00"), Status("Mon 09:30", "Pending"),
            Status("Fri 09:30", "Resolved"));
        (reading.State, reading.Elapsed, reading.IsBreached)
            .ShouldBe((ClockState.Stopped, Duration.FromMinutes(30), false));
        reading.Due.ShouldBe(At("Fri 13:00"));
    }

    [Fact]
    public void Breached_means_later_than_due_and_not_at_due()
    {
        Read(Usual, "Mon 13:00", Created("Mon 09:00")).IsBreached.ShouldBeFalse();
        CaseClocks.Replay(Usual, [Created("Mon 09:00")], At("Mon 13:00") + Duration.Epsilon)[0].
            BreachedAt.ShouldBe(At("Mon 13:00"));
        Read(Usual, "Mon 16:00", Created("Mon 09:00"), Status("Mon 13:00", "Resolved")).IsBreached.ShouldBeFalse();
        Read(Usual, "Mon 16:00", Created("Mon 09:00"), Status("Mon 13:01", "Resolved")).IsBreached.ShouldBeTrue();
    }

    [Fact]
    public void A_share_just_below_the_whole_target_is_not_a_breach() =>
        CaseClocks.Replay(Usual, [Created("Mon 09:00")], At("Mon 13:00") -
            Duration.FromMilliseconds(576))[0].IsBreached.ShouldBeFalse();

    [Fact]
    public void Pausing_and_stopping_at_one_instant_stops()
    {
        var twice = new CaseEvent(At("Mon 10:00"), "hold", new FieldChange("status", "Pending"));
        var stop = Status("Mon 10:00", "Resolved");
        var clock = Resolution with { Pause = new Condition.Happens("hold"), Resume = new Condition.Happens("unhold") };
        foreach (var events in new CaseEvent[][] { [Created("Mon 09:00"), twice, stop],
            [stop, twice, Created("Mon 09:00")] })
            Read(Book(clock), "Tue 10:00", events).State.ShouldBe(ClockState.Stopped);
    }

    [Fact]
    public void A_pause_of_no_length_changes_nothing()
    {
        var clock = Resolution with { Pause = new Condition.Happens("hold"), Resume = new Condition.Happens("unhold") };
        var reading = Read(Book(clock), "Mon 12:00", Created("Mon 09:00"), Event("Mon 10:00", "unhold"),
            Event("Mon 10:00", "hold"),
            Event("Mon 11:00", "hold"), Event("Mon 11:00", "hold"), Event("Mon 11:30", "unhold"));
        (reading.State, reading.Elapsed, reading.Paused)
            .ShouldBe((ClockState.Running, Duration.FromHours(2.5), Duration.FromMinutes(30)));
    }

    [Fact]
    public void A_reopened_case_goes_on_or_begins_anew_as_agreed()
    {
        CaseEvent[] life =
        [
            Created("Mon 09:00"), Status("Mon 11:00", "Resolved"), Status("Tue 09:00", "Open"),
                Status("Tue 10:00", "Closed"),
        ];
        Read(Book(Resolution), "Wed 09:00", life).Elapsed.ShouldBe(Duration.FromHours(2));
        Read(Book(Resolution with { Reopen = new(ReopenPolicy.Continue) }), "Wed 09:00", life).
            Elapsed.ShouldBe(Duration.FromHours(3));
        var fresh = Read(Book(Resolution with { Reopen = new(ReopenPolicy.NewCycle) }), "Wed 09:00", life);
        (fresh.Cycle, fresh.Elapsed).ShouldBe((2, Duration.FromHours(1)));
        Read(Book(Resolution with { Reopen = new(ReopenPolicy.Grace, Duration.FromHours(22)) }), "Wed 09:00",
            life).Cycle.ShouldBe(1);
        Read(Book(Resolution with { Reopen = new(ReopenPolicy.Grace, Duration.FromHours(21)) }), "Wed 09:00",
            life).Cycle.ShouldBe(2);
    }

    [Fact]
    public void A_retroactive_start_counts_the_time_before_it_with_its_pauses()
    {
        var urgent = Resolution with { Start = new Condition.Is("priority", "P1"), FromFirstEvent = true };
        CaseEvent[] life =
        [
            Created("Mon 09:00"), Status("Mon 10:00", "Pending"), Status("Mon 11:00", "Open"),
                Set("Mon 14:00", "priority", "P1"),
        ];
        Read(Book(urgent), "Mon 13:30", life).State.ShouldBe(ClockState.NotStarted);
        var reading = Read(Book(urgent), "Mon 15:00", life);
        (reading.StartedAt, reading.Elapsed, reading.Paused, reading.BreachedAt)
            .ShouldBe((At("Mon 09:00"), Duration.FromHours(5), Duration.FromHours(1), At("Mon 14:00")));
        Read(Book(urgent with { FromFirstEvent = false }), "Mon 15:00", life).Elapsed.ShouldBe(Duration.FromHours(1));
        var since = urgent with { FromFirstEvent = false, RetroactiveFrom = new Condition.Is("status", "Open") };
        Read(Book(since), "Mon 15:00", life).StartedAt.ShouldBe(At("Mon 11:00"));
    }

    [Fact]
    public void Every_hop_to_a_team_has_a_clock_of_its_own()
    {
        var team = new ClockDefinition
        {
            Name = "team",
            Calendar = Office,
            Each = "team",
            Only = ["Network", "Database"],
            Target =
                new TargetRule(Duration.FromHours(2)),
        };
        var readings = CaseClocks.Replay(Book(team),
        [
            Created("Mon 09:00", new FieldChange("team", "Desk")), Set("Mon 10:00", "team", "Network"),
            Set("Mon 11:00", "team", "Database"), Set("Mon 14:00", "team", "Network"),
        ], At("Mon 15:00"));
        readings.Select(r => (r.Hop, r.State, r.Elapsed, r.IsBreached)).ShouldBe(
        [
            ("Network", ClockState.Stopped, Duration.FromHours(1), false),
                ("Database", ClockState.Stopped, Duration.FromHours(3), true),
            ("Network", ClockState.Running, Duration.FromHours(1), false),
        ]);
    }

    [Fact]
    public void A_reset_ends_the_cycle_with_its_verdict_and_begins_the_next()
    {
        var update = Resolution with { Name = "update", Reset = new Condition.Happens("agent_contact") };
        var readings = CaseClocks.Replay(Book(update), [Created("Mon 09:00"), Event("Mon 14:00", "agent_contact")],
            At("Mon 15:00"));
        readings.Select(r => (r.Cycle, r.State, r.Elapsed, r.IsBreached)).ShouldBe(
            [(1, ClockState.Reset, Duration.FromHours(5), true), (2, ClockState.Running, Duration.FromHours(1),
                false)]);
    }

    [Fact]
    public void A_cancelled_clock_stands_still()
    {
        var clock = Resolution with { Cancel = new Condition.Is("status", "Cancelled") };
        var reading = Read(Book(clock), "Fri 09:00", Created("Mon 09:00"), Status("Mon 10:00", "Cancelled"));
        (reading.State, reading.Elapsed, reading.IsBreached)
            .ShouldBe((ClockState.Cancelled, Duration.FromHours(1), false));
    }

    [Fact]
    public void Impact_by_urgency_gives_the_priority_and_the_priority_the_target()
    {
        var cells = ImmutableDictionary<(string, string), string>.Empty.Add(("high", "high"), "P1")
            .Add(("high", "low"), "P2");
        var targets = ImmutableSortedDictionary<string, Duration>.Empty.Add("P1", Duration.FromHours(1))
            .Add("P2", Duration.FromHours(3));
        var book = new ClockBook(new ClockVersion
        {
            Priority = new PriorityMatrix("impact", "urgency", "priority", cells),
            Clocks = [Resolution with { Target = new TargetRule(Duration.FromHours(8), "priority", targets) }],
        });
        var created = Created("Mon 09:00", new("impact", "high"), new("urgency", "low"));
        Read(book, "Mon 09:00", created).Due.ShouldBe(At("Mon 12:00"));
        var raised = Read(book, "Mon 11:00", created, Set("Mon 11:00", "urgency", "high"));
        (raised.Target, raised.Due, raised.BreachedAt)
            .ShouldBe((Duration.FromHours(1), At("Mon 10:00"), At("Mon 10:00")));
        var lowered = Read(book, "Mon 16:00", created, Set("Mon 15:00", "impact", "low"));
        (lowered.Target, lowered.IsBreached, lowered.EarlierBreach)
            .ShouldBe((Duration.FromHours(8), false, At("Mon 12:00")));
    }

    [Fact]
    public void An_approved_due_date_stands_and_no_pause_moves_it()
    {
        var pinned = Event("Mon 10:00", "override-due")
            with
        { Override = new DueOverride("resolution", At("Wed 10:00"), "Anna", "parts") };
        CaseEvent[] life = [Created("Mon 09:00"), pinned, Status("Mon 11:00", "Pending"), Status("Mon 12:00", "Open")];
        var reading = Read(Usual, "Wed 10:00", life);
        (reading.Due, reading.IsBreached, reading.Override!.Approver).ShouldBe((At("Wed 10:00"), false, "Anna"));
        Read(Usual, "Wed 10:01", life).IsBreached.ShouldBeTrue();
        Should.Throw<ArgumentException>(() => new DueOverride("resolution", At("Wed 10:00"), " "));
    }

    [Fact]
    public void Warnings_come_before_the_breach_in_open_time()
    {
        // The published failure: created late on Monday, four hours, told one hour before.
        var clock = Resolution with { Warnings = [WarningPoint.At(0.5), WarningPoint.Before(Duration.FromHours(1))] };
        var reading = Read(Book(clock), "Mon 16:00", Created("Mon 16:00"));
        reading.Due.ShouldBe(At("Tue 12:00"));
        reading.Warnings.Select(w => w.At).ShouldBe([At("Tue 10:00"), At("Tue 11:00")]);
    }
}
