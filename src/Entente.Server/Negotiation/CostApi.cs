using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <param name="EffectiveFrom">First day of this version; none takes today.</param>
public sealed record CostWish(CostModel Model, LocalDate? EffectiveFrom = null);

public sealed record CostOpening(Seat To);

/// <param name="Limit">The most that a package may cost to provide by the month; none lifts it.</param>
/// <param name="Reason">Why it is raised.</param>
public sealed record CostLimitWish(Money? Limit = null, string? Reason = null);

/// <summary>The cost model as those may see it who read it.</summary>
/// <param name="InForce">Number of the version that rules today.</param>
public sealed record CostView(
    int? InForce, IReadOnlyList<CostEdition> Editions, IReadOnlyList<Seat> OpenTo, Money? Limit, string? LimitReason,
    long Version)
{
    public static CostView Of(CostState state, long version, LocalDate today) =>
        new(state.InForceAt(today)?.Number, state.Editions, [.. state.OpenTo], state.Limit, state.LimitReason, version);
}

/// <summary>One option and what the reader may know of it.</summary>
public sealed record OptionView(string Term, TermValue Option, IReadOnlyList<EvidenceChip> Evidence);

/// <summary>REST for what promises cost, and for the evidence beside the options of a table.</summary>
public static class CostApi
{
    public static void MapCostApi(this IEndpointRouteBuilder routes)
    {
        var cost = routes.MapGroup("/api/v1/engagements/{engagement}/cost").WithTags(Stages.Negotiation.Name);
        cost.MapGet("", async (HttpContext http, Viewer viewer, CostDesk desk) =>
        {
            var (state, version) = await desk.Read(viewer.EngagementId);
            if (!state.IsReadBy(viewer.Seat)) return Closed(http);
            http.Response.Headers.ETag = $"\"{version}\"";
            return Results.Json(CostView.Of(state, version, desk.Today), Json.Options);
        }).AllowsSeated().WithSummary("What promises cost to provide: for accounting and the provider, and whom accounting opened it to.");
        cost.MapPut("", async (HttpContext http, Viewer viewer, CostDesk desk) =>
        {
            var wish = await Inputs.Body<CostWish>(http);
            new Inputs().Take(CostRules.Validate(wish.Model, "$.model.")).Throw();
            return Writes.Answer(http, await desk.Write(viewer.EngagementId, await Writes.Of(http, viewer), wish.Model,
                wish.EffectiveFrom ?? desk.Today), (state, version) => CostView.Of(state, version, desk.Today));
        }).Accepts<CostWish>("application/json").AllowsSeated(Seat.Accounting)
            .WithSummary("Write the cost model, or its next version.");
        cost.MapPost("/opening", async (HttpContext http, Viewer viewer, CostDesk desk) =>
            Writes.Answer(http, await desk.Open(viewer.EngagementId, await Writes.Of(http, viewer),
                (await Inputs.Body<CostOpening>(http)).To), (state, version) => CostView.Of(state, version, desk.Today)))
            .Accepts<CostOpening>("application/json").AllowsSeated(Seat.Accounting)
            .WithSummary("Let a further party read the cost model.");
        cost.MapPut("/limit", async (HttpContext http, Viewer viewer, CostDesk desk) =>
        {
            var wish = await Inputs.Body<CostLimitWish>(http);
            new Inputs().Text("$.reason", wish.Reason, 500, required: false).Throw();
            return Writes.Answer(http, await desk.Limit(viewer.EngagementId, await Writes.Of(http, viewer), wish.Limit,
                wish.Reason), (state, version) => CostView.Of(state, version, desk.Today));
        }).Accepts<CostLimitWish>("application/json").AllowsSeated(Seat.Accounting)
            .WithSummary("Set the hard limit of what a package may cost to provide.");
        routes.MapGet("/api/v1/engagements/{engagement}/negotiations/{table}/evidence", async (
            HttpContext http, Viewer viewer, string table, NegotiationDesk desk, EvidenceDesk evidence) =>
        {
            var (state, _) = await desk.Read(viewer.EngagementId, table);
            if (state.Standing is Standing.None) return NegotiationApi.Unknown(http);
            var chips = await evidence.OfOptions(
                viewer.EngagementId, state, new EvidenceReader.Seated(viewer.Seat), http.RequestAborted);
            var space = new TableSpace(state);
            return Results.Json(space.Agenda.SelectMany((item, i) => space.Options[i].Select(option => new OptionView(
                item.Key, option, [.. (chips.GetValueOrDefault(item.Key) ?? []).Where(chip => chip.Option == option)]))),
                Json.Options);
        }).WithTags(Stages.Negotiation.Name).AllowsSeated()
            .WithSummary("Every option on the table, and what is known of it: history, credits, cost, loss.");
    }

    public static IResult Closed(HttpContext http) => Problems.Answer(http, StatusCodes.Status403Forbidden,
        "cost.closed", "What promises cost is read by accounting and the provider; accounting may open it.");
}
