namespace Entente.ServiceTime.Indicators;

/// <summary>Counts in epoch-aligned buckets that may still arrive late, in any order: adding and asking take O(log
/// n).</summary>
/// <remarks>Two Fenwick trees (Fenwick 1994, "A new data structure for cumulative frequency tables") over one span of
/// time.</remarks>
public sealed class LateCounts
{
    private readonly long[] _good;
    private readonly long[] _total;

    /// <param name="start">First second that is kept; aligned to the bucket length.</param>
    public LateCounts(long start, long bucketLength, int buckets)
    {
        if (Floor.Mod(start, bucketLength) != 0) throw new ArgumentException("The start is not aligned to the bucket.",
            nameof(start));
        (Start, BucketLength) = (start, bucketLength);
        (_good, _total) = (new long[buckets + 1], new long[buckets + 1]);
    }

    public long Start { get; }

    public long BucketLength { get; }

    public long End => Start + (_good.Length - 1) * BucketLength;

    /// <summary>Adds to the bucket of the second; negative counts correct what was counted before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The second lies outside the span that is kept.</exception>
    public void Add(long second, long good, long total)
    {
        if (second < Start || second >= End) throw new ArgumentOutOfRangeException(nameof(second), second,
            "Outside the span that is kept.");
        for (var i = (int)((second - Start) / BucketLength) + 1; i < _good.Length; i += i & -i)
        {
            _good[i] += good;
            _total[i] += total;
        }
    }

    /// <summary>Counts of the buckets that start in <c>[from, to)</c>.</summary>
    public Counts Within(long from, long to) => to <= from ? default : SumTo(to) - SumTo(from);

    private Counts SumTo(long second)
    {
        long good = 0, total = 0;
        var buckets = Math.Clamp((second - Start + BucketLength - 1) / BucketLength, 0, _good.Length - 1);
        for (var i = (int)buckets; i > 0; i -= i & -i)
        {
            good += _good[i];
            total += _total[i];
        }

        return new Counts(good, total);
    }
}
