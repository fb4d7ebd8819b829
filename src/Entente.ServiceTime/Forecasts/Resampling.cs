namespace Entente.ServiceTime.Forecasts;

/// <summary>Good and total of one day: enough to make any longer period of.</summary>
public readonly record struct DayTally(double Good, double Total)
{
    public static DayTally operator +(DayTally a, DayTally b) => new(a.Good + b.Good, a.Total + b.Total);
}

/// <summary>A range in which something lies, and how sure that is.</summary>
public sealed record Spread(double Low, double Middle, double High)
{
    /// <summary>The range between two quantiles of samples, with the median.</summary>
    public static Spread Of(double[] samples, double confidence)
    {
        Array.Sort(samples);
        var tail = (1 - confidence) / 2;
        return new(At(tail), At(0.5), At(1 - tail));

        double At(double share) => samples[(int)Math.Clamp(Math.Floor(share * samples.Length), 0, samples.Length - 1)];
    }
}

/// <summary>Drawing days again, in blocks, so that bad days that come together stay together.</summary>
/// <remarks>Moving-block bootstrap (Künsch 1989); blocks of a week keep weekdays in their mix. The seed is an
/// argument.</remarks>
public sealed class BlockBootstrap
{
    private readonly DayTally[] _days;
    private readonly DayTally[] _blocks;
    private readonly int _length;
    private readonly Random _random;

    public BlockBootstrap(IReadOnlyList<DayTally> days, int seed, int block = 7)
    {
        (_days, _length, _random) = ([.. days], Math.Min(block, days.Count), new Random(seed));
        _blocks = [.. Enumerable.Range(0, days.Count - _length + 1).Select(start => Sum(start, _length))];
    }

    /// <summary>The sum of so many drawn days; optionally day by day into a buffer.</summary>
    public DayTally Draw(int count, Span<DayTally> byDay = default)
    {
        var sum = default(DayTally);
        for (var i = 0; i < count;)
        {
            var start = _random.Next(_blocks.Length);
            var taken = Math.Min(_length, count - i);
            if (!byDay.IsEmpty) _days.AsSpan(start, taken).CopyTo(byDay[i..]);
            sum += taken == _length ? _blocks[start] : Sum(start, taken);
            i += taken;
        }

        return sum;
    }

    /// <summary>A history of the same length, drawn again: for the uncertainty of the history itself.</summary>
    public DayTally[] Again()
    {
        var again = new DayTally[_days.Length];
        Draw(_days.Length, again);
        return again;
    }

    private DayTally Sum(int start, int length)
    {
        var sum = default(DayTally);
        foreach (var day in _days.AsSpan(start, length)) sum += day;
        return sum;
    }
}
