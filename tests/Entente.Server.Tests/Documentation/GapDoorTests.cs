using System.Net.Http.Headers;
using System.Text;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>Behind each gap stands its evidence, and what is one side's own stays there.</summary>
public sealed class GapDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Describe();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_gap_is_told_in_numbers_with_what_history_shows_and_contracts_allow()
    {
        await Release();
        await Measure();
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"),
            new { external = "You can pay.", @internal = new { underpinning = new[] { "Hosting quokka: 99.7 %", "Network: 99.95 %" } } }));
        var gap = (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/services/checkout/gaps"))))[0];
        (gap.GetProperty("gap").GetDecimal(), gap.GetProperty("fallsShort").GetBoolean()).ShouldBe((0.0045m, true));
        var says = gap.GetProperty("evidence").EnumerateArray().Select(proof => proof.GetProperty("text").GetString()!).ToList();
        says.ShouldContain("asked 99.95 % met in 4 of 5 months");
        says.ShouldContain("offered 99.5 % met in 4 of 5 months");
        says.ShouldContain("underpinning as written allows at best 99.6501 %, asked ✗, offered ✓");
        System.Net.WebUtility.HtmlDecode((await _cast.Pia.Look($"/engagements/{_cast.Engagement}/services/checkout")).Html)
            .ShouldContain("Hosting quokka 99.7 % × Network 99.95 %");
        // History is everybody's; the contracts are the provider's own until it opens the internal sheet, and never the customer's.
        foreach (var other in new[] { _cast.Cem, _cast.Ann, _cast.Sam })
        {
            var read = (await Must(other.Ask(HttpMethod.Get, _cast.Path("/services/checkout/gaps")))).ToString();
            read.ShouldContain("met in 4 of 5 months");
            read.ShouldNotContain("quokka");
            (await other.Look($"/engagements/{_cast.Engagement}/services/checkout")).Html.ShouldNotContain("quokka");
        }

        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path("/specs/checkout/internal-opening"), new { }));
        (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/services/checkout/gaps")))).ToString().ShouldContain("quokka");
        (await Must(_cast.Cem.Ask(HttpMethod.Get, _cast.Path("/services/checkout/gaps")))).ToString().ShouldNotContain("quokka");
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/services/checkout/gaps"))).Status.ShouldBe(404);
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/services/none/gaps"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task History_under_another_name_says_that_it_does_not_tell()
    {
        await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/requirements/checkout/terms/checkout.uptime"), new
        {
            kind = "availability",
            key = "checkout.uptime",
            title = "Open",
            target = ">= 99.9 %",
            period = "month",
            measure = new { series = new[] { "shop" } },
        }));
        await Must(_cast.Cem.Ask(HttpMethod.Post, _cast.Path("/requirements/checkout/release"), new { }));
        await Measure();
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/services/checkout/gaps"))))[0].GetProperty("evidence")[0].GetProperty("text").GetString()
            .ShouldBe("history does not tell");
    }

    private async Task Release()
    {
        foreach (var (side, room, target) in new[] { (_cast.Cem, "requirements", ">= 99.95 %"), (_cast.Pia, "specs", ">= 99.5 %") })
        {
            await Must(side.Ask(HttpMethod.Put, _cast.Path($"/{room}/checkout/terms/checkout.uptime"), Uptime(target)));
            await Must(side.Ask(HttpMethod.Post, _cast.Path($"/{room}/checkout/release"), new { }));
        }
    }

    private async Task Measure()
    {
        var rows = new StringBuilder("start,end,series,state\n");
        rows.AppendLine("2025-10-01T00:00:00Z,2025-12-05T10:00:00Z,checkout,up");
        rows.AppendLine("2025-12-05T10:00:00Z,2025-12-05T14:00:00Z,checkout,down");
        rows.AppendLine("2025-12-05T14:00:00Z,2026-03-01T00:00:00Z,checkout,up");
        using var content = new StringContent(rows.ToString());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var taken = await _cast.Pia.PostAsync(_cast.Path("/measurements?name=outages.csv"), content);
        taken.IsSuccessStatusCode.ShouldBeTrue(await taken.Content.ReadAsStringAsync());
    }
}
