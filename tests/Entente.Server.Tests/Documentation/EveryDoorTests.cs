using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>What is written in one room, asked for at every door there is: each route that can be read, by everybody else.</summary>
public sealed partial class EveryDoorTests : IAsyncLifetime
{
    private const string Secret = "Quokka-needs-nights";

    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Release();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Nothing_of_the_customers_room_leaves_it_by_any_route()
    {
        await Write(_cast.Cem, "requirements");
        await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/services/checkout/interview"), new { stops = Secret, costHour = "EUR 98765", peak = Secret }));
        await NobodyReads([Secret, "98765", "98,765"], _cast.Pia, _cast.Ann, _cast.Fee, _cast.Sam);
    }

    [Fact]
    public async Task Nothing_of_the_providers_room_leaves_it_by_any_route()
    {
        await Write(_cast.Pia, "specs");
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"),
            new { external = Secret, @internal = new { risks = Secret, cost = "EUR 98765", underpinning = new[] { $"{Secret}: 99.7 %" } } }));
        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout/interview"),
            new { worry = Secret, levels = "99.9 %: EUR 98765 once" }));
        await NobodyReads([Secret, "98765", "98,765"], _cast.Cem, _cast.Ann, _cast.Fee, _cast.Sam);
    }

    private static object Draft => new { kind = "clause", key = "checkout.nights", title = Secret, text = Secret, proof = "inspection" };

    private async Task Write(HttpClient side, string room)
    {
        await Must(side.Ask(HttpMethod.Put, _cast.Path($"/{room}/checkout/terms/checkout.nights"), Draft));
        (await side.GetStringAsync(_cast.Path($"/{room}"))).ShouldContain(Secret, customMessage: "The test must be able to find it.");
    }

    private async Task NobodyReads(string[] secrets, params HttpClient[] others)
    {
        var addresses = Addresses().ToList();
        addresses.Count.ShouldBeGreaterThan(80);
        var read = 0;
        foreach (var other in others)
        {
            foreach (var address in addresses)
            {
                using var answer = await other.GetAsync(address);
                if (answer.IsSuccessStatusCode) read++;
                var text = Text(await answer.Content.ReadAsByteArrayAsync());
                foreach (var secret in secrets) text.ShouldNotContain(secret, customMessage: address);
            }
        }

        read.ShouldBeGreaterThan(others.Length * 30);
    }

    /// <summary>Every address under the engagement that can be read, each document in each form, and searches for the secret.</summary>
    private IEnumerable<string> Addresses()
    {
        var routes = _cast.Rooms.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") is true)
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => path.Contains("/engagements/{engagement}", StringComparison.Ordinal) && !path.EndsWith("/events", StringComparison.Ordinal));
        foreach (var route in routes.Distinct())
        {
            var path = Parameter().Replace(route, hole => hole.Value switch
            {
                "{engagement}" => _cast.Engagement,
                "{service}" => "checkout",
                "{term}" => "checkout.nights",
                "{kind}" => "asset",
                "{name}" => "catalogue",
                _ => "a1",
            });
            yield return path;
        }

        foreach (var slug in new[] { "charter", "catalogue", "spec-sheets", "internal-sheets", "quality-plan", "evidence" })
        {
            foreach (var kind in new[] { "md", "docx", "json", "html" }) yield return _cast.Path($"/documents/{slug}.{kind}");
        }

        yield return _cast.Path($"/inventory?search={Secret}");
        yield return $"/engagements/{_cast.Engagement}/inventory?search=Quokka";
        yield return $"/engagements/{_cast.Engagement}/requirements?service=checkout&term=checkout.nights";
        yield return $"/engagements/{_cast.Engagement}/spec-sheets?service=checkout&term=checkout.nights";
        yield return $"/catalogue/{_cast.Engagement}";
        yield return "/api/v1/engagements";
        yield return "/";
    }

    /// <summary>A body as text; a packed document as the text of its parts.</summary>
    private static string Text(byte[] body)
    {
        if (body is not [(byte)'P', (byte)'K', ..]) return Encoding.UTF8.GetString(body).Replace("search=Quokka", "", StringComparison.Ordinal)
            .Replace("value=\"Quokka\"", "", StringComparison.Ordinal);
        using var packed = new ZipArchive(new MemoryStream(body));
        return string.Concat(packed.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
