using Entente.Negotiation;

namespace Entente.Tests.Negotiation;

public sealed class RehearsalTests
{
    [Fact]
    public void The_same_moves_give_the_same_run()
    {
        var rehearsal = new Rehearsal("cloud", Side.Customer, "fair", Seed: 7, [Best("cloud", Side.Customer)]);
        var (first, again) = (Rehearsals.Play(rehearsal).Facts[0], Rehearsals.Play(rehearsal).Facts[0]);
        again.OnTheTable!.ShouldBe(first.OnTheTable!);
        first.Moves.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void Every_counterpart_plays_every_scenario_to_an_end_with_a_debrief()
    {
        foreach (var scenario in RehearsalScenario.All)
        {
            foreach (var tactic in Rehearsals.Characters.Keys)
            {
                foreach (var side in Enum.GetValues<Side>())
                {
                    var rehearsal = new Rehearsal(scenario.Key, side, tactic, 3, []);
                    var state = Rehearsals.Play(rehearsal).Facts[0];
                    while (!state.IsOver)
                    {
                        rehearsal = rehearsal with
                        {
                            Moves = [.. rehearsal.Moves, state.OnTheTable is null
                            || state.Round < 4 ? Best(scenario.Key, side) : new RehearsalMove()]
                        };
                        state = Rehearsals.Play(rehearsal).Facts[0];
                    }

                    state.Debrief!.Agreed.ShouldBeTrue($"{scenario.Key} {tactic} {side}");
                    state.Debrief.JointShare.ShouldBeInRange(0, 1.0001);
                    state.Debrief.Advice.ShouldNotBeEmpty();
                }
            }
        }
    }

    [Fact]
    public void Leaving_is_debriefed_with_what_was_possible()
    {
        var state = Rehearsals.Play(new Rehearsal("desk", Side.Provider, "tough", 1, [new RehearsalMove(Leave: true)]))
            .Facts[0];
        state.IsOver.ShouldBeTrue();
        state.Debrief!.Agreed.ShouldBeFalse();
        state.Debrief.Better.ShouldNotBeNull();
    }

    [Fact]
    public void What_was_left_on_the_table_is_the_most_there_was_at_the_counterparts_result()
    {
        var scenario = RehearsalScenario.All.Single(one => one.Key == "desk");
        var state = Rehearsals.Play(new Rehearsal("desk", Side.Customer, "conceding", 5,
            [Best("desk", Side.Customer), new RehearsalMove()])).Facts[0];
        var debrief = state.Debrief!;
        var deal = state.Moves.Last(move => move.Package is not null).Package!;
        debrief.Points.ShouldBe(deal.Sum(pair => state.Worth[pair.Key][pair.Value]), 0.2);
        state.Worth.Values.Sum(options => options.Values.Max()).ShouldBe(100, 0.2);
        var (best, theirs) = (0.0, Theirs(deal));
        foreach (var package in Listed(scenario.Terms))
        {
            if (Theirs(package) >= theirs - 1e-9) best = Math.Max(best, Mine(package));
        }

        debrief.LeftOnTable.ShouldBe(best - Mine(deal), 0.2);
        (debrief.Better is null).ShouldBe(debrief.LeftOnTable == 0);
        Mine(debrief.Better ?? deal).ShouldBe(best, 1e-9);
        Theirs(debrief.Better ?? deal).ShouldBeGreaterThanOrEqualTo(theirs - 1e-9);

        // The weights of a scenario add up to 100 on either side.
        double Mine(IReadOnlyDictionary<string, string> package) =>
            scenario.Terms.Sum(term => term.CustomerWeight * Share(term, package));
        double Theirs(IReadOnlyDictionary<string, string> package) =>
            scenario.Terms.Sum(term => term.ProviderWeight * (1 - Share(term, package)));
        static double Share(RehearsalTerm term, IReadOnlyDictionary<string, string> package) =>
            term.Options.ToList().IndexOf(package[term.Title]) / (term.Options.Count - 1.0);
    }

    [Fact]
    public void The_debrief_says_where_something_was_given_without_return()
    {
        var terms = RehearsalScenario.All.Single(one => one.Key == "cloud").Terms;
        var first = terms.ToDictionary(term => term.Title, term => term.Options[0]);
        var given = new Dictionary<string, string>(first) { ["Support hours"] = "24x7" };
        var further = new Dictionary<string, string>(given) { ["Restore time, priority 1"] = "4 h" };
        // A tough counterpart repeats its best package in the first rounds: it gives nothing.
        var state = Rehearsals.Play(new Rehearsal("cloud", Side.Provider, "tough", 1,
            [new(first), new(first), new(given), new(further), new(Leave: true)])).Facts[0];
        state.Moves.Where(move => !move.Mine).Take(2).Select(move => move.MyPoints).Distinct().Count().ShouldBe(1);
        state.Debrief!.Unreturned[0].ShouldBe(new UnreturnedStep(3, "Support hours from Mon-Fri 9-17 to 24x7", 28));
        state.Debrief.End.ShouldBe(RehearsalEnd.YouLeft);
        (state.Debrief.Points, state.NoDealPoints).ShouldBe((25, 25));
    }

    [Fact]
    public void Time_that_runs_out_is_told_from_leaving()
    {
        // Neither gives way: the provider asks for everything to the end, and what nobody can take is not taken.
        var rehearsal = new Rehearsal("network", Side.Provider, "tough", 1, []);
        var state = Rehearsals.Play(rehearsal).Facts[0];
        while (!state.IsOver)
        {
            rehearsal = rehearsal with { Moves = [.. rehearsal.Moves, Best("network", Side.Provider)] };
            state = Rehearsals.Play(rehearsal).Facts[0];
        }

        state.Debrief!.End.ShouldBe(RehearsalEnd.TimeUp);
        state.Debrief.Advice.ShouldNotContain("You left");
        state.Debrief.Better.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("zork", "tough", "rehearsal.scenario")]
    [InlineData("desk", "zork", "rehearsal.tactic")]
    public void What_does_not_exist_is_refused(string scenario, string tactic, string code) =>
        Rehearsals.Play(new Rehearsal(scenario, Side.Provider, tactic, 1, [])).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void A_package_that_leaves_out_a_term_is_refused() =>
        Rehearsals.Play(new Rehearsal("desk", Side.Provider, "tough", 1,
            [new RehearsalMove(new Dictionary<string, string>())]))
            .Refusal!.Code.ShouldBe("rehearsal.package");

    private static IEnumerable<IReadOnlyDictionary<string, string>> Listed(IReadOnlyList<RehearsalTerm> terms) =>
        terms.Count == 0 ? [new Dictionary<string, string>()]
        : Listed([.. terms.Skip(1)]).SelectMany(rest => terms[0].Options.Select(option =>
            new Dictionary<string, string>(rest) { [terms[0].Title] = option }));

    private static RehearsalMove Best(string scenario, Side side) =>
        new(RehearsalScenario.All.Single(one => one.Key == scenario).Terms
        .ToDictionary(term => term.Title, term => side is Side.Provider ? term.Options[0] : term.Options[^1]));
}
