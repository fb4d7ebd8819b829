namespace Entente.Bargaining.Solutions;

/// <summary>The sums of one stage of a frontier before they are pruned; where they are too many, pruned on the
/// way.</summary>
/// <param name="open">How many options of issues open links still ask about.</param>
/// <param name="most">How many sums there can be.</param>
internal sealed class Candidates(int dimensions, int open, long most, long tolerance)
{
    private const int AtOnce = 1 << 21;

    public long[] Vectors { get; private set; } = new long[Math.Min(most, AtOnce) * dimensions];

    public int[] Parents { get; private set; } = new int[Math.Min(most, AtOnce)];

    public ushort[] Options { get; private set; } = new ushort[Math.Min(most, AtOnce)];

    /// <summary>For each sum the options that open links still ask about; empty without links.</summary>
    public long[][] Open { get; private set; } = new long[open > 0 ? Math.Min(most, AtOnce) : 0][];

    public int Count { get; private set; }

    /// <summary>Room for the next sum, which counts once it is taken.</summary>
    public Span<long> Next() => Vectors.AsSpan(Count * dimensions, dimensions);

    /// <summary>False when <paramref name="stop"/> ended the run on the way.</summary>
    public bool TryTake(int parent, int option, long[] asked, Func<bool> stop)
    {
        (Parents[Count], Options[Count]) = (parent, (ushort)option);
        if (open > 0) Open[Count] = asked;
        Count++;
        if (Count < Parents.Length || Count == most) return true;
        if (!TryPrune(stop)) return false;
        Resize(Math.Max(AtOnce, 2 * Count));
        return true;
    }

    public bool TryPrune(Func<bool> stop)
    {
        var kept = open > 0 ? KeepAlike(stop) : Skyline.TryKeep(Vectors, Count, dimensions, tolerance, stop);
        if (kept is null) return false;
        var vectors = new long[kept.Length * dimensions];
        for (var i = 0; i < kept.Length; i++)
            Array.Copy(Vectors, kept[i] * dimensions, vectors, i * dimensions, dimensions);
        (Vectors, Count) = (vectors, kept.Length);
        (Parents, Options) = ([.. kept.Select(k => Parents[k])], [.. kept.Select(k => Options[k])]);
        if (open > 0) Open = [.. kept.Select(k => Open[k])];
        return true;
    }

    private void Resize(int size)
    {
        var (vectors, parents, options) = (Vectors, Parents, Options);
        Array.Resize(ref vectors, size * dimensions);
        Array.Resize(ref parents, size);
        Array.Resize(ref options, size);
        (Vectors, Parents, Options) = (vectors, parents, options);
        if (open == 0) return;
        var asked = Open;
        Array.Resize(ref asked, size);
        Open = asked;
    }

    /// <summary>Only sums that do the same to open links stand for each other.</summary>
    private int[]? KeepAlike(Func<bool> stop)
    {
        var kept = new List<int>();
        foreach (var alike in Enumerable.Range(0, Count).GroupBy(row => Open[row], VectorComparer.Instance))
        {
            int[] rows = [.. alike];
            long[] own = [.. rows.SelectMany(row => Vectors.AsSpan(row * dimensions, dimensions).ToArray())];
            if (Skyline.TryKeep(own, rows.Length, dimensions, tolerance, stop) is not { } best) return null;
            kept.AddRange(best.Select(b => rows[b]));
        }

        return [.. kept];
    }
}
