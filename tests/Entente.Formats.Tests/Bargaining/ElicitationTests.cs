using Entente.Bargaining;
using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Formats.Bargaining;

namespace Entente.Formats.Tests.Bargaining;

/// <summary>How well an interview of at most fifteen questions finds out what the parties of published domains
/// want.</summary>
public sealed class ElicitationTests(ITestOutputHelper output)
{
    private const int QuestionsMost = 15;

    private const int IssuesMost = 8;

    /// <summary>The person values options on a slider of twenty steps, states swings in ten steps after misjudging each by
    /// up to a quarter, and then answers trade-offs as meant; utilities are never shown to the interview.</summary>
    [Fact]
    public void Fifteen_questions_rank_packages_as_the_hidden_utility_does()
    {
        List<double> before = [], after = [], asked = [], regrets = [], ranked = [], askedToRank = [];
        foreach (var (bargain, p) in People())
        {
            var hidden = bargain.Parties[p];
            var interview = Sheet(bargain.Space, hidden, seed: p);
            before.Add(Tau(bargain.Space, interview.Preference("x"), hidden, seed: p));
            while (interview.Answers.Count < QuestionsMost && interview.Next() is { } next)
                interview = interview.With(new Answer(next, BargainQuestions.Truth(hidden, next)));
            after.Add(Tau(bargain.Space, interview.Preference("x"), hidden, seed: p));
            asked.Add(interview.Answers.Count);
            regrets.Add(interview.Recommend().Regret);
            // As the sealed rooms ask: for the order of all packages.
            var order = Sheet(bargain.Space, hidden, seed: p);
            while (order.Answers.Count < QuestionsMost && order.NextToRank() is { } next)
                order = order.With(new Answer(next, BargainQuestions.Truth(hidden, next)));
            ranked.Add(Tau(bargain.Space, order.Preference("x"), hidden, seed: p));
            askedToRank.Add(order.Answers.Count);
        }

        output.WriteLine($"{after.Count} people: Kendall tau {before.Average():0.000} after the sheet, "
            + $"{after.Average():0.000} after {asked.Average():0.0} questions (least {after.Min():0.000}); worst-case "
            + $"regret {regrets.Average():0.0000}, below 2 % for {regrets.Count(r => r < 0.02)}; asked for the order "
            + $"{ranked.Average():0.000} after {askedToRank.Average():0.0} questions (least {ranked.Min():0.000})");
        after.Average().ShouldBeGreaterThanOrEqualTo(0.9);
        after.Average().ShouldBeGreaterThan(before.Average());
        ranked.Average().ShouldBeGreaterThanOrEqualTo(after.Average());
        asked.Concat(askedToRank).Max().ShouldBeLessThanOrEqualTo(QuestionsMost);
        regrets.Count(r => r < 0.02).ShouldBeGreaterThanOrEqualTo(regrets.Count * 9 / 10);
    }

    private static Interview Sheet(Space space, Preference hidden, int seed)
    {
        var curves = hidden.Worth.Select(row => (ValueFunction)new ValueFunction.Table([.. row.Select(w =>
            row.Max() > row.Min() ? Math.Round(20 * (w - row.Min()) / (row.Max() - row.Min())) / 20 : 0)]));
        double[] swings = [.. hidden.Worth.Select((row, i) =>
            (row.Max() - row.Min()) * (0.75 + 0.5 * Chance.Seeded(seed, i, 3).Share()))];
        return new Interview(space, [.. curves],
            [.. swings.Select(swing => Math.Max(1, Math.Round(10 * swing / swings.Max())))]);
    }

    private static IEnumerable<(Bargain Bargain, int Party)> People() => Domains.All()
        .Select(id => Domains.Read(id).Bargain)
        .Where(bargain => bargain.Space.Issues.Count is >= 3 and <= IssuesMost)
        .SelectMany(bargain => Enumerable.Range(0, bargain.Parties.Count).Select(p => (bargain, p)));

    private static double Tau(Space space, Preference believed, Preference hidden, int seed)
    {
        var packages = Enumerable.Range(0, 120).Select(n =>
            new Package([.. space.Issues.Select((issue, i) => Chance.Seeded(seed, n, i).Next(issue.Count))])).ToArray();
        var (x, y) = (packages.Select(believed.Utility).ToArray(), packages.Select(hidden.Utility).ToArray());
        var (sum, all) = (0, 0);
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < i; j++)
            {
                if (Math.Abs(y[i] - y[j]) < 1e-12) continue;
                all++;
                sum += Math.Abs(x[i] - x[j]) < 1e-12 ? 0 : Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
            }

        return all == 0 ? 1 : (double)sum / all;
    }
}
