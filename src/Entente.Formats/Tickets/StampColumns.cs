using Entente.Monitoring;
using NodaTime;

namespace Entente.Formats.Tickets;

/// <summary>
/// Turns what the time columns of a log say into instants, and watches the zone they were written in.
/// </summary>
internal sealed class StampColumns(DateTimeZone zone, DateOrder? order, TicketReport report, TicketColumns columns)
{
    private readonly Dictionary<int, (string Text, Instant? At)> _last = [];
    private readonly Dictionary<Offset, int> _strangers = [];
    private DateOrder _order = order ?? DateOrder.Dmy;
    private readonly bool _isUtc = zone.Id == "UTC";
    private int _local;
    private int _offset;

    /// <summary>Finds out whether 1/2 is in January or in February: a number above twelve tells.</summary>
    public void LearnOrder(IReadOnlyList<string?[]> rows, int[] places)
    {
        if (order is not null) return;
        var (dayFirst, monthFirst, unsure) = (0, 0, 0);
        foreach (var row in rows)
        {
            foreach (var place in places)
            {
                if (place >= row.Length || row[place] is not { } text
                    || Stamp.Leading(text) is not var (first, second)) continue;
                if (first > 12) dayFirst++;
                else if (second > 12) monthFirst++;
                else unsure++;
            }
        }

        if (monthFirst > dayFirst) _order = DateOrder.Mdy;
        if (dayFirst > 0 && monthFirst > 0)
            report.Notes.Add($"Dates are written day first ({dayFirst}) and month first ({monthFirst}); {_order} "
                + $"was taken.");
        else if (dayFirst == 0 && monthFirst == 0 && unsure > 0)
            report.Notes.Add("Dates could be day first or month first; day first was taken. A mapping can say "
                + "'dates: mdy'.");
    }

    public Instant? Read(string text, int place, int line)
    {
        if (_last.TryGetValue(place, out var last) && last.Text == text) return last.At;
        var at = Stamp.Read(text, _order) is { } stamp ? Place(stamp, text, place, line) : null;
        _last[place] = (text, at);
        return at;
    }

    public void Conclude()
    {
        if (_local > 0 && _offset > 0)
            report.Notes.Add($"{_offset} times say their offset and {_local} do not; those were read in {zone.Id}.");
        if (_isUtc && _local > 0) report.Notes.Add("Times say no offset; they were read as UTC. --time-zone names "
            + "another zone.");
        foreach (var (offset, count) in _strangers)
            report.Notes.Add($"{count} times have the offset {offset}, which {zone.Id} did not have then.");
    }

    private Instant? Place(Stamp stamp, string text, int place, int line)
    {
        if (stamp.Offset is { } offset)
        {
            _offset++;
            var at = stamp.Local.WithOffset(offset).ToInstant();
            if (!_isUtc && offset != Offset.Zero && zone.GetUtcOffset(at) != offset)
                _strangers[offset] = _strangers.GetValueOrDefault(offset) + 1;
            return at;
        }

        _local++;
        if (_isUtc) return stamp.Local.InUtc().ToInstant();
        var mapped = zone.MapLocal(stamp.Local);
        if (mapped.Count == 1) return mapped.Single().ToInstant();
        report.Note(line, columns.Names[place], "ticket.zone", mapped.Count == 0
            ? $"{text} never was in {zone.Id}: clocks were put forward; the time after the change was taken."
            : $"{text} was twice in {zone.Id}: clocks were put back; the first was taken.");
        return mapped.Count == 0 ? stamp.Local.InZoneLeniently(zone).ToInstant() : mapped.First().ToInstant();
    }
}
