using Entente.Negotiation;

namespace Entente.Tests.Negotiation;

/// <summary>Mediators practise between two simulated sides.</summary>
public sealed class MediationPracticeTests
{
    [Fact]
    public void Every_pair_in_every_scenario_ends_with_a_debrief()
    {
        foreach (var scenario in RehearsalScenario.All)
        {
            foreach (var provider in Rehearsals.Characters.Keys)
            {
                var practice = new MediationPractice(scenario.Key, provider, "tough", 5, []);
                var state = Play(practice);
                while (!state.IsOver) state = Play(practice = practice with { Moves = [.. practice.Moves, new()] });
                state.Debrief!.Advice.ShouldNotBeEmpty();
                state.Debrief.JointShare.ShouldBeInRange(0, 1.0001);
                Play(practice).Notes.ShouldBe(state.Notes, "The same moves give the same run.");
                MediationPractices.Play(practice with { Moves = [.. practice.Moves, new()] }).Refusal!.Code
                    .ShouldBe("rehearsal.over");
            }
        }
    }

    [Fact]
    public void A_proposal_that_both_would_take_ends_it_and_an_answer_tells_only_both_or_not_both()
    {
        var scenario = RehearsalScenario.All[0];
        var practice = new MediationPractice(scenario.Key, "tough", "tough", 1, []);
        var greedy = scenario.Terms.ToDictionary(term => term.Title, term => term.Options[0]);
        var refused = Play(practice with { Moves = [new PracticeMove(Propose: greedy)] });
        refused.Notes[^1].Words.ShouldEndWith("not both said yes");
        refused.IsOver.ShouldBeFalse();
        var proposed = new PracticeMove(Propose: Nash(practice));
        var ended = Enumerable.Range(1, 8).Select(listened => Play(practice with
        {
            Moves = [.. Enumerable.Repeat(new PracticeMove(), listened), proposed],
        })).First(state => state.Debrief is { Agreed: true });
        ended.Notes[^1].Words.ShouldEndWith("both said yes");
        ended.Debrief!.JointShare.ShouldBe(1, 0.001);
        ended.Debrief.Better.ShouldBeNull();
    }

    [Fact]
    public void A_caucus_says_what_matters_most_and_the_debrief_sees_who_was_asked()
    {
        var asked = new PracticeMove(Ask: Side.Customer);
        var practice = new MediationPractice("cloud", "tough", "tough", 1, [asked, asked, asked]);
        var state = Play(practice);
        state.Notes.ShouldAllBe(note => note.Who == "customer");
        state.Notes[0].Words.ShouldContain("most for Restore time, priority 1, least for Support hours");
        while (!state.IsOver) state = Play(practice = practice with { Moves = [.. practice.Moves, new()] });
        (state.Debrief!.AskedProvider, state.Debrief.AskedCustomer).ShouldBe((0, 3));
        if (state.Debrief.Agreed) state.Debrief.Advice.ShouldContain("hears both as often");
    }

    [Theory]
    [InlineData("zork", "fair", "rehearsal.scenario")]
    [InlineData("desk", "zork", "rehearsal.tactic")]
    public void What_does_not_exist_is_refused(string scenario, string character, string code) =>
        MediationPractices.Play(new MediationPractice(scenario, "fair", character, 1, [])).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void A_proposal_that_leaves_out_a_term_is_refused() =>
        MediationPractices.Play(new MediationPractice("desk", "fair", "fair", 1,
            [new PracticeMove(Propose: new Dictionary<string, string> { ["Hours"] = "24x7" })])).Refusal!.Code
            .ShouldBe("rehearsal.package");

    /// <summary>The package that a debrief without agreement names: what both could have had.</summary>
    private static IReadOnlyDictionary<string, string> Nash(MediationPractice practice)
    {
        var left = new Rehearsal(practice.Scenario, Side.Provider, "tough", 1, [new RehearsalMove(Leave: true)]);
        return Rehearsals.Play(left).Facts[0].Debrief!.Better!;
    }

    private static PracticeState Play(MediationPractice practice) => MediationPractices.Play(practice).Facts[0];
}
