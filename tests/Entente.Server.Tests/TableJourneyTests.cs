using System.Text.Json;
using Entente.Server.Live;
using Entente.Server.Tests.Documentation;
using Entente.Storage;
using Entente.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Entente.Server.Tests;

/// <summary>Five people from agenda to signature, by REST alone.</summary>
public sealed class TableJourneyTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
        await _cast.OpenTable();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public Task A_concern_a_caucus_a_set_of_equals_a_single_text_and_an_improvement_end_in_two_signatures() => Walk();

    [Fact]
    public async Task They_walk_it_on_PostgreSQL()
    {
        await _cast.DisposeAsync();
        _cast = await Cast.Assemble(Database.Postgres(RealPrograms.Postgres()));
        await _cast.OpenGate();
        await _cast.OpenTable();
        await Walk();
    }

    private async Task Walk()
    {
        await Put(_cast.Cem, "/room", new
        {
            swings = new { availability = 20, restore = 90, charge = 50 },
            walkAway = 5
        });
        await Put(_cast.Pia, "/room", new
        {
            swings = new { availability = 90, restore = 30, charge = 40 },
            walkAway = 5
        });
        await Put(_cast.Fee, "/budget", new { limit = "EUR 46000" });
        await Post(_cast.Sam, "/concerns", new { text = "On-call is two people", term = "restore", anonymous = true });
        await _cast.HearVoices();
        await Post(_cast.Ann, "/caucus/provider", new { text = "What would help with nights?" });
        await Post(_cast.Pia, "/caucus/provider", new { text = "Fewer calls" });
        await Put(_cast.Ann, "/concerns/c1/interest", new { interest = "rest after a call" });
        await Post(_cast.Pia, "/offers", new { package = Table.Package });
        var set = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/equal-worth")))
            .Body.EnumerateArray()
            .Select(one => new { package = one.GetProperty("package") }).ToList();
        await Post(_cast.Cem, "/offer-sets", new { packages = set });
        await Post(_cast.Ann, "/drafts");
        var drafts = 1;
        while ((await _cast.Post(_cast.Ann, "/drafts")).Status == 200) (++drafts).ShouldBeLessThan(30);
        var table = (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))).Body;
        var text = table.GetProperty("offers").EnumerateArray()
            .Last(offer => offer.GetProperty("kind").GetString() == "singleText").GetProperty("id").GetString();
        await Post(_cast.Pia, $"/offers/{text}/rejection", new { reason = "I would rather offer it myself" });
        var expires = _cast.Clock.Now + Duration.FromHours(1);
        var last = (await Post(_cast.Pia, "/offers", new
        {
            package = new { availability = "99.95 %", restore = "6 h", charge = "EUR 44000" },
            expires,
        })).GetProperty("offers").EnumerateArray().Last().GetProperty("id").GetString();
        // At the instant at which it expires it has expired, and not an instant before.
        _cast.Clock.Now = expires;
        (await _cast.Post(_cast.Cem, $"/offers/{last}/acceptance")).Body.GetProperty("code").GetString()
            .ShouldBe("negotiation.expired");
        _cast.Clock.Now = expires - Duration.FromTicks(1);
        await Post(_cast.Cem, $"/offers/{last}/acceptance");
        var improvement = (await Post(_cast.Ann, "/improvements")).GetProperty("offers").EnumerateArray().Last()
            .GetProperty("id").GetString();
        // Both say yes at the same instant, and say it twice, on two nodes: one agreement, whoever's word came second.
        var (cem, pia) = (await _cast.Elsewhere(_cast.Cem), await _cast.Elsewhere(_cast.Pia));
        var said = await Task.WhenAll(((HttpClient[])[_cast.Cem, pia, cem, _cast.Pia]).Select(side =>
            _cast.Post(side, $"/offers/{improvement}/confidence", new { yes = true })));
        said.Count(answer => answer.Status == 200).ShouldBe(2);
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))).Body.GetProperty("agreedOffer")
            .GetString().ShouldBe(improvement);
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body.GetProperty("versions")
            .GetArrayLength().ShouldBe(1);
        (await _cast.Sign(_cast.Pia)).Body.GetProperty("code").GetString().ShouldBe("agreement.open_concern");
        await Post(_cast.Pia, "/concerns/c1/answer", new { answer = "A third person is hired" });
        // So is a signature: each side gives one, wherever and however often it signs.
        var given = await Task.WhenAll(
            ((HttpClient[])[_cast.Cem, pia, cem, _cast.Pia]).Select(side => _cast.Sign(side)));
        given.Count(answer => answer.Status == 200).ShouldBe(2);
        var version = (await cem.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body.GetProperty("versions")[0];
        version.GetProperty("isSigned").GetBoolean().ShouldBeTrue();
        version.GetProperty("signatures").GetArrayLength().ShouldBe(2);
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))).Body.GetProperty("notHeardYet")
            .EnumerateArray().Select(one => one.GetString()).ShouldBe(["Sam"], "what is said without a name counts for nobody");
    }

    [Fact]
    public async Task Another_person_hears_of_an_offer_without_asking()
    {
        using var hears = await _cast.Cem.GetAsync($"/engagements/{_cast.Engagement}/events",
            HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await hears.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync())!.ShouldStartWith("retry:");
        await _cast.Offer(_cast.Pia);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        string? line;
        do line = await reader.ReadLineAsync(patience.Token);
        while (line is not null && !line.StartsWith("data:", StringComparison.Ordinal));
        line.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_browser_that_lost_its_connection_hears_at_once_that_it_missed_something()
    {
        var last = await Beat(_cast.Cem, lastId: null, () => _cast.Offer(_cast.Pia));
        await _cast.Offer(_cast.Cem, new { availability = "99.95 %", restore = "3 h", charge = "EUR 43000" });
        await _cast.Post(_cast.Sam, "/concerns", new { text = "Nights" });
        var missed = await Beat(_cast.Cem, last, () => Task.CompletedTask);
        var places = _cast.Rooms.GetRequiredService<FeedPlaces>();
        places.Find(missed)!.Value.ShouldBeGreaterThan(places.Find(last)!.Value + 1, "Both moves are behind one beat.");
        last.ShouldNotContain($"{places.Find(last)}", Case.Sensitive, "what lies between would tell how often others wrote");
        (await Hears(_cast.Cem, missed)).ShouldBeFalse();
        (await Hears(_cast.Cem, "of an older key")).ShouldBeTrue("whoever was somewhere unknown looks at everything anew");
        (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/negotiation/n1")).Html.ShouldSatisfyAllConditions(
            html => html.ShouldContain("Your first offer"), html => html.ShouldContain("Nights"));
    }

    [Fact]
    public async Task What_is_said_in_private_beats_for_its_two_members_alone()
    {
        var started = await Beat(_cast.Pia, lastId: null, () => _cast.Offer(_cast.Pia));
        await _cast.Post(_cast.Cem, "/caucus/customer", new { text = "Psst" });
        foreach (var member in new[] { _cast.Ann, _cast.Cem })
            (await Beat(member, started, () => Task.CompletedTask)).ShouldNotBe(started);
        foreach (var other in new[] { _cast.Pia, _cast.Fee, _cast.Sam }) (await Hears(other, started)).ShouldBeFalse();
        var again = (await Beat(_cast.Ann, started, () => Task.CompletedTask))!;
        await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"), new { walkAway = 5 });
        (await Hears(_cast.Ann, again)).ShouldBeFalse("A room is written in silence.");
        (await Hears(_cast.Cem, again)).ShouldBeTrue();
    }

    /// <summary>Whether anything that an open page would renew itself for reaches somebody within a moment.</summary>
    private async Task<bool> Hears(HttpClient by, string lastId)
    {
        try
        {
            await Beat(by, lastId, () => Task.CompletedTask, seconds: 2);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The position that the next beat names, on a connection that knew a position before.</summary>
    private async Task<string> Beat(HttpClient by, string? lastId, Func<Task> move, int seconds = 20)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/engagements/{_cast.Engagement}/events");
        if (lastId is not null) ask.Headers.Add("Last-Event-ID", lastId);
        using var hears = await by.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var reader = new StreamReader(await hears.Content.ReadAsStreamAsync(patience.Token));
        (await reader.ReadLineAsync(patience.Token))!.ShouldStartWith("retry:");
        await move();
        while (await reader.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line["data: ".Length..];
        throw new OperationCanceledException();
    }

    [Fact]
    public async Task Two_acceptances_at_the_same_instant_make_one_agreement()
    {
        await _cast.Offer(_cast.Pia);
        await _cast.Offer(_cast.Cem, new { availability = "99.95 %", restore = "3 h", charge = "EUR 43000" });
        var accepted = await Task.WhenAll(
            _cast.Post(_cast.Cem, "/offers/o1/acceptance"), _cast.Post(_cast.Pia, "/offers/o2/acceptance"));
        accepted.Count(answer => answer.Status == 200).ShouldBe(1);
        accepted.Single(answer => answer.Status != 200).Body.GetProperty("code").GetString()!
            .ShouldStartWith("negotiation.");
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/agreements"))).Body.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_opens_one_table()
    {
        var first = await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/negotiations"), new { title = "Second" },
            key: "k1");
        var again = await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/negotiations"), new { title = "Second" },
            key: "k1");
        again.Body.GetProperty("id").GetString().ShouldBe(first.Body.GetProperty("id").GetString());
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations"))).Body.GetArrayLength().ShouldBe(2);
    }

    private async Task<JsonElement> Post(HttpClient by, string path, object? body = null)
    {
        var (status, answer) = await _cast.Post(by, path, body);
        status.ShouldBe(200, answer.ToString());
        return answer;
    }

    private async Task Put(HttpClient by, string path, object body) =>
        (await by.Ask(HttpMethod.Put, _cast.Path($"/negotiations/n1{path}"), body)).Status.ShouldBe(200);
}
