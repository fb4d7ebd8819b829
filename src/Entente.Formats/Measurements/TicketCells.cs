using System.Text.Json;
using NodaTime;

namespace Entente.Formats.Measurements;

/// <summary>Lists inside one cell of a ticket.</summary>
/// <remarks>
/// In CSV: <c>updates</c> are times with <c>;</c> between them, <c>pauses</c> are <c>from/to</c> with <c>;</c> between,
/// an open pause
/// ends with <c>/</c>. In JSON: lists of times, and of objects with <c>from</c> and <c>to</c>.
/// </remarks>
internal static class TicketCells
{
    public static IReadOnlyList<Instant> Updates(Record row)
    {
        if (row.Text("updates") is not { } text) return [];
        return [.. Items(text).Select(item => TimeText.Read(item, row.Log.Zone)
            ?? row.Wrong<Instant?>("updates", TimeText.Expected, item))
            .OfType<Instant>().Order()];
    }

    public static IReadOnlyList<Interval> Pauses(Record row)
    {
        if (row.Text("pauses") is not { } text) return [];
        List<Interval> pauses = [];
        foreach (var item in Items(text))
        {
            var ends = item.Split('/');
            var from = ends.Length == 2 ? TimeText.Read(ends[0], row.Log.Zone) : null;
            var to = ends.Length == 2 && ends[1].Length > 0 ? TimeText.Read(ends[1], row.Log.Zone) : null;
            if (from is null || (to is null && (ends.Length != 2 || ends[1].Length > 0)) || to < from)
                row.Wrong<object>("pauses", "pauses such as 2026-01-31T09:00:00Z/2026-01-31T10:00:00Z", item);
            else pauses.Add(new Interval(from, to));
        }

        return pauses;
    }

    private static IEnumerable<string> Items(string text)
    {
        if (!text.StartsWith('[')) return text.Split(';',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        using var list = JsonDocument.Parse(text);
        return [.. list.RootElement.EnumerateArray().Select(item => item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!,
            JsonValueKind.Object => $"{Part(item, "from", "start", "at")}/{Part(item, "to", "end", "")}",
            _ => item.GetRawText(),
        })];
    }

    private static string Part(JsonElement item, params string[] names) =>
        names.Select(name => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null)
            .FirstOrDefault(text => text is not null) ?? "";
}
