namespace Entente.Bargaining.Solutions;

/// <summary>What a search looks for: a monotone concave objective over the packages above a floor.</summary>
/// <remarks>
/// The search needs two things: to compare two vectors of utilities exactly, and, for prices λ ≥ 0, the cheapest vector
/// at these
/// prices among all (real) vectors that are at least as good as a value. A subtree whose best package at prices λ is
/// worth less
/// than that vector holds nothing better.
/// </remarks>
internal abstract class Goal(double[] floor)
{
    /// <summary>The least utility of each dimension (parties, then budgets); minus infinity for none.</summary>
    public double[] Floor { get; } = floor;

    /// <summary>The objective at a vector of utilities.</summary>
    public abstract double Value(ReadOnlySpan<double> utilities);

    /// <summary>The full order, first key first; equal first keys are ties that the later ones break.</summary>
    public abstract void Rank(ReadOnlySpan<double> utilities, Span<double> keys);

    /// <summary>How many of the keys are the objective; the others are the tie rule.</summary>
    public abstract int ObjectiveKeys { get; }

    public int Keys(int parties) => ObjectiveKeys + 2 + parties;

    /// <summary>The cheapest vector at these prices with an objective of at least <paramref name="value"/>.</summary>
    public abstract void Support(ReadOnlySpan<double> prices, double value, Span<double> cheapest);

    /// <summary>The largest objective that a vector worth <paramref name="budget"/> at these prices can have.</summary>
    public virtual double BoundOf(ReadOnlySpan<double> prices, double budget, double low, double high)
    {
        Span<double> cheapest = stackalloc double[prices.Length];
        for (var i = 0; i < 60; i++)
        {
            var middle = 0.5 * (low + high);
            Support(prices, middle, cheapest);
            if (Dot(prices, cheapest) <= budget) low = middle;
            else high = middle;
        }

        return high;
    }

    /// <summary>Ties: larger sum, then larger minimum; then more for the party whose name comes first, which the <see
    /// cref="Incumbent"/> puts in order.</summary>
    protected static void RankTies(ReadOnlySpan<double> utilities, Span<double> keys)
    {
        var (sum, least) = (0.0, double.MaxValue);
        foreach (var u in utilities)
        {
            sum += u;
            least = Math.Min(least, u);
        }

        (keys[0], keys[1]) = (sum, least);
        utilities.CopyTo(keys[2..]);
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            if (a[i] != 0) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The largest weighted product of gains, Π (u − d)^w (Nash 1950; Kalai 1977 for weights).</summary>
    public sealed class Nash(double[] floor, double[] disagreement, double[] weights, double[] ideal) : Goal(floor)
    {
        public override int ObjectiveKeys => 1;

        public override double Value(ReadOnlySpan<double> utilities)
        {
            var product = 1.0;
            for (var p = 0; p < utilities.Length; p++)
            {
                var gain = Math.Max(0, utilities[p] - disagreement[p]);
                product *= weights[p] == 1 ? gain : Math.Pow(gain, weights[p]);
            }

            return product;
        }

        public override void Rank(ReadOnlySpan<double> utilities, Span<double> keys)
        {
            var value = Value(utilities);
            keys[0] = value > 0 ? Math.Log(value) : -1e9;
            RankTies(utilities, keys[1..]);
        }

        /// <summary>Equality in the weighted inequality of arithmetic and geometric means gives the cheapest
        /// gains.</summary>
        public override void Support(ReadOnlySpan<double> prices, double value, Span<double> cheapest)
        {
            var parties = disagreement.Length;
            for (var d = 0; d < Floor.Length; d++) cheapest[d] = d < parties ? disagreement[d] : Floor[d];
            if (value <= 0) return;
            var log = Math.Log(value);
            var free = 0.0;
            for (var p = 0; p < parties; p++)
            {
                // At a price of nothing a party may as well have its ideal; the others share what is left of the
                // product.
                if (prices[p] <= 0) log -= weights[p] * Math.Log(Math.Max(1e-300, ideal[p] - disagreement[p]));
                else
                {
                    log += weights[p] * Math.Log(prices[p] / weights[p]);
                    free += weights[p];
                }
            }

            if (free == 0) return;
            var spend = Math.Exp(log / free);
            for (var p = 0; p < parties; p++)
                cheapest[p] = prices[p] <= 0 ? ideal[p] : disagreement[p] + spend * weights[p] / prices[p];
        }

    }

    /// <summary>The largest smallest gain in units of <paramref name="spans"/>, then the second smallest, and so on:
    /// leximin.</summary>
    public sealed class Leximin(double[] floor, double[] disagreement, double[] spans) : Goal(floor)
    {
        public override int ObjectiveKeys => disagreement.Length;

        public override double Value(ReadOnlySpan<double> utilities)
        {
            var least = double.MaxValue;
            for (var p = 0; p < utilities.Length; p++) least = Math.Min(least, Gain(utilities, p));
            return least;
        }

        /// <summary>A party that cannot gain stands with a gain of zero and binds nobody.</summary>
        private double Gain(ReadOnlySpan<double> utilities, int party) =>
            spans[party] > 0 ? (utilities[party] - disagreement[party]) / spans[party] : double.MaxValue;

        public override void Rank(ReadOnlySpan<double> utilities, Span<double> keys)
        {
            for (var p = 0; p < utilities.Length; p++) keys[p] = Gain(utilities, p);
            keys[..utilities.Length].Sort();
            RankTies(utilities, keys[utilities.Length..]);
        }

        public override void Support(ReadOnlySpan<double> prices, double value, Span<double> cheapest)
        {
            for (var d = 0; d < Floor.Length; d++)
                cheapest[d] = d >= disagreement.Length || spans[d] <= 0 ? Floor[d]
                    : Math.Max(Floor[d], disagreement[d] + value * spans[d]);
        }
    }

    /// <summary>The largest weighted sum of utilities.</summary>
    public sealed class Welfare(double[] floor, double[] weights) : Goal(floor)
    {
        public override int ObjectiveKeys => 1;

        public override double Value(ReadOnlySpan<double> utilities) => Dot(weights, utilities);

        public override void Rank(ReadOnlySpan<double> utilities, Span<double> keys)
        {
            keys[0] = Value(utilities);
            RankTies(utilities, keys[1..]);
        }

        /// <summary>All above the floor goes to the party whose share of the sum is cheapest.</summary>
        public override void Support(ReadOnlySpan<double> prices, double value, Span<double> cheapest)
        {
            var (best, reached, unbounded) = (-1, 0.0, false);
            for (var d = 0; d < Floor.Length; d++)
            {
                cheapest[d] = Floor[d];
                if (d >= weights.Length || weights[d] <= 0) continue;
                if (double.IsNegativeInfinity(Floor[d])) unbounded = true;
                else reached += weights[d] * Floor[d];
                if (best < 0 || prices[d] / weights[d] < prices[best] / weights[best]) best = d;
            }

            if (best < 0 || unbounded) return;
            cheapest[best] += Math.Max(0, value - reached) / weights[best];
        }
    }
}
