namespace Entente.ServiceTime.Calendars;

/// <summary>
/// Open time of some years as sorted arrays with a running sum, and two coarse indexes (over time and over open
/// time), so
/// that elapsed time and its inverse are look-ups of constant cost. All numbers are seconds of UTC; immutable.
/// </summary>
internal sealed class OpenTable
{
    private const int TimeShift = 16;
    private const int SumShift = 14;
    private readonly long[] _start;
    private readonly long[] _end;
    private readonly long[] _sum;
    private readonly int[] _byTime;
    private readonly int[] _bySum;

    public OpenTable(long from, long to, List<Stretch> open)
    {
        (From, To) = (from, to);
        var n = open.Count;
        (_start, _end, _sum) = (new long[n + 1], new long[n + 1], new long[n + 1]);
        for (var i = 0; i < n; i++)
        {
            (_start[i], _end[i]) = (open[i].Start, open[i].End);
            _sum[i + 1] = _sum[i] + _end[i] - _start[i];
        }

        // A last stretch that no instant reaches ends every walk.
        _start[n] = _end[n] = long.MaxValue;
        _byTime = Index(((to - from) >> TimeShift) + 2, from, TimeShift, i => _end[i]);
        _bySum = Index((Total >> SumShift) + 2, 0, SumShift, i => i == n ? long.MaxValue : _sum[i + 1]);
    }

    public long From { get; }

    public long To { get; }

    public int Count => _start.Length - 1;

    public long Total => _sum[^1];

    public Stretch this[int index] => new(_start[index], _end[index]);

    /// <summary>The first stretch that ends after the second; <see cref="Count"/> when there is none.</summary>
    public int FindByTime(long second)
    {
        var slot = (second - From) >> TimeShift;
        var (low, high) = (_byTime[slot], _byTime[slot + 1]);
        while (high - low > 8)
        {
            var middle = (low + high) >>> 1;
            if (_end[middle] <= second) low = middle + 1;
            else high = middle;
        }

        while (_end[low] <= second) low++;
        return low;
    }

    /// <summary>Open seconds in <c>[From, second)</c>, and whether that second itself is open.</summary>
    public long Sum(long second, out bool isOpen)
    {
        var i = FindByTime(second);
        isOpen = _start[i] <= second;
        return isOpen ? _sum[i] + second - _start[i] : _sum[i];
    }

    /// <summary>The first stretch whose end has a sum above this; <see cref="Count"/> when there is none.</summary>
    public int FindBySum(long sum)
    {
        if (sum >= Total) return Count;
        var slot = sum >> SumShift;
        var (low, high) = (_bySum[slot], Math.Min(_bySum[slot + 1], Count));
        while (high - low > 8)
        {
            var middle = (low + high) >>> 1;
            if (_sum[middle + 1] <= sum) low = middle + 1;
            else high = middle;
        }

        while (_sum[low + 1] <= sum) low++;
        return low;
    }

    public long SumBefore(int index) => _sum[index];

    private int[] Index(long slots, long origin, int shift, Func<int, long> upperBound)
    {
        var index = new int[slots];
        for (int slot = 0, i = 0; slot < slots; slot++)
        {
            while (upperBound(i) <= origin + ((long)slot << shift)) i++;
            index[slot] = i;
        }

        return index;
    }
}
