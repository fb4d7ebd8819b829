using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Entente.Agreements;
using Entente.ServiceTime.Accounting;
using Entente.Terms;
using NodaTime;

namespace Entente.Formats.Agreements;

/// <summary>The JSON Schema of an agreement document, made of the types that read it, so that the two cannot
/// differ.</summary>
public static class AgreementSchema
{
    private static readonly Dictionary<Type, (string Pattern, string Description)> Texts = new()
    {
        [typeof(Objective)] = (@"^\s*(>=|<=|>|<|≥|≤)?\s*\d+(\.\d+)?\s*%?\s*$", Objective.Expected),
        [typeof(Share)] = (@"^\s*\d+(\.\d+)?\s*%\s*$", Share.Expected),
        [typeof(Money)] = (@"^\s*([A-Z]{3}\s*-?[\d,]+(\.\d+)?|-?[\d,]+(\.\d+)?\s*[A-Z]{3})\s*$", Money.Expected),
        [typeof(TimeLimit)] = (@"\S", TimeLimit.Expected),
        [typeof(TermPeriod)] = (@"^(day|week|month|quarter|year|rolling)\b", TermPeriod.Expected),
        [typeof(Band)] = (@"\d|^any$", Band.Expected),
        [typeof(CreditAmount)] = (@"\d", CreditAmount.Expected),
        [typeof(Duration)] = (@"^-?P", "an ISO 8601 duration such as PT5M"),
        [typeof(Instant)] = (@"^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$", "an instant such as 2026-01-31T09:00:00Z"),
        [typeof(LocalDate)] = (@"^\d{4}-\d\d-\d\d$", "a date such as 2026-01-31"),
        [typeof(LocalDateTime)] = (@"^\d{4}-\d\d-\d\dT\d\d:\d\d", "a local time such as 2026-01-31T09:00:00"),
    };

    public static JsonObject Document { get; } = Create();

    private static JsonObject Create()
    {
        var schema = (JsonObject)Json.Options.GetJsonSchemaAsNode(typeof(AgreementDocument),
            new JsonSchemaExporterOptions
            {
                TreatNullObliviousAsNonNullable = true,
                TransformSchemaNode = Transform,
            });
        var result = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Entente agreement, version 1",
        };
        foreach (var (name, value) in schema.ToArray())
        {
            schema.Remove(name);
            result[name] = value;
        }

        return result;
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (Texts.TryGetValue(type, out var text))
            return new JsonObject
            {
                ["type"] = new JsonArray("string", "number", "null"),
                ["pattern"] = text.Pattern,
                ["description"] = text.Description
            };
        if (type == typeof(HolidayEntry))
            return new JsonObject
            {
                ["type"] = new JsonArray("string", "object"),
                ["description"] =
                "a date, or date (or from and to), yearly, name"
            };
        if (type == typeof(string) && node is JsonObject words && words["const"] is null)
            words["type"] = new JsonArray("string", "number", "boolean", "null");
        if (type == typeof(AccountingPolicy) && node is JsonObject policy) policy.Remove("default");
        return node;
    }
}
