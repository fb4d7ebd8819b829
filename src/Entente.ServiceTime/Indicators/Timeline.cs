using Entente.ServiceTime.Accounting;

namespace Entente.ServiceTime.Indicators;

/// <summary>A stretch of time in one state, as some source reported it; stretches may overlap.</summary>
/// <param name="Loss">The share of each second that is lost, in units of the timeline's scale; -1 is unknown.</param>
/// <param name="Label">What the source called it, for explanations.</param>
public readonly record struct Stretch(long Start, long End, long Loss, string? Label = null)
{
    public const long Unknown = -1;
}

/// <summary>What is lost of each second, piece by piece: sorted, not overlapping; a gap is unknown.</summary>
/// <remarks>Overlapping stretches count once: the greatest loss rules, and unknown rules only where nothing else is
/// said.</remarks>
public sealed class Timeline
{
    /// <summary>Weights of partial degradation have at most four decimals.</summary>
    public const long WeightScale = 10_000;

    private Timeline(Stretch[] pieces, long scale) => (Pieces, Scale) = (pieces, scale);

    /// <summary>Sorted pieces; neighbours with the same loss and label are one.</summary>
    public IReadOnlyList<Stretch> Pieces { get; }

    /// <summary>The loss that is a whole second.</summary>
    public long Scale { get; }

    /// <summary>Every second of the span is up.</summary>
    public static Timeline Up(Span span) => new([new Stretch(span.Start, span.End, 0)], WeightScale);

    public static Timeline Of(IEnumerable<Stretch> stretches, long scale = WeightScale)
    {
        var sorted = stretches.Where(stretch => stretch.End > stretch.Start).ToArray();
        List<Stretch> pieces = [];
        if (IsOneAfterTheOther(sorted))
        {
            foreach (var stretch in sorted) Append(pieces, stretch);
            return new Timeline([.. pieces], scale);
        }

        Array.Sort(sorted, (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.Loss.CompareTo(a.Loss));
        var active = new PriorityQueue<Stretch, long>();
        var (now, next) = (0L, 0);
        while (next < sorted.Length || active.Count > 0)
        {
            if (active.Count == 0) now = sorted[next].Start;
            while (next < sorted.Length && sorted[next].Start <= now) active.Enqueue(sorted[next],
                -sorted[next++].Loss);
            if (active.Peek() is var top && top.End <= now)
            {
                active.Dequeue();
                continue;
            }

            var end = next < sorted.Length ? Math.Min(top.End, sorted[next].Start) : top.End;
            Append(pieces, top with { Start = now, End = end });
            now = end;
        }

        return new Timeline([.. pieces], scale);
    }

    /// <summary>Lays a timeline under this one: it speaks where this one says nothing.</summary>
    public Timeline Over(Timeline below)
    {
        if (below.Scale != Scale) throw new ArgumentException("The scales differ.", nameof(below));
        var said = Covered();
        return Of(Pieces.Where(piece => piece.Loss >= 0).Concat(below.Pieces.SelectMany(piece =>
            SpanSet.Of(new Span(piece.Start, piece.End))
                .Except(said).Spans.Select(s => piece with { Start = s.Start, End = s.End }))), Scale);
    }

    /// <summary>The time of which something is known.</summary>
    public SpanSet Covered() => SpanSet.Of(Pieces.Where(piece => piece.Loss >= 0)
        .Select(piece => new Span(piece.Start, piece.End)));

    /// <summary>Runs without a gap in which something is lost: each is one outage.</summary>
    public IReadOnlyList<Stretch> Outages()
    {
        List<Stretch> outages = [];
        foreach (var piece in Pieces.Where(piece => piece.Loss > 0))
        {
            if (outages.Count > 0 && outages[^1].End == piece.Start)
                outages[^1] = outages[^1] with { End = piece.End, Loss = Math.Max(outages[^1].Loss, piece.Loss) };
            else outages.Add(piece);
        }

        return outages;
    }

    /// <summary>Outages that are shorter than this are taken as up.</summary>
    public Timeline WithoutOutagesShorterThan(long seconds)
    {
        if (seconds <= 0) return this;
        var forgiven = SpanSet.Of(Outages().Where(outage => outage.End - outage.Start < seconds)
            .Select(o => new Span(o.Start, o.End)));
        return new Timeline([.. Pieces.Select(piece => piece.Loss > 0 && forgiven.Contains(piece.Start)
            ? piece with { Loss = 0, Label = "shorter than the minimum outage" } : piece)], Scale);
    }

    /// <summary>The timeline inside a set of time.</summary>
    public IEnumerable<Stretch> Inside(SpanSet set)
    {
        var spans = set.Spans;
        if (spans.Count == 0) yield break;
        for (int i = FirstEndingAfter(spans[0].Start), j = 0; i < Pieces.Count && j < spans.Count;)
        {
            var (start, end) = (Math.Max(Pieces[i].Start, spans[j].Start), Math.Min(Pieces[i].End, spans[j].End));
            if (start < end) yield return Pieces[i] with { Start = start, End = end };
            if (Pieces[i].End < spans[j].End) i++;
            else j++;
        }
    }

    /// <summary>The usual case, a log of checks, needs no sweep.</summary>
    private static bool IsOneAfterTheOther(Stretch[] stretches)
    {
        for (var i = 1; i < stretches.Length; i++)
            if (stretches[i].Start < stretches[i - 1].End) return false;
        return true;
    }

    private int FirstEndingAfter(long second)
    {
        var (low, high) = (0, Pieces.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Pieces[middle].End <= second) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static void Append(List<Stretch> pieces, Stretch piece)
    {
        if (piece.End <= piece.Start) return;
        if (pieces.Count > 0 && pieces[^1] is var last && last.End == piece.Start && last.Loss == piece.Loss
            && last.Label == piece.Label)
            pieces[^1] = last with { End = piece.End };
        else pieces.Add(piece);
    }
}
