namespace Entente.ServiceTime.Discovery;

/// <summary>A week of open hours and closed days as a look-up: the open seconds before any local second.</summary>
internal sealed class WeekTable
{
    public const int Slot = 300;
    public const int Slots = 7 * 86_400 / Slot;
    private const int Week = 7 * 86_400;
    private const int Day = 86_400;

    private readonly int[] _prefix = new int[Slots + 1];
    private readonly byte[] _open = new byte[Slots + 1];
    private readonly int _firstDay;
    private readonly long[] _closedBefore = [];
    private readonly bool[] _closed = [];

    public WeekTable(WeekHours hours)
    {
        hours.Fill(_open);
        for (var slot = 0; slot < Slots; slot++) _prefix[slot + 1] = _prefix[slot] + (_open[slot] * Slot);
    }

    public WeekTable(WeekHours hours, IReadOnlyCollection<int> holidays)
        : this(hours)
    {
        if (holidays.Count == 0) return;
        _firstDay = holidays.Min();
        var days = holidays.Max() - _firstDay + 2;
        _closed = new bool[days];
        _closedBefore = new long[days];
        foreach (var holiday in holidays) _closed[holiday - _firstDay] = true;
        for (var day = 1; day < days; day++)
            _closedBefore[day] = _closedBefore[day - 1] + (_closed[day - 1] ? OfDay(_firstDay + day - 1) : 0);
    }

    /// <summary>Open seconds of a week without holidays.</summary>
    public int PerWeek => _prefix[Slots];

    /// <summary>
    /// Open seconds before a local second, counted from the first Monday; the difference of two is the elapsed.
    /// </summary>
    public long Before(long local)
    {
        if (_closed.Length == 0) return Plain(local);
        var day = (int)(local / Day) - _firstDay;
        if (day < 0) return Plain(local);
        if (day >= _closed.Length) return Plain(local) - _closedBefore[^1];
        return (_closed[day] ? Plain(local / Day * Day) : Plain(local)) - _closedBefore[day];
    }

    /// <summary>Open seconds that a closed day of this number takes away between two local seconds.</summary>
    public long Within(int day, long from, long to)
    {
        var (begin, end) = (Math.Max(from, (long)day * Day), Math.Min(to, (day + 1L) * Day));
        return begin < end ? Before(end) - Before(begin) : 0;
    }

    private long OfDay(int day) => Plain((day + 1L) * Day) - Plain((long)day * Day);

    private long Plain(long local)
    {
        var week = local / Week;
        var second = (int)(local - (week * Week));
        var slot = second / Slot;
        return (week * _prefix[Slots]) + _prefix[slot] + (_open[slot] * (second - (slot * Slot)));
    }
}
