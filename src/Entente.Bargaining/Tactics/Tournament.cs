using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Protocols;
using Entente.Bargaining.Solutions;

namespace Entente.Bargaining.Tactics;

/// <summary>The tactics by name, for commands and rehearsals.</summary>
public static class Tactics
{
    public static IReadOnlyList<string> Names { get; } = [
        "boulware", "linear", "conceder", "tit-for-tat", "micro", "logroller", "bayesian-logroller", "fair", "erratic"];

    public static Tactic Create(string name, Space space, Preference own, int seat, int seed) => name switch
    {
        "boulware" => new TimeDependent(space, own, seat, 0.2, seed),
        "linear" => new TimeDependent(space, own, seat, 1, seed),
        "conceder" => new TimeDependent(space, own, seat, 3, seed),
        "tit-for-tat" => new TitForTat(space, own, seat, new FrequencyModel(space)),
        "micro" => new Micro(space, own, seat, seed),
        "logroller" => new Logroller(space, own, seat, new FrequencyModel(space)),
        "bayesian-logroller" => new Logroller(space, own, seat, new BayesianModel(space)),
        "fair" => new Fair(space, own, seat, new FrequencyModel(space)),
        "erratic" => new Erratic(space, own, seat, seed),
        _ => throw new BargainException("bargain.tactic", "tactic",
            $"There is no tactic '{name}'; there are {string.Join(", ", Names)}."),
    };
}

/// <summary>How a simulated negotiation went.</summary>
/// <param name="Agreement">Null when none was reached.</param>
/// <param name="Utilities">At the agreement, else the disagreement.</param>
/// <param name="Discounted">The same after the time it took: the whole time allowed is one unit of each party's
/// discount.</param>
/// <param name="IsStopped">Whether the run was ended before the deadline.</param>
public sealed record Run(
    IReadOnlyList<string> Tactics, int Seed, Package? Agreement, IReadOnlyList<double> Utilities,
    IReadOnlyList<double> Discounted, int Rounds, IReadOnlyList<Move> History, bool IsStopped);

/// <summary>Lets simulated parties negotiate; the same seed gives the same run.</summary>
public static class Simulation
{
    /// <param name="stop">Asked before each move: true ends the run without an agreement.</param>
    public static Run Play(Bargain bargain, IReadOnlyList<string> tactics, int seed, int roundsMax = 100,
        Func<bool>? stop = null)
    {
        if (tactics.Count != bargain.Parties.Count)
            throw new BargainException("bargain.tactics", "tactics",
                $"Expected a tactic for each of the {bargain.Parties.Count} parties.");
        Tactic[] players =
            [.. tactics.Select((name, p) => Tactics.Create(name, bargain.Space, bargain.Parties[p], p, seed))];
        AlternatingOffers table = AlternatingOffers.Start(players.Length, new Deadline(roundsMax));
        while (table is AlternatingOffers.Open open)
        {
            var time = Time(open);
            if (open.Deadline.HasPassed(open.Round, time)) break;
            if (stop?.Invoke() == true) return Ended(stopped: true);
            var move = players[open.Turn].Move(open, time);
            table = open.After(move, time).Get();
            if (move is Move.Offer offer)
                foreach (var other in players.Where((_, p) => p != offer.Party)) other.Hear(offer);
        }

        return Ended(stopped: false);

        double Time(AlternatingOffers at) => at.History.Count / (double)(roundsMax * players.Length);
        Run Ended(bool stopped)
        {
            var agreed = (table as AlternatingOffers.Agreed)?.Package;
            var utilities = agreed is null ? bargain.Disagreement : bargain.Utilities(agreed);
            return new Run(tactics, seed, agreed, utilities,
                [.. utilities.Select((u, p) => bargain.Parties[p].AfterTime(u, Time(table)))],
                table.History.Count / players.Length, table.History, stopped);
        }
    }
}

/// <summary>What one tactic reached on average over all its seats and runs.</summary>
/// <param name="Utility">Mean utility, the disagreement where there was no agreement.</param>
/// <param name="Discounted">Mean utility after the time it took, for profiles with a discount.</param>
/// <param name="AgreementRate">Share of its runs that ended in agreement.</param>
/// <param name="ParetoDistance">Mean distance of agreements to the frontier.</param>
/// <param name="NashDistance">Mean distance of agreements to the Nash point.</param>
/// <param name="Welfare">Mean sum of utilities of all parties.</param>
/// <param name="Fairness">Mean of 1 − Gini of the shares of possible gain, over agreements.</param>
public sealed record Standing(
    string Tactic, int Runs, double Utility, double Discounted, double AgreementRate, double ParetoDistance, double NashDistance,
        double Welfare, double Fairness);

/// <summary>Every tactic against every tactic, on every bargain, in every seat.</summary>
public static class Tournament
{
    public static IReadOnlyList<Standing> Play(
        IReadOnlyList<Bargain> bargains, IReadOnlyList<string> tactics, int seed, int roundsMax = 100, int repeats = 1,
            Limits? limits = null)
    {
        var within = limits ?? Limits.None;
        var scores = tactics.ToDictionary(name => name, _ => new List<Score>());
        foreach (var bargain in bargains)
        {
            var (frontier, solutions) = Solver.SolveAll(bargain, within);
            foreach (var seats in Seats(tactics, bargain.Parties.Count))
                for (var repeat = 0; repeat < repeats && !within.Stop(); repeat++)
                {
                    var run = Simulation.Play(bargain, seats, seed + repeat, roundsMax, within.Stop);
                    if (!run.IsStopped) Add(scores, bargain, frontier, solutions, run);
                }
        }

        return [.. scores.Where(pair => pair.Value.Count > 0).Select(pair => Stand(pair.Key, pair.Value))
            .OrderByDescending(s => s.Utility).ThenBy(s => s.Tactic)];
    }

    private sealed record Score(double Utility, double Discounted, double Welfare, bool Agreed, DealMeasures? Deal);

    private static void Add(Dictionary<string, List<Score>> scores, Bargain bargain, Frontier frontier,
        SolutionSet solutions, Run run)
    {
        var deal = run.Agreement is { } agreed && solutions.HasContractZone
            ? Measures.Of(bargain, agreed, frontier, solutions) : null;
        for (var p = 0; p < run.Tactics.Count; p++)
            scores[run.Tactics[p]].Add(new Score(
                run.Utilities[p], run.Discounted[p], run.Utilities.Sum(), run.Agreement is not null, deal));
    }

    private static Standing Stand(string tactic, List<Score> scores)
    {
        var deals = scores.Select(s => s.Deal).OfType<DealMeasures>().ToList();
        double Mean(Func<DealMeasures, double> of) => deals.Count == 0 ? 0 : deals.Average(of);
        return new Standing(tactic, scores.Count, scores.Average(s => s.Utility),
            scores.Average(s => s.Discounted), scores.Count(s => s.Agreed) / (double)scores.Count,
            Mean(d => d.FrontierDistance), Mean(d => d.NashDistance), scores.Average(s => s.Welfare),
                Mean(d => 1 - d.Gini));
    }

    /// <summary>Every assignment of tactics to two seats; with more parties, each tactic among copies of each other
    /// one.</summary>
    private static IEnumerable<string[]> Seats(IReadOnlyList<string> tactics, int parties)
    {
        foreach (var a in tactics)
            foreach (var b in tactics)
                if (parties == 2 || a != b) yield return [a, .. Enumerable.Repeat(b, parties - 1)];
                else yield return [.. Enumerable.Repeat(a, parties)];
    }
}
