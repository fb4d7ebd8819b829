using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Indicators;
using Entente.ServiceTime.Objectives;
using NodaTime;

namespace Entente.ServiceTime.Tests.Objectives;

/// <summary>The engine against an oracle that walks over every second and knows no clever structure.</summary>
public sealed class SecondBySecondTests
{
    private const long End = 900;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 120)];

    [Theory, MemberData(nameof(Seeds))]
    public void Availability_is_what_walking_every_second_gives(int seed)
    {
        var world = new World(seed);
        var result = TimeAttainment.Of(Timeline.Of(world.Stretches), world.Scope);
        var (good, total, unknown, excluded) = world.Walk();
        (result.Good, result.Total, result.Unknown, result.Excluded)
            .ShouldBe((good, total, unknown, excluded), $"seed={seed}");
        result.Attained.ShouldBe(total > Fraction.Zero ? good / total : null, $"seed={seed}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Slices_are_what_walking_every_second_gives(int seed)
    {
        var world = new World(seed);
        foreach (var method in new[] { Budgeting.Timeslices, Budgeting.RatioTimeslices })
        {
            var slices = new Slices(method, 60, new Fraction(world.Random.Next(50, 101), 100));
            var result = TimeAttainment.Of(Timeline.Of(world.Stretches), world.Scope, slices);
            var (attained, total, unknown) = world.WalkSlices(slices);
            (result.Total, result.Unknown)
                .ShouldBe((new Fraction(total, 1), new Fraction(unknown, 1)), $"{method} seed={seed}");
            result.Attained.ShouldBe(attained, $"{method} seed={seed}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Sets_of_time_are_what_sets_of_seconds_are(int seed)
    {
        var random = new Random(seed);
        var (a, b) = (Spans(random), Spans(random));
        var (x, y) = (Seconds(a), Seconds(b));
        Seconds(a.Union(b)).ShouldBe(x.Union(y).Order().ToArray(), $"seed={seed}");
        Seconds(a.Intersect(b)).ShouldBe(x.Intersect(y).Order().ToArray(), $"seed={seed}");
        Seconds(a.Except(b)).ShouldBe(x.Except(y).Order().ToArray(), $"seed={seed}");
        var (from, to) = (random.Next(0, 900), random.Next(0, 900));
        a.Within(from, to).ShouldBe(x.Count(second => second >= from && second < to), $"seed={seed}");
        Seconds(a.First(100)).ShouldBe(x.Take(100).ToArray(), $"seed={seed}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Composites_are_what_each_second_gives(int seed)
    {
        var random = new Random(seed);
        var members = Enumerable.Range(0, 4).Select(_ => Timeline.Of(World.Draw(random, 6))).ToArray();
        var k = random.Next(1, 5);
        var late = (LateMemberPolicy)random.Next(4);
        Check(Composite.KOfN(members, k, late), losses => losses.OrderDescending()
            .ElementAt(losses.Length - Math.Min(k, losses.Length)), k);
        long[] weights = [1, 2, 3, 4];
        if (late != LateMemberPolicy.Ignore)
            Check(Composite.Weighted(members, weights, late), losses => losses.Select((loss, i) => loss * weights[i])
                .Sum(), 0);

        void Check(Timeline whole, Func<long[], long> expected, int needed)
        {
            for (var second = 0L; second < End; second++)
            {
                var losses = members.Select(member => World.LossAt(member, second)).ToArray();
                World.LossAt(whole, second).ShouldBe(Expected(losses, expected, late, needed),
                    $"second {second} seed={seed}");
            }
        }
    }

    private static long Expected(long[] losses, Func<long[], long> whole, LateMemberPolicy late, int needed)
    {
        if (!losses.Contains(-1)) return whole(losses);
        if (losses.All(loss => loss < 0)) return -1;
        return late switch
        {
            LateMemberPolicy.Good => whole(With(0)),
            LateMemberPolicy.Bad => whole(With(Timeline.WeightScale)),
            // Of those that are known, the (n - k + 1)-th worst, where n is the number of members there are.
            LateMemberPolicy.Ignore => losses.Where(loss => loss >= 0).Order().ToArray() is var known
                ? known[Math.Max(0, known.Length - (losses.Length - needed + 1))] : -1,
            _ => whole(With(0)) == whole(With(Timeline.WeightScale)) ? whole(With(0)) : -1,
        };

        long[] With(long value) => [.. losses.Select(loss => loss < 0 ? value : loss)];
    }

    private static SpanSet Spans(Random random) => SpanSet.Of(Enumerable.Range(0, random.Next(0, 8))
        .Select(_ => random.Next(0, 850)).Select(start => new Span(start, start + random.Next(0, 120))));

    private static long[] Seconds(SpanSet set) =>
        [.. set.Spans.SelectMany(span => Enumerable.Range((int)span.Start, (int)span.Length)).Select(i => (long)i)];

    private sealed class World
    {
        public World(int seed)
        {
            Random = new Random(seed);
            Stretches = [.. Draw(Random, 12)];
            var policy = new AccountingPolicy
            {
                Denominator = (Denominator)Random.Next(3),
                Missing = (Missing)Random.Next(4),
                OutageMin = Duration.FromSeconds(Random.Next(3) == 0 ? 40 : 0),
            };
            var exclusions = Enumerable.Range(0, Random.Next(3))
                .Select(i => new Exclusion($"e{i}", Spans(Random), Random.Next(2) == 0 ? 50 : null)).ToArray();
            Scope = new Scope(new Span(30, End - 30), Spans(Random).Union(Spans(Random)), exclusions, policy);
        }

        public Random Random { get; }

        public Stretch[] Stretches { get; }

        public Scope Scope { get; }

        public static IEnumerable<Stretch> Draw(Random random, int count) => Enumerable.Range(0, count)
            .Select(_ => random.Next(0, 880)).Select(start => new Stretch(start, start + random.Next(1, 200),
                random.Next(5) switch { 0 => -1, 1 => 5_000, 2 => 10_000, _ => 0 }));

        public static long LossAt(Timeline timeline, long second) =>
            timeline.Pieces.Where(piece => piece.Start <= second && second < piece.End)
                .Select(piece => (long?)piece.Loss).SingleOrDefault() ?? -1;

        /// <summary>What each second lost: overlaps take the worst, unknown only where nothing else is said.</summary>
        private long[] Losses()
        {
            var losses = new long[End + 300];
            for (var second = 0; second < losses.Length; second++)
                losses[second] = Stretches.Where(s => s.Start <= second && second < s.End).Select(s => s.Loss)
                    .DefaultIfEmpty(-1).Max();
            var least = (long)Scope.Policy.OutageMin.TotalSeconds;
            for (var start = 0; start < losses.Length; start++)
            {
                if (losses[start] <= 0 || (start > 0 && losses[start - 1] > 0)) continue;
                var end = start;
                while (end < losses.Length && losses[end] > 0) end++;
                if (end - start < least) Array.Clear(losses, start, end - start);
            }

            return losses;
        }

        private bool[] ExcludedSeconds()
        {
            var excluded = new bool[End + 300];
            foreach (var (_, spans) in Scope.Applied)
                foreach (var span in spans.Spans)
                    for (var second = span.Start; second < span.End; second++) excluded[second] = true;
            return excluded;
        }

        public (Fraction Good, Fraction Total, Fraction Unknown, Fraction Excluded) Walk()
        {
            var (losses, out_) = (Losses(), ExcludedSeconds());
            long good = 0, known = 0, unknown = 0, excluded = 0, missingAsBad = 0, missingAsGood = 0;
            for (var second = Scope.Period.Start; second < Scope.Period.End; second++)
            {
                if (!Scope.Service.Contains(second)) continue;
                if (out_[second]) excluded++;
                else if (losses[second] >= 0)
                {
                    known++;
                    good += Timeline.WeightScale - losses[second];
                }
                else if (Scope.Policy.Denominator == Denominator.MeasuredTime) { }
                else if (Scope.Policy.Missing == Missing.Good) missingAsGood++;
                else if (Scope.Policy.Missing == Missing.Bad) missingAsBad++;
                else if (Scope.Policy.Missing == Missing.Excluded) excluded++;
                else unknown++;
            }

            var total = known + missingAsBad + missingAsGood;
            var goodSeconds = new Fraction(good, Timeline.WeightScale) + new Fraction(missingAsGood, 1);
            if (Scope.Policy.Denominator != Denominator.ContractPeriod)
                return (goodSeconds, new Fraction(total, 1), new Fraction(unknown, 1), new Fraction(excluded, 1));
            // Time outside service hours and excluded time are no downtime: they stay in the contract's period.
            var gone = Scope.Counted.Total - known - missingAsBad - missingAsGood;
            var whole = Scope.Period.Length - gone;
            var lost = new Fraction(total, 1) - goodSeconds;
            return (new Fraction(whole, 1) - lost, new Fraction(whole, 1), new Fraction(unknown, 1),
                new Fraction(excluded, 1));
        }

        public (Fraction? Attained, long Total, long Unknown) WalkSlices(Slices slices)
        {
            var (losses, out_) = (Losses(), ExcludedSeconds());
            List<Fraction> ratios = [];
            long unknown = 0;
            for (var start = 0L; start < End; start += slices.Length)
            {
                long good = 0, known = 0, counted = 0;
                for (var second = start; second < start + slices.Length; second++)
                {
                    if (second < Scope.Period.Start || second >= Scope.Period.End || !Scope.Service.Contains(second)
                        || out_[second]) continue;
                    counted++;
                    if (losses[second] < 0) continue;
                    known++;
                    good += Timeline.WeightScale - losses[second];
                }

                if (counted == 0) continue;
                if (known > 0) ratios.Add(new Fraction(good, known * Timeline.WeightScale));
                else if (Scope.Policy.Missing == Missing.Good) ratios.Add(Fraction.One);
                else if (Scope.Policy.Missing == Missing.Bad) ratios.Add(Fraction.Zero);
                else if (Scope.Policy.Missing == Missing.Unknown
                    && Scope.Policy.Denominator != Denominator.MeasuredTime) unknown++;
            }

            if (ratios.Count == 0) return (null, 0, unknown);
            var sum = slices.Method == Budgeting.Timeslices
                ? new Fraction(ratios.Count(ratio => ratio >= slices.Target), 1)
                : ratios.Aggregate(Fraction.Zero, (total, ratio) => total + ratio);
            return (sum / new Fraction(ratios.Count, 1), ratios.Count, unknown);
        }
    }
}
