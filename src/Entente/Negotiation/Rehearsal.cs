using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Protocols;
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
        var mine = new PointScale(bargain, me);
        var moves = table.History.Select(move => new RehearsedMove(
            move.Party == me, move switch { Move.Offer => "offer", Move.Accept => "accept", _ => "leave" },
            move is Move.Offer { Packages: [var first, ..] } ? bargain.Space.Describe(first) : null,
            move is Move.Offer { Packages: [var package, ..] } ? mine.Of(package) : null)).ToList();
        var standing = (table as AlternatingOffers.Open)?.OnTheTable is { } offer && offer.Party != me
            ? bargain.Space.Describe(offer.Packages[0]) : null;
        var round = table.History.Count / 2;
        var over = table is not AlternatingOffers.Open || round >= RoundsMost;
        return new RehearsalState(scenario, over, round, RoundsMost, mine.Options(), mine.NoDeal, moves, standing,
            over ? Debrief.Of(bargain, table, me, moves) : null);
    }
}
