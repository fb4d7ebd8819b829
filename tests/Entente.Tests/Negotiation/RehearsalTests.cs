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

    private static RehearsalMove Best(string scenario, Side side) =>
        new(RehearsalScenario.All.Single(one => one.Key == scenario).Terms
        .ToDictionary(term => term.Title, term => side is Side.Provider ? term.Options[0] : term.Options[^1]));
}
