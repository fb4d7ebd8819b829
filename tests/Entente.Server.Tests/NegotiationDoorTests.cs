using System.Text.Json;
using Entente.Negotiation;
using Entente.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Tests;

public sealed class NegotiationDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task No_table_opens_while_the_gate_is_shut()
    {
        var (status, problem) = await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/negotiations"),
            new { title = "Too early" });
        (status, problem.GetProperty("code").GetString()).ShouldBe((422, "charter.missing"));
        (await _cast.Ann.Look($"/engagements/{_cast.Engagement}/negotiation"))
            .Html.ShouldContain("The gate is not open yet");
    }

    [Fact]
    public async Task The_agenda_matches_what_is_asked_and_offered()
    {
        await _cast.OpenGate();
        var table = await _cast.OpenTable();
        table.GetProperty("terms").EnumerateArray().Select(term => (
            term.GetProperty("key").GetString(), term.GetProperty("customerAsks").GetProperty("of")
                .ToString() is { } asked ? asked : "")).First()
            .ShouldBe(("availability", "99.95 %"));
        table.GetProperty("terms")[0].GetProperty("providerOffers").GetProperty("of").GetString().ShouldBe("99.8 %");
    }

    [Fact]
    public async Task From_offer_to_counter_to_agreement()
    {
        await _cast.OpenGate();
        await _cast.OpenTable();
        (await _cast.Offer(_cast.Pia)).Status.ShouldBe(200);
        var countered = (await _cast.Offer(_cast.Cem,
            new { availability = "99.95 %", restore = new { kind = "duration", duration = "PT4H" }, charge = 43_000 },
            "o1")).Body;
        countered.GetProperty("offers")[1].GetProperty("counterTo").GetString().ShouldBe("o1");
        countered.GetProperty("offers")[1].GetProperty("moved").EnumerateArray().Select(move => (
            move.GetProperty("term").GetString(), move.GetProperty("direction").GetString()))
                .ShouldBe([("charge", "towards"), ("restore", "towards")], ignoreOrder: true);
        (await _cast.Post(_cast.Cem, "/offers/o2/acceptance")).Body.GetProperty("code").GetString()
            .ShouldBe("negotiation.own_offer");
        var agreed = (await _cast.Post(_cast.Pia, "/offers/o2/acceptance")).Body;
        (agreed.GetProperty("standing").GetString(), agreed.GetProperty("agreedOffer").GetString())
            .ShouldBe(("agreed", "o2"));
        var agreement = (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body;
        agreement.GetProperty("draft").GetInt32().ShouldBe(1);
        var version = agreement.GetProperty("versions")[0];
        version.GetProperty("effectiveFrom").GetString().ShouldBe("2026-04-01");
        version.GetProperty("document").GetProperty("terms")[2].GetProperty("within").GetString().ShouldBe("4 h");
    }

    [Fact]
    public async Task Two_acceptances_at_one_instant_give_one_agreement()
    {
        await _cast.OpenGate();
        await _cast.OpenTable();
        await _cast.Offer(_cast.Pia);
        await _cast.Offer(_cast.Cem, new { availability = "99.95 %", restore = "4 h", charge = "EUR 43000" });
        var answers = await Task.WhenAll(_cast.Post(_cast.Cem, "/offers/o1/acceptance"),
            _cast.Post(_cast.Pia, "/offers/o2/acceptance"));
        answers.Select(answer => answer.Status).Order().ShouldBe([200, 422]);
        answers.Single(answer => answer.Status == 422).Body.GetProperty("code").GetString()
            .ShouldBe("negotiation.closed");
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/agreements"))).Body.GetArrayLength().ShouldBe(1);
        (await _cast.Ann.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body.GetProperty("versions")
            .GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Wrong_persons_are_refused_by_every_door()
    {
        await _cast.OpenGate();
        await _cast.OpenTable();
        await _cast.Offer(_cast.Pia);
        foreach (var path in new[] { "/negotiations", "/negotiations/n1", "/agreements", "/agreements/a1" })
            (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path(path))).Status.ShouldBe(404, path);
        foreach (var page in new[] { "negotiation", "negotiation/n1", "negotiation/n1/offers/o1",
            "negotiation/n1/concerns", "agreements", "agreements/a1" })
            (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/{page}")).Status.ShouldBe(404, page);
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/negotiations"), new { title = "Mine" }))
            .Status.ShouldBe(403);
        foreach (var other in new[] { _cast.Ann, _cast.Fee, _cast.Sam })
        {
            (await _cast.Offer(other)).Status.ShouldBe(403);
            (await _cast.Post(other, "/offers/o1/acceptance")).Status.ShouldBe(403);
            (await _cast.Sign(other)).Status.ShouldBe(other == _cast.Ann ? 403 : 422);
        }

        (await _cast.Cem.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/budget"), new { limit = "EUR 1" }))
            .Status.ShouldBe(403);
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/negotiations/n7"))).Status.ShouldBe(404);
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path("/negotiations/n7/offers"), new { package = Table.Package }))
            .Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("""{"package":{"availability":"four nines","restore":"4 h","charge":"EUR 1"}}""",
        "$.package.availability")]
    [InlineData("""{"package":{"zork":"1"}}""", "$.package.zork")]
    [InlineData("""{"package":{},"zork":1}""", "zork")]
    [InlineData("""{"package":{"availability":{"kind":"zork"}}}""", "$.package.availability")]
    public async Task Bad_input_names_its_path(string body, string path)
    {
        await _cast.OpenGate();
        await _cast.OpenTable();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _cast.Pia.PostAsync(_cast.Path("/negotiations/n1/offers"), content);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain(path);
    }

    [Fact]
    public async Task A_concern_that_an_earlier_version_kept_with_its_author_hidden_stays_hidden_and_theirs()
    {
        await _cast.OpenGate();
        await _cast.OpenTable();
        await _cast.Rooms.GetRequiredService<FactLedger>().Append([StreamAppend.Of<NegotiationFact>(
            $"{_cast.Engagement}.n1", 1, [new NegotiationFact.ConcernRaised("c1", "On-call is two people", "restore",
                Anonymous: true)])], new Actor(_cast.SamId, "Sam", Seat.Stakeholder), _cast.Clock.Now);
        var seen = (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))).Body;
        seen.GetProperty("concerns")[0].GetProperty("by").GetString().ShouldBe("Anonymous");
        seen.GetProperty("heard").EnumerateArray().Last().GetProperty("who").GetString().ShouldBe("Anonymous");
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1")))
            .Body.GetProperty("concerns")[0].GetProperty("by").GetString().ShouldBe("Sam");
        seen.GetProperty("notHeardYet").ToString().ShouldContain("Sam", Case.Sensitive, "the list would tell who spoke");
        (await _cast.Ann.Ask(HttpMethod.Delete, _cast.Path("/negotiations/n1/concerns/c1"))).Status.ShouldBe(422);
        (await _cast.Sam.Ask(HttpMethod.Delete, _cast.Path("/negotiations/n1/concerns/c1"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Answers_in_confidence_show_only_when_all_said_yes()
    {
        await _cast.OpenGate();
        await _cast.OpenTable();
        await _cast.Offer(_cast.Pia);
        var first = (await _cast.Post(_cast.Cem, "/offers/o1/confidence", new { yes = false })).Body;
        first.GetProperty("offers")[0].GetProperty("end").GetString().ShouldBe("notAccepted");
        first.GetRawText().ShouldNotContain("cipher");
    }

    [Fact]
    public async Task The_table_shows_terms_offers_and_what_moved_and_forms_work_without_scripts()
    {
        await _cast.OpenGate();
        await _cast.OpenTable();
        var page = $"/engagements/{_cast.Engagement}/negotiation/n1";
        (await _cast.Pia.Submit($"{page}/offers", ("term.availability", "99.9"), ("term.restore", "4 h"),
            ("term.charge", "EUR 44500"), ("message", "Our best"))).Status.ShouldBe(303);
        var (status, html) = await _cast.Cem.Look(page);
        status.ShouldBe(200);
        html.ShouldContain("Accept whole package");
        html.ShouldContain("It moves 3 terms towards you.");
        html.ShouldContain("was 99.8 %");
        html.ShouldContain("hx-trigger=\"news from:body\"");
        (await _cast.Fee.Look(page)).Html.ShouldNotContain("Accept whole package");
        (await _cast.Cem.Submit($"{page}/offers/o1/rejection", ("reason", "Too slow"))).Status.ShouldBe(303);
        (await _cast.Cem.Submit($"{page}/offers/o1/acceptance")).Status.ShouldBe(422);
        (await _cast.Cem.Look($"{page}/offers/o1")).Html.ShouldContain("Too slow");
        (await _cast.Cem.Look($"{page}/offers/new")).Status.ShouldBe(200);
        (await _cast.Sam.Look($"{page}/concerns")).Status.ShouldBe(200);
        (await _cast.Cem.Look($"{page}/trades")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_home_says_who_must_answer()
    {
        await _cast.OpenGate();
        await _cast.OpenTable();
        await _cast.Offer(_cast.Pia);
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/waiting"))).Body.EnumerateArray()
            .ShouldContain(wait => wait.GetProperty("text").GetString() == "answer Acme IT's first offer of 2 March"
                && wait.GetProperty("seat").GetString() == "customer");
    }
}
