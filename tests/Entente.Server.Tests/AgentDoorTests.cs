using System.Text.Json;

namespace Entente.Server.Tests;

/// <summary>Programs with a token hold seats at a real table.</summary>
public sealed class AgentDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
        await _cast.OpenTable(new { title = "Machines", order = "turns" });
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Two_agents_agree_by_the_routes_and_rules_of_people()
    {
        await Write(_cast.Cem, new { swings = new { availability = 20, restore = 90, charge = 50 }, walkAway = 5 });
        await Write(_cast.Pia, new { swings = new { availability = 90, restore = 30, charge = 40 }, walkAway = 5 });
        var standing = "open";
        for (var turn = 0; turn < 40 && standing == "open"; turn++)
        {
            var by = turn % 2 == 0 ? _cast.Pia : _cast.Cem;
            var next = (await by.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/next-move?character=fair"))).Body;
            var offer = next.TryGetProperty("offer", out var named) ? named.GetString() : null;
            var (status, body) = next.GetProperty("kind").GetString() switch
            {
                "accept" => await _cast.Post(by, $"/offers/{offer}/acceptance"),
                "offer" => await _cast.Offer(by, next.GetProperty("package"), offer),
                _ => await by.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1")),
            };
            status.ShouldBe(200, body.ToString());
            standing = body.GetProperty("standing").GetString();
        }

        standing.ShouldBe("agreed");
        // The chair's improvement, where there is one, is theirs to take as well.
        if ((await _cast.Post(_cast.Ann, "/improvements")).Status == 200)
        {
            foreach (var by in new[] { _cast.Pia, _cast.Cem })
            {
                var next = (await by.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/next-move?character=fair"))).Body;
                next.GetProperty("kind").GetString().ShouldBe("accept");
                (await _cast.Post(by, $"/offers/{next.GetProperty("offer").GetString()}/acceptance")).Status.ShouldBe(200);
            }
        }

        var signed = await _cast.Sign(_cast.Pia);
        signed.Status.ShouldBe(200, signed.Body.ToString());
    }

    [Fact]
    public async Task An_agent_out_of_turn_in_the_wrong_seat_or_of_no_character_is_refused_like_anybody()
    {
        await _cast.Offer(_cast.Pia);
        var again = await _cast.Offer(_cast.Pia, new { availability = "99.85 %", restore = "5 h", charge = "EUR 45000" });
        again.Body.GetProperty("code").GetString().ShouldBe("negotiation.out_of_turn");
        foreach (var other in new[] { _cast.Ann, _cast.Fee, _cast.Sam })
            (await other.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/next-move?character=fair"))).Status
                .ShouldBe(403);
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/next-move?character=fair"))).Status
            .ShouldBe(404);
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/next-move?character=zork"))).Body
            .GetProperty("code").GetString().ShouldBe("rehearsal.tactic");
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/next-move?character=fair&rounds=99")))
            .Status.ShouldBe(400);
    }

    private async Task Write(HttpClient by, object room) =>
        (await by.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"), room)).Status.ShouldBe(200);
}
