using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Entente.Formats.Histories;

/// <summary>A file as a user would bring it in.</summary>
public sealed record SimulatedFile(string Name, byte[] Bytes);

/// <summary>Writes a seeded, invented history: tickets, outages of components, and traffic with days, weeks, seasons and bad days.</summary>
/// <remarks>The same seed and span write the same bytes. The files are in the formats that the product reads from anybody.</remarks>
public sealed class HistorySimulator(int seed, Instant from, Instant to)
{
    private const int BucketMinutes = 60;
    private readonly Random _random = new(seed);

    /// <summary>Incidents of the named components as a status page publishes them, in JSON Lines.</summary>
    public SimulatedFile Incidents(string name, IReadOnlyList<string> components)
    {
        var lines = new StringBuilder();
        var number = 0;
        for (var at = from + Hours(Exponential(60)); at < to; at += Hours(Exponential(70)))
        {
            var impact = _random.NextDouble() switch { < 0.70 => "minor", < 0.96 => "major", _ => "critical" };
            var length = Duration.FromMinutes(Math.Round(4 + Exponential(impact == "minor" ? 55 : 35)));
            if (at + length >= to) break;
            var hit = components.Where(_ => _random.NextDouble() < 1.4 / components.Count).DefaultIfEmpty(components[_random.Next(components.Count)]);
            lines.AppendLine(JsonSerializer.Serialize(new
            {
                id = $"SIM-{++number:0000}",
                title = $"Simulated {impact} incident",
                started_at = $"{at}",
                resolved_at = $"{at + length}",
                impact,
                components = hit.ToArray(),
            }));
        }

        return new(name, Encoding.UTF8.GetBytes(lines.ToString()));
    }

    /// <summary>Tickets with their clocks: opened by day and week, answered by people who sleep, waiting for users now and then.</summary>
    public SimulatedFile Tickets(string name, DateTimeZone zone, double perDay)
    {
        var lines = new StringBuilder("id,opened_at,responded_at,resolved_at,priority,pauses\n");
        var number = 0;
        for (var at = from; at < to; at += Hours(Exponential(24 / perDay) / Busy(at, zone)))
        {
            var priority = _random.NextDouble() switch { < 0.02 => "1 - Critical", < 0.06 => "2 - High", < 0.9 => "3 - Moderate", _ => "4 - Low" };
            var haste = priority[0] switch { '1' => 0.25, '2' => 0.6, '3' => 2.5, _ => 5.0 };
            var badDay = BadDay(at) ? 3 : 1;
            var responded = at + Hours(0.1 + Exponential(0.4 * haste * badDay) / Busy(at, zone) * 0.3);
            var resolved = responded + Hours(0.3 + Exponential(4 * haste * badDay));
            var pause = _random.NextDouble() < 0.2 ? Hours(Exponential(6)) : Duration.Zero;
            var waits = pause == Duration.Zero ? "" : $"{Text(responded)}/{Text(responded + pause)}";
            resolved += pause;
            lines.Append(CultureInfo.InvariantCulture,
                $"SIM{++number:000000},{Text(at)},{(responded < to ? Text(responded) : "")},{(resolved < to ? Text(resolved) : "")},{priority},{waits}\n");
        }

        return new(name, Encoding.UTF8.GetBytes(lines.ToString()));
    }

    /// <summary>Hourly counts of requests and of those that were good.</summary>
    public SimulatedFile Traffic(string name, string series, DateTimeZone zone, int perHour)
    {
        var lines = new StringBuilder("series,start,length,good,total\n");
        for (var at = from; at < to; at += Duration.FromMinutes(BucketMinutes))
        {
            var total = (long)(perHour * Busy(at, zone) * Season(at, zone) * (0.9 + 0.2 * _random.NextDouble()));
            var share = BadDay(at) ? 0.004 * _random.NextDouble() : 0.0006 * _random.NextDouble();
            lines.Append(CultureInfo.InvariantCulture, $"{series},{Text(at)},{BucketMinutes * 60},{total - (long)(total * share)},{total}\n");
        }

        return new(name, Encoding.UTF8.GetBytes(lines.ToString()));
    }

    /// <summary>How busy an hour is against the mean: nights and weekends are quiet.</summary>
    private static double Busy(Instant at, DateTimeZone zone)
    {
        var local = at.InZone(zone);
        var day = local.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday ? 0.25 : 1.0;
        return day * (0.15 + 1.7 * Math.Max(0, Math.Sin(Math.PI * (local.Hour - 6) / 14.0)));
    }

    private static double Season(Instant at, DateTimeZone zone) => 1 + 0.35 * Math.Sin(2 * Math.PI * (at.InZone(zone).DayOfYear - 240) / 365.0);

    /// <summary>About one day in twenty is bad, the same for everything that is simulated.</summary>
    private bool BadDay(Instant at) => unchecked((uint)((at.ToUnixTimeSeconds() / 86_400 * 2_654_435_761L) ^ seed)) % 20 == 0;

    private double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    private static Duration Hours(double hours) => Duration.FromSeconds(Math.Round(hours * 3600));

    private static string Text(Instant at) => at.ToString("uuuu-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
