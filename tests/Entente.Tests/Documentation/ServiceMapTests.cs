using Entente.Documentation;

namespace Entente.Tests.Documentation;

public sealed class ServiceMapTests
{
    private static readonly InventoryItem.Asset[] _assets =
    [
        Asset("web-1") with { RedundantWith = ["web-2"], MeasuredBy = ["up"] },
        Asset("web-2") with { MeasuredBy = ["up"] },
        Asset("db") with { DependsOn = ["san"] },
        Asset("san") with { Needs = [new KOfN(1, ["feed-a", "feed-b"])] },
        Asset("feed-a"), Asset("feed-b"), Asset("fax"), Asset("old") with { Lifecycle = Lifecycle.Retired },
    ];

    private static readonly CatalogueEntry[] _services =
    [
        new("checkout", new ServiceCard("Checkout", "b", DependsOn: ["web-1", "pay"])),
        new("pay", new ServiceCard("Pay", "b", DependsOn: ["db"])),
        new("advice", new ServiceCard("Advice", "b")),
    ];

    private static ServiceMap Map { get; } = new(_assets, _services);

    [Fact]
    public void An_asset_that_no_service_uses_is_spending_to_question() =>
        Map.Cover().Unused.Select(asset => asset.Key).ShouldBe(["fax"]);

    [Fact]
    public void A_spare_and_a_group_of_which_one_is_needed_are_no_single_points()
    {
        var single = Map.Cover().Single;
        single["checkout"].ShouldBe(["db", "san"]);
        single["pay"].ShouldBe(["db", "san"]);
        single["advice"].ShouldBeEmpty();
        Map.Cover().Groundless.ShouldBe(["advice"]);
    }

    [Fact]
    public void What_stands_under_a_service_and_is_measured_by_nothing_is_told() =>
        Map.Cover().Unmeasured.Select(asset => asset.Key).ShouldBe(["db", "feed-a", "feed-b", "san"]);

    [Fact]
    public void An_asset_knows_what_it_needs_what_needs_it_and_the_services_above()
    {
        var san = Map.PlaceOf("san");
        san.StandsOn.Select(asset => asset.Key).ShouldBe(["feed-a", "feed-b"]);
        san.Carries.Select(asset => asset.Key).ShouldBe(["db"]);
        san.Services.Select(service => service.Key).ShouldBe(["checkout", "pay"]);
        Map.PlaceOf("web-2").Spares.Select(asset => asset.Key).ShouldBe(["web-1"], "a spare stands in both ways");
        Map.PlaceOf("web-2").Services.Select(service => service.Key).ShouldBe(["checkout"], "which stands on it as the spare of web-1");
        Map.PlaceOf("fax").Services.ShouldBeEmpty();
        Map.PlaceOf("nosuch").StandsOn.ShouldBeEmpty();
    }

    [Fact]
    public void A_failure_reaches_services_by_a_path()
    {
        Map.ServicesStoppedBy("san").Select(one => (one.Service, string.Join(" → ", one.Path))).ShouldBe(
            [("checkout", "san → db → pay → checkout"), ("pay", "san → db → pay")]);
        Map.ServicesStoppedBy("feed-a").ShouldBeEmpty();
        Map.Impact(["feed-a", "feed-b"]).ContainsKey("service:pay").ShouldBeTrue();
        Map.Impact(["web-1", "web-2"]).Keys.ShouldContain("service:checkout");
        Map.ServicesStoppedBy("no-such").ShouldBeEmpty();
    }

    [Fact]
    public void Assets_of_an_internal_sheet_count_for_those_who_may_know_it() =>
        new ServiceMap(_assets, _services, new Dictionary<string, ValueList<string>> { ["advice"] = ["fax"] }).ServicesStoppedBy("fax").Single()
            .Service.ShouldBe("advice");

    [Fact]
    public void A_sheet_that_lists_all_that_lies_below_takes_no_spare_away()
    {
        var map = new ServiceMap(_assets, _services, new Dictionary<string, ValueList<string>>
        {
            ["checkout"] = ["web-1", "web-2"],
            ["pay"] = ["db", "feed-a", "feed-b", "san"],
            ["advice"] = ["san", "feed-b", "fax"],
        });
        var single = map.Cover().Single;
        single["checkout"].ShouldBe(["db", "san"]);
        single["pay"].ShouldBe(["db", "san"]);
        single["advice"].ShouldBe(["fax", "san"]);
        map.ServicesStoppedBy("feed-b").ShouldBeEmpty();
    }

    /// <summary>The slow and obvious way: let each asset fail by itself, and look which services stop.</summary>
    [Fact]
    public void Single_points_are_what_letting_each_asset_fail_alone_shows()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed={seed}");
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var keys = Enumerable.Range(0, random.Next(1, 14)).Select(i => $"a{i}").ToArray();
            var assets = keys.Select((key, place) => Asset(key) with
            {
                DependsOn = Some(keys[..place], 2),
                RedundantWith = Some([.. keys.Where(other => other != key)], 1),
                Needs = Some(keys, 4) is { Count: > 1 } group && random.Next(2) == 0 ? [new KOfN(random.Next(1, group.Count + 1), group)] : [],
            }).ToArray();
            CatalogueEntry[] services = [new("s", new ServiceCard("S", "b", DependsOn: Some(keys, 3))),
                new("t", new ServiceCard("T", "b", DependsOn: ["s", .. Some(keys, 2)]))];
            var map = new ServiceMap(assets, services);
            var single = map.Cover().Single;
            foreach (var service in services)
            {
                single[service.Key].ShouldBe([.. keys.Where(key => map.Impact([key]).ContainsKey($"service:{service.Key}"))
                    .Order(StringComparer.Ordinal)], $"seed={seed} round={round}");
            }
        }

        ValueList<string> Some(string[] of, int most) => of.Length == 0 ? [] : Enumerable.Range(0, random.Next(most + 1))
            .Select(_ => of[random.Next(of.Length)]).Distinct().ToValueList();
    }

    [Fact]
    public void A_chain_of_ten_thousand_assets_under_many_services_is_covered_without_waiting()
    {
        var chain = Enumerable.Range(0, 10_000).Select(i => Asset($"a{i:00000}") with { DependsOn = i == 0 ? [] : [$"a{i - 1:00000}"] }).ToArray();
        var services = Enumerable.Range(0, 100).Select(i => new CatalogueEntry($"s{i}", new ServiceCard("S", "b", DependsOn: [$"a{9999 - i:00000}"])));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var map = new ServiceMap(chain, services);
        map.Cover().Single["s0"].Count.ShouldBe(10_000);
        map.ServicesStoppedBy("a00000").Count.ShouldBe(100);
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(20);
    }

    private static InventoryItem.Asset Asset(string key) => new() { Key = key, Name = key };
}
