using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Protocols;
using Entente.Bargaining.Solutions;
using Entente.Bargaining.Tactics;

namespace Entente.Bargaining.Tests;

public sealed class ProtocolTests
{
    private static readonly Package A = new(0), B = new(1);

    [Fact]
    public void An_offer_that_all_others_accept_is_the_agreement()
    {
        var table = AlternatingOffers.Start(3, new Deadline(10)).After(new Move.Offer(0, A), 0).Get()
            .After(new Move.Accept(1), 0.1).Get().After(new Move.Accept(2), 0.2).Get();
        table.ShouldBeOfType<AlternatingOffers.Agreed>().Package.ShouldBe(A);
        table.After(new Move.Accept(0), 0.3).Refusal!.Code.ShouldBe("bargain.over");
    }

    [Fact]
    public void A_counter_offer_clears_the_acceptances()
    {
        var table = AlternatingOffers.Start(3, new Deadline(10)).After(new Move.Offer(0, A), 0).Get()
            .After(new Move.Accept(1), 0).Get().After(new Move.Offer(2, B), 0).Get().After(new Move.Accept(0), 0).Get();
        table.ShouldBeOfType<AlternatingOffers.Open>().Accepted.Keys.ShouldBe([0]);
        table.After(new Move.Accept(1), 0).Get().ShouldBeOfType<AlternatingOffers.Agreed>().Package.ShouldBe(B);
    }

    [Fact]
    public void Of_several_equal_offers_one_is_taken()
    {
        var table = AlternatingOffers.Start(2, new Deadline(10)).After(new Move.Offer(0, [A, B]), 0).Get();
        table.After(new Move.Accept(1, 1), 0).Get().ShouldBeOfType<AlternatingOffers.Agreed>().Package.ShouldBe(B);
        table.After(new Move.Accept(1, 2), 0).Refusal!.Code.ShouldBe("bargain.choice");
    }

    [Fact]
    public void Moves_out_of_turn_without_an_offer_or_after_the_deadline_are_refused_or_end_it()
    {
        AlternatingOffers open = AlternatingOffers.Start(2, new Deadline(RoundsMax: 1));
        open.After(new Move.Offer(1, A), 0).Refusal!.Code.ShouldBe("bargain.not_your_turn");
        open.After(new Move.Accept(0), 0).Refusal!.Code.ShouldBe("bargain.no_offer");
        open.After(new Move.Offer(0, A), 1.01).Get().ShouldBeOfType<AlternatingOffers.Ended>()
            .Reason.ShouldBe("deadline");
        var second = open.After(new Move.Offer(0, A), 0).Get().After(new Move.Offer(1, B), 0).Get();
        second.After(new Move.Offer(0, A), 0).Get().ShouldBeOfType<AlternatingOffers.Ended>();
        open.After(new Move.WalkAway(0), 0).Get().ShouldBeOfType<AlternatingOffers.Ended>()
            .Reason.ShouldBe("walked_away");
    }

    [Fact]
    public void A_cold_text_only_moves_when_all_say_yes()
    {
        var text = SingleText.Start(A, 2, Annealing.None, new Deadline(5)).Propose(B, 0).Get();
        text.Answer([true, false], 0).Get().Draft.ShouldBe(A);
        text.Answer([true, true], 0.99).Get().Draft.ShouldBe(B);
        text.Propose(A, 0).Refusal!.Code.ShouldBe("bargain.unanswered");
        text.Answer([true], 0).Refusal!.Code.ShouldBe("bargain.answers");
        SingleText.Start(A, 2, Annealing.None, new Deadline(0)).Propose(B, 0).Refusal!.Code.ShouldBe("bargain.over");
    }

    [Fact]
    public void A_warm_mediator_overrules_nobody_twice_before_the_others_once()
    {
        var text = SingleText.Start(A, 2, new Annealing(10, 100), new Deadline());
        text = text.Propose(B, 0).Get().Answer([true, false], 0).Get();
        text.Draft.ShouldBe(B);
        text.Overruled.ShouldBe([0, 1]);
        text.Propose(A, 0).Get().Answer([true, false], 0).Get().Draft.ShouldBe(B);
        text.Propose(A, 0).Get().Answer([false, true], 0).Get().Draft.ShouldBe(A);
    }

    [Fact]
    public void A_mediated_text_with_truthful_answers_ends_near_the_frontier_and_refusing_everything_does_not_pay()
    {
        var (truthful, stubborn, start) = (0.0, 0.0, 0.0);
        for (var seed = 0; seed < 20; seed++)
        {
            var bargain = SolutionTests.Wide(seed, parties: 2, issues: 12, values: 4);
            start += bargain.Utilities(new Package(new int[12]))[0];
            truthful += Mediate(bargain, seed, refuser: null)[0];
            stubborn += Mediate(bargain, seed, refuser: 0)[0];
        }

        truthful.ShouldBeGreaterThan(start);
        truthful.ShouldBeGreaterThan(stubborn);
    }

    [Fact]
    public void The_first_deal_stands_unless_all_accept_the_better_one()
    {
        var start = PostSettlement.Start(A, B, 2, new Deadline());
        start.Answer(0, true, 0).Get().Result.ShouldBe(A);
        start.Answer(0, true, 0).Get().Answer(1, true, 0).Get().Result.ShouldBe(B);
        var refused = start.Answer(0, false, 0).Get();
        refused.Result.ShouldBe(A);
        refused.Answer(1, true, 0).Refusal!.Code.ShouldBe("bargain.over");
        start.Answer(0, true, 0).Get().Answer(0, true, 0).Refusal!.Code.ShouldBe("bargain.answered");
    }

    private static double[] Mediate(Bargain bargain, int seed, int? refuser)
    {
        var text = SingleText.Start(new Package(new int[bargain.Space.Issues.Count]), 2, new Annealing(1, 600),
            new Deadline());
        while (text.Round < 900)
        {
            var proposal = text.Mutate(bargain.Space, seed);
            bool[] yes = [.. Enumerable.Range(0, 2).Select(p => p != refuser
                && bargain.Parties[p].Utility(proposal) >= bargain.Parties[p].Utility(text.Draft))];
            text = text.Propose(proposal, 0).Get().Answer(yes, Chance.Seeded(seed, text.Round, 7).Share()).Get();
        }

        return bargain.Utilities(text.Draft);
    }
}
