namespace Entente.Server.Tests;

public sealed class RehearsalDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Anyone_who_signed_in_practises_and_nothing_is_recorded()
    {
        var before = (await _cast.Zoe.Ask(HttpMethod.Get, "/api/v1/rehearsals")).Body;
        before.GetProperty("scenarios").GetArrayLength().ShouldBe(5);
        before.GetRawText().ShouldNotContain("Weight");
        var left = await _cast.Zoe.Ask(HttpMethod.Post, "/api/v1/rehearsals", new
        {
            scenario = "cloud",
            side = "customer",
            tactic = "fair",
            seed = 1,
            moves = new[] { new { leave = true } },
        });
        left.Body.GetProperty("debrief").GetProperty("agreed").GetBoolean().ShouldBeFalse();
        using var visitor = _cast.Visitor();
        (await visitor.Ask(HttpMethod.Post, "/api/v1/rehearsals", new { })).Status.ShouldBe(401);
        (await _cast.Zoe.Ask(HttpMethod.Post, "/api/v1/rehearsals", new
        {
            scenario = "zork",
            side = "customer",
            tactic = "fair",
            seed = 1,
            moves = Array.Empty<object>(),
        })).Body.GetProperty("code").GetString().ShouldBe("rehearsal.scenario");
    }

    [Fact]
    public async Task A_mediator_practises_between_two_simulated_sides_by_page_and_by_api()
    {
        using var visitor = _cast.Visitor();
        var wish = new
        {
            scenario = "desk",
            provider = "fair",
            customer = "conceding",
            seed = 3,
            moves = new object[] { new { }, new { ask = "provider" }, new { ask = "customer" } },
        };
        (await visitor.Ask(HttpMethod.Post, "/api/v1/rehearsals/mediation", wish)).Status.ShouldBe(401);
        var state = (await _cast.Zoe.Ask(HttpMethod.Post, "/api/v1/rehearsals/mediation", wish)).Body;
        state.GetProperty("notes").GetRawText().ShouldContain("in private: most for");
        state.GetRawText().ShouldNotContain("Weight");
        (await _cast.Zoe.Look("/rehearsal")).Html.ShouldContain("Take the chair");
        var (status, html) = await _cast.Zoe.Look(
            "/rehearsal/mediation?scenario=desk&provider=fair&customer=tough");
        status.ShouldBe(200);
        html.ShouldContain("Let both speak");
        var moves = System.Text.Json.JsonSerializer.Serialize(Enumerable.Repeat(new { }, 9));
        (string, string)[] fields =
            [("scenario", "desk"), ("provider", "fair"), ("customer", "conceding"), ("seed", "3")];
        (await _cast.Zoe.Submit("/rehearsal/mediation", [.. fields, ("moves", "[{}]"), ("act", "customer")]))
            .Html.ShouldContain("in private");
        (await _cast.Zoe.Submit("/rehearsal/mediation", [.. fields, ("moves", "zork"), ("act", "listen")])).Status
            .ShouldBe(400);
        (await _cast.Zoe.Submit("/rehearsal/mediation", [.. fields, ("moves", moves), ("act", "listen")])).Status
            .ShouldBeOneOf(200, 422);
    }

    [Fact]
    public async Task The_page_plays_move_by_move()
    {
        (await _cast.Zoe.Look("/rehearsal")).Html.ShouldContain("Sit down");
        var (status, html) = await _cast.Zoe.Look("/rehearsal/table?scenario=desk&side=customer&tactic=tough");
        status.ShouldBe(200);
        html.ShouldContain("Accept theirs");
        // The best of every term is worth 100 to the customer: 30, 20, 15, 25 and 10.
        html.ShouldContain("15 min (30)");
        html.ShouldContain("no deal is worth 25");
        foreach (var address in new[] { "/rehearsal/table", "/rehearsal/mediation?scenario=desk" })
            (await _cast.Zoe.Look(address)).Status.ShouldBe(302, "who chose nothing chooses again");
        (await _cast.Zoe.Look("/rehearsal/table?scenario=zork&side=customer&tactic=tough")).Status.ShouldBe(422);
        var accepted = await _cast.Zoe.Submit("/rehearsal/table", ("scenario", "desk"), ("side", "customer"),
            ("tactic", "tough"),
            ("seed", "3"), ("moves", "[]"), ("act", "accept"));
        accepted.Html.ShouldContain("One thing to do better");
        (await _cast.Zoe.Submit("/rehearsal/table", ("scenario", "desk"), ("side", "customer"), ("tactic", "tough"),
            ("seed", "3"), ("moves", "zork"), ("act", "accept"))).Status.ShouldBe(400);
    }
}
