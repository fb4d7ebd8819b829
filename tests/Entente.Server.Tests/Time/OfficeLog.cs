using System.Globalization;
using System.Text;
using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.Server.Tests.Time;

/// <summary>A made-up ticket log of an office in Berlin that works Monday to Friday, 9 to 5, with the open minutes it recorded.</summary>
internal static class OfficeLog
{
    public static ServiceCalendar Calendar { get; } = new()
    {
        TimeZone = "Europe/Berlin",
        Weekly = Enumerable.Range(1, 5).Aggregate(
            System.Collections.Immutable.ImmutableSortedDictionary<IsoDayOfWeek, System.Collections.Immutable.ImmutableArray<OpenHours>>.Empty,
            (week, day) => week.Add((IsoDayOfWeek)day, [OpenHours.Parse("09:00-17:00")])),
    };

    /// <param name="first">Instant before which nothing happens.</param>
    public static string Csv(int cases, int seed, Instant? first = null)
    {
        var chance = new Random(seed);
        var office = CompiledCalendar.Compile(Calendar);
        var start = first ?? Instant.FromUtc(2025, 1, 6, 0, 0);
        var text = new StringBuilder("number,opened_at,resolved_at,priority,minutes,made_sla\n");
        for (var i = 0; i < cases; i++)
        {
            var opened = start + Duration.FromMinutes(chance.Next(0, 365 * 24 * 60));
            var resolved = opened + Duration.FromMinutes(chance.Next(5, chance.Next(2) == 0 ? 24 * 60 : 6 * 24 * 60));
            var minutes = office.Elapsed(opened, resolved).TotalMinutes;
            text.AppendLine(CultureInfo.InvariantCulture, $"T{i:0000},{opened},{resolved},P{1 + (i % 3)},{minutes},{(minutes <= 480 ? "true" : "false")}");
        }

        return text.ToString();
    }
}
