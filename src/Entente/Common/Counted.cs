using System.Globalization;

namespace Entente;

/// <summary>A number with its noun: "1 term", "3 terms".</summary>
public static class Counted
{
    /// <param name="many">The words for any other number; none adds an s.</param>
    public static string Of(decimal count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? $"{one}s")}");
}
