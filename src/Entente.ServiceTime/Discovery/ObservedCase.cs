using NodaTime;

namespace Entente.ServiceTime.Discovery;

/// <summary>What a log remembers of one case, as far as it can tell how its clock ran.</summary>
/// <param name="Id">Only its hash decides whether the case is held out.</param>
/// <param name="Moments">Every instant that may have started or stopped the clock, by name.</param>
/// <param name="States">The states entered, earliest first; each may have paused the clock.</param>
public sealed record ObservedCase(
    string Id, IReadOnlyDictionary<string, Instant> Moments, IReadOnlyList<(Instant At, string State)> States)
{
    /// <summary>The recorded verdict as written; whether true means kept or breached is found out.</summary>
    public bool? Verdict { get; init; }

    /// <summary>The recorded open time: seconds where the unit is known, else a bare number.</summary>
    public decimal? Recorded { get; init; }
}

/// <summary>One group of cases that may share a calendar, a clock and a threshold.</summary>
/// <param name="Name">The value of the dividing column.</param>
/// <param name="Cases">Its cases, with or without something recorded.</param>
/// <param name="Moments">Names of moments, the plainest first: of two that explain alike the earlier is taken.</param>
/// <param name="LogZone">The zone the log was read in, which is the first guess for the calendar's.</param>
/// <param name="SecondsKnown">Whether recorded durations are seconds; else their unit is found out.</param>
public sealed record CaseGroup(
    string Name, IReadOnlyList<ObservedCase> Cases, IReadOnlyList<string> Moments, DateTimeZone LogZone,
        bool SecondsKnown = false);
