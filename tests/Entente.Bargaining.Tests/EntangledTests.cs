using System.Diagnostics;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;

namespace Entente.Bargaining.Tests;

/// <summary>Constraints and interactions that tie more issues together than could ever be listed.</summary>
public sealed class EntangledTests(ITestOutputHelper output)
{
    [Fact]
    public void Cutting_what_ties_issues_together_changes_no_answer()
    {
        foreach (var (seed, bargain) in Bargains(300))
        {
            var whole = Solver.Solve(bargain);
            foreach (var most in new[] { 1, 6 })
            {
                var limits = new Limits { JointOptionsMax = most };
                var frontier = Solver.Frontier(bargain, limits);
                frontier.Points.ShouldBe(Small.Frontier(bargain), $"seed={seed} most={most}");
                foreach (var set in new[] { Solver.Solve(bargain, limits), Solver.Solve(bargain, limits, frontier) })
                {
                    Same(set.Nash, whole.Nash, seed);
                    Same(set.KalaiSmorodinsky, whole.KalaiSmorodinsky, seed);
                    Same(set.Egalitarian, whole.Egalitarian, seed);
                    Same(set.Utilitarian, whole.Utilitarian, seed);
                }
            }
        }

        static void Same(Solution? found, Solution? expected, int seed)
        {
            (found is null).ShouldBe(expected is null, $"seed={seed}");
            if (found is null) return;
            found.Utilities.ShouldBe(expected!.Utilities, $"seed={seed}");
            found.Package.ShouldBe(expected.Package, $"seed={seed}");
            (found.Ties, found.VectorTies, found.IsProved)
                .ShouldBe((expected.Ties, expected.VectorTies, true), $"seed={seed}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Twenty_issues_with_a_budget_and_a_chain_of_conditions_are_solved_and_proved(int parties)
    {
        var bargain = Chained(seed: 11, parties, issues: 20, values: 5);
        var watch = Stopwatch.StartNew();
        var set = Solver.Solve(bargain);
        output.WriteLine($"{parties} parties: {watch.ElapsedMilliseconds} ms");
        foreach (var solution in new[] { set.Nash!, set.KalaiSmorodinsky!, set.Egalitarian!, set.Utilitarian! })
        {
            solution.IsProved.ShouldBeTrue();
            bargain.Allows(solution.Package).ShouldBeTrue();
            bargain.Utilities(solution.Package).ShouldBe(solution.Utilities);
        }

        Efficiency.Certify(bargain, set.Nash!.Package).IsEfficient.ShouldBeTrue();
        set.Nash.Value.ShouldBeGreaterThanOrEqualTo(Product(bargain, set.Utilitarian!.Package) - 1e-12);
        if (parties > 2) return;
        watch.Restart();
        var frontier = Solver.Frontier(bargain);
        output.WriteLine($"{frontier.Points.Count} points: {watch.ElapsedMilliseconds} ms");
        frontier.IsExact.ShouldBeTrue();
        Solver.Solve(bargain, frontier: frontier).Nash!.Utilities.ShouldBe(set.Nash.Utilities);
    }

    /// <summary>Every issue tied to the next by a condition, some also by an interaction, all by a budget.</summary>
    private static Bargain Chained(int seed, int parties, int issues, int values)
    {
        var random = new Random(seed);
        var plain = SolutionTests.Wide(seed, parties, issues, values);
        var space = plain.Space.With(
        [
            .. Enumerable.Range(0, issues - 1).Select(i => Constraint.Implies($"{i} needs {i + 1}",
                new Choice(i, values - 1), new Choice(i + 1, values - 2, values - 1), plain.Space)),
            new Constraint.Budget("money", [.. plain.Space.Issues.Select(issue =>
                (IReadOnlyList<double>)[.. issue.Values.Select(_ => (double)random.Next(100))])], 40 * issues),
        ]);
        return new Bargain(space, [.. plain.Parties.Select((party, p) => party with
        {
            Interactions = p > 0 ? [] : [.. Enumerable.Range(0, issues - 1).Where(i => i % 2 == 0).Select(i =>
                new Interaction(i, i + 1, [.. Enumerable.Range(0, values).Select(_ => (IReadOnlyList<double>)
                    [.. Enumerable.Range(0, values).Select(_ => random.NextDouble() * 0.02)])]))],
        })]);
    }

    private static double Product(Bargain bargain, Package package) => bargain.Utilities(package)
        .Select((u, p) => Math.Max(0, u - bargain.Disagreement[p])).Aggregate(1.0, (a, b) => a * b);

    private static IEnumerable<(int Seed, Bargain Bargain)> Bargains(int count) => Small.Seeds(count)
        .Select(seed => (seed, Small.Bargain(seed))).Where(pair => Small.Packages(pair.Item2).Any());
}
