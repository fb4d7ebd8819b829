namespace Entente.ServiceTime.Calendars;

/// <summary>Arithmetic of sets of time as sorted, disjoint lists; each step is one linear walk.</summary>
internal static class StretchList
{
    /// <summary>Sorts, and joins what overlaps or touches. The source of the earlier stretch is kept.</summary>
    public static List<Stretch> Merge(List<Stretch> stretches)
    {
        for (var i = 1; i < stretches.Count; i++)
        {
            if (stretches[i - 1].Start <= stretches[i].Start) continue;
            stretches.Sort(static (a, b) => a.Start.CompareTo(b.Start));
            break;
        }

        var result = new List<Stretch>(stretches.Count);
        foreach (var next in stretches)
        {
            if (result.Count > 0 && next.Start <= result[^1].End)
                result[^1] = result[^1] with { End = Math.Max(result[^1].End, next.End) };
            else
                result.Add(next);
        }

        return result;
    }

    public static List<Stretch> Subtract(List<Stretch> from, List<Stretch> holes)
    {
        if (holes.Count == 0) return from;
        var result = new List<Stretch>(from.Count);
        var h = 0;
        foreach (var piece in from)
        {
            var start = piece.Start;
            while (h < holes.Count && holes[h].End <= start) h++;
            for (var k = h; k < holes.Count && holes[k].Start < piece.End; k++)
            {
                if (holes[k].Start > start) result.Add(piece with { Start = start, End = holes[k].Start });
                start = Math.Max(start, holes[k].End);
            }

            if (start < piece.End) result.Add(piece with { Start = start });
        }

        return result;
    }

    /// <summary>Sorts, and cuts each stretch where the one before it still runs; sources stay apart.</summary>
    public static List<Stretch> Disjoint(List<Stretch> stretches)
    {
        var result = new List<Stretch>(stretches.Count);
        foreach (var next in stretches.OrderBy(s => s.Start))
        {
            var start = result.Count > 0 ? Math.Max(next.Start, result[^1].End) : next.Start;
            if (start < next.End) result.Add(next with { Start = start });
        }

        return result;
    }

    public static List<Stretch> Clip(List<Stretch> stretches, long from, long to)
    {
        var result = new List<Stretch>(stretches.Count);
        foreach (var piece in stretches)
        {
            var (start, end) = (Math.Max(piece.Start, from), Math.Min(piece.End, to));
            if (start < end) result.Add(piece with { Start = start, End = end });
        }

        return result;
    }
}
