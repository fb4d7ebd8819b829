using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Entente.Journey.Tests;

/// <summary>Four programs that act for the four people with API tokens of their own.</summary>
internal sealed class RestParty : IDisposable
{
    private RestParty(HttpClient ann, HttpClient pia, HttpClient cem, HttpClient fee, string engagement) =>
        (Ann, Pia, Cem, Fee, Engagement) = (ann, pia, cem, fee, engagement);

    public HttpClient Ann { get; }

    public HttpClient Pia { get; }

    public HttpClient Cem { get; }

    public HttpClient Fee { get; }

    public string Engagement { get; }

    /// <summary>From the setup link of an empty server to four seats; only setting up and joining are forms.</summary>
    public static async Task<RestParty> ComeIn(OpenHouse house)
    {
        var ann = await Enter(house, await house.SetupPath(), new()
        {
            ["organisation"] = "The mediators",
            ["name"] = "Ann",
            ["email"] = "ann@journey.example",
        });
        var wish = new { title = "Checkout", provider = "Acme IT", customer = "Globex" };
        var opened = await ann.Ask("POST", "/api/v1/engagements", wish, expected: 201);
        var engagement = opened.GetProperty("id").GetString()!;
        return new(ann, await Join("Pia", "provider"), await Join("Cem", "customer"), await Join("Fee", "accounting"),
            engagement);

        async Task<HttpClient> Join(string name, string seat)
        {
            var invitation = await ann.Ask("POST", "/api/v1/invitations", new
            {
                email = $"{name.ToLowerInvariant()}@journey.example",
                name,
                engagement,
                seat,
            }, expected: 201);
            return await Enter(house, invitation.GetProperty("path").GetString()!, []);
        }
    }

    public void Dispose()
    {
        foreach (var client in (HttpClient[])[Ann, Pia, Cem, Fee]) client.Dispose();
    }

    private static async Task<HttpClient> Enter(OpenHouse house, string link, Dictionary<string, string> fields)
    {
        // The cookie of the form makes a token; from then on the token speaks.
        using var browser = new HttpClient { BaseAddress = house.Address };
        fields["password"] = Story.Password;
        using var entered = await browser.PostAsync(link, new FormUrlEncodedContent(fields));
        entered.EnsureSuccessStatusCode();
        var token = await browser.Ask("POST", "/api/v1/tokens", new { name = "journey", scope = "write" }, 201);
        return new()
        {
            BaseAddress = house.Address,
            DefaultRequestHeaders =
            {
                Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("secret").GetString()),
            },
        };
    }
}

/// <summary>Words for asking a server.</summary>
internal static class Asking
{
    public static async Task<JsonElement> Ask(
        this HttpClient client, string method, string path, object? body = null, int expected = 200)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is string text) request.Content = new StringContent(text, Encoding.UTF8, "text/csv");
        else if (body is not null)
            request.Content = new StringContent(
                JsonSerializer.Serialize(body, Json.Options), Encoding.UTF8, "application/json");
        if (method != "GET") request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(expected, $"{method} {path}: {answer}");
        return answer.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(answer);
    }
}
