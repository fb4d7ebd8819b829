using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

public sealed class InventoryDoorTests : IAsyncLifetime
{
    private static readonly object _database = new
    {
        kind = "asset",
        key = "db",
        name = "Orders database",
        what = "database",
        run = "EUR 300",
        capacity = "64 GB"
    };

    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Approve();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Items_of_all_four_kinds_are_recorded_changed_found_and_retired()
    {
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"), _database));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/person/ops"),
            new { kind = "person", key = "ops", name = "Operations", isTeam = true, skills = new[] { "linux" }, hoursPerWeek = 38 }));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/practice/incidents"),
            new { kind = "practice", key = "incidents", name = "Incident management", maturity = 3 }));
        await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/inventory/goal/growth"),
            new
            {
                kind = "goal",
                key = "growth",
                name = "Twice the orders",
                side = "customer",
                horizon = "long",
                measure = "orders a day",
                due = "2027-12-31"
            }));
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory")))).GetProperty("total").GetInt32().ShouldBe(4);
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory?kind=asset&search=ORDERS")))).GetProperty("total").GetInt32().ShouldBe(1);
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory?search=%25")))).GetProperty("total").GetInt32().ShouldBe(0);
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path("/inventory/asset/db/retirement"), new { reason = "moved to the cloud" }));
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory")))).GetProperty("total").GetInt32().ShouldBe(3);
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/db")))).GetProperty("retired").GetString().ShouldBe("moved to the cloud");
    }

    [Fact]
    public async Task What_an_asset_costs_is_not_shown_to_the_other_side()
    {
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"), _database));
        foreach (var (reader, sees) in new[] { (_cast.Pia, true), (_cast.Fee, true), (_cast.Ann, true), (_cast.Cem, false), (_cast.Sam, false) })
        {
            (await Must(reader.Ask(HttpMethod.Get, _cast.Path("/inventory/asset/db")))).ToString().Contains("EUR 300", StringComparison.Ordinal).ShouldBe(sees);
            (await Must(reader.Ask(HttpMethod.Get, _cast.Path("/inventory")))).ToString().Contains("EUR 300", StringComparison.Ordinal).ShouldBe(sees);
            System.Net.WebUtility.HtmlDecode((await reader.Look($"/engagements/{_cast.Engagement}/inventory/items/asset/db")).Html)
                .Contains("€ 300", StringComparison.Ordinal).ShouldBe(sees);
        }
    }

    [Fact]
    public async Task A_stale_change_is_told_the_newer_version_and_the_form_shows_the_difference()
    {
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"), _database));
        await Must(_cast.Ann.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"),
            new { kind = "asset", key = "db", name = "Orders database", what = "database", owner = "Dora" }));
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"), _database, ifMatch: "\"1\"")).Body.GetProperty("newerVersion").GetInt64()
            .ShouldBe(2);
        var (status, html) = await _cast.Pia.Submit($"/engagements/{_cast.Engagement}/inventory/items/asset/db",
            ("version", "1"), ("key", "db"), ("name", "Orders database"), ("side", "provider"), ("what", "database"), ("lifecycle", "inUse"),
                ("owner", "Erik"));
        status.ShouldBe(422);
        html.ShouldContain("What differs");
        html.ShouldContain("Dora");
        html.ShouldContain("Erik");
        (await _cast.Pia.Submit($"/engagements/{_cast.Engagement}/inventory/items/asset/db",
            ("version", "2"), ("key", "db"), ("name", "Orders database"), ("side", "provider"), ("what", "database"), ("lifecycle", "inUse"),
                ("owner", "Erik"))).Status.ShouldBe(303);
    }

    [Fact]
    public async Task Wrong_items_name_their_field()
    {
        var (status, problem) = await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"),
            new { kind = "asset", key = "db", name = "D", capacity = "64 bananas" });
        (status, problem.GetProperty("errors")[0].GetProperty("path").GetString()).ShouldBe((400, "$.capacity"));
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/gizmo/db"), _database)).Body.GetProperty("detail")
            .GetString()!.ShouldContain("asset, person, practice or goal");
        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"), _database)).Body.GetProperty("code").GetString()
            .ShouldBe("inventory.not_yours");
        (await _cast.Sam.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"), _database)).Status.ShouldBe(403);
        (await _cast.Pia.Submit($"/engagements/{_cast.Engagement}/inventory/items/asset", ("key", "web"), ("name", "Web"), ("side", "provider"),
            ("lifecycle", "inUse"), ("needs", "3 of a, b"))).Html.ShouldContain("needs[0].k");
    }
}
