using Entente.Bargaining.Solutions;
using Entente.Bargaining.Tactics;

namespace Entente.Formats.Bargaining;

/// <param name="Discounted">The utilities after the time it took, for parties with a discount.</param>
/// <param name="Measures">Null without an agreement, or without a contract zone.</param>
public sealed record SimulateAnswer(
    IReadOnlyList<string> Tactics, int Seed, int Rounds, PackageAnswer? Agreement, IReadOnlyList<double> Utilities,
        IReadOnlyList<double> Discounted, DealMeasures? Measures, bool Stopped, double Seconds);

/// <param name="Stopped">Whether the time was up before every pairing had played.</param>
public sealed record TournamentAnswer(int Seed, IReadOnlyList<Standing> Standings, bool Stopped, double Seconds);

/// <summary>Questions that simulated parties answer by negotiating.</summary>
public static class PlayQuestions
{
    private const int RoundsMost = 10_000;

    /// <param name="tactics">One for each party; null: boulware for all.</param>
    public static SimulateAnswer Simulate(BargainAsk ask, IReadOnlyList<string>? tactics, int? seed, int? rounds)
    {
        var (bargain, names) = (ask.Bargain, tactics ?? [.. ask.Bargain.Parties.Select(_ => "boulware")]);
        var run = Simulation.Play(bargain, names, seed ?? 1, Rounds(ask, rounds), ask.Limits.Stop);
        var measures = run.Agreement is { } deal ? Measured() : null;
        return new SimulateAnswer(names, run.Seed, run.Rounds,
            run.Agreement is null ? null : PackageAnswer.From(bargain, run.Agreement), run.Utilities, run.Discounted,
            measures, run.IsStopped, ask.Seconds);

        DealMeasures? Measured()
        {
            var (frontier, solutions) = Solver.SolveAll(bargain, ask.Limits);
            return solutions.HasContractZone ? Measures.Of(bargain, deal, frontier, solutions) : null;
        }
    }

    /// <param name="tactics">Null: all there are.</param>
    public static TournamentAnswer Tournament(
        BargainAsk ask, IReadOnlyList<string>? tactics, int? seed, int? rounds, int? repeats)
    {
        var standings = Entente.Bargaining.Tactics.Tournament.Play([ask.Bargain], tactics ?? Tactics.Names, seed ?? 1,
            Rounds(ask, rounds), ask.AtLeast(1, "repeats", repeats, 1), ask.Limits);
        return new TournamentAnswer(seed ?? 1, standings, ask.Limits.Stop(), ask.Seconds);
    }

    private static int Rounds(BargainAsk ask, int? rounds) => ask.AtLeast(1, "rounds", rounds, 100) is var given
        && given <= RoundsMost ? given : throw ask.Wrong("rounds", "number", $"Expected at most {RoundsMost} rounds.");
}
