using Entente.Documentation;
using NodaTime;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>Plans for gaps in practice: owned, dated, followed up, done, and in the auditor's list.</summary>
public sealed class FitDoorTests : IAsyncLifetime
{
    private const string Clause = "/practice-fit/iso-9.4";

    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Approve();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task A_plan_has_owner_and_day_is_followed_up_and_done()
    {
        (await Assess(new { fit = "partly", plan = "Report monthly", owner = "Pia" })).Body.GetProperty("code").GetString().ShouldBe("fit.due_missing");
        (await Follow("started", done: false)).Body.GetProperty("code").GetString().ShouldBe("fit.no_plan");
        await Must(Assess(new { fit = "partly", evidence = "=Slides, \"old\"", plan = "Report monthly", owner = "Pia", due = "2026-03-31" }));
        await Must(Follow("first report drafted", done: false));
        (await Row()).GetProperty("isOverdue").GetBoolean().ShouldBeFalse();
        _cast.Clock.Now += Duration.FromDays(60);
        (await Row()).GetProperty("isOverdue").GetBoolean().ShouldBeTrue();
        var page = $"/engagements/{_cast.Engagement}{Clause}";
        (await _cast.Sam.Look($"/engagements/{_cast.Engagement}/practice-fit")).Html.ShouldContain("overdue");
        (await _cast.Ann.Submit($"{page}/follow-ups", ("text", "three reports accepted"), ("done", "true"))).Status.ShouldBe(303);
        (await Row()).GetProperty("isOpen").GetBoolean().ShouldBeFalse();
        (await Follow("again", done: false)).Body.GetProperty("code").GetString().ShouldBe("fit.no_plan");

        var csv = await _cast.Sam.GetStringAsync(_cast.Path("/practice-fit/evidence.csv"));
        csv.ShouldStartWith("\"clause\",\"asks\",\"fit\"");
        csv.ShouldContain("\"'=Slides, \"\"old\"\"\"");
        csv.ShouldContain("\"2026-03-31\",\"done\",\"2026-03-02 first report drafted; 2026-05-01 three reports accepted\"");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + PracticeClauses.All.Count);
        (await _cast.Sam.GetStringAsync(_cast.Path("/documents/evidence.md"))).ShouldContain("Report monthly");
    }

    [Fact]
    public async Task Another_plan_begins_anew()
    {
        await Must(Assess(new { fit = "missing", plan = "Report monthly", owner = "Pia", due = "2026-12-31" }));
        await Must(Follow("done so", done: true));
        await Must(Assess(new { fit = "partly", plan = "Report weekly", owner = "Pia", due = "2026-12-31" }));
        (await Row()).GetProperty("isOpen").GetBoolean().ShouldBeTrue();
        (await Row()).GetProperty("followUps").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Only_chair_and_provider_follow_up_and_a_stranger_finds_nothing()
    {
        foreach (var other in new[] { _cast.Cem, _cast.Fee, _cast.Sam })
            (await other.Ask(HttpMethod.Post, _cast.Path($"{Clause}/follow-ups"), new { text = "x" })).Status.ShouldBe(403);
        (await _cast.Zoe.Ask(HttpMethod.Post, _cast.Path($"{Clause}/follow-ups"), new { text = "x" })).Status.ShouldBe(404);
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/practice-fit/evidence.csv"))).Status.ShouldBe(404);
        (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/practice-fit/evidence.csv")).Status.ShouldBe(404);
        (await _cast.Pia.Ask(HttpMethod.Post, _cast.Path($"{Clause}/follow-ups"), new { text = " " })).Status.ShouldBe(400);
    }

    private Task<(int Status, System.Text.Json.JsonElement Body)> Assess(object wish) => _cast.Pia.Ask(HttpMethod.Put, _cast.Path(Clause), wish);

    private Task<(int Status, System.Text.Json.JsonElement Body)> Follow(string text, bool done) =>
        _cast.Pia.Ask(HttpMethod.Post, _cast.Path($"{Clause}/follow-ups"), new { text, done });

    private async Task<System.Text.Json.JsonElement> Row() => (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/practice-fit")))).EnumerateArray()
        .Single(row => row.GetProperty("clause").GetProperty("key").GetString() == "iso-9.4");
}
