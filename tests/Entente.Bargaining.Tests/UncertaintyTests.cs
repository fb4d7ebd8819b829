using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Solutions;

namespace Entente.Bargaining.Tests;

/// <summary>Outcomes that are uncertain, late, or only partly known in worth.</summary>
public sealed class UncertaintyTests
{
    private static Preference Buyer(double riskAversion) =>
        new("Globex", [[1, 0.75, 0.5, 0.25, 0]]) { RiskAversion = riskAversion, Discount = 0.9 };

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(2, 0.2831)]
    [InlineData(-2, 0.7169)]
    public void A_gamble_is_worth_its_certainty_equivalent(double aversion, double sure) =>
        // −ln(½ + ½ e^(−2)) / 2 = 0.2831; seeking risk mirrors it.
        Buyer(aversion).CertaintyEquivalent((0.5, new Package(0)), (0.5, new Package(4))).ShouldBe(sure, 1e-4);

    [Fact]
    public void A_gamble_over_large_amounts_neither_overflows_nor_vanishes()
    {
        var rich = new Preference("Globex", [[1e6, 0]]) { RiskAversion = 0.01 };
        rich.CertaintyEquivalent((0.5, new Package(0)), (0.5, new Package(1))).ShouldBe(Math.Log(2) / 0.01, 1e-6);
        (rich with { RiskAversion = -0.01 }).CertaintyEquivalent((0.5, new Package(0)), (0.5, new Package(1)))
            .ShouldBe(1e6 - Math.Log(2) / 0.01, 1e-6);
    }

    [Fact]
    public void More_aversion_never_makes_a_gamble_worth_more_and_a_sure_thing_is_what_it_is()
    {
        foreach (var seed in Small.Seeds(200))
        {
            var chance = Chance.Seeded(seed);
            var p = chance.Share();
            (double, Package)[] lottery = [(p, new Package(chance.Next(5))), (1 - p, new Package(chance.Next(5)))];
            var worths = new[] { -3.0, -1, 0, 1, 3 }.Select(a => Buyer(a).CertaintyEquivalent(lottery)).ToList();
            worths.Zip(worths.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1e-12, $"seed={seed}");
            Buyer(2).CertaintyEquivalent((1, new Package(1))).ShouldBe(0.75, 1e-12);
        }
    }

    [Fact]
    public void The_worst_regret_of_a_package_is_what_listing_every_rival_finds()
    {
        foreach (var seed in Small.Seeds(120))
        {
            var known = Small.Bargain(seed);
            if (!Small.Packages(known).Any()) continue;
            var chance = Chance.Seeded(seed, 9);
            var bargain = new Bargain(known.Space, [Vague(known.Parties[0], chance), .. known.Parties.Skip(1)]);
            var package = Small.Packages(bargain).ElementAt(chance.Next(Small.Packages(bargain).Count()));
            var before = bargain.Utilities(package);
            var range = bargain.Parties[0].Range!;
            var worst = Small.Packages(bargain)
                .Where(y => bargain.Utilities(y).Zip(before).Skip(1).All(pair => pair.First >= pair.Second))
                .Max(y => Enumerable.Range(0, y.Count).Where(i => y[i] != package[i])
                    .Sum(i => range.Most[i][y[i]] - range.Least[i][package[i]]) + Together(y) - Together(package));
            var regret = Uncertainty.Of(bargain, 0, package)!;
            regret.IsProved.ShouldBeTrue();
            regret.Worst.ShouldBe(Math.Max(0, worst), 1e-8, $"seed={seed}");
            Uncertainty.Of(bargain, 1, package).ShouldBeNull();

            double Together(Package y) =>
                bargain.Parties[0].Interactions.Sum(pair => pair.Worth[y[pair.First]][y[pair.Second]]);
        }
    }

    /// <summary>Each option worth up to a fifth less or more than believed.</summary>
    private static Preference Vague(Preference party, Chance chance)
    {
        double[][] off = [.. party.Worth.Select(row => row.Select(_ => 0.2 * chance.Share()).ToArray())];
        return party with { Range = new WorthRange(Shifted(-1), Shifted(1)) };

        IReadOnlyList<IReadOnlyList<double>> Shifted(int sign) => [.. party.Worth.Select((row, i) =>
            (IReadOnlyList<double>)[.. row.Select((w, v) => w + sign * off[i][v])])];
    }
}
