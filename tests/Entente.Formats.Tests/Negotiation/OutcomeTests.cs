using Entente.Bargaining;
using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;
using Entente.Bargaining.Tactics;
using Entente.Formats.Bargaining;
using Entente.Formats.Tests.Bargaining;

namespace Entente.Formats.Tests.Negotiation;

/// <summary>What mediation is worth on published domains: pairs with the mediator, beside the same pairs
/// alone.</summary>
public sealed class OutcomeTests(ITestOutputHelper output)
{
    private const int OutcomesMost = 100_000;
    private const int QuestionsMost = 15;

    private static readonly string[][] _pairs =
        [["boulware", "conceder"], ["linear", "linear"], ["tit-for-tat", "logroller"], ["boulware", "boulware"]];

    [Fact]
    public void Pairs_with_the_mediator_reach_the_best_nash_product_and_always_an_efficient_deal()
    {
        List<double> alone = [], told = [], asked = [];
        var (efficientAlone, efficientAsked, questions, runs, agreedAlone, improved) = (0, 0, 0, 0, 0, 0);
        foreach (var bargain in TwoSided())
        {
            if (Solver.Find(bargain, Fairness.Nash) is not { Value: > 1e-9 } best) continue;
            foreach (var pair in _pairs)
            {
                var run = Simulation.Play(bargain, pair, seed: 7, roundsMax: 60);
                runs++;
                alone.Add(Share(bargain, run.Agreement, best.Value));
                if (run.Agreement is not { } deal) continue;
                agreedAlone++;
                if (Efficiency.Certify(bargain, deal).IsEfficient) efficientAlone++;

                // The same pair, its rooms filled: what it found alone stands until both take the mediator's improvement.
                var after = Improved(bargain, bargain, deal);
                Efficiency.Certify(bargain, after).IsEfficient.ShouldBeTrue("Improvements end at an efficient deal.");
                if (after != deal) improved++;
            }

            var mediated = Mediated(bargain, bargain);
            mediated.ShouldNotBeNull();
            Efficiency.Certify(bargain, mediated).IsEfficient.ShouldBeTrue();
            bargain.IsIndividuallyRational(bargain.Utilities(mediated)).ShouldBeTrue();
            told.Add(Share(bargain, mediated, best.Value));
            var (believed, count) = Believed(bargain);
            questions += count;
            var found = Mediated(bargain, believed);
            found.ShouldNotBeNull();
            asked.Add(Share(bargain, found, best.Value));
            if (Efficiency.Certify(bargain, found).IsEfficient) efficientAsked++;
        }

        output.WriteLine($"| on {told.Count} published domains | best Nash product | least | Pareto-efficient |");
        output.WriteLine("|---|---|---|---|");
        Row($"{runs} pairs alone, {agreedAlone / (double)runs:P0} agreed", alone, efficientAlone / (double)runs);
        Row("mediated, rooms filled", told, efficient: 1);
        var mean = questions / (2.0 * asked.Count);
        Row($"mediated, at most {QuestionsMost} questions a side (mean {mean:F1})", asked,
            efficientAsked / (double)asked.Count);
        output.WriteLine($"{improved} of {agreedAlone} deals found alone had an improvement that both took.");
        told.Average().ShouldBeGreaterThanOrEqualTo(0.98);
        asked.Average().ShouldBeGreaterThanOrEqualTo(0.99);
        asked.Min().ShouldBeGreaterThanOrEqualTo(0.95);
        efficientAsked.ShouldBe(asked.Count);

        void Row(string what, List<double> shares, double efficient) => output.WriteLine(
            $"| {what} | {shares.Average():P1} | {shares.Min():P1} | {efficient:P0} |");
    }

    /// <summary>The mediator proposes from what it believes; each side answers by its own limits alone. What not both take
    /// is followed by another point of fairness, and what both took by improvements.</summary>
    private static Package? Mediated(Bargain truth, Bargain believed)
    {
        foreach (var fairness in (Fairness[])[Fairness.Nash, Fairness.KalaiSmorodinsky, Fairness.Egalitarian])
        {
            if (Solver.Find(believed, fairness)?.Package is not { } proposal) continue;
            if (Enumerable.Range(0, 2).All(party => Takes(truth, party, proposal)))
                return Improved(truth, believed, proposal);
        }

        return null;
    }

    /// <summary>Proposes what the mediator believes to be better for one and worse for none, while both take it.</summary>
    private static Package Improved(Bargain truth, Bargain believed, Package deal)
    {
        while (believed.Allows(deal) && Efficiency.Improve(believed, deal)?.Package is { } better
            && Enumerable.Range(0, 2).All(party => Takes(truth, party, better)
                && truth.Utilities(better)[party] >= truth.Utilities(deal)[party])
            && !truth.Utilities(better).SequenceEqual(truth.Utilities(deal))) deal = better;
        return deal;
    }

    /// <summary>A side signs what is above its own limit and within its must-haves.</summary>
    private static bool Takes(Bargain truth, int party, Package package) =>
        truth.Space.Allows(package) && truth.Utilities(package)[party] >= truth.Disagreement[party] - 1e-9
        && truth.Parties[party].MustHaves.All(must => must.Holds(package));

    /// <summary>What the mediator believes when it only knows curves and the answers to a few questions.</summary>
    private static (Bargain Bargain, int Questions) Believed(Bargain bargain)
    {
        var questions = 0;
        var believed = Enumerable.Range(0, 2).Select(party =>
        {
            var interview = BargainQuestions.Interview(bargain, party, Swings(bargain.Parties[party]));
            for (var question = 0; question < QuestionsMost && interview.NextToRank() is { } next; question++)
            {
                questions++;
                interview = interview.With(new Answer(next, BargainQuestions.Truth(bargain.Parties[party], next)));
            }

            var worth = interview.Preference(bargain.Parties[party].Party);
            var (least, most) = Ends(bargain.Parties[party].Worth);
            var (from, to) = Ends(worth.Worth);
            // A side knows where its limit lies between its worst and its best package.
            var limit = most > least ? (bargain.Disagreement[party] - least) / (most - least) : 0;
            return worth with
            {
                Reservation = from + limit * (to - from),
                MustHaves = bargain.Parties[party].MustHaves
            };
        }).ToList();
        return (new Bargain(bargain.Space, believed), questions);
    }

    /// <summary>What a person might say of how much each issue matters: right in order, off by up to a third.</summary>
    private static double[] Swings(Preference party) =>
        [.. party.Worth.Select((row, i) => (row.Max() - row.Min()) * (i % 2 == 0 ? 0.7 : 1.3) + 1e-6)];

    private static (double Least, double Most) Ends(IReadOnlyList<IReadOnlyList<double>> worth) =>
        (worth.Sum(row => row.Min()), worth.Sum(row => row.Max()));

    private static double Share(Bargain bargain, Package? deal, double best)
    {
        if (deal is null) return 0;
        var utilities = bargain.Utilities(deal);
        return Math.Max(0, utilities[0] - bargain.Disagreement[0]) * Math.Max(
            0, utilities[1] - bargain.Disagreement[1]) / best;
    }

    private static IEnumerable<Bargain> TwoSided() =>
        Domains.All().Select(Domains.Read).Select(document => document.Bargain)
        .Where(bargain => bargain.Parties.Count == 2 && bargain.Space.Outcomes <= OutcomesMost
            && bargain.Parties.All(party => party.Interactions.Count == 0));
}
