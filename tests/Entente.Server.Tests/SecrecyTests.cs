using System.Net.Http.Json;
using System.Text.Json;
using Entente.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Tests;

/// <summary>Pairs of negotiations that differ only in one sealed value of one side: every byte that the others receive must
/// be the same.</summary>
public sealed class SecrecyTests(ITestOutputHelper output)
{
    /// <remarks>PAIRS=20000 runs more. Each pair is two whole negotiations.</remarks>
    private static readonly int _pairs = int.TryParse(Environment.GetEnvironmentVariable("PAIRS"), out var given)
        ? given : 250;

    private static readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given)
        ? given : System.Random.Shared.Next();

    [Fact]
    public async Task Nothing_that_others_receive_depends_on_a_sealed_value()
    {
        output.WriteLine($"seed={_seed} pairs={_pairs}");
        var (next, read, kinds) = (-1, 0, new int[Secret.Kinds]);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(_pairs, Environment.ProcessorCount)).Select(async _ =>
        {
            await using var cast = await Cast.Assemble();
            var twins = new Twins(cast);
            for (var pair = Interlocked.Increment(ref next); pair < _pairs; pair = Interlocked.Increment(ref next))
            {
                var secret = Secret.Draw(new Random(_seed + pair));
                var (one, other) = await twins.Play(secret, _seed + pair, readsAll: pair % 50 == 0);
                one.Count.ShouldBe(other.Count);
                for (var i = 0; i < one.Count; i++)
                    other[i].Body.ShouldBe(one[i].Body, $"seed={_seed} pair={pair} {secret.Kind} at {one[i].Where}");
                Interlocked.Add(ref read, one.Count);
                Interlocked.Increment(ref kinds[(int)secret.Kind]);
            }
        }));
        output.WriteLine($"answers compared: {read}; pairs by what differed: {string.Join(", ",
            kinds.Select((count, kind) => $"{(SecretKind)kind} {count}"))}");
    }

    [Fact]
    public async Task A_lone_yes_in_confidence_is_never_told()
    {
        await using var cast = await Cast.Assemble();
        var twins = new Twins(cast);
        var bodies = new List<string>();
        foreach (var yes in new[] { true, false })
        {
            var engagement = await twins.Engagement();
            var table = $"/api/v1/engagements/{engagement}/negotiations/n1";
            (await cast.Ann.Ask(HttpMethod.Post, $"/api/v1/engagements/{engagement}/negotiations",
                new { title = "Twin" })).Status.ShouldBe(201);
            await cast.Ann.Ask(HttpMethod.Post, $"{table}/proposals", new { fairness = "nash" });
            await cast.Cem.Ask(HttpMethod.Post, $"{table}/offers/o1/confidence", new { yes });
            var before = await twins.Everything(engagement, "n1", Side.Customer);
            await cast.Pia.Ask(HttpMethod.Post, $"{table}/offers/o1/confidence", new { yes = false });
            var after = await twins.Everything(engagement, "n1", Side.Customer);
            bodies.Add(string.Join('\n', before.Concat(after).Select(one => one.Body)));
        }

        bodies[1].ShouldBe(bodies[0]);
    }

    [Fact]
    public async Task The_ledger_tells_an_operator_no_more_than_that_somebody_wrote()
    {
        await using var cast = await Cast.Assemble();
        var twins = new Twins(cast);
        for (var pair = 0; pair < 16; pair++)
        {
            var secret = Secret.Draw(new Random(_seed + pair), (SecretKind)(pair % Secret.Kinds));
            var rows = new List<string>();
            foreach (var value in new[] { secret.First, secret.Second })
            {
                var engagement = await twins.Engagement();
                var start = await cast.Rooms.GetRequiredService<FactLedger>().Position();
                await twins.Play(engagement, secret, value, seed: pair, readsAll: false);
                rows.Add(string.Join('\n', (await cast.Rooms.GetRequiredService<FactLedger>().After(start, 10_000))
                    .Select(row => $"{row.Kind} {row.Id.Replace(engagement, "E", StringComparison.Ordinal)} "
                        + $"{row.Data.Replace(engagement, "E", StringComparison.Ordinal).Length}")));
            }

            rows[1].ShouldBe(rows[0], $"seed={_seed} pair={pair} {secret.Kind}");
        }
    }
}

/// <summary>What a side tells only the engine or the chair.</summary>
internal enum SecretKind { WalkAway, Notes, Swings, Playbook, Answer, Caucus, Pulse, Confidence }

/// <summary>One sealed thing of one side, in two values.</summary>
internal sealed record Secret(SecretKind Kind, Side Side, object First, object Second)
{
    public static int Kinds => Enum.GetValues<SecretKind>().Length;

    public static Secret Draw(Random random, SecretKind? kind = null)
    {
        var what = kind ?? (SecretKind)random.Next(Kinds);
        var side = (Side)random.Next(2);
        Dictionary<string, int> swings = new()
        {
            ["availability"] = random.Next(100),
            ["restore"] = random.Next(100),
            ["charge"] = 1 + random.Next(99),
        };
        var walkAway = random.Next(40);
        var more = walkAway + 1 + random.Next(50);
        return what switch
        {
            SecretKind.WalkAway => new(what, side, new { swings, walkAway }, new { swings, walkAway = more }),
            SecretKind.Notes => new(what, side, new { swings, walkAway, notes = "short" },
                new { swings, walkAway, notes = new string('x', random.Next(1, 2000)) }),
            SecretKind.Swings => new(what, side, new { swings, walkAway }, new
            {
                swings = new Dictionary<string, int>(swings) { ["restore"] = random.Next(100) },
                walkAway,
            }),
            SecretKind.Playbook => new(what, side, new { swings, walkAway, playbooks = Restore(random) },
                new { swings, walkAway, playbooks = Restore(random) }),
            SecretKind.Answer => new(what, side, "first", "second"),
            SecretKind.Caucus => new(what, side, "Yes", $"No, {new string('y', random.Next(1, 500))}"),
            SecretKind.Pulse => new(what, side, new { mood = 1 + random.Next(2), trust = 1 + random.Next(2) },
                new { mood = 3 + random.Next(3), trust = 3 + random.Next(3) }),
            _ => new(what, side, true, false),
        };
    }

    private static object Restore(Random random) => new
    {
        restore = new { walkAway = $"{2 + random.Next(4)} h", clause = new string('c', random.Next(1, 200)) },
    };
}

/// <summary>Plays the same negotiation twice and gathers what everybody but the side with the secret receives.</summary>
internal sealed class Twins(Cast cast)
{
    private const int TablesMost = 8;
    private (string One, string Other) _engagements;
    private int _tables = TablesMost;

    public async Task<(List<(string Where, string Body)> One, List<(string Where, string Body)> Other)> Play(
        Secret secret, int seed, bool readsAll)
    {
        if (_tables++ == TablesMost) (_engagements, _tables) = ((await Engagement(), await Engagement()), 1);
        return (await Play(_engagements.One, secret, secret.First, seed, readsAll),
            await Play(_engagements.Other, secret, secret.Second, seed, readsAll));
    }

    public async Task<List<(string Where, string Body)>> Play(
        string engagement, Secret secret, object value, int seed, bool readsAll)
    {
        var random = new Random(seed);
        var opened = await cast.Ann.Ask(HttpMethod.Post, $"/api/v1/engagements/{engagement}/negotiations",
            new { title = "Twin" });
        opened.Status.ShouldBe(201);
        var name = opened.Body.GetProperty("id").GetString()!;
        var table = $"/api/v1/engagements/{engagement}/negotiations/{name}";
        List<(string, string)> heard = [];
        for (var move = 0; move < 3; move++)
        {
            if (move == random.Next(3) || move == 0) await Tell(table, secret, value);
            var by = move % 2 == 0 ? cast.Pia : cast.Cem;
            var package = new
            {
                availability = $"99.{80 + random.Next(20)} %",
                restore = $"{1 + random.Next(8)} h",
                charge = $"EUR {42_000 + 100 * random.Next(40)}",
            };
            (await by.Ask(HttpMethod.Post, $"{table}/offers", new { package })).Status.ShouldBe(200);
            heard.AddRange(await Some(engagement, name, secret, random, readsAll ? int.MaxValue : 1));
        }

        await cast.Sam.Ask(HttpMethod.Post, $"{table}/concerns", new { text = $"Concern {seed}" });
        if (secret.Kind is SecretKind.Confidence)
            await Of(secret.Side).Ask(HttpMethod.Put, $"{table}/hints", new { allowed = true });
        heard.AddRange(await Some(engagement, name, secret, random, readsAll ? int.MaxValue : 4));
        return heard;
    }

    /// <summary>Everything of a table that reaches anybody but one side, beside what the protocol names for the
    /// chair.</summary>
    public async Task<List<(string Where, string Body)>> Everything(string engagement, string table, Side side) =>
        await Some(engagement, table, new Secret(SecretKind.WalkAway, side, 0, 0), new Random(0), int.MaxValue);

    public async Task<string> Engagement()
    {
        var opened = await cast.Ann.PostAsJsonAsync(
            "/api/v1/engagements", new { title = "Twin", provider = "Acme IT", customer = "Globex" });
        var engagement = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        foreach (var (person, seat) in new[] { (cast.PiaId, "provider"), (cast.CemId, "customer"),
            (cast.FeeId, "accounting"), (cast.SamId, "stakeholder") })
            (await cast.Ann.PostAsJsonAsync($"/api/v1/engagements/{engagement}/seats", new { person, seat }))
                .EnsureSuccessStatusCode();
        await cast.OpenGate(engagement);
        return engagement;
    }

    private HttpClient Of(Side side) => side is Side.Provider ? cast.Pia : cast.Cem;

    /// <summary>The side tells its secret, and the other side has a room of its own that never changes.</summary>
    private async Task Tell(string table, Secret secret, object value)
    {
        var mine = Of(secret.Side);
        await Of(secret.Side.Other).Ask(HttpMethod.Put, $"{table}/room",
            new { swings = new { availability = 90, restore = 30, charge = 40 }, walkAway = 5 });
        var (status, body) = secret.Kind switch
        {
            SecretKind.Answer => await Answer(mine, table, (string)value),
            SecretKind.Caucus => await mine.Ask(
                HttpMethod.Post, $"{table}/caucus/{secret.Side.Seat.Words}", new { text = value }),
            SecretKind.Pulse => await mine.Ask(HttpMethod.Put, $"{table}/pulse", value),
            SecretKind.Confidence => await Confide(mine, table, (bool)value),
            _ => await mine.Ask(HttpMethod.Put, $"{table}/room", value),
        };
        status.ShouldBe(200, body.ToString());
    }

    private static async Task<(int, JsonElement)> Answer(HttpClient mine, string table, string choice)
    {
        var room = (await mine.Ask(HttpMethod.Get, $"{table}/room")).Body;
        return room.TryGetProperty("question", out var question)
            ? await mine.Ask(HttpMethod.Post, $"{table}/room/answers", new
            {
                first = question.GetProperty("first"),
                second = question.GetProperty("second"),
                choice,
            })
            : (200, room);
    }

    /// <summary>The chair puts a package on the table that needs both, and one side answers it in confidence.</summary>
    private async Task<(int, JsonElement)> Confide(HttpClient mine, string table, bool yes)
    {
        var state = (await cast.Ann.Ask(HttpMethod.Post, $"{table}/drafts")).Body;
        var draft = state.TryGetProperty("offers", out var offers)
            ? offers.EnumerateArray().Last(offer => offer.GetProperty("seat").GetString() == "serviceLevelManager")
            : default;
        return draft.ValueKind is JsonValueKind.Undefined ? (200, state)
            : await mine.Ask(HttpMethod.Post, $"{table}/offers/{draft.GetProperty("id").GetString()}/confidence",
                new { yes });
    }

    private async Task<List<(string Where, string Body)>> Some(
        string engagement, string table, Secret secret, Random random, int most)
    {
        var reads = Reads(engagement, table, secret).ToList();
        // The draw is made before anything is read, so that both twins draw alike.
        var drawn = most >= reads.Count ? reads : [.. Enumerable.Range(0, most).Select(_ => reads[random.Next(reads.Count)])];
        List<(string, string)> heard = [];
        foreach (var (who, client, path, isPage) in drawn)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (isPage) request.Headers.Accept.ParseAdd("text/html");
            using var response = await client.SendAsync(request);
            var headers = string.Join('\n', response.Headers.Concat(response.Content.Headers)
                .Where(header => header.Key is not ("Date" or "traceparent"))
                .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
            var body = $"{(int)response.StatusCode}\n{headers}\n{await response.Content.ReadAsStringAsync()}";
            heard.Add(($"{who} {path}", body.Replace(engagement, "E", StringComparison.Ordinal)));
        }

        return heard;
    }

    /// <summary>What everybody but the side with the secret may ask for, its own room included for the other side.</summary>
    private IEnumerable<(string Who, HttpClient Client, string Path, bool IsPage)> Reads(
        string engagement, string table, Secret secret)
    {
        var (api, pages) = ($"/api/v1/engagements/{engagement}", $"/engagements/{engagement}");
        var other = Of(secret.Side.Other);
        (string, HttpClient)[] all =
            [("other side", other), ("chair", cast.Ann), ("accounting", cast.Fee), ("stakeholder", cast.Sam)];
        foreach (var (who, client) in all)
        {
            // Caucus and pulse are the chair's to read: the protocol names them.
            if (who == "chair" && secret.Kind is SecretKind.Caucus or SecretKind.Pulse) continue;
            foreach (var path in new[] { "", "/negotiations", $"/negotiations/{table}", "/waiting", "/agreements" })
                yield return (who, client, $"{api}{path}", false);
            foreach (var page in new[] { "", "/negotiation", $"/negotiation/{table}", $"/negotiation/{table}/concerns",
                $"/negotiation/{table}/offers", $"/negotiation/{table}/offers/o1",
                $"/negotiation/{table}/participation", "/agreements" })
                yield return (who, client, $"{pages}{page}", true);
        }

        foreach (var own in new[] { "room", "equal-worth", "next-move?character=fair", "offers/o1/worth", "suggestion",
            $"caucus/{secret.Side.Other.Seat.Words}" })
            yield return ("other side", other, $"{api}/negotiations/{table}/{own}", false);
        foreach (var page in new[] { "room", "equal-worth", "offers/new" })
            yield return ("other side", other, $"{pages}/negotiation/{table}/{page}", true);
    }
}
