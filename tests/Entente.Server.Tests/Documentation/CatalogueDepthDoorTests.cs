using System.Net;
using System.Text.Json;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>Requests, comparison, history, trace and sheets, by every door and by the wrong person.</summary>
public sealed class CatalogueDepthDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    private string Pages => $"/engagements/{_cast.Engagement}";

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Release();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_service_is_requested_by_anybody_seated_and_answered_by_the_provider()
    {
        (await _cast.Sam.Submit($"{Pages}/requests", ("service", "checkout"), ("text", "For the outlet in May"))).Status.ShouldBe(303);
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/waiting")))).ToString().ShouldContain("answer a request for checkout");
        (await _cast.Pia.Look($"{Pages}/requests")).Html.ShouldContain("For the outlet in May");
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/requests/r1/answer"), new { granted = true, reply = "yes" })).Status.ShouldBe(403);
        (await _cast.Cem.Submit($"{Pages}/requests/r1/answer", ("say", "granted"), ("reply", "yes"))).Status.ShouldBe(403);
        (await _cast.Cem.Ask(HttpMethod.Delete, _cast.Path("/requests/r1"))).Body.GetProperty("code").GetString().ShouldBe("request.not_yours");
        (await _cast.Pia.Submit($"{Pages}/requests/r1/answer", ("say", "granted"), ("reply", "From 1 May"))).Status.ShouldBe(303);
        var answered = (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/requests"))))[0];
        (answered.GetProperty("status").GetString(), answered.GetProperty("reply").GetString()).ShouldBe(("granted", "From 1 May"));
        await Must(_cast.Cem.Ask(HttpMethod.Post, _cast.Path("/requests"), new { service = "checkout", text = "Mine" }));
        (await _cast.Cem.Submit($"{Pages}/requests/r2/withdrawal")).Status.ShouldBe(303);
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/requests"))).Status.ShouldBe(404);
        (await _cast.Zoe.Ask(HttpMethod.Post, _cast.Path("/requests"), new { service = "checkout", text = "x" })).Status.ShouldBe(404);
        (await _cast.Zoe.Look($"{Pages}/requests")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Services_stand_side_by_side()
    {
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/search"),
            new { name = "Search", businessView = "People find things.", charge = "EUR 50" }));
        var rows = await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/service-comparison?service=checkout&service=search")));
        rows.EnumerateArray().Single(row => row.GetProperty("name").GetString() == "Charge").GetProperty("values").EnumerateArray()
            .Select(value => value.GetString()).ShouldBe(["", "EUR 50"]);
        WebUtility.HtmlDecode((await _cast.Sam.Look($"{Pages}/service-comparison?service=checkout&service=search")).Html)
            .ShouldContain("The shop is open: 99.9 % asked, 99.5 % offered");
        (await _cast.Sam.Look($"{Pages}/service-comparison")).Html.ShouldContain("Nothing to compare");
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/service-comparison?service=zork"))).Status.ShouldBe(400);
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/service-comparison?service=checkout"))).Status.ShouldBe(404);
        (await _cast.Zoe.Look($"{Pages}/service-comparison?service=checkout")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task History_tells_what_each_edition_changed()
    {
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout"),
            new { name = "Checkout", businessView = "The shop takes orders.", owner = "Pia" }));
        var lines = await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/services/checkout/difference")));
        Changed(lines).ShouldBe([("As IT sees it", "removed"), ("Owner", "added")]);
        Changed(await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/services/checkout/difference?from=1&to=3")))).ShouldBe(
            [("Asked", "added"), ("Offered", "added")]);
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/services/checkout/editions")))).GetArrayLength().ShouldBe(4);
        var html = (await _cast.Sam.Look($"{Pages}/services/checkout/history?from=1&to=4")).Html;
        html.ShouldContain("<del>Three nodes and a database.</del>");
        html.ShouldContain("<ins>Pia</ins>");
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/services/checkout/difference?from=4&to=9"))).Status.ShouldBe(400);
        foreach (var path in new[] { "/services/checkout/difference", "/services/checkout/editions" })
            (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path(path))).Status.ShouldBe(404);
        (await _cast.Zoe.Look($"{Pages}/services/checkout/history")).Status.ShouldBe(404);

        static IEnumerable<(string?, string?)> Changed(JsonElement lines) => lines.EnumerateArray()
            .Where(line => line.GetProperty("change").GetString() != "kept")
            .Select(line => (line.GetProperty("part").GetString(), line.GetProperty("change").GetString()));
    }

    [Fact]
    public async Task A_term_shows_the_word_it_serves_and_the_word_its_terms()
    {
        await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/glossary/the%20shop%20is%20open"),
            new { means = "People can pay", measuredBy = "checkout availability", terms = new[] { "checkout.uptime", "checkout.p95" } }));
        WebUtility.HtmlDecode((await _cast.Sam.Look($"{Pages}/services/checkout")).Html).ShouldContain("“the shop is open”");
        var html = WebUtility.HtmlDecode((await _cast.Sam.Look($"{Pages}/glossary")).Html);
        html.ShouldContain("99.5 % offered");
        html.ShouldContain("checkout.p95 <span class=\"moved\">not released yet");
    }

    [Fact]
    public async Task What_is_public_is_named_and_nothing_else_is_shown()
    {
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout"), new
        {
            name = "Checkout",
            businessView = "The shop takes orders.",
            technicalView = "Quagga nodes",
            owner = "Quokka team",
            users = "shoppers",
            hours = "always",
            support = "desk",
            charge = "EUR 9",
            dependsOn = new[] { "quail-db" },
        }));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"),
            new { external = "Quetzal promises", @internal = new { risks = "Quokka" } }));
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path("/specs/checkout/release"), new { }));
        var published = await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/services/publication")));
        published.GetProperty("shows").EnumerateArray().Select(part => part.GetString()).ShouldBe(
            ["Name", "Customer's view", "Status", "Users", "Hours", "Support", "Charge"]);
        using var visitor = _cast.Visitor();
        var html = (await visitor.Look($"/catalogue/{_cast.Engagement}")).Html;
        foreach (var shown in new[] { "The shop takes orders.", "shoppers", "always", "desk", "EUR 9", "This page shows of each service: Name" })
            html.ShouldContain(shown);
        foreach (var hidden in new[] { "Quagga", "Quokka", "quail-db", "Quetzal", "99.5", "99.9", "checkout.uptime" }) html.ShouldNotContain(hidden);
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/services/publication"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_sheet_is_made_edited_kept_in_editions_and_traced_both_ways()
    {
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"), new { kind = "asset", key = "db", name = "Database", run = "EUR 300" }));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout"),
            new { name = "Checkout", businessView = "The shop takes orders.", dependsOn = new[] { "db" } }));
        var made = (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/specs/checkout/sheet-draft")))).GetProperty("sheet");
        made.GetProperty("external").GetString()!.ShouldContain("- The shop is open: 99.5 %, settled over month [checkout.uptime]");
        made.GetProperty("internal").GetProperty("cost").ToString().ShouldContain("300");
        var html = WebUtility.HtmlDecode((await _cast.Pia.Look($"{Pages}/spec-sheets/checkout/sheet-draft")).Html);
        html.ShouldContain("[checkout.uptime]");
        html.ShouldContain("nothing is kept yet");
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/specs/checkout/sheet/editions")))).GetArrayLength().ShouldBe(0);
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), made));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"),
            new { external = made.GetProperty("external").GetString() + "\nAsk us.", @internal = made.GetProperty("internal") }));
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/specs/checkout/sheet/difference")))).EnumerateArray()
            .Single(line => line.GetProperty("change").GetString() == "added").GetProperty("text").GetString().ShouldBe("Ask us.");
        (await _cast.Pia.Look($"{Pages}/spec-sheets/checkout/sheet-editions")).Html.ShouldContain("<ins>Ask us.</ins>");
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path("/specs/checkout/release"), new { }));

        foreach (var query in new[] { "?service=checkout", "?term=checkout.uptime", "?asset=db", "" })
        {
            var row = (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path($"/trace{query}"))))[0];
            row.GetProperty("lines")[0].GetString()!.ShouldEndWith("[checkout.uptime]");
            row.GetProperty("assets")[0].GetProperty("key").GetString().ShouldBe("db");
            row.ToString().ShouldNotContain("300");
        }

        (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path("/trace?asset=fax")))).GetArrayLength().ShouldBe(0);
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/quagga"), new { kind = "asset", key = "quagga", name = "Hidden store" }));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), new { external = "x", @internal = new { assets = new[] { "quagga" } } }));
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/trace?service=checkout")))).ToString().ShouldContain("quagga");
        (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path("/trace?service=checkout")))).ToString().ShouldNotContain("quagga");
        (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path("/trace?asset=quagga")))).GetArrayLength().ShouldBe(0);
        (await _cast.Cem.Look($"{Pages}/trace?asset=db")).Html.ShouldContain("The shop is open");
        foreach (var other in new[] { _cast.Cem, _cast.Ann, _cast.Fee, _cast.Sam })
        {
            foreach (var path in new[] { "/sheet-draft", "/sheet/editions", "/sheet/difference" })
                (await other.Ask(HttpMethod.Get, _cast.Path($"/specs/checkout{path}"))).Status.ShouldBe(403);
            (await other.Look($"{Pages}/spec-sheets/checkout/sheet-draft")).Status.ShouldBe(403);
            (await other.Look($"{Pages}/spec-sheets/checkout/sheet-editions")).Status.ShouldBe(403);
        }

        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/trace"))).Status.ShouldBe(404);
        (await _cast.Zoe.Look($"{Pages}/trace")).Status.ShouldBe(404);
    }
}
