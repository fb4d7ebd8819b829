using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;

namespace Entente.Bargaining.Tests;

/// <summary>The axioms of the solutions, and that nothing depends on names, places or scales.</summary>
public sealed class AxiomTests
{
    [Fact]
    public void No_solution_lies_below_a_reservation_and_none_is_dominated()
    {
        foreach (var (seed, bargain) in Bargains(100))
            foreach (var solution in All(Solver.Solve(bargain)))
            {
                bargain.IsIndividuallyRational(solution.Utilities).ShouldBeTrue($"seed={seed}");
                Small.Packages(bargain)
                    .ShouldNotContain(x => Small.Dominates(bargain.Utilities(x), solution.Utilities.ToArray()),
                    $"seed={seed}");
            }
    }

    [Fact]
    public void Nash_and_Kalai_Smorodinsky_do_not_depend_on_the_scale_of_a_party()
    {
        foreach (var (seed, bargain) in Bargains(70))
        {
            var scaled = new Bargain(bargain.Space,
                [.. bargain.Parties.Select((party, p) => Scale(party, 0.5 + p, 0.25 * p))]);
            var (before, after) = (Solver.Solve(bargain), Solver.Solve(scaled));
            Same(before.Nash, after.Nash, s => s.Value, seed);
            if (before.KalaiSmorodinsky is not { } kalai) continue;
            var gains = Gains(bargain, kalai, before.Ideal!);
            Gains(scaled, after.KalaiSmorodinsky!, after.Ideal!).Zip(gains)
                .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6, $"seed={seed}");
        }

        void Same(Solution? a, Solution? b, Func<Solution, double> value, int seed)
        {
            if (a is null || a.Value <= 1e-9) return;
            var factor = Enumerable.Range(0, a.Utilities.Count).Aggregate(1.0, (f, p) => f * (0.5 + p));
            (value(b!) / factor).ShouldBe(value(a), 1e-7 * Math.Max(1, value(a)), $"seed={seed}");
        }
    }

    [Fact]
    public void The_order_of_parties_changes_nothing_but_the_order_of_parties()
    {
        foreach (var (seed, bargain) in Bargains(100).Append((-1, Mirrored())))
        {
            int[] order = [.. Enumerable.Range(0, bargain.Parties.Count)
                .OrderBy(p => Chance.Seeded(seed, p).Share())];
            var (before, after) = (Solver.Solve(bargain), Solver.Solve(bargain.Among(order)));
            foreach (var (a, b) in All(before).Zip(All(after)))
            {
                b.Value.ShouldBe(a.Value, 1e-12, $"seed={seed}");
                b.VectorTies.ShouldBe(a.VectorTies, $"seed={seed}");
                (b.Package, b.Ties).ShouldBe((a.Package, a.Ties), $"seed={seed}");
                b.Utilities.ShouldBe(order.Select(p => a.Utilities[p]), $"seed={seed}");
            }

            Solver.Frontier(bargain.Among(order)).Points.Select(Text).Order()
                .ShouldBe(Solver.Frontier(bargain).Points.Select(u => Text([.. order.Select(p => u[p])])).Order(),
                    $"seed={seed}");
        }
    }

    [Fact]
    public void The_order_of_issues_and_values_changes_no_utility()
    {
        foreach (var seed in Small.Seeds(100))
        {
            var bargain = Small.Bargain(seed, plain: true);
            var space = new Space(
                [.. bargain.Space.Issues.Reverse().Select(i => i with { Values = [.. i.Values.Reverse()] })]);
            var turned = new Bargain(space, [.. bargain.Parties.Select(party => party with
            {
                Worth = [.. party.Worth.Reverse().Select(row => (IReadOnlyList<double>)[.. row.Reverse()])],
            })]);
            foreach (var (a, b) in All(Solver.Solve(bargain)).Zip(All(Solver.Solve(turned))))
            {
                b.VectorTies.ShouldBe(a.VectorTies, $"seed={seed}");
                b.Utilities.ShouldBe(a.Utilities, $"seed={seed}");
                b.Ties.ShouldBe(a.Ties, $"seed={seed}");
            }
        }
    }

    [Fact]
    public void Removing_an_option_that_Nash_did_not_choose_changes_nothing()
    {
        foreach (var (seed, bargain) in Bargains(70))
        {
            if (Solver.Solve(bargain).Nash is not { Value: > 0, VectorTies: 1 } nash) continue;
            for (var issue = 0; issue < bargain.Space.Issues.Count; issue++)
                for (var v = 0; v < bargain.Space.Issues[issue].Count; v++)
                {
                    if (nash.Package[issue] == v) continue;
                    var less = bargain.With(
                        bargain.Space.With(new Constraint.Forbidden("gone", [new Choice(issue, v)])));
                    Solver.Solve(less).Nash!.Utilities.ShouldBe(nash.Utilities, $"seed={seed}");
                }
        }
    }

    [Fact]
    public void Equal_parties_gain_equally_where_they_can()
    {
        var space = new Space([Issue.Discrete("cake", "0", "25", "50", "75", "100")]);
        double[] shares = [0, 0.25, 0.5, 0.75, 1];
        var bargain = new Bargain(space, new Preference("Acme", [shares]),
            new Preference("Globex", [[.. shares.Reverse()]]));
        foreach (var solution in new[] { Solver.Solve(bargain).Nash!, Solver.Solve(bargain).KalaiSmorodinsky!,
            Solver.Solve(bargain).Egalitarian! })
            solution.Utilities.ShouldBe([0.5, 0.5]);
    }

    [Fact]
    public void A_stronger_party_gets_more_of_the_weighted_product()
    {
        var space = new Space([Issue.Integer("cake", 0, 100)]);
        double[] shares = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)];
        var bargain = new Bargain(space,
            new Preference("Acme", [shares]) { Power = 3 }, new Preference("Globex", [[.. shares.Reverse()]]));
        Solver.Solve(bargain).Nash!.Utilities.ShouldBe([0.75, 0.25]);
        Solver.Solve(bargain, frontier: Solver.Frontier(bargain)).Nash!.Utilities.ShouldBe([0.75, 0.25]);
    }

    [Fact]
    public void A_second_copy_of_the_chosen_option_changes_no_utility()
    {
        foreach (var seed in Small.Seeds(100))
        {
            var bargain = Small.Bargain(seed, partiesWanted: 2, plain: true);
            var before = Solver.Solve(bargain).KalaiSmorodinsky;
            if (before is null) continue;
            var copied =
                new Space(
                [.. bargain.Space.Issues.Select(
                (issue, i) => i == 0 ? issue with { Values = [.. issue.Values, "again"] } : issue)]);
            var more = new Bargain(copied, [.. bargain.Parties.Select(party => party with
            {
                Worth = [.. party.Worth.Select(
                    (row, i) => i == 0 ? (IReadOnlyList<double>)[.. row, row[before.Package[0]]] : row)],
            })]);
            Solver.Solve(more).KalaiSmorodinsky!.Utilities.ShouldBe(before.Utilities, $"seed={seed}");
        }
    }

    /// <summary>Two packages as good as each other for the world, and not for either party.</summary>
    private static Bargain Mirrored() => new(new Space([Issue.Discrete("who", "first", "second")]),
        new Preference("party10", [[0.2, 0.9]]), new Preference("party9", [[0.9, 0.2]]));

    private static string Text(double[] utilities) => string.Join(' ', utilities);

    private static IEnumerable<Solution> All(SolutionSet set) =>
        new[] { set.Nash, set.KalaiSmorodinsky, set.Egalitarian, set.Utilitarian }.OfType<Solution>();

    private static double[] Gains(Bargain bargain, Solution solution, IReadOnlyList<double> ideal) =>
        [.. solution.Utilities.Select((u, p) => ideal[p] - bargain.Disagreement[p] < 1e-9 ? 1
            : (u - bargain.Disagreement[p]) / (ideal[p] - bargain.Disagreement[p])).Order()];

    private static Preference Scale(Preference party, double factor, double shift)
    {
        var worth = party.Worth.Select((row, i) =>
            (IReadOnlyList<double>)[.. row.Select(w => w * factor + (i == 0 ? shift : 0))]);
        return party with
        {
            Worth = [.. worth],
            Reservation = party.Disagreement * factor + shift,
            Interactions = [.. party.Interactions.Select(pair => pair with
            {
                Worth = [.. pair.Worth.Select(row => (IReadOnlyList<double>)[.. row.Select(w => w * factor)])],
            })],
        };
    }

    private static IEnumerable<(int Seed, Bargain Bargain)> Bargains(int count) => Small.Seeds(count)
        .Select(seed => (seed, Small.Bargain(seed))).Where(pair => Small.Packages(pair.Item2).Any());
}
