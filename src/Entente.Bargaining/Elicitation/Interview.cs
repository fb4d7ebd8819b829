using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Elicitation;

/// <summary>Which of two packages a person would rather sign.</summary>
public enum Choose { First, Second, Either }

/// <summary>Two packages that differ in two issues: what is gained on one is given up on the other.</summary>
public sealed record Question(Package First, Package Second, int FirstIssue, int SecondIssue);

public sealed record Answer(Question Question, Choose Choice);

/// <summary>The package with the least worst-case regret, and that regret as a share of the whole range of
/// worth.</summary>
/// <param name="Rival">The package that could turn out better by that much.</param>
public sealed record Recommendation(Package Package, double Regret, Package Rival);

/// <summary>Answers that cannot all be meant, and by how little each must be eased for all to hold.</summary>
/// <param name="Answers">Places in the list of answers; none can be left out of the contradiction.</param>
/// <param name="Eased">For each answer, how much worth the package not chosen may be better after all; 0 for answers
/// kept as they are.</param>
public sealed record Contradiction(IReadOnlyList<int> Answers, IReadOnlyList<double> Eased);

/// <summary>Finds out what somebody prefers: value curves and swings first, then few trade-off questions by minimax
/// regret.</summary>
/// <remarks>
/// Utility is Σ w v(x) with known curves v in [0, 1] and weights known only as a set. The regret of x against y is
/// the largest w·(v(y) − v(x)) over that set; the recommendation has the smallest largest regret among the candidates.
/// The next question is the one after whose answers the rivals of the present recommendation can be least ahead (current
/// solution strategy, Boutilier et al. 2006), of those that look best on weights spread over the set; the regret that
/// is stated is a linear program over all weights, never a sample.
/// An interview is immutable and has no clock and no chance: the same answers give the same next question.
/// </remarks>
public sealed record Interview
{
    /// <summary>"Either" means that the two are within this share of the whole range.</summary>
    public const double Indifference = 0.01;

    /// <summary>A swing may be off by this share of the largest, besides being off by a factor.</summary>
    private const double Blur = 0.02;

    private readonly double[][] _values;
    private readonly WeightSet _stated;
    private readonly double[]? _points;

    /// <param name="values">A curve for each issue.</param>
    /// <param name="swings">Points for the swing of each issue from worst to best; null when nothing is said
    /// yet.</param>
    /// <param name="trust">How far a swing may be off, as a factor: 2 means between half and double.</param>
    /// <param name="mustHaves">The only options the person can sign, for the issues named.</param>
    /// <param name="candidates">The packages that may be recommended; null for a spread of them.</param>
    public Interview(Space space, IReadOnlyList<ValueFunction> values, IReadOnlyList<double>? swings = null,
        double trust = 1.5,
        IReadOnlyList<Choice>? mustHaves = null, IReadOnlyList<Package>? candidates = null)
    {
        Space = space;
        MustHaves = mustHaves ?? [];
        _values = [.. space.Issues.Select((issue, i) => values[i].Values(issue).ToArray())];
        _points = swings?.Sum() is > 0 and var sum ? [.. swings.Select(one => one / sum)] : null;
        _stated = new WeightSet(space.Issues.Count, [.. Swings(swings, trust)]);
        Candidates = candidates is { Count: > 1 } ? candidates : Spread();
        Weights = _stated;
    }

    public Space Space { get; }

    /// <summary>The packages that may be recommended; by default a spread of packages that trade one issue for
    /// another.</summary>
    public IReadOnlyList<Package> Candidates { get; }

    public IReadOnlyList<Answer> Answers { get; private init; } = [];

    public IReadOnlyList<Choice> MustHaves { get; }

    /// <summary>The weights that agree with everything said, after mending.</summary>
    public WeightSet Weights { get; private init; }

    /// <summary>What does not fit together; null when all answers can be meant.</summary>
    public Contradiction? Contradiction { get; private init; }

    public Interview With(Answer answer) => Rebuild([.. Answers, answer]);

    /// <summary>Takes back the answer at a place, such as one of a contradiction.</summary>
    public Interview Without(int answer) => Rebuild([.. Answers.Where((_, i) => i != answer)]);

    private Interview Rebuild(IReadOnlyList<Answer> answers)
    {
        var set = _stated.With([.. answers.SelectMany(Statements)]);
        if (!set.IsEmpty) return this with { Answers = answers, Weights = set, Contradiction = null };
        var conflict = set.Contradiction().Select(s => s.Source).Where(s => s >= 0).Distinct().Order().ToArray();
        var (mended, eased) = set.Mended();
        var byAnswer = new double[answers.Count];
        for (var s = 0; s < eased.Count; s++)
            if (set.Statements[s].Source is >= 0 and var source) byAnswer[source] = Math.Max(
                byAnswer[source], eased[s] < 1e-9 ? 0 : eased[s]);
        return this with { Answers = answers, Weights = mended, Contradiction = new Contradiction(conflict, byAnswer) };
    }

    /// <summary>The preference at the centre of what is known, with the least and the most each option may be worth;
    /// before the first answer the points themselves, where there are any.</summary>
    public Preference Preference(string party)
    {
        return new Preference(party, Worth(Answers.Count == 0 && _points is not null ? _points : Weights.Centre()))
        {
            MustHaves = MustHaves,
            Range = new WorthRange(Worth([.. Weights.Bounds.Select(bound => bound.Least)]),
                Worth([.. Weights.Bounds.Select(bound => bound.Most)])),
        };

        IReadOnlyList<double>[] Worth(double[] w) =>
            [.. _values.Select((row, i) => (IReadOnlyList<double>)[.. row.Select(v => w[i] * v)])];
    }

    /// <summary>The largest amount by which one of <paramref name="others"/> could turn out better than a
    /// package.</summary>
    public (double Regret, Package Rival) RegretOf(Package package, IReadOnlyList<Package> others)
    {
        var (regret, rival) = (0.0, package);
        foreach (var other in others)
        {
            var difference = Difference(other, package);
            if (Hope(difference) <= regret) continue;
            var ahead = Weights.Farthest(difference).Value;
            if (ahead > regret) (regret, rival) = (ahead, other);
        }

        return (regret, rival);
    }

    /// <summary>More than a package can be ahead: each weight at its most where it gains, at its least where it
    /// loses.</summary>
    private double Hope(double[] difference) => difference.Select(
        (d, i) => d * (d > 0 ? Weights.Bounds[i].Most : Weights.Bounds[i].Least)).Sum();

    public Recommendation Recommend()
    {
        var search = new QuestionSearch(_values, Weights, Allowed());
        Recommendation? best = null;
        // The regret on samples is no more than the regret, so most packages are out before a linear program is asked.
        foreach (var (package, atLeast) in search.ByRegret())
        {
            if (best is not null && atLeast >= best.Regret) break;
            var (regret, rival) = best is null ? RegretOf(package, Allowed()) : RegretBelow(package, best);
            if (best is null || regret < best.Regret - 1e-12) best = new Recommendation(package, regret, rival);
        }

        return best!;
    }

    /// <summary>The next question; null when the regret is below <paramref name="enough"/> or no question would tell
    /// more.</summary>
    public Question? Next(double enough = 0.02)
    {
        var now = Recommend();
        return now.Regret < enough ? null
            : new QuestionSearch(_values, Weights, Allowed()).Best(now.Package);
    }

    /// <summary>The next question when not one package is to be recommended but all are to be ranked, as a mediation needs
    /// it; null when the weights are known within <paramref name="enough"/> (root mean square) or nothing is
    /// open.</summary>
    /// <remarks>It follows from the person's own answers alone, so that it tells the person nothing of anybody
    /// else.</remarks>
    public Question? NextToRank(double enough = 0.02) => new QuestionSearch(_values, Weights, Allowed()).Sharpest(enough);

    private IReadOnlyList<Package> Allowed()
    {
        var allowed = Candidates.Where(p => Space.Allows(p) && MustHaves.All(must => must.Holds(p))).ToArray();
        return allowed.Length > 0 ? allowed
            : throw new BargainException("bargain.space_empty", "mustHaves",
                "No candidate package satisfies the must-haves.");
    }

    private (double, Package) RegretBelow(Package package, Recommendation bound)
    {
        var first = Weights.Max(Difference(bound.Package, package))!.Value;
        return first >= bound.Regret ? (first, bound.Package) : RegretOf(package, Allowed());
    }

    private double[] Difference(Package a, Package b) => [.. _values.Select((row, i) => row[a[i]] - row[b[i]])];

    private IEnumerable<HalfSpace> Statements(Answer answer, int index)
    {
        var normal = Difference(answer.Question.First, answer.Question.Second);
        double[] opposite = [.. normal.Select(x => -x)];
        return answer.Choice switch
        {
            Choose.First => [new HalfSpace(normal, 0, index)],
            Choose.Second => [new HalfSpace(opposite, 0, index)],
            _ => [new HalfSpace(normal, -Indifference, index), new HalfSpace(opposite, -Indifference, index)],
        };
    }

    /// <summary>w_i within a factor, and a little, of what its swing says against the largest swing.</summary>
    private IEnumerable<HalfSpace> Swings(IReadOnlyList<double>? swings, double trust)
    {
        if (swings is null) yield break;
        var weights = ValueFunction.SwingWeights(swings);
        var largest = Array.IndexOf(weights, weights.Max());
        for (var i = 0; i < weights.Length; i++)
        {
            if (i == largest) continue;
            var ratio = weights[i] / weights[largest];
            var (above, below) = (new double[weights.Length], new double[weights.Length]);
            (above[i], above[largest]) = (1, -Math.Max(0, ratio / trust - Blur));
            (below[i], below[largest]) = (-1, ratio * trust + Blur);
            yield return new HalfSpace(above, 0, -1);
            yield return new HalfSpace(below, 0, -1);
        }
    }

    /// <summary>Sixty packages at most, about half as good as the best by equal weights and none better than another on
    /// every issue, so that they trade issue for issue; the same each time.</summary>
    private List<Package> Spread()
    {
        var chance = Chance.Seeded(1, Space.Issues.Count);
        var open = Space.Issues.Select((issue, i) => MustHaves.FirstOrDefault(must => must.Issue == i) is { } must
            ? must.Values.Order().ToArray() : [.. Enumerable.Range(0, issue.Count)]).ToArray();
        var found = new HashSet<Package>();
        for (var tries = 0; tries < 3000; tries++)
        {
            var values = new int[open.Length];
            for (var i = 0; i < open.Length; i++) values[i] = open[i][chance.Next(open[i].Length)];
            var package = new Package(values);
            if (Space.Allows(package)) found.Add(package);
        }

        if (found.Count == 0) throw new BargainException(
            "bargain.space_empty", "", "No package that satisfies the constraints was found: name candidates.");
        var kept = new List<Package>();
        foreach (var package in found
            .OrderBy(p => Math.Abs(Mean(p) - 0.5)).ThenBy(p => p))
        {
            if (kept.Count == 60) break;
            if (!kept.Exists(other => IsComparable(Difference(package, other)))) kept.Add(package);
        }

        return kept;
    }

    private static bool IsComparable(double[] difference) =>
        Array.TrueForAll(difference, d => d >= 0) || Array.TrueForAll(difference, d => d <= 0);

    private double Mean(Package package)
    {
        var sum = 0.0;
        for (var i = 0; i < _values.Length; i++) sum += _values[i][package[i]];
        return sum / _values.Length;
    }
}
