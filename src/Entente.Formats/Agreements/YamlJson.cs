using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Agreements;

/// <summary>YAML as JSON and back: one document, block style, and the line of each path.</summary>
internal static partial class YamlJson
{
    /// <summary>The document's node; none, with a finding, when it is no YAML.</summary>
    public static JsonNode? Read(string text, List<Finding> findings, Dictionary<string, int> lines)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1) return Node(stream.Documents[0].RootNode, "", findings, lines, depth: 0);
            findings.Add(Finding.Error("", "yaml.document", $"Expected one document, found {stream.Documents.Count}.",
                1));
        }
        catch (YamlException bad)
        {
            findings.Add(Finding.Error("", "yaml.syntax", bad.Message, (int)bad.Start.Line));
        }

        return null;
    }

    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Append(text, node, 0);
        return text.ToString();
    }

    private static JsonNode? Node(YamlNode node, string path, List<Finding> findings, Dictionary<string, int> lines,
        int depth)
    {
        lines[path] = (int)node.Start.Line;
        if (depth > 60)
        {
            findings.Add(Finding.Error(path, "yaml.depth", "The document is nested too deep.", (int)node.Start.Line));
            return null;
        }

        switch (node)
        {
            case YamlMappingNode map:
                var result = new JsonObject();
                foreach (var (key, value) in map.Children)
                {
                    var name = (key as YamlScalarNode)?.Value ?? "";
                    var at = path.Length == 0 ? name : $"{path}.{name}";
                    result[name] = Node(value, at, findings, lines, depth + 1);
                    lines[at] = (int)key.Start.Line;
                }

                return result;
            case YamlSequenceNode list:
                return new JsonArray([.. list.Children.Select((item, i) =>
                    Node(item, $"{path}[{i}]", findings, lines, depth + 1))]);
            default:
                return Scalar((YamlScalarNode)node);
        }
    }

    /// <remarks>The core schema: what is quoted is text, and so is what is no number, true, false or null.</remarks>
    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain) return JsonValue.Create(text);
        return text switch
        {
            "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when NumberPattern().IsMatch(text)
                && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) =>
                JsonNode.Parse(text),
            _ => JsonValue.Create(text),
        };
    }

    private static void Append(StringBuilder text, JsonNode node, int indent)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.Where(pair => !IsEmpty(pair.Value)))
                {
                    text.Append(' ', indent).Append(Plain(name)).Append(':');
                    AppendValue(text, value!, indent);
                }

                break;
            case JsonArray list:
                foreach (var item in list.OfType<JsonNode>())
                {
                    text.Append(' ', indent).Append('-');
                    if (item is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
                    {
                        // The first field stands beside the dash.
                        var inner = new StringBuilder();
                        Append(inner, item, indent + 2);
                        text.Append(' ').Append(inner.ToString().AsSpan(indent + 2));
                    }
                    else AppendValue(text, item, indent);
                }

                break;
        }
    }

    private static void AppendValue(StringBuilder text, JsonNode value, int indent)
    {
        switch (value)
        {
            case JsonArray list when list.All(item => item is JsonValue)
                && list.Sum(item => item!.ToString().Length + 2) < 90:
                text.Append(" [").AppendJoin(", ", list.Select(item => Plain(item!, inFlow: true))).Append("]\n");
                break;
            case JsonObject or JsonArray:
                text.Append('\n');
                Append(text, value, indent + 2);
                break;
            case JsonValue scalar when scalar.TryGetValue<string>(out var words) && IsBlock(words):
                text.Append(words.EndsWith('\n') ? " |\n" : " |-\n");
                foreach (var line in words.TrimEnd('\n').Split('\n'))
                    text.Append(line.Length == 0 ? "" : new string(' ', indent + 2)).Append(line).Append('\n');
                break;
            default:
                text.Append(' ').Append(Plain(value)).Append('\n');
                break;
        }
    }

    private static bool IsEmpty(JsonNode? node) => node is null or JsonArray { Count: 0 } or JsonObject { Count: 0 };

    /// <summary>Several lines that read back exactly as a literal block.</summary>
    private static bool IsBlock(string words) => words.Contains('\n', StringComparison.Ordinal)
        && !words.StartsWith(' ') && !words.StartsWith('\n')
        && !words.EndsWith("\n\n", StringComparison.Ordinal) && words.Trim('\n').Length > 0
        && words.All(c => c == '\n' || !char.IsControl(c)) && !words.Split('\n')
            .Any(line => line.Length > 0 && line.Trim(' ').Length == 0);

    private static string Plain(JsonNode node, bool inFlow = false) => node is JsonValue value
        && value.TryGetValue<string>(out var text)
        ? Plain(text, inFlow) : node.ToJsonString(Json.Options);

    private static string Plain(string text, bool inFlow = false)
    {
        var safe = SafePattern().IsMatch(text) && !text.EndsWith(' ') && !text.Contains(": ", StringComparison.Ordinal)
            && !text.EndsWith(':')
            && !text.Contains(" #", StringComparison.Ordinal) && !NumberPattern().IsMatch(text)
            && text is not ("true" or "false" or "null" or "~" or "yes" or "no" or "on" or "off" or "y" or "n")
            && !(inFlow && text.AsSpan().IndexOfAny(",[]{}") >= 0) && !LooksLikeTime().IsMatch(text);
        return safe ? text : System.Text.Json.JsonSerializer.Serialize(text, Json.Options);
    }

    [GeneratedRegex(@"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^[\p{L}\p{N}_/][^\p{C}""\\]*$", RegexOptions.CultureInvariant)]
    private static partial Regex SafePattern();

    [GeneratedRegex(@"^\d{1,2}:\d{2}|^0[xo]", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeTime();
}
