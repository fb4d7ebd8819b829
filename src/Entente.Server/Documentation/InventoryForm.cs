using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Documentation;
using Microsoft.AspNetCore.Http;

namespace Entente.Server.Documentation;

/// <summary>One field of the inventory editor.</summary>
/// <param name="IsLink">It names other items.</param>
public sealed record InventoryField(string Name, string Label, string Example = "", bool IsList = false, bool IsNumber = false,
    IReadOnlyList<string>? Choices = null, bool IsLink = false);

/// <summary>The inventory editor without script: the fields of each kind, listed once, and their way to an item and back.</summary>
public static class InventoryForm
{
    public static IReadOnlyList<InventoryField> Fields(InventoryKind kind) => kind switch
    {
        InventoryKind.Asset =>
        [
            new("what", "What it is", "server"), new("lifecycle", "Lifecycle", Choices: ["planned", "inUse", "retiring", "retired"]),
                new("capacity", "Capacity", "64 GB"),
            new("purchase", "Purchase", "EUR 12000"), new("run", "Run, a month", "EUR 300"), new("perUnit", "One more unit, a month", "EUR 20"),
            new("dependsOn", "Depends on, one key a line", IsList: true, IsLink: true),
            new("redundantWith", "Redundant with, one key a line", IsList: true, IsLink: true),
            new("needs", "Needs some of a group: '2 of web-1, web-2, web-3', one a line", IsList: true, IsLink: true),
                new("measuredBy", "Series that measure it, one a line", IsList: true),
        ],
        InventoryKind.Person =>
        [
            new("isTeam", "Person or team", Choices: ["false", "true"]), new("skills", "Skills, one a line", IsList: true),
            new("shift", "Shift", "Mon-Fri 9-17"), new("hoursPerWeek", "Hours a week for this engagement", "38", IsNumber: true),
        ],
        InventoryKind.Practice => [new("maturity", "Maturity, 0 (not done) to 5 (improves itself)", "3", IsNumber: true),
            new("evidence", "Evidence", "link or record")],
        _ => [new("horizon", "Horizon", Choices: ["short", "long"]), new("measure", "How both will know", "orders a day"), new("due", "By", "2026-12-31")],
    };

    public static IReadOnlyList<InventoryField> Common { get; } = [new("owner", "Owner"), new("notes", "Notes")];

    /// <summary>What a field holds, for people: <c>in use</c> for <c>inUse</c>, <c>€ 2,600</c> for <c>EUR 2600</c>.</summary>
    public static string Spoken(InventoryField field, string value) => (field.Name, value) switch
    {
        ("isTeam", "true") => "team",
        ("isTeam", _) => "person",
        ("lifecycle", "inUse") => "in use",
        ("horizon", _) => $"{value} term",
        ("purchase" or "run" or "perUnit", _) when Terms.Money.TryParse(value, out var money) => money.Label,
        _ => value,
    };

    /// <exception cref="BadInputException">A field is missing or cannot be read.</exception>
    public static InventoryItem Read(InventoryKind kind, IFormCollection form)
    {
        var json = new JsonObject { ["kind"] = kind.ToString().ToLowerInvariant(), ["side"] = form["side"].ToString().ToLowerInvariant() };
        foreach (var name in new[] { "key", "name" }) json[name] = form[name].ToString().Trim();
        foreach (var field in Fields(kind).Concat(Common))
        {
            var text = form[field.Name].ToString().Trim();
            if (text.Length > 0) json[field.Name] = Node(field, text);
        }

        try
        {
            var item = json.Deserialize<InventoryItem>(Json.Options)!;
            return InventoryApi.Check(kind, item.Key, item, "$");
        }
        catch (JsonException wrong)
        {
            throw new BadInputException(wrong.Path?.TrimStart('$', '.') ?? "item", "inventory.invalid", Inputs.Of(wrong).Findings[0].Message);
        }
    }

    /// <summary>An item as the editor's fields.</summary>
    public static IReadOnlyDictionary<string, string> Values(InventoryItem item)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(item, Json.Options)!;
        var values = json.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value switch
        {
            JsonArray list => string.Join('\n', list.Select(
                one => one is JsonObject group ? $"{group["k"]} of {string.Join(", ", (JsonArray)group["of"]!)}" : one!.ToString())),
            var node => node!.ToString(),
        }, StringComparer.Ordinal);
        return values;
    }

    private static JsonNode? Node(InventoryField field, string text) => field switch
    {
        { Name: "needs" } => new JsonArray([.. Lines(text).Select(Group)]),
        { IsList: true } => new JsonArray([.. Lines(text).Select(line => (JsonNode)line)]),
        { IsNumber: true } => decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number == Math.Truncate(number) ? (JsonNode)(int)Math.Clamp(number, int.MinValue, int.MaxValue) : number
            : throw new BadInputException(field.Name, "number.invalid", $"expected a number, found '{text}'"),
        { Name: "isTeam" } => text == "true",
        _ => text,
    };

    private static JsonNode Group(string line)
    {
        var parts = line.Split(" of ", 2, StringSplitOptions.TrimEntries);
        return parts.Length == 2 && int.TryParse(parts[0], out var k)
            ? new JsonObject
            {
                ["k"] = k,
                ["of"] = new JsonArray(
                [.. parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(key => (JsonNode)key)])
            }
            : throw new BadInputException("needs", "inventory.group", $"expected '2 of web-1, web-2, web-3', found '{line}'");
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
