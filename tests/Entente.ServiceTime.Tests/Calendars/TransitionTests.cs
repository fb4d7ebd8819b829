using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;
using Shouldly;
using Xunit;

namespace Entente.ServiceTime.Tests.Calendars;

/// <summary>Every transition of every zone from 2000 to 2040, for a few calendars.</summary>
public sealed class TransitionTests
{
    private static readonly Instant From = Instant.FromUtc(2000, 1, 1, 0, 0);
    private static readonly Instant To = Instant.FromUtc(2040, 1, 1, 0, 0);

    [Fact]
    public void Always_open_has_no_hole_and_no_double_second_at_any_transition()
    {
        // A holiday makes the calendar take the long way instead of the answer for "always".
        foreach (var (zone, transitions) in Transitions())
        {
            var compiled = CompiledCalendar.Compile(new ServiceCalendar
            {
                TimeZone = zone,
                AlwaysOpen = true,
                Holidays = [new Holiday(DateSpan.On(new LocalDate(1990, 1, 1)))],
            });
            foreach (var at in transitions)
                compiled.Elapsed(at - Duration.FromHours(50), at + Duration.FromHours(50)).
                    TotalHours.ShouldBe(100, $"{zone} {at}");
        }
    }

    [Fact]
    public void Day_and_night_shifts_agree_with_the_wall_clock_at_every_transition()
    {
        foreach (var (zone, transitions) in Transitions())
        {
            var day = EveryDay(zone, "08:00-18:00");
            var night = EveryDay(zone, "18:00-08:00");
            var rules = DateTimeZoneProviders.Tzdb[zone];
            foreach (var at in transitions)
            {
                var (from, to) = (at - Duration.FromHours(30), at + Duration.FromHours(30));
                // Day and night are each other's complement as long as no boundary falls into a gap.
                if (IsBoundaryTouched(rules, at)) continue;
                (day.Elapsed(from, to) + night.Elapsed(from, to)).ShouldBe(to - from, $"{zone} {at}");
                for (var probe = from + Duration.FromMinutes(7); probe < to; probe += Duration.FromMinutes(97))
                {
                    var hour = probe.InZone(rules).Hour;
                    day.IsOpen(probe).ShouldBe(hour is >= 8 and < 18, $"{zone} {probe}");
                    night.IsOpen(probe).ShouldBe(hour is < 8 or >= 18, $"{zone} {probe}");
                }
            }
        }
    }

    private static CompiledCalendar EveryDay(string zone, string hours) => CompiledCalendar.Compile(new ServiceCalendar
    {
        TimeZone = zone,
        Weekly = Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None)
            .ToImmutableSortedDictionary(d => d, _ => ImmutableArray.Create(OpenHours.Parse(hours))),
    });

    /// <summary>Whether 08:00 or 18:00 is skipped or repeated, or a whole day is.</summary>
    private static bool IsBoundaryTouched(DateTimeZone zone, Instant at)
    {
        var date = at.InZone(zone).Date;
        return Enumerable.Range(-1, 3).Any(d => zone.MapLocal(date.PlusDays(d).At(new LocalTime(8, 0))).Count != 1
            || zone.MapLocal(date.PlusDays(d).At(new LocalTime(18, 0))).Count != 1);
    }

    private static IEnumerable<(string Zone, List<Instant> Transitions)> Transitions() =>
        from id in DateTimeZoneProviders.Tzdb.Ids
        let zone = DateTimeZoneProviders.Tzdb[id]
        where zone.Id == id
        let transitions = zone.GetZoneIntervals(From, To).Where(i => i.HasStart && i.Start > From)
            .Select(i => i.Start).ToList()
        where transitions.Count > 0
        select (id, transitions);
}
