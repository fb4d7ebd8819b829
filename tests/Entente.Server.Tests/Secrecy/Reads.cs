using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Tests.Secrecy;

/// <summary>When in the course of a negotiation something is read.</summary>
internal enum Moment { AfterFirstOffer, BeforeTheEnd, AfterTheEnd }

/// <summary>One thing that somebody may ask the server for, allowed or not.</summary>
/// <param name="Route">The same whichever table and agreement it is asked of.</param>
/// <param name="Under">What the protocol lets it follow.</param>
/// <param name="Body">What is posted; nothing to read.</param>
internal sealed record Read(string Who, HttpClient Client, string Route, string Path, object? Body = null,
    IReadOnlyList<Named>? Under = null)
{
    private static readonly ConcurrentDictionary<string, int> _places = new(StringComparer.Ordinal);

    private static readonly List<string> _near =
        ["negotiation", "agreement", "interview", "{engagement}/waiting", "{engagement}/cost", "{engagement}/gate"];

    public string Key => $"{Who} {Route}";

    private bool IsPage => !Path.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>What is computed at a table or from one, or stands on the way there: here a secret would tell
    /// first.</summary>
    public bool IsNear => _near.Exists(words => Route.Contains(words, StringComparison.Ordinal));

    /// <summary>Whether the cards are so dealt that it is read at a moment of a round.</summary>
    /// <remarks>After as many rounds as there are hands everything was read once, however the seed shuffled. An
    /// agreement is there in one of six pairs, and so is read the oftener.</remarks>
    public bool IsDealt(int round, Moment moment, int seed)
    {
        var hands = (moment, IsNear) switch
        {
            (Moment.AfterTheEnd, _) when Route.Contains("{agreement}", StringComparison.Ordinal) => 6,
            (Moment.AfterTheEnd, true) => 25,
            (Moment.AfterTheEnd, false) => 90,
            (Moment.BeforeTheEnd, true) => 45,
            (Moment.AfterFirstOffer, true) => 90,
            _ => int.MaxValue,
        };
        var place = _places.GetOrAdd($"{seed} {moment} {Key}", static key =>
            BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(key))) & int.MaxValue);
        return place % hands == round % hands;
    }

    /// <summary>The answer, head and body, with the engagement's own name taken out.</summary>
    public async Task<string> Ask(string engagement)
    {
        using var request = new HttpRequestMessage(Body is null ? HttpMethod.Get : HttpMethod.Post, Path);
        if (Body is not null) request.Content = JsonContent.Create(Body, Body.GetType(), options: Json.Options);
        if (IsPage) request.Headers.Accept.ParseAdd("text/html");
        using var response = await Client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var isPacked = bytes is [(byte)'P', (byte)'K', ..];
        var headers = string.Join('\n', response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not ("Date" or "traceparent")
                && !(isPacked && header.Key is "Content-Length"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
        var words = isPacked ? Parts(bytes) : Encoding.UTF8.GetString(bytes);
        var body = $"{(int)response.StatusCode}\n{headers}\n{words}"
            .Replace(engagement["eng_".Length..], "E", StringComparison.Ordinal);
        // A document's own hash is over the engagement's name too; what it is a hash of is compared itself.
        return response.Headers.ETag?.Tag.Trim('"') is { Length: 64 } hash
            ? body.Replace(hash, "H", StringComparison.Ordinal) : body;
    }

    /// <summary>What the parts of a packed document say: the package around them carries the time of its making and
    /// names of chance, and is as long as the engagement's name packs.</summary>
    private static string Parts(byte[] bytes)
    {
        using var parts = new ZipArchive(new MemoryStream(bytes));
        return string.Join('\n', parts.Entries.Where(part => !part.Name.EndsWith(".rels", StringComparison.Ordinal)
            && part.Name != "[Content_Types].xml").Select(part =>
        {
            using var text = new StreamReader(part.Open());
            return text.ReadToEnd();
        }));
    }
}

/// <summary>What everybody but those who know a secret may ask for, their own rooms included: each route of an
/// engagement that answers a question, by each seat and by a stranger, and writes that are refused.</summary>
internal sealed class Reads(Cast cast, string engagement, string table, Secret secret)
{
    /// <summary>What stands in a route for what; nothing for what these engagements have none of.</summary>
    /// <remarks>Events are listened to, not read; of what is printed as PDF the page is read here.</remarks>
    private static readonly Dictionary<string, string[]> _values = new(StringComparer.Ordinal)
    {
        ["service"] = ["checkout"],
        ["party"] = ["provider", "customer"],
        ["offer"] = ["o1"],
        ["version:int"] = ["1"],
        ["period"] = ["2026-04"],
        ["term"] = ["availability"],
        ["name"] = [.. new[] { "charter", "catalogue", "spec-sheets", "internal-sheets", "quality-plan", "evidence" }
            .SelectMany(name => new[] { "html", "md", "docx", "json" }.Select(kind => $"{name}.{kind}"))],
        ["calendar"] = [],
        ["ticket"] = [],
        ["import"] = [],
        ["asset"] = [],
        ["kind"] = [],
    };

    private static readonly Dictionary<string, string[]> _queries = new(StringComparer.Ordinal)
    {
        ["/document"] = ["format=json", "format=markdown", "format=yaml", "format=openslo"],
        ["/next-move"] = ["character=fair", "character=tough"],
        ["/redline"] = ["from=1&to=1"],
        ["/service-comparison"] = ["service=checkout&service=checkout"],
    };

    private static string[]? _routes;

    private readonly string _api = $"/api/v1/engagements/{engagement}";

    /// <summary>Who holds each seat.</summary>
    private IEnumerable<(Seat Seat, HttpClient Client)> Listeners => ((Seat, HttpClient)[])
        [(Seat.Provider, cast.Pia), (Seat.Customer, cast.Cem), (Seat.ServiceLevelManager, cast.Ann),
            (Seat.Accounting, cast.Fee), (Seat.Stakeholder, cast.Sam)];

    public IEnumerable<(Seat Seat, HttpClient Client)> Others => Listeners.Where(one => !secret.IsKnownTo(one.Seat));

    /// <summary>Who may be answered what, whatever the secret is.</summary>
    public static HashSet<string> Everything(Cast cast) => [.. new[] { Seat.Provider, Seat.Customer }.SelectMany(seat =>
        new Reads(cast, "", "", new Secret(SecretKind.Answer, seat, "", "")).All("").Select(read => read.Key))];

    /// <param name="agreement">Once there is one.</param>
    public IEnumerable<Read> All(string? agreement = null)
    {
        _routes ??= [.. cast.Rooms.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true)
            .Select(route => route.RoutePattern.RawText!.TrimEnd('/'))
            .Where(route => route.Contains("{engagement}", StringComparison.Ordinal)
                && !route.EndsWith("/events", StringComparison.Ordinal))];
        foreach (var route in _routes)
        {
            foreach (var (filled, path) in Filled(route, agreement))
            {
                foreach (var (seat, client) in Others)
                    yield return new(seat.Words, client, filled, path, Under: Of(seat, route));
                yield return new("stranger", cast.Zoe, filled, path);
            }
        }

        foreach (var (seat, client) in Others)
        {
            foreach (var read in Refused(seat, client)) yield return read;
        }
    }

    /// <summary>What the owner of the secret reads itself: here the comparison must find a difference.</summary>
    public IEnumerable<Read> Owners()
    {
        var owner = Listeners.First(one => one.Seat == secret.Seat).Client;
        yield return Own("owner", owner, secret.Kind switch
        {
            SecretKind.Cost => "/cost",
            SecretKind.Loss or SecretKind.Levels => "/services/checkout/interview",
            SecretKind.Caucus => $"/negotiations/{table}/caucus/{secret.Seat.Words}",
            _ => $"/negotiations/{table}/room",
        });
        yield return Own("chair", cast.Ann, $"/negotiations/{table}/mediator");

        Read Own(string who, HttpClient client, string rest) => new(who, client, rest, _api + rest);
    }

    /// <summary>Every path that a route stands for, and what it is called whichever table it is of.</summary>
    private IEnumerable<(string Route, string Path)> Filled(string route, string? agreement)
    {
        if (route.Contains("{agreement}", StringComparison.Ordinal) && agreement is null) yield break;
        var here = route.Replace("{engagement}", engagement, StringComparison.Ordinal)
            .Replace("{table}", table, StringComparison.Ordinal)
            .Replace("{agreement}", agreement, StringComparison.Ordinal);
        List<(string Route, string Path)> paths = [(route, here)];
        while (paths.Count > 0 && paths[0].Path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at)
        {
            var name = paths[0].Path[(at + 1)..paths[0].Path.IndexOf('}', StringComparison.Ordinal)];
            _values.ShouldContainKey(name, $"{route} is not read: say what stands for it.");
            paths = [.. paths.SelectMany(path => _values[name].Select(value =>
                (path.Route.Replace($"{{{name}}}", value, StringComparison.Ordinal),
                    path.Path.Replace($"{{{name}}}", value, StringComparison.Ordinal))))];
        }

        var asked = _queries.FirstOrDefault(one => route.EndsWith(one.Key, StringComparison.Ordinal)).Value;
        foreach (var (filled, path) in paths)
        {
            foreach (var query in asked ?? [""])
                yield return query.Length == 0 ? (filled, path) : ($"{filled}?{query}", $"{path}?{query}");
        }
    }

    /// <summary>Writes that are refused: their words may tell nothing either.</summary>
    private IEnumerable<Read> Refused(Seat seat, HttpClient client)
    {
        var (who, at) = (seat.Words, $"{_api}/negotiations/{table}");
        yield return Post("/offers/o99/acceptance", new { });
        yield return Post("/offers", new { package = new { restore = "soon" } });
        if (secret.Seat.Side is not null) yield return Post($"/caucus/{secret.Seat.Words}", new { });
        if (seat is not Seat.ServiceLevelManager) yield return Post("/proposals", new { fairness = "nash" });

        Read Post(string rest, object body) => new(
            who, client, $"POST negotiation{rest}", at + rest, body, Of(seat, rest));
    }

    private static Named[] Of(Seat seat, string route)
    {
        List<Named> under = seat is Seat.ServiceLevelManager ? [Named.ToldTheChair] : [];
        if (route.EndsWith("/mediator", StringComparison.Ordinal)) under.Add(Named.Sight);
        if (route.Contains("{agreement}", StringComparison.Ordinal)) under.Add(Named.Certificate);
        if (route.EndsWith("/fairness", StringComparison.Ordinal)) under.Add(Named.Fairness);
        return [.. under];
    }
}
