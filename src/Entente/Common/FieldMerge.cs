namespace Entente;

/// <summary>One field that two people changed from the same beginning, and what comes of it.</summary>
/// <param name="Base">As it stood when both began.</param>
/// <param name="Theirs">As somebody else wrote it in the meantime.</param>
/// <param name="Mine">As it is written now.</param>
/// <param name="Text">Both together; where they collide, their lines and then mine, so that a person strikes what should not stay.</param>
/// <param name="Collides">Whether both changed the same lines, each in another way.</param>
public sealed record FieldMerge(string Field, string Base, string Theirs, string Mine, string Text, bool Collides)
{
    /// <summary>Merges texts given field by field; a field that one of them lacks is empty there.</summary>
    public static IReadOnlyList<FieldMerge> Of(
        IReadOnlyDictionary<string, string> beginning, IReadOnlyDictionary<string, string> theirs, IReadOnlyDictionary<string, string> mine) =>
    [
        .. theirs.Keys.Union(mine.Keys).Union(beginning.Keys).Select(field =>
            Of(field, beginning.GetValueOrDefault(field, ""), theirs.GetValueOrDefault(field, ""), mine.GetValueOrDefault(field, ""))),
    ];

    /// <summary>Merges one text: a run of lines that only one of both touched is taken from whoever touched it.</summary>
    /// <remarks>The lines that both kept divide the text into runs (diff3; Khanna, Kunal and Pierce, 2007).</remarks>
    public static FieldMerge Of(string field, string beginning, string theirs, string mine)
    {
        var (b, t, m) = (Split(beginning), Split(theirs), Split(mine));
        var (inTheirs, inMine) = (Lines.Common(b, t).ToDictionary(pair => pair.Older, pair => pair.Newer),
            Lines.Common(b, m).ToDictionary(pair => pair.Older, pair => pair.Newer));
        List<string> merged = [];
        var (collides, atB, atT, atM) = (false, 0, 0, 0);
        foreach (var kept in Enumerable.Range(0, b.Length).Where(line => inTheirs.ContainsKey(line) && inMine.ContainsKey(line)).Append(b.Length))
        {
            var (toT, toM) = kept == b.Length ? (t.Length, m.Length) : (inTheirs[kept], inMine[kept]);
            var run = Run(b[atB..kept], t[atT..toT], m[atM..toM]);
            merged.AddRange(run.Text);
            collides |= run.Collides;
            if (kept == b.Length) break;
            merged.Add(b[kept]);
            (atB, atT, atM) = (kept + 1, toT + 1, toM + 1);
        }

        return new(field, beginning, theirs, mine, string.Join('\n', merged), collides);
    }

    private static (string[] Text, bool Collides) Run(string[] beginning, string[] theirs, string[] mine) =>
        theirs.SequenceEqual(mine) || mine.SequenceEqual(beginning) ? (theirs, false)
        : theirs.SequenceEqual(beginning) ? (mine, false)
        : ([.. theirs, .. mine.Except(theirs)], true);

    private static string[] Split(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');
}
