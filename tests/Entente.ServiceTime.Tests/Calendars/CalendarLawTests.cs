using Entente.ServiceTime.Calendars;
using NodaTime;
using Shouldly;
using Xunit;

namespace Entente.ServiceTime.Tests.Calendars;

/// <summary>Laws that hold for every calendar, on random ones near clock changes.</summary>
public sealed class CalendarLawTests
{
    private static readonly int Seed = Environment.GetEnvironmentVariable("SEED") is { } seed ? int.Parse(seed)
        : 20260321;

    [Fact]
    public void Every_answer_equals_counting_second_by_second()
    {
        for (var round = 0; round < 20; round++)
        {
            var (random, calendar, compiled, start) = Case(round);
            var oracle = new Oracle(calendar);
            // Six days at a stride of 15 minutes, off the quarter: hours lie on quarters, zones on multiples of 15 too.
            var open = new List<bool>();
            for (var i = 0; i < 6 * 96; i++) open.Add(oracle.IsOpen(start + (i * 900L) + 1));
            for (var i = 0; i < open.Count; i++)
                compiled.IsOpen(At(start + (i * 900L) + 1))
                    .ShouldBe(open[i], $"{Told(round, calendar)} at {At(start + (i * 900L) + 1)}");
            var (a, b) = (random.Next(open.Count), random.Next(open.Count));
            if (a > b) (a, b) = (b, a);
            compiled.Elapsed(At(start + (a * 900L)), At(start + (b * 900L))).
                TotalSeconds.ShouldBe(open.Skip(a).Take(b - a).Count(o => o) * 900.0, Told(round, calendar));
            var from = start + random.Next(5 * 86_400);
            var to = from + random.Next(1_500);
            compiled.Elapsed(At(from), At(to)).TotalSeconds.ShouldBe(oracle.Elapsed(from, to), Told(round, calendar));
        }
    }

    [Fact]
    public void Elapsed_adds_up_and_due_and_latest_start_are_its_inverses()
    {
        for (var round = 0; round < 200; round++)
        {
            var (random, calendar, compiled, start) = Case(round);
            if (!compiled.EverOpens) continue;
            var times = Enumerable.Range(0, 3)
                .Select(_ => At(start).PlusNanoseconds(random.NextInt64(40_000_000_000_000_000))).Order().ToList();
            (compiled.Elapsed(times[0], times[1]) + compiled.Elapsed(times[1], times[2]))
                .ShouldBe(compiled.Elapsed(times[0], times[2]), Told(round, calendar));
            compiled.Elapsed(times[2], times[0]).ShouldBe(Duration.Zero);

            var target = Duration
                .FromNanoseconds(random.NextInt64(random.Next(2) == 0 ? 8_000_000_000_000_000 : 9_000_000_000_000));
            var due = compiled.Due(times[0], target);
            due.ShouldNotBeNull(Told(round, calendar));
            compiled.Elapsed(times[0], due.Value).ShouldBe(target, Told(round, calendar));
            if (target > Duration.Zero)
                compiled.Elapsed(times[0], due.Value - Duration.Epsilon)
                    .ShouldBe(target - Duration.Epsilon, Told(round, calendar));

            var latest = compiled.LatestStart(times[2], target);
            latest.ShouldNotBeNull(Told(round, calendar));
            compiled.Elapsed(latest.Value, times[2]).ShouldBe(target, Told(round, calendar));
            if (target > Duration.Zero)
                compiled.Elapsed(latest.Value + Duration.Epsilon, times[2])
                    .ShouldBe(target - Duration.Epsilon, Told(round, calendar));
        }
    }

    [Fact]
    public void Open_intervals_and_the_explanation_sum_to_the_elapsed_time()
    {
        for (var round = 0; round < 100; round++)
        {
            var (random, calendar, compiled, start) = Case(round);
            var from = At(start).PlusNanoseconds(random.NextInt64(400_000_000_000_000));
            var to = from + Duration.FromSeconds(random.Next(900_000));
            var open = compiled.Open(from, to).ToList();
            Sum(open.Select(i => i.Duration)).ShouldBe(compiled.Elapsed(from, to), Told(round, calendar));
            for (var i = 1; i < open.Count; i++) open[i].
                Start.ShouldBeGreaterThan(open[i - 1].End, Told(round, calendar));
            var why = compiled.Explain(from, to);
            Sum(why.Where(s => s.IsOpen).Select(s => s.End - s.Start))
                .ShouldBe(compiled.Elapsed(from, to), Told(round, calendar));
            Sum(why.Select(s => s.End - s.Start)).ShouldBe(to - from, Told(round, calendar));
        }
    }

    [Fact]
    public void Answers_do_not_depend_on_what_was_asked_before()
    {
        var (_, calendar, fresh, start) = Case(7);
        var used = CompiledCalendar.Compile(calendar);
        foreach (var year in new[] { 2100, 1900, 2199, 1950 }) used.IsOpen(Instant.FromUtc(year, 6, 1, 12, 0));
        for (var i = 0; i < 500; i++)
        {
            var at = At(start + (i * 3_571L));
            used.Elapsed(At(start), at).ShouldBe(fresh.Elapsed(At(start), at));
        }
    }

    [Fact]
    public void Three_centuries_are_as_exact_as_a_day()
    {
        var compiled = CompiledCalendar.Compile(new ServiceCalendar
        {
            TimeZone = "Europe/Berlin",
            AlwaysOpen = true,
            Holidays = [new Holiday(DateSpan.EveryYear(new AnnualDate(12, 25), new AnnualDate(12, 25)))],
        });
        var (from, to) = (Instant.FromUtc(1900, 1, 1, 0, 0), Instant.FromUtc(2200, 1, 1, 0, 0));
        compiled.Elapsed(from, to).ShouldBe(to - from - Duration.FromDays(300));
        compiled.Due(from, to - from - Duration.FromDays(300)).ShouldBe(to);
        compiled.LatestStart(to, to - from - Duration.FromDays(300)).ShouldBe(from);
    }

    private static (Random Random, ServiceCalendar Calendar, CompiledCalendar Compiled, long Start) Case(int round)
    {
        var random = new Random(Seed + round);
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var changes = zone.GetZoneIntervals(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0))
            .ToList();
        var near = round % 10 == 9 ? new LocalDate(2011, 12, 30)
            : round % 10 == 8 ? new LocalDate(2025, 1, 1)
            : changes[1 + random.Next(changes.Count - 1)].Start.InZone(zone).Date;
        var calendar = RandomCalendars.Next(random, near);
        return (random, calendar, CompiledCalendar.Compile(calendar), near.PlusDays(-3).AtMidnight().InUtc()
            .ToInstant().ToUnixTimeSeconds());
    }

    private static Duration Sum(IEnumerable<Duration> parts) =>
        parts.Aggregate(Duration.Zero, (sum, part) => sum + part);

    private static Instant At(long second) => Instant.FromUnixTimeSeconds(second);

    private static string Told(int round, ServiceCalendar calendar)
    {
        var weekly = string.Join(' ', calendar.Weekly.Select(w => $"{w.Key}:{string.Join(',', w.Value)}"));
        var exceptions = string.Join(' ', calendar.Exceptions.Select(e =>
            $"{e.When} open={string.Join(',', e.Open ?? [])} "
            + $"add={string.Join(',', e.Add)} remove={string.Join(',', e.Remove)}"));
        return $"seed={Seed} round={round} zone={calendar.TimeZone} weekly={weekly} always={calendar.AlwaysOpen} "
            + $"holidays={string.Join(' ', calendar.Holidays)} exceptions={exceptions}";
    }
}
