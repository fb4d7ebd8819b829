using System.Net.Http.Headers;
using System.Text;

namespace Entente.Server.Tests;

public sealed class EvidenceDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Each_sides_value_shows_what_it_would_have_attained_on_the_measured_history()
    {
        var rows = new StringBuilder("start,end,series,state\n");
        rows.AppendLine("2025-10-01T00:00:00Z,2025-12-05T10:00:00Z,checkout,up");
        rows.AppendLine("2025-12-05T10:00:00Z,2025-12-05T14:00:00Z,checkout,down");
        rows.AppendLine("2025-12-05T14:00:00Z,2026-03-01T00:00:00Z,checkout,up");
        using var content = new StringContent(rows.ToString());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var taken = await _cast.Pia.PostAsync(_cast.Path("/measurements?name=outages.csv"), content);
        taken.IsSuccessStatusCode.ShouldBeTrue(await taken.Content.ReadAsStringAsync());
        await _cast.OpenTable();
        var html = (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/negotiation/n1")).Html;
        html.ShouldContain("99.8 % met 4 of 5");
        html.ShouldContain("99.95 % met 4 of 5");
        await _cast.Agree();
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1")))
            .Body.GetProperty("versions")[0].GetProperty("certificate")
            .GetProperty("evidence")[0].GetString()!.ShouldContain("outages.csv");
    }
}
