using Entente.ServiceTime.Accounting;

namespace Entente.ServiceTime.Objectives;

/// <summary>What was attained, exactly, and what it is made of.</summary>
/// <remarks>
/// <see cref="Attained"/> is over what is known. Unknown is neither good nor bad: <see cref="Worst"/> takes all of it
/// as
/// bad and <see cref="Best"/> as good, and a verdict is certain when both agree.
/// </remarks>
public sealed record Attainment
{
    /// <summary>What the four amounts are counted in: seconds, slices, events, tickets, answers.</summary>
    public required string Unit { get; init; }

    /// <summary>None when nothing is known.</summary>
    public Fraction? Attained { get; init; }

    public Fraction Good { get; init; }

    public Fraction Total { get; init; }

    public Fraction Unknown { get; init; }

    public Fraction Excluded { get; init; }

    /// <summary>Seconds of the counted time that were measured, and how many there are.</summary>
    public long Measured { get; init; }

    public long Expected { get; init; }

    public Fraction? Worst { get; init; }

    public Fraction? Best { get; init; }

    /// <summary>False when good over total is not what was attained, as with the mean of slices or of scores.</summary>
    public bool IsGoodOverTotal { get; init; } = true;

    public Fraction? Coverage => Expected == 0 ? null : new Fraction(Measured, Expected);

    /// <summary>With what follows from good, total and unknown.</summary>
    public Attainment Bounded() => this with
    {
        Attained = Attained ?? (Total > Fraction.Zero ? Good / Total : null),
        Worst = Total + Unknown > Fraction.Zero ? Good / (Total + Unknown) : null,
        Best = Total + Unknown > Fraction.Zero ? (Good + Unknown) / (Total + Unknown) : null,
    };
}

/// <summary>How time or events are summed up, as OpenSLO names it.</summary>
public enum Budgeting { Occurrences, Timeslices, RatioTimeslices }

/// <param name="Length">Seconds of a slice; slices are aligned to the epoch.</param>
/// <param name="Target">From which share of good a slice is good.</param>
public sealed record Slices(Budgeting Method, long Length, Fraction Target);
