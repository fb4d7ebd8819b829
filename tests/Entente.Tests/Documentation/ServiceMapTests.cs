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

    private static InventoryItem.Asset Asset(string key) => new() { Key = key, Name = key };
}
