using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Entente.Bargaining;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Tests.Secrecy;

/// <summary>When in the course of a negotiation something is read.</summary>
internal enum Moment { AfterFirstOffer, BeforeTheEnd, AfterTheEnd }

/// <summary>One thing that somebody may ask the server for, allowed or not.</summary>
/// <param name="Route">The same whichever engagement, table and agreement it is asked of.</param>
/// <param name="Fill">Puts those into a route.</param>
/// <param name="Body">What is posted; nothing to read.</param>
internal sealed partial record Read(
    string Who, HttpClient Client, string Route, Func<string, string> Fill, object? Body = null)
{
    private static readonly ConcurrentDictionary<(string Who, string Route), int> _places = [];

    private static readonly List<string> _near =
        ["negotiation", "agreement", "interview", "{engagement}/waiting", "{engagement}/cost", "{engagement}/gate"];

    public string Key => $"{Who} {(Body is null ? "" : "POST ")}{Route}";

    /// <summary>What the protocol lets it follow.</summary>
    public IEnumerable<Named> Under
    {
        get
        {
            if (Who == Reads.Owner) yield break;
            if (Who == Seat.ServiceLevelManager.Words) yield return Named.ToldTheChair;
            if (Route.EndsWith("/mediator", StringComparison.Ordinal)) yield return Named.Sight;
            if (Route.Contains("{agreement}", StringComparison.Ordinal)) yield return Named.Certificate;
            if (Route.EndsWith("/fairness", StringComparison.Ordinal)) yield return Named.Fairness;
        }
    }

    private bool IsPage => !Route.StartsWith("/api/", StringComparison.Ordinal);

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
            (Moment.AfterTheEnd, true) => 30,
            (Moment.AfterTheEnd, false) => 90,
            (Moment.BeforeTheEnd, true) => 45,
            (Moment.AfterFirstOffer, true) => 90,
            _ => 0,
        };
        if (hands == 0) return false;
        var place = _places.GetOrAdd(
            (Who, Route), _ => BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(Key))));
        return Chance.Seeded(seed, place, (int)moment).Next(hands) == round % hands;
    }

    /// <summary>The answer, head and body, with the engagement's own name taken out.</summary>
    public async Task<string> Ask(string engagement)
    {
        using var request = new HttpRequestMessage(Body is null ? HttpMethod.Get : HttpMethod.Post, Fill(Route));
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
        return Route.Contains("/documents", StringComparison.Ordinal) ? Hash().Replace(body, "H") : body;
    }

    [GeneratedRegex("[0-9a-f]{64}|[0-9a-f]{12}…")]
    private static partial Regex Hash();

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
internal sealed partial class Reads(Cast cast, string engagement, string table, Secret secret)
{
    /// <summary>Whoever knows the secret.</summary>
    public const string Owner = "owner";

    private const string Api = "/api/v1/engagements/{engagement}";

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
        ["key"] = [],
    };

    private static readonly Dictionary<string, string[]> _queries = new(StringComparer.Ordinal)
    {
        ["/document"] = ["format=json", "format=markdown", "format=yaml", "format=openslo"],
        ["/next-move"] = ["character=fair", "character=tough"],
        ["/redline"] = ["from=1&to=1"],
        ["/service-comparison"] = ["service=checkout&service=checkout"],
    };

    private static IReadOnlyList<string>? _routes;

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
        (Seat Seat, HttpClient Client)[] others = [.. Others];
        foreach (var route in _routes ??= Routes())
        {
            if (agreement is null && route.Contains("{agreement}", StringComparison.Ordinal)) continue;
            foreach (var (seat, client) in others) yield return new(seat.Words, client, route, Fill);
            yield return new("stranger", cast.Zoe, route, Fill);
        }

        foreach (var (seat, client) in others)
        {
            foreach (var (route, body) in Refused(seat)) yield return new(seat.Words, client, route, Fill, body);
        }

        string Fill(string route) => Filled(route).Replace("{agreement}", agreement, StringComparison.Ordinal);
    }

    /// <summary>What the owner of the secret reads itself: here the comparison must find a difference.</summary>
    public IEnumerable<Read> Owners()
    {
        var owner = Listeners.First(one => one.Seat == secret.Seat).Client;
        yield return new(Owner, owner, Api + secret.Kind switch
        {
            SecretKind.Cost => "/cost",
            SecretKind.Loss or SecretKind.Levels => "/services/checkout/interview",
            SecretKind.Caucus => $"/negotiations/{{table}}/caucus/{secret.Seat.Words}",
            _ => "/negotiations/{table}/room",
        }, Filled);
        yield return new(Owner, cast.Ann, $"{Api}/negotiations/{{table}}/mediator", Filled);
    }

    private string Filled(string route) => route.Replace("{engagement}", engagement, StringComparison.Ordinal)
        .Replace("{table}", table, StringComparison.Ordinal);

    /// <summary>Every route that answers a question about an engagement, with what else stands in it.</summary>
    private IReadOnlyList<string> Routes() => [.. cast.Rooms.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true)
        .Select(route => route.RoutePattern.RawText!.TrimEnd('/'))
        .Where(route => route.Contains("{engagement}", StringComparison.Ordinal)
            && !route.EndsWith("/events", StringComparison.Ordinal))
        .SelectMany(route => Variable().Matches(route).Select(match => match.Groups[1].Value)
            .Where(name => name is not ("engagement" or "table" or "agreement"))
            .Aggregate((IEnumerable<string>)[route], (filled, name) =>
            {
                _values.ShouldContainKey(name, $"{route} is not read: say what stands for it.");
                return filled.SelectMany(one => _values[name].Select(value =>
                    one.Replace($"{{{name}}}", value, StringComparison.Ordinal)));
            }))
        .SelectMany(route => _queries.FirstOrDefault(one => route.EndsWith(one.Key, StringComparison.Ordinal)).Value
            is { } asked ? asked.Select(query => $"{route}?{query}") : [route])];

    /// <summary>Writes that are refused: their words may tell nothing either.</summary>
    private IEnumerable<(string Route, object Body)> Refused(Seat seat)
    {
        const string Table = $"{Api}/negotiations/{{table}}";
        yield return ($"{Table}/offers/o99/acceptance", new { });
        yield return ($"{Table}/offers", new { package = new { restore = "soon" } });
        if (secret.Seat.Side is not null) yield return ($"{Table}/caucus/{secret.Seat.Words}", new { });
        if (seat is not Seat.ServiceLevelManager) yield return ($"{Table}/proposals", new { fairness = "nash" });
    }

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Variable();
}
