using Entente.Negotiation;
using Entente.Terms;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

/// <summary>What a side says of its own accord: an order of the terms, and how far it would go for something.</summary>
public sealed class SayingTests
{
    private static readonly NegotiationState State = Open();
    private static readonly TableSpace Space = new(State);

    public static TheoryData<string, string, string> Orders => new(
        from first in Keys
        from second in Keys
        from third in Keys
        where first != second && second != third && first != third
        select (first, second, third));

    private static IEnumerable<string> Keys => State.Agenda.Select(term => term.Key);

    [Theory]
    [MemberData(nameof(Orders))]
    public void Terms_matter_in_the_order_in_which_they_were_put(string first, string second, string third)
    {
        var model = Believe(SidePreference.Empty.Ranked([first, second, third]));
        model.Ranked.Select(term => term.Key).ShouldBe([first, second, third]);
        model.Said.IsSaid.ShouldBeTrue();
        model.Contradiction.ShouldBeEmpty();
        model.RankingContradicts.ShouldBeFalse();
        // Points that a form shows keep the order, so that keeping them changes nothing.
        var points = Keys.ToDictionary(key => key, model.SwingPoints);
        model.Said.Weighed(points).Ranking.ShouldBe(model.Said.Ranking);
    }

    [Fact]
    public void Points_that_say_otherwise_replace_an_order_and_an_order_replaces_points()
    {
        var ranked = SidePreference.Empty.Ranked(["restore", "charge"]);
        ranked.Weighed(new Dictionary<string, int> { ["restore"] = 10, ["charge"] = 60 }).Ranking.ShouldBeEmpty();
        ranked.Weighed(new Dictionary<string, int> { ["restore"] = 60, ["charge"] = 60 }).Ranking.ShouldBe(["restore", "charge"]);
        ranked.Weighed(new Dictionary<string, int> { ["restore"] = 60 }).Ranking.ShouldBe(["restore", "charge"]);
        ranked.Weighed(ranked.Swings).Ranked(["charge"]).Swings.ShouldBeEmpty();
    }

    [Fact]
    public void What_would_be_given_up_is_believed_and_the_next_step_is_not_taken()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var start = Believe(SidePreference.Empty);
            var gain = Any(start.Gains, random);
            var giveUp = Any(start.Losses.Where(step => step.Term != gain.Term), random);
            var said = start.GiveUp(gain, giveUp);
            said.IsRefused.ShouldBeFalse($"seed={seed}");
            var model = Believe(SidePreference.Empty with { Answers = said.Facts.ToValueList() });
            model.Contradiction.ShouldBeEmpty($"seed={seed}");
            foreach (var answer in said.Facts)
            {
                var lead = model.Points(Space.Find(answer.First)!) - model.Points(Space.Find(answer.Second)!);
                (answer.Choice is Rather.First ? lead : -lead).ShouldBeGreaterThanOrEqualTo(-0.5, $"seed={seed}");
                answer.First.Keys.Where(key => answer.First[key] != answer.Second[key]).ShouldBeSubsetOf([gain.Term, giveUp.Term]);
            }
        }
    }

    [Fact]
    public void An_answer_stays_one_whatever_is_offered_later()
    {
        var before = new TableSpace(Open());
        var question = new SideModel(before, Open(), Side.Customer, SidePreference.Empty).NextQuestion()!.Value;
        var state = Open();
        foreach (var (percent, hours) in new[] { (99.81m, 3), (99.82m, 5), (99.99m, 7), (99.5m, 9) })
            state = state.Offered(Pia, TableOf.Package(percent, hours, 44_444));
        var after = new TableSpace(state);
        for (var i = 0; i < before.Agenda.Count; i++) before.Options[i].ShouldBeSubsetOf(after.Options[i]);
        after.Find(question.First).ShouldNotBeNull();
        after.Find(question.Second).ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_given_up_says_only_that_the_first_step_is_too_far()
    {
        var model = Believe(SidePreference.Empty);
        var gain = model.Gains.First(step => step.Term == "availability");
        var nothing = model.Losses.First(step => step.Term == "charge" && step.From == step.To);
        model.GiveUp(gain, nothing).Facts.ShouldHaveSingleItem().Choice.ShouldBe(Rather.Second);
    }

    [Theory]
    [InlineData("availability", "availability", "room.same_term")]
    [InlineData("availability", "nothing", "room.option")]
    [InlineData("worse", "charge", "room.no_gain")]
    [InlineData("availability", "better", "room.no_loss")]
    public void A_statement_that_says_nothing_is_refused_with_what_to_name(string gained, string left, string code)
    {
        var model = Believe(SidePreference.Empty);
        var gain = model.Gains.First(step => step.Term == "availability");
        var loss = model.Losses.Last(step => step.Term == (left == "availability" ? left : "charge"));
        if (gained == "worse") gain = new TermStep(gain.Term, gain.To, gain.From);
        if (left == "better") loss = new TermStep(loss.Term, loss.To, loss.From);
        if (left == "nothing") loss = new TermStep("charge", loss.From, new TermValue.Price(new Money(1m, "EUR")));
        model.GiveUp(gain, loss).Refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public void An_order_that_the_answers_speak_against_is_shown()
    {
        var ranked = Believe(SidePreference.Empty.Ranked(["restore", "charge", "availability"]));
        var (charge, restore) = (Ends(ranked, "charge"), Ends(ranked, "restore"));
        var rest = ranked.Losses.First(step => step.Term == "availability").From;
        // A part of the charge's range is rather had than the whole of the other's, which is said to matter more.
        var part = ranked.Gains.Last(step => step.Term == "charge").From;
        var answer = new GivenAnswer(
            Package(rest, restore.Worst, part), Package(rest, restore.Best, charge.Worst), Rather.First);
        var model = Believe(ranked.Said with { Answers = new[] { answer }.ToValueList() });
        (model.RankingContradicts || model.Contradiction.Count > 0).ShouldBeTrue();
    }

    private static Dictionary<string, TermValue> Package(TermValue availability, TermValue restore, TermValue charge) =>
        new() { ["availability"] = availability, ["restore"] = restore, ["charge"] = charge };

    private static (TermValue Best, TermValue Worst) Ends(SideModel model, string term) =>
        model.Losses.Where(step => step.Term == term).ToList() is var steps ? (steps[0].From, steps[^1].To) : default;

    private static SideModel Believe(SidePreference said) => new(Space, State, Side.Customer, said);

    private static TermStep Any(IEnumerable<TermStep> steps, Random random) =>
        steps.ToList() is var all ? all[random.Next(all.Count)] : throw new InvalidOperationException();
}
