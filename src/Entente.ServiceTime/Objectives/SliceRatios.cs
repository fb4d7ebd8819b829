using System.Numerics;
using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Indicators;

namespace Entente.ServiceTime.Objectives;

/// <summary>Sums up slices: how many were good (timeslices), or the mean of their shares (ratio timeslices).</summary>
internal sealed class SliceRatios(Slices slices, AccountingPolicy policy)
{
    private readonly Dictionary<Int128, Int128> _goodByTotal = [];
    private long _slices;
    private long _good;
    private long _unknown;

    public void Add(Int128 good, Int128 total)
    {
        _slices++;
        if ((BigInteger)good * slices.Target.Denominator >= slices.Target.Numerator * total) _good++;
        if (slices.Method == Budgeting.RatioTimeslices)
            _goodByTotal[total] = _goodByTotal.GetValueOrDefault(total) + good;
    }

    /// <summary>A slice of which the policy says what it is: without events, or without data.</summary>
    public void AddDecided(bool? good)
    {
        if (good is { } known) Add(known ? 1 : 0, 1);
        else _unknown++;
    }

    public Attainment Result(SpanSet counted, long excluded, long measured)
    {
        var missing = Count(counted, slices.Length) - _slices - _unknown;
        for (var i = 0L; i < missing && policy.Missing is Missing.Good or Missing.Bad;
            i++) AddDecided(policy.Missing == Missing.Good);
        if (policy.Missing == Missing.Unknown && policy.Denominator != Denominator.MeasuredTime) _unknown += missing;
        var result = new Attainment
        {
            Unit = "slices",
            Good = new Fraction(_good, 1),
            Total = new Fraction(_slices, 1),
            Unknown = new Fraction(_unknown, 1),
            Excluded = new Fraction(excluded + (policy.Missing == Missing.Excluded ? missing : 0), 1),
            Measured = measured,
            Expected = counted.Total,
        }.Bounded();
        if (slices.Method != Budgeting.RatioTimeslices || _slices == 0) return result;
        var sum = Sum([.. _goodByTotal.Select(pair => new Fraction((BigInteger)pair.Value, (BigInteger)pair.Key))]);
        var all = new Fraction(_slices + _unknown, 1);
        return result with
        {
            Good = sum,
            Attained = sum / result.Total,
            Worst = sum / all,
            Best = (sum + result.Unknown) / all,
        };
    }

    /// <summary>How many slices touch the set.</summary>
    public static long Count(SpanSet set, long length)
    {
        long count = 0, last = long.MinValue;
        foreach (var span in set.Spans)
        {
            var (first, end) = (span.Start - Floor.Mod(span.Start, length),
                span.End - 1 - Floor.Mod(span.End - 1, length));
            count += (end - first) / length + (first == last ? 0 : 1);
            last = end;
        }

        return count;
    }

    /// <summary>Adding in halves keeps the denominators small for as long as possible.</summary>
    private static Fraction Sum(ReadOnlySpan<Fraction> parts) => parts.Length switch
    {
        0 => Fraction.Zero,
        1 => parts[0],
        var n => Sum(parts[..(n / 2)]) + Sum(parts[(n / 2)..]),
    };
}
