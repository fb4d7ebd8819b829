using System.Text.Json;

namespace Entente.Server.Tests;

/// <summary>OLAs and UCs below an agreement: small tables of their own, unseen by the customer, added up against what is
/// promised.</summary>
public sealed class UnderpinningDoorTests : IAsyncLifetime
{
    private static readonly (string Term, string Value)[] _availability = [("availability", "99.9 %")];

    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
        await _cast.OpenTable(new { title = "Checkout 2027", effectiveFrom = "2026-01-01" });
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_small_table_ends_in_a_signed_contract_and_carries_what_is_promised()
    {
        await _cast.Agree();
        var hoster = await Begin("hoster", "uc", "Hosting Ltd", ("availability", "99.95 %"), ("restore", "2 h"));
        var network = await Begin("network", "ola", "Network team", ("availability", "99.9 %"), ("restore", "1 h"));
        var rows = await Carried();
        // 0.9995 × 0.999 = 0.9985005, below the 99.9 % that was agreed; two hours and one fit into four.
        rows["availability"].ShouldBe(("99.85 %", false));
        rows["restore"].ShouldBe(("3 h", true));
        foreach (var (child, party) in new[] { (hoster, "availability"), (network, "availability") })
        {
            await Settle(child, party, "99.97 %");
        }

        rows = await Carried();
        rows["availability"].ShouldBe(("99.94 %", true));
        var contracts = (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/underpinnings"))).Body.GetProperty("contracts");
        contracts.EnumerateArray().Select(one => one.GetProperty("standing").GetString()).ShouldBe(["signed", "signed"]);
        (await _cast.Sam.Ask(HttpMethod.Get, $"/api/v1/engagements/{hoster}/agreements/a1")).Body.GetProperty("type").GetString().ShouldBe("uc");
        // For those who may read them they are evidence that suppliers carry what is promised.
        foreach (var (reader, reads) in new[] { (_cast.Ann, true), (_cast.Fee, true), (_cast.Cem, false), (_cast.Sam, false) })
        {
            foreach (var paper in new[] { "/practice-fit/evidence.csv", "/documents/evidence.md" })
            {
                var list = await reader.GetStringAsync(_cast.Path(paper));
                (list.Contains("1 contract with a supplier signed", StringComparison.Ordinal),
                    list.Contains("1 agreement inside the house signed", StringComparison.Ordinal)).ShouldBe((reads, reads), paper);
            }
        }
    }

    [Fact]
    public async Task The_customer_sees_nothing_of_what_is_below()
    {
        var child = await Begin("hoster", "uc", "Hosting Ltd", ("availability", "99.95 %"));
        foreach (var (reader, status) in new[] { (_cast.Pia, 200), (_cast.Ann, 200), (_cast.Fee, 200), (_cast.Cem, 403), (_cast.Sam, 403), (_cast.Zoe, 404) })
        {
            (await reader.Ask(HttpMethod.Get, _cast.Path("/underpinnings"))).Status.ShouldBe(status);
            (await reader.Look($"/engagements/{_cast.Engagement}/agreements/underpinnings")).Status.ShouldBe(status);
        }

        (await _cast.Cem.Ask(HttpMethod.Get, $"/api/v1/engagements/{child}")).Status.ShouldBe(404);
        (await _cast.Cem.Ask(HttpMethod.Get, "/api/v1/engagements")).Body.GetArrayLength().ShouldBe(1);
        (await Evidence(_cast.Pia)).ShouldContain("is carried by IT's own contracts");
        (await Evidence(_cast.Cem)).ShouldNotContain("contracts");
        (await _cast.Pia.Ask(HttpMethod.Get, $"/api/v1/engagements/{child}")).Body.ToString().ShouldNotContain(_cast.Engagement);
        // Behind the gaps of the documentation stand the same contracts, for the same readers as the internal sheet.
        (await Gaps(_cast.Pia)).ShouldContain("contracts allow at best 99.95 %");
        (await Gaps(_cast.Pia)).ShouldContain("hoster is asked with Hosting Ltd");
        foreach (var other in new[] { _cast.Cem, _cast.Sam }) (await Gaps(other)).ShouldNotContain("contracts allow");
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/specs/checkout/sheet-draft"))).Body.GetProperty("sheet").GetProperty("internal")
            .GetProperty("underpinning").EnumerateArray().Select(line => line.GetString()).ShouldContain("hoster");

        async Task<string> Gaps(HttpClient by) => (await by.Ask(HttpMethod.Get, _cast.Path("/services/checkout/gaps"))).Body.ToString();

        async Task<string> Evidence(HttpClient by) =>
            (await by.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/evidence"))).Body.ToString();
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused()
    {
        (await Post(_cast.Fee, "hoster", "uc", "Hosting Ltd", "checkout", ("availability", "99.9 %"))).Status.ShouldBe(403);
        foreach (var (type, party, asks, code) in new[]
        {
            ("sla", "Hosting Ltd", _availability, "underpinning.type"), ("uc", "Acme IT", _availability, "engagement.one_party"),
            ("uc", "Hosting Ltd", [], "underpinning.no_terms"),
        })
            Code(await Post(_cast.Pia, "hoster", type, party, "checkout", asks)).ShouldBe(code);
        (await Post(_cast.Pia, "hoster", "uc", "Hosting Ltd", "billing", ("availability", "99.9 %"))).Status.ShouldBe(400);
        (await Post(_cast.Pia, "hoster", "uc", "Hosting Ltd", "checkout", ("speed", "99.9 %"))).Status.ShouldBe(400);
        (await Post(_cast.Pia, "hoster", "uc", "Hosting Ltd", "checkout", ("availability", "soon"))).Status.ShouldBe(400);
        await Begin("hoster", "uc", "Hosting Ltd", ("availability", "99.95 %"));
        Code(await Post(_cast.Pia, "hoster", "uc", "Other Ltd", "checkout", _availability)).ShouldBe("underpinning.exists");
        (await _cast.Pia.Submit($"/engagements/{_cast.Engagement}/agreements/underpinnings", ("contract", "power"), ("type", "Uc"),
            ("party", "Grid plc"), ("service", "checkout"), ("ask.availability", "99.99 %"), ("representative", _cast.SamId))).Status.ShouldBe(303);
        (await _cast.Pia.Look($"/engagements/{_cast.Engagement}/agreements/underpinnings")).Html.ShouldContain("Grid plc");
    }

    private static string? Code((int Status, JsonElement Body) answer) => answer.Body.GetProperty("code").GetString();

    private async Task<string> Begin(string contract, string type, string party, params (string Term, string Value)[] asks)
    {
        var (status, body) = await Post(_cast.Pia, contract, type, party, "checkout", asks);
        status.ShouldBe(201, body.ToString());
        return body.GetProperty("contracts").EnumerateArray().Last().GetProperty("engagement").GetString()!;
    }

    private Task<(int Status, JsonElement Body)> Post(
        HttpClient by, string contract, string type, string party, string service, params (string Term, string Value)[] asks) =>
        by.Ask(HttpMethod.Post, _cast.Path("/underpinnings"), new
        {
            contract,
            type,
            party,
            service,
            representative = _cast.SamId,
            asks = asks.Select(ask => new { term = ask.Term, value = ask.Value }),
        });

    /// <summary>Sam sits for the party below, Pia buys: an offer, a yes, two signatures.</summary>
    private async Task Settle(string child, string term, string value)
    {
        var table = $"/api/v1/engagements/{child}/negotiations/n1";
        var package = (await _cast.Pia.Ask(HttpMethod.Get, table)).Body.GetProperty("terms").EnumerateArray().ToDictionary(
            one => one.GetProperty("key").GetString()!,
            one => one.GetProperty("key").GetString() == term ? (object)value : one.GetProperty("customerAsks"));
        (await _cast.Sam.Ask(HttpMethod.Post, $"{table}/offers", new { package })).Status.ShouldBe(200);
        (await _cast.Pia.Ask(HttpMethod.Post, $"{table}/offers/o1/acceptance")).Status.ShouldBe(200);
        foreach (var signer in new[] { _cast.Sam, _cast.Pia })
            (await signer.Ask(HttpMethod.Post, $"/api/v1/engagements/{child}/agreements/a1/signatures",
                new { version = 1, title = "Head", place = "Berlin" })).Status.ShouldBe(200);
    }

    private async Task<Dictionary<string, (string?, bool)>> Carried() =>
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/underpinnings"))).Body.GetProperty("carried").EnumerateArray()
            .ToDictionary(row => row.GetProperty("term").GetString()!,
                row => (row.GetProperty("carried").GetString(), row.GetProperty("holds").GetBoolean()));
}
