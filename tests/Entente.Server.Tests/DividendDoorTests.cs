using System.Net;
using System.Text.Json;

namespace Entente.Server.Tests;

/// <summary>What an agreement's certificate says, what it brought each party in money, and when it may be
/// signed.</summary>
public sealed class DividendDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
        await _cast.OpenTable(new { title = "Checkout 2027", effectiveFrom = "2026-01-01" });
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Each_party_sees_what_it_gained_against_the_status_quo_and_nobody_else_until_it_is_opened()
    {
        await Money();
        await _cast.Agree();
        var provider = (await Dividend(_cast.Pia)).GetProperty("mine");
        // From 99.8 % to 99.9 % costs 6,000 more, from 6 h to 4 h 2,000 more, and the charge falls from 45,800 to 44,500.
        provider.GetProperty("total").GetDecimal().ShouldBe(-6000 - 2000 - 1300);
        var avoided = provider.GetProperty("avoided").EnumerateArray().ToDictionary(
            line => line.GetProperty("term").GetString()!, line => line.GetProperty("amount").GetDecimal());
        avoided.ShouldBe(new Dictionary<string, decimal> { ["availability"] = 3000m }, "99.95 % was asked for and costs 9,000");
        var customer = (await Dividend(_cast.Cem)).GetProperty("mine");
        // 0.1 % of 730.5 hours and two hours of an outage less, at 4,000 an hour, and a charge that is 1,300 lower.
        customer.GetProperty("total").GetDecimal().ShouldBe(0.7305m * 4000 + 2 * 4000 + 1300);
        foreach (var other in new[] { _cast.Ann, _cast.Sam })
            (await Dividend(other)).TryGetProperty("mine", out _).ShouldBeFalse();
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/agreements/a1/versions/1/dividend"))).Status.ShouldBe(404);
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body.ToString().ShouldNotContain("9300");
        WebUtility.HtmlDecode(await Page(_cast.Pia)).ShouldContain("−€ 9,300 a month");
        WebUtility.HtmlDecode(await Page(_cast.Cem)).ShouldNotContain("9,300");

        (await Open(_cast.Sam)).Status.ShouldBe(403);
        (await Open(_cast.Pia)).Status.ShouldBe(200);
        WebUtility.HtmlDecode(await Page(_cast.Sam)).ShouldNotContain("Both sides together");
        (await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/agreements/a1/versions/1/dividend/opening")).Status.ShouldBe(303);
        WebUtility.HtmlDecode(await Page(_cast.Sam)).ShouldContain("Both sides together: <b>+€ 2,922</b> a month");
    }

    [Fact]
    public async Task Without_a_cost_model_or_an_interview_the_charge_alone_speaks_and_says_what_is_not_known()
    {
        await _cast.Agree();
        var mine = (await Dividend(_cast.Fee)).GetProperty("mine");
        mine.GetProperty("total").GetDecimal().ShouldBe(45_800 - 44_500);
        mine.GetProperty("unknown").EnumerateArray().Select(one => one.GetString()).ShouldBe(["Checkout availability", "Restore time"]);
    }

    [Fact]
    public async Task A_package_that_fails_the_win_win_test_is_signed_only_with_a_waiver_and_its_reason()
    {
        await Rooms();
        // Both would rather have the opposite: the provider cares for restore time, the customer for availability.
        await _cast.Offer(_cast.Pia, new { availability = "99.8 %", restore = "2 h", charge = "EUR 44500" });
        (await _cast.Post(_cast.Cem, "/offers/o1/acceptance")).Status.ShouldBe(200);
        Certificate(await Agreement()).GetProperty("efficient").GetBoolean().ShouldBeFalse();
        (await _cast.Sign(_cast.Pia)).Body.GetProperty("code").GetString().ShouldBe("agreement.not_efficient");
        (await _cast.Post(_cast.Ann, "/waiver", new { reason = "The board wants it so" })).Status.ShouldBe(200);
        (await _cast.Sign(_cast.Pia)).Status.ShouldBe(200);
        (await _cast.Sign(_cast.Cem)).Status.ShouldBe(200);
        Certificate(await Agreement()).GetProperty("waiver").GetString().ShouldBe("The board wants it so");
    }

    [Fact]
    public async Task An_improvement_that_one_side_refuses_leaves_the_first_deal_to_be_signed()
    {
        await Rooms();
        await _cast.Offer(_cast.Pia, new { availability = "99.8 %", restore = "2 h", charge = "EUR 44500" });
        await _cast.Post(_cast.Cem, "/offers/o1/acceptance");
        (await _cast.Post(_cast.Ann, "/improvements")).Status.ShouldBe(200);
        (await _cast.Post(_cast.Cem, "/offers/o2/rejection", new { reason = "We announced this one" })).Status.ShouldBe(200);
        (await _cast.Sign(_cast.Cem)).Status.ShouldBe(200);
        Certificate(await Agreement()).GetProperty("waiver").GetString()!.ShouldContain("We announced this one");
    }

    [Fact]
    public async Task The_certificate_names_the_versions_it_was_computed_from()
    {
        await Money();
        await _cast.Agree();
        Certificate(await Agreement()).GetProperty("versions").EnumerateArray().Select(one => one.GetString())
            .ShouldContain("cost model, version 1");
        (await Page(_cast.Sam)).ShouldContain("cost model, version 1");
    }

    private async Task Money()
    {
        (await _cast.Fee.Ask(HttpMethod.Put, _cast.Path("/cost"), new
        {
            model = new
            {
                currency = "EUR",
                lines = new object[]
                {
                    new { name = "Second site", kind = "steps", term = "availability",
                        steps = new[] { new { from = "99.9 %", amount = 6000 }, new { from = "99.95 %", amount = 9000 } } },
                    new { name = "On call", kind = "steps", term = "restore", steps = new[] { new { from = "4 h", amount = 2000 } } },
                },
            },
        })).Status.ShouldBe(200);
        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/services/checkout/interview"), new { costHour = "EUR 4000" })).Status.ShouldBe(200);
    }

    private async Task Rooms()
    {
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"),
            new { swings = new { availability = 5, restore = 90, charge = 20 }, walkAway = 0 })).Status.ShouldBe(200);
        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"),
            new { swings = new { availability = 90, restore = 5, charge = 20 }, walkAway = 0 })).Status.ShouldBe(200);
    }

    private Task<(int Status, JsonElement Body)> Open(HttpClient by) =>
        by.Ask(HttpMethod.Post, _cast.Path("/agreements/a1/versions/1/dividend/opening"));

    private async Task<JsonElement> Dividend(HttpClient by) =>
        (await by.Ask(HttpMethod.Get, _cast.Path("/agreements/a1/versions/1/dividend"))).Body;

    private async Task<JsonElement> Agreement() => (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body;

    private static JsonElement Certificate(JsonElement agreement) => agreement.GetProperty("versions")[0].GetProperty("certificate");

    private async Task<string> Page(HttpClient by) =>
        (await by.Look($"/engagements/{_cast.Engagement}/agreements/a1")).Html;
}
