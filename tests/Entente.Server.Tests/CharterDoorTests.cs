using System.Text.Json;

namespace Entente.Server.Tests;

public sealed class CharterDoorTests : IAsyncLifetime
{
    private static readonly object _charter = new
    {
        purpose = "Agree what checkout must do",
        scope = "Checkout and payments",
        roles = new[] { "Ann mediates" },
        successMeasures = new[] { "Signed by May" },
    };

    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_charter_is_approved_when_every_stakeholder_approved_its_edition()
    {
        await Written();
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/charter/approval"), new { edition = 1 })).Body.GetProperty("isApproved").GetBoolean()
            .ShouldBeFalse();
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path("/charter/approval"), new { edition = 1 })).Body.GetProperty("isApproved").GetBoolean().ShouldBeTrue();
        (await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"),
            new { purpose = "Other", scope = "s", roles = new[] { "r" }, successMeasures = new[] { "m" } }))
            .Body.GetProperty("isApproved").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_chair_writes_and_only_stakeholders_speak()
    {
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/charter"), _charter)).Status.ShouldBe(403);
        await Written();
        var (status, problem) = await _cast.Sam.Ask(HttpMethod.Post, _cast.Path("/charter/approval"), new { edition = 1 });
        (status, problem.GetProperty("code").GetString()).ShouldBe((422, "charter.not_a_stakeholder"));
    }

    [Fact]
    public async Task Somebody_without_a_seat_finds_no_engagement_by_any_door()
    {
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path())).Status.ShouldBe(404);
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/charter"))).Status.ShouldBe(404);
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/charter")).Status.ShouldBe(404);
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/events")).Status.ShouldBe(404);
        using var visitor = _cast.Visitor();
        (await visitor.Ask(HttpMethod.Get, _cast.Path())).Status.ShouldBe(401);
    }

    [Fact]
    public async Task An_older_version_is_told_the_newer_one()
    {
        await Written();
        var (status, problem) = await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), _charter, ifMatch: "\"1\"");
        status.ShouldBe(409);
        problem.GetProperty("newerVersion").GetInt64().ShouldBe(3);
    }

    [Fact]
    public async Task The_same_key_writes_once_and_another_request_under_it_is_refused()
    {
        await Written();
        var first = await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/charter/objection"), new { edition = 1, reason = "no nights" }, key: "k1");
        var again = await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/charter/objection"), new { edition = 1, reason = "no nights" }, key: "k1");
        again.Body.GetProperty("version").GetInt64().ShouldBe(first.Body.GetProperty("version").GetInt64());
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/charter/objection"), new { edition = 1, reason = "other" }, key: "k1"))
            .Body.GetProperty("code").GetString().ShouldBe("ledger.key_reused");
    }

    [Theory]
    [InlineData("""{"purpose":"p","scope":"s","roles":["r"],"successMeasures":["m"],"zork":1}""", "zork")]
    [InlineData("""{"purpose":7,"scope":"s","roles":["r"],"successMeasures":["m"]}""", "$.purpose")]
    [InlineData("""{"purpose":"","scope":"s","roles":[],"successMeasures":["m"]}""", "$.roles")]
    [InlineData("not json", "$")]
    public async Task Bad_input_names_its_path_and_writes_nothing(string body, string path)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _cast.Ann.PutAsync(_cast.Path("/charter"), content);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain(path);
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/charter"))).Body.GetProperty("edition").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task The_page_shows_what_the_stakeholders_said()
    {
        await Written();
        await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/charter/objection", ("edition", "1"), ("reason", "No nights, please"));
        var (status, html) = await _cast.Sam.Look($"/engagements/{_cast.Engagement}/charter");
        status.ShouldBe(200);
        html.ShouldContain("No nights, please");
        (await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/charter", ("purpose", "x"))).Status.ShouldBe(403);
    }

    private async Task<JsonElement> Written()
    {
        await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), _charter);
        await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/charter/stakeholders"), new { person = _cast.CemId });
        return (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/charter/stakeholders"), new { person = _cast.PiaId })).Body;
    }
}
