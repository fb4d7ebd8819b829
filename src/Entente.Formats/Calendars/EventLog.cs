using System.Text.Json;
using Entente.ServiceTime.Clocks;
using NodaTime;

namespace Entente.Formats.Calendars;

/// <summary>The events of one case, in the order of the file.</summary>
public sealed record CaseEvents(string Case, List<CaseEvent> Events);

/// <summary>
/// Events of many cases from CSV or JSON Lines; the columns are described in <c>docs/service-time.md</c>.
/// </summary>
/// <remarks>A bad row is a finding with its line and is left out; nothing is dropped silently.</remarks>
public sealed class EventLog
{
    public const string OverrideEvent = "override-due";

    /// <summary>Clears a field in a CSV cell, where an empty cell means "unchanged".</summary>
    public const string Cleared = "(empty)";

    private readonly Dictionary<string, CaseEvents> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private readonly DateTimeZone? _zone;

    private EventLog(DateTimeZone? zone) => _zone = zone;

    public IReadOnlyCollection<CaseEvents> Cases => _cases.Values;

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The last instant of any event; null when there is none.</summary>
    public Instant? Latest { get; private set; }

    /// <param name="text">The file; JSON Lines when it begins with a brace, else CSV with a comma, semicolon or
    /// tab.</param>
    /// <param name="zone">Zone of times without an offset; null refuses them.</param>
    public static EventLog Read(TextReader text, DateTimeZone? zone = null)
    {
        var log = new EventLog(zone);
        if (text.Peek() == '{') log.ReadJson(text);
        else log.ReadCsv(text);
        return log;
    }

    private void ReadCsv(TextReader text)
    {
        var heading = text.ReadLine()?.TrimStart('\uFEFF') ?? "";
        var delimiter = new[] { ',', ';', '\t' }.MaxBy(d => heading.Split(d).Length);
        var columns = new EventColumns([.. heading.Split(delimiter).Select(c => c.Trim().Trim('"'))]);
        if (columns.Problem is { } problem)
        {
            _findings.Add(Finding.Error("line 1", "events.columns", problem, 1));
            return;
        }

        var cells = new CsvRow(text, delimiter);
        while (cells.Read()) Add(columns.Row(cells), cells.Line + 1);
    }

    private void ReadJson(TextReader text)
    {
        for (var (line, number) = (text.ReadLine(), 1); line is not null; line = text.ReadLine(), number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.ValueKind == JsonValueKind.Object) Add(Row(document.RootElement), number);
                else Bad(number, "events.json", "Expected one JSON object a line.");
            }
            catch (JsonException bad)
            {
                Bad(number, "events.json", $"Not JSON: {bad.Message}");
            }
        }
    }

    private EventRow Row(JsonElement item)
    {
        var row = new EventRow();
        foreach (var property in item.EnumerateObject())
        {
            if (property.NameEquals("fields") && property.Value.ValueKind == JsonValueKind.Object)
                foreach (var field in property.Value.EnumerateObject())
                    row.Changes.Add(new(Name(field.Name), Text(field.Value)));
            else if (!row.Take(property.Name, Text(property.Value)))
                row.Changes.Add(new(Name(property.Name), Text(property.Value)));
        }

        return row;
    }

    private void Add(EventRow row, int line)
    {
        if (string.IsNullOrWhiteSpace(row.Case)) Bad(line, "events.case", "The row names no case.");
        else if (!TryInstant(row.At ?? "", out var at))
            Bad(line, "events.at", $"\"{row.At}\": expected {InstantText.Expected}"
                + (_zone is null ? "." : ", or a local time."));
        else if (row.Event is null && row.Changes.Count == 0) Bad(line, "events.empty",
            "The row has no event and changes no field.");
        else if (Override(row, line, out var manual))
        {
            if (!_cases.TryGetValue(row.Case, out var known)) _cases[row.Case] = known = new(row.Case, []);
            known.Events.Add(new(at, row.Event is null ? null : Name(row.Event), row.Changes.ToArray())
            {
                Sequence = row.Sequence,
                Override = manual,
            });
            if (Latest is null || at > Latest) Latest = at;
        }
    }

    private bool Override(EventRow row, int line, out DueOverride? manual)
    {
        manual = null;
        if (row.Event != OverrideEvent) return true;
        if (!TryInstant(row.Due ?? "", out var due)) return Bad(line, "events.due",
            $"An override needs due: expected {InstantText.Expected}.");
        if (string.IsNullOrWhiteSpace(row.Approver)) return Bad(line, "events.approver",
            "An override needs its approver.");
        manual = new DueOverride(string.IsNullOrWhiteSpace(row.Clock) ? null : row.Clock, due, row.Approver,
            row.Reason);
        return true;
    }

    private bool TryInstant(string text, out Instant at)
    {
        if (InstantText.TryParse(text, out at)) return true;
        if (_zone is null || !InstantText.TryParseLocal(text.AsSpan().Trim(), out var seconds, out _, out var length)
            || length != text.Trim().Length) return false;
        at = Instant.FromUnixTimeSeconds(seconds).InUtc().LocalDateTime.InZoneLeniently(_zone).ToInstant();
        return true;
    }

    private bool Bad(int line, string rule, string message)
    {
        _findings.Add(Finding.Warning($"line {line}", rule, message, line));
        return false;
    }

    /// <summary>Names repeat a million times: one copy of each is enough.</summary>
    private string Name(string name)
    {
        if (!_names.TryGetValue(name, out var known)) _names[name] = known = name;
        return known;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
