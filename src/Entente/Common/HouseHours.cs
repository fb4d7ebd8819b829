using NodaTime;
using NodaTime.TimeZones;

namespace Entente;

/// <summary>The hours that hold where nobody chose others: when nobody is mailed, and when anonymous voices are heard.</summary>
/// <param name="Zone">Zone of the time zone database, such as <c>Europe/Berlin</c>.</param>
/// <param name="Voices">Local time at which the anonymous voices of a day are heard, all of them together.</param>
public sealed record HouseHours(string Zone, LocalTime Voices)
{
    public static HouseHours Default { get; } = new("UTC", new LocalTime(6, 0));

    /// <summary>Nights and weekends.</summary>
    public QuietHours Quiet => new(Zone, From: new LocalTime(20, 0), Until: new LocalTime(7, 0), Weekends: true);

    /// <summary>The next instant, later than now, at which anonymous voices are heard.</summary>
    /// <remarks>An hour that a clock change skips comes as much later; of one that it repeats, the first counts.</remarks>
    public Instant NextHearing(Instant now)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        var today = now.InZone(zone).Date;
        return new[] { today, today.PlusDays(1), today.PlusDays(2) }
            .Select(day => zone.ResolveLocal(day + Voices, Resolvers.LenientResolver).ToInstant()).First(at => at > now);
    }
}
