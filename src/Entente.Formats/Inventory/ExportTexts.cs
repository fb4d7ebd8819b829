using System.Text;
using System.Text.Json.Nodes;
using Entente.Formats.OpenSlo;

namespace Entente.Formats.Inventory;

/// <summary>Reads the bytes of an export as text, and the documents of a YAML or JSON file; a file that is broken is told and left out.</summary>
public static class ExportTexts
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file: as its first bytes say, else UTF-8, else the Western code page that Excel and ServiceNow write.</summary>
    public static string Decode(byte[] content)
    {
        if (content is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(content, 2, content.Length - 2);
        if (content is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(content, 2, content.Length - 2);
        try
        {
            return _strict.GetString(content is [0xEF, 0xBB, 0xBF, ..] ? content[3..] : content);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content);
        }
    }

    internal static IReadOnlyList<JsonNode?> Documents(ExportFile file, List<Finding> findings)
    {
        try
        {
            return [.. YamlTree.Read(file.Text).Select(YamlTree.ToJson)];
        }
        catch (BadInputException broken)
        {
            findings.AddRange(broken.Findings.Select(finding => finding with
            {
                Path = finding.Line is { } line ? $"{file.Name}, line {line}" : file.Name,
            }));
            return [];
        }
    }
}
