namespace Entente.ServiceTime.Indicators;

/// <summary>How many answers took how long, so that any threshold can be asked later; distributions add up.</summary>
/// <remarks>
/// Values are kept in bins whose upper edge has three significant decimal digits, in microseconds: a threshold as
/// people
/// write one (300 ms, 1.25 s) is an edge and is answered exactly; another lies inside a bin no wider than 1 % and is
/// answered with that bin as unknown.
/// </remarks>
public sealed class LatencyDistribution
{
    private readonly SortedDictionary<long, (long Low, long Count)> _bins = [];

    public long Total { get; private set; }

    public void Add(long micros, long count = 1)
    {
        var step = Step(micros);
        var edge = micros <= 0 ? 0 : (micros + step - 1) / step * step;
        // A power of ten begins the next decade but ends a bin of the finer steps below it.
        AddBin(edge - Step(edge - 1), edge, count);
    }

    /// <summary>A bin of a histogram made elsewhere: values above <paramref name="low"/> and up to <paramref
    /// name="high"/>.</summary>
    public void AddBin(long low, long high, long count)
    {
        var (known, before) = _bins.GetValueOrDefault(high, (low, 0));
        _bins[high] = (Math.Min(known, low), before + count);
        Total += count;
    }

    public void Add(LatencyDistribution other)
    {
        foreach (var (high, (low, count)) in other._bins) AddBin(low, high, count);
    }

    /// <summary>Answers within the threshold, and those in the bin the threshold cuts.</summary>
    public (long Within, long Unknown) AtMost(long micros)
    {
        long within = 0, cut = 0;
        foreach (var (high, (low, count)) in _bins)
        {
            if (high <= micros) within += count;
            else if (low < micros) cut += count;
        }

        return (within, cut);
    }

    /// <summary>The smallest edge under which at least this share lies; none when there are no answers.</summary>
    public long? Quantile(decimal share)
    {
        long sum = 0;
        foreach (var (high, (_, count)) in _bins)
        {
            sum += count;
            if (sum >= share * Total) return high;
        }

        return null;
    }

    private static long Step(long micros)
    {
        var step = 1L;
        while (micros >= step * 1000) step *= 10;
        return step;
    }
}

/// <summary>Latency over time: a value, how many had it, and when.</summary>
/// <param name="LowMicros">For a bin of a histogram, its lower edge; else the value itself.</param>
public readonly record struct LatencySample(long At, long Length, long Micros, long Count = 1, long? LowMicros = null);

/// <summary>Latency samples of which any threshold makes counts.</summary>
public sealed class LatencySeries(IReadOnlyList<LatencySample> samples)
{
    public IReadOnlyList<LatencySample> Samples { get; } = samples;

    /// <summary>Good are the answers within the threshold; a histogram bin that it cuts is unknown.</summary>
    public CountSeries At(long thresholdMicros) => new(Samples.Select(sample => sample switch
    {
        _ when sample.Micros <= thresholdMicros =>
            new CountBucket(sample.At, sample.Length, sample.Count, sample.Count),
        { LowMicros: { } low } when low < thresholdMicros =>
            new CountBucket(sample.At, sample.Length, 0, 0, sample.Count),
        _ => new CountBucket(sample.At, sample.Length, 0, sample.Count),
    }));

    /// <summary>The distribution of a window.</summary>
    public LatencyDistribution Within(long from, long to)
    {
        var distribution = new LatencyDistribution();
        foreach (var sample in Samples.Where(sample => sample.At >= from && sample.At < to))
        {
            if (sample.LowMicros is { } low) distribution.AddBin(low, sample.Micros, sample.Count);
            else distribution.Add(sample.Micros, sample.Count);
        }

        return distribution;
    }
}
