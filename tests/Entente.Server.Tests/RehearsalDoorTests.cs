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
        before.GetProperty("scenarios").GetArrayLength().ShouldBe(3);
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
    public async Task The_page_plays_move_by_move()
    {
        (await _cast.Zoe.Look("/rehearsal")).Html.ShouldContain("Sit down");
        var (status, html) = await _cast.Zoe.Look("/rehearsal/table?scenario=desk&side=customer&tactic=tough");
        status.ShouldBe(200);
        html.ShouldContain("Accept theirs");
        var accepted = await _cast.Zoe.Submit("/rehearsal/table", ("scenario", "desk"), ("side", "customer"),
            ("tactic", "tough"),
            ("seed", "3"), ("moves", "[]"), ("act", "accept"));
        accepted.Html.ShouldContain("One thing to do better");
        (await _cast.Zoe.Submit("/rehearsal/table", ("scenario", "desk"), ("side", "customer"), ("tactic", "tough"),
            ("seed", "3"), ("moves", "zork"), ("act", "accept"))).Status.ShouldBe(400);
    }
}
