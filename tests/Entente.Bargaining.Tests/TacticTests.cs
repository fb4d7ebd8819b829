using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Protocols;
using Entente.Bargaining.Solutions;
using Entente.Bargaining.Tactics;

namespace Entente.Bargaining.Tests;

public sealed class TacticTests
{
    [Fact]
    public void The_ladder_lists_every_package_once_from_the_best_down()
    {
        foreach (var seed in Small.Seeds(60))
        {
            var bargain = Small.Bargain(seed, plain: true);
            var ladder = new Ladder(bargain.Space, bargain.Parties[0]);
            var all = Small.Packages(bargain).ToList();
            var listed = Enumerable.Range(0, all.Count).Select(i => ladder[i]!).ToList();
            ladder[all.Count].ShouldBeNull($"seed={seed}");
            listed.ToHashSet().SetEquals(all).ShouldBeTrue($"seed={seed}");
            for (var i = 1; i < listed.Count; i++)
                bargain.Parties[0].Utility(listed[i])
                    .ShouldBeLessThanOrEqualTo(bargain.Parties[0].Utility(listed[i - 1]) + 1e-12, $"seed={seed}");
        }
    }

    [Fact]
    public void A_run_is_replayed_by_its_seed()
    {
        var bargain = Rooms(3);
        foreach (var a in Tactics.Tactics.Names)
        {
            var (one, two) = (Simulation.Play(bargain, [a, "linear"], 5, 40),
                Simulation.Play(bargain, [a, "linear"], 5, 40));
            one.Agreement.ShouldBe(two.Agreement);
            one.Rounds.ShouldBe(two.Rounds);
        }
    }

    [Fact]
    public void Nobody_agrees_below_the_reservation()
    {
        foreach (var seed in Small.Seeds(1))
        {
            var bargain = Rooms(seed);
            foreach (var a in Tactics.Tactics.Names)
                foreach (var b in Tactics.Tactics.Names)
                {
                    var run = Simulation.Play(bargain, [a, b], seed, 30);
                    if (run.Agreement is not null) bargain.IsIndividuallyRational(run.Utilities)
                        .ShouldBeTrue($"{a} {b} seed={seed}");
                }
        }
    }

    [Fact]
    public void Boulware_does_better_than_Conceder_against_the_same_opponent()
    {
        var (tough, soft) = (0.0, 0.0);
        foreach (var seed in Small.Seeds(10))
        {
            var bargain = Rooms(seed);
            tough += Simulation.Play(bargain, ["boulware", "conceder"], seed, 60).Utilities[0];
            soft += Simulation.Play(bargain, ["conceder", "conceder"], seed, 60).Utilities[0];
        }

        tough.ShouldBeGreaterThan(soft);
    }

    [Fact]
    public void Three_parties_can_agree()
    {
        var bargain = SolutionTests.Wide(seed: 2, parties: 3, issues: 5, values: 4);
        Simulation.Play(bargain, ["linear", "conceder", "logroller"], 1, 60).Agreement.ShouldNotBeNull();
    }

    [Fact]
    public void The_models_learn_what_matters_to_the_other()
    {
        // The Bayesian hypotheses are smooth curves; these values are drawn at random, which suits counting better.
        foreach (var (make, enough) in new (Func<Space, OpponentModel>,
            double)[] { (space => new FrequencyModel(space), 0.6), (space => new BayesianModel(space), 0.45) })
        {
            var (learned, flat) = (0.0, 0.0);
            foreach (var seed in Small.Seeds(15))
            {
                var bargain = Rooms(seed);
                var other = bargain.Parties[1];
                var model = make(bargain.Space);
                var ladder = new Ladder(bargain.Space, other);
                for (var step = 0; step < 60; step++) model.Hear(ladder[step]!);
                learned += Correlation(bargain.Space, model.Believed, other, seed);
                flat += Correlation(bargain.Space, make(bargain.Space).Believed, other, seed);
            }

            (learned / 15).ShouldBeGreaterThan(enough);
            learned.ShouldBeGreaterThan(flat + 1);
        }
    }

    [Fact]
    public void A_tournament_ranks_every_tactic_on_the_usual_measures()
    {
        var standings = Tournament.Play([Rooms(1), Rooms(2)], ["boulware", "conceder", "micro"], seed: 4,
            roundsMax: 40);
        standings.Select(s => s.Tactic).Order().ShouldBe(["boulware", "conceder", "micro"]);
        standings.Select(s => s.Utility).ShouldBeInOrder(SortDirection.Descending);
        foreach (var s in standings)
        {
            s.Runs.ShouldBe(12);
            s.AgreementRate.ShouldBeInRange(0, 1);
            s.Fairness.ShouldBeInRange(0, 1);
            s.ParetoDistance.ShouldBeLessThanOrEqualTo(s.NashDistance + 1e-9);
        }
    }

    [Fact]
    public void The_fair_one_shares_more_equally_than_the_tough_one()
    {
        var (fair, tough) = (0.0, 0.0);
        foreach (var seed in Small.Seeds(8))
        {
            var bargain = Rooms(seed);
            fair += Apart(Simulation.Play(bargain, ["fair", "conceder"], seed, 40));
            tough += Apart(Simulation.Play(bargain, ["boulware", "conceder"], seed, 40));
        }

        fair.ShouldBeLessThan(tough);

        static double Apart(Run run) => run.Agreement is null ? 1 : Math.Abs(run.Utilities[0] - run.Utilities[1]);
    }

    [Fact]
    public void The_erratic_one_takes_back_what_it_gave_and_never_offers_below_its_limit()
    {
        var bargain = Rooms(1);
        var run = Simulation.Play(bargain, ["erratic", "boulware"], seed: 3, roundsMax: 40);
        var asked = run.History.OfType<Move.Offer>().Where(offer => offer.Party == 0)
            .Select(offer => bargain.Parties[0].Utility(offer.Packages[0])).ToList();
        asked.ShouldAllBe(worth => worth >= bargain.Disagreement[0] - 1e-9);
        asked.Zip(asked.Skip(1)).Count(pair => pair.Second > pair.First + 0.02).ShouldBeGreaterThan(2);
        asked.Zip(asked.Skip(1)).Count(pair => pair.Second < pair.First - 0.02).ShouldBeGreaterThan(2);
        Simulation.Play(bargain, ["erratic", "boulware"], seed: 4, roundsMax: 40).History.OfType<Move.Offer>()
            .Where(offer => offer.Party == 0).Select(offer => bargain.Parties[0].Utility(offer.Packages[0]))
            .ShouldNotBe(asked);
    }

    [Fact]
    public void Time_takes_its_share_of_a_late_agreement()
    {
        var bargain = Rooms(2);
        var hurried = new Bargain(bargain.Space, bargain.Parties[0] with { Discount = 0.5 }, bargain.Parties[1]);
        var run = Simulation.Play(hurried, ["boulware", "boulware"], seed: 1, roundsMax: 40);
        var time = run.History.Count / 80.0;
        run.Agreement.ShouldNotBeNull();
        run.Discounted[0].ShouldBe(run.Utilities[0] * Math.Pow(0.5, time), 1e-12);
        run.Discounted[1].ShouldBe(run.Utilities[1]);
        var standing = Tournament.Play([hurried], ["boulware"], seed: 1, roundsMax: 40).ShouldHaveSingleItem();
        standing.Discounted.ShouldBeLessThan(standing.Utility);
    }

    [Fact]
    public void A_run_that_must_stop_ends_without_an_agreement()
    {
        var moves = 0;
        var run = Simulation.Play(Rooms(1), ["boulware", "boulware"], 1, 1000, () => ++moves > 5);
        (run.IsStopped, run.Agreement, run.History.Count).ShouldBe((true, null, 5));
        var asked = 0;
        Tournament.Play([Rooms(1)], ["boulware", "linear"], 1, 1000, limits: new Limits { Stop = () => ++asked > 50 })
            .Sum(standing => standing.Runs).ShouldBeLessThan(8);
    }

    [Fact]
    public void A_tight_budget_leaves_every_tactic_a_package_it_may_offer()
    {
        var wide = SolutionTests.Wide(seed: 4, parties: 2, issues: 18, values: 4);
        var bargain = wide.With(wide.Space.With(new Constraint.Budget("money", [.. wide.Space.Issues.Select(issue =>
            (IReadOnlyList<double>)[.. Enumerable.Range(0, issue.Count).Select(v => (double)v)])], 3)));
        foreach (var tactic in Tactics.Tactics.Names)
            foreach (var offer in Simulation.Play(bargain, [tactic, tactic], 1, 4).History.OfType<Move.Offer>())
                bargain.Space.Allows(offer.Packages[0]).ShouldBeTrue(tactic);
    }

    [Fact]
    public void An_unknown_tactic_is_refused_by_name() =>
        Should.Throw<BargainException>(() => Simulation.Play(Rooms(1), ["boulware", "sneaky"], 1))
            .Code.ShouldBe("bargain.tactic");

    private static Bargain Rooms(int seed)
    {
        var bargain = SolutionTests.Wide(seed, parties: 2, issues: 5, values: 4);
        return new Bargain(bargain.Space, [.. bargain.Parties.Select(party => party with { Reservation = 0.25 })]);
    }

    private static double Correlation(Space space, Preference a, Preference b, int seed)
    {
        var packages = Enumerable.Range(0, 200).Select(i => new Package([.. space.Issues.Select((issue, k) =>
            Chance.Seeded(seed, i, k).Next(issue.Count))])).ToList();
        var (x, y) = (packages.Select(a.Utility).ToArray(), packages.Select(b.Utility).ToArray());
        var (mx, my) = (x.Average(), y.Average());
        var (sx, sy) = (Math.Sqrt(x.Sum(v => (v - mx) * (v - mx))), Math.Sqrt(y.Sum(v => (v - my) * (v - my))));
        return sx < 1e-9 || sy < 1e-9 ? 0 : x.Zip(y, (p, q) => (p - mx) * (q - my)).Sum() / (sx * sy);
    }
}
