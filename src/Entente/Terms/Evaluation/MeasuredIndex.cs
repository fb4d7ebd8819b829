using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Entente.ServiceTime.Indicators;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>What is asked of the same measurements again and again, found once: names, ends, and where the rows of a
/// series stand.</summary>
/// <remarks>It lives as long as the measurements do; a copy that is changed has its own.</remarks>
internal sealed class MeasuredIndex
{
    private static readonly ConditionalWeakTable<Measurements, MeasuredIndex> _known = [];
    private readonly Lazy<IReadOnlyDictionary<string, int[]>> _counts;
    private readonly Lazy<IReadOnlyDictionary<string, int[]>> _checks;
    private readonly ConcurrentDictionary<string, SeriesCounts> _series = new(StringComparer.OrdinalIgnoreCase);

    private MeasuredIndex(Measurements data)
    {
        Series = [.. data.FindSeries()];
        (First, Last) = (data.FindFirst(), data.FindLast());
        _counts = new(() => Places(data.Counts.Select(row => row.Series)));
        _checks = new(() => Places(data.Checks.Select(row => row.Series)));
    }

    public IReadOnlyList<string> Series { get; }

    public Instant? First { get; }

    public Instant? Last { get; }

    public static MeasuredIndex Of(Measurements data) => _known.GetValue(data, one => new MeasuredIndex(one));

    /// <summary>The counts of one series, in their order.</summary>
    public SeriesCounts Counts(Measurements data, string series) =>
        _series.GetOrAdd(series, name => new SeriesCounts(data.Counts, _counts.Value.GetValueOrDefault(name) ?? []));

    public IEnumerable<CheckRow> Checks(Measurements data, string series) =>
        (_checks.Value.GetValueOrDefault(series) ?? []).Select(place => data.Checks[place]);

    private static Dictionary<string, int[]> Places(IEnumerable<string> names)
    {
        var places = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase);
        var (at, last, list) = (0, (string?)null, (List<int>?)null);
        foreach (var name in names)
        {
            if (!ReferenceEquals(name, last) && !places.TryGetValue(name, out list)) places[name] = list = [];
            list!.Add(at++);
            last = name;
        }

        return places.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>The counts of one series among those of a file, and their running sums, made once for every term that asks.</summary>
internal sealed class SeriesCounts(IReadOnlyList<CountRow> all, int[] places) : IReadOnlyList<CountRow>
{
    private readonly Lazy<CountSeries> _sums = new(() => new CountSeries(Array.ConvertAll(places, place => all[place].Bucket)));

    public CountSeries Sums => _sums.Value;

    public int Count => places.Length;

    public CountRow this[int index] => all[places[index]];

    public IEnumerator<CountRow> GetEnumerator() => places.Select(place => all[place]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
