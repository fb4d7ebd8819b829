using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Entente.Server.Tests.Time;

public sealed class CalendarDoorTests : IAsyncLifetime
{
    private const string Ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260303\r\nSUMMARY:Founders' "
        + "Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private Cast _cast = null!;

    private string Page => $"/engagements/{_cast.Engagement}/monitoring/calendars";

    public async ValueTask InitializeAsync() => _cast = await (await Cast.Assemble()).Measure();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Holidays_are_proposed_previewed_and_rule_once_both_sides_approved()
    {
        (await Send(_cast.Pia, HttpMethod.Post, "/calendars/office/holidays?effectiveFrom=2026-03-02", Ics, "text/calendar")).Status.ShouldBe(200);
        // The holiday takes Monday's hours away from the one running clock, so it is due on Tuesday.
        var preview = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/calendars/office/preview?version=1"))).Body;
        preview.GetProperty("running").GetInt32().ShouldBe(1);
        preview.GetProperty("moved")[0].GetProperty("after").GetProperty("due").GetString().ShouldBe("2026-03-03T14:00:00Z");
        (await _cast.Cem.Look($"{Page}/office")).Html.ShouldContain("1 of 1 running clocks would be due at another time");
        (await Due()).ShouldBe("2026-03-02T15:00:00Z");

        (await _cast.Cem.Submit($"{Page}/office/approval", ("number", "1"))).Status.ShouldBe(303);
        (await Due()).ShouldBe("2026-03-03T14:00:00Z");
        (await _cast.Sam.GetStringAsync(_cast.Path("/calendars/office/file?format=yaml"))).ShouldContain("Founders' Day");
        var again = await Send(_cast.Pia, HttpMethod.Post, "/calendars/office/holidays", Ics, "text/calendar");
        (again.Status, again.Body.GetProperty("detail").GetString()!).ShouldBe((400, "holidays: This names no day that the calendar does not know already."));
    }

    [Fact]
    public async Task A_file_that_is_given_can_be_taken_again_as_yaml_and_as_json()
    {
        var yaml = await _cast.Cem.GetStringAsync(_cast.Path("/calendars/office/file?format=yaml"));
        var json = await _cast.Cem.GetStringAsync(_cast.Path("/calendars/office/file?format=json"));
        (await Send(_cast.Cem, HttpMethod.Put, "/calendars/copy/proposal", yaml, "application/yaml")).Status.ShouldBe(200);
        (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/calendars/copy/withdrawal"), new { version = 1, reason = "again as JSON" })).Status.ShouldBe(200);
        (await Send(_cast.Cem, HttpMethod.Put, "/calendars/copy/proposal", json, "application/json")).Status.ShouldBe(200);
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path("/calendars/copy/approval"), new { version = 2 })).Status.ShouldBe(200);
        (await _cast.Cem.GetStringAsync(_cast.Path("/calendars/copy/file?format=json"))).ShouldBe(json);
    }

    [Fact]
    public async Task What_the_chair_proposes_needs_both_sides_and_the_chair_approves_nothing()
    {
        await Send(_cast.Ann, HttpMethod.Put, "/calendars/nights/proposal", "timeZone: UTC\nalwaysOpen: true", "application/yaml");
        (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/calendars/nights/approval"), new { version = 1 })).Status.ShouldBe(403);
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path("/calendars/nights/approval"), new { version = 1 })).Body[0].GetProperty("standing").GetString()
            .ShouldBe("proposed");
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/calendars/nights/approval"), new { version = 1 })).Body[0].GetProperty("standing").GetString()
            .ShouldBe("approved");
        (await _cast.Ann.Ask(HttpMethod.Post, _cast.Path("/calendars/nights/withdrawal"), new { version = 1, reason = "no" })).Body.GetProperty("code")
            .GetString().ShouldBe("calendar.approved");
    }

    [Fact]
    public async Task A_calendar_that_rules_already_is_not_changed_in_the_past()
    {
        var yaml = "timeZone: Europe/Berlin\nalwaysOpen: true";
        (await Send(_cast.Pia, HttpMethod.Put, "/calendars/office/proposal?effectiveFrom=2026-02-01", yaml, "application/yaml")).Body.GetProperty("code")
            .GetString().ShouldBe("calendar.past");
        (await Send(_cast.Pia, HttpMethod.Put, "/calendars/office/proposal?effectiveFrom=2026-03-05", yaml, "application/yaml")).Status.ShouldBe(200);
        _cast.Clock.Now = Instant.FromUtc(2026, 3, 9, 9, 0);
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/calendars/office/approval"), new { version = 1 })).Body.GetProperty("code").GetString()
            .ShouldBe("calendar.past");
    }

    [Theory]
    [InlineData("timeZone: Europe/Nowhere\nalwaysOpen: true", "$.timeZone")]
    [InlineData("timeZone: UTC\nweekly: {monday: [\"8 to 5\"]}", "$.weekly.monday[0]")]
    [InlineData("timeZone: UTC", "calendar never opens")]
    public async Task A_wrong_file_is_told_where_it_is_wrong(string yaml, string where)
    {
        var (status, problem) = await Send(_cast.Pia, HttpMethod.Put, "/calendars/x/proposal", yaml, "application/yaml");
        status.ShouldBe(400);
        problem.ToString().ShouldContain(where);
    }

    [Fact]
    public async Task Only_those_who_negotiate_propose()
    {
        (await Send(_cast.Sam, HttpMethod.Put, "/calendars/x/proposal", "timeZone: UTC\nalwaysOpen: true", "application/yaml")).Status.ShouldBe(403);
        (await _cast.Fee.Submit(Page, ("key", "x"), ("calendar", "timeZone: UTC\nalwaysOpen: true"))).Status.ShouldBe(403);
        (await _cast.Sam.Submit($"{Page}/office/approval", ("number", "1"))).Status.ShouldBe(403);
        (await Send(_cast.Zoe, HttpMethod.Put, "/calendars/x/proposal", "timeZone: UTC\nalwaysOpen: true", "application/yaml")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_finding_of_an_uploaded_log_is_shown_and_taken_over_as_a_proposal()
    {
        await _cast.OpenGate();
        using var form = new MultipartFormDataContent { { new StringContent("minutes"), "duration" } };
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(OfficeLog.Csv(cases: 300, seed: 3))), "tickets", "log.csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/engagements/{_cast.Engagement}/monitoring/discovery") { Content = form };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var response = await _cast.Cem.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, html);
        html.ShouldContain("09:00-17:00");
        html.ShouldContain("Take it over as a draft");

        var taken = await _cast.Cem.Submit($"/engagements/{_cast.Engagement}/monitoring/discovery/taking-over", ("key", "found-hours"),
            ("source", "found in log.csv"),
            ("calendar", """{"timeZone":"Europe/Berlin","weekly":{"monday":["09:00-17:00"]}}"""), ("target", "PT8H"), ("service", "checkout"), ("priority", ""));
        taken.Status.ShouldBe(303, taken.Html);
        (await _cast.Cem.Look($"{Page}/found-hours")).Html.ShouldContain("found in log.csv");
        var drafts = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/requirements"))).Body.ToString();
        drafts.ShouldContain("checkout.found-hours-resolution");
        (await _cast.Sam.Submit($"/engagements/{_cast.Engagement}/monitoring/discovery/taking-over", ("key", "x"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_log_that_was_brought_in_is_explained_again_or_says_which_columns_it_has()
    {
        var import = (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/measurements"))).Body[0].GetProperty("import").GetProperty("id").GetString()!;
        var page = $"/engagements/{_cast.Engagement}/monitoring/discovery";
        (await _cast.Cem.Submit(page, ("import", import), ("verdict", "made_sla"))).Html.ShouldContain("the data cannot tell");
        (await _cast.Cem.Submit(page, ("import", import), ("verdict", "nothing"))).Html.ShouldContain("made_sla");
    }

    private async Task<string?> Due() => (await _cast.Cem.Ask(HttpMethod.Get, _cast.Path("/cases/T3"))).Body.GetProperty("clocks")[0].GetProperty("clock")
        .GetProperty("due").GetString();

    private async Task<(int Status, JsonElement Body)> Send(HttpClient client, HttpMethod method, string path, string text, string type)
    {
        using var request = new HttpRequestMessage(method, _cast.Path(path)) { Content = new StringContent(text, Encoding.UTF8, type) };
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, body.StartsWith('{') || body.StartsWith('[') ? JsonSerializer.Deserialize<JsonElement>(body) : default);
    }
}
