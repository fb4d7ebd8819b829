using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;

namespace Entente.Bargaining.Tests;

/// <summary>The engine against listing every package, on random small bargains.</summary>
public sealed class SolutionTests
{
    [Fact]
    public void The_frontier_is_what_listing_finds()
    {
        foreach (var (seed, bargain) in Bargains(300))
        {
            var frontier = Solver.Frontier(bargain);
            frontier.Points.ShouldBe(Small.Frontier(bargain), $"seed={seed}");
            for (var i = 0; i < frontier.Points.Count; i++)
            {
                bargain.Allows(frontier.Package(i)).ShouldBeTrue($"seed={seed}");
                bargain.Utilities(frontier.Package(i)).ShouldBe(frontier.Points[i], $"seed={seed}");
            }
        }
    }

    [Fact]
    public void Branch_and_bound_and_the_frontier_find_the_solutions_that_listing_finds()
    {
        foreach (var (seed, bargain) in Bargains(300))
        {
            var d = bargain.Disagreement;
            double[] Gains(double[] u) => [.. u.Select((x, p) => x - d[p])];
            var nash = Small.Best(bargain, u =>
                [Gains(u).Aggregate(1.0, (a, g) => a * Math.Max(0, g)) is > 0 and var x ? Math.Log(x) : -1e9]);
            var egalitarian = Small.Best(bargain, u => [.. Gains(u).Order()]);
            var utilitarian = Small.Best(bargain, u => [u.Sum()]);
            var ideal = nash is null ? [] : Small.Ideal(bargain);
            var kalai = Small.Best(bargain, u => [.. Gains(u)
                .Select((g, p) => ideal[p] - d[p] < 1e-10 ? double.MaxValue : g / (ideal[p] - d[p])).Order()]);
            foreach (var set in new[] { Solver.Solve(bargain),
                Solver.Solve(bargain, frontier: Solver.Frontier(bargain)) })
            {
                Compare(set.Nash, nash, $"Nash seed={seed}");
                Compare(set.Egalitarian, egalitarian, $"egalitarian seed={seed}");
                Compare(set.Utilitarian, utilitarian, $"utilitarian seed={seed}");
                Compare(set.KalaiSmorodinsky, kalai, $"Kalai-Smorodinsky seed={seed}");
            }
        }
    }

    [Fact]
    public void A_run_that_must_stop_says_how_much_better_a_package_could_be()
    {
        var bargain = Wide(seed: 3, parties: 6, issues: 24, values: 8);
        var calls = 0;
        var stopped = Solver.Solve(bargain, new Limits { Stop = () => ++calls > 1 });
        var whole = Solver.Solve(bargain);
        foreach (var (early, best) in new[] { (stopped.Nash!, whole.Nash!),
            (stopped.KalaiSmorodinsky!, whole.KalaiSmorodinsky!) })
        {
            best.IsProved.ShouldBeTrue();
            early.Bound.ShouldBeGreaterThanOrEqualTo(best.Value - 1e-9);
            early.Value.ShouldBeLessThanOrEqualTo(best.Value + 1e-9);
            if (!early.IsProved) early.Bound.ShouldBeGreaterThan(early.Value);
        }
    }

    [Fact]
    public void A_thinned_frontier_stays_within_its_bound()
    {
        var bargain = Wide(seed: 5, parties: 3, issues: 12, values: 5);
        var whole = Solver.Frontier(bargain);
        var thin = Solver.Frontier(bargain, new Limits { FrontierPointsMax = 60 });
        thin.IsExact.ShouldBeFalse();
        thin.Points.Count.ShouldBeLessThan(whole.Points.Count);
        foreach (var point in whole.Points)
            thin.Points.ShouldContain(near => point.Zip(near)
                .All(pair => pair.Second >= pair.First - thin.Bound - 1e-9));
    }

    [Theory]
    [InlineData(5, 16, 6)]
    [InlineData(7, 20, 5)]
    public void A_frontier_too_large_for_its_time_or_memory_ends_with_a_bound_that_holds(int parties, int issues, int values)
    {
        var bargain = Wide(seed: 8, parties, issues, values);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var limits = new Limits { Stop = () => watch.ElapsedMilliseconds > 300, FrontierPointsMax = 5_000 };
        var frontier = Solver.Frontier(bargain, limits);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(30);
        frontier.IsExact.ShouldBeFalse();
        frontier.Bound.ShouldBeLessThan(0.7);
        for (var n = 0; n < 2_000; n++)
        {
            var package = new Package([.. bargain.Space.Issues.Select((issue, i) =>
                Chance.Seeded(n, i).Next(issue.Count))]);
            var u = bargain.Utilities(package);
            frontier.Points.ShouldContain(point =>
                point.Zip(u).All(pair => pair.First >= pair.Second - frontier.Bound - 1e-9), $"{n}");
        }

        // Packages at the edge are the hardest to be near to.
        var set = Solver.Solve(bargain);
        foreach (var solution in new[] { set.Nash!, set.KalaiSmorodinsky!, set.Utilitarian! })
            frontier.Points.ShouldContain(point => point.Zip(solution.Utilities)
                .All(pair => pair.First >= pair.Second - frontier.Bound - 1e-9));
    }

    [Theory]
    [InlineData(4, 20, 5)]
    [InlineData(6, 30, 5)]
    public void Bargains_in_which_almost_everything_ties_are_solved_and_proved(int parties, int issues, int values)
    {
        var plain = Wide(seed: 1, parties, issues, values);
        var opposed = new Bargain(plain.Space, [.. plain.Parties.Select((party, p) => party with
        {
            Worth = [.. plain.Space.Issues.Select(issue => (IReadOnlyList<double>)[.. Enumerable.Range(0, issue.Count)
                .Select(v => (p % 2 == 0 ? v : values - 1 - v) / (values - 1.0) / issues)])],
        })]);
        var set = Solver.Solve(opposed);
        foreach (var solution in new[] { set.Nash!, set.KalaiSmorodinsky!, set.Egalitarian!, set.Utilitarian! })
            solution.IsProved.ShouldBeTrue();
        set.Nash!.Utilities.ShouldAllBe(u => Math.Abs(u - 0.5) < 1e-9);
        set.Utilitarian!.Value.ShouldBe(parties / 2.0, 1e-9);
        var (frontier, scanned) = Solver.SolveAll(opposed);
        frontier.Points.Count.ShouldBe(issues * (values - 1) + 1);
        (scanned.Nash!.Package, scanned.Nash.Ties).ShouldBe((set.Nash.Package, set.Nash.Ties));
    }

    [Fact]
    public void An_empty_space_is_refused_with_the_issues_that_cannot_agree()
    {
        var a = Issue.Discrete("hours", "8x5", "24x7");
        var b = Issue.Discrete("onCall", "2", "5");
        var space = new Space([a, b],
            [new Constraint.Forbidden("a", [new Choice(0, 0)]), new Constraint.Forbidden("b", [new Choice(0, 1)])]);
        var party = new Preference("Acme", [[1, 0], [1, 0]]);
        Should.Throw<BargainException>(() => Solver.Frontier(new Bargain(space, party)))
            .Code.ShouldBe("bargain.space_empty");
        var budget = new Space([a, b], [new Constraint.Budget("money", [[5, 9], [4, 8]], 8)]);
        Should.Throw<BargainException>(() => Solver.Frontier(new Bargain(budget, party)))
            .Code.ShouldBe("bargain.space_empty");
        Should.Throw<BargainException>(() => Solver.Solve(new Bargain(budget, party)))
            .Code.ShouldBe("bargain.space_empty");
    }

    internal static Bargain Wide(int seed, int parties, int issues, int values)
    {
        var random = new Random(seed);
        var space = new Space([.. Enumerable.Range(0, issues)
            .Select(i => Issue.Discrete($"i{i}", [.. Enumerable.Range(0, values).Select(v => $"v{v}")]))]);
        return new Bargain(space, [.. Enumerable.Range(0, parties).Select(p => new Preference($"p{p}",
            [.. space.Issues.Select(
                i => (IReadOnlyList<double>)[.. i.Values.Select(_ => random.NextDouble() / issues)])]))]);
    }

    /// <summary>Bargains that have a package at all.</summary>
    private static IEnumerable<(int Seed, Bargain Bargain)> Bargains(int count) => Small.Seeds(count)
        .Select(seed => (seed, Small.Bargain(seed))).Where(pair => Small.Packages(pair.Item2).Any());

    private static void Compare(Solution? found, (double[] Utilities, Package First, int Ties)? listed, string context)
    {
        if (listed is not { } expected)
        {
            found.ShouldBeNull(context);
            return;
        }

        found.ShouldNotBeNull(context);
        found.IsProved.ShouldBeTrue(context);
        found.Utilities.ShouldBe(expected.Utilities, context);
        found.Package.ShouldBe(expected.First, context);
        found.Ties.ShouldBe(expected.Ties, context);
    }
}
