using System.Net.Http.Json;

namespace Entente.Server.Tests.Secrecy;

/// <summary>One thing that somebody may ask the server for, allowed or not.</summary>
/// <param name="Under">What the protocol lets it follow.</param>
/// <param name="Body">What is posted; nothing to read.</param>
internal sealed record Read(string Who, HttpClient Client, string Path, bool IsPage, object? Body = null,
    IReadOnlyList<Named>? Under = null)
{
    /// <summary>The answer, head and body, with the engagement's own name taken out.</summary>
    public async Task<string> Ask(string engagement)
    {
        using var request = new HttpRequestMessage(Body is null ? HttpMethod.Get : HttpMethod.Post, Path);
        if (Body is not null) request.Content = JsonContent.Create(Body, Body.GetType(), options: Json.Options);
        if (IsPage) request.Headers.Accept.ParseAdd("text/html");
        using var response = await Client.SendAsync(request);
        var headers = string.Join('\n', response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not ("Date" or "traceparent"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
        var body = $"{(int)response.StatusCode}\n{headers}\n{await response.Content.ReadAsStringAsync()}";
        return body.Replace(engagement, "E", StringComparison.Ordinal);
    }
}

/// <summary>What everybody but those who know a secret may ask for, their own rooms included.</summary>
internal sealed class Reads(Cast cast, string engagement, string table, Secret secret)
{
    private static readonly string[] _formats = ["json", "markdown", "yaml", "openslo"];

    private readonly string _api = $"/api/v1/engagements/{engagement}";
    private readonly string _pages = $"/engagements/{engagement}";

    /// <summary>Who holds each seat.</summary>
    private IEnumerable<(Seat Seat, HttpClient Client)> Listeners => ((Seat, HttpClient)[])
        [(Seat.Provider, cast.Pia), (Seat.Customer, cast.Cem), (Seat.ServiceLevelManager, cast.Ann),
            (Seat.Accounting, cast.Fee), (Seat.Stakeholder, cast.Sam)];

    public IEnumerable<(Seat Seat, HttpClient Client)> Others => Listeners.Where(one => !secret.IsKnownTo(one.Seat));

    /// <param name="agreement">Once there is one.</param>
    public IEnumerable<Read> All(string? agreement = null)
    {
        foreach (var (seat, client) in Others)
        {
            var who = seat.Words;
            foreach (var path in new[] { "", "/negotiations", $"/negotiations/{table}", "/waiting", "/agreements",
                $"/negotiations/{table}/evidence", "/cost", "/services/checkout/interview",
                $"/negotiations/{table}/fairness" })
                yield return new(who, client, $"{_api}{path}", IsPage: false, Under: Of(seat));
            foreach (var page in new[] { "", "/negotiation", $"/negotiation/{table}", $"/negotiation/{table}/concerns",
                $"/negotiation/{table}/offers", $"/negotiation/{table}/offers/o1", $"/negotiation/{table}/trades",
                $"/negotiation/{table}/participation", $"/negotiation/{table}/evidence", "/agreements" })
                yield return new(who, client, $"{_pages}{page}", IsPage: true, Under: Of(seat));
            foreach (var read in Own(seat, who, client).Concat(Refused(who, client))) yield return read;
            foreach (var read in Exports(who, client, agreement)) yield return read;
        }

        yield return new("stranger", cast.Zoe, $"{_api}/negotiations/{table}", IsPage: false);
        yield return new("stranger", cast.Zoe, $"{_pages}/negotiation/{table}", IsPage: true);
    }

    /// <summary>What the owner of the secret reads itself: here the comparison must find a difference.</summary>
    public IEnumerable<Read> Owners()
    {
        var owner = Listeners.First(one => one.Seat == secret.Seat).Client;
        yield return new("owner", owner, secret.Kind switch
        {
            SecretKind.Cost => $"{_api}/cost",
            SecretKind.Loss or SecretKind.Levels => $"{_api}/services/checkout/interview",
            SecretKind.Caucus => $"{_api}/negotiations/{table}/caucus/{secret.Seat.Words}",
            _ => $"{_api}/negotiations/{table}/room",
        }, IsPage: false);
        yield return new("chair", cast.Ann, $"{_api}/negotiations/{table}/mediator", IsPage: false);
    }

    /// <summary>A party's own room, advice and drafts; the chair's workspace.</summary>
    private IEnumerable<Read> Own(Seat seat, string who, HttpClient client)
    {
        var (api, page) = ($"{_api}/negotiations/{table}", $"{_pages}/negotiation/{table}");
        if (seat is Seat.ServiceLevelManager)
        {
            yield return new(who, client, $"{page}/mediator", IsPage: true, Under: [.. Of(seat), Named.Sight]);
            yield break;
        }

        yield return new(who, client, $"{api}/room", IsPage: false);
        yield return new(who, client, $"{page}/room", IsPage: true);
        if (seat.Side is null) yield break;
        foreach (var own in new[] { "equal-worth", "next-move?character=fair", "offers/o1/worth", "suggestion",
            $"caucus/{seat.Words}" })
            yield return new(who, client, $"{api}/{own}", IsPage: false);
        foreach (var own in new[] { "equal-worth", "offers/new" })
            yield return new(who, client, $"{page}/{own}", IsPage: true);
    }

    /// <summary>Writes that are refused: their words may tell nothing either.</summary>
    private IEnumerable<Read> Refused(string who, HttpClient client)
    {
        var api = $"{_api}/negotiations/{table}";
        yield return new(who, client, $"{api}/offers/o99/acceptance", IsPage: false, new { });
        yield return new(who, client, $"{api}/offers", IsPage: false, new { package = new { restore = "soon" } });
        if (secret.Seat.Side is not null) yield return new(who, client, $"{api}/caucus/{secret.Seat.Words}",
            IsPage: false, Under: who == Seat.ServiceLevelManager.Words ? [Named.ToldTheChair] : null);
        if (who != Seat.ServiceLevelManager.Words)
            yield return new(who, client, $"{api}/proposals", IsPage: false, new { fairness = "nash" });
    }

    private IEnumerable<Read> Exports(string who, HttpClient client, string? agreement)
    {
        if (agreement is null) yield break;
        var api = $"{_api}/agreements/{agreement}";
        yield return new(who, client, api, IsPage: false);
        yield return new(who, client, $"{_pages}/agreements/{agreement}", IsPage: true);
        foreach (var format in _formats)
            yield return new(who, client, $"{api}/versions/1/document?format={format}", IsPage: false);
        yield return new(who, client, $"{api}/versions/1/findings", IsPage: false);
        yield return new(who, client, $"{api}/versions/1/dividend", IsPage: false);
    }

    private static Named[] Of(Seat seat) => seat is Seat.ServiceLevelManager ? [Named.ToldTheChair] : [];
}
