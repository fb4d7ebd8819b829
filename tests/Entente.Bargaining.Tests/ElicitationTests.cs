using Entente.Bargaining.Elicitation;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Tests;

public sealed class ElicitationTests
{
    [Fact]
    public void A_linear_program_finds_the_corner_that_listing_the_corners_finds()
    {
        foreach (var seed in Small.Seeds(200))
        {
            var random = new Random(seed);
            double[][] a = [.. Enumerable.Range(0, 3)
                .Select(_ => new[] { random.NextDouble() * 2 - 0.5, random.NextDouble() * 2 - 0.5 }), [1, 1]];
            double[] b = [.. a.Take(3).Select(_ => random.NextDouble() - 0.2), 2];
            double[] c = [random.NextDouble() - 0.3, random.NextDouble() - 0.3];
            var corners = Corners([.. a, [-1, 0], [0, -1]], [.. b, 0, 0]);
            var found = LinearProgram.Maximize(a, b, c);
            if (corners.Count == 0) found.ShouldBeNull($"seed={seed}");
            else found!.Value.Value.ShouldBe(corners.Max(x => c[0] * x[0] + c[1] * x[1]), 1e-7, $"seed={seed}");
        }
    }

    [Fact]
    public void Fifteen_questions_bring_the_regret_below_two_percent_and_it_is_never_exceeded()
    {
        var regrets = new List<double>();
        foreach (var seed in Small.Seeds(8))
        {
            var (space, hidden, curves) = Person(seed, 8);
            var interview = new Interview(space, curves, Swings(hidden, seed));
            interview = Ask(interview, hidden, 15);
            interview.Answers.Count.ShouldBeLessThanOrEqualTo(15);
            var recommended = interview.Recommend();
            regrets.Add(recommended.Regret);
            if (recommended.Regret < 0.02) interview.Next().ShouldBeNull();
            var best = interview.Candidates.Max(p => Utility(hidden, curves, space, p));
            (best - Utility(hidden, curves, space, recommended.Package))
                .ShouldBeLessThanOrEqualTo(recommended.Regret + 1e-9, $"seed={seed}");
            interview.Contradiction.ShouldBeNull($"seed={seed}");
        }

        regrets.Average().ShouldBeLessThan(0.02);
        regrets.Count(regret => regret < 0.02).ShouldBeGreaterThanOrEqualTo(8, string.Join(" ", regrets));
    }

    [Fact]
    public void The_hidden_weights_stay_inside_what_is_known_and_the_ranking_is_right()
    {
        var taus = new List<double>();
        foreach (var seed in Small.Seeds(8))
        {
            var (space, hidden, curves) = Person(seed, 8);
            var interview = Ask(new Interview(space, curves, Swings(hidden, seed)), hidden, 15, one => one.NextToRank());
            foreach (var statement in interview.Weights.Statements)
                statement.Normal.Zip(hidden, (n, w) => n * w).Sum()
                    .ShouldBeGreaterThanOrEqualTo(statement.Least - 1e-9, $"seed={seed}");
            var believed = interview.Preference("person");
            var packages = Enumerable.Range(0, 60)
                .Select(i =>
                new Package([.. space.Issues.Select((issue, k) => Chance.Seeded(seed, i, k).Next(issue.Count))]))
                .ToList();
            taus.Add(Kendall([.. packages.Select(believed.Utility)],
                [.. packages.Select(p => Utility(hidden, curves, space, p))]));
        }

        taus.Average().ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void Contradicting_answers_are_shown_and_mended_by_the_least_change()
    {
        var (space, _, curves) = Person(4, 4);
        var interview = new Interview(space, curves);
        var question = interview.Next()!;
        interview = interview.With(new Answer(question, Choose.First)).With(new Answer(question, Choose.Second));
        interview.Contradiction.ShouldBeNull("both at once can only be meant as equal");
        // Two issues whose weights sum to one: the first outweighs the second, and half of the second outweighs the
        // first.
        var two = new Space([Issue.Integer("a", 0, 2), Issue.Integer("b", 0, 2)]);
        var circle = new Interview(two, [new ValueFunction.Rising(), new ValueFunction.Rising()])
            .With(new Answer(new Question(new Package(2, 0), new Package(0, 2), 0, 1), Choose.First))
            .With(new Answer(new Question(new Package(0, 1), new Package(2, 0), 0, 1), Choose.First));
        circle.Contradiction!.Answers.ShouldBe([0, 1]);
        // With w on the first and 1 - w on the second: 2w - 1 >= -s and (1 - w)/2 - w >= -t; least s + t is 0.25 at w =
        // 1/2.
        circle.Contradiction.Eased.Sum().ShouldBe(0.25, 1e-6);
        circle.Weights.IsEmpty.ShouldBeFalse();
        circle.Without(1).Contradiction.ShouldBeNull();
        circle.Recommend().Regret.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Must_haves_rule_out_packages_and_indifference_is_an_answer()
    {
        var (space, _, curves) = Person(2, 4);
        var interview = new Interview(space, curves, mustHaves: [new Choice(0, 1)]);
        interview.Recommend().Package[0].ShouldBe(1);
        var question = interview.Next()!;
        interview.With(new Answer(question, Choose.Either)).Weights.Statements.Count.ShouldBe(2);
    }

    [Fact]
    public void Swings_become_weights_and_curves_become_values()
    {
        ValueFunction.SwingWeights([100, 50, 50]).ShouldBe([0.5, 0.25, 0.25]);
        Should.Throw<BargainException>(() => ValueFunction.SwingWeights([1, -1]));
        var price = Issue.Money("price", 40, 60, 5, "EUR");
        new ValueFunction.Falling().Values(price).ShouldBe([1, 0.75, 0.5, 0.25, 0]);
        new ValueFunction.PiecewiseLinear([(40, 1), (50, 0.8), (60, 0)]).Values(price).ShouldBe([1, 0.9, 0.8, 0.4, 0]);
        Should.Throw<BargainException>(() => new ValueFunction.Table([1, 2]).Values(price));
        ValueFunction.Default(Issue.Ordered("hours", "8x5", "12x5", "24x7"), moreIsBetter: true)
            .Values(Issue.Ordered("hours", "a", "b", "c"))[1].ShouldBeGreaterThan(0.5);
    }

    private static Interview Ask(
        Interview interview, double[] hidden, int most, Func<Interview, Question?>? next = null)
    {
        for (var i = 0; i < most && (next ?? (one => one.Next()))(interview) is { } question; i++)
        {
            question.First.Differences(question.Second).ShouldBe(2);
            var range = interview.Preference("x").Range!;
            range.Least.Zip(range.Most).ShouldAllBe(pair => pair.First[0] <= pair.Second[0] + 1e-9);
            var (space, curves) = (interview.Space, Curves(interview.Space));
            var (a, b) = (Utility(hidden, curves, space, question.First),
                Utility(hidden, curves, space, question.Second));
            interview = interview.With(
                new Answer(question, Math.Abs(a - b) < 0.005 ? Choose.Either : a > b ? Choose.First : Choose.Second));
        }

        return interview;
    }

    private static (Space Space, double[] Hidden, ValueFunction[] Curves) Person(int seed, int issues)
    {
        var space = new Space([.. Enumerable.Range(0, issues).Select(i => Issue.Integer($"i{i}", 0, 3))]);
        double[] raw = [.. Enumerable.Range(0, issues).Select(i => 0.05 + Chance.Seeded(seed, i, 99).Share())];
        return (space, [.. raw.Select(w => w / raw.Sum())], Curves(space));
    }

    private static ValueFunction[] Curves(Space space) =>
        [.. space.Issues.Select((_, i) => i % 2 == 0 ? (ValueFunction)new ValueFunction.Rising(0.8)
            : new ValueFunction.Falling(1.2))];

    /// <summary>Swings as a person says them: right within thirty percent.</summary>
    private static double[] Swings(double[] hidden, int seed) =>
        [.. hidden.Select((w, i) => w * (0.77 + 0.53 * Chance.Seeded(seed, i, 5).Share()))];

    private static double Utility(double[] weights, ValueFunction[] curves, Space space, Package package) =>
        weights.Select((w, i) => w * curves[i].Values(space.Issues[i])[package[i]]).Sum();

    private static double Kendall(double[] a, double[] b)
    {
        var (agree, all) = (0, 0);
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < i; j++)
            {
                if (a[i] == a[j] || b[i] == b[j]) continue;
                all++;
                agree += Math.Sign(a[i] - a[j]) == Math.Sign(b[i] - b[j]) ? 1 : -1;
            }

        return (double)agree / all;
    }

    private static List<double[]> Corners(double[][] a, double[] b)
    {
        var corners = new List<double[]>();
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < i; j++)
            {
                var det = a[i][0] * a[j][1] - a[i][1] * a[j][0];
                if (Math.Abs(det) < 1e-9) continue;
                double[] x = [(b[i] * a[j][1] - a[i][1] * b[j]) / det, (a[i][0] * b[j] - b[i] * a[j][0]) / det];
                if (a.Zip(b).All(pair => pair.First[0] * x[0] + pair.First[1] * x[1] <= pair.Second
                    + 1e-9)) corners.Add(x);
            }

        return corners;
    }
}
