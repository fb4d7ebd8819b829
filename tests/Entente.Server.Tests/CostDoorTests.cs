using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Entente.Server.Tests;

/// <summary>What promises cost and what missing them loses: shown to whom it belongs, and the start of each side's
/// sealed preference.</summary>
public sealed class CostDoorTests : IAsyncLifetime
{
    private static readonly object _model = new
    {
        model = new
        {
            currency = "EUR",
            lines = new object[]
            {
                new { name = "Second site", kind = "steps", term = "availability",
                    steps = new[] { new { from = "99.9 %", amount = 6123 }, new { from = "99.95 %", amount = 9123 } } },
                new { name = "On call", kind = "steps", term = "restore", steps = new[] { new { from = "4 h", amount = 2123 } } },
            },
        },
    };

    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
        await _cast.OpenTable();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Accounting_writes_versions_and_opens_them_and_nobody_else_does()
    {
        (await Put(_cast.Pia, _model)).Status.ShouldBe(403);
        (await Put(_cast.Zoe, _model)).Status.ShouldBe(404);
        (await Put(_cast.Fee, new { model = new { currency = "EUR", lines = new[] { new { name = "", kind = "fixed" } } } })).Status.ShouldBe(400);
        (await Put(_cast.Fee, _model)).Body.GetProperty("inForce").GetInt32().ShouldBe(1);
        foreach (var (reader, status) in new[] { (_cast.Fee, 200), (_cast.Pia, 200), (_cast.Cem, 403), (_cast.Ann, 403), (_cast.Sam, 403), (_cast.Zoe, 404) })
        {
            (await reader.Ask(HttpMethod.Get, _cast.Path("/cost"))).Status.ShouldBe(status);
            (await reader.Look($"/engagements/{_cast.Engagement}/negotiation/cost")).Status.ShouldBe(status);
        }

        (await _cast.Fee.Submit($"/engagements/{_cast.Engagement}/negotiation/cost", ("currency", "EUR"), ("from", "2026-05-01"),
            ("lines", "Second site | steps | availability | 99.9 %: 7000"))).Status.ShouldBe(303);
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/cost"))).Body.GetProperty("inForce").GetInt32().ShouldBe(1, "version 2 begins in May");
        (await _cast.Fee.Ask(HttpMethod.Post, _cast.Path("/cost/opening"), new { to = "serviceLevelManager" })).Status.ShouldBe(200);
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/cost"))).Status.ShouldBe(200);
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/cost"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Each_option_shows_its_cost_to_the_provider_and_its_loss_to_the_customer_and_neither_to_the_other()
    {
        await Put(_cast.Fee, _model);
        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/services/checkout/interview"),
            new { costHour = "EUR 4321" })).Status.ShouldBe(200);
        var mine = await Evidence(_cast.Pia);
        mine.ShouldContain("99.95 % costs € 9,123 a month to provide");
        mine.ShouldContain("needed from 99.95 % on");
        mine.ShouldNotContain("4,321");
        var theirs = await Evidence(_cast.Cem);
        // A month of 730.5 hours at 99.95 % leaves 0.36525 hours, each at the one price there is.
        theirs.ShouldContain("99.95 % leaves a loss of € 1,578.25 a month");
        theirs.ShouldNotContain("9,123");
        foreach (var other in new[] { _cast.Ann, _cast.Sam })
        {
            (await Evidence(other)).ShouldNotContain("€");
            (await other.Look($"/engagements/{_cast.Engagement}/negotiation/n1/evidence")).Html.ShouldNotContain("9,123");
        }

        WebUtility.HtmlDecode((await _cast.Pia.Look($"/engagements/{_cast.Engagement}/negotiation/n1")).Html).ShouldContain("99.95 % costs € 9,123");
        WebUtility.HtmlDecode((await _cast.Cem.Look($"/engagements/{_cast.Engagement}/negotiation/n1/evidence")).Html).ShouldContain("€ 1,578.25");
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/evidence"))).Status.ShouldBe(404);
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/negotiation/n1/evidence")).Status.ShouldBe(404);
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n9/evidence"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Nobody_starts_from_an_empty_sheet()
    {
        (await Believed(_cast.Pia)).ShouldNotContain("saves you");
        await Put(_cast.Fee, _model);
        await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/services/checkout/interview"), new { costHour = "EUR 4321" });
        (await Believed(_cast.Pia)).ShouldContain("Checkout availability at 99.8 % instead of 99.95 % saves you € 9,123 a month");
        // Six hours instead of two: four hours at € 4,321.
        var customer = await Believed(_cast.Cem);
        customer.ShouldContain("Restore time at 2 h instead of 6 h is worth € 17,284 a month to you");
        customer.ShouldContain("You care most about Restore time");
        await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"),
            new { swings = new { availability = 100, restore = 1, charge = 1 } });
        customer = await Believed(_cast.Cem);
        customer.ShouldContain("You care most about Checkout availability");
        customer.ShouldNotContain("17,284");
    }

    [Fact]
    public async Task What_providing_may_cost_is_a_hard_limit_whose_figures_only_readers_of_the_model_learn()
    {
        var limit = _cast.Path("/cost/limit");
        (await _cast.Fee.Ask(HttpMethod.Put, limit, new { limit = "EUR 8000" })).Body.GetProperty("code").GetString()
            .ShouldBe("cost.no_model");
        await Put(_cast.Fee, _model);
        (await _cast.Pia.Ask(HttpMethod.Put, limit, new { limit = "EUR 8000" })).Status.ShouldBe(403);
        (await _cast.Zoe.Ask(HttpMethod.Put, limit, new { limit = "EUR 8000" })).Status.ShouldBe(404);
        (await _cast.Fee.Ask(HttpMethod.Put, limit, new { limit = "EUR 8000" })).Body.GetProperty("limit").GetString()
            .ShouldBe("EUR 8000");
        // 99.9 % costs 6123 and 4 h 2123.
        var provider = (await _cast.Offer(_cast.Pia)).Body;
        provider.GetProperty("code").GetString().ShouldBe("negotiation.cost_limit");
        provider.GetProperty("detail").GetString()!.ShouldContain("costs € 8,246 a month; accounting's limit is € 8,000, € 246 less");
        var customer = (await _cast.Offer(_cast.Cem)).Body.GetProperty("detail").GetString();
        customer.ShouldBe("This package passes a limit that accounting has set, and only accounting raises it.");
        foreach (var other in new[] { _cast.Cem, _cast.Ann, _cast.Sam })
            (await other.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))).Body.GetRawText().ShouldNotContain("8000");
        var page = $"/engagements/{_cast.Engagement}/negotiation/cost";
        (await _cast.Fee.Submit($"{page}/limit", ("limit", "EUR 9000"))).Html.ShouldContain("needs a reason");
        (await _cast.Fee.Submit($"{page}/limit", ("limit", "EUR 9000"), ("reason", "A second year"))).Status.ShouldBe(303);
        (await _cast.Pia.Look(page)).Html.ShouldContain("A second year");
        (await _cast.Offer(_cast.Pia)).Status.ShouldBe(200);
        await _cast.Fee.Ask(HttpMethod.Put, limit, new { limit = "EUR 8000" });
        (await _cast.Post(_cast.Cem, "/offers/o1/acceptance")).Body.GetProperty("code").GetString()
            .ShouldBe("negotiation.cost_limit");
    }

    [Fact]
    public async Task Packages_of_equal_worth_may_be_offered_and_where_none_are_left_the_limit_is_named_without_figures()
    {
        await Put(_cast.Fee, _model);
        await _cast.Fee.Ask(HttpMethod.Put, _cast.Path("/cost/limit"), new { limit = "EUR 7000" });
        var page = $"/engagements/{_cast.Engagement}/negotiation/n1/equal-worth";
        var found = (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/equal-worth"))).Body;
        found.GetArrayLength().ShouldBeGreaterThanOrEqualTo(2);
        (await _cast.Post(_cast.Pia, "/offer-sets", new
        {
            packages = found.EnumerateArray().Select(one => new { package = one.GetProperty("package") }),
        })).Status.ShouldBe(200, "none of them passes the limit");
        await _cast.Fee.Ask(HttpMethod.Put, _cast.Path("/cost/limit"), new { limit = "EUR 0" });
        var none = await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/equal-worth"));
        none.Body.GetProperty("code").GetString().ShouldBe("negotiation.equal_worth");
        none.Body.GetProperty("detail").GetString().ShouldBe(
            "No two packages of equal worth to you are left: accounting has set a limit that they would pass.");
        (await _cast.Cem.Look(page)).Html.ShouldContain("accounting has set a limit that they would pass");
        (await _cast.Zoe.Look(page)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task IT_s_levels_stand_in_where_accounting_has_no_line_and_only_IT_sees_what_they_cost()
    {
        // The term on this table is called availability, the interview's level checkout.availability.
        await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout/interview"), new { levels = "availability 99.9 %: EUR 6543 a month" });
        foreach (var reader in new[] { _cast.Pia, _cast.Cem, _cast.Fee }) (await Evidence(reader)).ShouldNotContain("6,543");
    }

    [Fact]
    public async Task History_says_each_month_the_probability_of_missing_and_opens_into_its_months()
    {
        var rows = "start,end,series,state\n2025-10-01T00:00:00Z,2025-12-05T10:00:00Z,checkout,up\n"
            + "2025-12-05T10:00:00Z,2025-12-05T14:00:00Z,checkout,down\n2025-12-05T14:00:00Z,2026-03-01T00:00:00Z,checkout,up\n";
        using var content = new StringContent(rows, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        using var taken = await _cast.Pia.PostAsync(_cast.Path("/measurements?name=outages.csv"), content);
        taken.IsSuccessStatusCode.ShouldBeTrue();
        var chips = (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/evidence"))).Body.EnumerateArray()
            .Single(one => one.GetProperty("term").GetString() == "availability"
                && one.GetProperty("option").GetProperty("of").GetString() == "99.95 %").GetProperty("evidence")[0];
        chips.GetProperty("text").GetString().ShouldBe("99.95 % met 4 of 5");
        chips.GetProperty("why").GetString()!.ShouldContain("Probability of missing it: 20 %");
        chips.GetProperty("source").GetString()!.ShouldMatch("^outages.csv sha256 [0-9a-f]{12}$");
        chips.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("name").GetString())
            .ShouldBe(["2026-02", "2026-01", "2025-12", "2025-11", "2025-10"]);
        chips.GetProperty("parts")[2].GetProperty("text").GetString()!.ShouldContain("missed");
    }

    private Task<(int Status, JsonElement Body)> Put(HttpClient by, object model) => by.Ask(HttpMethod.Put, _cast.Path("/cost"), model);

    private async Task<string> Evidence(HttpClient by) =>
        (await by.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/evidence"))).Body.ToString();

    private async Task<string> Believed(HttpClient by) => string.Join(' ',
        (await by.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body.GetProperty("believed").EnumerateArray());
}
