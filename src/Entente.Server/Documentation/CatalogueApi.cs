using Entente.Documentation;
using Entente.Server.Access;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>Why something ends or is sent back.</summary>
public sealed record ReasonWish(string? Reason = null);

/// <summary>What a side says of a service: satisfied (with a remark or without), or not yet, and then the remark is the reason.</summary>
public sealed record SatisfactionWish(int Edition, bool Satisfied, string? Remark = null);

/// <summary>One term as both sides put it.</summary>
public sealed record PairView(string Key, string Title, Term? Asked, Term? Offered, bool IsAgreed);

/// <summary>A service as programs see it: the card, everything released, and what both sides say.</summary>
public sealed record CatalogueView(
    string Key, ServiceCard Card, int Edition, IReadOnlyList<PairView> Terms, string? Sheet, Satisfaction? Provider, Satisfaction? Customer,
    IReadOnlyDictionary<string, Reopening> Reopened, string? RetiredBecause, Instant ChangedAt)
{
    public static CatalogueView Of(CatalogueEntry entry) => new(
        entry.Key, entry.Card, entry.Edition,
        [.. entry.Pairs.Select(pair => new PairView(pair.Key, pair.Title, pair.Asked, pair.Offered, pair.IsAgreed))],
        entry.Sheet, entry.Provider, entry.Customer, entry.Reopened, entry.RetiredBecause, entry.ChangedAt);
}

/// <summary>All services, and the version at which this holds.</summary>
public sealed record CatalogueListView(IReadOnlyList<CatalogueView> Services, long Version)
{
    public static CatalogueListView Of(DescriptionState state, long version) =>
        new([.. state.Services.Values.Select(CatalogueView.Of)], version);
}

/// <summary>Whether the catalogue is public, and under which address.</summary>
public sealed record PublicationView(bool IsPublic, string Path);

/// <summary>The gate to negotiation.</summary>
public sealed record GateView(bool IsOpen, IReadOnlyList<Block> Blocks);

/// <summary>REST for the catalogue of services and the gate.</summary>
public static class CatalogueApi
{
    public static void MapCatalogueApi(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/v1/engagements/{engagement}").WithTags(Stages.Documentation.Name);
        all.MapGet("/gate", async (string engagement, CatalogueDesk desk) =>
        {
            var blocks = await desk.Blocks(engagement);
            return new GateView(blocks.Count == 0, blocks);
        }).AllowsSeated().WithSummary("Whether negotiation may open, and if not, what blocks and whom to ask.");

        var api = all.MapGroup("/services");
        api.MapGet("", async (HttpContext http, string engagement, CatalogueDesk desk) =>
        {
            var (state, version) = await desk.Read(engagement);
            http.Response.Headers.ETag = $"\"{version}\"";
            return CatalogueListView.Of(state, version);
        }).AllowsSeated().WithSummary("All services with everything released about them.");

        api.MapPut("/publication", async (HttpContext http, Viewer viewer, CatalogueDesk desk) =>
            Writes.Answer(http, await desk.Publish(viewer.EngagementId, await Writes.Of(http, viewer)), (state, _) =>
                new PublicationView(state.IsPublic, $"/catalogue/{viewer.EngagementId}")))
            .AllowsSeated(Seat.ServiceLevelManager, Seat.Customer).WithSummary("Open the business view of the catalogue to everybody with its address.");
        api.MapDelete("/publication", async (HttpContext http, Viewer viewer, CatalogueDesk desk) =>
            Writes.Answer(http, await desk.Hide(viewer.EngagementId, await Writes.Of(http, viewer)), (state, _) =>
                new PublicationView(state.IsPublic, $"/catalogue/{viewer.EngagementId}")))
            .AllowsSeated(Seat.ServiceLevelManager, Seat.Customer).WithSummary("Close the public catalogue.");

        var one = api.MapGroup("/{service}");
        one.MapGet("/history", (Viewer viewer, string service, CatalogueDesk desk) => desk.History(viewer.EngagementId, service)).AllowsSeated()
            .WithSummary("What became of a service, newest first.");
        one.MapGet("", async (HttpContext http, string engagement, string service, CatalogueDesk desk) =>
        {
            var (state, version) = await desk.Read(engagement);
            http.Response.Headers.ETag = $"\"{version}\"";
            return state.Services.TryGetValue(service, out var entry) ? Results.Json(CatalogueView.Of(entry), Json.Options) : Unknown(http, service);
        }).AllowsSeated().WithSummary("One service.");
        one.MapPut("", async (HttpContext http, Viewer viewer, string service, CatalogueDesk desk) =>
        {
            var card = Check(service, await Inputs.Body<ServiceCard>(http), "$.");
            var write = await Writes.Of(http, viewer);
            var outcome = await desk.Describe(viewer.EngagementId, write, service, card);
            return Writes.Answer(http, outcome, (state, _) => CatalogueView.Of(state.Services[service]),
                merge: await desk.Explain(viewer.EngagementId, outcome, write, service, card));
        }).Accepts<ServiceCard>("application/json").AllowsSeated(Writers).WithSummary(
            "Describe a service; a change withdraws both satisfactions. With an older If-Match: 409 with base, theirs, mine and merged.");
        one.MapPost("/retirement", async (HttpContext http, Viewer viewer, string service, CatalogueDesk desk) =>
        {
            var wish = await Inputs.Body<ReasonWish>(http);
            return Answer(http, service, await desk.Retire(viewer.EngagementId, await Writes.Of(http, viewer), service, wish.Reason ?? ""));
        }).Accepts<ReasonWish>("application/json").AllowsSeated(Seat.ServiceLevelManager, Seat.Provider).WithSummary("Retire a service, with a reason.");
        one.MapPut("/satisfaction", async (HttpContext http, Viewer viewer, string service, CatalogueDesk desk) =>
        {
            var wish = await Inputs.Body<SatisfactionWish>(http);
            new Inputs().Text("$.remark", wish.Remark, 2000, required: false).Throw();
            var write = await Writes.Of(http, viewer);
            return Answer(http, service, wish.Satisfied
                ? await desk.Satisfy(viewer.EngagementId, write, service, wish.Edition, wish.Remark)
                : await desk.NotYet(viewer.EngagementId, write, service, wish.Edition, wish.Remark ?? ""));
        }).Accepts<SatisfactionWish>("application/json").AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("Say for your side: satisfied, satisfied with a remark, or not yet with a reason.");
        one.MapDelete("/satisfaction", async (HttpContext http, Viewer viewer, string service, string? reason, CatalogueDesk desk) =>
            Answer(http, service, await desk.Withdraw(viewer.EngagementId, await Writes.Of(http, viewer), service, reason)))
            .AllowsSeated(Seat.Provider, Seat.Customer).WithSummary("Take back your side's satisfaction.");
    }

    public static Seat[] Writers { get; } = [Seat.ServiceLevelManager, Seat.Provider, Seat.Customer];

    public static ServiceCard Check(string service, ServiceCard card, string path)
    {
        new Inputs().Check(TermRules.IsKey(service), $"{path}key", "service.key",
            $"'{service}' is no key: lower case letters, digits, hyphens and dots, at most 63")
            .Text($"{path}name", card.Name, 200).Text($"{path}businessView", card.BusinessView)
            .Text($"{path}technicalView", card.TechnicalView, required: false).Text($"{path}owner", card.Owner, 200, required: false)
            .Text($"{path}users", card.Users, 1000, required: false).Text($"{path}hours", card.Hours, 200, required: false)
            .Text($"{path}support", card.Support, 1000, required: false).Text($"{path}charge", card.Charge, 200, required: false).Throw();
        return card;
    }

    public static IResult Unknown(HttpContext http, string service) =>
        Problems.Answer(http, StatusCodes.Status404NotFound, "description.unknown", $"There is no service '{service}'.");

    private static IResult Answer(HttpContext http, string service, Outcome<DescriptionState> outcome) =>
        Writes.Answer(http, outcome, (state, _) => CatalogueView.Of(state.Services[service]));
}
