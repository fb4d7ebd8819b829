using Entente.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>Concerns that are put on the table without a name keep the promise of the anonymous voices.</summary>
public sealed class UnnamedConcernTests : IAsyncLifetime
{
    private Cast _cast = null!;

    private string Concerns => $"/engagements/{_cast.Engagement}/negotiation/n1/concerns";

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.OpenGate();
        await _cast.OpenTable();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_concern_without_a_name_leaves_no_trace_either_and_moves_nothing_before_its_hour()
    {
        var (before, pulse) = (await _cast.Everything(), _cast.Rooms.GetRequiredService<LedgerPulse>().Next);
        var views = await Views();
        _cast.Clock.Now = Instant.FromUtc(2026, 3, 2, 10, 17);
        var kept = await Must(_cast.Post(_cast.Sam, "/concerns", new { text = "Quokka by night", term = "restore", least = "4 h", anonymous = true }));
        (kept.EnumerateObject().Count(), kept.GetProperty("heardAt").GetString()).ShouldBe((2, "2026-03-03T06:00:00Z"));
        (await _cast.Pia.Submit($"{Concerns}", ("text", "Quokka on the whole"), ("term", ""), ("owner", "Customer"), ("anonymous", "yes")))
            .Status.ShouldBe(303);
        (await _cast.Pia.Look($"{Concerns}?kept")).Html.ShouldContain("It is heard at 2026-03-03 06:00 (UTC)");
        (await _cast.Post(_cast.Sam, "/concerns", new { text = "Quokka by night", term = "restore", least = "4 h", anonymous = true }))
            .Status.ShouldBe(200, "sent again it waits once");
        (await _cast.Post(_cast.Sam, "/concerns", new { text = "x", owner = "provider", anonymous = true })).Status.ShouldBe(400);
        (await _cast.Post(_cast.Zoe, "/concerns", new { text = "x", anonymous = true })).Status.ShouldBe(404);
        (await _cast.Zoe.Submit(Concerns, ("text", "x"), ("anonymous", "yes"))).Status.ShouldBe(404);
        (await _cast.Sam.Ask(HttpMethod.Post, _cast.Path("/negotiations/n7/concerns"), new { text = "x", anonymous = true })).Status.ShouldBe(404);
        (await Views()).ShouldBe(views, "nobody is shown that somebody spoke");
        pulse.IsCompleted.ShouldBeFalse("no page is told that somebody spoke");

        await _cast.HearVoices();
        var added = (await _cast.Everything()).Except(before).ToList();
        added.Count(row => row.Contains("Quokka")).ShouldBe(2);
        foreach (var trace in new[] { _cast.PiaId, _cast.SamId, "Pia", "Sam", "provider", "customer", "stakeholder", "10:17" })
            added.ShouldAllBe(row => !row.Contains(trace, StringComparison.OrdinalIgnoreCase), trace);
        var table = (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1"))));
        foreach (var concern in table.GetProperty("concerns").EnumerateArray())
        {
            (concern.GetProperty("by").GetString(), concern.GetProperty("isMine").GetBoolean(), concern.GetProperty("owner").GetString(),
                concern.TryGetProperty("seat", out _)).ShouldBe(("Anonymous", false, "serviceLevelManager", false));
        }

        table.GetProperty("concerns").EnumerateArray().Select(one => one.GetProperty("id").GetString()).ShouldBe(["c1", "c2"]);
        (await _cast.Cem.Look($"/engagements/{_cast.Engagement}/negotiation/n1")).Html.ShouldContain("1 concern, 1 open");
        var (ofTerm, all) = ((await _cast.Cem.Look($"{Concerns}?term=restore")).Html, (await _cast.Cem.Look(Concerns)).Html);
        (ofTerm.Contains("Quokka by night"), ofTerm.Contains("Quokka on the whole")).ShouldBe((true, false));
        (all.Contains("Quokka by night"), all.Contains("Quokka on the whole")).ShouldBe((true, true));
        (await _cast.Zoe.Look($"{Concerns}?term=restore")).Status.ShouldBe(404);
        table.GetProperty("participation").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "Sam")
            .GetProperty("heard").GetInt32().ShouldBe(0);
        table.GetProperty("notHeardYet").ToString().ShouldContain("Sam");
        foreach (var by in new[] { _cast.Ann, _cast.Pia, _cast.Sam })
        {
            (await by.Ask(HttpMethod.Delete, _cast.Path("/negotiations/n1/concerns/c1"))).Body.GetProperty("code").GetString()
                .ShouldBe("concern.not_yours");
        }

        (await _cast.Rooms.GetRequiredService<FactLedger>().Verify()).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_signs_past_what_waits_to_be_heard_and_asking_costs_a_signature()
    {
        await _cast.Agree();
        await Must(_cast.Post(_cast.Sam, "/concerns", new { text = "Quokka", anonymous = true }));
        (await _cast.Pia.Look($"/engagements/{_cast.Engagement}/agreements/a1")).Html.ShouldNotContain("without a name");
        async Task<string> Refused(HttpClient by, string? ifMatch = null) => (await by.Ask(HttpMethod.Post, _cast.Path("/agreements/a1/signatures"),
            new { version = 1, title = "Head", place = "Berlin" }, ifMatch)).Body.GetProperty("code").GetString()!;
        (await Refused(_cast.Pia, "\"77\"")).ShouldNotBe("agreement.concern_waits", "who could not sign anyway learns nothing");
        (await Refused(_cast.Fee)).ShouldNotBe("agreement.concern_waits");
        (await Refused(_cast.Ann)).ShouldNotBe("agreement.concern_waits");
        (await Refused(_cast.Pia)).ShouldBe("agreement.concern_waits");
        (await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/agreements/a1/signatures", ("number", "1"), ("title", "Head"), ("place", "Bonn")))
            .Html.ShouldContain("it is heard at 2026-03-03 06:00 (UTC)");
        await _cast.HearVoices();
        (await Refused(_cast.Pia)).ShouldBe("agreement.open_concern");
        (await _cast.Sam.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/concerns/c1/owner"), new { owner = "provider" })).Status.ShouldBe(422);
        (await _cast.Zoe.Ask(HttpMethod.Put, _cast.Path("/negotiations/n1/concerns/c1/owner"), new { owner = "provider" })).Status.ShouldBe(404);
        (await _cast.Ann.Submit($"{Concerns}/c1/owner", ("owner", "Provider"))).Status.ShouldBe(303);
        (await _cast.Ann.Look(Concerns)).Html.ShouldContain("waits for Acme IT");
        (await _cast.Sam.Submit($"{Concerns}/c1/owner", ("owner", "Stakeholder"))).Status.ShouldBe(303);
        await Must(_cast.Post(_cast.Pia, "/concerns/c1/answer", new { answer = "A third is hired" }));
        (await _cast.Post(_cast.Sam, "/concerns/c1/reopening", new { reason = "No" })).Status.ShouldBe(422);
        (await _cast.Ann.Submit($"{Concerns}/c1/reopening", ("reason", "When?"))).Status.ShouldBe(303);
        await Must(_cast.Post(_cast.Ann, "/concerns/c1/answer", new { answer = "In May" }));
        (await _cast.Sign(_cast.Pia)).Status.ShouldBe(200);
        (await _cast.Sign(_cast.Cem)).Status.ShouldBe(200);
    }

    /// <summary>What everybody with a seat reads of the table, word by word.</summary>
    private async Task<string> Views()
    {
        List<string> seen = [];
        foreach (var reader in new[] { _cast.Ann, _cast.Pia, _cast.Cem, _cast.Fee, _cast.Sam })
        {
            seen.Add((await Must(reader.Ask(HttpMethod.Get, _cast.Path("/negotiations/n1")))).ToString());
            seen.Add((await Must(reader.Ask(HttpMethod.Get, _cast.Path("/waiting")))).ToString());
            foreach (var page in new[] { "", "/concerns", "/participation" })
                seen.Add((await reader.Look($"/engagements/{_cast.Engagement}/negotiation/n1{page}")).Html);
        }

        return string.Join('\n', seen);
    }
}
