namespace Entente.Documentation;

/// <summary>One line of a charter in two editions.</summary>
/// <param name="Part">Purpose, Scope, Roles or Success measures.</param>
/// <param name="Change">Added, Removed, or Kept.</param>
public sealed record CharterLine(string Part, LineChange Change, string Text);

/// <summary>What became of a line.</summary>
public enum LineChange { Kept, Removed, Added }

/// <summary>What changed between two editions of a charter, line by line, as a person reads it.</summary>
public static class CharterDifference
{
    public static IReadOnlyList<CharterLine> Between(Charter? older, Charter newer) =>
    [
        .. Lines("Purpose", Split(older?.Purpose), Split(newer.Purpose)),
        .. Lines("Scope", Split(older?.Scope), Split(newer.Scope)),
        .. Lines("Roles and authority", [.. older?.Roles ?? []], [.. newer.Roles]),
        .. Lines("Success measures", [.. older?.SuccessMeasures ?? []], [.. newer.SuccessMeasures]),
    ];

    /// <remarks>By the longest common subsequence, so that a line that only moved past others is told as little as can be.</remarks>
    private static IEnumerable<CharterLine> Lines(string part, string[] older, string[] newer)
    {
        var lengths = new int[older.Length + 1, newer.Length + 1];
        for (var i = older.Length - 1; i >= 0; i--)
        {
            for (var j = newer.Length - 1; j >= 0; j--)
                lengths[i, j] = older[i] == newer[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        for (var (a, b) = (0, 0); a < older.Length || b < newer.Length;)
        {
            if (a < older.Length && b < newer.Length && older[a] == newer[b])
            {
                yield return new(part, LineChange.Kept, older[a]);
                (a, b) = (a + 1, b + 1);
            }
            else if (b == newer.Length || (a < older.Length && lengths[a + 1, b] >= lengths[a, b + 1])) yield return new(part, LineChange.Removed, older[a++]);
            else yield return new(part, LineChange.Added, newer[b++]);
        }
    }

    private static string[] Split(string? text) => (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
