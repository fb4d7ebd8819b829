using Entente.ServiceTime.Budgets;
using NodaTime;

namespace Entente.Formats.Tests.Prometheus;

/// <summary>Five-minute buckets of events with troubles in them, and when burn-rate pairs burn on them.</summary>
internal sealed class Traffic
{
    public const int BucketMinutes = 5;

    private Traffic(long[] total, long[] bad) => (Total, Bad) = (total, bad);

    public long[] Total { get; }

    public long[] Bad { get; }

    public IEnumerable<long> Good => Total.Zip(Bad, (total, bad) => total - bad);

    /// <summary>Days of traffic by a seed: quiet nights, a few blips, a few long troubles.</summary>
    public static Traffic Random(int seed, int days)
    {
        var random = new Random(seed);
        var buckets = days * 24 * 60 / BucketMinutes;
        var total = Enumerable.Range(0, buckets).Select(i => (i * BucketMinutes / 60 % 24) switch
        {
            < 6 => (long)random.Next(0, 40),
            _ => random.Next(500, 3000),
        }).ToArray();
        var bad = new long[buckets];
        for (var trouble = 0; trouble < days * 3; trouble++)
        {
            var (start, length) = (random.Next(buckets), random.Next(1, 60));
            var share = new[] { 0.002, 0.01, 0.05, 0.4, 1.0 }[random.Next(5)];
            for (var i = start; i < Math.Min(buckets, start + length); i++) bad[i] =
                Math.Max(bad[i], (long)(total[i] * share));
        }

        return new Traffic(total, bad);
    }

    public static Traffic From(long[] total, long[] bad) => new(total, bad);

    /// <summary>At the end of which buckets the alert of these pairs fires, from exact counts.</summary>
    public bool[] Fires(IEnumerable<BurnRateAlert> pairs, decimal target)
    {
        var (sumTotal, sumBad) = (Prefix(Total), Prefix(Bad));
        var alert = pairs.ToList();
        var wait = (int)(alert[0].For.TotalMinutes / BucketMinutes);
        var fires = new bool[Total.Length];
        var since = 0;
        for (var end = 1; end <= Total.Length; end++)
        {
            var burns = alert.Any(pair => Burns(pair.ShortWindow, pair) && Burns(pair.LongWindow, pair));
            since = burns ? since + 1 : 0;
            fires[end - 1] = since > wait;

            bool Burns(Duration window, BurnRateAlert pair)
            {
                var start = Math.Max(0, end - (int)(window.TotalMinutes / BucketMinutes));
                return pair.Burns(sumBad[end] - sumBad[start], sumTotal[end] - sumTotal[start], target);
            }
        }

        return fires;
    }

    /// <summary>The buckets worth asking about: around every change, and some between.</summary>
    public static IEnumerable<int> Moments(params bool[][] fires) =>
        Enumerable.Range(1, fires[0].Length - 1)
            .Where(i => i % 97 == 0
                || fires.Any(alert => alert[i] != alert[i - 1] || (i + 1 < alert.Length && alert[i] != alert[i + 1])))
            .Select(i => i + 1);

    private static long[] Prefix(long[] values)
    {
        var sums = new long[values.Length + 1];
        for (var i = 0; i < values.Length; i++) sums[i + 1] = sums[i] + values[i];
        return sums;
    }
}
