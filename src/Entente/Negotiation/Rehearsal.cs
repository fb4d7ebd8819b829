using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Protocols;
using Entente.Bargaining.Solutions;
using Entente.Bargaining.Tactics;

namespace Entente.Negotiation;

/// <summary>A practice table: the same scenario, tactic, seed and moves always give the same run, so nothing needs to
/// be kept.</summary>
/// <param name="Tactic">How the simulated counterpart behaves: one of <see cref="Rehearsals.Characters"/>.</param>
/// <param name="Moves">What the person did so far: packages as options by issue, and last perhaps an
/// acceptance.</param>
public sealed record Rehearsal(string Scenario, Side Side, string Tactic, int Seed, IReadOnlyList<RehearsalMove> Moves);

/// <param name="Offer">One option for each term; none accepts what is on the table.</param>
/// <param name="Leave">Walks away instead.</param>
public sealed record RehearsalMove(IReadOnlyDictionary<string, string>? Offer = null, bool Leave = false);

/// <summary>One move as it was made.</summary>
public sealed record RehearsedMove(bool Mine, string Kind, IReadOnlyDictionary<string, string>? Package,
    double? MyPoints);

/// <param name="Points">What the person's deal is worth to them, of 100.</param>
/// <param name="LeftOnTable">How many more points there were without taking any from the counterpart.</param>
/// <param name="JointShare">The product of both gains as a share of the best there was.</param>
/// <param name="Unreturned">Own moves that gave points away while the counterpart's last move had given none.</param>
public sealed record Debrief(
    bool Agreed, double Points, double CounterpartPoints, double LeftOnTable, double JointShare, int Unreturned,
    IReadOnlyDictionary<string, string>? Better, string Advice);

/// <summary>How a practice table stands.</summary>
/// <param name="OnTheTable">The counterpart's newest package.</param>
public sealed record RehearsalState(
    RehearsalScenario Scenario, bool IsOver, int Round, int RoundsMost, IReadOnlyList<RehearsedMove> Moves,
    IReadOnlyDictionary<string, string>? OnTheTable, Debrief? Debrief);

/// <summary>Plays practice tables against simulated counterparts, and says what could have gone better.</summary>
public static class Rehearsals
{
    private const int RoundsMost = 12;

    /// <summary>Characters by the name people know, and the tactic behind each.</summary>
    public static IReadOnlyDictionary<string, string> Characters { get; } = new Dictionary<string, string>
    {
        ["tough"] = "boulware",
        ["conceding"] = "conceder",
        ["tit-for-tat"] = "tit-for-tat",
        ["fair"] = "fair",
        ["erratic"] = "erratic",
    };

    public static Decision<RehearsalState> Play(Rehearsal rehearsal)
    {
        if (RehearsalScenario.All.FirstOrDefault(one => one.Key == rehearsal.Scenario) is not { } scenario)
            return new Refusal("rehearsal.scenario", $"There is no scenario '{rehearsal.Scenario}'.");
        if (!Characters.TryGetValue(rehearsal.Tactic, out var tactic))
            return new Refusal("rehearsal.tactic", $"There is no counterpart '{rehearsal.Tactic}'.");
        var bargain = scenario.Bargain();
        var (me, other) = rehearsal.Side is Side.Provider ? (0, 1) : (1, 0);
        var counterpart = Tactics.Create(tactic, bargain.Space, bargain.Parties[other], other, rehearsal.Seed);
        AlternatingOffers table = AlternatingOffers.Start(2, new Deadline(RoundsMost));
        if (me == 1) table = Answer(table, counterpart, other);
        foreach (var move in rehearsal.Moves)
        {
            if (table is not AlternatingOffers.Open) return new Refusal(
                "rehearsal.over", "This practice table is over.");
            if (Read(bargain.Space, move, me) is not { } read)
                return new Refusal("rehearsal.package", "A package names one option of each term of the scenario.");
            var step = table.After(read, Time(table));
            if (step.Refusal is { } refusal) return new Refusal("rehearsal.move", refusal.Message);
            table = step.Get();
            if (read is Move.Offer offer) counterpart.Hear(offer);
            if (table is AlternatingOffers.Open) table = Answer(table, counterpart, other);
        }

        return Show(scenario, bargain, table, me);
    }

    private static AlternatingOffers Answer(AlternatingOffers table, Tactic counterpart, int other) =>
        table is AlternatingOffers.Open open && open.Turn == other
            ? open.After(counterpart.Move(open, Time(open)), Time(open)).Get() : table;

    private static double Time(AlternatingOffers table) => table.History.Count / (2.0 * RoundsMost);

    private static Move? Read(Space space, RehearsalMove move, int me)
    {
        if (move.Leave) return new Move.WalkAway(me);
        if (move.Offer is not { } values) return new Move.Accept(me);
        return Package(space, values) is { } package ? new Move.Offer(me, package) : null;
    }

    /// <summary>The package of some options by issue; none when one is missing or unknown.</summary>
    internal static Package? Package(Space space, IReadOnlyDictionary<string, string> values)
    {
        var package = new int[space.Issues.Count];
        for (var i = 0; i < package.Length; i++)
        {
            package[i] = values.TryGetValue(space.Issues[i].Name, out var value) ? space.Issues[i].IndexOf(value) : -1;
            if (package[i] < 0) return null;
        }

        return new Package(package);
    }

    private static RehearsalState Show(RehearsalScenario scenario, Bargain bargain, AlternatingOffers table, int me)
    {
        var moves = table.History.Select(move => new RehearsedMove(
            move.Party == me, move switch { Move.Offer => "offer", Move.Accept => "accept", _ => "leave" },
            move is Move.Offer { Packages: [var first, ..] } ? bargain.Space.Describe(first) : null,
            move is Move.Offer { Packages: [var package, ..] } ? Points(bargain, me, package) : null)).ToList();
        var standing = (table as AlternatingOffers.Open)?.OnTheTable is { } offer && offer.Party != me
            ? bargain.Space.Describe(offer.Packages[0]) : null;
        var round = table.History.Count / 2;
        var over = table is not AlternatingOffers.Open || round >= RoundsMost;
        return new RehearsalState(scenario, over, round, RoundsMost, moves, standing, over
            ? Judge(bargain, table, me, moves) : null);
    }

    private static Debrief Judge(Bargain bargain, AlternatingOffers table, int me, IReadOnlyList<RehearsedMove> moves)
    {
        var unreturned = Unreturned(bargain, table, me);
        if (table is not AlternatingOffers.Agreed { Package: var deal })
        {
            return new Debrief(
                false, 0, 0, 0, 0, unreturned, Solver.Find(bargain, Fairness.Nash)?.Package is { } missed
                    ? bargain.Space.Describe(missed) : null,
                "You left without a deal although packages existed that were better for both. Offer several packages "
                    + "of equal worth to you, and watch which one they come nearer to.");
        }

        var better = Efficiency.Improve(bargain.From(deal), deal);
        var mine = better is null ? 0 : Points(bargain, me, better.Package) - Points(bargain, me, deal);
        var nash = Solver.Find(bargain, Fairness.Nash);
        var utilities = bargain.Utilities(deal);
        var product = (utilities[0] - bargain.Disagreement[0]) * (utilities[1] - bargain.Disagreement[1]);
        var share = nash is { Value: > 0 } best ? Math.Max(0, product) / best.Value : 1;
        return new Debrief(
            true, Points(bargain, me, deal), Points(bargain, 1 - me, deal), Math.Round(mine, 1), Math.Round(share, 3),
                unreturned,
            better is null ? null : bargain.Space.Describe(better.Package), Advice(mine, share, unreturned, moves));
    }

    private static string Advice(double left, double share, int unreturned, IReadOnlyList<RehearsedMove> moves) =>
        (left, share, unreturned) switch
        {
            ( > 5, _, _) => "You left points on the table that cost the counterpart nothing: before accepting, trade a "
                + "term you hold dear for one that they do.",
            (_, < 0.8, _) => "The deal was lopsided or thin: look for terms that you two rank in opposite order, and "
                + "change two at once.",
            (_, _, > 2) => "You gave several times without getting anything back: tie each concession to one of theirs (if "
                + "you take …, I take …).",
            _ when moves.Count(move => move.Mine && move.Kind == "offer") <= 1 =>
                "You settled at once. One round of packages of equal worth would have told you more about what they want.",
            _ => "Well done: little was left on the table. Try a tougher counterpart.",
        };

    /// <summary>Own offers that gave points away right after the counterpart had given none.</summary>
    private static int Unreturned(Bargain bargain, AlternatingOffers table, int me)
    {
        var (count, mine, theirs, given) = (0, (double?)null, (double?)null, true);
        foreach (var move in table.History.OfType<Move.Offer>())
        {
            var points = Points(bargain, me, move.Packages[0]);
            if (move.Party != me)
            {
                given = theirs is null || points > theirs + 0.5;
                theirs = points;
                continue;
            }

            if (mine is { } before && points < before - 0.5 && !given) count++;
            mine = points;
        }

        return count;
    }

    private static double Points(Bargain bargain, int party, Package package)
    {
        var preference = bargain.Parties[party];
        var (least, most) = (preference.Worth.Sum(row => row.Min()), preference.Worth.Sum(row => row.Max()));
        return Math.Round(100 * (preference.Utility(package) - least) / (most - least), 1);
    }
}
