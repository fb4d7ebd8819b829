using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.Calendars;

/// <summary>One VEVENT of an iCalendar file: its start in its own zone, its length, and how it repeats.</summary>
internal sealed class IcsEvent
{
    private static readonly LocalDatePattern DatePattern = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    private static readonly LocalDateTimePattern TimePattern =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private readonly List<LocalDateTime> _except = [];
    private readonly List<LocalDateTime> _also = [];
    private string? _rule;
    private LocalDateTime? _end;
    private Duration? _length;
    private DateTimeZone? _zone;
    private int _line;

    public string Uid { get; private set; } = "";

    public string? Name { get; private set; }

    public LocalDateTime? Start { get; private set; }

    public bool IsAllDay { get; private set; }

    public bool IsCancelled { get; private set; }

    /// <summary>The occurrence of a repeating event that this one stands for.</summary>
    public LocalDateTime? Replaces { get; private set; }

    /// <summary>Length of an all-day event: DTEND is the day after the last (RFC 5545, 3.6.1).</summary>
    public int Days => _end is { } end ? Period.DaysBetween(Start!.Value.Date, end.Date)
        : _length is { } length ? (int)length.TotalDays : 1;

    public Duration Length => _length ?? (_end is { } end
        ? At(end, DateTimeZone.Utc) - At(Start!.Value, DateTimeZone.Utc) : Duration.Zero);

    public static List<IcsEvent> ReadAll(string text, List<Finding> findings)
    {
        var (events, open, depth, sawCalendar) = (new List<IcsEvent>(), (IcsEvent?)null, 0, false);
        foreach (var (line, number) in Unfold(text))
        {
            sawCalendar |= line.Equals("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase);
            if (line.Equals("BEGIN:VEVENT", StringComparison.OrdinalIgnoreCase)) (open, depth) =
                (new() { _line = number }, 0);
            else if (open is null) continue;
            else if (line.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase)) depth++;
            else if (line.Equals("END:VEVENT", StringComparison.OrdinalIgnoreCase))
            {
                if (open.Start is null)
                    findings.Add(Warn(open._line, "ics.start", "An event without a readable DTSTART is left out."));
                else events.Add(open);
                open = null;
            }
            else if (line.StartsWith("END:", StringComparison.OrdinalIgnoreCase)) depth--;
            else if (depth == 0) open.Take(line, number, findings);
        }

        if (!sawCalendar)
            findings.Add(Finding.Error("line 1", "ics.calendar", "Expected an iCalendar file: BEGIN:VCALENDAR.", 1));
        return events;
    }

    /// <summary>
    /// The instant of a wall-clock time of this event; floating times are taken in <paramref name="floating"/>.
    /// </summary>
    public Instant At(LocalDateTime local, DateTimeZone floating) => local.InZoneLeniently(_zone ?? floating)
        .ToInstant();

    /// <summary>Every start up to the last date, EXDATE taken out and RDATE put in.</summary>
    public IEnumerable<LocalDateTime> Starts(LocalDate last, List<Finding> findings)
    {
        var starts = new SortedSet<LocalDateTime>(_also) { Start!.Value };
        if (_rule is not null)
        {
            if (IcsRule.TryParse(_rule, out var rule, out var problem))
                starts.UnionWith(rule.Occurrences(Start.Value, last));
            else findings.Add(Warn(_line, "ics.rrule", $"\"{_rule}\": {problem} Only the first occurrence is taken."));
        }

        return starts.Where(s => !_except.Contains(s) && !(IsAllDay && _except.Any(e => e.Date == s.Date)));
    }

    private void Take(string line, int number, List<Finding> findings)
    {
        var colon = ColonOf(line);
        if (colon < 0) return;
        var parameters = line[..colon].Split(';');
        var value = line[(colon + 1)..];
        switch (parameters[0].ToUpperInvariant())
        {
            case "UID": Uid = value; break;
            case "SUMMARY": Name = Unescape(value); break;
            case "STATUS": IsCancelled = value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase); break;
            case "RRULE": _rule = value; break;
            case "DURATION": _length = IsoDuration.TryParse(value, out var length) ? length : null; break;
            case "DTSTART":
                Start = Moment(value, parameters, number, findings, out var dateOnly, out var zone);
                (IsAllDay, _zone) = (dateOnly, zone);
                break;
            case "DTEND": _end = Moment(value, parameters, number, findings, out _, out _); break;
            case "RECURRENCE-ID": Replaces = Moment(value, parameters, number, findings, out _, out _); break;
            case "EXDATE": _except.AddRange(Moments(value, parameters, number, findings)); break;
            case "RDATE": _also.AddRange(Moments(value, parameters, number, findings)); break;
        }
    }

    private static IEnumerable<LocalDateTime> Moments(string value, string[] parameters, int number,
        List<Finding> findings) =>
        value.Split(',').Select(v => Moment(v.Split('/')[0], parameters, number, findings, out _,
            out _)).OfType<LocalDateTime>();

    private static LocalDateTime? Moment(string value, string[] parameters, int number, List<Finding> findings,
        out bool dateOnly, out DateTimeZone? zone)
    {
        (dateOnly, zone) = (false, null);
        value = value.Trim();
        if (DatePattern.Parse(value) is { Success: true } date)
        {
            dateOnly = true;
            return date.Value.AtMidnight();
        }

        if (parameters.FirstOrDefault(p => p.StartsWith("TZID=", StringComparison.OrdinalIgnoreCase)) is { } named)
        {
            zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(named[5..].Trim('"'));
            if (zone is null) findings
                .Add(Warn(number, "ics.zone", $"\"{named[5..]}\" is no IANA zone: taken as the calendar's own."));
        }

        if (value.EndsWith('Z')) zone = DateTimeZone.Utc;
        if (TimePattern.Parse(value.TrimEnd('Z')) is { Success: true } time) return time.Value;
        findings.Add(Warn(number, "ics.date", $"\"{value}\": expected 20261225 or 20261225T140000Z."));
        return null;
    }

    /// <summary>A line that begins with a space or a tab goes on from the one before (RFC 5545, 3.1).</summary>
    private static IEnumerable<(string Line, int Number)> Unfold(string text)
    {
        var (current, number, start) = (new StringBuilder(), 0, 1);
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r');
            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                current.Append(line, 1, line.Length - 1);
                continue;
            }

            if (current.Length > 0) yield return (current.ToString(), start);
            current.Clear().Append(line);
            start = number;
        }

        if (current.Length > 0) yield return (current.ToString(), start);
    }

    /// <summary>The colon between name and value; one inside a quoted parameter does not count.</summary>
    private static int ColonOf(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ':' && !quoted) return i;
        }

        return -1;
    }

    private static string Unescape(string text) =>
        text.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal)
            .Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal).Trim();

    private static Finding Warn(int line, string rule, string message) =>
        Finding.Warning($"line {line}", rule, message, line);
}
