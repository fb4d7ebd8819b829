using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>How one clock would stand under other definitions or calendars; the record stays as it is.</summary>
/// <param name="Case">The case.</param>
/// <param name="Before">As it stands; null when only the other definitions have this clock and cycle.</param>
/// <param name="After">As it would stand; null when the other definitions do not have it.</param>
public sealed record ClockMove(string Case, ClockReading? Before, ClockReading? After)
{
    /// <summary>Whether anything a person was promised would differ.</summary>
    public bool Matters => Before is null || After is null || Before.Due != After.Due || Before.State != After.State
        || Before.IsBreached != After.IsBreached || Before.Elapsed != After.Elapsed || Before.Target != After.Target;
}

/// <summary>
/// Replays cases under two sets of definitions and compares: for edits, and for calendar imports before approval.
/// </summary>
public static class WhatIf
{
    public static IEnumerable<ClockMove> Compare(
        ClockBook before, ClockBook after, string caseId, IReadOnlyList<CaseEvent> events, Instant now)
    {
        var old = CaseClocks.Replay(before, events, now);
        var next = CaseClocks.Replay(after, events, now).ToLookup(Key);
        foreach (var reading in old) yield return new(caseId, reading, next[Key(reading)].FirstOrDefault());
        var known = old.Select(Key).ToHashSet();
        foreach (var added in next.Where(g => !known.Contains(g.Key))) yield return new(caseId, null, added.First());
    }

    /// <summary>A hop is told from another to the same team by its start.</summary>
    private static (string Clock, string? Hop, int Cycle, Instant? HopStart) Key(ClockReading reading) =>
        (reading.Clock, reading.Hop, reading.Cycle, reading.Hop is null ? null : reading.StartedAt);
}
