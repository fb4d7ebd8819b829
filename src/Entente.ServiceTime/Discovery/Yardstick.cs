namespace Entente.ServiceTime.Discovery;

/// <summary>
/// How well open times explain what was recorded: the bits that the exceptions cost, and what is explained.
/// </summary>
/// <param name="Bits">
/// Length of the list of exceptions; less is better. Found by the minimum description length principle (Rissanen 1978).
/// </param>
/// <param name="Explained">Cases explained.</param>
/// <param name="Target">The threshold in seconds, where there is one.</param>
internal readonly record struct Fit(double Bits, int Explained, long? Target);

/// <summary>Measures elapsed times of the cases of one table against what was recorded of them.</summary>
internal abstract class Yardstick
{
    /// <summary>A rough measure for searching wide: less is better.</summary>
    public abstract double Rough(ReadOnlySpan<long> elapsed, ReadOnlySpan<bool> lacks);

    public abstract Fit Rate(ReadOnlySpan<long> elapsed, ReadOnlySpan<bool> lacks);

    /// <summary>Whether one case is explained.</summary>
    public abstract bool Explains(int row, long elapsed, long? target);

    /// <summary>The cases that tell most about small changes: of verdicts those near the threshold.</summary>
    public abstract int[] Telling(long[] elapsed, long? target, int most);

    /// <summary>
    /// Bits by which a closed day would shorten the list of exceptions, from the change it makes to each case.
    /// </summary>
    public abstract double Gain(ReadOnlySpan<long> elapsed, long? target, IReadOnlyList<(int Row, long Less)> changes);
}

/// <summary>
/// Recorded verdicts: kept where the open time is at most the threshold (breached means later than due).
/// </summary>
internal sealed class VerdictYardstick(bool[] kept, long widest) : Yardstick
{
    private const int Bins = 4096;

    private readonly long _width = Math.Max(60, widest / Bins);
    private readonly int[] _balance = new int[Bins + 1];
    private readonly long[] _keys = new long[kept.Length];

    /// <summary>Cases that the best threshold leaves unexplained, in steps of the bin width.</summary>
    public override double Rough(ReadOnlySpan<long> elapsed, ReadOnlySpan<bool> lacks)
    {
        Array.Clear(_balance);
        var (right, unusable) = (0, 0);
        for (var row = 0; row < elapsed.Length; row++)
        {
            if (lacks[row])
            {
                unusable++;
                continue;
            }

            _balance[Math.Min(elapsed[row] / _width, Bins)] += kept[row] ? 1 : -1;
            if (!kept[row]) right++;
        }

        var best = right;
        foreach (var change in _balance) best = Math.Max(best, right += change);
        return elapsed.Length - best;
    }

    public override Fit Rate(ReadOnlySpan<long> elapsed, ReadOnlySpan<bool> lacks)
    {
        var count = 0;
        var right = 0;
        for (var row = 0; row < elapsed.Length; row++)
        {
            if (lacks[row]) continue;
            _keys[count++] = (elapsed[row] << 1) | (kept[row] ? 0L : 1L);
            if (!kept[row]) right++;
        }

        Array.Sort(_keys, 0, count);
        var (best, from, to) = (right, 0L, count > 0 ? (_keys[0] >> 1) - 1 : 0L);
        for (var at = 0; at < count; at++)
        {
            right += (_keys[at] & 1) == 0 ? 1 : -1;
            var next = at + 1 < count ? _keys[at + 1] >> 1 : (_keys[at] >> 1) * 2;
            if (next == _keys[at] >> 1 || right < best) continue;
            if (right == best && next - (_keys[at] >> 1) <= to - from) continue;
            (best, from, to) = (right, _keys[at] >> 1, next - 1);
        }

        var (target, bits) = Roundest(from, Math.Max(from, to));
        return new(Exceptions(elapsed.Length, elapsed.Length - best) + bits, best, target);
    }

    public override bool Explains(int row, long elapsed, long? target) => elapsed <= target == kept[row];

    public override int[] Telling(long[] elapsed, long? target, int most) =>
        [.. Enumerable.Range(0, elapsed.Length)
            .OrderBy(row => Math.Abs(Math.Log((elapsed[row] + 60.0) / ((target ?? 0) + 60.0)))).Take(most).Order()];

    public override double Gain(ReadOnlySpan<long> elapsed, long? target, IReadOnlyList<(int Row, long Less)> changes)
    {
        var more = 0;
        foreach (var (row, less) in changes)
            if (elapsed[row] > target && elapsed[row] - less <= target) more += kept[row] ? 1 : -1;
        return more;
    }

    /// <summary>
    /// Bits to say which of the cases are exceptions: n·H(k/n) and half a logarithm for their number.
    /// </summary>
    public static double Exceptions(int cases, int wrong)
    {
        if (wrong == 0 || wrong == cases) return 0.5 * Math.Log2(cases + 1);
        var share = (double)wrong / cases;
        return (-cases * ((share * Math.Log2(share)) + ((1 - share) * Math.Log2(1 - share))))
            + (0.5 * Math.Log2(cases + 1));
    }

    /// <summary>The roundest number of a range: people agree on hours before they agree on minutes.</summary>
    public static (long Target, double Bits) Roundest(long from, long to)
    {
        foreach (var step in (ReadOnlySpan<long>)[86_400, 14_400, 3_600, 1_800, 900, 300, 60])
        {
            var nearest = (((from + to) / 2) + (step / 2)) / step * step;
            if (nearest < from) nearest += step;
            if (nearest > to) nearest -= step;
            if (nearest >= from && nearest <= to && nearest > 0) return (nearest, Math.Log2((nearest / step) + 1)
                + (step < 3_600 ? 4 : 0));
        }

        return ((from + to) / 2, 20);
    }
}

/// <summary>Recorded open times, explained where they agree within the precision of the log.</summary>
internal sealed class DurationYardstick(long[] recorded, long tolerance) : Yardstick
{
    private const double MostBits = 20;

    public override double Rough(ReadOnlySpan<long> elapsed, ReadOnlySpan<bool> lacks)
    {
        var sum = 0L;
        for (var row = 0; row < elapsed.Length; row++)
            sum += lacks[row] ? 86_400 : Math.Min(Math.Abs(elapsed[row] - recorded[row]), 86_400);
        return sum;
    }

    public override Fit Rate(ReadOnlySpan<long> elapsed, ReadOnlySpan<bool> lacks)
    {
        var (bits, explained) = (0.0, 0);
        for (var row = 0; row < elapsed.Length; row++)
        {
            if (lacks[row]) bits += MostBits;
            else if (Explains(row, elapsed[row], null)) explained++;
            else bits += Bits(elapsed[row] - recorded[row]);
        }

        return new(bits, explained, null);
    }

    public override bool Explains(int row, long elapsed, long? target) =>
        Math.Abs(elapsed - recorded[row]) <= tolerance;

    public override double Gain(ReadOnlySpan<long> elapsed, long? target, IReadOnlyList<(int Row, long Less)> changes)
    {
        var gain = 0.0;
        foreach (var (row, less) in changes)
            gain += Bits(elapsed[row] - recorded[row]) - Bits(elapsed[row] - less - recorded[row]);
        return gain;
    }

    public override int[] Telling(long[] elapsed, long? target, int most) => elapsed.Length <= most
        ? [.. Enumerable.Range(0, elapsed.Length)]
        : [.. Enumerable.Range(0, most).Select(at => (int)((long)at * elapsed.Length / most))];

    private double Bits(long wrong) =>
        Math.Abs(wrong) <= tolerance ? 0 : Math.Min(MostBits, 2 + Math.Log2((double)Math.Abs(wrong) / tolerance));
}
