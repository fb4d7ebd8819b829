using System.Text.Json;
using Entente.ServiceTime.Indicators;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Formats.Measurements;

/// <summary>What a file holds.</summary>
internal enum RowKind { Counts, Intervals, Checks, Values, Tickets, Incidents }

/// <summary>Makes typed rows of the records of one file.</summary>
internal sealed class RowBuilder(MeasurementLog log)
{
    private static readonly HashSet<string> UpWords =
        new(StringComparer.OrdinalIgnoreCase) { "up", "ok", "operational", "good", "online", "available", "healthy",
            "true", "1" };

    private readonly List<(string Series, Instant At, Duration? Length, long Good, long Total, long Unknown,
        Fields Fields)> _counts = [];
    private readonly List<StateRow> _states = [];
    private readonly List<CheckRow> _checks = [];
    private readonly List<ValueRow> _values = [];
    private readonly List<TicketRow> _tickets = [];
    private readonly Dictionary<string, Fields> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, Instant), decimal> _lastBin = [];
    private string[] _others = [];
    private RowKind? _kind;
    private bool _sawUp;

    /// <summary>Says once what the file holds; false when its columns say nothing.</summary>
    public bool Begin(IReadOnlyDictionary<string, string> words, IReadOnlyList<string> names)
    {
        if (_kind is null && (_kind = Tell(words, names)) is null)
        {
            if (log.Findings.Count == 0)
                log.Error("line 1",
                    $"The columns {string.Join(", ", names.Take(12))} are none of: counts (start, good, total), "
                    + "intervals (start, end, state), checks (at, status), values (at, latency_ms or score), tickets (id, opened), incidents (impact, "
                    + "components).");
            return false;
        }

        _others = _kind == RowKind.Counts ? [.. names.Except(words.Values)] : [.. names];
        return true;
    }

    /// <summary>Takes a row whole or not at all: one wrong cell leaves the row out.</summary>
    public void Add(Record record)
    {
        var (errors, counts, states) = (log.Errors, _counts.Count, _states.Count);
        var (checks, values, tickets) = (_checks.Count, _values.Count, _tickets.Count);
        Take(record);
        if (log.Errors == errors) return;
        _counts.RemoveRange(counts, _counts.Count - counts);
        _states.RemoveRange(states, _states.Count - states);
        _checks.RemoveRange(checks, _checks.Count - checks);
        _values.RemoveRange(values, _values.Count - values);
        _tickets.RemoveRange(tickets, _tickets.Count - tickets);
    }

    private void Take(Record record)
    {
        switch (_kind)
        {
            case RowKind.Counts: AddCounts(record); break;
            case RowKind.Intervals: AddInterval(record); break;
            case RowKind.Checks: AddCheck(record); break;
            case RowKind.Values: AddValue(record); break;
            case RowKind.Tickets: AddTicket(record); break;
            case RowKind.Incidents: IncidentRows.Add(record, FieldsOf(record), _states); break;
        }
    }

    public Entente.Terms.Evaluation.Measurements Build(string name) => new()
    {
        Name = name,
        Counts = Buckets(),
        States = _states,
        Checks = _checks,
        Values = _values,
        Tickets = _tickets,
        ListsOutagesOnly = _states.Count > 0 && !_sawUp,
    };

    private static RowKind? Tell(IReadOnlyDictionary<string, string> words, IReadOnlyList<string> names)
    {
        bool Has(string word) => words.ContainsKey(word);
        if (names.Contains("impact", StringComparer.OrdinalIgnoreCase)
            && names.Contains("components", StringComparer.OrdinalIgnoreCase)
            || (names.Contains("impact") && names.Contains("status_sequence"))
                || (names.Contains("impact") && names.Contains("shortlink")))
            return RowKind.Incidents;
        if ((Has("start") || Has("at"))
            && ((Has("total") && (Has("good") || Has("bad"))) || (Has("good") && Has("bad")))) return RowKind.Counts;
        if (Has("opened")) return RowKind.Tickets;
        if (Has("start") && Has("end")) return RowKind.Intervals;
        if (Has("at") && Has("state")) return RowKind.Checks;
        return Has("at") && (Has("latency_ms") || Has("latency_s") || Has("le_ms") || Has("le_s") || Has("value"))
            ? RowKind.Values : null;
    }

    private void AddCounts(Record row)
    {
        if (row.NeedTime(row.Has("start") ? "start" : "at") is not { } at) return;
        var (good, bad, total) = (row.Whole("good"), row.Whole("bad"), row.Whole("total"));
        if ((good, bad, total) is (null, null, _) or (null, _, null) or (_, null, null))
        {
            row.Wrong<object>(total is null ? "total" : "good", "two of good, bad and total", "only one of them");
            return;
        }

        var all = total ?? good!.Value + bad!.Value;
        var ok = good ?? all - bad!.Value;
        if (ok < 0 || ok > all)
        {
            row.Wrong<object>(good is null ? "bad" : "good", $"no more than the total of {all}", $"{good ?? bad}");
            return;
        }

        _counts.Add((Name(row.Text("series")), at, row.Length(), ok, all, row.Whole("unknown") ?? 0, FieldsOf(row)));
    }

    /// <summary>A bucket without a length is as long as the usual distance to the next of its series.</summary>
    private List<CountRow> Buckets()
    {
        var lengths = _counts.Where(row => row.Length is null).GroupBy(row => row.Series)
            .ToDictionary(series => series.Key, series =>
                Usual([.. series.Select(row => row.At.ToUnixTimeSeconds()).Distinct().Order()]));
        var rows = new List<CountRow>(_counts.Count);
        foreach (var row in _counts)
        {
            var length = row.Length is { } own ? Math.Max(1, (long)own.TotalSeconds) : lengths[row.Series];
            rows.Add(new CountRow(row.Series,
                new CountBucket(row.At.ToUnixTimeSeconds(), length, row.Good, row.Total, row.Unknown), row.Fields));
        }

        return rows;
    }

    private static long Usual(long[] starts)
    {
        if (starts.Length < 2) return 60;
        var gaps = starts.Zip(starts.Skip(1), (a, b) => b - a).Order().ToArray();
        return gaps[gaps.Length / 2];
    }

    private void AddInterval(Record row)
    {
        if (row.NeedTime("start") is not { } start) return;
        var end = row.Time("end");
        if (end < start)
        {
            row.Wrong<object>("end", $"an end not before the start {start}", row.Text("end")!);
            return;
        }

        var state = row.Text("state") ?? "down";
        _sawUp |= UpWords.Contains(state);
        _states.Add(new StateRow(Name(row.Text("series")), start, end, State(state), row.Text("id"), FieldsOf(row)));
    }

    private void AddCheck(Record row)
    {
        if (row.NeedTime("at") is not { } at) return;
        if (row.Text("state") is not { } state)
        {
            row.Wrong<object>("state", "up, down, degraded, true or false", "nothing");
            return;
        }

        var micros = row.Number("latency_ms") * 1000m ?? row.Number("latency_s") * 1_000_000m;
        // A check that did not answer has no latency, whatever number stands there.
        if (State(state) == "down") micros = null;
        _checks.Add(new CheckRow(Name(row.Text("series")), at, State(state), row.Text("place"),
            row.Text("retry") is "true" or "True" or "1", micros is { } known ? (long)known : null, FieldsOf(row)));
    }

    private void AddValue(Record row)
    {
        if (row.NeedTime("at") is not { } at) return;
        var series = Name(row.Text("series"));
        var bin = row.Number("le_ms") * 1000m ?? row.Number("le_s") * 1_000_000m;
        var value = bin ?? row.Number("latency_ms") * 1000m ?? row.Number("latency_s") * 1_000_000m
            ?? row.Number("value");
        if (value is not { } number)
        {
            row.Wrong<object>("value", "a number", "nothing");
            return;
        }

        // Bins of one histogram follow each other upward; each begins where the one before ended.
        decimal? low = bin is null ? null : _lastBin.GetValueOrDefault((series, at));
        if (bin is not null) _lastBin[(series, at)] = number;
        _values.Add(new ValueRow(series, at, row.Length() ?? Duration.FromSeconds(1), number, row.Whole("count") ?? 1,
            low, FieldsOf(row)));
    }

    private void AddTicket(Record row)
    {
        if (row.NeedTime("opened") is not { } opened) return;
        var (responded, resolved) = (row.Time("responded"), row.Time("resolved"));
        foreach (var (word, at) in new[] { ("responded", responded), ("resolved", resolved) })
        {
            if (at < opened)
            {
                row.Wrong<object>(word, $"a time not before opened {opened}", row.Text(word)!);
                return;
            }
        }

        _tickets.Add(new TicketRow(row.Text("id") ?? $"line {row.Line}", opened, responded, resolved,
            TicketCells.Updates(row), TicketCells.Pauses(row), row.Text("priority"), row.Text("series"),
                FieldsOf(row)));
    }

    private static string State(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => "up",
        "false" or "0" => "down",
        var state => state,
    };

    private string Name(string? name) => name is null ? "" : _names.TryGetValue(name, out var known) ? known
        : _names[name] = name;

    /// <summary>Rows with the same other columns share them.</summary>
    private Fields FieldsOf(Record row)
    {
        if (_others.Length == 0) return Fields.None;
        var values = _others.Select(name => (Name: name, Value: row.Raw(name)))
            .Where(pair => pair.Value is { Length: > 0 and < 200 }).ToArray();
        if (_kind != RowKind.Counts) return Make();
        var key = string.Join('\u001f', values.Select(pair => pair.Value));
        return _fields.TryGetValue(key, out var known) ? known : _fields[key] = Make();

        Fields Make()
        {
            var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in values) map[name] = value!;
            return new Fields(map);
        }
    }
}
