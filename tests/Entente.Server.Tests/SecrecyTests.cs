using System.Net.Http.Json;
using System.Text.Json;

namespace Entente.Server.Tests;

/// <summary>Pairs of negotiations that differ only in one sealed value of the customer: every byte that the others
/// receive must be the same.</summary>
public sealed class SecrecyTests : IAsyncLifetime
{
    /// <remarks>PAIRS=2000 runs thousands; a few are enough to notice a change.</remarks>
    private static readonly int _pairs = int.TryParse(Environment.GetEnvironmentVariable("PAIRS"), out var given)
        ? given : 4;

    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Nothing_that_others_receive_depends_on_a_sealed_value()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given
            : System.Random.Shared.Next();
        for (var pair = 0; pair < _pairs; pair++)
        {
            var random = new Random(seed + pair);
            var (first, second) = Twins(random);
            var moves = random.Next();
            var (one, other) = (await Play(first, moves), await Play(second, moves));
            one.Count.ShouldBe(other.Count);
            for (var i = 0; i < one.Count; i++) other[i].Body.ShouldBe(
                one[i].Body, $"seed={seed} pair={pair} at {one[i].Where}");
        }
    }

    [Fact]
    public async Task A_lone_yes_in_confidence_is_never_told()
    {
        var bodies = new List<string>();
        foreach (var yes in new[] { true, false })
        {
            var engagement = await Engagement();
            var table = $"/api/v1/engagements/{engagement}/negotiations/n1";
            await _cast.Ann.Ask(HttpMethod.Post, $"{table}/proposals", new { fairness = "nash" });
            await _cast.Cem.Ask(HttpMethod.Post, $"{table}/offers/o1/confidence", new { yes });
            var before = await Heard(engagement);
            await _cast.Pia.Ask(HttpMethod.Post, $"{table}/offers/o1/confidence", new { yes = false });
            bodies.Add(string.Join('\n', before.Concat(await Heard(engagement)).Select(one => one.Body)));
        }

        bodies[1].ShouldBe(bodies[0]);
    }

    private static (object, object) Twins(Random random)
    {
        Dictionary<string, int> swings = new()
        {
            ["availability"] = random.Next(100),
            ["restore"] = random.Next(100),
            ["charge"] = 1 + random.Next(99)
        };
        var walkAway = random.Next(40);
        var changed = new Dictionary<string, int>(swings) { ["restore"] = random.Next(100) };
        return random.Next(3) switch
        {
            0 => (new { swings, walkAway }, new { swings, walkAway = walkAway + 1 + random.Next(50) }),
            1 => (new { swings, walkAway, notes = "short" },
                new { swings, walkAway, notes = new string('x', random.Next(1, 2000)) }),
            _ => (new { swings, walkAway }, new { swings = changed, walkAway }),
        };
    }

    private async Task<List<(string Where, string Body)>> Play(object room, int seed)
    {
        var random = new Random(seed);
        var engagement = await Engagement();
        var table = $"/api/v1/engagements/{engagement}/negotiations/n1";
        (await _cast.Cem.Ask(HttpMethod.Put, $"{table}/room", room)).Status.ShouldBe(200);
        await _cast.Pia.Ask(HttpMethod.Put, $"{table}/room",
            new { swings = new { availability = 90, restore = 30, charge = 40 }, walkAway = 5 });
        List<(string, string)> heard = [];
        for (var move = 0; move < 4; move++)
        {
            var by = move % 2 == 0 ? _cast.Pia : _cast.Cem;
            var package = new
            {
                availability = $"99.{80 + random.Next(20)} %",
                restore = $"{1 + random.Next(8)} h",
                charge = $"EUR {42_000 + 100 * random.Next(40)}"
            };
            (await by.Ask(HttpMethod.Post, $"{table}/offers", new { package })).Status.ShouldBe(200);
            await _cast.Sam.Ask(HttpMethod.Post, $"{table}/concerns", new { text = $"Concern {move}" });
            heard.AddRange(await Heard(engagement));
        }

        return heard;
    }

    /// <summary>Everything that the provider, accounting, a stakeholder and the chair read of a table, beside what the
    /// protocol names for the chair.</summary>
    private async Task<List<(string Where, string Body)>> Heard(string engagement)
    {
        List<(string, string)> heard = [];
        foreach (var client in new[] { _cast.Pia, _cast.Ann, _cast.Fee, _cast.Sam })
        {
            foreach (var path in new[] { "negotiations", "negotiations/n1", "waiting", "agreements", "" })
                heard.Add((path, (await client.GetStringAsync($"/api/v1/engagements/{engagement}/{path}".TrimEnd('/')))
                    .Replace(engagement, "E", StringComparison.Ordinal)));
            foreach (var page in new[] { "", "/negotiation", "/negotiation/n1", "/negotiation/n1/concerns",
                "/agreements" })
                heard.Add((page, (await client.Look($"/engagements/{engagement}{page}"))
                    .Html.Replace(engagement, "E", StringComparison.Ordinal)));
        }

        foreach (var own in new[] { "room", "equal-worth" })
            heard.Add((own, await _cast.Pia.GetStringAsync($"/api/v1/engagements/{engagement}/negotiations/n1/{own}")));
        return heard;
    }

    private async Task<string> Engagement()
    {
        var opened = await _cast.Ann.PostAsJsonAsync(
            "/api/v1/engagements", new { title = "Twin", provider = "Acme IT", customer = "Globex" });
        var engagement = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        foreach (var (person, seat) in new[] { (_cast.PiaId, "provider"), (_cast.CemId, "customer"),
            (_cast.FeeId, "accounting"), (_cast.SamId, "stakeholder") })
            (await _cast.Ann.PostAsJsonAsync($"/api/v1/engagements/{engagement}/seats", new { person, seat }))
                .EnsureSuccessStatusCode();
        await _cast.OpenGate(engagement);
        (await _cast.Ann.Ask(HttpMethod.Post, $"/api/v1/engagements/{engagement}/negotiations", new { title = "Twin" }))
            .Status.ShouldBe(201);
        return engagement;
    }
}
