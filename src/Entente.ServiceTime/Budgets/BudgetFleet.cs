using NodaTime;

namespace Entente.ServiceTime.Budgets;

/// <summary>Budgets and burn rates of very many objectives, brought up to date bucket by bucket.</summary>
/// <remarks>
/// Counts are kept by time first: the newest bucket of all objectives is one row. Each window is a running sum, so a
/// new
/// bucket costs one addition and one subtraction for each objective and window, whatever the window's length. A row
/// takes
/// three bytes for each objective (total in 16 bits, bad in 8); what is larger stands in a side table.
/// </remarks>
public sealed class BudgetFleet
{
    private const long Scale = 1_000_000_000;
    private readonly ushort[][] _totals;
    private readonly byte[][] _bads;
    private readonly Dictionary<int, (uint Bad, uint Total)>[] _large;
    private readonly int[] _windows;
    private readonly long[][] _bad;
    private readonly long[][] _total;
    private readonly (int Short, int Long, BurnRateAlert Alert)[] _pairs;
    private readonly long[][] _thresholds;
    private readonly decimal[] _targets;
    private readonly byte[] _burning;

    /// <param name="targets">The target of each objective, 0 to below 1.</param>
    /// <param name="bucket">Length of a bucket; windows are whole numbers of them.</param>
    public BudgetFleet(IReadOnlyList<decimal> targets, Duration window, Duration bucket,
        IReadOnlyList<BurnRateAlert> alerts)
    {
        if (alerts.Count > 8) throw new ArgumentException("At most eight pairs.", nameof(alerts));
        (_targets, BucketLength) = ([.. targets], bucket);
        var length = Buckets(window);
        _windows = [.. alerts.SelectMany(alert => new[] { Buckets(alert.ShortWindow), Buckets(alert.LongWindow) })
            .Append(length).Distinct().Order()];
        if (_windows[^1] != length) throw new ArgumentException("A pair is longer than the objective's window.",
            nameof(alerts));
        _totals = new ushort[length][];
        _bads = new byte[length][];
        _large = new Dictionary<int, (uint, uint)>[length];
        _bad = [.. _windows.Select(_ => new long[targets.Count])];
        _total = [.. _windows.Select(_ => new long[targets.Count])];
        _pairs = [.. alerts.Select(alert =>
            (Array.IndexOf(_windows, Buckets(alert.ShortWindow)), Array.IndexOf(_windows, Buckets(alert.LongWindow)),
            alert))];
        // Thresholds to a billionth: bad * 1e9 against threshold * total stays in 64 bits up to nine billion events.
        _thresholds = [.. alerts.Select(alert => targets.Select(target => (long)(alert.Threshold(target) * Scale))
            .ToArray())];
        _burning = new byte[targets.Count];

        int Buckets(Duration of)
        {
            var count = of.ToInt64Nanoseconds() / bucket.ToInt64Nanoseconds();
            return count >= 1 && count * bucket.ToInt64Nanoseconds() == of.ToInt64Nanoseconds() ? (int)count
                : throw new ArgumentException($"{of} is no whole number of buckets of {bucket}.", nameof(bucket));
        }
    }

    public Duration BucketLength { get; }

    public int Count => _targets.Length;

    /// <summary>How many buckets were ever appended.</summary>
    public long Appended { get; private set; }

    /// <summary>One new bucket of all objectives; all windows and verdicts are up to date afterwards.</summary>
    public void Append(ReadOnlySpan<uint> bad, ReadOnlySpan<uint> total)
    {
        var ring = _totals.Length;
        for (var w = 0; w < _windows.Length; w++)
            Slide(_bad[w], _total[w], bad, total, Appended >= _windows[w] ? (int)((Appended - _windows[w]) % ring)
                : -1);
        Store((int)(Appended % ring), bad, total);
        Appended++;
        Judge();
    }

    /// <summary>Late counts for a bucket that was appended before; how many buckets back, 0 is the newest.</summary>
    public void AddLate(int back, int objective, int bad, int total)
    {
        if (back < 0 || back >= Math.Min(Appended, _totals.Length)) throw new ArgumentOutOfRangeException(nameof(back),
            back, "No such bucket is kept.");
        var row = (int)((Appended - 1 - back) % _totals.Length);
        var (oldBad, oldTotal) = Read(row, objective);
        Write(row, objective, (uint)(oldBad + bad), (uint)(oldTotal + total));
        for (var w = 0; w < _windows.Length; w++)
        {
            if (back >= _windows[w]) continue;
            _bad[w][objective] += bad;
            _total[w][objective] += total;
        }

        _burning[objective] = JudgeOne(objective);
    }

    /// <summary>Bad and total in the objective's whole window.</summary>
    public (long Bad, long Total) Window(int objective) => (_bad[^1][objective], _total[^1][objective]);

    /// <summary>The share of the budget that is left, 1 is all, below 0 is overspent.</summary>
    public decimal BudgetLeft(int objective) => _total[^1][objective] == 0 ? 1m
        : 1m - _bad[^1][objective] / ((1m - _targets[objective]) * _total[^1][objective]);

    /// <summary>One bit for each pair that burns now, the first pair lowest.</summary>
    public byte Burning(int objective) => _burning[objective];

    private void Slide(long[] bads, long[] totals, ReadOnlySpan<uint> bad, ReadOnlySpan<uint> total, int leaving)
    {
        if (leaving < 0)
        {
            for (var i = 0; i < bads.Length; i++)
            {
                bads[i] += bad[i];
                totals[i] += total[i];
            }

            return;
        }

        var (oldBad, oldTotal) = (_bads[leaving], _totals[leaving]);
        for (var i = 0; i < bads.Length; i++)
        {
            bads[i] += (long)bad[i] - oldBad[i];
            totals[i] += (long)total[i] - oldTotal[i];
        }

        foreach (var (i, (largeBad, largeTotal)) in _large[leaving])
        {
            bads[i] -= (long)largeBad - oldBad[i];
            totals[i] -= (long)largeTotal - oldTotal[i];
        }
    }

    private void Store(int row, ReadOnlySpan<uint> bad, ReadOnlySpan<uint> total)
    {
        _totals[row] ??= new ushort[Count];
        _bads[row] ??= new byte[Count];
        _large[row] ??= [];
        _large[row].Clear();
        for (var i = 0; i < bad.Length; i++) Write(row, i, bad[i], total[i]);
    }

    private void Write(int row, int objective, uint bad, uint total)
    {
        if (bad > total) throw new ArgumentException(
            $"Objective {objective} has more bad than events: {bad} of {total}.");
        var isLarge = bad > byte.MaxValue || total > ushort.MaxValue;
        _bads[row][objective] = isLarge ? (byte)0 : (byte)bad;
        _totals[row][objective] = isLarge ? (ushort)0 : (ushort)total;
        if (isLarge) _large[row][objective] = (bad, total);
        else _large[row].Remove(objective);
    }

    private (uint Bad, uint Total) Read(int row, int objective) =>
        _large[row].TryGetValue(objective, out var large) ? large : (_bads[row][objective], _totals[row][objective]);

    private void Judge()
    {
        for (var i = 0; i < _burning.Length; i++) _burning[i] = JudgeOne(i);
    }

    private byte JudgeOne(int objective)
    {
        byte burning = 0;
        for (var p = 0; p < _pairs.Length; p++)
            if (Burns(p, _pairs[p].Short, objective) && Burns(p, _pairs[p].Long, objective)) burning |= (byte)(1 << p);
        return burning;
    }

    private bool Burns(int pair, int window, int objective)
    {
        var (bad, total) = (_bad[window][objective], _total[window][objective]);
        if (bad == 0 || total == 0) return false;
        var (left, right) = (bad * Scale, _thresholds[pair][objective] * total);
        // Where a billionth could turn the verdict, the exact decimals decide.
        return Math.Abs(left - right) <= total ? _pairs[pair].Alert.Burns(bad, total, _targets[objective])
            : left > right;
    }
}
