using System.CommandLine;
using System.Text.Json;

namespace Entente.Cli;

/// <summary>What becomes of a text when somebody else wrote it in the meantime.</summary>
public static class Second
{
    private static readonly Option<long?> _base = new("--base")
    {
        Description = "Version that your text began from, as shown when you read it. If somebody wrote since, you are shown what differs.",
    };

    private static readonly Option<bool> _merge = new("--merge") { Description = "With --base: take what others wrote too, unless it collides." };

    /// <summary>The options of a verb that writes such a text.</summary>
    public static Option[] Options => [_base, _merge];

    public static IEnumerable<(string Name, string Value)> Headers(ParseResult result)
    {
        if (result.GetValue(_base) is { } version) yield return ("If-Match", $"\"{version}\"");
        if (result.GetValue(_merge)) yield return ("Prefer", "merge");
    }

    /// <summary>Field by field: as it was, as somebody else wrote it, and as it was to be written.</summary>
    public static IEnumerable<string> Lines(JsonElement difference)
    {
        foreach (var field in difference.GetProperty("fields").EnumerateArray())
        {
            var both = field.GetProperty("collides").GetBoolean() ? ": both changed the same lines" : "";
            yield return $"  {InventoryFiles.Text(field, "field")}{both}";
            foreach (var whose in new[] { "base", "theirs", "mine" })
            {
                foreach (var line in InventoryFiles.Text(field, whose).Split('\n')) yield return $"    {whose,-6} {line}".TrimEnd();
            }
        }

        yield return difference.TryGetProperty("merged", out _)
            ? "Nothing collides: with --merge both are written." : "Change your text, and write it with the newer --base.";
    }
}
