using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Solutions;

/// <summary>The frontier and the classical solutions of a bargain, exact, with the package that attains each.</summary>
/// <remarks>
/// Definitions. d is the disagreement as stored (none: 0). All solutions are over individually rational packages (u ≥ d
/// for all).
/// Nash: largest Π (u − d)^w. Kalai-Smorodinsky: leximin of (u − d) / (ideal − d) / w, the ideal being the best utility
/// over
/// individually rational packages. Egalitarian: leximin of (u − d) / w. Utilitarian: largest Σ w u. w is the power of a
/// party, 1 for equals.
/// Ties: larger sum, larger minimum, then more for the party whose name comes first; of packages with the same vector,
/// the first in dictionary order of the domain. When every individually rational package leaves somebody no gain, Nash is the utilitarian point.
/// </remarks>
public static class Solver
{
    public static Frontier Frontier(Bargain bargain, Limits? limits = null) =>
        new FrontierSearch(new Problem(bargain, limits), limits ?? Limits.None).Run();

    /// <summary>All four solutions by branch and bound, never listing the space; at once when the exact frontier is at
    /// hand.</summary>
    public static SolutionSet Solve(Bargain bargain, Limits? limits = null, Frontier? frontier = null)
    {
        var problem = new Problem(bargain, limits);
        var prices = new Prices(problem);
        return frontier is { IsExact: true }
            ? new Scan(problem, prices, frontier).All()
            : new Search(problem, prices, limits ?? Limits.None).All();
    }

    /// <summary>One solution; null where the contract zone is empty.</summary>
    public static Solution? Find(Bargain bargain, Fairness fairness, Limits? limits = null)
    {
        var problem = new Problem(bargain, limits);
        return new Search(problem, new Prices(problem), limits ?? Limits.None).Point(fairness);
    }

    /// <summary>The part of the frontier where every party has at least <paramref name="floor"/>.</summary>
    public static Frontier FrontierAbove(Bargain bargain, IReadOnlyList<double> floor, Limits? limits = null)
    {
        var problem = new Problem(bargain, limits);
        for (var p = 0; p < floor.Count; p++) problem.Floor[p] = floor[p] - Bargain.Tolerance;
        return new FrontierSearch(problem, limits ?? Limits.None).Run();
    }

    /// <summary>The frontier and the solutions; a small frontier comes first, since it holds them all.</summary>
    public static (Frontier Frontier, SolutionSet Solutions) SolveAll(Bargain bargain, Limits? limits = null)
    {
        var search = new FrontierSearch(new Problem(bargain, limits), limits ?? Limits.None);
        if ((bargain.Parties.Count > 3 ? search.TryExact() : search.Run()) is { } frontier)
            return (frontier, Solve(bargain, limits, frontier));
        var solutions = Solve(bargain, limits);
        return (search.Run(), solutions);
    }

    /// <summary>What both ways share: the goals in order, each one resting on those before.</summary>
    private abstract class Way(Problem problem, Prices prices)
    {
        protected Bargain Bargain => problem.Bargain;

        protected int Parties => problem.Parties;

        protected double[] Weights { get; } = [.. problem.Bargain.Parties.Select(party => party.Power)];

        protected double[] Disagreement { get; } = [.. problem.Bargain.Disagreement];

        public SolutionSet All() => HasZone
            ? new(Nash, Kalai, Maximin, Utilitarian, Ideal, Maximin, Welfare)
            : new(null, null, null, null, null, Maximin, Welfare);

        /// <summary>The utilitarian point needs no other one first: whether there is a contract zone shows on the
        /// way.</summary>
        public Solution? Point(Fairness fairness) => fairness switch
        {
            Fairness.Utilitarian => FindOrNull(new Goal.Welfare(Floor(Disagreement), Weights)),
            _ when !HasZone => null,
            Fairness.Nash => Nash,
            Fairness.KalaiSmorodinsky => Kalai,
            _ => Maximin,
        };

        private bool HasZone => Maximin.Value >= -Bargain.Tolerance;

        private Solution Maximin => field ??= Find(new Goal.Leximin(Floor(prices.Least), Disagreement, Weights));

        private Solution Welfare => field ??= Find(new Goal.Welfare(Floor(prices.Least), Weights), Maximin.Package);

        private Solution Utilitarian => field ??= Bargain.IsIndividuallyRational(Welfare.Utilities)
            ? Welfare : Find(new Goal.Welfare(Floor(Disagreement), Weights), Maximin.Package);

        /// <summary>The best of each party, and what it cannot pass: the same unless a search had to stop.</summary>
        private (double Best, double Bound)[] Bests => field ??=
            [.. Enumerable.Range(0, Parties).Select(p => Most(Floor(Disagreement), p, Maximin.Package))];

        private double[] Ideal => [.. Bests.Select(best => best.Best)];

        private Solution Kalai
        {
            get
            {
                field ??= Find(new Goal.Leximin(Floor(Disagreement), Disagreement, Spans()), Maximin.Package);
                var known = Bests.All(best => best.Bound - best.Best < 1e-9);
                return known ? field : field with { IsProved = false, Bound = Math.Max(field.Bound, 1) };
            }
        }

        private Solution Nash => field ??= Maximin.Value < Bargain.Tolerance
            ? Utilitarian with { Value = 0, Bound = 0 }
            : Find(new Goal.Nash(Floor(Disagreement), Disagreement, Weights, [.. Bests.Select(best => best.Bound)]),
                Maximin.Package);

        private double[] Spans() => [.. Ideal.Select((most, p) =>
            most - Disagreement[p] < 1e-10 ? 0 : (most - Disagreement[p]) * Weights[p])];

        protected abstract Solution? FindOrNull(Goal goal, params ReadOnlySpan<Package?> starts);

        private Solution Find(Goal goal, params ReadOnlySpan<Package?> starts) => FindOrNull(goal, starts)
            ?? throw new BargainException("bargain.space_empty", "constraints",
                "No package satisfies the constraints and budgets, or none was found within the limits.");

        /// <summary>The best utility of one party over the packages above the floor.</summary>
        protected abstract (double Best, double Bound) Most(double[] floor, int party, Package start);

        protected Solution Finish(Incumbent best, bool proved, double bound)
        {
            var (count, first) = new Twins(problem, prices).Of(best.Utilities!, best.Package!);
            return new Solution(best.Utilities!, first, proved, best.Value, bound, count, best.VectorTies);
        }

        private double[] Floor(ReadOnlySpan<double> parties)
        {
            double[] floor = [.. problem.Floor];
            for (var p = 0; p < Parties; p++) floor[p] = Math.Max(parties[p], prices.Least[p]);
            return floor;
        }
    }

    /// <summary>Every solution lies on the frontier, so a pass over it finds each.</summary>
    private sealed class Scan(Problem problem, Prices prices, Frontier frontier) : Way(problem, prices)
    {
        protected override Solution? FindOrNull(Goal goal, params ReadOnlySpan<Package?> starts)
        {
            var best = new Incumbent(Bargain, goal);
            for (var i = 0; i < frontier.Points.Count; i++)
                if (Above(frontier.Points[i], goal.Floor)) best.Offer(frontier.Points[i], frontier.Package(i));
            return best.Utilities is null ? null : Finish(best, proved: true, best.Value);
        }

        protected override (double Best, double Bound) Most(double[] floor, int party, Package start)
        {
            var most = frontier.Points.Where(point => Above(point, floor)).Max(point => point[party]);
            return (most, most);
        }

        private static bool Above(double[] point, double[] floor)
        {
            for (var p = 0; p < point.Length; p++)
                if (point[p] < floor[p] - Bargain.Tolerance) return false;
            return true;
        }
    }

    private sealed class Search(Problem problem, Prices prices, Limits limits) : Way(problem, prices)
    {
        private readonly Problem _problem = problem;
        private readonly Prices _prices = prices;

        protected override Solution? FindOrNull(Goal goal, params ReadOnlySpan<Package?> starts)
        {
            var search = new BranchAndBound(_problem, _prices, goal, limits, ties: true);
            search.Run(starts);
            return search.Incumbent.Utilities is null ? null : Finish(search.Incumbent, search.IsProved, search.Bound);
        }

        protected override (double Best, double Bound) Most(double[] floor, int party, Package start)
        {
            var weights = new double[Parties];
            weights[party] = 1;
            var search = new BranchAndBound(_problem, _prices, new Goal.Welfare(floor, weights), limits, ties: false);
            search.Run(start);
            return (search.Incumbent.Utilities![party], search.IsProved ? search.Incumbent.Value : search.Bound);
        }
    }
}
