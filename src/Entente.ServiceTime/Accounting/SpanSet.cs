using NodaTime;

namespace Entente.ServiceTime.Accounting;

/// <summary>Seconds since the Unix epoch, from the first inside to the first outside: <c>[Start, End)</c>.</summary>
public readonly record struct Span(long Start, long End)
{
    public long Length => End - Start;

    public static Span Between(Instant from, Instant to) => new(from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());

    public Interval ToInterval() => new(Instant.FromUnixTimeSeconds(Start), Instant.FromUnixTimeSeconds(End));
}

/// <summary>A set of seconds as sorted spans that neither touch nor overlap, with a running sum.</summary>
/// <remarks>Union, intersection and difference take one pass over both; a length inside a window is two
/// look-ups.</remarks>
public sealed class SpanSet
{
    private readonly Span[] _spans;
    private readonly long[] _before;

    private SpanSet(Span[] spans)
    {
        _spans = spans;
        _before = new long[spans.Length + 1];
        for (var i = 0; i < spans.Length; i++) _before[i + 1] = _before[i] + spans[i].Length;
    }

    public static SpanSet Empty { get; } = new([]);

    public IReadOnlyList<Span> Spans => _spans;

    public long Total => _before[^1];

    public static SpanSet Of(params IEnumerable<Span> spans)
    {
        var sorted = spans.Where(span => span.End > span.Start).ToArray();
        Array.Sort(sorted, (a, b) => a.Start.CompareTo(b.Start));
        List<Span> merged = new(sorted.Length);
        foreach (var span in sorted) Append(merged, span);
        return new SpanSet([.. merged]);
    }

    public bool Contains(long second) => FirstEndingAfter(second) is var i && i < _spans.Length
        && _spans[i].Start <= second;

    /// <summary>How many seconds of the set lie in <c>[from, to)</c>.</summary>
    public long Within(long from, long to) => to <= from ? 0 : SumTo(to) - SumTo(from);

    public SpanSet Clip(long from, long to) => Intersect(Of(new Span(from, to)));

    public SpanSet Union(SpanSet other) => Of(_spans.Concat(other._spans));

    public SpanSet Intersect(SpanSet other)
    {
        List<Span> both = [];
        for (int i = 0, j = 0; i < _spans.Length && j < other._spans.Length;)
        {
            var (start, end) = (Math.Max(_spans[i].Start, other._spans[j].Start),
                Math.Min(_spans[i].End, other._spans[j].End));
            if (start < end) both.Add(new Span(start, end));
            if (_spans[i].End < other._spans[j].End) i++;
            else j++;
        }

        return new SpanSet([.. both]);
    }

    public SpanSet Except(SpanSet other)
    {
        List<Span> rest = [];
        var j = 0;
        foreach (var span in _spans)
        {
            var start = span.Start;
            while (j < other._spans.Length && other._spans[j].End <= start) j++;
            for (var k = j; k < other._spans.Length && other._spans[k].Start < span.End; k++)
            {
                if (other._spans[k].Start > start) rest.Add(new Span(start, other._spans[k].Start));
                start = Math.Max(start, other._spans[k].End);
            }

            if (start < span.End) rest.Add(new Span(start, span.End));
        }

        return new SpanSet([.. rest]);
    }

    /// <summary>The first so many seconds of the set, in order of time.</summary>
    public SpanSet First(long seconds)
    {
        if (seconds >= Total) return this;
        List<Span> first = [];
        foreach (var span in _spans)
        {
            if (seconds <= 0) break;
            first.Add(new Span(span.Start, span.Start + Math.Min(seconds, span.Length)));
            seconds -= span.Length;
        }

        return new SpanSet([.. first]);
    }

    private static void Append(List<Span> merged, Span span)
    {
        if (merged.Count > 0 && span.Start <= merged[^1].End)
            merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, span.End) };
        else merged.Add(span);
    }

    private long SumTo(long second)
    {
        var i = FirstEndingAfter(second);
        return _before[i] + (i < _spans.Length ? Math.Max(0, second - _spans[i].Start) : 0);
    }

    private int FirstEndingAfter(long second)
    {
        var (low, high) = (0, _spans.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_spans[middle].End <= second) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
