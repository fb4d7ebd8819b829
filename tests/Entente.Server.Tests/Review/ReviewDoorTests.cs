using System.Text.Json;
using Entente.Server.Tests.Monitoring;
using NodaTime;

namespace Entente.Server.Tests.Review;

public sealed class ReviewDoorTests : IAsyncLifetime
{
    private const string Outage =
        """
        {"id":"i1","title":"down","started_at":"2026-04-10T10:00:00Z","resolved_at":"2026-04-10T13:00:00Z","impact":"major","components":["checkout"]}
        {"id":"i0","title":"start","started_at":"2026-03-20T00:00:00Z","resolved_at":"2026-03-20T00:01:00Z","impact":"minor","components":["checkout"]}
        """;

    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.InForce();
        _cast.Clock.Now = Instant.FromUtc(2026, 5, 3, 0, 0);
        (await _cast.Pia.ImportText(_cast, "status.jsonl", Outage)).Status.ShouldBe(201);
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_report_is_issued_disputed_settled_and_accepted()
    {
        (await Issue("2026-04")).Status.ShouldBe(201);
        (await Post(_cast.Cem, "/2026-04/disputes", new { term = "availability", reason = "It was longer" })).Status.ShouldBe(200);
        (await Post(_cast.Cem, "/2026-04/acceptance", new { })).Body.GetProperty("code").GetString().ShouldBe("report.disputed");
        (await Post(_cast.Ann, "/2026-04/settlements", new { term = "availability", upheld = false, reason = "Compared, it stands" })).Status.ShouldBe(200);
        var accepted = await Post(_cast.Cem, "/2026-04/acceptance", new { remark = "Thanks" });
        accepted.Body.GetProperty("reviewed").GetProperty("acceptedAt").GetString().ShouldBe("2026-05-03T00:00:00Z");
        (await Post(_cast.Cem, "/2026-04/disputes", new { term = "charge", reason = "Late" })).Body.GetProperty("code").GetString().ShouldBe("report.accepted");
    }

    [Fact]
    public async Task An_issued_report_is_frozen_whatever_becomes_of_the_history()
    {
        var issued = (await Issue("2026-04")).Body.GetProperty("reviewed");
        var import = (await _cast.Pia.Ask(HttpMethod.Get, _cast.Path("/measurements"))).Body[0].GetProperty("import").GetProperty("id").GetString();
        await _cast.Pia.Ask(HttpMethod.Post, _cast.Path($"/measurements/{import}/withdrawal"), new { reason = "wrong file" });
        var later = (await _cast.Cem.Ask(HttpMethod.Get, Reports("/2026-04"))).Body.GetProperty("reviewed");
        later.GetProperty("report").GetRawText().ShouldBe(issued.GetProperty("report").GetRawText());
        later.GetProperty("digest").GetString().ShouldBe(issued.GetProperty("digest").GetString());
        (await Issue("2026-04")).Body.GetProperty("code").GetString().ShouldBe("report.issued");
    }

    [Fact]
    public async Task A_month_that_has_not_ended_or_was_not_in_force_has_no_report()
    {
        (await Issue("2026-05")).Body.GetProperty("code").GetString().ShouldBe("report.too_early");
        (await Issue("2025-05")).Body.GetProperty("code").GetString().ShouldBe("report.no_agreement");
        (await Issue("May")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_reopened_term_returns_to_documentation_and_shuts_the_gate()
    {
        await Issue("2026-04");
        (await Post(_cast.Cem, "/2026-04/reopenings", new { term = "availability", reason = "We open on Sundays now" })).Status.ShouldBe(200);
        var gate = (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/gate"))).Body;
        gate.GetProperty("isOpen").GetBoolean().ShouldBeFalse();
        (await Post(_cast.Cem, "/2026-04/reopenings", new { term = "availability", reason = "again" })).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Only_the_customer_accepts_and_disputes_and_only_the_chair_settles()
    {
        await Issue("2026-04");
        foreach (var client in new[] { _cast.Ann, _cast.Pia, _cast.Fee, _cast.Sam })
        {
            (await Post(client, "/2026-04/acceptance", new { })).Status.ShouldBe(403);
            (await Post(client, "/2026-04/disputes", new { term = "availability", reason = "x" })).Status.ShouldBe(403);
        }

        (await Post(_cast.Cem, "/2026-04/settlements", new { term = "availability", upheld = true, reason = "x" })).Status.ShouldBe(403);
        (await Post(_cast.Cem, "", new { period = "2026-04" })).Status.ShouldBe(403);
        (await Post(_cast.Zoe, "/2026-04/acceptance", new { })).Status.ShouldBe(404);
        (await _cast.Zoe.Ask(HttpMethod.Get, Reports("/2026-04"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_page_and_the_markdown_say_the_same_as_the_report()
    {
        await Issue("2026-04");
        var (status, html) = await _cast.Sam.Look($"/engagements/{_cast.Engagement}/review/a1/2026-04");
        status.ShouldBe(200);
        html.ShouldContain("99.5833 %");
        (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/review/a1/2026-04/markdown")).Html.ShouldContain("| 99.5833 % |");
        (await _cast.Sam.Look($"/engagements/{_cast.Engagement}")).Html.ShouldContain("accept the report for 2026-04");
    }

    private Task<(int Status, JsonElement Body)> Issue(string period) => Post(_cast.Ann, "", new { period });

    private Task<(int Status, JsonElement Body)> Post(HttpClient by, string path, object body) => by.Ask(HttpMethod.Post, Reports(path), body);

    private string Reports(string path) => _cast.Path($"/agreements/a1/reports{path}");
}
