using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>What makes clock definitions unusable, each with the place and what was expected there.</summary>
public static class ClockRules
{
    private static readonly Instant Reference = Instant.FromUtc(2020, 1, 1, 0, 0);

    public static IReadOnlyList<ClockProblem> Check(ClockBook book) => [.. book.Versions.SelectMany(Version)];

    private static IEnumerable<ClockProblem> Version(ClockVersion version)
    {
        if (version.Clocks.IsEmpty) yield return new("clocks", "clock.none", "A version needs a clock.");
        foreach (var twice in version.Clocks.GroupBy(c => c.Name).Where(g => g.Count() > 1))
            yield return new($"clocks.{twice.Key}", "clock.twice", "Two clocks have this name.");
        foreach (var clock in version.Clocks)
            foreach (var problem in Clock(clock, version)) yield return problem;
    }

    private static IEnumerable<ClockProblem> Clock(ClockDefinition clock, ClockVersion version)
    {
        var path = $"clocks.{clock.Name}";
        if (clock.Start is null && clock.Each is null)
            yield return new($"{path}.start", "clock.start",
                "A clock needs a start: an event, or a condition on fields.");
        if (clock.Pause is { IsMomentary: true } && clock.Resume is null)
            yield return new($"{path}.resume", "clock.resume",
                "A pause that begins with an event needs a resume that ends it.");
        if (clock.Pause is null && clock.Resume is not null)
            yield return new($"{path}.pause", "clock.pause", "A resume needs a pause.");
        if (clock.Reopen.Policy == ReopenPolicy.Grace != clock.Reopen.Grace is not null)
            yield return new($"{path}.reopen", "clock.grace", "The grace policy needs its time, and only it has one.");
        if (clock.Target is not { } target) yield break;
        foreach (var length in target.All.Distinct())
        {
            if (length < Duration.Zero)
                yield return new($"{path}.target", "clock.target", "A target is zero or more.");
            else if (clock.Calendar.Due(From(version), length) is null)
                yield return new($"{path}.target", "clock.unreachable",
                    "No open time of the calendar ever adds up to the target.");
        }
    }

    private static Instant From(ClockVersion version) => Instant.Max(version.EffectiveFrom, Reference);
}
