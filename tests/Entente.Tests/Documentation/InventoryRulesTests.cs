using Entente.Documentation;
using Entente.Terms;
using static Entente.Tests.Documentation.Folding;

namespace Entente.Tests.Documentation;

public sealed class InventoryRulesTests
{
    private static readonly InventoryLinks _none = InventoryLinks.None;

    private static CharterState Approved { get; } = CharterState.Empty
        .Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, new Charter("p", "s", ["r"], ["m"])))
        .Apply(new CharterFact.StakeholderNamed("sam", "Sam"), new Stamp("ann", "service level manager", Now, 2))
        .Apply(new CharterFact.Approved(1), new Stamp("sam", "stakeholder", Now, 3));

    [Fact]
    public void Each_side_writes_its_own_and_the_chair_writes_for_both()
    {
        var asset = new InventoryItem.Asset { Key = "db", Name = "Database" };
        InventoryRules.Record(Approved, Pia, asset, null, _none).Facts.ShouldHaveSingleItem().ShouldBeOfType<InventoryFact.Recorded>();
        InventoryRules.Record(Approved, Ann, asset, null, _none).IsRefused.ShouldBeFalse();
        InventoryRules.Record(Approved, Cem, asset, null, _none).Refusal!.Code.ShouldBe("inventory.not_yours");
        InventoryRules.Record(Approved, Sam, asset, null, _none).Refusal!.Code.ShouldBe("inventory.not_yours");
    }

    [Fact]
    public void Nobody_belongs_to_two_sides()
    {
        var ops = new InventoryItem.Person { Key = "ops", Name = "Operations", IsTeam = true };
        InventoryRules.Record(Approved, Ann, ops with { Side = Side.Customer }, ops, _none).Refusal!.Code.ShouldBe("inventory.two_sides");
    }

    [Fact]
    public void The_same_item_again_changes_nothing()
    {
        var asset = new InventoryItem.Asset { Key = "db", Name = "Database", DependsOn = ["disk"], Capacity = new Quantity(64, "GB") };
        InventoryRules.Record(Approved, Pia, asset with { DependsOn = ["disk"] }, asset, _none).Facts.ShouldBeEmpty();
        InventoryRules.Record(Approved, Pia, asset with { DependsOn = ["san"] }, asset, _none).Facts.ShouldHaveSingleItem()
            .ShouldBeOfType<InventoryFact.Changed>();
    }

    [Fact]
    public void Dependencies_do_not_close_a_circle_however_long_the_chain()
    {
        var chain = new InventoryLinks(Enumerable.Range(0, 5000).ToLookup(i => $"a{i}", i => $"a{i + 1}"), []);
        InventoryRules.Record(Approved, Pia, new InventoryItem.Asset { Key = "a5000", Name = "last", DependsOn = ["a0"] }, null, chain)
            .Refusal!.Code.ShouldBe("inventory.circle");
        InventoryRules.Record(Approved, Pia, new InventoryItem.Asset { Key = "b", Name = "other", DependsOn = ["a0"] }, null, chain).IsRefused.ShouldBeFalse();
    }

    [Theory]
    [InlineData("web", "db", "", "", "inventory.circle", "dependsOn would close a circle: web → db → san → web")]
    [InlineData("web", "", "db", "", "inventory.circle", "needs would close a circle: web → db → san → web")]
    [InlineData("cold", "", "", "db", null, "")]
    [InlineData("cold", "db", "", "san", "inventory.redundancy", "'cold' stands on 'san' (cold → db → san)")]
    [InlineData("web", "", "", "db", "inventory.redundancy", "'db' stands on 'web' (db → san → web)")]
    [InlineData("a", "b", "", "", "inventory.redundancy", "'x' stands on 'y' (x → a → b → y)")]
    public void A_circle_or_a_spare_that_fails_with_what_it_stands_in_for_is_refused(
        string key, string dependsOn, string needs, string redundantWith, string? code, string says)
    {
        // db → san → web; x → a and b → y, with x and y spares of each other.
        var links = new InventoryLinks(
            new[] { ("db", "san"), ("san", "web"), ("x", "a"), ("b", "y") }.ToLookup(link => link.Item1, link => link.Item2), [("x", "y")]);
        ValueList<string> some = needs.Length == 0 ? [] : [needs];
        var refusal = InventoryRules.Record(Approved, Pia, new InventoryItem.Asset
        {
            Key = key,
            Name = key,
            DependsOn = dependsOn.Length == 0 ? [] : [dependsOn],
            Needs = some.Count == 0 ? [] : [new KOfN(1, some)],
            RedundantWith = redundantWith.Length == 0 ? [] : [redundantWith],
        }, null, links).Refusal;
        refusal?.Code.ShouldBe(code);
        (refusal?.Message ?? "").ShouldContain(says);
        (refusal is null).ShouldBe(code is null);
    }

    [Fact]
    public void What_is_wrong_with_an_asset_names_the_field_and_the_remedy()
    {
        var asset = new InventoryItem.Asset { Key = "web", Name = "Web" };
        Rules(asset with { Needs = [new KOfN(3, ["a", "b"])] }).ShouldBe(["inventory.k"]);
        Rules(asset with { DependsOn = ["web"] }).ShouldBe(["inventory.itself"]);
        Rules(asset with { DependsOn = ["a"], RedundantWith = ["a"] }).ShouldBe(["inventory.redundancy"]);
        Rules(asset with { Run = new Money(1, "EUR"), Purchase = new Money(1, "USD") }).ShouldBe(["money.currency"]);
        Rules(asset with { Key = "Not a key" }).ShouldBe(["inventory.key"]);
        Rules(new InventoryItem.Practice { Key = "inc", Name = "Incidents", Maturity = 6 }).ShouldBe(["inventory.maturity"]);
        Rules(asset).ShouldBeEmpty();
        Quantity.TryParse("64 bananas", out _).ShouldBeFalse();
        Quantity.TryParse("500 requests/s", out var rate).ShouldBeTrue();
        rate.ToString().ShouldBe("500 requests/s");
    }

    [Fact]
    public void Currencies_are_not_mixed_in_a_sum()
    {
        InventoryRules.Sum([new Money(1, "EUR"), new Money(2, "EUR")]).Facts.ShouldBe([new Money(3, "EUR")]);
        InventoryRules.Sum([new Money(1, "EUR"), new Money(2, "USD")]).Refusal!.Message.ShouldContain("EUR and USD");
    }

    private static IEnumerable<string> Rules(InventoryItem item) => InventoryRules.Validate(item).Select(finding => finding.Rule);
}
