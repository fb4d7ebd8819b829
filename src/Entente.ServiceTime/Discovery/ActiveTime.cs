namespace Entente.ServiceTime.Discovery;

/// <summary>
/// When the clock of each case ran, calendar aside: from start to stop without the pauses, as stretches.
/// </summary>
internal sealed class ActiveTime
{
    private readonly int[] _first;
    private readonly long[] _from;
    private readonly long[] _to;
    private ZoneShift? _zone;
    private long[] _localFrom = [];
    private long[] _localTo = [];

    private ActiveTime(int[] first, long[] from, long[] to, bool[] missing) =>
        (_first, _from, _to, Lacks) = (first, from, to, missing);

    public int Count => Lacks.Length;

    /// <summary>Whether a case lacks its start or stop, which no calendar can explain.</summary>
    public bool[] Lacks { get; }

    public static ActiveTime Of(CaseTable table, int start, int stop, IReadOnlyCollection<int> pauses)
    {
        var first = new int[table.Count + 1];
        var (from, to) = (new List<long>(table.Count), new List<long>(table.Count));
        var missing = new bool[table.Count];
        for (var row = 0; row < table.Count; row++)
        {
            first[row] = from.Count;
            var (begin, end) = (table.Times[start][row], table.Times[stop][row]);
            missing[row] = begin == CaseTable.Missing || end == CaseTable.Missing;
            if (missing[row] || end <= begin) continue;
            if (pauses.Count > 0)
            {
                foreach (var stay in table.Spans[row])
                {
                    if (stay.To <= begin || !pauses.Contains(stay.State)) continue;
                    if (stay.From >= end) break;
                    if (stay.From > begin) Add(begin, stay.From);
                    begin = stay.To;
                }
            }

            if (begin < end) Add(begin, end);
        }

        first[^1] = from.Count;
        return new(first, [.. from], [.. to], missing);

        void Add(long a, long b)
        {
            from.Add(a);
            to.Add(b);
        }
    }

    /// <summary>Open seconds of every case in a week of one zone.</summary>
    public void Elapsed(WeekTable week, ZoneShift zone, long[] into)
    {
        Localise(zone);
        for (var row = 0; row < into.Length; row++)
        {
            var sum = 0L;
            for (var part = _first[row]; part < _first[row
                + 1]; part++) sum += week.Before(_localTo[part]) - week.Before(_localFrom[part]);
            into[row] = sum;
        }
    }

    /// <summary>The stretches of one case in the local time of a zone.</summary>
    public IEnumerable<(long From, long To)> Stretches(int row, ZoneShift zone)
    {
        Localise(zone);
        for (var part = _first[row]; part < _first[row + 1]; part++) yield return (_localFrom[part], _localTo[part]);
    }

    /// <summary>The stretches of one case in absolute time.</summary>
    public IEnumerable<(long From, long To)> Absolute(int row)
    {
        for (var part = _first[row]; part < _first[row + 1]; part++) yield return (_from[part], _to[part]);
    }

    private void Localise(ZoneShift zone)
    {
        if (ReferenceEquals(_zone, zone)) return;
        _zone = zone;
        _localFrom = zone.Local(_from);
        _localTo = zone.Local(_to);
    }
}
