using NodaTime;

namespace Entente.ServiceTime.Clocks;

/// <summary>What a stretch of a clock's life counted as.</summary>
public enum LedgerKind
{
    /// <summary>Ran in open time: the only kind that adds to the elapsed time.</summary>
    Open,

    /// <summary>Ran, but the calendar was closed.</summary>
    Closed,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>Stopped, before it was reopened.</summary>
    Stopped,
}

/// <summary>One stretch of a clock's life and why it counted as it did.</summary>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it.</param>
/// <param name="Kind">What it counted as.</param>
/// <param name="By">The event that began this step of the clock.</param>
/// <param name="Entry">The calendar entry that made it open or closed; null while stopped.</param>
/// <param name="Counted">What it added to the elapsed time.</param>
public sealed record ClockLedgerEntry(Instant Start, Instant End, LedgerKind Kind, string By, string? Entry,
    Duration Counted);

internal static class ClockLedger
{
    public static IReadOnlyList<ClockLedgerEntry> Of(Cycle cycle, Instant now)
    {
        var result = new List<ClockLedgerEntry>();
        for (var i = 0; i < cycle.Steps.Count; i++)
        {
            var (from, step, cause, clock) = cycle.Steps[i];
            var to = cycle.End(i, now);
            if (to <= from) continue;
            if (step is CycleStep.Running or CycleStep.Paused)
            {
                foreach (var s in clock.Definition.Calendar.Explain(from, to))
                    result.Add(new(s.Start, s.End, KindOf(step, s.IsOpen), cause.Label, s.Entry,
                        step == CycleStep.Running && s.IsOpen ? s.End - s.Start : Duration.Zero));
            }
            else result.Add(new(from, to, LedgerKind.Stopped, cause.Label, null, Duration.Zero));
        }

        return result;
    }

    private static LedgerKind KindOf(CycleStep step, bool isOpen) =>
        step == CycleStep.Paused ? LedgerKind.Paused : isOpen ? LedgerKind.Open : LedgerKind.Closed;
}
