namespace Entente.Bargaining.Solutions;

/// <summary>How far a computation may go; the engine has no clock, so a deadline comes in as a question.</summary>
public sealed record Limits
{
    public static Limits None { get; } = new();

    /// <summary>Ends a search after about this many thousand nodes, the same each time: for offers that need to be
    /// good, not proved.</summary>
    public static Limits Patient(int thousands)
    {
        var asked = 0;
        return new Limits { Stop = () => ++asked > thousands / 4 };
    }

    /// <summary>Asked now and then: true ends the run with the best found and its bound.</summary>
    public Func<bool> Stop { get; init; } = () => false;

    /// <summary>The largest frontier that is kept exactly; above it points are thinned and the bound says by how
    /// much.</summary>
    public int FrontierPointsMax { get; init; } = 1_000_000;

    /// <summary>How many joint options of issues tied by constraints and interactions are listed; what ties more is
    /// cut, and checked in the search. No answer depends on it.</summary>
    public int JointOptionsMax { get; init; } = 1 << 12;
}
