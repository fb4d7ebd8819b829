using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace Entente.Formats.Measurements;

/// <summary>The words that columns are known by, first come first served; see
/// <c>docs/agreement-as-code.md</c>.</summary>
internal static class Columns
{
    private static readonly Dictionary<string, string[]> Aliases = new(StringComparer.Ordinal)
    {
        ["series"] = ["series", "service", "component", "site", "monitor", "check", "target", "name"],
        ["at"] = ["at", "timestamp", "time", "last_updated", "checked_at", "answered_at", "date"],
        ["start"] = ["start", "from", "start_at", "downtime_start", "started_at", "begin", "bucket", "start_time"],
        ["end"] = ["end", "to", "end_at", "downtime_end", "ended_at", "end_time"],
        ["state"] = ["state", "status", "impact", "up", "ok", "success"],
        ["good"] = ["good", "success_count"],
        ["bad"] = ["bad", "errors", "failed"],
        ["total"] = ["total", "requests", "events"],
        ["unknown"] = ["unknown"],
        ["length"] = ["length", "step", "seconds", "interval"],
        ["place"] = ["place", "location", "region", "probe"],
        ["retry"] = ["retry", "is_retry"],
        ["latency_ms"] = ["latency_ms", "response_time_ms", "duration_ms", "ms"],
        ["latency_s"] = ["latency_s", "duration_s"],
        ["le_ms"] = ["le_ms"],
        ["le_s"] = ["le_s", "le"],
        ["value"] = ["value", "score", "rating"],
        ["count"] = ["count"],
        ["id"] = ["id", "number", "ticket", "incident_id", "case", "key"],
        ["opened"] = ["opened", "opened_at", "created_at", "created", "reported_at"],
        ["responded"] = ["responded", "responded_at", "first_response_at", "acknowledged_at"],
        ["resolved"] = ["resolved", "resolved_at", "solved_at", "closed_at", "closed"],
        ["priority"] = ["priority"],
        ["updates"] = ["updates", "updated_at"],
        ["pauses"] = ["pauses", "paused"],
    };

    /// <summary>Which column of the file stands for which word.</summary>
    public static Dictionary<string, string> Resolve(IReadOnlyCollection<string> names)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (word, aliases) in Aliases)
            if (aliases.FirstOrDefault(alias => names.Contains(alias, StringComparer.OrdinalIgnoreCase)) is { } alias)
                found[word] = names.First(name => name.Equals(alias, StringComparison.OrdinalIgnoreCase));
        return found;
    }
}

/// <summary>One row of a file, whatever its format, with words for what is wrong in it.</summary>
internal sealed class Record(int line, IReadOnlyDictionary<string, string> words, Func<string, string?> cell,
    JsonElement? json, MeasurementLog log)
{
    public int Line => line;

    public JsonElement? Json => json;

    public MeasurementLog Log => log;

    public bool Has(string word) => words.ContainsKey(word) && Text(word) is not null;

    public string? Text(string word) => words.TryGetValue(word, out var name) && cell(name) is { Length: > 0 } text
        && text != "?" ? text : null;

    public string? Raw(string name) => cell(name);

    public Instant? Time(string word) => Text(word) is not { } text ? null
        : TimeText.Read(text, log.Zone) ?? Wrong<Instant?>(word, TimeText.Expected, text);

    public Instant? NeedTime(string word) => Time(word)
        ?? (Text(word) is null ? Wrong<Instant?>(word, TimeText.Expected, "nothing") : null);

    public long? Whole(string word)
    {
        if (Text(word) is not { } text) return null;
        // Some exporters write counts as 17.0.
        return decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
            out var number)
            && number >= 0 && number == decimal.Truncate(number) && number < 1_000_000_000_000_000m
            ? (long)number : Wrong<long?>(word, "a whole number, 0 or more", text);
    }

    public decimal? Number(string word)
    {
        if (Text(word) is not { } text) return null;
        return decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
            out var number)
            ? number : Wrong<decimal?>(word, "a number", text);
    }

    public Duration? Length()
    {
        if (Text("length") is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0) return Duration.FromSeconds(seconds);
        return Terms.TimeLimit.TryParseDuration(text, out var length) && length > Duration.Zero ? length
            : Wrong<Duration?>("length", "a length such as 300 (seconds), 5 min or PT5M", text);
    }

    public T? Wrong<T>(string word, string expected, string found)
    {
        log.Error($"line {line}, column {words.GetValueOrDefault(word, word)}",
            $"Expected {expected}, found \"{found}\".", line);
        return default;
    }
}

/// <summary>What was found while a file was read: every bad row, up to a number that no one reads to its end.</summary>
internal sealed class MeasurementLog(string file, DateTimeZone zone)
{
    public const int ErrorsMax = 100_000;

    public List<Finding> Findings { get; } = [];

    public int Errors { get; private set; }

    public DateTimeZone Zone => zone;

    public bool IsFull => Errors >= ErrorsMax;

    public void Error(string path, string message, int? line = null)
    {
        Errors++;
        Findings.Add(Finding.Error($"{file}: {path}", "data.value", message, line));
    }

    public void Warning(string path, string message, int? line = null) =>
        Findings.Add(Finding.Warning($"{file}: {path}", "data.note", message, line));
}
