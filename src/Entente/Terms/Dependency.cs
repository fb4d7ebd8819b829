using System.Globalization;
using System.Text.RegularExpressions;

namespace Entente.Terms;

/// <summary>What a term rests on: one term (<c>hoster.uptime</c>), or some of several (<c>1 of (dc1.uptime,
/// dc2.uptime)</c>).</summary>
/// <param name="Needed">How many of the members must hold.</param>
public sealed partial record Dependency(int Needed, IReadOnlyList<string> Members)
{
    public static string Expected => "a term such as hoster.uptime, or 1 of (dc1.uptime, dc2.uptime)";

    public static bool TryParse(string text, out Dependency value)
    {
        value = new Dependency(1, [text.Trim()]);
        var match = Pattern().Match(text.Trim());
        if (!match.Success) return TermRules.IsKey(text.Trim());
        var members = match.Groups[2].Value.Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        value = new Dependency(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), members);
        return value.Needed >= 1 && value.Needed <= members.Length && members.All(TermRules.IsKey);
    }

    [GeneratedRegex(@"^(\d{1,3})\s+of\s+\(([^()]+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
