using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Clocks;
using NodaTime;
using Shouldly;
using Xunit;
using static Entente.ServiceTime.Tests.Clocks.Desk;

namespace Entente.ServiceTime.Tests.Clocks;

public sealed class VersionTests
{
    private static readonly ClockDefinition Shorter =
        Resolution with { Target = new TargetRule(Duration.FromHours(2)) };

    [Fact]
    public void A_case_keeps_the_version_it_was_opened_under()
    {
        var book = new ClockBook(
            new ClockVersion { Label = "old", Clocks = [Resolution] },
            new ClockVersion { Label = "new", EffectiveFrom = At("Mon 10:00"), Clocks = [Shorter] });
        Read(book, "Mon 11:00", Created("Mon 09:00")).Due.ShouldBe(At("Mon 13:00"));
        Read(book, "Mon 11:00", Created("Mon 10:00")).Due.ShouldBe(At("Mon 12:00"));
    }

    [Fact]
    public void A_version_agreed_for_running_cases_takes_over_at_its_date()
    {
        var book = new ClockBook(
            new ClockVersion { Label = "old", Clocks = [Resolution] },
            new ClockVersion { Label = "new", EffectiveFrom = At("Mon 10:00"), TakesOver = true, Clocks = [Shorter] });
        Read(book, "Mon 09:59", Created("Mon 09:00")).Due.ShouldBe(At("Mon 13:00"));
        var after = Read(book, "Mon 10:00", Created("Mon 09:00"));
        (after.Due, after.Version, after.Elapsed).ShouldBe((At("Mon 11:00"), "new", Duration.FromHours(1)));
    }

    [Fact]
    public void A_new_calendar_version_rules_the_time_after_it_only()
    {
        var wide = Office.Definition with { AlwaysOpen = true, Weekly = Office.Definition.Weekly.Clear() };
        var calendar = CompiledCalendar.Compile(
            [new CalendarVersion(CompiledCalendar.Earliest, Office.Definition),
                new CalendarVersion(At("Tue 00:00"), wide)]);
        calendar.Elapsed(At("Mon 00:00"), At("Wed 00:00")).ShouldBe(Duration.FromHours(8 + 24));
        calendar.Due(At("Mon 16:00"), Duration.FromHours(2)).ShouldBe(At("Tue 01:00"));
        calendar.Explain(At("Mon 23:00"), At("Tue 01:00")).Select(s => s.Entry)
            .ShouldBe(["versions[0].weekly", "versions[1].alwaysOpen"]);
    }

    [Fact]
    public void What_if_names_the_clocks_that_would_move_and_leaves_the_record()
    {
        var moves = WhatIf.Compare(Book(Resolution), Book(Shorter), "A", [Created("Mon 09:00")], At("Mon 10:00"))
            .ToList();
        var move = moves.ShouldHaveSingleItem();
        (move.Matters, move.Before!.Due, move.After!.Due).ShouldBe((true, At("Mon 13:00"), At("Mon 11:00")));
        WhatIf.Compare(Book(Resolution), Book(Resolution), "A", [Created("Mon 09:00")], At("Mon 10:00"))
            .ShouldAllBe(same => !same.Matters);
    }

    [Fact]
    public void Definitions_that_cannot_work_are_named()
    {
        Codes(Resolution with { Start = null }).ShouldBe(["clock.start"]);
        Codes(Resolution with { Pause = new Condition.Happens("hold") }).ShouldBe(["clock.resume"]);
        Codes(Resolution with { Target = new TargetRule(Duration.FromHours(9_000_000)) })
            .ShouldBe(["clock.unreachable"]);
        Codes(Resolution with { Reopen = new(ReopenPolicy.Grace) }).ShouldBe(["clock.grace"]);
        Codes(Resolution).ShouldBeEmpty();
    }

    [Fact]
    public void Timers_come_out_in_order_once_they_are_past_and_can_be_moved()
    {
        var queue = new TimerQueue<string>();
        queue.Set("a", At("Mon 10:00"));
        queue.Set("b", At("Mon 09:00"));
        queue.Set("c", At("Mon 11:00"));
        queue.Set("b", At("Mon 12:00"));
        queue.Set("c", null);
        queue.Next.ShouldBe(At("Mon 10:00"));
        queue.Take(At("Mon 10:00")).ShouldBeEmpty();
        queue.Take(At("Mon 10:01")).ShouldBe([("a", At("Mon 10:00"))]);
        queue.Take(At("Fri 10:00")).Select(t => t.Key).ShouldBe(["b"]);
        queue.Count.ShouldBe(0);
    }

    private static IEnumerable<string> Codes(ClockDefinition clock) => Book(clock).Validate().Select(p => p.Code);
}
