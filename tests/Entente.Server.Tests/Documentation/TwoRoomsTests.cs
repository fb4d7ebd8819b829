using System.Net.Http.Headers;
using Entente.Server.Live;
using Entente.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>Nothing written in one room reaches anybody else before it is released.</summary>
public sealed class TwoRoomsTests : IAsyncLifetime
{
    private const string Secret = "Quokka-needs-nights";

    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_requirement_is_read_only_by_the_customer_until_it_is_released()
    {
        await _cast.Describe();
        await Draft(_cast.Cem, "requirements");
        await NobodyReads(_cast.Ann, _cast.Pia, _cast.Fee, _cast.Sam);
        (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/requirements")).Html.ShouldContain(Secret);
        await Must(_cast.Cem.Ask(HttpMethod.Post, _cast.Path("/requirements/checkout/release"), new { }));
        (await _cast.Pia.Look($"/engagements/{_cast.Engagement}/requirements")).Html.ShouldContain(Secret);
    }

    [Fact]
    public async Task A_spec_line_is_read_only_by_the_provider_until_it_is_released()
    {
        await _cast.Describe();
        await Draft(_cast.Pia, "specs");
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), new { external = Secret, @internal = new { risks = Secret } }));
        await NobodyReads(_cast.Ann, _cast.Cem, _cast.Fee, _cast.Sam);
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path("/specs/checkout/release"), new { }));
        (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/services/checkout")).Html.ShouldContain(Secret);
    }

    [Fact]
    public async Task A_change_to_a_released_requirement_is_a_draft_again()
    {
        await _cast.Release();
        await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/requirements/checkout/terms/checkout.uptime"), Uptime(">= 99.99 %")));
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/services/checkout"))).Body.ToString().ShouldNotContain("99.99");
        await Must(_cast.Cem.Ask(HttpMethod.Delete, _cast.Path("/requirements/checkout/terms/checkout.uptime")));
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/services/checkout"))).Body.GetProperty("terms")[0].TryGetProperty("asked", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task No_event_tells_that_the_other_room_writes()
    {
        await _cast.Describe();
        using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/engagements/{_cast.Engagement}/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await _cast.Pia.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ends.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ends.Token));
        (await reader.ReadLineAsync(ends.Token)).ShouldBe("retry: 1000");
        await Draft(_cast.Cem, "requirements");
        await Must(_cast.Ann.Ask(HttpMethod.Put, _cast.Path("/services/search"), new { name = "Search", businessView = "Finds goods." }));
        List<string> heard = [];
        while (heard.Count == 0 && await reader.ReadLineAsync(ends.Token) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal)) heard.Add(line);
        }

        // The only news heard is the service: the draft before it beat no event of its own.
        var position = await _cast.Rooms.GetRequiredService<FactLedger>().Position();
        heard.Select(line => _cast.Rooms.GetRequiredService<FeedPlaces>().Find(line["data: ".Length..])).ShouldBe([position]);
    }

    [Fact]
    public async Task The_internal_sheet_goes_to_chair_and_accounting_when_opened_and_never_to_the_customer()
    {
        await _cast.Describe();
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"),
            new { external = "You can pay.", @internal = new { cost = "EUR 1200", risks = Secret } }));
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/specs/checkout/internal"))).Status.ShouldBe(404);
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path("/specs/checkout/internal-opening"), new { }));
        (await _cast.Fee.Ask(HttpMethod.Get, _cast.Path("/specs/checkout/internal"))).Body.GetProperty("risks").GetString().ShouldBe(Secret);
        (await _cast.Ann.Look($"/engagements/{_cast.Engagement}/spec-sheets")).Html.ShouldContain(Secret);
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/specs/checkout/internal"))).Status.ShouldBe(403);
        await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path("/specs/checkout/release"), new { }));
        (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/spec-sheets")).Html.ShouldNotContain(Secret);
    }

    private static object Secretive => new { kind = "clause", key = "checkout.nights", title = Secret, text = Secret, proof = "inspection" };

    private Task Draft(HttpClient side, string room) =>
        Must(side.Ask(HttpMethod.Put, _cast.Path($"/{room}/checkout/terms/checkout.nights"), Secretive));

    private async Task NobodyReads(params HttpClient[] others)
    {
        foreach (var other in others)
        {
            foreach (var path in new[] { "", "/waiting", "/gate", "/services", "/services/checkout", "/inventory", "/requirements", "/specs",
                "/specs/checkout/internal" })
                (await other.Ask(HttpMethod.Get, _cast.Path(path))).Body.ToString().ShouldNotContain(Secret, customMessage: path);
            foreach (var page in new[] { "", "/documentation", "/services", "/services/checkout", "/requirements",
                "/requirements?service=checkout&term=checkout.nights", "/spec-sheets", "/inventory" })
                (await other.Look($"/engagements/{_cast.Engagement}{page}")).Html.ShouldNotContain(Secret, customMessage: page);
        }
    }
}
