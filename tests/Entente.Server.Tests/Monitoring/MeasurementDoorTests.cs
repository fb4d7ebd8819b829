using System.Text;
using System.Text.Json;
using Entente.Tests.Shared;
using NodaTime;

namespace Entente.Server.Tests.Monitoring;

public sealed class MeasurementDoorTests : IAsyncLifetime
{
    private const string Outages =
        """
        {"id":"i1","title":"down","started_at":"2026-04-10T10:00:00Z","resolved_at":"2026-04-10T13:00:00Z","impact":"major","components":["checkout"]}
        {"id":"i0","title":"start","started_at":"2026-03-20T00:00:00Z","resolved_at":"2026-03-20T00:01:00Z","impact":"minor","components":["checkout"]}
        """;

    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task What_was_promised_is_held_against_what_was_measured_by_the_contracts_own_month()
    {
        await _cast.InForce();
        _cast.Clock.Now = Instant.FromUtc(2026, 5, 3, 0, 0);
        (await Import(_cast.Pia, "status.jsonl", Outages)).Status.ShouldBe(201);
        var board = (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/promises"))).Body[0];
        board.GetProperty("months").EnumerateArray().Select(month => month.GetString()).ShouldBe(["2026-04", "2026-05"]);
        var april = Row(board, "availability")[0];
        // April has 720 hours in any zone without a change of clocks; three of them were down.
        april.GetProperty("total").GetDecimal().ShouldBe(720 * 3600);
        april.GetProperty("good").GetDecimal().ShouldBe(717 * 3600);
        april.GetProperty("breached").GetBoolean().ShouldBeTrue("99.58 % misses 99.9 %");
        april.GetProperty("explain").EnumerateArray().Any(part => part.GetProperty("what").GetString() == "outage").ShouldBeTrue();
    }

    [Fact]
    public async Task A_workbook_is_brought_in_by_the_sheet_that_is_named()
    {
        var book = Xlsx.Book(new Xlsx.Sheet("Legend", Xlsx.Rows("word|means")),
            new("March", Xlsx.Rows("series|start|end|state",
            "checkout|2026-02-01T00:00:00Z|2026-02-01T01:00:00Z|down")));
        async Task<(int, string)> Send(HttpClient by, string sheet)
        {
            using var content = new ByteArrayContent(book);
            using var response = await by.PostAsync(_cast.Path($"/measurements?name=outages.xlsx{sheet}"), content);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }

        (await Send(_cast.Pia, "&sheet=April")).Item2.ShouldContain("expected one of Legend, March");
        (await Send(_cast.Cem, "&sheet=March")).Item1.ShouldBe(403);
        (await Send(_cast.Zoe, "&sheet=March")).Item1.ShouldBe(404);
        (await Send(_cast.Pia, "&sheet=March")).Item1.ShouldBe(201);
    }

    [Fact]
    public async Task The_month_that_still_runs_is_read_up_to_now()
    {
        await _cast.InForce();
        _cast.Clock.Now = Instant.FromUtc(2026, 4, 11, 0, 0);
        await Import(_cast.Pia, "status.jsonl", Outages);
        var board = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/promises"))).Body[0];
        Row(board, "availability")[0].GetProperty("total").GetDecimal().ShouldBe((10 * 24 + 2) * 3600, "April began at 22:00 UTC in Berlin");
    }

    [Fact]
    public async Task Bad_rows_are_all_named_and_only_asked_for_are_the_good_ones_kept()
    {
        const string mixed = "series,start,end,state\ncheckout,2026-02-01T00:00:00Z,2026-02-01T01:00:00Z,down\n"
            + "checkout,yesterday,2026-02-02T01:00:00Z,down\ncheckout,2026-02-03T00:00:00Z,never,down\n";
        var (status, problem) = await Import(_cast.Pia, "outages.csv", mixed);
        status.ShouldBe(400);
        var errors = problem.GetProperty("errors").EnumerateArray().ToList();
        errors.Select(error => error.GetProperty("line").GetInt32()).ShouldBe([3, 4]);
        errors.ShouldAllBe(error => error.GetProperty("path").GetString()!.Contains("column"));
        (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/measurements"))).Body.GetArrayLength().ShouldBe(0);

        var kept = await Import(_cast.Pia, "outages.csv", mixed, "&partial=true");
        kept.Status.ShouldBe(201);
        kept.Body.GetProperty("import").GetProperty("rows").GetInt32().ShouldBe(1);
        kept.Body.GetProperty("import").GetProperty("refused").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task The_same_file_is_taken_once_and_a_withdrawn_one_no_longer_counts()
    {
        _cast.Clock.Now = Instant.FromUtc(2026, 5, 3, 0, 0);
        var taken = (await Import(_cast.Pia, "status.jsonl", Outages)).Body.GetProperty("import").GetProperty("id").GetString();
        (await Import(_cast.Ann, "status.jsonl", Outages)).Body.GetProperty("code").GetString().ShouldBe("measurements.taken");
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/measurements/{taken}/withdrawal"), new { reason = "" })).Status.ShouldBe(422);
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/measurements/{taken}/withdrawal"), new { reason = "wrong system" })).Status.ShouldBe(200);
        (await Import(_cast.Ann, "status.jsonl", Outages)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Rows_from_the_future_are_refused()
    {
        var (status, problem) = await Import(_cast.Pia, "status.jsonl", Outages);
        status.ShouldBe(400, "the clock of the test stands in March");
        problem.GetProperty("detail").GetString()!.ShouldContain("future");
    }

    [Fact]
    public async Task Wrong_persons_bring_nothing_in_and_strangers_see_nothing()
    {
        foreach (var client in new[] { _cast.Cem, _cast.Fee, _cast.Sam }) (await Import(client, "a.csv", "x")).Status.ShouldBe(403);
        (await Import(_cast.Zoe, "a.csv", "x")).Status.ShouldBe(404);
        foreach (var path in new[] { "/measurements", "/promises", "/promises/a1/2026-04" })
            (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path(path))).Status.ShouldBe(404, path);
        foreach (var page in new[] { "monitoring", "monitoring/a1/2026-04/availability", "review", "review/a1/2026-04", "review/a1/2026-04/markdown" })
            (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/{page}")).Status.ShouldBe(404, page);
    }

    private Task<(int Status, JsonElement Body)> Import(HttpClient by, string name, string text, string more = "") =>
        by.ImportText(_cast, name, text, more);

    private static List<JsonElement> Row(JsonElement board, string term) =>
        [.. board.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("term").GetString() == term).GetProperty("results").EnumerateArray()];
}

/// <summary>A cast whose agreement is signed and in force from April, and words for bringing measurements in.</summary>
internal static class Promised
{
    public static async Task InForce(this Cast cast)
    {
        await cast.OpenGate();
        await cast.OpenTable(new
        {
            title = "Checkout 2026",
            effectiveFrom = "2026-04-01",
            document = new
            {
                entente = "agreement/v1",
                key = "checkout",
                title = "Checkout",
                timeZone = "Europe/Berlin",
                sources = new[] { new { key = "status", title = "Status", file = "status*" } },
                terms = Array.Empty<object>(),
            },
        });
        await cast.Agree();
        (await cast.Sign(cast.Pia)).Status.ShouldBe(200);
        (await cast.Sign(cast.Cem)).Status.ShouldBe(200);
    }

    public static async Task<(int Status, JsonElement Body)> ImportText(this HttpClient by, Cast cast, string name, string text, string more = "")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        using var response = await by.PostAsync(cast.Path($"/measurements?name={name}{more}"), content);
        return ((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }
}
