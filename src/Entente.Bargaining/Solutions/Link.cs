using Entente.Bargaining.Preferences;

namespace Entente.Bargaining.Solutions;

/// <summary>An interaction between issues of different groups: the first one's options count it at its best, and what
/// is missing to that is taken off once the second one is known.</summary>
/// <remarks>So sums over groups are never too small, and bounds stay valid.</remarks>
internal sealed class Link
{
    public Link(int party, Interaction pair, double scale)
    {
        (Party, First, Second) = (party, pair.First, pair.Second);
        var worth = pair.Worth.Select(row => row.Select(w => (long)Math.Round(w * scale)).ToArray()).ToArray();
        Hope = [.. worth.Select(row => row.Max())];
        Loss = [.. worth.Select((row, first) => row.Select(w => Hope[first] - w).ToArray())];
        Most = Loss.Max(row => row.Max());
    }

    public int Party { get; }

    public int First { get; }

    public int Second { get; }

    /// <summary>For each option of the first issue, the best the interaction can add.</summary>
    public long[] Hope { get; }

    /// <summary>For each option of the first and of the second issue, how much less than hoped it is.</summary>
    public long[][] Loss { get; }

    /// <summary>The largest loss.</summary>
    public long Most { get; }
}

/// <summary>Which links close, and which issues later links still ask about, as groups are decided one by one.</summary>
internal sealed class LinkOrder
{
    private readonly Link[][] _closing;
    private readonly int[][] _open;

    public LinkOrder(Problem problem, IReadOnlyList<int> order)
    {
        var step = new int[order.Count];
        for (var s = 0; s < order.Count; s++) step[order[s]] = s;
        int At(int issue) => step[problem.Places[issue].Group];
        _closing = [.. order.Select((_, s) => problem.Links
            .Where(link => Math.Max(At(link.First), At(link.Second)) == s).ToArray())];
        _open = [.. order.Select((_, s) => problem.Links
            .Where(link => Math.Min(At(link.First), At(link.Second)) <= s
                && Math.Max(At(link.First), At(link.Second)) > s)
            .Select(link => At(link.First) <= s ? link.First : link.Second).Distinct().Order().ToArray())];
    }

    /// <summary>Links whose second end is decided in this step.</summary>
    public Link[] Closing(int step) => _closing[step];

    /// <summary>Issues decided by this step whose option still matters to later ones.</summary>
    public int[] Open(int step) => _open[step];
}
