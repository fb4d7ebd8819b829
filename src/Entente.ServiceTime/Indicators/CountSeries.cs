using Entente.ServiceTime.Accounting;

namespace Entente.ServiceTime.Indicators;

/// <summary>How many events there were in a bucket, and how many were good.</summary>
/// <param name="Start">First second of the bucket.</param>
/// <param name="Unknown">Events of which it is not known whether they were good; not in <paramref
/// name="Total"/>.</param>
public readonly record struct CountBucket(long Start, long Length, long Good, long Total, long Unknown = 0);

/// <summary>Good and total of some events, and how many seconds were measured.</summary>
public readonly record struct Counts(long Good, long Total, long Unknown = 0, long Seconds = 0)
{
    public long Bad => Total - Good;

    public static Counts operator +(Counts a, Counts b) =>
        new(a.Good + b.Good, a.Total + b.Total, a.Unknown + b.Unknown, a.Seconds + b.Seconds);

    public static Counts operator -(Counts a, Counts b) =>
        new(a.Good - b.Good, a.Total - b.Total, a.Unknown - b.Unknown, a.Seconds - b.Seconds);
}

/// <summary>Buckets of counts with running sums: any window is two look-ups and a subtraction.</summary>
/// <remarks>A bucket belongs to the second at which it starts; buckets with the same start are added up.</remarks>
public sealed class CountSeries
{
    private readonly CountBucket[] _buckets;
    private readonly Counts[] _before;

    public CountSeries(IEnumerable<CountBucket> buckets)
    {
        var sorted = buckets.ToArray();
        if (!IsSorted(sorted)) Array.Sort(sorted, (a, b) => a.Start.CompareTo(b.Start));
        var merged = 0;
        foreach (var bucket in sorted)
        {
            if (bucket.Good < 0 || bucket.Good > bucket.Total || bucket.Length <= 0)
                throw new ArgumentException($"A bucket needs 0 <= good <= total and a length: {bucket}.",
                    nameof(buckets));
            if (merged > 0 && sorted[merged - 1].Start == bucket.Start)
                sorted[merged - 1] = Sum(sorted[merged - 1], bucket);
            else sorted[merged++] = bucket;
        }

        _buckets = merged == sorted.Length ? sorted : sorted[..merged];
        _before = new Counts[_buckets.Length + 1];
        for (var i = 0; i < _buckets.Length; i++) _before[i + 1] = _before[i] + Of(_buckets[i]);
    }

    public IReadOnlyList<CountBucket> Buckets => _buckets;

    /// <summary>Counts of the buckets that start in <c>[from, to)</c>.</summary>
    public Counts Within(long from, long to) => to <= from ? default
        : _before[FirstFrom(to)] - _before[FirstFrom(from)];

    public Counts Within(SpanSet set)
    {
        Counts sum = default;
        foreach (var span in set.Spans) sum += Within(span.Start, span.End);
        return sum;
    }

    /// <summary>The buckets that start in the set, in order.</summary>
    public IEnumerable<CountBucket> Inside(SpanSet set)
    {
        foreach (var span in set.Spans)
            for (var i = FirstFrom(span.Start); i < _buckets.Length && _buckets[i].Start < span.End;
                i++) yield return _buckets[i];
    }

    /// <summary>Several series as one: events are added up.</summary>
    public static CountSeries Merge(IEnumerable<CountSeries> series) => new(series.SelectMany(one => one._buckets));

    /// <summary>Each epoch-aligned slice of the set that has a measured bucket, with its counts.</summary>
    public IEnumerable<(long Start, Counts Counts)> Slices(SpanSet set, long length)
    {
        var start = long.MinValue;
        Counts sum = default;
        foreach (var span in set.Spans)
        {
            for (var i = FirstFrom(span.Start); i < _buckets.Length && _buckets[i].Start < span.End; i++)
            {
                var slice = _buckets[i].Start - Floor.Mod(_buckets[i].Start, length);
                if (slice != start && start != long.MinValue) yield return (start, sum);
                if (slice != start) (start, sum) = (slice, default);
                sum += Of(_buckets[i]);
            }
        }

        if (start != long.MinValue) yield return (start, sum);
    }

    /// <summary>Slices as states: good, bad, or unknown; so that slices of several services can be combined.</summary>
    public Timeline SliceStates(SpanSet set, long length, Fraction target, ZeroTraffic quiet) =>
        Timeline.Of(Slices(set, length)
            .Select(slice => new Stretch(slice.Start, slice.Start + length, slice.Counts switch
            {
                { Total: 0 } => quiet switch
                {
                    ZeroTraffic.Good => 0,
                    ZeroTraffic.Bad => Timeline.WeightScale,
                    _ =>
                    Stretch.Unknown
                },
                var counts => new Fraction(counts.Good, counts.Total) >= target ? 0 : Timeline.WeightScale,
            })));

    private static Counts Of(CountBucket bucket) => new(bucket.Good, bucket.Total, bucket.Unknown, bucket.Length);

    private static CountBucket Sum(CountBucket a, CountBucket b) => new(
        a.Start, Math.Max(a.Length, b.Length), a.Good + b.Good, a.Total + b.Total, a.Unknown + b.Unknown);

    private static bool IsSorted(CountBucket[] buckets)
    {
        for (var i = 1; i < buckets.Length; i++)
            if (buckets[i].Start < buckets[i - 1].Start) return false;
        return true;
    }

    private int FirstFrom(long second)
    {
        var (low, high) = (0, _buckets.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_buckets[middle].Start < second) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

internal static class Floor
{
    public static long Mod(long value, long by) => ((value % by) + by) % by;
}
