using System.Text.Json;
using Entente.Server.Tests.Monitoring;

namespace Entente.Server.Tests;

/// <summary>The words of a draft: the linter, own clauses with versions, a side's playbook, contingent terms.</summary>
public sealed class DraftWordsTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
        await _cast.OpenTable(new { title = "Checkout 2027", effectiveFrom = "2026-01-01" });
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task The_linter_reads_the_draft_before_anybody_signs()
    {
        await _cast.Agree();
        var findings = (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1/versions/1/findings"))).Body;
        findings.EnumerateArray().Select(one => one.GetProperty("rule").GetString()).ShouldContain("budget.zero");
        (await Page(_cast.Cem)).ShouldContain("every single ticket must be in time");
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/agreements/a1/versions/1/findings"))).Status.ShouldBe(404);
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1/versions/9/findings"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Own_clauses_have_versions_and_a_draft_names_the_one_it_took()
    {
        await _cast.Agree();
        (await Clause(_cast.Pia, "uptime-plain", "{service} works for {tarrget}.")).Body.GetProperty("code").GetString()
            .ShouldBe("clause.variable");
        (await Clause(_cast.Fee, "uptime-plain", "No.")).Status.ShouldBe(403);
        (await Clause(_cast.Zoe, "uptime-plain", "No.")).Status.ShouldBe(404);
        await Clause(_cast.Pia, "uptime-plain", "{service} works for {target}.");
        (await Clause(_cast.Cem, "uptime-plain", "{service} works for {target} of {hours}.")).Body
            .GetProperty("own")[0].GetProperty("version").GetInt32().ShouldBe(2);
        (await Word(_cast.Sam, "availability", new { clause = "uptime-plain" })).Status.ShouldBe(403);
        (await Word(_cast.Cem, "restore", new { clause = "uptime-plain" })).Status.ShouldBe(200);
        (await Word(_cast.Cem, "charge", new { clause = "uptime-plain" })).Body.GetProperty("code").GetString()
            .ShouldBe("clause.variable");
        (await Word(_cast.Cem, "availability", new { })).Status.ShouldBe(400);
        (await Word(_cast.Cem, "availability", new { clause = "uptime-plain" })).Body.GetProperty("versions")[0]
            .GetProperty("wordings").GetProperty("availability").GetString().ShouldBe("clause uptime-plain, version 2");
        (await Page(_cast.Pia)).ShouldContain("Checkout works for at least 99.9 % of all hours.");
        (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/agreements/clauses")).Html.ShouldContain("uptime-plain");
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/agreements/clauses")).Status.ShouldBe(404);
        // The words changed twice since a page with the first text was opened.
        (string, string)[] signed = [("number", "1"), ("title", "Head"), ("place", "Berlin")];
        var (status, html) = await _cast.Pia.Submit(
            $"/engagements/{_cast.Engagement}/agreements/a1/signatures", [.. signed, ("text", "1")]);
        (status, html.Contains("changed since you opened it", StringComparison.Ordinal)).ShouldBe((422, true));
        html.ShouldContain("name=\"text\" value=\"3\"");
        await _cast.Sign(_cast.Pia);
        (await Word(_cast.Cem, "availability", new { text = "Other words." })).Body.GetProperty("code").GetString()
            .ShouldBe("agreement.signing");
    }

    [Fact]
    public async Task A_side_brings_the_words_of_its_playbook_and_the_other_reads_them_only_then()
    {
        const string Mine = "We restore {title} within {within}, day and night.";
        (await _cast.Pia.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/room"),
            new { playbooks = new { restore = new { clause = Mine } } })).Status.ShouldBe(200);
        await _cast.Agree();
        (await Page(_cast.Pia)).ShouldContain("Your playbook has words for <b>Restore time</b>");
        (await Page(_cast.Cem)).ShouldNotContain("day and night");
        (await _cast.Pia.Submit($"/engagements/{_cast.Engagement}/agreements/a1/versions/1/clauses",
            ("term", "restore"), ("text", Mine), ("source", "playbook"))).Status.ShouldBe(303);
        var html = await Page(_cast.Cem);
        html.ShouldContain("We restore Restore time within 4 h, day and night.");
        html.ShouldContain("restore: the provider&#x27;s playbook");
    }

    [Fact]
    public async Task A_contingent_term_is_signed_waits_for_both_sides_and_ends_when_both_say_so()
    {
        const string Live = "the new data centre is live";
        (await _cast.Post(_cast.Pia, "/offers", Offer(new { term = "availability", until = Live }))).Status.ShouldBe(400);
        (await _cast.Post(_cast.Pia, "/offers", Offer(new { term = "availability", until = Live, creditTimes = 2 }))).Body
            .GetProperty("code").GetString().ShouldBe("negotiation.contingency");
        await _cast.Post(_cast.Pia, "/offers", Offer(
            new { term = "availability", value = "99.5 %", until = Live, at = "2026-10-01" }));
        (await _cast.Post(_cast.Cem, "/offers/o1/acceptance")).Status.ShouldBe(200);
        (await Page(_cast.Cem)).ShouldContain($"Until {Live}, at the latest until 2026-10-01: 99.5 %.");
        (await Met(_cast.Pia, "2026-03-01")).Body.GetProperty("code").GetString().ShouldBe("agreement.no_condition");
        await _cast.Sign(_cast.Pia);
        await _cast.Sign(_cast.Cem);
        (await Met(_cast.Ann, "2026-03-01")).Status.ShouldBe(403);
        (await Met(_cast.Pia, "2026-08-01")).Body.GetProperty("code").GetString().ShouldBe("agreement.condition_future");
        (await Met(_cast.Pia, "2026-03-01")).Body.GetProperty("conditions")[0].TryGetProperty("since", out _).ShouldBeFalse();
        (await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/agreements/a1/conditions",
            ("condition", Live), ("on", "2026-03-02"))).Status.ShouldBe(303);
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/agreements/a1"))).Body.GetProperty("conditions")[0]
            .GetProperty("since").GetString().ShouldBe("2026-03-02");

        static object Offer(object contingency) => new { package = Table.Package, contingencies = new[] { contingency } };
    }

    [Fact]
    public async Task What_a_contingent_term_waits_for_changes_the_month_and_its_report()
    {
        await _cast.Post(_cast.Pia, "/offers", new
        {
            package = Table.Package,
            contingencies = new[] { new { term = "availability", value = "99.5 %", until = "the new data centre is live" } },
        });
        await _cast.Post(_cast.Cem, "/offers/o1/acceptance");
        await _cast.Sign(_cast.Pia);
        await _cast.Sign(_cast.Cem);
        _cast.Clock.Now = NodaTime.Instant.FromUtc(2026, 5, 3, 0, 0);
        // Three of the 720 hours of April are down: 99.58 %, between the two values.
        (await _cast.Pia.ImportText(_cast, "status.jsonl", """
            {"id":"i1","title":"down","started_at":"2026-04-10T10:00:00Z","resolved_at":"2026-04-10T13:00:00Z","impact":"major","components":["checkout"]}
            {"id":"i0","title":"start","started_at":"2026-03-20T00:00:00Z","resolved_at":"2026-03-20T00:01:00Z","impact":"minor","components":["checkout"]}
            """)).Status.ShouldBe(201);
        (await April()).ShouldBe(("at least 99.5 %", false));
        await Met(_cast.Pia, "2026-03-31");
        (await April()).ShouldBe(("at least 99.5 %", false), "one side alone says so");
        await Met(_cast.Cem, "2026-03-31");
        (await April()).ShouldBe(("at least 99.9 %", true));
        var report = (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/agreements/a1/reports"), new { period = "2026-04" })).Body;
        report.ToString().ShouldContain("at least 99.9 %");

        async Task<(string?, bool)> April()
        {
            var row = (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/promises"))).Body[0].GetProperty("rows")
                .EnumerateArray().Single(row => row.GetProperty("term").GetString() == "availability");
            var april = row.GetProperty("results")[3];
            return (april.GetProperty("target").GetString(), april.GetProperty("breached").GetBoolean());
        }
    }

    private Task<(int Status, JsonElement Body)> Clause(HttpClient by, string key, string text) =>
        by.Ask(HttpMethod.Put, _cast.Path($"/clauses/{key}"), new { kind = "availability", text });

    private Task<(int Status, JsonElement Body)> Word(HttpClient by, string term, object wish) =>
        by.Ask(HttpMethod.Put, _cast.Path($"/agreements/a1/versions/1/clauses/{term}"), wish);

    private Task<(int Status, JsonElement Body)> Met(HttpClient by, string on) =>
        by.Ask(HttpMethod.Put, _cast.Path("/agreements/a1/conditions"),
            new { condition = "the new data centre is live", on });

    private async Task<string> Page(HttpClient by) =>
        (await by.Look($"/engagements/{_cast.Engagement}/agreements/a1")).Html;
}
