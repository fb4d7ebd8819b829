using Entente.ServiceTime.Indicators;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>Fields of a row beside those that are measured: what <see cref="Measure.Where"/> asks for.</summary>
public sealed class Fields(IReadOnlyDictionary<string, string> values)
{
    public static Fields None { get; } = new(new Dictionary<string, string>());

    public int Count => values.Count;

    public string? Find(string name) => values.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, string> ToDictionary() => values;

    public bool Match(IReadOnlyDictionary<string, IReadOnlyList<string>> where) =>
        where.Count == 0 || where.All(one => Find(one.Key) is { } value && one.Value.Contains(value, StringComparer.OrdinalIgnoreCase));
}

/// <summary>Counts of one bucket of a series.</summary>
public readonly record struct CountRow(string Series, CountBucket Bucket, Fields Fields);

/// <summary>A stretch in one state: an incident, an outage, a planned stop. No end: it goes on.</summary>
public sealed record StateRow(string Series, Instant Start, Instant? End, string State, string? Id, Fields Fields);

/// <summary>One observation of a probe.</summary>
public readonly record struct CheckRow(string Series, Instant At, string State, string? Place, bool IsRetry,
    long? Micros, Fields Fields);

/// <summary>A measured value, or a bin of a histogram: latency in microseconds, a survey's score.</summary>
public readonly record struct ValueRow(string Series, Instant At, Duration Length, decimal Value, long Count,
    decimal? Low, Fields Fields);

/// <summary>One ticket with the instants its clocks need.</summary>
public sealed record TicketRow(
    string Id, Instant Opened, Instant? Responded, Instant? Resolved, IReadOnlyList<Instant> Updates,
        IReadOnlyList<Interval> Pauses,
    string? Priority, string? Series, Fields Fields);

/// <summary>What was measured, as far as it was read: rows of each kind, and what the source speaks for.</summary>
public sealed record Measurements
{
    public static Measurements None { get; } = new();

    /// <summary>Name of the file or feed, so that an agreement's source can name it.</summary>
    public string Name { get; init; } = "";

    public IReadOnlyList<CountRow> Counts { get; init; } = [];

    public IReadOnlyList<StateRow> States { get; init; } = [];

    public IReadOnlyList<CheckRow> Checks { get; init; } = [];

    public IReadOnlyList<ValueRow> Values { get; init; } = [];

    public IReadOnlyList<TicketRow> Tickets { get; init; } = [];

    /// <summary>A list of what went wrong: time without an entry is up. False for a log of all states.</summary>
    public bool ListsOutagesOnly { get; init; }

    public IEnumerable<string> Series => MeasuredIndex.Of(this).Series;

    /// <summary>The last instant of which it says anything; a clock that still runs is read then.</summary>
    public Instant? Last => MeasuredIndex.Of(this).Last;

    public Instant? First => MeasuredIndex.Of(this).First;

    internal IEnumerable<string> FindSeries()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string? last = null;
        // Readers share the strings, and rows of a series stand together: most of a million rows cost one comparison.
        foreach (var name in Counts.Select(row => row.Series).Concat(States.Select(row => row.Series))
            .Concat(Checks.Select(row => row.Series)).Concat(Values.Select(row => row.Series)))
        {
            if (!ReferenceEquals(name, last)) names.Add(name);
            last = name;
        }

        return names;
    }

    internal Instant? FindLast()
    {
        // Counts come by the million: their seconds are compared as they are.
        var counted = long.MinValue;
        foreach (var row in Counts) counted = Math.Max(counted, row.Bucket.Start + row.Bucket.Length);
        return Ends().Concat(counted == long.MinValue ? [] : [Instant.FromUnixTimeSeconds(counted)])
            .DefaultIfEmpty().Max() is var last && last == default ? null : last;
    }

    internal Instant? FindFirst()
    {
        var counted = long.MaxValue;
        foreach (var row in Counts) counted = Math.Min(counted, row.Bucket.Start);
        return Starts().Concat(counted == long.MaxValue ? [] : [Instant.FromUnixTimeSeconds(counted)])
            .DefaultIfEmpty(Instant.MaxValue).Min() is var first && first == Instant.MaxValue ? null : first;
    }

    private IEnumerable<Instant> Ends() =>
        States.Select(row => row.End ?? row.Start).Concat(Checks.Select(row => row.At))
            .Concat(Values.Select(row => row.At + row.Length)).Concat(Tickets.Select(LastOf));

    private IEnumerable<Instant> Starts() => States.Select(row => row.Start).Concat(Checks.Select(row => row.At))
        .Concat(Values.Select(row => row.At)).Concat(Tickets.Select(row => row.Opened));

    private static Instant LastOf(TicketRow row)
    {
        var last = Instant.Max(row.Opened, Instant.Max(row.Responded ?? row.Opened, row.Resolved ?? row.Opened));
        foreach (var update in row.Updates) last = Instant.Max(last, update);
        foreach (var pause in row.Pauses)
            if (pause.HasEnd) last = Instant.Max(last, pause.End);
        return last;
    }
}
