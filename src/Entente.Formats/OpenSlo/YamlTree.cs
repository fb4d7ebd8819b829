using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>YAML and JSON as one tree that keeps every field, known or not, in its order.</summary>
public static partial class YamlTree
{
    /// <summary>All documents of a text; JSON is recognised by its first character.</summary>
    /// <exception cref="BadInputException">The text is neither YAML nor JSON; the finding tells the line.</exception>
    public static IReadOnlyList<YamlNode> Read(string text)
    {
        var first = text.AsSpan().TrimStart();
        try
        {
            if (first.StartsWith("{") || first.StartsWith("["))
            {
                using var json = JsonDocument.Parse(text);
                return [FromJson(json.RootElement)];
            }
        }
        catch (JsonException)
        {
            // A flow mapping of YAML starts like JSON: the YAML reader has the last word.
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new MergingParser(new Parser(new StringReader(text))));
            return [.. stream.Documents.Select(document => document.RootNode)];
        }
        catch (YamlException broken)
        {
            throw new BadInputException([Finding.Error("", "yaml", Innermost(broken), (int)broken.Start.Line)]);
        }
        catch (InvalidOperationException broken)
        {
            // The library's scanner gives up in this way on some unclosed lists.
            throw new BadInputException([Finding.Error("", "yaml", Innermost(broken))]);
        }
    }

    /// <summary>Writes documents, apart by <c>---</c>.</summary>
    public static string Write(IEnumerable<YamlNode> documents) => string.Join("---\n", documents.Select(Write));

    private static string Write(YamlNode document)
    {
        var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(Copy(document))).Save(text, assignAnchors: false);
        // The library ends a document with a marker that a file does not need.
        var written = text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        return written.EndsWith("...\n", StringComparison.Ordinal) ? written[..^4] : written;
    }

    public static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map =>
            new JsonObject(map.Children.Select(pair => KeyValuePair.Create(Key(pair.Key), ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode scalar => ScalarToJson(scalar),
        _ => null,
    };

    /// <summary>A deep copy without anchors, so that a node may stand in two places.</summary>
    public static YamlNode Copy(YamlNode node) => node switch
    {
        YamlMappingNode map =>
            new YamlMappingNode(map.Children.Select(pair => KeyValuePair.Create(Copy(pair.Key), Copy(pair.Value))))
            {
                Style = map.Style,
            },
        YamlSequenceNode list => new YamlSequenceNode(list.Children.Select(Copy)) { Style = list.Style },
        // The writer would quote an empty null and make it a text.
        YamlScalarNode { IsNull: true } => new YamlScalarNode("null"),
        YamlScalarNode scalar => new YamlScalarNode(scalar.Value) { Style = scalar.Style, Tag = scalar.Tag },
        _ => node,
    };

    public static YamlScalarNode Scalar(string text) =>
        new(text)
        {
            Style = IsPlainText(text) ? ScalarStyle.Plain : text.Contains('\n') ? ScalarStyle.Literal
            : ScalarStyle.DoubleQuoted
        };

    public static YamlScalarNode Scalar(decimal number) =>
        new(number.ToString("0.#############################", CultureInfo.InvariantCulture));

    public static YamlScalarNode Scalar(bool flag) => new(flag ? "true" : "false");

    private static string Key(YamlNode key) => (key as YamlScalarNode)?.Value ?? key.ToString();

    private static YamlNode FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new YamlMappingNode(json.EnumerateObject()
            .Select(field => KeyValuePair.Create<YamlNode, YamlNode>(Scalar(field.Name), FromJson(field.Value)))),
        JsonValueKind.Array => new YamlSequenceNode(json.EnumerateArray().Select(FromJson)),
        JsonValueKind.String => Scalar(json.GetString()!),
        _ => new YamlScalarNode(json.GetRawText()),
    };

    private static JsonValue? ScalarToJson(YamlScalarNode scalar) => Kind(scalar) switch
    {
        ScalarKind.Null => null,
        ScalarKind.Flag => JsonValue.Create(bool.Parse(scalar.Value!.ToLowerInvariant())),
        ScalarKind.Number when long.TryParse(
            scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
            JsonValue.Create(whole),
        ScalarKind.Number when decimal.TryParse(
            scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        _ => JsonValue.Create(scalar.Value ?? ""),
    };

    /// <summary>What a scalar is by YAML's core schema: quoted is always text.</summary>
    public static ScalarKind Kind(YamlScalarNode scalar)
    {
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any)) return ScalarKind.Text;
        if (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str") return ScalarKind.Text;
        return scalar.Value switch
        {
            null or "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
            "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Flag,
            var text => NumberPattern().IsMatch(text) ? ScalarKind.Number : ScalarKind.Text,
        };
    }

    // Readers of YAML 1.1 take yes, no, on and off for booleans.
    private static bool IsPlainText(string text) =>
        PlainPattern().IsMatch(text) && Kind(new YamlScalarNode(text)) == ScalarKind.Text
        && text.ToLowerInvariant() is not ("yes" or "no" or "on" or "off" or "y" or "n");

    private static string Innermost(Exception broken)
    {
        var inner = broken;
        while (inner.InnerException is not null) inner = inner.InnerException;
        return $"The text is not YAML: {inner.Message.TrimEnd('.')}.";
    }

    [GeneratedRegex(@"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    // A duration, or letters first and nothing that YAML could take for a sign of its own.
    [GeneratedRegex(
        @"^(\d{1,9}[smhdwMQY]|[A-Za-z_/][-A-Za-z0-9_./]*( [-A-Za-z0-9_./%(),']+)*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainPattern();
}

/// <summary>What a plain scalar means.</summary>
public enum ScalarKind { Null, Flag, Number, Text }

/// <summary>Short words for looking into a tree.</summary>
public static class YamlWords
{
    extension(YamlNode? node)
    {
        /// <summary>The field of a mapping; none when it is missing, null or no mapping.</summary>
        public YamlNode? Field(string name) =>
            node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var value)
            && value is not YamlScalarNode { IsNull: true } ? value : null;

        public string? Text(string name) => (node.Field(name) as YamlScalarNode)?.Value;

        public IReadOnlyList<YamlNode> Items(string name) =>
            node.Field(name) is YamlSequenceNode list ? [.. list.Children] : [];

        public decimal? Number(string name) =>
            decimal.TryParse(node.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number : null;

        public bool IsTrue(string name) => string.Equals(node.Text(name), "true", StringComparison.OrdinalIgnoreCase);

        public IEnumerable<KeyValuePair<string, YamlNode>> Fields() =>
            node is YamlMappingNode map
                ? map.Children.Select(
                    pair => KeyValuePair.Create((pair.Key as YamlScalarNode)?.Value ?? "", pair.Value))
                : [];
    }

    extension(YamlScalarNode scalar)
    {
        public bool IsNull => YamlTree.Kind(scalar) == ScalarKind.Null;
    }

    extension(YamlMappingNode map)
    {
        /// <summary>Sets a field where it stands, or at the end; null takes it away.</summary>
        public YamlMappingNode Set(string name, YamlNode? value)
        {
            var key = new YamlScalarNode(name);
            if (value is null) map.Children.Remove(key);
            else map.Children[key] = value;
            return map;
        }

        public YamlMappingNode Set(string name, string? value) =>
            map.Set(name, value is null ? null : YamlTree.Scalar(value));

        /// <summary>Gives a field another name and leaves it in its place.</summary>
        public void Rename(string from, string to)
        {
            if (!map.Children.TryGetValue(new YamlScalarNode(from), out _)) return;
            var pairs = map.Children.ToList();
            map.Children.Clear();
            foreach (var (key, value) in pairs)
                map.Children.Add((key as YamlScalarNode)?.Value == from ? new YamlScalarNode(to) : key, value);
        }
    }
}
