using System.Text.Json.Nodes;
using Entente.Formats.OpenSlo;

namespace Entente.Formats.Inventory;

/// <summary>Reads the documents of a YAML or JSON file; a file that is broken is told and left out, the others are read.</summary>
internal static class ExportTexts
{
    public static IReadOnlyList<JsonNode?> Documents(ExportFile file, List<Finding> findings)
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
