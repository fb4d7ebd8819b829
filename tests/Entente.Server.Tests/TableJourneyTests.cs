using System.Text.Json;

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
    public async Task A_concern_a_caucus_a_set_of_equals_a_single_text_and_an_improvement_end_in_two_signatures()
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
        await Post(_cast.Ann, "/caucus/provider", new { text = "What would help with nights?" });
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
        await Post(_cast.Pia, "/offers", new
        {
            package = new
            {
                availability = "99.95 %",
                restore = "6 h",
                charge = "EUR 44000"
            }
        });
        var last = (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))).Body.GetProperty("offers")
            .EnumerateArray().Last();
        await Post(_cast.Cem, $"/offers/{last.GetProperty("id").GetString()}/acceptance");
        var improvement = (await Post(_cast.Ann, "/improvements")).GetProperty("offers").EnumerateArray().Last()
            .GetProperty("id").GetString();
        await Post(_cast.Cem, $"/offers/{improvement}/confidence", new { yes = true });
        (await Post(_cast.Pia, $"/offers/{improvement}/confidence", new { yes = true })).GetProperty("agreedOffer")
            .GetString().ShouldBe(improvement);
        (await _cast.Sign(_cast.Pia)).Body.GetProperty("code").GetString().ShouldBe("agreement.open_concern");
        await Post(_cast.Pia, "/concerns/c1/answer", new { answer = "A third person is hired" });
        (await _cast.Sign(_cast.Pia)).Status.ShouldBe(200);
        (await _cast.Sign(_cast.Cem)).Body.GetProperty("versions")[0].GetProperty("isSigned").GetBoolean()
            .ShouldBeTrue();
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))).Body.GetProperty("notHeardYet")
            .GetArrayLength().ShouldBe(0);
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
