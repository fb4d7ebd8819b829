namespace Entente;

/// <summary>What became of a line.</summary>
public enum LineChange { Kept, Removed, Added }

/// <summary>One line of a text of several parts, in two editions of it.</summary>
/// <param name="Part">Title of the part, such as Purpose or Owner.</param>
public sealed record PartLine(string Part, LineChange Change, string Text);

/// <summary>Compares texts line by line.</summary>
public static class Lines
{
    /// <summary>The lines that say something.</summary>
    public static string[] Of(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Every line of both texts, in order, and what became of it.</summary>
    /// <remarks>A line that only moved past others is told as little as can be.</remarks>
    public static IEnumerable<(LineChange Change, string Text)> Between(string[] older, string[] newer)
    {
        var (a, b) = (0, 0);
        foreach (var (i, j) in Common(older, newer).Append((older.Length, newer.Length)))
        {
            for (; a < i; a++) yield return (LineChange.Removed, older[a]);
            for (; b < j; b++) yield return (LineChange.Added, newer[b]);
            if (a == older.Length && b == newer.Length) yield break;
            yield return (LineChange.Kept, older[a]);
            (a, b) = (a + 1, b + 1);
        }
    }

    /// <summary>Every line of two texts of the same parts, part by part; nothing older means that all is new.</summary>
    public static IReadOnlyList<PartLine> Between(IEnumerable<(string Part, string[] Text)>? older, IEnumerable<(string Part, string[] Text)> newer)
    {
        var before = older?.ToDictionary(part => part.Part, part => part.Text, StringComparer.Ordinal) ?? [];
        return
        [
            .. from part in newer
               from line in Between(before.GetValueOrDefault(part.Part, []), part.Text)
               select new PartLine(part.Part, line.Change, line.Text),
        ];
    }

    /// <summary>Places of a longest common subsequence, in both texts.</summary>
    public static IReadOnlyList<(int Older, int Newer)> Common(string[] older, string[] newer)
    {
        var lengths = new int[older.Length + 1, newer.Length + 1];
        for (var i = older.Length - 1; i >= 0; i--)
        {
            for (var j = newer.Length - 1; j >= 0; j--)
                lengths[i, j] = older[i] == newer[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        List<(int, int)> common = [];
        for (var (a, b) = (0, 0); a < older.Length && b < newer.Length;)
        {
            if (older[a] == newer[b]) common.Add((a++, b++));
            else if (lengths[a + 1, b] >= lengths[a, b + 1]) a++;
            else b++;
        }

        return common;
    }
}
