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

/// <summary>How a practice table ended.</summary>
public enum RehearsalEnd { Agreed, YouLeft, TheyLeft, TimeUp }

/// <summary>A move that gave points away while the counterpart's last one had given none.</summary>
/// <param name="Round">The person's how manieth package it was.</param>
/// <param name="Given">What it gave up, term by term: "Support hours from 24x7 to Mon-Fri 9-17".</param>
/// <param name="Points">What that cost the person.</param>
public sealed record UnreturnedStep(int Round, string Given, double Points);

/// <param name="Points">What the person's deal is worth to them, of 100; without one, what no deal is worth.</param>
/// <param name="LeftOnTable">How many more points there were without taking any from the counterpart; without a deal, at the
/// best joint result.</param>
/// <param name="JointShare">The product of both gains as a share of the best there was.</param>
/// <param name="Unreturned">Where the person gave without return.</param>
/// <param name="Better">The package with those points; none where there is none.</param>
public sealed record Debrief(
    bool Agreed, RehearsalEnd End, double Points, double CounterpartPoints, double LeftOnTable, double JointShare,
    IReadOnlyList<UnreturnedStep> Unreturned, IReadOnlyDictionary<string, string>? Better, string Advice);

/// <summary>How a practice table stands.</summary>
/// <param name="Worth">What each option is worth to the person, by term, of 100 together.</param>
/// <param name="NoDealPoints">What it is worth to the person to leave without a deal.</param>
/// <param name="OnTheTable">The counterpart's newest package.</param>
public sealed record RehearsalState(
    RehearsalScenario Scenario, bool IsOver, int Round, int RoundsMost,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Worth, double NoDealPoints,
    IReadOnlyList<RehearsedMove> Moves, IReadOnlyDictionary<string, string>? OnTheTable, Debrief? Debrief);

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
        return new RehearsalState(scenario, over, round, RoundsMost, Worth(bargain, me), NoDeal(bargain, me), moves, standing,
            over ? Judge(bargain, table, me, moves) : null);
    }

    private static Debrief Judge(Bargain bargain, AlternatingOffers table, int me, IReadOnlyList<RehearsedMove> moves)
    {
        var (deal, none) = ((table as AlternatingOffers.Agreed)?.Package, NoDeal(bargain, me));
        var end = deal is not null ? RehearsalEnd.Agreed : table.History is not [.., Move.WalkAway leaves] ? RehearsalEnd.TimeUp
            : leaves.Party == me ? RehearsalEnd.YouLeft : RehearsalEnd.TheyLeft;
        var (mine, theirs) = deal is null ? (none, NoDeal(bargain, 1 - me)) : (Points(bargain, me, deal), Points(bargain, 1 - me, deal));
        var best = deal is null ? Solver.Find(bargain, Fairness.Nash)?.Package
            : All(bargain.Space).Where(package => bargain.Parties[1 - me].Utility(package) >= bargain.Parties[1 - me].Utility(deal) - 1e-9)
                .MaxBy(package => Points(bargain, me, package));
        var left = best is null ? 0 : Math.Max(0, Math.Round(Points(bargain, me, best) - mine, 1));
        var unreturned = Unreturned(bargain, table, me);
        var share = deal is null ? 0 : JointShare(bargain, deal);
        return new Debrief(deal is not null, end, mine, theirs, left, share, unreturned,
            left > 0 ? bargain.Space.Describe(best!) : null,
            deal is null ? Missed(end, none, moves) : Advice(mine - none, left, share, unreturned.Count, moves));
    }

    private static double JointShare(Bargain bargain, Package deal)
    {
        var utilities = bargain.Utilities(deal);
        double[] gains = [.. utilities.Zip(bargain.Disagreement, (got, without) => Math.Max(0, got - without))];
        return Solver.Find(bargain, Fairness.Nash) is { Value: > 0 } best ? Math.Round(gains[0] * gains[1] / best.Value, 3) : 1;
    }

    /// <summary>One thing to do better, where there was no deal.</summary>
    private static string Missed(RehearsalEnd end, double none, IReadOnlyList<RehearsedMove> moves) =>
        moves.LastOrDefault(move => !move.Mine)?.MyPoints is { } offered && offered > none
            ? $"Their last package was worth {offered:0} points to you and no deal {none:0}: before it ends, compare what is "
                + "offered with what you have without a deal, not with what you hoped for."
        : end is RehearsalEnd.YouLeft ? "You left although packages existed that were better for both. Stay, change two terms at "
            + "once, and watch on which one they come nearer."
        : "It ended without a deal although packages existed that were better for both. Come nearer earlier, on the term that "
            + "is worth least to you.";

    private static string Advice(double gain, double left, double share, int unreturned, IReadOnlyList<RehearsedMove> moves) =>
        (gain, left, share, unreturned) switch
        {
            ( < 0, _, _, _) => "You agreed to less than no deal is worth to you: know what you have without one, and walk away "
                + "below it.",
            (_, > 5, _, _) => "You left points on the table that cost the counterpart nothing: before accepting, trade a "
                + "term you hold dear for one that they do.",
            (_, _, < 0.8, _) => "The deal was lopsided or thin: look for terms that you two rank in opposite order, and "
                + "change two at once.",
            (_, _, _, > 2) => "You gave several times without getting anything back: tie each concession to one of theirs (if "
                + "you take …, I take …).",
            _ when moves.Count(move => move.Mine && move.Kind == "offer") <= 1 =>
                "You settled at once. Two or three packages of equal worth to you would have told you more about what they want.",
            _ => "Well done: little was left on the table. Try a tougher counterpart.",
        };

    /// <summary>Own offers that gave points away right after the counterpart had given none.</summary>
    private static List<UnreturnedStep> Unreturned(Bargain bargain, AlternatingOffers table, int me)
    {
        var (steps, round, mine, theirs, given) = (new List<UnreturnedStep>(), 0, (Package?)null, (double?)null, true);
        foreach (var move in table.History.OfType<Move.Offer>())
        {
            var package = move.Packages[0];
            if (move.Party != me)
            {
                var points = Points(bargain, me, package);
                given = theirs is null || points > theirs + 0.5;
                theirs = points;
                continue;
            }

            round++;
            if (mine is not null && !given && Points(bargain, me, mine) - Points(bargain, me, package) is > 0.5 and var cost)
                steps.Add(new UnreturnedStep(round, Given(bargain, me, mine, package), Math.Round(cost, 1)));
            mine = package;
        }

        return steps;
    }

    private static string Given(Bargain bargain, int me, Package from, Package to) => string.Join(", ",
        bargain.Space.Issues.Index()
            .Where(one => bargain.Parties[me].Worth[one.Index][to[one.Index]] < bargain.Parties[me].Worth[one.Index][from[one.Index]])
            .Select(one => $"{one.Item.Name} from {one.Item.Values[from[one.Index]]} to {one.Item.Values[to[one.Index]]}"));

    /// <summary>Every package of a scenario; there are some hundred.</summary>
    private static IEnumerable<Package> All(Space space) => space.Issues.Aggregate(
        (IEnumerable<int[]>)[[]], (begun, issue) => begun.SelectMany(values =>
            Enumerable.Range(0, issue.Count).Select(option => (int[])[.. values, option])))
        .Select(values => new Package(values));

    private static Dictionary<string, IReadOnlyDictionary<string, double>> Worth(Bargain bargain, int party)
    {
        var (_, range) = Range(bargain, party);
        return bargain.Space.Issues.Select((issue, i) => (issue, Row: bargain.Parties[party].Worth[i])).ToDictionary(
            one => one.issue.Name, IReadOnlyDictionary<string, double> (one) => one.issue.Values.Select((option, v) =>
                (option, Points: Math.Round(100 * (one.Row[v] - one.Row.Min()) / range, 1))).ToDictionary(
                pair => pair.option, pair => pair.Points));
    }

    private static double NoDeal(Bargain bargain, int party)
    {
        var (least, range) = Range(bargain, party);
        return Math.Round(100 * (bargain.Disagreement[party] - least) / range, 1);
    }

    private static double Points(Bargain bargain, int party, Package package)
    {
        var (least, range) = Range(bargain, party);
        return Math.Round(100 * (bargain.Parties[party].Utility(package) - least) / range, 1);
    }

    private static (double Least, double Range) Range(Bargain bargain, int party)
    {
        var worth = bargain.Parties[party].Worth;
        var least = worth.Sum(row => row.Min());
        return (least, worth.Sum(row => row.Max()) - least);
    }
}
