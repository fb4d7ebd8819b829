using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Entente.Server.Tests;

/// <summary>What a table begins with: options that history and IT's levels bring, rooms for every party, and in an
/// amendment only what changed.</summary>
public sealed class PreparingDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task History_brings_what_nine_of_ten_months_and_all_of_them_met()
    {
        var rows = new StringBuilder("start,end,series,state\n2025-01-01T00:00:00Z,2026-03-01T00:00:00Z,checkout,up\n");
        // Fourteen months: one lost ten hours of 744 (98.65 %), each of the others one hour of at least 672 (99.85 %).
        for (var month = 1; month <= 13; month++)
        {
            var at = new DateTime(2025, 1, 10, 0, 0, 0, DateTimeKind.Utc).AddMonths(month);
            rows.AppendLine($"{at:yyyy-MM-ddTHH:mm:ssZ},{at.AddHours(month == 4 ? 10 : 1):yyyy-MM-ddTHH:mm:ssZ},checkout,down");
        }

        using var content = new StringContent(rows.ToString(), Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        using var taken = await _cast.Pia.PostAsync(_cast.Path("/measurements?name=outages.csv"), content);
        taken.IsSuccessStatusCode.ShouldBeTrue(await taken.Content.ReadAsStringAsync());
        var table = await _cast.OpenTable();
        var options = table.GetProperty("terms").EnumerateArray().Single(term => term.GetProperty("key").GetString() == "availability")
            .GetProperty("options").EnumerateArray().Select(option => option.GetProperty("of").GetString());
        options.ShouldBe(["98.65 %", "99.8 %", "99.85 %", "99.95 %"]);
    }

    [Fact]
    public async Task Accounting_and_stakeholders_have_rooms_that_only_they_read_and_that_the_engine_counts()
    {
        await _cast.OpenTable();
        foreach (var (by, notes) in new[] { (_cast.Fee, "For us alone 4711"), (_cast.Sam, "For us alone 4712") })
        {
            (await by.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"), new { swings = new { charge = 77 }, notes })).Status.ShouldBe(200);
            (await by.Look($"/engagements/{_cast.Engagement}/negotiation/n1/room")).Html.ShouldContain(notes);
        }

        (await _cast.Fee.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"), new { walkAway = 7 })).Status.ShouldBe(200);
        (await _cast.Fee.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"), new { swings = new { charge = 76 } })).Body
            .GetProperty("said").ToString().ShouldSatisfyAllConditions(
                said => said.ShouldContain("4711", customMessage: "what is not named stays"),
                said => said.ShouldContain("\"walkAway\":7"));
        (await _cast.Fee.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body.ToString().ShouldNotContain("4712");
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body.ToString().ShouldNotContain("4711");
        (await _cast.Fee.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"),
            new { playbooks = new { nope = new { clause = "x" } } })).Status.ShouldBe(400);
        (await _cast.Fee.Ask(HttpMethod.Post, _cast.Path("/negotiations/n1/room/answers"),
            new { first = new { charge = "EUR 1" }, second = new { charge = "EUR 2" }, choice = "first" })).Body
            .GetProperty("code").GetString().ShouldBe("room.package", "it would cost a question and tell nothing");
        (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/negotiations/n1/proposals"), new { })).Body
            .GetProperty("detail").GetString().ShouldBe("$: expected fairness, which is missing");
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Status.ShouldBe(403);
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/negotiation/n1/room")).Status.ShouldBe(404);
        foreach (var side in new[] { _cast.Pia, _cast.Cem })
            (await side.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body.ToString().ShouldNotContain("For us alone");
    }

    [Fact]
    public async Task A_form_takes_several_contingent_terms_and_keeps_what_was_typed_when_a_row_is_added()
    {
        var table = await _cast.OpenTable();
        table.GetProperty("terms").EnumerateArray().First(term => term.GetProperty("key").GetString() == "availability")
            .TryGetProperty("belongsWith", out _).ShouldBeTrue();
        var page = $"/engagements/{_cast.Engagement}/negotiation/n1";
        (string, string)[] typed =
        [
            ("term.availability", "99.87 %"), ("term.restore", "5 h"), ("term.charge", "EUR 44100"), ("message", "So"),
            ("contingent", "availability"), ("contingentValue", "99.5 %"), ("contingentCredit", ""),
            ("contingentUntil", "the second site is live"), ("contingentAt", "2026-10-01"),
        ];
        var (status, html) = await _cast.Pia.Submit($"{page}/offers/rows", typed);
        status.ShouldBe(200);
        html.ShouldContain("Contingent term 2");
        foreach (var kept in new[] { "99.87 %", "the second site is live", "2026-10-01" }) html.ShouldContain(kept);
        (await _cast.Fee.Submit($"{page}/offers/rows", typed)).Status.ShouldBe(403);
        (await _cast.Zoe.Submit($"{page}/offers/rows", typed)).Status.ShouldBe(404);
        (await _cast.Pia.Submit($"{page}/offers", [.. typed, ("contingent", "restore"), ("contingentValue", "8 h"),
            ("contingentCredit", ""), ("contingentUntil", "a third person is hired"), ("contingentAt", ""),
            ("contingent", ""), ("contingentValue", ""), ("contingentCredit", ""), ("contingentUntil", ""), ("contingentAt", "")]))
            .Status.ShouldBe(303);
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))).Body.GetProperty("offers")[0]
            .GetProperty("contingencies").EnumerateArray().Select(one => one.GetProperty("until").GetString())
            .ShouldBe(["the second site is live", "a third person is hired"]);
        (await _cast.Pia.Submit($"{page}/offers", [.. typed[..4], ("contingent", "restore"), ("contingentValue", "8 h"),
            ("contingentCredit", ""), ("contingentUntil", ""), ("contingentAt", "")])).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Mood_and_trust_of_all_rounds_are_a_picture_with_words_for_the_chair_alone()
    {
        await _cast.OpenTable();
        await _cast.Post(_cast.Pia, "/hints", new { allowed = true });
        await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/pulse"), new { mood = 2, trust = 3 });
        await _cast.Post(_cast.Ann, "/rounds", new { });
        await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/pulse"), new { mood = 4, trust = 3 });
        var html = (await _cast.Ann.Look($"/engagements/{_cast.Engagement}/negotiation/n1/mediator")).Html;
        html.ShouldContain("Mood rose from 2.0 to 4.0, trust held at 3.0, from round 1 to 2.");
        html.ShouldContain("<svg");
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/mediator"))).Body.GetProperty("pulseRounds")
            .GetProperty("provider").GetArrayLength().ShouldBe(2);
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/mediator"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_stakeholder_starts_from_what_touches_them()
    {
        await _cast.OpenTable();
        await _cast.Post(_cast.Sam, "/concerns", new { text = "Too dear for us", term = "charge" });
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1/room"))).Body.GetProperty("believed")[0]
            .GetString()!.ShouldStartWith("You care most about Monthly charge");
    }

    [Fact]
    public async Task An_amendment_reopens_what_changed_or_was_named_and_carries_the_rest()
    {
        await _cast.OpenTable(new { title = "Checkout 2027", effectiveFrom = "2026-01-01" });
        await _cast.Agree();
        await _cast.Sign(_cast.Pia);
        await _cast.Sign(_cast.Cem);
        var table = await _cast.OpenTable(new { title = "Checkout 2028", amends = "a1", effectiveFrom = "2026-06-01", reopen = new[] { "charge" } });
        table.GetProperty("terms").EnumerateArray().Select(term => term.GetProperty("key").GetString()).ShouldBe(["charge"]);
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path("/negotiations/n2/offers"), new { package = new { charge = "EUR 47000" } })).Status.ShouldBe(200);
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/negotiations/n2/offers/o1/acceptance"))).Status.ShouldBe(200);
        var terms = (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body.GetProperty("versions")[1]
            .GetProperty("document").GetProperty("terms").EnumerateArray().ToList();
        terms.Select(term => term.GetProperty("key").GetString()).ShouldBe(["availability", "charge", "restore"]);
        terms[0].GetProperty("target").GetString().ShouldBe(">= 99.9 %");
        terms[1].GetProperty("amount").GetString().ShouldBe("EUR 47000");
    }

    [Fact]
    public async Task IT_s_levels_become_options_once_IT_released_the_term_and_never_with_their_cost()
    {
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/services/checkout/interview"),
            new { delivered = "99.5 %", levels = "availability 99.93 %: EUR 6543 a month" })).Status.ShouldBe(200);
        (await _cast.OpenTable()).ToString().ShouldNotContain("99.93 %");
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path("/specs/checkout/release"), new { })).Status.ShouldBe(200);
        var edition = (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/services/checkout"))).Body.GetProperty("edition").GetInt32();
        foreach (var side in new[] { _cast.Pia, _cast.Cem })
            (await side.Ask(HttpMethod.Put, _cast.Path("/services/checkout/satisfaction"), new { edition, satisfied = true })).Status.ShouldBe(200);
        var table = await _cast.OpenTable(new { title = "With levels" });
        table.GetProperty("terms").EnumerateArray().Single(term => term.GetProperty("key").GetString() == "checkout.availability")
            .GetProperty("options").ToString().ShouldContain("99.93 %");
        table.ToString().ShouldNotContain("6543");
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n2/evidence"))).Body.ToString().ShouldNotContain("6,543");
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/negotiations/n2/evidence"))).Body.ToString().ShouldContain("99.93 % costs € 6,543 a month");
    }
}
