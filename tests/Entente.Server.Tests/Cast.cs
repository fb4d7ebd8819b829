using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Entente.Server;
using Entente.Server.Identity;
using Entente.Server.Mail;
using Entente.Storage;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Entente.Server.Tests;

/// <summary>A clock that stands until a test moves it.</summary>
public sealed class StandingClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}

/// <summary>
/// A server on a free local port over a database in memory, with a cast: Ann chairs, Pia sits for Acme IT (provider), Cem for
/// Globex (customer), Fee for accounting, Sam is a stakeholder, and Zoe is a stranger from the same organisation without a seat.
/// </summary>
public sealed class Cast : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Database _database;
    private readonly List<HttpClient> _elsewhere = [];
    private WebApplication? _otherNode;

    private Cast(WebApplication app, Database database, StandingClock clock, Uri address) =>
        (_app, _database, Clock, Address) = (app, database, clock, address);

    public StandingClock Clock { get; }

    public Uri Address { get; }

    public string Engagement { get; private set; } = "";

    public IServiceProvider Rooms => _app.Services;

    public HttpClient Ann { get; private set; } = null!;

    public HttpClient Pia { get; private set; } = null!;

    public HttpClient Cem { get; private set; } = null!;

    public HttpClient Fee { get; private set; } = null!;

    public HttpClient Sam { get; private set; } = null!;

    public HttpClient Zoe { get; private set; } = null!;

    public string AnnId { get; private set; } = "";

    public string PiaId { get; private set; } = "";

    public string CemId { get; private set; } = "";

    public string FeeId { get; private set; } = "";

    public string SamId { get; private set; } = "";

    /// <summary>Opens a server with the cast seated in one engagement whose charter is not written yet.</summary>
    public static async Task<Cast> Assemble(Database? database = null, MailOptions? mail = null)
    {
        database ??= Database.InMemory($"cast-{Guid.NewGuid():N}");
        var clock = new StandingClock(Instant.FromUtc(2026, 3, 2, 9, 0));
        var app = await FrontDoor.Open(database, "http://127.0.0.1:0", clock, mail);
        await app.StartAsync();
        var cast = new Cast(app, database, clock, AddressOf(app));
        await cast.Seat();
        return cast;
    }

    /// <summary>A browser-like client that is not signed in and follows no redirects.</summary>
    public HttpClient Visitor() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>The same person at another node over the same database.</summary>
    public async Task<HttpClient> Elsewhere(HttpClient client)
    {
        if (_otherNode is null)
        {
            _otherNode = await FrontDoor.Open(_database, "http://127.0.0.1:0", Clock);
            await _otherNode.StartAsync();
        }

        var elsewhere = new HttpClient { BaseAddress = AddressOf(_otherNode) };
        elsewhere.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        _elsewhere.Add(elsewhere);
        return elsewhere;
    }

    public string Path(string rest = "") => $"/api/v1/engagements/{Engagement}{rest}";

    public async ValueTask DisposeAsync()
    {
        foreach (var client in (HttpClient[])[Ann, Pia, Cem, Fee, Sam, Zoe, .. _elsewhere]) client.Dispose();
        if (_otherNode is not null)
        {
            await _otherNode.StopAsync();
            await _otherNode.DisposeAsync();
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private async Task Seat()
    {
        await Rooms.GetRequiredService<PeopleStore>().AddOrganisation("org_cast", "The cast");
        (Ann, AnnId) = await Person("Ann");
        (Pia, PiaId) = await Person("Pia");
        (Cem, CemId) = await Person("Cem");
        (Fee, FeeId) = await Person("Fee");
        (Sam, SamId) = await Person("Sam");
        (Zoe, _) = await Person("Zoe");
        var opened = await Ann.PostAsJsonAsync("/api/v1/engagements", new { title = "Checkout", provider = "Acme IT", customer = "Globex" });
        Engagement = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        foreach (var (person, seat) in new[] { (PiaId, "provider"), (CemId, "customer"), (FeeId, "accounting"), (SamId, "stakeholder") })
            (await Ann.PostAsJsonAsync(Path("/seats"), new { person, seat })).EnsureSuccessStatusCode();
    }

    private async Task<(HttpClient Client, string Id)> Person(string name)
    {
        await using var scope = Rooms.CreateAsyncScope();
        var person = PeopleDesk.Newcomer("org_cast", name, $"{name}@cast.example", isAdministrator: name == "Ann");
        person.NormalizedEmail = person.Email.ToUpperInvariant();
        var people = scope.ServiceProvider.GetRequiredService<PeopleStore>();
        await people.AddPerson(person);
        var secret = (await scope.ServiceProvider.GetRequiredService<PeopleDesk>().MakeToken(person, "test", "write")).Facts[0];
        var client = Visitor();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return (client, person.Id);
    }
}

/// <summary>Words for asking a server in tests.</summary>
public static class Asking
{
    /// <summary>Sends JSON and reads JSON; the status stands beside the answer.</summary>
    public static async Task<(int Status, JsonElement Body)> Ask(
        this HttpClient client, HttpMethod method, string path, object? body = null, string? ifMatch = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json.Options);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }

    /// <summary>Reads a page as a browser would.</summary>
    public static async Task<(int Status, string Html)> Look(this HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Posts a form as a browser would.</summary>
    public static async Task<(int Status, string Html)> Submit(this HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Accept.ParseAdd("text/html");
        request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
