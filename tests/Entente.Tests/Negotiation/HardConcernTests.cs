using Entente.Bargaining.Solutions;
using Entente.Negotiation;
using Entente.Terms;
using Comparison = Entente.Terms.Comparison;
using static Entente.Tests.Negotiation.TableOf;

namespace Entente.Tests.Negotiation;

/// <summary>Drafts of the single text meet the hard concerns that are open.</summary>
public sealed class HardConcernTests
{
    private static readonly SidePreference _provider = new()
    {
        Swings = new Dictionary<string, int> { ["availability"] = 90, ["restore"] = 30, ["charge"] = 40 },
    };

    private static readonly SidePreference _customer = new()
    {
        Swings = new Dictionary<string, int> { ["availability"] = 20, ["restore"] = 90, ["charge"] = 50 },
    };

    [Fact]
    public void Every_draft_meets_an_open_hard_concern_and_an_answered_one_no_longer_binds()
    {
        var free = Drafts(Open());
        free.ShouldContain(draft => draft["restore"].Number < Span(4).Number);
        var state = Raise(Open(), new HardNeed(Comparison.AtLeast, Span(4)));
        var drafts = Drafts(state);
        drafts.ShouldNotBeEmpty();
        drafts.ShouldAllBe(draft => draft["restore"].Number >= Span(4).Number);
        state = Fold(state, TableRules.AnswerConcern(state, Pia, "c1", "A third person is hired"), Pia);
        Drafts(state).ShouldContain(draft => draft["restore"].Number < Span(4).Number);
    }

    [Fact]
    public void Every_proposal_of_the_mediator_meets_them_too()
    {
        foreach (var fairness in Enum.GetValues<Fairness>())
        {
            Between(Open()).Propose(fairness)!["restore"].Number!.Value.ShouldBeLessThan(Span(5).Number!.Value);
            var state = Raise(Open(), new HardNeed(Comparison.AtLeast, Span(5)));
            Between(state).Propose(fairness)!["restore"].Number!.Value.ShouldBeGreaterThanOrEqualTo(Span(5).Number!.Value);
            Between(Raise(Open(), new HardNeed(Comparison.AtMost, Span(1)))).Propose(fairness).ShouldBeNull();
        }

        var agreed = Drafts(Open())[0];
        if (Between(Raise(Open(), new HardNeed(Comparison.AtLeast, Span(4)))).Improvement(agreed) is { } better)
            better["restore"].Number!.Value.ShouldBeGreaterThanOrEqualTo(Span(4).Number!.Value);
    }

    [Fact]
    public void What_a_hard_concern_forbids_is_not_held_against_what_was_agreed()
    {
        var state = Raise(Open(), new HardNeed(Comparison.AtLeast, Span(5)));
        var (free, bound) = (Between(Open()), Between(state));
        foreach (var fairness in Enum.GetValues<Fairness>())
        {
            var proposed = bound.Propose(fairness)!;
            bound.Test(proposed).IsEfficient.ShouldBeTrue("no package that meets the concern is better");
            free.Test(proposed).IsEfficient.ShouldBeFalse("without the concern there is a better one");
            bound.Improvement(proposed).ShouldBeNull();
            free.Improvement(proposed).ShouldNotBeNull();
        }
    }

    [Fact]
    public void A_draft_that_a_new_concern_contradicts_is_followed_by_one_that_meets_it()
    {
        var state = Open();
        var draft = Between(state).FirstDraft()!;
        state = Raise(state, new HardNeed(Comparison.AtMost, Euro(43_000)));
        draft["charge"].Number!.Value.ShouldBeGreaterThan(43_000);
        if (Between(state).NextDraft(draft) is { } next)
        {
            next["charge"].Number!.Value.ShouldBeLessThanOrEqualTo(43_000);
            next.Count(pair => draft[pair.Key] != pair.Value).ShouldBeLessThanOrEqualTo(3);
            foreach (var (side, said) in new[] { (Side.Provider, _provider), (Side.Customer, _customer) })
                Points(state, side, said, next).ShouldBeGreaterThanOrEqualTo(Points(state, side, said, draft) - 1e-6);
        }
        else
        {
            // Then nobody-worse-off and the concern cannot both be kept: a search of all packages finds none either.
            All(state).ShouldAllBe(package => package["charge"].Number > 43_000
                || Points(state, Side.Provider, _provider, package)
                    < Points(state, Side.Provider, _provider, draft) - 1e-6
                || Points(state, Side.Customer, _customer, package)
                    < Points(state, Side.Customer, _customer, draft) - 1e-6);
        }
    }

    [Fact]
    public void Without_any_value_that_meets_it_there_is_no_draft()
    {
        var state = Raise(Open(), new HardNeed(Comparison.AtMost, Span(1)));
        Between(state).FirstDraft().ShouldBeNull();
    }

    [Fact]
    public void A_hard_concern_names_its_term_and_a_value_that_fits()
    {
        var need = new HardNeed(Comparison.AtLeast, Span(4));
        CodeOf(TableRules.RaiseConcern(Open(), "Sleep", null, null, need)).ShouldBe("concern.need_term");
        CodeOf(TableRules.RaiseConcern(Open(), "Sleep", "charge", null, need)).ShouldNotBe("accepted");
        need.IsMetBy(Span(4)).ShouldBeTrue();
        need.IsMetBy(Span(3)).ShouldBeFalse();
    }

    [Fact]
    public void What_was_said_of_a_concern_stays_in_its_thread()
    {
        var state = Raise(Open(), new HardNeed(Comparison.AtLeast, Span(4)));
        state = Fold(state, TableRules.AnswerConcern(state, Pia, "c1", "We will see"), Pia);
        state = Fold(state, TableRules.ReopenConcern(state, Sam, "c1", "That is no answer"), Sam);
        state = Fold(state, TableRules.ReframeConcern(state, Ann, "c1", "rest after a call"), Ann);
        state.Concern("c1")!.Thread.Select(entry => $"{entry.By} {entry.Words}: {entry.Text}").ShouldBe([
            "sam raised: On-call is two people", "pia answered: We will see",
            "sam not satisfied: That is no answer", "ann named the interest: rest after a call"]);
        state.Concern("c1")!.IsOpen.ShouldBeTrue();
    }

    private static NegotiationState Raise(NegotiationState state, HardNeed need) => Fold(
        state, TableRules.RaiseConcern(state, "On-call is two people",
            need.Value is TermValue.Price ? "charge" : "restore", owner: null, need), Sam);

    private static List<IReadOnlyDictionary<string, TermValue>> Drafts(NegotiationState state)
    {
        var mediation = Between(state);
        List<IReadOnlyDictionary<string, TermValue>> drafts = [];
        for (var draft = mediation.FirstDraft(); draft is not null; draft = mediation.NextDraft(draft))
        {
            drafts.Add(draft);
            drafts.Count.ShouldBeLessThan(30);
        }

        return drafts;
    }

    private static IEnumerable<IReadOnlyDictionary<string, TermValue>> All(NegotiationState state)
    {
        var options = new TableSpace(state).Options;
        return from a in options[0]
               from b in options[1]
               from c in options[2]
               select new Dictionary<string, TermValue> { ["availability"] = a, ["restore"] = b, ["charge"] = c };
    }

    private static double Points(NegotiationState state, Side side, SidePreference said,
        IReadOnlyDictionary<string, TermValue> package)
    {
        var table = new TableSpace(state);
        return new SideModel(table, state, side, said).Points(table.Find(package)!);
    }

    private static Mediation Between(NegotiationState state) => new(
        state, new Sealed<SidePreference>("provider", _provider), new Sealed<SidePreference>("customer", _customer));
}
