using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Elicitation;

/// <summary>Looks for the question whose answers, whichever is given, leave the least regret.</summary>
/// <remarks>
/// For every two issues a few questions are tried: pairs of options whose exchange is worth it to about a quarter, half
/// and three quarters of the weights seen. Each splits these weights in two; the smallest largest regret left on either
/// side, by table look-up, makes a short list, and linear programs over all weights choose from it.
/// </remarks>
internal sealed class QuestionSearch
{
    /// <summary>How many rivals of the recommendation bring the weights at which they are farthest ahead.</summary>
    private const int Rivals = 6;

    /// <summary>How many questions are looked at closely.</summary>
    private const int Shortlist = 6;

    /// <summary>How many options of an issue questions are made of.</summary>
    private const int Shown = 8;

    /// <summary>What an even split counts against what the rivals lose: where no single answer takes much from the worst
    /// case, halving the set does over several.</summary>
    private const double Balance = 0.6;

    private readonly double[][] _values;
    private readonly WeightSet _set;
    private readonly IReadOnlyList<Package> _packages;
    private readonly List<double[]> _weights;

    public QuestionSearch(double[][] values, WeightSet set, IReadOnlyList<Package> packages)
    {
        (_values, _set, _packages) = (values, set, packages);
        _weights = [.. set.Samples, .. set.Corners];
    }

    private List<double[]> OnWeights => field ??= [.. _weights.Select(Regrets)];

    /// <summary>The packages by their largest regret on samples, the smallest first.</summary>
    public IReadOnlyList<(Package Package, double AtLeast)> ByRegret() =>
        [.. _packages.Select((package, x) => (package, OnWeights.Max(row => row[x]))).OrderBy(one => one.Item2)];

    public Question? Best(Package recommended)
    {
        var rivals = Ahead(recommended);
        foreach (var (_, _, corner) in rivals)
        {
            OnWeights.Add(Regrets(corner));
            _weights.Add(corner);
        }

        var ways = rivals.Select(rival => rival.Way).ToArray();
        var open = Questions(_set.Centre(), recommended)
            .Select(question => (Question: question, Left: Left(question), Open: Openness(question, ways)))
            .Where(one => one.Left < double.MaxValue).ToList();
        if (open.Count == 0) return null;
        var widest = Math.Max(1e-12, open.Max(one => one.Open));
        var now = Math.Max(1e-12, 3 * rivals.Sum(rival => Math.Max(0, rival.Far)));
        return open.OrderBy(one => one.Left).Take(Shortlist)
            .Union(open.OrderByDescending(one => one.Open).Take(Shortlist))
            .MinBy(one => LeftOfAll(one.Question, ways) / now - Balance * one.Open / widest).Question;
    }

    /// <summary>The question after which the weights are known best, whatever is done with them; null when they are known
    /// well enough or no answer is still open.</summary>
    /// <remarks>Least sum of squares within the two halves of the samples: the error that is left of the mean of the set,
    /// which is what a preference is made of.</remarks>
    public Question? Sharpest(double enough)
    {
        var samples = _set.Samples;
        if (Math.Sqrt(Scatter(samples) / samples.Count) < enough) return null;
        var (best, least) = (default(Question), double.MaxValue);
        foreach (var question in Questions(_set.Centre(), _packages[0]))
        {
            var (i, j) = (question.FirstIssue, question.SecondIssue);
            var (gain, price) = (Gain(question, i), -Gain(question, j));
            var halves = samples.GroupBy(w => w[i] * gain > w[j] * price).Select(half => half.ToList()).ToList();
            if (halves.Count < 2 || halves.Sum(Scatter) is var left && left >= least) continue;
            (best, least) = (question, left);
        }

        return best;
    }

    /// <summary>Squares of the distances of weights from their mean, summed.</summary>
    private double Scatter(IReadOnlyList<double[]> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < _values.Length; i++)
        {
            var mean = 0.0;
            foreach (var w in weights) mean += w[i] / weights.Count;
            foreach (var w in weights) sum += (w[i] - mean) * (w[i] - mean);
        }

        return sum;
    }

    /// <summary>How far either answer is from being known already, times how much the rivals differ on the two
    /// issues.</summary>
    private double Openness(Question question, double[][] rivals)
    {
        var (i, j) = (question.FirstIssue, question.SecondIssue);
        var (gain, price) = (Gain(question, i), -Gain(question, j));
        var (least, most) = (0.0, 0.0);
        foreach (var w in _weights)
        {
            var ahead = w[i] * gain - w[j] * price;
            (least, most) = (Math.Min(least, ahead), Math.Max(most, ahead));
        }

        return Math.Min(most, -least) * rivals.Sum(r => Math.Abs(r[i]) + Math.Abs(r[j]));
    }

    /// <summary>How the strongest rivals differ from a package, and the weights at which they are farthest
    /// ahead.</summary>
    private List<(double[] Way, double Far, double[] Weights)> Ahead(Package package) =>
        [.. _packages.Where(rival => !rival.Equals(package))
            .Select(rival => _values.Select((row, i) => row[rival[i]] - row[package[i]]).ToArray())
            .Select(way => (way, Far: _set.Farthest(way)))
            .OrderByDescending(one => one.Far.Value).Take(Rivals).Select(one => (one.way, one.Far.Value, one.Far.Weights))];

    /// <summary>How far the rivals could still be ahead, over both answers: the worse one counts double.</summary>
    private double LeftOfAll(Question question, double[][] rivals)
    {
        double[] normal = [.. _values.Select((row, i) => row[question.First[i]] - row[question.Second[i]])];
        var (yes, no) = (After(normal), After([.. normal.Select(x => -x)]));
        return yes + no + Math.Max(yes, no);

        double After(double[] way)
        {
            var set = _set.With(new HalfSpace(way, 0, -1));
            return rivals.Sum(rival => Math.Max(0, set.Max(rival) ?? 0));
        }
    }

    /// <summary>The regret of each package if these are the weights.</summary>
    private double[] Regrets(double[] weights)
    {
        var worth = new double[_packages.Count];
        for (var x = 0; x < worth.Length; x++)
            for (var i = 0; i < weights.Length; i++) worth[x] += weights[i] * _values[i][_packages[x][i]];
        var best = worth.Max();
        for (var x = 0; x < worth.Length; x++) worth[x] = best - worth[x];
        return worth;
    }

    private double Left(Question question)
    {
        var (yes, no) = (new double[_packages.Count], new double[_packages.Count]);
        var (yeses, nos) = (0, 0);
        var (i, j) = (question.FirstIssue, question.SecondIssue);
        var (gain, price) = (Gain(question, i), -Gain(question, j));
        for (var w = 0; w < _weights.Count; w++)
        {
            var ahead = _weights[w][i] * gain - _weights[w][j] * price;
            // Weights that make it an even choice may be on either side.
            if (ahead > -Interview.Indifference) Take(yes, ref yeses, w);
            if (ahead < Interview.Indifference) Take(no, ref nos, w);
        }

        if (yeses == _weights.Count || nos == _weights.Count) return double.MaxValue;
        return yes.Min() + no.Min() + Math.Max(yes.Min(), no.Min());
    }

    private void Take(double[] side, ref int count, int weights)
    {
        count++;
        var regrets = OnWeights[weights];
        for (var x = 0; x < side.Length; x++) side[x] = Math.Max(side[x], regrets[x]);
    }

    private double Gain(Question question, int issue) =>
        _values[issue][question.First[issue]] - _values[issue][question.Second[issue]];

    private IEnumerable<Question> Questions(double[] centre, Package like)
    {
        for (var i = 0; i < centre.Length; i++)
            for (var j = i + 1; j < centre.Length; j++)
            {
                var shares = _weights.Select(w => w[i] / Math.Max(1e-12, w[i] + w[j])).Order().ToArray();
                foreach (var quantile in new[] { 0.25, 0.5, 0.75 })
                    if (Exchange(centre, like, i, j, shares[(int)(quantile * (shares.Length - 1))]) is { } question)
                        yield return question;
            }
    }

    /// <summary>Options that are an even exchange when the first issue has this share of both weights, and that matter
    /// as much as can be.</summary>
    private Question? Exchange(double[] centre, Package like, int i, int j, double share)
    {
        var (best, found) = (double.MinValue, default(Question));
        var (less, more) = (Steps(_values[i]), Steps(_values[j]));
        foreach (var (lowI, highI, gain) in less)
            foreach (var (lowJ, highJ, price) in more)
            {
                // How far off the wanted share this exchange is, against how much is at stake: an exchange that hardly
                // matters gets an even answer.
                var off = Math.Abs(share - price / (gain + price));
                var stake = Math.Min(centre[i] * gain, centre[j] * price);
                var score = Math.Min(1, stake / (4 * Interview.Indifference)) - 8 * off;
                if (score <= best) continue;
                (best, found) = (score,
                    new Question(like.With(i, highI).With(j, lowJ), like.With(i, lowI).With(j, highJ), i, j));
            }

        return found;
    }

    /// <summary>Pairs of options, the worse one first, and what lies between them; of very many options a few from the
    /// worst to the best.</summary>
    private static List<(int Low, int High, double Gain)> Steps(double[] values)
    {
        int[] options = [.. Enumerable.Range(0, values.Length).OrderBy(v => values[v])];
        if (options.Length > Shown)
            options = [.. Enumerable.Range(0, Shown).Select(n => options[n * (options.Length - 1) / (Shown - 1)])];
        return [.. from low in options
                   from high in options
                   where values[high] > values[low] + 1e-9
                   select (low, high, values[high] - values[low])];
    }
}
