using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.TimeZones;

namespace Entente;

/// <summary>When nobody is to be mailed of what can wait: every night from an hour until another, and weekends where that is chosen, in one zone.</summary>
/// <param name="Zone">Zone of the time zone database, such as <c>Europe/Berlin</c>.</param>
/// <param name="From">Local time at which quiet begins; the same as <paramref name="Until"/> means no nightly quiet.</param>
public sealed record QuietHours(string Zone, LocalTime From, LocalTime Until, bool Weekends = false)
{
    /// <summary>A Friday evening, a weekend and a Sunday night at most, and one more for a clock change.</summary>
    private const int QuietRunsMost = 6;

    /// <summary>Whether this says that it is never quiet.</summary>
    [JsonIgnore]
    public bool IsNone => From == Until && !Weekends;

    /// <summary>No quiet hours at all, said on purpose.</summary>
    public static QuietHours None(string zone) => new(zone, LocalTime.Midnight, LocalTime.Midnight);

    [JsonIgnore]
    public DateTimeZone? TimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone);

    public bool IsQuiet(Instant now) => IsQuiet(now.InZone(TimeZone!).LocalDateTime);

    /// <summary>The first instant from now on at which it is not quiet.</summary>
    public Instant NextOpen(Instant now)
    {
        var zone = TimeZone!;
        for (var run = 0; run < QuietRunsMost; run++)
        {
            var local = now.InZone(zone).LocalDateTime;
            if (!IsQuiet(local)) return now;
            now = IsWeekend(local)
                ? After(zone, local.Date.Next(IsoDayOfWeek.Monday) + LocalTime.Midnight, now)
                : After(zone, local.TimeOfDay < Until ? local.Date + Until : local.Date.PlusDays(1) + Until, now);
        }

        return now;
    }

    private bool IsQuiet(LocalDateTime local) =>
        IsWeekend(local) || (From < Until ? local.TimeOfDay >= From && local.TimeOfDay < Until
            : From > Until && (local.TimeOfDay >= From || local.TimeOfDay < Until));

    private bool IsWeekend(LocalDateTime local) => Weekends && (local.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);

    /// <remarks>A local time that a clock change skips is reached when the change comes; one that it repeats is reached again after the first.</remarks>
    private static Instant After(DateTimeZone zone, LocalDateTime local, Instant now)
    {
        ZoneLocalMapping mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start
            : mapping.First().ToInstant() is var first && first > now ? first
            : mapping.Last().ToInstant();
    }
}
