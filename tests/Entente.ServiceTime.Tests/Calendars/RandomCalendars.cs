using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.ServiceTime.Tests.Calendars;

/// <summary>Calendars with everything in them: nights, holidays over new year, exceptions, odd zones.</summary>
internal static class RandomCalendars
{
    public static readonly string[] Zones =
    [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana",
            "Africa/Casablanca",
        "Pacific/Apia", "Asia/Beirut", "America/St_Johns", "UTC",
    ];

    public static ServiceCalendar Next(Random random, LocalDate near)
    {
        var weekly = ImmutableSortedDictionary.CreateBuilder<IsoDayOfWeek, ImmutableArray<OpenHours>>();
        foreach (var day in Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None))
            if (random.Next(4) > 0) weekly[day] = Hours(random);
        if (weekly.Count == 0) weekly[IsoDayOfWeek.Monday] = Hours(random);
        var isAlways = random.Next(6) == 0;
        return new ServiceCalendar
        {
            TimeZone = Zones[random.Next(Zones.Length)],
            AlwaysOpen = isAlways,
            Weekly = isAlways ? ImmutableSortedDictionary<IsoDayOfWeek, ImmutableArray<OpenHours>>.Empty
                : weekly.ToImmutable(),
            Holidays = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Holiday(Span(random, near)))],
            Exceptions = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Exception(random, near))],
        };
    }

    private static CalendarException Exception(Random random, LocalDate near) => random.Next(4) switch
    {
        0 => new(Span(random, near), Open: Hours(random)),
        1 => new(Span(random, near), Add: Hours(random)),
        2 => new(Span(random, near), Remove: Hours(random)),
        _ => new(Span(random, near), Open: []),
    };

    private static DateSpan Span(Random random, LocalDate near)
    {
        var first = near.PlusDays(random.Next(-4, 5));
        var last = first.PlusDays(random.Next(3) == 0 ? random.Next(3) : 0);
        return random.Next(3) > 0 ? DateSpan.Between(first, last)
            : DateSpan.EveryYear(new AnnualDate(first.Month, first.Day), new AnnualDate(last.Month, last.Day));
    }

    private static ImmutableArray<OpenHours> Hours(Random random) =>
    [
        .. Enumerable.Range(0, 1 + random.Next(2)).Select(_ =>
        {
            var start = random.Next(0, 96) * 900;
            return new OpenHours(start, Math.Min(start + ((1 + random.Next(60)) * 900), OpenHours.Day + start));
        }),
    ];
}
