using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Discovery;
using NodaTime;

namespace Entente.ServiceTime.Tests.Discovery;

/// <summary>
/// What the tests of discovery share: the seed, the question, and how far a finding is from the truth.
/// </summary>
internal static class Finding
{
    public static LocalDate[] Holidays { get; } = [new(2023, 4, 7), new(2023, 5, 1), new(2023, 10, 3),
        new(2023, 11, 1)];

    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var seed) ? seed
        : 20_240_301;

    public static string Told(Discovered found) =>
        $"seed={Seed} {found.Explained}/{found.Cases} held={found.HeldOutAccuracy:F4} {found.Start}..{found.Stop} "
            + $"{found.Target} "
        + $"[{string.Join(",", found.Pauses)}] {found.Calendar?.TimeZone} {found.Calendar?.AlwaysOpen} "
        + string.Join("; ", found.Calendar?.Weekly.Select(day =>
            $"{day.Key.ToString()[..2]} {string.Join(",", day.Value)}") ?? [])
        + $" closed={string.Join(",", found.Calendar?.Holidays.Select(day => ((DateSpan.Once)day.When).First) ?? [])} "
        + string.Join(" ", found.Notes);

    public static Discovered Verdicts(CaseGroup cases) => new ServiceTime.Discovery.Discovery().Verdicts(cases);

    public static Discovered Durations(CaseGroup cases) => new ServiceTime.Discovery.Discovery().Durations(cases);

    /// <summary>Open time that two calendars give differently, as a share of what the true one opens.</summary>
    public static double Difference(ServiceCalendar found, ServiceCalendar truth)
    {
        var (one, other) = (CompiledCalendar.Compile(found), CompiledCalendar.Compile(truth));
        var (from, to) = (Instant.FromUtc(2023, 1, 9, 0, 0), Instant.FromUtc(2023, 12, 4, 0, 0));
        var (different, open) = (0, 0);
        for (var at = from; at < to; at += Duration.FromMinutes(5))
        {
            if (other.IsOpen(at)) open++;
            if (one.IsOpen(at) != other.IsOpen(at)) different++;
        }

        return (double)different / open;
    }
}
