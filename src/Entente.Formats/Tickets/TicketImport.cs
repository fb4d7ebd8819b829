using Entente.Formats.Spreadsheets;
using Entente.Monitoring;
using NodaTime;

namespace Entente.Formats.Tickets;

/// <summary>How far an import is: rows read, and the share of the file's bytes.</summary>
public readonly record struct ImportProgress(int Rows, double Share);

/// <summary>
/// Reads a log row by row into neutral events and reports every row that is wrong. Memory holds a few words a case,
/// never the log.
/// </summary>
public sealed class TicketImport(TicketFile file, TicketMapping mapping, DateTimeZone? zone = null)
{
    private const int ProgressEvery = 5_000;

    private readonly Dictionary<string, CaseTrace> _cases = [];
    private readonly HashSet<ulong> _seen = [];
    private readonly Dictionary<string, string> _words = [];
    private BoundMapping _bound = null!;
    private StampColumns _stamps = null!;
    private TicketColumns _columns = null!;

    public TicketReport Report { get; } = new();

    public TicketMapping Mapping => mapping;

    public TicketShape Shape { get; private set; }

    public DateTimeZone Zone { get; } = zone ?? Named(mapping.TimeZone) ?? DateTimeZone.Utc;

    public TicketColumns Columns => _columns;

    /// <summary>Whether no row had to be left out.</summary>
    public bool IsWhole => Report.Refused == 0;

    /// <summary>The events in the order of the log. The report is complete once the last was taken.</summary>
    public IEnumerable<TicketEvent> Read(Action<ImportProgress>? progress = null)
    {
        var isShipped = ShippedMappings.All.Contains(mapping);
        var sample = file.Sample(mapping);
        if (sample.Rows.Count == 0) throw NoRows(file);
        _ = new BoundMapping(mapping, sample.Columns, isShipped);
        Stream? raw = null;
        using var rows = file.Rows(mapping, opened => raw = opened);
        _columns = rows.Columns;
        foreach (var column in sample.Columns.Names) _columns.Place(column);
        _bound = new(mapping, _columns, isShipped);
        Shape = mapping.Shape == TicketShape.Auto ? ShapeOf(sample.Rows, isShipped) : mapping.Shape;
        _stamps = new(Zone, mapping.Dates, Report, _columns);
        _stamps.LearnOrder(sample.Rows, [.. _bound.At, .. _bound.Moments.Select(moment => moment.Place)]);
        foreach (var row in rows.Read())
        {
            Report.Rows++;
            foreach (var happened in Events(row))
            {
                Report.Events += happened.IsMoment && Shape == TicketShape.Events ? 0 : 1;
                if (Report.From is not { } from || happened.At < from) Report.From = happened.At;
                if (Report.To is not { } to || happened.At > to) Report.To = happened.At;
                yield return happened;
            }

            if (Report.Rows % ProgressEvery == 0) progress?.Invoke(new(Report.Rows, Share(raw)));
        }

        if (rows is SheetRows sheet) Report.Notes.AddRange(sheet.Notes.Select(note => note.Message));
        _stamps.Conclude();
        Report.Cases = _cases.Count;
        progress?.Invoke(new(Report.Rows, 1));
    }

    internal static BadInputException NoRows(TicketFile file) =>
        new(file.Name, "ticket.empty", "The log has no usable row.");

    private static double Share(Stream? raw) => raw is { CanSeek: true, Length: > 0 }
        ? (double)raw.Position / raw.Length : 0;

    private static DateTimeZone? Named(string? name) => name is null ? null
        : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
            ?? throw new BadInputException("mapping, timeZone", "mapping.zone",
                $"There is no time zone '{name}'; an IANA name such as Europe/Berlin is expected.");

    /// <remarks>One tool exports both; a mapping of the user's that names the time of an event means events.</remarks>
    private TicketShape ShapeOf(IReadOnlyList<string?[]> sample, bool isShipped)
    {
        if (_bound.At.Length == 0) return TicketShape.Cases;
        if (!isShipped || _bound.Moments.Length == 0) return TicketShape.Events;
        var ids = sample.Select(row => _bound.Read(row, _bound.Case, "case")).Where(id => id is not null).ToList();
        return ids.Distinct().Count() == ids.Count ? TicketShape.Cases : TicketShape.Events;
    }

    private IEnumerable<TicketEvent> Events(TicketRow row)
    {
        if (row.Trouble is { } trouble) return Refuse(row.Line, null, "ticket.row", trouble);
        if (!_seen.Add(Fingerprint(row.Values)))
        {
            Report.Double(row.Line, "The row stands in the log already, word for word.");
            return [];
        }

        if (_bound.Read(row.Values, _bound.Case, "case") is not { } id)
            return Refuse(row.Line, Name(_bound.Case), "ticket.missing", "The ticket's number is missing.");
        var trace = Trace(id);
        for (var place = 0; place < row.Values.Length; place++) row.Values[place] = Known(row.Values[place]);
        var isChange = Shape == TicketShape.Changes && _bound.Read(row.Values, _bound.Field, "field") is not null;
        return Shape == TicketShape.Events || isChange ? History(row, trace, isChange) : Case(row, trace);
    }

    private IEnumerable<TicketEvent> History(TicketRow row, CaseTrace trace, bool isChange)
    {
        var raw = _bound.Read(row.Values, _bound.At, "at");
        if (raw is null) return Refuse(row.Line, Name(_bound.At), "ticket.missing",
            "The time of the event is missing.");
        if (_stamps.Read(raw, _bound.At[0], row.Line) is not { } at)
            return Refuse(row.Line, Name(_bound.At), "ticket.date", $"'{raw}' is no time that is known.");
        var isMoment = _bound.Read(row.Values, _bound.IsMoment, "isMoment") == "true";
        if (at < trace.Latest && !isMoment)
            Report.Note(row.Line, Name(_bound.At), "ticket.order",
                $"The event is earlier than the one before it of {trace.Id}; it is sorted in.");
        if (!isMoment) trace.Latest = Instant.Max(at, trace.Latest);
        var fields = new TicketFields(_columns, row.Values);
        var happened = isChange ? Change(row, trace, at, fields)
            : Update(row, trace, at, fields) with { IsMoment = isMoment };
        return isChange ? [happened] : [.. Moments(row, trace, fields, at), happened];
    }

    private TicketEvent Update(TicketRow row, CaseTrace trace, Instant at, TicketFields fields)
    {
        var state = _bound.Read(row.Values, _bound.State, "state");
        var name = _bound.Read(row.Values, _bound.Event, "event")
            ?? (state is not null && state != trace.State ? state : TicketEvent.Updated);
        trace.State = state ?? trace.State;
        return Described(new(trace.Id, at, name, fields, row.Line) { State = state }, row.Values);
    }

    private TicketEvent Change(TicketRow row, CaseTrace trace, Instant at, TicketFields fields)
    {
        var role = _bound.RoleOf(_bound.Read(row.Values, _bound.Field, "field")!);
        var value = role is null ? null : _bound.Read(row.Values, _bound.NewValue, role);
        var happened = new TicketEvent(trace.Id, at, role == "state" && value is not null ? value : TicketEvent.Updated,
            fields, row.Line)
        {
            Actor = _bound.Read(row.Values, _bound.Actor, "actor"),
        };
        return role switch
        {
            "state" => happened with { State = value },
            "team" => happened with { Team = value },
            "priority" => happened with { Priority = value },
            "impact" => happened with { Impact = value },
            "urgency" => happened with { Urgency = value },
            _ => happened,
        };
    }

    private IEnumerable<TicketEvent> Case(TicketRow row, CaseTrace trace)
    {
        if (trace.WasCase)
            Report.Note(row.Line, Name(_bound.Case), "ticket.duplicate",
                $"{trace.Id} was told before with other values; the later row counts.");
        trace.WasCase = true;
        var fields = new TicketFields(_columns, row.Values);
        var moments = Moments(row, trace, fields, null).ToList();
        if (moments.Count == 0)
            return Refuse(row.Line, null, "ticket.missing", $"{trace.Id} has no time in any of its time columns.");
        var state = _bound.Read(row.Values, _bound.State, "state");
        var last = moments.MaxBy(moment => moment.At)!;
        return moments.Select(moment => moment == last ? moment with { State = state } : moment);
    }

    /// <remarks>
    /// An audit log repeats the moments of the case in each row: told once, and again where they change.
    /// </remarks>
    private List<TicketEvent> Moments(TicketRow row, CaseTrace trace, TicketFields fields, Instant? at)
    {
        var told = new List<TicketEvent>();
        for (var index = 0; index < _bound.Moments.Length; index++)
        {
            var (name, place) = _bound.Moments[index];
            if (place >= row.Values.Length || _bound.IsMissing(row.Values[place])) continue;
            var text = row.Values[place]!;
            if (ReferenceEquals(trace.Told(index, _bound.Moments.Length), text)
                && Shape == TicketShape.Events) continue;
            trace.Tell(index, text);
            if (_stamps.Read(text, place, row.Line) is not { } instant)
            {
                Report.Note(row.Line, _columns.Names[place], "ticket.date",
                    $"'{text}' is no time that is known; this cell is left out.");
                continue;
            }

            trace.Instants[index] = instant;
            told.Add(Described(new(trace.Id, instant, name, fields, row.Line) { IsMoment = true }, row.Values));
        }

        if (told.Count > 0) CheckOrder(row, trace, at);
        return told;
    }

    /// <summary>
    /// A case cannot be resolved or closed before it was opened, nor updated before; whole hours hint at a zone.
    /// </summary>
    private void CheckOrder(TicketRow row, CaseTrace trace, Instant? at)
    {
        var begun = Array.FindIndex(_bound.Moments, moment => moment.Name is "opened" or "created" or "started");
        if (begun < 0 || trace.Instants[begun] is not { } opened) return;
        for (var index = 0; index < _bound.Moments.Length; index++)
        {
            if (index == begun || trace.Instants[index] is not { } later || later >= opened) continue;
            if (_bound.Moments[index].Name is not ("resolved" or "closed" or "stopped")) continue;
            Misplaced(row.Line, _columns.Names[_bound.Moments[index].Place], _bound.Moments[index].Name,
                opened - later);
        }

        if (at is { } update && update < opened) Misplaced(row.Line, Name(_bound.At), "updated", opened - update);
    }

    private void Misplaced(int line, string? column, string what, Duration by)
    {
        var quarters = by.TotalMinutes / 15;
        var isShift = by.TotalHours <= 14.5 && quarters == Math.Floor(quarters) && quarters >= 2;
        Report.Note(line, column, isShift ? "ticket.zone" : "ticket.order", isShift
            ? $"The case is {what} exactly {IsoDuration.Format(by)} before it begins: a wrong time zone?"
            : $"The case is {what} {IsoDuration.Format(by)} before it begins.");
    }

    private TicketEvent Described(TicketEvent happened, string?[] values) => happened with
    {
        Team = _bound.Read(values, _bound.Team, "team"),
        Actor = _bound.Read(values, _bound.Actor, "actor"),
        Priority = _bound.Read(values, _bound.Priority, "priority"),
        Impact = _bound.Read(values, _bound.Impact, "impact"),
        Urgency = _bound.Read(values, _bound.Urgency, "urgency"),
    };

    private IEnumerable<TicketEvent> Refuse(int line, string? column, string rule, string reason)
    {
        Report.Refuse(line, column, rule, reason);
        return [];
    }

    private CaseTrace Trace(string id)
    {
        if (!_cases.TryGetValue(id, out var trace)) _cases.Add(id, trace = new(id));
        return trace;
    }

    private string? Name(int[] places) => places.Length == 0 ? null : _columns.Names[places[0]];

    /// <remarks>A log says the same words over and over: each is kept once. A missing value is kept as none.</remarks>
    private string? Known(string? value)
    {
        if (_bound.IsMissing(value)) return null;
        if (_words.TryGetValue(value!, out var known)) return known;
        if (_words.Count < 1_000_000) _words.Add(value!, value!);
        return value;
    }

    /// <summary>
    /// FNV-1a over all cells, in 64 bits: two different rows of a million collide with a chance of 3 in 100 million.
    /// </summary>
    private static ulong Fingerprint(string?[] values)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var value in values)
        {
            foreach (var letter in value ?? "") hash = (hash ^ letter) * 1_099_511_628_211UL;
            hash = (hash ^ 0x1F) * 1_099_511_628_211UL;
        }

        return hash;
    }

    /// <summary>What must be remembered of a case while its rows pass by.</summary>
    private sealed class CaseTrace(string id)
    {
        private string?[] _told = [];

        public string Id => id;

        public string? State { get; set; }

        public Instant Latest { get; set; } = Instant.MinValue;

        public bool WasCase { get; set; }

        public Instant?[] Instants { get; private set; } = [];

        public string? Told(int index, int count)
        {
            if (_told.Length == 0) (_told, Instants) = (new string?[count], new Instant?[count]);
            return _told[index];
        }

        public void Tell(int index, string text) => _told[index] = text;
    }
}
