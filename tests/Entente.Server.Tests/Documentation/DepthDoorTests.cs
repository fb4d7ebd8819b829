using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

public sealed class DepthDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Release();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task The_interview_turns_answers_into_drafts_that_only_their_side_sees()
    {
        var pages = $"/engagements/{_cast.Engagement}/services/checkout/interview";
        (await _cast.Cem.Submit(pages, ("restore", "2 h"), ("costHour", "EUR 4000"))).Status.ShouldBe(303);
        System.Net.WebUtility.HtmlDecode((await _cast.Cem.Look(pages)).Html).ShouldContain("€ 4,000");
        (await _cast.Cem.Submit(pages, ("restore", "soon"))).Html.ShouldContain("expected a time such as 2 h");
        (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path("/requirements")))).ToString().ShouldContain("checkout.restore");
        foreach (var other in new[] { _cast.Pia, _cast.Ann, _cast.Fee, _cast.Sam })
        {
            (await other.Ask(HttpMethod.Get, _cast.Path("/services/checkout"))).Body.ToString().ShouldNotContain("checkout.restore");
            (await other.Ask(HttpMethod.Get, _cast.Path("/services/checkout/interview"))).Body.ToString().ShouldNotContain("4000");
            (await other.Look(pages)).Html.ShouldNotContain("4000");
        }

        (await _cast.Sam.Look(pages)).Status.ShouldBe(403);
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout/interview"), new { delivered = "much" }))
            .Body.GetProperty("errors")[0].GetProperty("path").GetString().ShouldBe("$.delivered");
    }

    [Fact]
    public async Task What_IT_answers_is_told_in_numbers_to_IT_alone()
    {
        var pages = $"/engagements/{_cast.Engagement}/services/checkout/interview";
        (await _cast.Pia.Submit(pages, ("cost", "EUR 18000"), ("levels", "99.9 %: EUR 40123 once, EUR 6000 a month"), ("worry", "Quokka")))
            .Status.ShouldBe(303);
        var page = System.Net.WebUtility.HtmlDecode((await _cast.Pia.Look(pages)).Html);
        page.ShouldContain("€ 40,123");
        page.ShouldContain("<li>Quokka</li>");
        var capability = (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/services/checkout/interview")))).GetProperty("capability");
        capability.GetProperty("levels")[0].GetProperty("once").GetString().ShouldBe("EUR 40123");
        foreach (var other in new[] { _cast.Cem, _cast.Ann, _cast.Fee, _cast.Sam })
        {
            (await other.Look(pages)).Html.ShouldNotContain("Quokka");
            (await other.Ask(HttpMethod.Get, _cast.Path("/services/checkout/interview"))).Body.ToString().ShouldNotContain("40123");
        }

        (await _cast.Pia.Submit(pages, ("cost", "EUR 18000"), ("better", "USD 1"))).Html.ShouldContain("use one currency");
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout/interview"), new { cost = "EUR 18000", better = "USD 1" }))
            .Body.GetProperty("errors")[0].GetProperty("path").GetString().ShouldBe("$.better");
    }

    [Fact]
    public async Task Coverage_and_impact_are_shown_and_answered()
    {
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"), new { kind = "asset", key = "db", name = "Database", run = "EUR 300" }));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/fax"),
            new { kind = "asset", key = "fax", name = "Fax machine", run = "EUR 30" }));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout"), new { name = "Checkout", businessView = "b", dependsOn = new[] { "db" } }));
        var coverage = await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path("/inventory/coverage")));
        coverage.GetProperty("unused")[0].GetProperty("key").GetString().ShouldBe("fax");
        coverage.GetProperty("single").GetProperty("checkout")[0].GetString().ShouldBe("db");
        coverage.ToString().ShouldNotContain("EUR 30");
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory/impact/db")))).GetProperty("services")[0].GetProperty("path").GetArrayLength()
            .ShouldBe(2);
        System.Net.WebUtility.HtmlDecode((await _cast.Sam.Look($"/engagements/{_cast.Engagement}/inventory/coverage?asset=db")).Html)
            .ShouldContain("db → checkout");
        var typo = await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/inventory/impact/bd"));
        (typo.Status, typo.Body.GetProperty("code").GetString()).ShouldBe((404, "inventory.unknown"), "a typing error is no safe asset");
        System.Net.WebUtility.HtmlDecode((await _cast.Sam.Look($"/engagements/{_cast.Engagement}/inventory/coverage?asset=bd")).Html)
            .ShouldContain("There is no asset 'bd'");
        var page = System.Net.WebUtility.HtmlDecode((await _cast.Sam.Look($"/engagements/{_cast.Engagement}/inventory/items/asset/db")).Html);
        page.ShouldContain("Checkout stops with it");
        page.ShouldContain("in use");
        System.Net.WebUtility.HtmlDecode((await _cast.Sam.Look($"/engagements/{_cast.Engagement}/inventory/items/asset/fax")).Html)
            .ShouldContain("none: spending to question");
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/inventory/coverage")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Practices_are_assessed_with_evidence_from_the_system_itself()
    {
        var rows = await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/practice-fit")));
        rows.EnumerateArray().Single(row => row.GetProperty("clause").GetProperty("key").GetString() == "iso-8.2.4").GetProperty("shown")[0].GetProperty("text")
            .GetString()
            .ShouldBe("1 service described in the words of both sides");
        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/practice-fit/iso-9.4"), new { fit = "done" })).Status.ShouldBe(403);
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/practice-fit/iso-9.4"), new { fit = "missing", plan = "Report monthly" })).Body.GetProperty("code")
            .GetString().ShouldBe("fit.owner_missing");
        (await _cast.Pia.Submit($"/engagements/{_cast.Engagement}/practice-fit/iso-9.4", ("fit", "Partly"), ("evidence", "Slides"), ("plan", "Report monthly"),
            ("owner", "Pia"), ("due", "2026-09-30"))).Status.ShouldBe(303);
        (await _cast.Sam.GetStringAsync(_cast.Path("/documents/evidence.md"))).ShouldContain("Report monthly");
        (await _cast.Pia.Submit($"/engagements/{_cast.Engagement}/practice-fit/iso-9.4", ("fit", "Partly"), ("due", "soon"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Words_of_the_business_are_defined_once_for_both()
    {
        (await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/glossary", ("word", "the shop is open"), ("means", "Customers can pay"),
            ("measuredBy", "checkout availability"), ("terms", "checkout.uptime"))).Status.ShouldBe(303);
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/glossary")))).GetProperty("the shop is open").GetProperty("terms")[0].GetString()
            .ShouldBe("checkout.uptime");
        (await _cast.Sam.Ask(HttpMethod.Delete, _cast.Path("/glossary/the%20shop%20is%20open"))).Status.ShouldBe(403);
        await Must(_cast.Pia.Ask(HttpMethod.Delete, _cast.Path("/glossary/the%20shop%20is%20open")));
        (await _cast.Pia.Ask(HttpMethod.Delete, _cast.Path("/glossary/nothing"))).Body.GetProperty("code").GetString().ShouldBe("glossary.unknown");
    }

    [Fact]
    public async Task A_changed_charter_shows_what_changed_and_a_voice_can_be_handed_over()
    {
        await Must(_cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), new
        {
            purpose = "Agree what checkout must do",
            scope = "Checkout and payments",
            roles = new[] { "Ann mediates" },
            successMeasures = new[] { "Signed by May" },
            calendar = new[] { "Review every month" },
        }));
        var html = (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/charter")).Html;
        html.ShouldContain("which you approved");
        html.ShouldContain("<ins>Checkout and payments</ins>");
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/charter/difference")))).EnumerateArray()
            .Count(line => line.GetProperty("change").GetString() == "added").ShouldBe(2);
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/charter/difference?from=5&to=9"))).Status.ShouldBe(400);
        (await _cast.Sam.Submit($"/engagements/{_cast.Engagement}/charter/delegation", ("person", _cast.FeeId))).Status.ShouldBe(303);
        (await Must(_cast.Fee.Ask(HttpMethod.Post, _cast.Path("/charter/approval"), new { edition = 2 }))).GetProperty("isApproved").GetBoolean()
            .ShouldBeTrue();
    }

    [Fact]
    public async Task The_public_catalogue_shows_the_business_view_and_nothing_else_and_only_while_it_is_open()
    {
        using var visitor = _cast.Visitor();
        var page = $"/catalogue/{_cast.Engagement}";
        (await visitor.Look(page)).Status.ShouldBe(404);
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/publication"))).Status.ShouldBe(403);
        await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/services/publication")));
        var (status, html) = await visitor.Look(page);
        status.ShouldBe(200);
        html.ShouldContain("The shop takes orders.");
        html.ShouldNotContain("Three nodes and a database.");
        html.ShouldNotContain("99.5");
        (await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/services/publication", ("public", "no"))).Status.ShouldBe(303);
        (await visitor.Look(page)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_service_tells_its_history()
    {
        var history = await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/services/checkout/history")));
        history.EnumerateArray().Select(one => one.GetProperty("text").GetString()).ShouldBe(
            ["offered: The shop is open, 99.5 %", "asked: The shop is open, 99.9 %", "described as Checkout"]);
    }
}
