using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Protocols;
using Entente.Bargaining.Solutions;

namespace Entente.Negotiation;

/// <summary>How a practice table ended.</summary>
public enum RehearsalEnd { Agreed, YouLeft, TheyLeft, TimeUp }

/// <summary>A move that gave points away while the counterpart's last one had given none.</summary>
/// <param name="Package">Which of the person's packages it was, from 1.</param>
/// <param name="Given">What it gave up, term by term: "Support hours from 24x7 to Mon-Fri 9-17".</param>
/// <param name="Points">What that cost the person.</param>
public sealed record UnreturnedStep(int Package, string Given, double Points);

/// <summary>What a person can learn from a practice table that is over.</summary>
/// <param name="Points">What the person's deal is worth to them, of 100; without one, what no deal is worth.</param>
/// <param name="LeftOnTable">How many more points there were without taking any from the counterpart; without a deal, at
/// the best joint result.</param>
/// <param name="JointShare">The product of both gains as a share of the best there was.</param>
/// <param name="Unreturned">Where the person gave without return.</param>
/// <param name="Better">The package with those points; none where there is none.</param>
public sealed record Debrief(
    bool Agreed, RehearsalEnd End, double Points, double CounterpartPoints, double LeftOnTable, double JointShare,
    IReadOnlyList<UnreturnedStep> Unreturned, IReadOnlyDictionary<string, string>? Better, string Advice)
{
    /// <summary>Fewer points are not felt.</summary>
    private const double PointsFelt = 0.5;

    internal static Debrief Of(Bargain bargain, AlternatingOffers table, int me, IReadOnlyList<RehearsedMove> moves)
    {
        var (mine, theirs) = (new PointScale(bargain, me), new PointScale(bargain, 1 - me));
        var unreturned = Steps(bargain, table, me, mine);
        if (table is not AlternatingOffers.Agreed { Package: var deal })
        {
            var missed = Solver.Find(bargain, Fairness.Nash)?.Package;
            var end = table.History is not [.., Move.WalkAway leaves] ? RehearsalEnd.TimeUp
                : leaves.Party == me ? RehearsalEnd.YouLeft : RehearsalEnd.TheyLeft;
            return new Debrief(false, end, mine.NoDeal, theirs.NoDeal, missed is null ? 0 : Left(missed, mine.NoDeal), 0,
                unreturned, missed is null ? null : bargain.Space.Describe(missed), Missed(end, mine.NoDeal, moves));
        }

        var kept = bargain.Parties[1 - me].Utility(deal) - 1e-9;
        var best = All(bargain.Space).Where(package => bargain.Parties[1 - me].Utility(package) >= kept).MaxBy(mine.Of)!;
        var (left, share) = (Left(best, mine.Of(deal)), Joint(bargain, deal));
        return new Debrief(true, RehearsalEnd.Agreed, mine.Of(deal), theirs.Of(deal), left, share, unreturned,
            left > 0 ? bargain.Space.Describe(best) : null,
            Learned((mine.Of(deal) - mine.NoDeal, theirs.Of(deal) - theirs.NoDeal), left, share, unreturned.Count,
                moves));

        double Left(Package package, double had) => Math.Max(0, Math.Round(mine.Of(package) - had, 1));
    }

    private static double Joint(Bargain bargain, Package deal)
    {
        var utilities = bargain.Utilities(deal);
        double[] gains = [.. utilities.Zip(bargain.Disagreement, (got, without) => Math.Max(0, got - without))];
        return Solver.Find(bargain, Fairness.Nash) is { Value: > 0 } best
            ? Math.Round(gains[0] * gains[1] / best.Value, 3) : 1;
    }

    /// <summary>One thing to do better, where there was no deal.</summary>
    private static string Missed(RehearsalEnd end, double noDeal, IReadOnlyList<RehearsedMove> moves) =>
        moves.LastOrDefault(move => !move.Mine)?.MyPoints is { } offered && offered > noDeal
            ? $"Their last package was worth {offered:0} points to you and no deal {noDeal:0}: compare what is offered with "
                + "what you have without a deal, not with what you hoped for."
        : end is RehearsalEnd.YouLeft
            ? "You left although packages existed that were better for both. Stay, change two terms at once, and watch on "
                + "which one they come nearer."
        : "It ended without a deal although packages existed that were better for both. Come nearer earlier, on the term "
            + "that is worth least to you.";

    /// <summary>One thing to do better, where there was a deal.</summary>
    private static string Learned(
        (double Mine, double Theirs) gains, double left, double share, int unreturned,
        IReadOnlyList<RehearsedMove> moves) => (gains.Mine, left, share, unreturned) switch
        {
            ( < 0, _, _, _) => "You agreed to less than no deal is worth to you: know what you have without one, and walk "
                + "away below it.",
            (_, > 5, _, _) => "You left points on the table that cost the counterpart nothing: before accepting, trade a "
                + "term you hold dear for one that they do.",
            (_, _, < 0.8, _) when gains.Mine > gains.Theirs => "Little was wasted, and nearly all of the gain is yours: a "
                + "counterpart that feels it asks for it back at the first amendment. Give on the term that is worth "
                + "least to you.",
            (_, _, < 0.8, <= 2) => "Little was wasted, and nearly all of the gain is theirs: hold longer on the "
                + "term that is worth most to you, and give on others.",
            (_, _, _, > 2) => "You gave several times without getting anything back: tie each concession to one of theirs "
                + "(if you take …, I take …).",
            _ when moves.Count(move => move.Mine && move.Kind == "offer") <= 1 =>
                "You settled at once. Two or three packages of equal worth to you would have told you more about what "
                + "they want.",
            _ => "Well done: little was left on the table. Try a tougher counterpart.",
        };

    /// <summary>Own offers that gave points away right after the counterpart had given none.</summary>
    private static List<UnreturnedStep> Steps(Bargain bargain, AlternatingOffers table, int me, PointScale mine)
    {
        var (steps, count, own, theirs, given) = (new List<UnreturnedStep>(), 0, (Package?)null, (double?)null, true);
        foreach (var move in table.History.OfType<Move.Offer>())
        {
            var package = move.Packages[0];
            var points = mine.Of(package);
            if (move.Party != me)
            {
                (given, theirs) = (theirs is null || points > theirs + PointsFelt, points);
                continue;
            }

            count++;
            if (own is not null && !given && mine.Of(own) - points is > PointsFelt and var cost)
                steps.Add(new UnreturnedStep(count, Given(bargain.Space, mine, own, package), Math.Round(cost, 1)));
            own = package;
        }

        return steps;
    }

    private static string Given(Space space, PointScale mine, Package from, Package to) => string.Join(", ",
        space.Issues.Index().Where(one => mine.IsLess(one.Index, to[one.Index], from[one.Index])).Select(one =>
            $"{one.Item.Name} from {one.Item.Values[from[one.Index]]} to {one.Item.Values[to[one.Index]]}"));

    /// <summary>Every package of a scenario; there are some hundred.</summary>
    private static IEnumerable<Package> All(Space space) => space.Issues.Aggregate(
        (IEnumerable<int[]>)[[]], (begun, issue) => begun.SelectMany(values =>
            Enumerable.Range(0, issue.Count).Select(option => (int[])[.. values, option])))
        .Select(values => new Package(values));
}
