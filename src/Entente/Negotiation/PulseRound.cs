using System.Globalization;

namespace Entente.Negotiation;

/// <summary>How one side found mood and trust in one round: the means of what its people said.</summary>
public sealed record PulseRound(int Round, double Mood, double Trust)
{
    private const double Steady = 0.25;

    /// <summary>The rounds in which anybody of a side said something.</summary>
    public static IReadOnlyList<PulseRound> Of(IEnumerable<Pulse> pulses, Side side) =>
        [.. pulses.Where(pulse => pulse.Seat == side.Seat).GroupBy(pulse => pulse.Round).OrderBy(round => round.Key)
            .Select(round => new PulseRound(round.Key, round.Average(one => one.Mood), round.Average(one => one.Trust)))];

    /// <summary>Where mood and trust went: "Mood rose from 2.0 to 4.0, trust held at 3.0, from round 1 to 3."</summary>
    public static string Words(IReadOnlyList<PulseRound> rounds) => rounds switch
    {
        [] => "Not said yet.",
        [var only] => string.Create(CultureInfo.InvariantCulture,
            $"Mood {only.Mood:0.0} and trust {only.Trust:0.0} of 5, in round {only.Round}."),
        [var first, .., var last] => $"Mood {Moved(first.Mood, last.Mood)}, trust {Moved(first.Trust, last.Trust)}, "
            + $"from round {first.Round} to {last.Round}.",
    };

    private static string Moved(double from, double to) => Math.Abs(to - from) < Steady ? $"held at {Text(to)}"
        : $"{(to > from ? "rose" : "fell")} from {Text(from)} to {Text(to)}";

    private static string Text(double mean) => mean.ToString("0.0", CultureInfo.InvariantCulture);
}
