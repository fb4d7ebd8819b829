using System.Text.Json;
using Entente.Server.Time;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Entente.Server.Tests.Time;

public sealed class CaseDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    private string Page => $"/engagements/{_cast.Engagement}/monitoring";

    public async ValueTask InitializeAsync() => _cast = await (await Cast.Assemble()).Measure();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Cases_are_listed_with_standing_elapsed_and_due()
    {
        var cases = (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/cases"))).Body;
        var clocks = cases.EnumerateArray().ToDictionary(one => one.GetProperty("ticket").GetString()!, one => one.GetProperty("clocks")[0]);
        Told(clocks["T1"]).ShouldBe(("met", "PT2H"));
        Told(clocks["T2"]).ShouldBe(("missed", "PT19H"));
        // Friday 16:00 to 17:00 in Berlin, and Monday 08:00 to 10:00.
        Told(clocks["T3"]).ShouldBe(("running", "PT3H"));
        // Monday has a break of an hour, so the eighth hour ends at 16:00 in Berlin.
        clocks["T3"].GetProperty("due").GetString().ShouldBe("2026-03-02T15:00:00Z");
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/cases?standing=missed"))).Body.GetArrayLength().ShouldBe(1);
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/cases?standing=odd"))).Status.ShouldBe(400);

        static (string?, string?) Told(JsonElement clock) => (clock.GetProperty("standing").GetString(), clock.GetProperty("elapsed").GetString());
    }

    [Fact]
    public async Task The_ledger_of_a_case_names_event_and_entry_and_sums_to_the_elapsed_time()
    {
        var one = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/cases/T1"))).Body;
        var ledger = one.GetProperty("clocks")[0].GetProperty("ledger").EnumerateArray().ToList();
        ledger.Select(entry => entry.GetProperty("kind").GetString()).Distinct().ShouldBe(["open", "paused"]);
        ledger.First(entry => entry.GetProperty("kind").GetString() == "paused").GetProperty("by").GetString().ShouldBe("entered 'Awaiting User Info'");
        ledger[^1].GetProperty("by").GetString().ShouldBe("entered 'Active'");
        ledger[^1].GetProperty("entry").GetString().ShouldStartWith("weekly.monday");
        ledger.Aggregate(Duration.Zero, (sum, entry) => sum + Length(entry.GetProperty("counted").GetString()!)).ShouldBe(Duration.FromHours(2));
        ledger.Zip(ledger.Skip(1)).ShouldAllBe(pair => pair.First.GetProperty("end").GetString() == pair.Second.GetProperty("start").GetString());

        static Duration Length(string text) => IsoDuration.TryParse(text, out var length) ? length : throw new FormatException(text);
    }

    [Fact]
    public async Task The_figure_of_a_month_links_each_missed_ticket_to_its_case()
    {
        var (status, html) = await _cast.Cem.Look($"{Page}/a1/2026-02/restore");
        status.ShouldBe(200);
        html.ShouldContain($"{Page}/cases/T2");
        var (found, page) = await _cast.Cem.Look($"{Page}/cases/T2");
        found.ShouldBe(200);
        page.ShouldContain("Together, which is the elapsed time");
        page.ShouldContain("19 h");
        (await _cast.Cem.Look($"{Page}/cases")).Html.ShouldContain("3 cases");
    }

    [Fact]
    public async Task Strangers_find_no_case_by_any_door()
    {
        foreach (var path in new[] { "/cases", "/cases/T1", "/calendars", "/calendars/office", "/calendars/office/file" })
            (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path(path))).Status.ShouldBe(404, path);
        foreach (var path in new[] { "/cases", "/cases/T1", "/calendars", "/calendars/office", "/discovery" })
            (await _cast.Zoe.Look(Page + path)).Status.ShouldBe(404, path);
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/cases/T9"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_monitoring_page_shows_what_is_due_soon_and_then_breached()
    {
        (await _cast.Cem.Look(Page)).Html.ShouldNotContain("due soon</span>");
        _cast.Clock.Now = Instant.FromUtc(2026, 3, 2, 14, 30);
        (await _cast.Cem.Look(Page)).Html.ShouldContain("Restore time: due soon");
        _cast.Clock.Now = Instant.FromUtc(2026, 3, 2, 15, 30);
        (await _cast.Cem.Look(Page)).Html.ShouldContain("Restore time: breached");
    }

    [Fact]
    public async Task A_clock_that_turns_is_told_by_the_timer_queue_and_recorded_nowhere()
    {
        var before = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/measurements"))).Body.GetArrayLength();
        var news = _cast.Rooms.GetRequiredService<BreachNews>();
        var next = news.Next;
        _cast.Clock.Now = Instant.FromUtc(2026, 3, 2, 15, 30);
        // Any fact wakes the worker; with a clock of the wall it wakes by itself at the instant.
        await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), new { purpose = "p", scope = "s", roles = new[] { "r" }, successMeasures = new[] { "m" } });
        await next.WaitAsync(TimeSpan.FromSeconds(10));
        for (var tries = 0; tries < 100 && news.Of(_cast.Engagement).Count < 2; tries++) await Task.Delay(20);
        news.Of(_cast.Engagement).Select(turned => (turned.Ticket, turned.Word)).ShouldBe([("T3", "became due soon"), ("T3", "was breached")]);
        (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/measurements"))).Body.GetArrayLength().ShouldBe(before);
    }
}
