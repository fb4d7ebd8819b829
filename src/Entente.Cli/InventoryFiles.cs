using System.Text.Json;

namespace Entente.Cli;

/// <summary>Reads JSON files that verbs send.</summary>
internal static class InventoryFiles
{
    public static async Task<JsonElement> Json(FileInfo file)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file.FullName));
        }
        catch (JsonException wrong)
        {
            throw new BadInputException(file.Name, "json.invalid", wrong.Message);
        }
    }

    public static string Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.ToString() : "";
}
