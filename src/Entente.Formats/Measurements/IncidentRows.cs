using System.Text.Json;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Formats.Measurements;

/// <summary>Incidents as status pages publish them: impact, components, a history of updates.</summary>
/// <remarks>
/// The time is <c>downtime_start</c> to <c>downtime_end</c> where an analysis gave it, else <c>started_at</c> (or
/// <c>created_at</c>) to <c>resolved_at</c>. Planned maintenance begins with its update "In progress", not when it was
/// announced. One row for each component; an incident without components is one of the series "".
/// </remarks>
internal static class IncidentRows
{
    public static void Add(Record row, Fields fields, List<StateRow> rows)
    {
        var start = Time(row, "downtime_start") ?? Time(row, "started_at") ?? Time(row, "created_at");
        if (start is null)
        {
            row.Wrong<object>("started_at", TimeText.Expected, "nothing");
            return;
        }

        var state = row.Raw("impact")?.ToLowerInvariant() ?? "unknown";
        var end = Time(row, "downtime_end") ?? Time(row, "resolved_at");
        if (state == "maintenance" && InProgress(row) is { } begun && begun > start) start = begun;
        if (end < start)
        {
            row.Wrong<object>("resolved_at", $"an end not before the start {start}", $"{end}");
            return;
        }

        foreach (var component in Components(row))
            rows.Add(new StateRow(component, start.Value, end, state, row.Raw("id"), fields));
    }

    private static Instant? Time(Record row, string name)
    {
        if (row.Raw(name) is not { Length: > 0 } text) return null;
        var time = TimeText.Read(text, row.Log.Zone);
        return time ?? row.Wrong<Instant?>(name, TimeText.Expected, text);
    }

    private static IReadOnlyList<string> Components(Record row)
    {
        if (row.Json is not { } json)
            return row.Raw("components") is { Length: > 0 } text
                ? text.Split([',', ';', '|'], StringSplitOptions.TrimEntries) : [""];
        if (!json.TryGetProperty("components", out var list) || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() == 0) return [""];
        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()!
            : item.TryGetProperty("name", out var name) ? name.GetString() ?? "" : "").Distinct()];
    }

    private static Instant? InProgress(Record row)
    {
        if (row.Json is not { } json) return null;
        var updates = json.TryGetProperty("updates", out var own) ? own
            : json.TryGetProperty("incident_updates", out var theirs) ? theirs : default;
        if (updates.ValueKind != JsonValueKind.Array) return null;
        return updates.EnumerateArray()
            .Where(update => Text(update, "status")?.Replace('_', ' ').ToLowerInvariant() == "in progress")
            .Select(update => Text(update, "at") ?? Text(update, "created_at")).OfType<string>()
            .Select(text => TimeText.Read(text, row.Log.Zone)).Min();
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
