using Entente.Agreements;
using Entente.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Agreements;

/// <param name="Kind">The kind of term it is for, such as <c>availability</c>.</param>
/// <param name="Text">The words, with variables in braces such as <c>{target}</c>.</param>
public sealed record ClauseWish(string Kind, string Text);

/// <summary>Other words for a term of a draft: those of an own clause, or a text.</summary>
public sealed record WordingWish(string? Clause = null, string? Text = null);

/// <param name="Condition">The words after "until" of a contingent term.</param>
/// <param name="On">Since when it has happened.</param>
public sealed record ConditionWish(string Condition, LocalDate On, string? Remark = null);

/// <summary>A kind of term, what the library says for it, and what may stand in braces.</summary>
public sealed record TemplateView(string Kind, string Text, IReadOnlyList<string> Variables);

/// <summary>The clause library of an engagement: what Entente ships, and what was written here.</summary>
public sealed record ClausesView(string Edition, IReadOnlyList<TemplateView> Library, IReadOnlyList<OwnClause> Own, long Version)
{
    public static ClausesView Of(ClauseShelfState state, long version) => new(
        ClauseLibrary.Edition,
        [.. ClauseLibrary.Templates.Select(pair => new TemplateView(ClauseLibrary.KindOf(pair.Key), pair.Value,
            [.. ClauseLibrary.Variables(pair.Key).Order(StringComparer.Ordinal)]))],
        [.. state.Clauses.Values], version);
}

/// <param name="Mine">For my own eyes; none when nothing is known in money.</param>
/// <param name="Opened">What parties showed everybody.</param>
public sealed record DividendView(Entente.Negotiation.Dividend? Mine, IReadOnlyDictionary<Seat, Entente.Negotiation.Dividend> Opened);

/// <summary>REST for clauses: the library of an engagement, the wording of a draft, and what a draft's words leave
/// open.</summary>
public static class ClauseApi
{
    public static void MapClauseApi(this IEndpointRouteBuilder routes)
    {
        var shelf = routes.MapGroup("/api/v1/engagements/{engagement}/clauses").WithTags(Stages.Agreements.Name);
        shelf.MapGet("", async (HttpContext http, string engagement, AgreementDesk desk) =>
        {
            var (state, version) = await desk.Clauses(engagement);
            http.Response.Headers.ETag = $"\"{version}\"";
            return Results.Json(ClausesView.Of(state, version), Json.Options);
        }).AllowsSeated().WithSummary("The clause library, with our own clauses and their versions.");
        shelf.MapPut("/{clause}", async (HttpContext http, Viewer viewer, string clause, AgreementDesk desk) =>
        {
            var wish = await Inputs.Body<ClauseWish>(http);
            new Inputs().Text("$.text", wish.Text).Throw();
            return Writes.Answer(http, await desk.WriteClause(
                viewer.EngagementId, await Writes.Of(http, viewer), clause, wish.Kind, wish.Text), ClausesView.Of);
        }).Accepts<ClauseWish>("application/json")
            .AllowsSeated(Seat.ServiceLevelManager, Seat.Provider, Seat.Customer)
            .WithSummary("Write a clause of our own, or its next version.");
        shelf.MapDelete("/{clause}", async (HttpContext http, Viewer viewer, string clause, AgreementDesk desk) =>
            Writes.Answer(http, await desk.RetireClause(
                viewer.EngagementId, await Writes.Of(http, viewer), clause), ClausesView.Of))
            .AllowsSeated(Seat.ServiceLevelManager, Seat.Provider, Seat.Customer)
            .WithSummary("Retire a clause; agreements that hold it keep it.");
        MapWording(routes.MapGroup("/api/v1/engagements/{engagement}/agreements/{agreement}")
            .WithTags(Stages.Agreements.Name));
    }

    private static void MapWording(RouteGroupBuilder one)
    {
        one.MapGet("/versions/{version:int}/findings",
            async (HttpContext http, string engagement, string agreement, int version, AgreementDesk desk) =>
            (await desk.Read(engagement, agreement)).State.Find(version) is { } found
                ? Results.Json(AgreementDesk.Findings(found), Json.Options) : AgreementApi.Unknown(http))
            .AllowsSeated().WithSummary("What the two sides may argue about one day: the linter over a version.");
        one.MapGet("/versions/{version:int}/dividend", async (
            HttpContext http, Viewer viewer, string agreement, int version, AgreementDesk desk) =>
            (await desk.Read(viewer.EngagementId, agreement)).State.Find(version) is not { } found ? AgreementApi.Unknown(http)
                : Results.Json(new DividendView(await desk.FindDividend(found, viewer.Seat), found.Dividends), Json.Options))
            .AllowsSeated().WithSummary("What a version brought my seat in money, and what others opened.");
        one.MapPost("/versions/{version:int}/dividend/opening", async (
            HttpContext http, Viewer viewer, string agreement, int version, AgreementDesk desk) =>
            await AgreementApi.Answer(http, agreement, desk, await desk.OpenDividend(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), version)))
            .AllowsSeated(Seat.Provider, Seat.Customer, Seat.Accounting).WithSummary("Show everybody what a version brought us.");
        one.MapPut("/versions/{version:int}/clauses/{term}", async (
            HttpContext http, Viewer viewer, string agreement, int version, string term, AgreementDesk desk) =>
        {
            var wish = await Inputs.Body<WordingWish>(http);
            new Inputs().Check(wish.Clause is null != wish.Text is null, "$", "clause.one", "expected clause or text, not both")
                .Text("$.text", wish.Text, required: wish.Clause is null).Throw();
            return await AgreementApi.Answer(http, agreement, desk, await desk.Word(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), version, term, wish.Clause, wish.Text,
                Source(viewer)));
        }).Accepts<WordingWish>("application/json").AllowsSeated(Seat.ServiceLevelManager, Seat.Provider, Seat.Customer)
            .WithSummary("Give a term of the draft other words, until the first signature.");
        one.MapPut("/conditions", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk) =>
        {
            var wish = await Inputs.Body<ConditionWish>(http);
            new Inputs().Text("$.condition", wish.Condition, 500).Text("$.remark", wish.Remark, required: false).Throw();
            return await AgreementApi.Answer(http, agreement, desk, await desk.MeetCondition(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), wish.Condition.Trim(), wish.On,
                wish.Remark ?? ""));
        }).Accepts<ConditionWish>("application/json").AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("Say that what ends a contingent term has happened; it counts when both sides say so.");
    }

    /// <summary>Where words come from that somebody wrote over a draft.</summary>
    public static string Source(Viewer viewer) => $"written by the {viewer.Seat.Words} over the draft";
}
