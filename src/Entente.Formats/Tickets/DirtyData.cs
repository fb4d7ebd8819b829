namespace Entente.Formats.Tickets;

/// <summary>One thing wrong with one row, and whether the row was taken all the same.</summary>
/// <param name="Rule">
/// <c>ticket.row</c>, <c>ticket.missing</c>, <c>ticket.date</c>, <c>ticket.order</c>, <c>ticket.duplicate</c> or
/// <c>ticket.zone</c>.
/// </param>
public sealed record DirtyRow(int Line, string? Column, string Rule, string Reason, bool Taken);

/// <summary>What reading a log came to. Nothing is dropped in silence: rows = events of rows + rows left out.</summary>
public sealed class TicketReport
{
    private readonly Dictionary<string, int> _counts = [];

    public int Rows { get; internal set; }

    /// <summary>Rows that became events (or, where a row is a case, the moments it tells).</summary>
    public int Events { get; internal set; }

    public int Cases { get; internal set; }

    /// <summary>Rows left out because they cannot be used; a doubled row is not among them.</summary>
    public int Refused { get; private set; }

    public int Duplicates { get; private set; }

    public NodaTime.Instant? From { get; internal set; }

    public NodaTime.Instant? To { get; internal set; }

    public List<DirtyRow> Dirty { get; } = [];

    /// <summary>How often each rule was broken.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>What holds for the log as a whole, such as dates that could be read in two ways.</summary>
    public List<string> Notes { get; } = [];

    internal void Refuse(int line, string? column, string rule, string reason)
    {
        Refused++;
        Add(new(line, column, rule, reason, Taken: false));
    }

    internal void Double(int line, string reason)
    {
        Duplicates++;
        Add(new(line, null, "ticket.duplicate", reason, Taken: false));
    }

    internal void Note(int line, string? column, string rule, string reason) =>
        Add(new(line, column, rule, reason, Taken: true));

    private void Add(DirtyRow row)
    {
        Dirty.Add(row);
        _counts[row.Rule] = _counts.GetValueOrDefault(row.Rule) + 1;
    }
}
