using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Entente.ServiceTime.Clocks;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Calendars;

/// <summary>
/// Conditions as people write them: <c>created</c>, <c>status = Pending</c>, <c>team changes</c>, lists, all, any,
/// not.
/// </summary>
internal static partial class ConditionText
{
    public const string Expected =
        "an event's name, \"field = value\", \"field != value\", \"field in [a, b]\", \"field not in [a, b]\", "
        + "\"field is set\", \"field is empty\", \"field changes\", \"field changes to value\", a list (any of them), "
        + "or all:, any:, not:";

    /// <summary>The condition under a field; null when it is absent, or unreadable and a finding says so.</summary>
    public static Condition? Read(YamlMap map, string name) =>
        map.Find(name) is { } node ? Read(map, node, map.At(name)) : null;

    private static Condition? Read(YamlMap map, YamlNode node, string path)
    {
        switch (node)
        {
            case YamlScalarNode { Value: { Length: > 0 } text }:
                return Parse(text) ?? map.Refuse<Condition>(node, path, "clock.condition",
                    $"\"{text}\": expected {Expected}.");
            case YamlSequenceNode { Children.Count: > 0 } list:
                return Parts(map, list, path) is { } parts ? parts.Length == 1 ? parts[0] : new Condition.Any(parts)
                    : null;
            case YamlMappingNode { Children.Count: 1 } single:
                var inner = map.AsMap(single, path)!;
                if (inner.Find("not") is { } negated)
                    return Read(map, negated, $"{path}.not") is { } condition ? new Condition.Not(condition) : null;
                if (inner.Find("all") is YamlSequenceNode all)
                    return Parts(map, all, $"{path}.all") is { } every ? new Condition.All(every) : null;
                if (inner.Find("any") is YamlSequenceNode any)
                    return Parts(map, any, $"{path}.any") is { } some ? new Condition.Any(some) : null;
                break;
        }

        return map.Refuse<Condition>(node, path, "clock.condition", $"Expected {Expected}.");
    }

    private static ImmutableArray<Condition>? Parts(YamlMap map, YamlSequenceNode list, string path)
    {
        var parts = list.Children.Select((item, i) => Read(map, item, $"{path}[{i}]")).ToList();
        return parts.Contains(null) ? null : [.. parts.OfType<Condition>()];
    }

    private static Condition? Parse(string text)
    {
        var match = Pattern().Match(text.Trim());
        if (!match.Success) return null;
        if (match.Groups["event"] is { Success: true, Value: var name }) return new Condition.Happens(Unquote(name));
        var field = Unquote(match.Groups["field"].Value);
        var values = match.Groups["list"] is { Success: true, Value: var list }
            ? list.Split(',').Select(Unquote).ToImmutableArray() : [Unquote(match.Groups["value"].Value)];
        return Spaces().Replace(match.Groups["op"].Value, " ").ToLowerInvariant() switch
        {
            "=" or "in" => new Condition.Is(field, values),
            "!=" or "not in" => new Condition.Not(new Condition.Is(field, values)),
            "is set" => new Condition.IsSet(field),
            "is empty" => new Condition.Not(new Condition.IsSet(field)),
            "changes" => new Condition.Changes(field),
            _ => new Condition.All(new Condition.Changes(field), new Condition.Is(field, values)),
        };
    }

    private static string Unquote(string text) => text.Trim() is ['"' or '\'', .. var inner, '"' or '\''] ? inner
        : text.Trim();

    [GeneratedRegex("""
        ^(?:(?<field>[^=!<>\[\]]+?)\s*(?:(?<op>!=|=)\s*(?<value>[^\[\]]+)
          |\s(?<op>not\s+in|in)\s*\[(?<list>[^\[\]]+)\]
          |\s(?<op>is\s+set|is\s+empty)
          |\s(?<op>changes\s+to)\s+(?<value>.+)
          |\s(?<op>changes))
        |(?<event>[^=!<>\[\]]+))$
        """, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
