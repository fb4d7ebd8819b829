using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Feasibility;

namespace Entente.ServiceTime.Tests.Feasibility;

public sealed class FeasibilityTests
{
    private static Supply.Promise P(string name, decimal share) => new(name, Fraction.From(share));

    [Fact]
    public void A_chain_is_as_weak_as_its_product()
    {
        var best = FeasiblePromise.Best(Supply.All(P("a", 0.999m), P("b", 0.998m)));
        best.Independent.ShouldBe(Fraction.From(0.999m * 0.998m));
        best.Guaranteed.ShouldBe(Fraction.From(0.997m));
    }

    [Fact]
    public void Redundancy_helps_only_as_far_as_failures_are_independent()
    {
        var best = FeasiblePromise.Best(Supply.Any(P("a", 0.99m), P("b", 0.95m)));
        best.Independent.ShouldBe(Fraction.From(0.9995m));
        best.Guaranteed.ShouldBe(Fraction.From(0.99m));
        // Two of three, each 99 %: 3 * 0.99^2 * 0.01 + 0.99^3; and all three may share their bad time in pairs.
        var two = FeasiblePromise.Best(new Supply.Of(2, [P("a", 0.99m), P("b", 0.99m), P("c", 0.99m)]));
        two.Independent.ShouldBe(Fraction.From(3 * 0.9801m * 0.01m + 0.970299m));
        two.Guaranteed.ShouldBe(Fraction.From(0.985m));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7),
        InlineData(8)]
    public void Nothing_that_keeps_its_promises_falls_below_what_is_guaranteed(int seed)
    {
        var random = new Random(seed);
        var (n, slots) = (random.Next(2, 5), 12);
        var k = random.Next(1, n + 1);
        var down = Enumerable.Range(0, n).Select(_ => random.Next(0, 7)).ToArray();
        var best = FeasiblePromise.Best(new Supply.Of(k,
            [.. down.Select((d, i) => (Supply)new Supply.Promise($"{i}", new Fraction(slots - d, slots)))]));
        // Greedy: the members with most bad time left are down together, slot by slot; this packs as tightly as slots
        // allow.
        var left = down.ToArray();
        var together = 0;
        for (var slot = 0; slot < slots; slot++)
        {
            var order = Enumerable.Range(0, n).OrderByDescending(i => left[i]).Take(n - k + 1).ToArray();
            if (order.Any(i => left[i] == 0)) break;
            foreach (var i in order) left[i]--;
            together++;
        }

        var attained = new Fraction(slots - together, slots);
        (attained >= best.Guaranteed).ShouldBeTrue($"seed={seed}");
        (attained - best.Guaranteed < new Fraction(1, slots)).ShouldBeTrue($"the bound is tight, seed={seed}");
    }

    [Fact]
    public void The_part_that_is_too_weak_is_named_with_what_it_lacks()
    {
        var weak = FeasiblePromise.Weak(Supply.All(P("hoster", 0.995m), P("network", 0.9999m)), Fraction.From(0.999m),
            guaranteed: false);
        weak[0].Name.ShouldBe("hoster");
        weak[0].Needed!.Value.ToDecimal(6).ShouldBe(0.9991m);
        weak[1].Needed.ShouldBeNull();
        FeasiblePromise.Weak(Supply.All(P("a", 0.9999m)), Fraction.From(0.999m), guaranteed: true).ShouldBeEmpty();
    }
}
