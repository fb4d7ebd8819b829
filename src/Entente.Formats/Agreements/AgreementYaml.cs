using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Entente.Agreements;

namespace Entente.Formats.Agreements;

/// <summary>An agreement as code: YAML (or JSON, which is YAML too) in and out; see
/// <c>docs/agreement-as-code.md</c>.</summary>
public static class AgreementYaml
{
    private static readonly JsonSerializerOptions Lenient = Create();

    /// <summary>Reads and validates; every finding says where it is and on which line.</summary>
    public static Reading<AgreementDocument> Read(string text)
    {
        List<Finding> findings = [];
        Dictionary<string, int> lines = [];
        var node = YamlJson.Read(text, findings, lines);
        if (node is null) return new(null, findings is []
            ? [Finding.Error("", "yaml.document", "The document is empty.", 1)] : findings);
        findings.AddRange(SchemaCheck.Find(AgreementSchema.Document, node));
        AgreementDocument? document = null;
        if (findings is [])
        {
            try
            {
                document = node.Deserialize<AgreementDocument>(Lenient);
                findings.AddRange(AgreementDocumentRules.Validate(document!));
            }
            catch (JsonException bad)
            {
                findings.Add(Finding.Error(Path(bad.Path), "agreement.value", bad.Message.Split(" Path: ")[0]));
            }
        }

        return new(document, [.. findings.Select(finding =>
            finding with { Line = finding.Line ?? LineOf(finding.Path, lines) })]);
    }

    /// <summary>The same findings with the lines of the text they are about.</summary>
    public static IReadOnlyList<Finding> WithLines(IReadOnlyList<Finding> findings, string text)
    {
        Dictionary<string, int> lines = [];
        YamlJson.Read(text, [], lines);
        return [.. findings.Select(finding => finding with { Line = finding.Line ?? LineOf(finding.Path, lines) })];
    }

    /// <summary>What is written reads back as the same document, and is then written as the same text.</summary>
    public static string Write(AgreementDocument document) =>
        YamlJson.Write(JsonSerializer.SerializeToNode(document, Json.Options)!);

    private static string Path(string? path) => path is null ? "" : path.TrimStart('$').TrimStart('.');

    /// <summary>The line of the path, or of the nearest thing around it.</summary>
    private static int? LineOf(string path, Dictionary<string, int> lines)
    {
        while (true)
        {
            if (lines.TryGetValue(path, out var line)) return line;
            var cut = Math.Max(path.LastIndexOf('.'), path.LastIndexOf('['));
            if (cut <= 0) return lines.GetValueOrDefault("", 1);
            path = path[..cut];
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Json.Configure(options);
        options.Converters.Add(new Words());
        return options;
    }

    /// <summary>YAML reads a version 2 or a title 2026 as a number; where words are due, it is words.</summary>
    private sealed class Words : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => reader.GetDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture),
                JsonTokenType.True => "true",
                JsonTokenType.False => "false",
                var other => throw new JsonException($"Expected words, found {other}."),
            };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
