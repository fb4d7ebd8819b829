using Entente.Server.Documentation;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

public sealed class VoicesDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Describe();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task An_anonymous_voice_leaves_no_trace_of_who_spoke_in_any_table()
    {
        var before = await _cast.Everything();
        var kept = await Must(_cast.Pia.Ask(HttpMethod.Post, _cast.Path("/voices"),
            new { text = "Nights frighten us.", anonymous = true }, key: "telltale-key"));
        (await _cast.Sam.Submit($"/engagements/{_cast.Engagement}/voices", ("text", "The review frightens me."), ("to", "everybody"), ("service", ""),
            ("anonymous", "true"))).Status.ShouldBe(303);
        kept.GetProperty("heardAt").GetString().ShouldBe("2026-03-03T06:00:00Z");
        (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/voices?kept")).Html.ShouldContain("It is shown at 2026-03-03 06:00 (UTC)");
        await _cast.HearVoices();
        var added = (await _cast.Everything()).Except(before).ToList();
        added.ShouldContain(row => row.Contains("Nights frighten us."));
        added.ShouldContain(row => row.Contains("The review frightens me."));
        foreach (var trace in new[] { _cast.PiaId, _cast.SamId, "Pia", "Sam", "provider", "stakeholder", "telltale-key", "09:00" })
            added.ShouldAllBe(row => !row.Contains(trace, StringComparison.OrdinalIgnoreCase), trace);
        (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/voices")))).ToString().ShouldNotContain(_cast.PiaId);
        (await _cast.Ann.Look($"/engagements/{_cast.Engagement}/voices")).Html.ShouldContain("Anonymous");
        (await _cast.Rooms.GetRequiredService<Storage.Ledger.FactLedger>().Verify()).ShouldBeNull();
    }

    [Fact]
    public async Task An_anonymous_voice_is_heard_with_all_others_of_its_day_and_moves_nothing_before()
    {
        var pulse = _cast.Rooms.GetRequiredService<Storage.Ledger.LedgerPulse>().Next;
        var ledger = _cast.Rooms.GetRequiredService<Storage.Ledger.FactLedger>();
        var (position, heard) = (await ledger.Position(), (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/heard")))).ToString());
        string[] said = [.. Enumerable.Range(0, 9).Select(one => $"Quokka {one}")];
        foreach (var text in said) await Must(_cast.Sam.Ask(HttpMethod.Post, _cast.Path("/voices"), new { text, anonymous = true }));
        _cast.Clock.Now = Instant.FromUtc(2026, 3, 3, 5, 59);
        await using var scope = _cast.Rooms.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<VoiceBoxDesk>();
        await desk.HearWaiting();
        (await ledger.Position(), pulse.IsCompleted).ShouldBe((position, false), "no page is told that somebody spoke");
        foreach (var reader in new[] { _cast.Ann, _cast.Pia, _cast.Sam })
        {
            (await Must(reader.Ask(HttpMethod.Get, _cast.Path("/voices")))).ToString().ShouldNotContain("Quokka");
            (await reader.Look($"/engagements/{_cast.Engagement}/voices")).Html.ShouldNotContain("Quokka");
        }

        await _cast.HearVoices();
        var told = (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/voices")))).EnumerateArray().ToList();
        told.Select(one => one.GetProperty("text").GetString()).ShouldBe(said, ignoreOrder: true);
        told.Select(one => one.GetProperty("id").GetString()).ShouldBeInOrder("the order of their random names, not of their telling");
        told.ShouldAllBe(one => one.GetProperty("at").GetString() == "2026-03-03T06:00:00Z");
        (await ledger.After(position, 100)).Select(fact => fact.Actor).Distinct().ShouldBe(["anonymous"]);
        (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/heard")))).ToString().ShouldBe(heard, "an anonymous voice counts for nobody");
        await _cast.HearVoices();
        (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/voices")))).GetArrayLength().ShouldBe(9);
    }

    [Fact]
    public async Task What_is_for_the_chair_only_is_read_by_nobody_else()
    {
        await Must(_cast.Cem.Ask(HttpMethod.Post, _cast.Path("/voices"), new { text = "Quokka", to = "serviceLevelManager" }));
        foreach (var (reader, reads) in new[] { (_cast.Ann, true), (_cast.Cem, true), (_cast.Pia, false), (_cast.Sam, false) })
        {
            (await Must(reader.Ask(HttpMethod.Get, _cast.Path("/voices")))).ToString().Contains("Quokka", StringComparison.Ordinal).ShouldBe(reads);
            (await reader.Look($"/engagements/{_cast.Engagement}/voices")).Html.Contains("Quokka", StringComparison.Ordinal).ShouldBe(reads);
        }
    }

    [Fact]
    public async Task The_chair_sees_who_has_not_been_heard_and_answers()
    {
        await Must(_cast.Cem.Ask(HttpMethod.Put, _cast.Path("/requirements/checkout/terms/checkout.uptime"), Uptime(">= 99 %")));
        await Must(_cast.Fee.Ask(HttpMethod.Post, _cast.Path("/voices"), new { text = "It may not cost more." }));
        var heard = (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/heard")))).EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.TryGetProperty("lastHeard", out _));
        (heard["Cem"], heard["Fee"], heard["Pia"], heard["Sam"]).ShouldBe((false, true, true, true), "a draft in a room is not heard by anybody");
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/heard"))).Status.ShouldBe(403);
        var id = (await Must(_cast.Ann.Ask(HttpMethod.Get, _cast.Path("/voices"))))[0].GetProperty("id").GetString();
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/voices/{id}/answer"), new { text = "x" })).Status.ShouldBe(403);
        await Must(_cast.Ann.Ask(HttpMethod.Post, _cast.Path($"/voices/{id}/answer"), new { text = "It will be looked at." }));
        (await _cast.Fee.Look($"/engagements/{_cast.Engagement}/voices")).Html.ShouldContain("It will be looked at.");
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/voices")).Status.ShouldBe(404);
    }
}
