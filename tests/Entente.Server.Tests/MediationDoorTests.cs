using System.Text.Json;
using Entente.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Tests;

public sealed class MediationDoorTests : IAsyncLifetime
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
    public async Task A_sealed_room_is_read_by_its_side_alone_and_lies_in_the_ledger_as_a_cipher()
    {
        await Rooms();
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body.GetProperty("said")
            .GetProperty("notes").GetString().ShouldBe("plum-secret");
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body.GetRawText()
            .ShouldNotContain("plum-secret");
        foreach (var (other, status) in new[] { (_cast.Ann, 403), (_cast.Fee, 200), (_cast.Sam, 200) })
        {
            var (answered, own) = await other.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"));
            answered.ShouldBe(status);
            own.ToString().ShouldNotContain("plum-secret");
            (await other.Look($"/engagements/{_cast.Engagement}/negotiation/n1/room")).Status.ShouldBe(status);
            (await other.Look($"/engagements/{_cast.Engagement}/negotiation/n1/equal-worth")).Status.ShouldBe(403);
        }

        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Status.ShouldBe(404);
        var rows = await _cast.Rooms.GetRequiredService<FactLedger>().After(0, 10_000);
        rows.ShouldContain(row => row.Kind == "sealedRoom.written");
        rows.ShouldAllBe(row => !row.Data.Contains("plum-secret", StringComparison.Ordinal)
            && !row.Data.Contains("walkAway", StringComparison.Ordinal));
        rows.Where(row => row.Kind == "sealedRoom.written").Select(row => row.Data.Length).Distinct().Count()
            .ShouldBe(1);
        rows.Where(row => row.Kind == "sealedRoom.written")
            .ShouldAllBe(row => !row.Id.StartsWith(_cast.Engagement, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_mediator_proposes_drafts_and_improves_and_the_agreement_carries_its_certificate()
    {
        await Rooms();
        var sight = (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/mediator"))).Body;
        sight.GetProperty("engine").GetProperty("hasZone").GetBoolean().ShouldBeTrue();
        var proposed = (await _cast.Post(_cast.Ann, "/proposals", new { fairness = "nash" })).Body;
        proposed.GetProperty("offers")[0].GetProperty("kind").GetString().ShouldBe("proposal");
        (await _cast.Post(_cast.Ann, "/drafts")).Body.GetProperty("offers")[1].GetProperty("kind").GetString()
            .ShouldBe("singleText");
        await _cast.Offer(_cast.Pia, new { availability = "99.95 %", restore = "6 h", charge = "EUR 44000" });
        (await _cast.Post(_cast.Cem, "/offers/o3/acceptance")).Status.ShouldBe(200);
        (await Certificate()).ShouldContain("better for at least one side");
        var improved = await _cast.Post(_cast.Ann, "/improvements");
        improved.Status.ShouldBe(200, improved.Body.ToString());
        (await _cast.Post(_cast.Pia, "/offers/o4/confidence", new { yes = true })).Body.GetProperty("agreedOffer")
            .GetString().ShouldBe("o3");
        (await _cast.Post(_cast.Cem, "/offers/o4/confidence", new { yes = true })).Body.GetProperty("agreedOffer")
            .GetString().ShouldBe("o4");
        (await Certificate()).ShouldContain("Pareto-efficient");
        (await _cast.Post(_cast.Ann, "/improvements")).Body.GetProperty("code").GetString()
            .ShouldBe("negotiation.efficient");
        (await _cast.Sign(_cast.Pia)).Status.ShouldBe(200);
        foreach (var side in new[] { _cast.Pia, _cast.Cem })
            (await _cast.Post(side, "/proposals", new { fairness = "nash" })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Without_a_zone_the_mediator_hears_so_and_not_whose_limit_it_is()
    {
        await Rooms(walkAway: 99);
        await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"), new { walkAway = 99 });
        var problem = (await _cast.Post(_cast.Ann, "/proposals", new { fairness = "nash" })).Body;
        problem.GetProperty("code").GetString().ShouldBe("negotiation.no_zone");
        problem.GetRawText().ShouldNotContain("customer");
        problem.GetRawText().ShouldNotContain("provider");
        (await _cast.Ann.Look($"/engagements/{_cast.Engagement}/negotiation/n1/mediator"))
            .Html.ShouldContain("does not exist on this table");
    }

    [Fact]
    public async Task A_caucus_is_between_the_chair_and_one_side()
    {
        (await _cast.Post(_cast.Ann, "/caucus/customer", new { text = "What would help you?" })).Status.ShouldBe(200);
        (await _cast.Post(_cast.Cem, "/caucus/customer", new { text = "plum-secret" })).Body.GetProperty("notes")
            .GetArrayLength().ShouldBe(2);
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/caucus/customer"))).Status.ShouldBe(403);
        (await _cast.Post(_cast.Pia, "/caucus/customer", new { text = "Hello?" })).Status.ShouldBe(403);
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/caucus/customer"))).Status.ShouldBe(403);
        (await _cast.Ann.Look($"/engagements/{_cast.Engagement}/negotiation/n1/mediator"))
            .Html.ShouldContain("plum-secret");
        (await _cast.Rooms.GetRequiredService<FactLedger>().After(0, 10_000))
            .ShouldAllBe(row => !row.Data.Contains("plum-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Three_of_equal_worth_are_offered_at_once()
    {
        await Rooms();
        var page = $"/engagements/{_cast.Engagement}/negotiation/n1";
        await _cast.Offer(_cast.Cem, new { availability = "99.9 %", restore = "3 h", charge = "EUR 43000" });
        var found = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/equal-worth")))
            .Body.EnumerateArray().ToList();
        found.Count.ShouldBeGreaterThanOrEqualTo(2);
        (await _cast.Cem.Look($"{page}/equal-worth")).Html.ShouldContain("Offer all");
        (await _cast.Post(_cast.Cem, "/offer-sets", new
        {
            packages = found.Select(
            one => new { package = one.GetProperty("package") })
        })).Status.ShouldBe(200);
        (await _cast.Pia.Look(page)).Html.ShouldContain("one of several of equal worth to its maker");
        (await _cast.Pia.Look(page)).Html.ShouldContain("For you it is");
    }

    [Fact]
    public async Task Hints_appear_only_when_both_allowed_them()
    {
        await Rooms();
        var page = $"/engagements/{_cast.Engagement}/negotiation/n1";
        await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/hints"), new { allowed = true });
        (await _cast.Cem.Look(page)).Html.ShouldNotContain("in opposite order");
        await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/hints"), new { allowed = true });
        (await _cast.Cem.Look(page)).Html.ShouldContain("in opposite order");
    }

    [Fact]
    public async Task The_room_asks_few_questions_and_keeps_playbooks_by_form()
    {
        var page = $"/engagements/{_cast.Engagement}/negotiation/n1/room";
        var (status, html) = await _cast.Cem.Look(page);
        status.ShouldBe(200);
        html.ShouldContain("You care most about");
        (await _cast.Cem.Submit(page, ("swing.availability", "20"), ("swing.restore", "90"), ("swing.charge", "50"),
            ("walkaway.restore", "3 h"),
            ("walkAway", "10"), ("notes", "n"))).Status.ShouldBe(303);
        (await _cast.Cem.Look(page)).Html.ShouldContain(
            "You would rather walk away than go beyond 3 h on Restore time.");
        (await _cast.Cem.Submit(page, ("swing.availability", "200"), ("walkAway", "10"))).Status.ShouldBe(400);
        var room = (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body;
        var question = room.GetProperty("question");
        var answered = await _cast.Post(_cast.Pia, "/room/answers",
            new { first = question.GetProperty("first"), second = question.GetProperty("second"), choice = "first" });
        answered.Body.GetProperty("questionsLeft").GetInt32().ShouldBe(14);
    }

    [Fact]
    public async Task A_party_ranks_the_terms_and_says_what_it_would_give_up()
    {
        var page = $"/engagements/{_cast.Engagement}/negotiation/n1/room";
        (await _cast.Cem.Submit($"{page}/ranking", ("place.availability", "3"), ("place.restore", "1"), ("place.charge", "2")))
            .Status.ShouldBe(303);
        var room = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body;
        room.GetProperty("believed")[0].GetString()!.ShouldStartWith("You care most about Restore time");
        (await _cast.Cem.Submit($"{page}/ranking", ("place.availability", "1"), ("place.restore", "1"), ("place.charge", "2")))
            .Status.ShouldBe(400);
        (await _cast.Cem.Submit($"{page}/trade-offs", ("gain", "restore\r\n6 h\r\n2 h"),
            ("giveUp", "charge\r\nEUR 42000\r\nEUR 45800"))).Status.ShouldBe(303);
        var path = _cast.Path("/negotiations/n1/room");
        (await _cast.Pia.Ask(HttpMethod.Put, $"{path}/ranking", new { terms = new[] { "charge", "restore" } }))
            .Body.GetProperty("believed")[0].GetString()!.ShouldContain("Monthly charge");
        var (refused, why) = await _cast.Pia.Ask(HttpMethod.Post, $"{path}/trade-offs", new
        {
            gain = new { term = "charge", from = "EUR 42000", to = "EUR 45800" },
            giveUp = new { term = "charge", from = "EUR 45800", to = "EUR 42000" },
        });
        (refused, why.GetProperty("code").GetString()).ShouldBe((422, "room.same_term"));
        (await _cast.Pia.Ask(HttpMethod.Put, $"{path}/ranking", new { terms = new[] { "charge", "charge" } })).Status.ShouldBe(400);
        (await _cast.Ann.Ask(HttpMethod.Put, $"{path}/ranking", new { terms = new[] { "charge" } })).Status.ShouldBe(403);
        (await _cast.Zoe.Ask(HttpMethod.Put, $"{path}/ranking", new { terms = new[] { "charge" } })).Status.ShouldBe(404);
        (await _cast.Zoe.Ask(HttpMethod.Post, $"{path}/trade-offs", new { })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Answers_that_cannot_all_be_meant_are_shown_with_the_answers()
    {
        var (worse, better) = (new { availability = "99.8 %", restore = "6 h", charge = "EUR 45800" },
            new { availability = "99.95 %", restore = "2 h", charge = "EUR 42000" });
        await _cast.Post(_cast.Cem, "/room/answers", new { first = better, second = worse, choice = "first" });
        await _cast.Post(_cast.Cem, "/room/answers", new { first = worse, second = better, choice = "first" });
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body.GetProperty("contradiction")
            .EnumerateArray().Select(place => place.GetInt32()).ShouldBe([1]);
        var page = $"/engagements/{_cast.Engagement}/negotiation/n1/room";
        (await _cast.Cem.Look(page)).Html.ShouldSatisfyAllConditions(
            html => html.ShouldContain("These answers cannot all be meant."), html => html.ShouldContain("rather than"));
        (await _cast.Cem.Submit($"{page}/answers/1/withdrawal")).Status.ShouldBe(303);
        (await _cast.Cem.Look(page)).Html.ShouldNotContain("cannot all be meant");
    }

    [Fact]
    public async Task Whoever_chairs_the_same_rooms_give_the_same_proposals()
    {
        await Rooms();
        (await _cast.Ann.Ask(HttpMethod.Delete, _cast.Path($"/seats/{_cast.SamId}"))).Status.ShouldBe(200);
        (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/seats"),
            new { person = _cast.SamId, seat = "serviceLevelManager" })).Status.ShouldBe(200);
        foreach (var fairness in new[] { "nash", "kalaiSmorodinsky", "egalitarian" })
        {
            List<string> packages = [];
            foreach (var chair in new[] { _cast.Ann, _cast.Sam })
            {
                var (status, body) = await _cast.Post(chair, "/proposals", new { fairness });
                status.ShouldBe(200, body.ToString());
                packages.Add(body.GetProperty("offers").EnumerateArray().Last().GetProperty("package").GetRawText());
            }

            packages[1].ShouldBe(packages[0], fairness);
        }
    }

    [Fact]
    public async Task Limits_that_leave_no_package_break_no_page()
    {
        await Rooms();
        var room = new { playbooks = new { restore = new { walkAway = "2 h" } }, walkAway = 100 };
        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"), room)).Status.ShouldBe(200);
        var other = new { playbooks = new { restore = new { walkAway = "6 h" } }, walkAway = 100 };
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"), other)).Status.ShouldBe(200);
        await _cast.Offer(_cast.Pia);
        await _cast.Fee.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/budget"), new { limit = "EUR 1" });
        foreach (var page in new[] { "", "/offers/o1", "/room", "/equal-worth" })
            (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/negotiation/n1{page}")).Status.ShouldBe(200, page);
        (await _cast.Ann.Look($"/engagements/{_cast.Engagement}/negotiation/n1/mediator")).Html
            .ShouldContain("does not exist on this table");
        (await _cast.Post(_cast.Ann, "/drafts")).Status.ShouldBe(422);
        (await _cast.Post(_cast.Cem, "/offers/o1/acceptance")).Body.GetProperty("code").GetString()
            .ShouldBe("negotiation.budget");
    }

    private async Task<string> Certificate() => (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body
        .GetProperty("versions")[0].GetProperty("certificate").GetProperty("words").GetString()!;

    private async Task Rooms(int walkAway = 5)
    {
        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"), new
        {
            swings = new { availability = 20, restore = 90, charge = 50 },
            walkAway,
            notes = "plum-secret",
        })).Status.ShouldBe(200);
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"),
            new { swings = new { availability = 90, restore = 30, charge = 40 }, walkAway = 5 })).Status.ShouldBe(200);
    }
}
