using System.Text.Json;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

public sealed class CatalogueDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task The_gate_opens_when_both_sides_are_satisfied_and_shuts_with_a_change()
    {
        await _cast.Release();
        var edition = (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path("/services/checkout")))).GetProperty("edition").GetInt32();
        await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/services/checkout/satisfaction"), new { edition, satisfied = true, remark = "mind the nights" }));
        (await Gate()).GetProperty("blocks")[0].GetProperty("asks").GetString().ShouldBe("provider");
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout/satisfaction"), new { edition, satisfied = true }));
        (await Gate()).GetProperty("isOpen").GetBoolean().ShouldBeTrue();
        (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/documentation")).Html.ShouldContain("Both sides are satisfied");
        await Must(_cast.Ann.Ask(HttpMethod.Put, _cast.Path("/services/checkout"), new { name = "Checkout", businessView = "Takes orders and payments." }));
        (await Gate()).GetProperty("blocks").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_starts_before_the_charter_is_approved()
    {
        var (status, problem) = await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout"), Card);
        (status, problem.GetProperty("code").GetString()).ShouldBe((422, "charter.missing"));
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/inventory/asset/db"), new { kind = "asset", key = "db", name = "Database" })).Status.ShouldBe(422);
        (await Gate()).GetProperty("blocks")[0].GetProperty("code").GetString().ShouldBe("charter.missing");
    }

    [Fact]
    public async Task Each_seat_does_what_is_its_own_and_a_stranger_finds_nothing()
    {
        await _cast.Release();
        (await _cast.Sam.Ask(HttpMethod.Put, _cast.Path("/services/checkout"), Card)).Status.ShouldBe(403);
        (await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/services/checkout/satisfaction"), new { edition = 3, satisfied = true })).Status.ShouldBe(403);
        (await _cast.Fee.Ask(HttpMethod.Delete, _cast.Path("/services/checkout/satisfaction"))).Status.ShouldBe(403);
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/services/checkout/retirement"), new { reason = "x" })).Status.ShouldBe(403);
        foreach (var path in new[] { "/gate", "/services", "/services/checkout", "/inventory", "/requirements", "/specs" })
            (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path(path))).Status.ShouldBe(404, path);
        foreach (var page in new[] { "documentation", "services", "services/checkout", "requirements", "spec-sheets", "inventory", "inventory/items/asset/db" })
            (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/{page}")).Status.ShouldBe(404, page);
    }

    [Fact]
    public async Task Forms_describe_a_service_and_speak_for_a_side()
    {
        await _cast.Approve();
        var pages = $"/engagements/{_cast.Engagement}";
        (await _cast.Pia.Submit($"{pages}/services", ("key", "checkout"), ("name", "Checkout"), ("businessView", "Takes orders"), ("status", "Live"),
            ("dependsOn", ""))).Status.ShouldBe(303);
        (await _cast.Pia.Submit($"{pages}/services", ("key", "Not A Key"), ("name", "x"), ("businessView", "y"), ("status", "Live")))
            .Html.ShouldContain("no key");
        await Submit(_cast.Cem, "requirements", ">= 99.9 %");
        await Submit(_cast.Pia, "spec-sheets", ">= 99.5 %");
        var html = (await _cast.Cem.Look($"{pages}/services/checkout")).Html;
        html.ShouldContain("0.4 percentage points short of what is asked");
        (await _cast.Cem.Submit($"{pages}/services/checkout/satisfaction", ("edition", "3"), ("say", "notYet"), ("remark", "nights"))).Status.ShouldBe(303);
        (await _cast.Sam.Look($"{pages}/documentation")).Html.ShouldContain("not yet satisfied with Checkout: nights");
        (await _cast.Cem.Submit($"{pages}/services/checkout/satisfaction", ("edition", "1"), ("say", "satisfied")))
            .Html.ShouldContain("Edition 1 was replaced");

        async Task Submit(HttpClient side, string room, string target)
        {
            (await side.Submit($"{pages}/{room}/checkout/terms", ("kind", "availability"), ("key", "checkout.uptime"), ("title", "Open"), ("target", target),
                ("period", "month"))).Status.ShouldBe(303);
            (await side.Submit($"{pages}/{room}/checkout/release")).Status.ShouldBe(303);
        }
    }

    [Theory]
    [InlineData("""{"kind":"availability","key":"checkout.uptime","title":"t","target":"always"}""", "objective such as")]
    [InlineData("""{"kind":"availability","key":"other","title":"t","target":">= 99 %"}""", "expected 'checkout.uptime' as in the address")]
    [InlineData("""{"kind":"availability","key":"checkout.uptime","title":"t","target":">= 101 %"}""", "more than everything")]
    [InlineData("""{"kind":"zork","key":"checkout.uptime","title":"t"}""", "zork")]
    public async Task A_term_that_cannot_be_tested_is_refused_with_its_place(string body, string says)
    {
        await _cast.Describe();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _cast.Cem.PutAsync(_cast.Path("/requirements/checkout/terms/checkout.uptime"), content);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain(says);
    }

    [Fact]
    public async Task The_form_says_which_field_is_wrong_and_keeps_what_was_typed()
    {
        await _cast.Describe();
        var (status, html) = await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/requirements/checkout/terms",
            ("kind", "latency"), ("key", "checkout.fast"), ("title", "Pages are fast"), ("threshold", "quick"), ("target", ">= 95 %"));
        status.ShouldBe(422);
        html.ShouldContain("threshold: expected a duration");
        html.ShouldContain("Pages are fast");
    }

    private async Task<JsonElement> Gate() => await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/gate")));
}
