using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Entente.Server;
using Entente.Server.Identity;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Cli;

/// <summary>Speaks REST: to a server elsewhere, or to one that this process opens over its own data folder for the moment.</summary>
/// <remarks>So every verb goes through the same routes, the same access gate and the same desks as everyone else.</remarks>
public sealed class Client : IAsyncDisposable
{
    private readonly WebApplication? _own;
    private readonly HttpClient _http;

    private Client(HttpClient http, WebApplication? own = null) => (_http, _own) = (http, own);

    /// <exception cref="RefusedException">No server and no person to act as is named, or the person is unknown.</exception>
    public static async Task<Client> Connect(ParseResult result)
    {
        var server = result.GetValue(Place.Server) ?? Environment.GetEnvironmentVariable("ENTENTE_SERVER");
        if (server is not null && result.GetValue(Place.Data) is null)
        {
            var token = result.GetValue(Place.Token) ?? Environment.GetEnvironmentVariable("ENTENTE_TOKEN")
                ?? throw new RefusedException("token.missing", "Give --token or ENTENTE_TOKEN: make one on your account page.");
            return new(Http(server, token));
        }

        var email = result.GetValue(Place.As) ?? Environment.GetEnvironmentVariable("ENTENTE_AS")
            ?? throw new RefusedException("person.missing", "Say who acts: --as EMAIL in a local data folder, or --server URL with --token.");
        return await Open(Place.Database(result), email);
    }

    /// <summary>Opens a server of our own over a database, on a free local port, as one of its people.</summary>
    public static async Task<Client> Open(Storage.Database database, string email)
    {
        var own = await FrontDoor.Open(database, "http://127.0.0.1:0");
        await own.StartAsync();
        var person = await own.Services.GetRequiredService<PeopleStore>().FindPersonByEmail(email.ToUpperInvariant())
            ?? throw new RefusedException("person.unknown", $"There is nobody with the address {email} in this data folder.");
        return new(Http(Address(own), own.Services.GetRequiredService<LocalKeys>().Issue(person.Id)), own);
    }

    /// <summary>Speaks to a server of this process as one of its people; the server stays its owner's.</summary>
    public static Client Of(WebApplication server, string person) =>
        new(Http(Address(server), server.Services.GetRequiredService<LocalKeys>().Issue(person)));

    private static string Address(WebApplication server) =>
        server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public Task<JsonElement> Get(string path) => Send(HttpMethod.Get, path, body: null);

    public Task<JsonElement> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    public Task<JsonElement> Put(string path, object body) => Send(HttpMethod.Put, path, body);

    /// <summary>Writes a text that others may write too, as <see cref="Second"/> was asked.</summary>
    public Task<JsonElement> PutText(string path, object body, ParseResult result) => Send(HttpMethod.Put, path, body, Second.Headers(result));

    public Task<JsonElement> Delete(string path) => Send(HttpMethod.Delete, path, body: null);

    /// <summary>Sends content that is not JSON, such as a file.</summary>
    public Task<JsonElement> PostContent(string path, HttpContent content) => Send(HttpMethod.Post, path, content);

    /// <summary>Reads a document that is not JSON, such as Markdown.</summary>
    public async Task<string> GetText(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw Failure(text, response);
    }

    /// <summary>Reads a document as it is, such as a PDF.</summary>
    public async Task<byte[]> GetBytes(string path)
    {
        using var response = await _http.GetAsync(path);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync()
            : throw Failure(await response.Content.ReadAsStringAsync(), response);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_own is null) return;
        await _own.StopAsync();
        await _own.DisposeAsync();
    }

    private async Task<JsonElement> Send(HttpMethod method, string path, object? body, IEnumerable<(string Name, string Value)>? headers = null)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers ?? []) request.Headers.TryAddWithoutValidation(name, value);
        request.Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body, body.GetType(), options: Json.Options));
        if (method != HttpMethod.Get) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw Failure(text, response);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static Exception Failure(string text, HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return new RefusedException($"http.{(int)response.StatusCode}", $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        var problem = JsonSerializer.Deserialize<Problem>(text, Json.Options)!;
        return problem.Errors is { Count: > 0 } errors
            ? new BadInputException([.. errors.Select(error => Finding.Error(error.Path, problem.Code, error.Message, error.Line))])
            : new RefusedException(problem.Code, problem.Detail, problem.Merge as JsonElement?);
    }

    private static HttpClient Http(string address, string token) => new()
    {
        BaseAddress = new Uri(address),
        Timeout = TimeSpan.FromMinutes(10),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
}

/// <summary>A verb was refused: by a rule, or because something to work with is missing.</summary>
public sealed class RefusedException(string code, string message, JsonElement? difference = null) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>What somebody else wrote in the meantime, where that is why.</summary>
    public JsonElement? Difference { get; } = difference;
}
