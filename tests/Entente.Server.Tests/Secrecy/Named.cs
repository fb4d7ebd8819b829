namespace Entente.Server.Tests.Secrecy;

/// <summary>Everything that a sealed value may change for somebody who does not own it: the list that the guide gives
/// people, and all that the comparison lets pass.</summary>
internal enum Named
{
    /// <summary>A package that the chair asked the engine to put on the table, or that there is none.</summary>
    Package,

    /// <summary>The hint that both sides allowed: two terms that they rank in opposite order.</summary>
    Hint,

    /// <summary>For the chair: whether a zone exists, how far apart in words, whether both said something.</summary>
    Sight,

    /// <summary>For the chair: a side's caucus, mood and trust.</summary>
    ToldTheChair,

    /// <summary>How an offer ended that both answered in confidence: never by whose answer.</summary>
    BothAnswered,

    /// <summary>Of an agreed package: whether it is efficient, above the limits, and the smaller share of the gains in
    /// whole tenths.</summary>
    Certificate,

    /// <summary>Once all have signed: the whole tenths that each side reached, and those of both together.</summary>
    Fairness,
}

/// <summary>One thing that somebody received, word by word, and the named outputs that it may follow.</summary>
internal sealed record Received(string Where, string Body, IReadOnlyList<Named> Under);

/// <summary>What one twin told those who do not own its secret.</summary>
internal sealed class Told
{
    private readonly List<Named> _under = [];

    public List<Received> Received { get; } = [];

    public Dictionary<Named, string> Named { get; } = [];

    /// <summary>What a named output says at this moment, for what stands under it.</summary>
    public void Name(Named name, string value) => Named[name] = Named.GetValueOrDefault(name) + value;

    /// <summary>From here on everything may follow a named output, for it stands on the table.</summary>
    public void Tell(Named name, string value)
    {
        Name(name, value);
        _under.Add(name);
    }

    public void Add(string where, string body, params IEnumerable<Named> under) =>
        Received.Add(new(where, body, [.. _under, .. under]));
}

/// <summary>Two twins laid side by side.</summary>
/// <param name="Leak">Where they differ though every named output that it may follow is the same; none when
/// nowhere.</param>
/// <param name="Compared">How many answers follow no named output that differs.</param>
/// <param name="Read">Who was answered what.</param>
internal sealed record Comparison(
    string? Leak, int Compared, IReadOnlyList<string> Read, IReadOnlyList<Named> Differing)
{
    public static Comparison Of(Told one, Told other)
    {
        List<Named> differing = [.. Enum.GetValues<Named>()
            .Where(name => one.Named.GetValueOrDefault(name) != other.Named.GetValueOrDefault(name))];
        one.Received.Count.ShouldBe(other.Received.Count);
        var compared = 0;
        List<string> read = [.. one.Received.Select(received => received.Where)];
        for (var i = 0; i < one.Received.Count; i++)
        {
            var (mine, theirs) = (one.Received[i], other.Received[i]);
            if (mine.Under.Concat(theirs.Under).Any(differing.Contains)) continue;
            compared++;
            if (mine.Body != theirs.Body)
                return new(First(mine.Where, mine.Body, theirs.Body), compared, read, differing);
        }

        return new(null, compared, read, differing);
    }

    private static string First(string where, string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        string Around(string text) => text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 80)];
        return $"{where}\n--- one\n{Around(one)}\n--- other\n{Around(other)}";
    }
}
