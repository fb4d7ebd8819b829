using System.Text.Json;
using Entente.Server.Tests.Documentation;
using Entente.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Tests;

/// <summary>Voices beside the two sides, messages that the chair carries, what an offer is worth, and how gains were
/// shared: by every door, and with the wrong person.</summary>
public sealed class VoiceDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    private string Page => $"/engagements/{_cast.Engagement}/negotiation/n1";

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task The_charter_says_how_much_the_other_voices_weigh()
    {
        await Open(quorum: 100);
        await _cast.Offer(_cast.Pia);
        (await _cast.Post(_cast.Cem, "/offers/o1/acceptance")).Body.GetProperty("standing").GetString()
            .ShouldBe("open");
        (await _cast.Sam.Look($"{Page}/offers/o1")).Html.ShouldContain("0 of the 2 voices");
        (await _cast.Post(_cast.Sam, "/offers/o1/vote", new { backs = false })).Body.GetProperty("code").GetString()
            .ShouldBe("negotiation.reason_missing");
        (await _cast.Sam.Submit($"{Page}/offers/o1/vote", ("backs", "no"), ("reason", "No nights"))).Status
            .ShouldBe(303);
        (await _cast.Ann.Look($"{Page}/offers/o1")).Html.ShouldContain("blocks it: No nights");
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/waiting"))).Body.GetRawText()
            .ShouldContain("back or block Acme IT's first offer of 2 March");
        await _cast.Post(_cast.Fee, "/offers/o1/vote", new { backs = true });
        (await _cast.Post(_cast.Sam, "/offers/o1/vote", new { backs = true })).Body.GetProperty("agreedOffer")
            .GetString().ShouldBe("o1");
        foreach (var side in new[] { _cast.Pia, _cast.Cem, _cast.Ann })
        {
            (await _cast.Post(side, "/offers/o1/vote", new { backs = true })).Status.ShouldBe(403);
            (await side.Submit($"{Page}/offers/o1/vote", ("backs", "yes"))).Status.ShouldBe(403);
        }

        (await _cast.Post(_cast.Zoe, "/offers/o1/vote", new { backs = true })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_message_is_carried_in_the_chairs_words_when_its_author_approves_them()
    {
        await Open();
        await _cast.Post(_cast.Cem, "/caucus/customer", new { text = "They never pick up, idiots" });
        (await _cast.Post(_cast.Ann, "/caucus/customer/shuttles", new { text = "Reachability at night matters" }))
            .Status.ShouldBe(200);
        (await Notes(_cast.Pia, "provider")).ShouldBeEmpty();
        (await _cast.Pia.Look($"{Page}/room")).Html.ShouldNotContain("Reachability");
        foreach (var other in new[] { _cast.Pia, _cast.Sam })
            (await _cast.Post(other, "/caucus/customer/shuttles/m1/approval")).Status.ShouldBe(403);
        (await _cast.Post(_cast.Ann, "/caucus/customer/shuttles/m1/approval")).Status.ShouldBe(403);
        (await _cast.Post(_cast.Cem, "/caucus/customer/shuttles", new { text = "Mine" })).Status.ShouldBe(403);
        (await _cast.Cem.Look($"{Page}/room")).Html.ShouldContain("Carry it so");
        (await _cast.Cem.Submit($"{Page}/caucus/customer/shuttles/m1/decline", ("text", "Say priority 1"))).Status
            .ShouldBe(303);
        await _cast.Ann.Submit($"{Page}/caucus/customer/shuttles", ("text", "Reachability for priority 1"));
        (await _cast.Cem.Submit($"{Page}/caucus/customer/shuttles/m2/approval")).Status.ShouldBe(303);
        (await Notes(_cast.Pia, "provider")).ShouldBe(["Reachability for priority 1"]);
        (await _cast.Pia.Look($"{Page}/room")).Html.ShouldSatisfyAllConditions(
            html => html.ShouldContain("Globex, carried by the mediator"), html => html.ShouldNotContain("idiots"));
        (await _cast.Post(_cast.Cem, "/caucus/customer/shuttles/m2/approval")).Body.GetProperty("code").GetString()
            .ShouldBe("shuttle.answered");
        (await _cast.Rooms.GetRequiredService<FactLedger>().After(0, 10_000))
            .ShouldAllBe(row => !row.Data.Contains("Reachability", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_offer_is_worth_is_told_to_its_own_side_with_reasons()
    {
        await Open();
        await Rooms();
        await _cast.Offer(_cast.Pia);
        var worth = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/offers/o1/worth"))).Body;
        worth.GetProperty("words").GetString()!.ShouldStartWith("For you it is");
        worth.GetProperty("reasons")[0].GetString()!.ShouldContain("Restore time, which matters most to you");
        (await _cast.Cem.Look($"{Page}/offers/o1")).Html.ShouldContain("which matters most to you");
        foreach (var other in new[] { _cast.Ann, _cast.Fee, _cast.Sam })
        {
            (await other.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/offers/o1/worth"))).Status.ShouldBe(403);
            (await other.Look($"{Page}/offers/o1")).Html.ShouldNotContain("matters most to you");
        }
    }

    [Fact]
    public async Task How_gains_were_shared_is_told_to_both_once_all_have_signed()
    {
        await Open();
        await Rooms();
        var proposed = (await _cast.Post(_cast.Ann, "/proposals", new { fairness = "nash" })).Status;
        proposed.ShouldBe(200);
        foreach (var side in new[] { _cast.Pia, _cast.Cem })
            (await _cast.Post(side, "/offers/o1/acceptance")).Status.ShouldBe(200);
        (await Report(_cast.Pia)).GetProperty("code").GetString().ShouldBe("fairness.unsigned");
        (await _cast.Pia.Look($"{Page}/fairness")).Html.ShouldContain("told once all have signed");
        await _cast.Sign(_cast.Pia);
        await _cast.Sign(_cast.Cem);
        var report = await Report(_cast.Pia);
        report.GetRawText().ShouldBe((await Report(_cast.Cem)).GetRawText());
        report.GetRawText().ShouldBe((await Report(_cast.Ann)).GetRawText(), "It does not depend on who asks.");
        report.GetProperty("jointTenths").GetInt32().ShouldBe(10, "The Nash point was agreed.");
        report.GetProperty("tenths").GetProperty("provider").GetInt32().ShouldBeInRange(5, 10);
        (await _cast.Cem.Look($"{Page}/fairness")).Html.ShouldContain("10 tenths");
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/fairness"))).Status.ShouldBe(403);
        (await _cast.Sam.Look($"{Page}/fairness")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Drafts_say_which_hard_concern_no_draft_meets()
    {
        await Open();
        (await _cast.Post(_cast.Sam, "/concerns", new { text = "Sleep", least = "4 h" })).Status.ShouldBe(400);
        (await _cast.Sam.Submit($"{Page}/concerns", ("text", "Sleep"), ("term", "restore"), ("owner", "Provider"),
            ("needs", "30 min"), ("needsHow", "AtMost"))).Status.ShouldBe(303);
        (await _cast.Sam.Look($"{Page}/concerns")).Html.ShouldContain("hard: needs at most");
        var none = (await _cast.Post(_cast.Ann, "/drafts")).Body;
        none.GetProperty("code").GetString().ShouldBe("negotiation.text_concerns");
        none.GetProperty("detail").GetString()!.ShouldStartWith("No draft meets the concern “Sleep” with at most");
        await _cast.Post(_cast.Pia, "/concerns/c1/answer", new { answer = "Two shifts" });
        (await _cast.Post(_cast.Ann, "/drafts")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Offers_stand_in_a_tree_and_participation_names_no_anonymous_voice()
    {
        await Open();
        await _cast.Offer(_cast.Pia);
        await _cast.Offer(_cast.Cem, new { availability = "99.95 %", restore = "3 h", charge = "EUR 43000" }, "o1");
        await _cast.Post(_cast.Sam, "/concerns", new { text = "Nights", anonymous = true });
        await _cast.HearVoices();
        var tree = (await _cast.Sam.Look($"{Page}/offers")).Html;
        tree.IndexOf("/offers/o1", StringComparison.Ordinal)
            .ShouldBeLessThan(tree.IndexOf("/offers/o2", StringComparison.Ordinal));
        (await _cast.Zoe.Look($"{Page}/offers")).Status.ShouldBe(404);
        var took = (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))).Body
            .GetProperty("participation").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        took["Sam"].GetProperty("heard").GetInt32().ShouldBe(0);
        took["Sam"].GetProperty("concernsRaised").GetInt32().ShouldBe(0);
        took["Cem"].GetProperty("heard").GetInt32().ShouldBe(1);
        (await _cast.Ann.Look($"{Page}/participation")).Html.ShouldContain("Nights");
        (await _cast.Zoe.Look($"{Page}/participation")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_charter_makes_one_voice_mandatory_and_has_another_consulted()
    {
        await Open(rights: ["Sam | mandatory", "accounting | consulted"]);
        await _cast.Offer(_cast.Pia);
        (await _cast.Sam.Look($"{Page}/offers/o1")).Html.ShouldContain("makes your voice mandatory");
        (await _cast.Fee.Look($"{Page}/offers/o1")).Html.ShouldContain("has you consulted");
        var waits = (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/waiting"))).Body.GetRawText();
        waits.ShouldContain(_cast.SamId);
        waits.ShouldContain(_cast.FeeId);
        await _cast.Post(_cast.Fee, "/offers/o1/vote", new { backs = false, reason = "Too dear" });
        await _cast.Post(_cast.Sam, "/offers/o1/vote", new { backs = false, reason = "No nights" });
        var blocked = (await _cast.Post(_cast.Cem, "/offers/o1/acceptance")).Body;
        blocked.GetProperty("standing").GetString().ShouldBe("open");
        blocked.GetProperty("offers")[0].GetProperty("votes").EnumerateArray()
            .Single(vote => vote.GetProperty("by").GetString() == "Sam").GetProperty("weight").GetString().ShouldBe("mandatory");
        (await _cast.Ann.Look($"{Page}/offers/o1")).Html.ShouldContain("Nothing is agreed without the yes of Sam.");
        (await _cast.Post(_cast.Sam, "/offers/o1/vote", new { backs = true })).Body.GetProperty("agreedOffer")
            .GetString().ShouldBe("o1", "accounting is consulted and does not count");
    }

    [Fact]
    public async Task A_voice_that_the_charter_weighs_is_somebodys()
    {
        await Open(rights: ["Tim | mandatory"], opens: false);
        var (status, body) = await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/negotiations"), new { title = "Checkout" });
        (status, body.GetProperty("code").GetString()).ShouldBe((422, "negotiation.voice_unseated"));
    }

    private async Task Open(int quorum = 0, string[]? rights = null, bool opens = true)
    {
        await _cast.OpenGate();
        if (quorum > 0 || rights is not null)
        {
            await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), new
            {
                purpose = "p",
                scope = "s",
                roles = new[] { "r" },
                successMeasures = new[] { "m" },
                quorum,
                votingRights = rights ?? [],
            });
            (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/charter/approval"), new { edition = 2 })).Status
                .ShouldBe(200);
        }

        if (opens) await _cast.OpenTable();
    }

    private async Task Rooms()
    {
        await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"),
            new { swings = new { availability = 20, restore = 90, charge = 50 }, walkAway = 5 });
        await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"),
            new { swings = new { availability = 90, restore = 30, charge = 40 }, walkAway = 5 });
    }

    private async Task<JsonElement> Report(HttpClient by) =>
        (await by.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/fairness"))).Body;

    private async Task<List<string?>> Notes(HttpClient by, string party) =>
        [.. (await by.Ask(HttpMethod.Get, _cast.Path($"/negotiations/n1/caucus/{party}"))).Body.GetProperty("notes")
            .EnumerateArray().Select(note => note.GetProperty("text").GetString())];
}
