using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Discovery;
using NodaTime;

namespace Entente.ServiceTime.Tests.Discovery;

/// <summary>
/// A ticket log whose truth is known: a calendar, a clock, pauses and a threshold, and cases drawn by a seed.
/// </summary>
internal sealed class SyntheticLog(ServiceCalendar truth, int seed)
{
    private readonly Random _random = new(seed);
    private readonly CompiledCalendar _calendar = CompiledCalendar.Compile(truth);

    public Instant From { get; init; } = Instant.FromUtc(2023, 1, 9, 0, 0);

    public int Days { get; init; } = 330;

    public Duration Target { get; init; } = Duration.FromHours(16);

    public double MedianHours { get; init; } = 60;

    public bool Pauses { get; init; }

    /// <summary>Share of recorded outcomes that are wrong.</summary>
    public double Noise { get; init; }

    /// <summary>Stamps are cut to this many seconds.</summary>
    public int Precision { get; init; } = 60;

    public DateTimeZone LogZone { get; init; } = DateTimeZone.Utc;

    public static ServiceCalendar Office(string zone, string hours, string days = "1-5", params LocalDate[] holidays) =>
        new()
        {
            TimeZone = zone,
            Weekly = Enumerable.Range(days[0] - '0', days[2] - days[0] + 1).ToImmutableSortedDictionary(
            day => (IsoDayOfWeek)day, _ => hours.Split(',').Select(OpenHours.Parse).ToImmutableArray()),
            Holidays = [.. holidays.Select(date => new Holiday(DateSpan.On(date)))],
        };

    public CaseGroup Cases(int count) => new("all", [.. Enumerable.Range(0, count).Select(Case)],
        ["opened", "assigned", "resolved", "closed"], LogZone);

    private ObservedCase Case(int number)
    {
        var opened = Cut(From + Duration.FromSeconds(_random.NextDouble() * Days * 86_400));
        var assigned = Cut(opened + Duration.FromMinutes(1 + (_random.NextDouble() * 240)));
        var resolved = Cut(assigned + Duration.FromHours(MedianHours * Math.Exp(1.2 * Normal())));
        var closed = Cut(resolved + Duration.FromHours(1 + (_random.NextDouble() * 120)));
        List<(Instant, string)> states = [(opened, "New"), (assigned, "Active")];
        var open = _calendar.Elapsed(opened, resolved);
        if (Pauses && _random.NextDouble() < 0.6)
        {
            var length = resolved - assigned;
            var from = Cut(assigned + (length * (_random.NextDouble() * 0.4)));
            var to = Cut(from + (length * (0.1 + (_random.NextDouble() * 0.4))));
            states.AddRange([(from, "On Hold"), (to, "Active")]);
            open -= _calendar.Elapsed(from, to);
        }

        states.AddRange([(resolved, "Resolved"), (closed, "Closed")]);
        var wrong = _random.NextDouble() < Noise;
        return new($"CASE{number:D6}", new Dictionary<string, Instant>
        {
            ["opened"] = opened,
            ["assigned"] = assigned,
            ["resolved"] = resolved,
            ["closed"] = closed,
        }, states)
        {
            Verdict = (open <= Target) != wrong,
            Recorded = (decimal)(open + (wrong ? Duration.FromHours(3.3) : Duration.Zero)).TotalSeconds,
        };
    }

    private Instant Cut(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / Precision * Precision);

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
