using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Indicators;
using Entente.ServiceTime.Objectives;

namespace Entente.ServiceTime.Tests.Objectives;

public sealed class EventTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void Windows_of_counts_are_sums_of_their_buckets(int seed)
    {
        var random = new Random(seed);
        var buckets = Enumerable.Range(0, 200).Where(_ => random.Next(5) > 0)
            .Select(i => (Start: i * 60L, Total: random.Next(0, 50)))
            .Select(b => new CountBucket(b.Start, 60, random.Next(0, b.Total + 1), b.Total)).OrderBy(_ => random.Next())
                .ToArray();
        var series = new CountSeries(buckets);
        var late = new LateCounts(0, 60, 200);
        foreach (var bucket in buckets) late.Add(bucket.Start, bucket.Good, bucket.Total);
        for (var i = 0; i < 20; i++)
        {
            var (from, to) = (random.Next(0, 12_000), random.Next(0, 12_000));
            var inside = buckets.Where(b => b.Start >= from && b.Start < to).ToArray();
            var (good, total) = (inside.Sum(b => b.Good), inside.Sum(b => b.Total));
            (series.Within(from, to).Good, series.Within(from, to).Total).ShouldBe((good, total), $"seed={seed}");
            (late.Within(from, to).Good, late.Within(from, to).Total).ShouldBe((good, total), $"seed={seed}");
        }
    }

    [Fact]
    public void The_worked_numbers_of_OpenSLO_hold()
    {
        // OpenSLO 1.0: 95 % of two weeks of minutes leaves 1008 bad minutes, 16 h 48 min.
        var allowed = (Fraction.One - Fraction.From(0.95m)) * new Fraction(20_160, 1);
        allowed.ShouldBe(new Fraction(1008, 1));
        // 99.95 % of a week of minutes leaves 5 minutes 2.4 seconds.
        ((Fraction.One - Fraction.From(0.9995m)) * new Fraction(604_800, 1)).ShouldBe(new Fraction(3024, 10));
    }

    [Fact]
    public void The_three_methods_differ_as_OpenSLO_defines_them()
    {
        // A busy good minute, a quiet bad one, and one half bad.
        var series = new CountSeries([new(0, 60, 1000, 1000), new(60, 60, 0, 10), new(120, 60, 5, 10)]);
        var scope = Scope.Whole(new Span(0, 180));
        EventAttainment.Of(series, scope).Attained.ShouldBe(new Fraction(1005, 1020));
        EventAttainment.Of(series, scope,
            new(Budgeting.Timeslices, 60, new Fraction(9, 10))).Attained.ShouldBe(new Fraction(1, 3));
        EventAttainment.Of(series, scope,
            new(Budgeting.RatioTimeslices, 60, Fraction.Zero)).Attained.ShouldBe(new Fraction(1, 2));
    }

    [Fact]
    public void A_slice_without_events_is_what_the_policy_says()
    {
        var series = new CountSeries([new(0, 60, 10, 10), new(60, 60, 0, 0)]);
        foreach (var (quiet, attained, unknown) in new[] { (ZeroTraffic.Good, new Fraction(1, 1), 0),
            (ZeroTraffic.Bad, new Fraction(1, 2), 0), (ZeroTraffic.Unknown, new Fraction(1, 1), 1) })
        {
            var result = EventAttainment.Of(series,
                Scope.Whole(new Span(0, 120), new AccountingPolicy { ZeroTraffic = quiet }),
                new(Budgeting.Timeslices, 60, Fraction.One));
            result.Attained.ShouldBe(attained);
            result.Unknown.ShouldBe(new Fraction(unknown, 1));
        }
    }

    [Fact]
    public void Another_threshold_can_be_asked_of_the_past()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 2000).Select(_ => (long)(Math.Exp(random.NextDouble() * 8) * 1000)).ToArray();
        var (one, two) = (new LatencyDistribution(), new LatencyDistribution());
        for (var i = 0; i < values.Length; i++) (i % 2 == 0 ? one : two).Add(values[i]);
        one.Add(two);
        foreach (var threshold in new long[] { 1_000, 5_250, 30_000, 100_000, 300_000, 1_250_000, 2_980_000 })
            one.AtMost(threshold).ShouldBe((values.Count(value => value <= threshold), 0), $"{threshold} µs, seed=7");
        // Between two edges the bin is unknown, and no more than that.
        var (within, unknown) = one.AtMost(123_456);
        within.ShouldBe(values.Count(value => value <= 123_000));
        unknown.ShouldBe(values.Count(value => value is > 123_000 and <= 124_000));
    }
}
