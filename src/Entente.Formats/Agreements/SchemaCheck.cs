using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Entente.Formats.Agreements;

/// <summary>Checks a document against the published schema, as far as that schema goes, and names every fault at
/// once.</summary>
/// <remarks>Known: type, properties, required, additionalProperties, items, enum, const, pattern, anyOf by <c>kind</c>,
/// $ref.</remarks>
internal static class SchemaCheck
{
    public static IReadOnlyList<Finding> Find(JsonObject schema, JsonNode? document)
    {
        List<Finding> findings = [];
        Check(schema, schema, document, "", findings);
        return findings;
    }

    private static void Check(JsonObject root, JsonNode? rule, JsonNode? value, string path, List<Finding> findings)
    {
        if (rule is not JsonObject schema) return;
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            Check(root, Follow(root, reference), value, path, findings);
            return;
        }

        if (!IsOfType(schema["type"], value))
        {
            findings.Add(Finding.Error(path, "schema.type", $"Expected {Expected(schema)}, found {Found(value)}."));
            return;
        }

        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
            findings.Add(Finding.Error(path, "schema.enum",
                $"Expected one of {string.Join(", ", choices.Where(c => c is not null).Select(c => c!.ToString()))}, found {Found(value)}."));
        if (schema["pattern"]?.GetValue<string>() is { } pattern && value is JsonValue
            && !Regex.IsMatch(value.ToString(), pattern, RegexOptions.CultureInvariant))
            findings.Add(Finding.Error(path, "schema.pattern",
                $"Expected {schema["description"]}, found \"{value}\"."));
        switch (value)
        {
            case JsonObject map when schema["anyOf"] is JsonArray family:
                CheckFamily(root, family, schema, map, path, findings);
                break;
            case JsonObject map:
                CheckFields(root, schema, null, map, path, findings);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++) Check(root, schema["items"], list[i], $"{path}[{i}]", findings);
                break;
        }
    }

    private static void CheckFamily(JsonObject root, JsonArray family, JsonObject outer, JsonObject map, string path,
        List<Finding> findings)
    {
        var kinds = family.OfType<JsonObject>()
            .Select(one => (Kind: one["properties"]?["kind"]?["const"]?.GetValue<string>(), Schema: one))
            .Where(one => one.Kind is not null).ToArray();
        if (kinds.Length == 0) return;
        var kind = map["kind"]?.ToString();
        var own = kinds.FirstOrDefault(one => one.Kind == kind).Schema;
        if (own is not null) CheckFields(root, own, outer, map, path, findings);
        else
            findings.Add(Finding.Error(path.Length == 0 ? "kind" : $"{path}.kind", "schema.kind",
                $"Expected one of {string.Join(", ", kinds.Select(one => one.Kind))}, found {(kind is null ? "no kind" : $"\"{kind}\"")}."));
    }

    private static void CheckFields(JsonObject root, JsonObject schema, JsonObject? outer, JsonObject map, string path,
        List<Finding> findings)
    {
        var fields = schema["properties"] as JsonObject;
        foreach (var required in Strings(schema["required"]).Concat(Strings(outer?["required"])).Distinct()
            .Where(name => map[name] is null))
            findings.Add(Finding.Error(At(required), "schema.required", $"\"{required}\" is missing."));
        foreach (var (name, value) in map)
        {
            if (fields?[name] is { } field) Check(root, field, value, At(name), findings);
            else if (schema["additionalProperties"] is JsonObject any) Check(root, any, value, At(name), findings);
            else if (fields is not null)
                findings.Add(Finding.Error(At(name), "schema.unknown",
                    $"\"{name}\" is not known here: expected {string.Join(", ", fields.Select(one => one.Key).Order())}."));
        }

        string At(string name) => path.Length == 0 ? name : $"{path}.{name}";
    }

    private static IEnumerable<string> Strings(JsonNode? list) => list is JsonArray names
        ? names.Select(name => name!.GetValue<string>()) : [];

    private static JsonNode Follow(JsonObject root, string reference)
    {
        JsonNode node = root;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = (node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]
                : node[part.Replace("~1", "/", StringComparison.Ordinal)
                    .Replace("~0", "~", StringComparison.Ordinal)])!;
        return node;
    }

    private static bool IsOfType(JsonNode? type, JsonNode? value)
    {
        if (type is null) return true;
        var allowed = type is JsonArray list ? [.. list.Select(one => one!.GetValue<string>())]
            : new[] { type.GetValue<string>() };
        return value switch
        {
            null => true,
            JsonObject => allowed.Contains("object"),
            JsonArray => allowed.Contains("array"),
            _ => value.GetValueKind() switch
            {
                JsonValueKind.String => allowed.Contains("string"),
                JsonValueKind.Number => allowed.Contains("number")
                    || (allowed.Contains("integer") && decimal.TryParse(value.ToJsonString(), out var number)
                        && number == decimal.Truncate(number)),
                _ => allowed.Contains("boolean"),
            },
        };
    }

    private static string Expected(JsonObject schema) => schema["description"]?.ToString()
        ?? (schema["type"] is JsonArray list
            ? string.Join(" or ", list.Select(one => one!.ToString()).Where(one => one != "null"))
            : schema["type"]?.ToString()) switch
        {
            "object" => "fields with values",
            "array" => "a list",
            "string or number or boolean" => "words",
            var other => $"a {other}",
        };

    private static string Found(JsonNode? value) => value switch
    {
        JsonObject => "fields",
        JsonArray => "a list",
        null => "nothing",
        _ => $"\"{value}\"",
    };
}
