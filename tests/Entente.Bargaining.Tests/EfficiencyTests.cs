using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;

namespace Entente.Bargaining.Tests;

public sealed class EfficiencyTests
{
    [Fact]
    public void A_certificate_says_what_listing_says()
    {
        foreach (var (seed, bargain) in Bargains(60))
            foreach (var package in Small.Packages(bargain).Where((_, i) => i % 7 == 0))
            {
                var u = bargain.Utilities(package);
                var dominators = Small.Packages(bargain).Select(bargain.Utilities).Where(v => Small.Dominates(v, u))
                    .ToList();
                var certificate = Efficiency.Certify(bargain, package);
                certificate.IsProved.ShouldBeTrue();
                certificate.IsEfficient.ShouldBe(dominators.Count == 0, $"seed={seed} {package}");
                if (certificate.IsEfficient) continue;
                var better = bargain.Utilities(certificate.Dominating!);
                Small.Dominates(better, u).ShouldBeTrue($"seed={seed}");
                dominators.ShouldNotContain(v => Small.Dominates(v, better), $"seed={seed}");
            }
    }

    [Fact]
    public void An_improvement_harms_nobody_and_is_found_whenever_there_is_one()
    {
        foreach (var (seed, bargain) in Bargains(60))
        {
            var from = Small.Packages(bargain).First();
            var u = bargain.Utilities(from);
            foreach (var most in new[] { 1, 2, 9 })
            {
                var exists = Small.Packages(bargain)
                    .Any(x => x.Differences(from) <= most && Small.Dominates(bargain.Utilities(x), u));
                var improvement = Efficiency.Improve(bargain, from, most);
                (improvement is not null).ShouldBe(exists, $"seed={seed} most={most}");
                if (improvement is null) continue;
                bargain.Allows(improvement.Package).ShouldBeTrue();
                improvement.Changes.ShouldBeLessThanOrEqualTo(most);
                Small.Dominates([.. improvement.Utilities], u).ShouldBeTrue($"seed={seed}");
                improvement.IsProved.ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void The_improvements_are_the_frontier_above_the_package()
    {
        foreach (var (seed, bargain) in Bargains(60))
        {
            var from = Small.Packages(bargain).Last();
            var u = bargain.Utilities(from);
            Efficiency.Improvements(bargain, from).Points
                .ShouldBe(Small.Frontier(bargain).Where(v => v.Zip(u).All(pair => pair.First >= pair.Second)),
                    $"seed={seed}");
        }
    }

    [Fact]
    public void The_largest_common_gain_is_what_listing_finds()
    {
        foreach (var (seed, bargain) in Bargains(60))
        {
            var from = Small.Packages(bargain).First();
            var u = bargain.Utilities(from);
            var ranges = bargain.Parties.Select(party => party.Worth.Sum(row => row.Max() - row.Min())
                + party.Interactions.Sum(pair => pair.Worth.Max(row => row.Max()) - pair.Worth.Min(row => row.Min())))
                    .ToArray();
            if (ranges.Min() < 1e-6) continue;
            var common = Small.Packages(bargain)
                .Max(x => bargain.Utilities(x).Select((v, p) => (v - u[p]) / ranges[p]).Min());
            Efficiency.Certify(bargain, from).CommonGainBound.ShouldBe(Math.Max(0, common), 1e-7, $"seed={seed}");
        }
    }

    [Fact]
    public void A_package_that_breaks_a_constraint_is_refused()
    {
        var space = new Space([Issue.Discrete("a", "x", "y"), Issue.Discrete("b", "x", "y")],
            [new Constraint.Forbidden("no", [new Choice(0, 0), new Choice(1, 0)])]);
        var bargain = new Bargain(space, new Preference("Acme", [[0, 1], [0, 1]]));
        Should.Throw<BargainException>(() => Efficiency.Certify(bargain, new Package(0, 0)))
            .Code.ShouldBe("bargain.package_forbidden");
        Should.Throw<BargainException>(() => Efficiency.Certify(bargain, new Package(0, 7)))
            .Code.ShouldBe("bargain.package");
    }

    [Fact]
    public void Money_shares_the_surplus_of_the_best_package()
    {
        foreach (var (seed, bargain) in Bargains(50))
        {
            double[] money = [.. bargain.Parties.Select((_, p) => 100.0 * (p + 1))];
            var best = Small.Packages(bargain).Max(x => bargain.Utilities(x).Zip(money, (u, m) => u * m).Sum());
            var surplus = best - bargain.Disagreement.Zip(money, (d, m) => d * m).Sum();
            var deal = SideWithMoney.Share(bargain, money);
            (deal is null).ShouldBe(surplus < -1e-9, $"seed={seed}");
            if (deal is null) continue;
            deal.Surplus.ShouldBe(surplus, 1e-6, $"seed={seed}");
            deal.Transfers.Sum().ShouldBe(0, 1e-6);
            for (var p = 0; p < money.Length; p++)
                (bargain.Utilities(deal.Package)[p] * money[p] + deal.Transfers[p] - bargain.Disagreement[p] * money[p])
                    .ShouldBe(deal.Gains[p], 1e-6, $"seed={seed}");
        }
    }

    [Fact]
    public void A_conflict_is_a_smallest_set_of_limits_that_cannot_be_met_together()
    {
        var space = new Space([Issue.Integer("cake", 0, 10)]);
        double[] share = [.. Enumerable.Range(0, 11).Select(i => i / 10.0)];
        double[] rest = [.. share.Reverse()];
        var bargain = new Bargain(space,
            new Preference("Acme", [share]) { Reservation = 0.6 },
            new Preference("Globex", [rest]) { Reservation = 0.7 },
            new Preference("Initech", [share]) { Reservation = 0.1 });
        Conflict.Smallest(bargain)!.Select(b => b.Name).ShouldBe(["reservation of Acme", "reservation of Globex"]);
        Conflict.Smallest(bargain.Among(0, 2)).ShouldBeNull();
        var must = new Bargain(space,
            new Preference("Acme", [share]) { MustHaves = [new Choice(0, 9, 10)] },
            new Preference("Globex", [rest]) { MustHaves = [new Choice(0, 0, 1)] });
        Conflict.Smallest(must)!.Select(b => b.Party).ShouldBe([0, 1]);
    }

    [Fact]
    public void A_search_for_conflicts_that_must_end_never_calls_limits_conflicting_that_are_not()
    {
        var bargain = SolutionTests.Wide(seed: 3, parties: 6, issues: 24, values: 8);
        var wanting = new Bargain(bargain.Space, [.. bargain.Parties.Select(party => party with { Reservation = 0.5 })]);
        for (var most = 0; most < 6; most++)
        {
            var calls = 0;
            var found = Conflict.Smallest(wanting, new Limits { Stop = () => ++calls > most });
            (found is null || found.Count is 0 or > 1).ShouldBeTrue($"{most}");
        }
    }

    [Fact]
    public void A_comparison_adds_up_and_says_what_moved()
    {
        var space = new Space([Issue.Discrete("hours", "8x5", "24x7"), Issue.Discrete("price", "40", "60")]);
        var bargain = new Bargain(space, new Preference("Globex", [[0, 0.5], [0.3, 0]]),
            new Preference("Acme", [[0.2, 0], [0, 0.6]]));
        var (from, to) = (new Package(0, 0), new Package(1, 1));
        var comparison = Explanation.Compare(bargain, 0, from, to);
        comparison.Total.ShouldBe(0.2, 1e-12);
        comparison.InWords()
            .ShouldBe(
            "Globex is better off (+0.200): gains hours 24x7 instead of 8x5 (+0.500); "
            + "gives up price 60 instead of 40 (-0.300).");
        var trade = Explanation.BestTrades(bargain, 0, 1, from, 3).ShouldHaveSingleItem();
        trade.Package.ShouldBe(to);
        trade.Gains[1].ShouldBe(0.4, 1e-12);
    }

    [Fact]
    public void The_total_of_a_comparison_is_the_difference_in_utility()
    {
        foreach (var (seed, bargain) in Bargains(50))
        {
            var packages = Small.Packages(bargain).ToList();
            var comparison = Explanation.Compare(bargain, 0, packages[0], packages[^1]);
            (comparison.Gains.Sum(c => c.Worth) + comparison.Concessions.Sum(c => c.Worth))
                .ShouldBe(comparison.Total, 1e-9, $"seed={seed}");
        }
    }

    [Fact]
    public void Equal_offers_are_worth_the_same_to_the_one_who_makes_them_and_differ()
    {
        var bargain = SolutionTests.Wide(seed: 11, parties: 2, issues: 10, values: 5);
        var own = bargain.Parties[0];
        var offers = EqualOffers.Find(bargain.Space, own, 0.6, [bargain.Parties[1]]);
        offers.Count.ShouldBe(3);
        var range = own.Worth.Sum(row => row.Max() - row.Min());
        foreach (var offer in offers) own.Utility(offer).ShouldBe(0.6, 0.01 * range + 1e-9);
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < i; j++) offers[i].Differences(offers[j]).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void A_value_that_is_only_partly_known_says_the_regret_it_may_cost()
    {
        var party = new Preference(
            "Acme", [[0, 0.5], [0.2, 0.4]])
        {
            Range = new WorthRange(
            [[0, 0.3], [0.1, 0.3]], [[0.1, 0.7], [0.3, 0.5]])
        };
        party.Range.Regret(new Package(1, 0), new Package(0, 1)).ShouldBe(0.1 - 0.3 + 0.5 - 0.1, 1e-12);
        party.Range.Regret(new Package(1, 1), new Package(1, 1)).ShouldBe(0);
        party.Range.Safest([new Package(1, 0), new Package(0, 1), new Package(1, 1)])
            .Package.ShouldBe(new Package(1, 1));
        var space = new Space([Issue.Discrete("a", "x", "y"), Issue.Discrete("b", "x", "y")]);
        Should.Throw<BargainException>(() =>
            new Bargain(space, party with { Range = new WorthRange([[0, 1]], [[0, 1]]) }))
            .Code.ShouldBe("bargain.range");
    }

    [Fact]
    public void A_lottery_is_worth_less_to_the_averse_and_more_to_the_seeking()
    {
        var party = new Preference("Acme", [[0, 1]]);
        (double, Package)[] coin = [(0.5, new Package(0)), (0.5, new Package(1))];
        party.CertaintyEquivalent(coin).ShouldBe(0.5, 1e-12);
        (party with { RiskAversion = 2 }).CertaintyEquivalent(coin)
            .ShouldBe(-Math.Log(0.5 + 0.5 * Math.Exp(-2)) / 2, 1e-12);
        (party with { RiskAversion = -2 }).CertaintyEquivalent(coin).ShouldBeGreaterThan(0.5);
    }

    private static IEnumerable<(int Seed, Bargain Bargain)> Bargains(int count) => Small.Seeds(count)
        .Select(seed => (seed, Small.Bargain(seed))).Where(pair => Small.Packages(pair.Item2).Any());
}
