using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Entente.Server.Tests.Time;

public sealed class TimeDoorTests : IAsyncLifetime
{
    private static readonly string[] s_hours = ["08:00-12:00", "13:00-17:00"];

    private Cast _cast = null!;

    private static object Office => new
    {
        timeZone = "Europe/Berlin",
        weekly = new { monday = s_hours, tuesday = s_hours, wednesday = s_hours, thursday = s_hours, friday = s_hours },
    };

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Elapsed_due_and_latest_start_answer_as_the_command_line_does()
    {
        (await Ask("elapsed", new
        {
            calendar = new { timeZone = "Europe/Berlin", alwaysOpen = true },
            from = "2024-03-30T23:30:00+01:00",
            to = "2024-04-01T12:00:00+02:00"
        }))
            .GetProperty("elapsed").GetString().ShouldBe("PT35H30M");
        var due = (await Ask("due", new { calendar = Office, from = "2026-03-06T16:00:00+01:00", target = "PT4H" })).GetProperty("due").GetString();
        due.ShouldBe("2026-03-09T10:00:00Z");
        (await Ask("latest-start", new { calendar = Office, to = due, target = "PT4H" })).GetProperty("latestStart").GetString()
            .ShouldBe("2026-03-06T15:00:00Z");
    }

    [Fact]
    public async Task A_calendar_may_be_sent_as_the_text_of_its_file()
    {
        var open = await Ask("open", new
        {
            calendar = "timeZone: Europe/Berlin\nweekly:\n  friday: [\"22:00-06:00\"]\n",
            from = "2026-03-02T00:00:00Z",
            to = "2026-03-09T00:00:00Z",
        });
        open.GetProperty("open")[0].GetProperty("start").GetString().ShouldBe("2026-03-06T21:00:00Z");
        open.GetProperty("open")[0].GetProperty("end").GetString().ShouldBe("2026-03-07T05:00:00Z");
    }

    [Fact]
    public async Task Periods_begin_at_the_anchor_and_know_the_31st()
    {
        var periods = (await Ask("periods", new { every = "1M", anchor = "2026-01-31", timeZone = "Europe/Berlin", from = "2026-02-01", to = "2026-04-01" }))
            .GetProperty("periods");
        periods.EnumerateArray().Select(period => period.GetProperty("start").GetString())
            .ShouldBe(["2026-01-30T23:00:00Z", "2026-02-27T23:00:00Z", "2026-03-30T22:00:00Z"]);
    }

    [Fact]
    public async Task A_batch_answers_in_order_and_names_the_error_of_a_bad_line()
    {
        var answers = (await Ask("batch", new
        {
            calendar = Office,
            questions = new object[] { new { op = "isOpen", at = "2026-03-02T11:30:00Z" }, new { op = "due", from = "yesterday", target = "PT1H" },
                new { op = "isOpen", at = "2026-03-02T12:30:00Z" } },
        })).GetProperty("answers");
        answers[0].GetProperty("isOpen").GetBoolean().ShouldBeFalse();
        answers[1].GetProperty("error").GetProperty("message").GetString()!.ShouldContain("yesterday");
        answers[2].GetProperty("isOpen").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("elapsed", """{"calendar":{"timeZone":"Europe/Nowhere","alwaysOpen":true},"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "$.calendar.timeZone", 400)]
    [InlineData("elapsed", """{"calendar":{"timeZone":"UTC","alwaysOpen":true},"from":"soon","to":"2026-01-02T00:00:00Z"}""", "$.from", 400)]
    [InlineData("elapsed", """{"calendar":{"timeZone":"UTC","alwaysOpen":true},"from":"2026-01-02T00:00:00Z"}""", "to", 400)]
    [InlineData("due", """{"calendar":{"timeZone":"UTC","alwaysOpen":true},"from":"2026-01-02T00:00:00Z","target":"4h"}""", "$.target", 400)]
    [InlineData("due", """{"calendar":{"timeZone":"UTC","exceptions":[{"date":"2026-01-01","open":["08:00-09:00"]}]},"from":"2026-01-02T00:00:00Z","target":"PT4H"}""", "calendar.unreachable", 422)]
    [InlineData("open", """{"calendar":{"timeZone":"UTC","weekly":{"monday":["00:00-00:01","00:02-00:03"],"tuesday":["00:00-00:01","00:02-00:03"],"friday":["00:00-00:01","00:02-00:03"]}},"from":"1850-01-01T00:00:00Z","to":"2350-01-01T00:00:00Z"}""", "100000", 400)]
    [InlineData("periods", """{"every":"1D","from":"1850-01-01","to":"2350-01-01"}""", "100000", 400)]
    [InlineData("periods", """{"every":"often","from":"2026-01-01","to":"2026-02-01"}""", "$.every", 400)]
    public async Task Bad_questions_are_told_where_they_are_wrong(string op, string body, string where, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _cast.Zoe.PostAsync($"/api/v1/time/{op}", content);
        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldContain(where);
    }

    [Fact]
    public async Task Nobody_asks_without_signing_in()
    {
        using var visitor = _cast.Visitor();
        foreach (var path in new[] { "time/elapsed", "time/batch", "clock/replay", "bargain/solve" })
            (await visitor.Ask(HttpMethod.Post, $"/api/v1/{path}", new { })).Status.ShouldBe(401, path);
    }

    [Fact]
    public async Task A_replay_explains_every_second_of_a_paused_clock()
    {
        var (status, answer) = await _cast.Zoe.Ask(HttpMethod.Post, "/api/v1/clock/replay", new
        {
            definition = """
                calendars:
                  office: {timeZone: UTC, weekly: {monday: ["08:00-17:00"]}}
                clocks:
                  resolution: {calendar: office, target: PT4H, start: created, pause: "status = Pending", stop: "status = Resolved"}
                """,
            events = "case,at,event,status\nA,2026-03-02T08:00:00Z,created,New\nA,2026-03-02T10:00:00Z,,Pending\n"
                + "A,2026-03-02T11:00:00Z,,Open\nA,2026-03-02T14:00:00Z,,Resolved\n",
            ledger = true,
        });
        status.ShouldBe(200, answer.ToString());
        var clock = answer.GetProperty("cases")[0].GetProperty("clocks")[0];
        clock.GetProperty("elapsed").GetString().ShouldBe("PT5H");
        clock.GetProperty("breachedAt").GetString().ShouldBe("2026-03-02T13:00:00Z");
        clock.GetProperty("ledger").EnumerateArray().Select(part => part.GetProperty("kind").GetString()).ShouldBe(["open", "paused", "open"]);
    }

    [Fact]
    public async Task Discovery_finds_office_hours_in_an_uploaded_log()
    {
        using var form = new MultipartFormDataContent { { new StringContent("minutes"), "duration" } };
        var log = new ByteArrayContent(Encoding.UTF8.GetBytes(OfficeLog.Csv(cases: 400, seed: 7)));
        log.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(log, "tickets", "log.csv");
        using var response = await _cast.Zoe.PostAsync("/api/v1/discover", form);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        var group = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("groups")[0];
        group.GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(0.95);
        group.GetProperty("calendar").GetProperty("weekly").GetProperty("monday")[0].GetString().ShouldBe("09:00-17:00");
    }

    private async Task<JsonElement> Ask(string op, object body)
    {
        var (status, answer) = await _cast.Zoe.Ask(HttpMethod.Post, $"/api/v1/time/{op}", body);
        status.ShouldBe(200, answer.ToString());
        return answer;
    }
}
