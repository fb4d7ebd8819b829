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

/// <summary>Whether the catalogue is public, under which address, and what of each service it shows.</summary>
public sealed record PublicationView(bool IsPublic, string Path, IReadOnlyList<string> Shows)
{
    public static PublicationView Of(string engagement, DescriptionState state) =>
        new(state.IsPublic, $"/catalogue/{engagement}", [.. PublicCataloguePage.Shown.Select(part => part.Name)]);
}

/// <summary>One edition of a service in its history.</summary>
public sealed record EditionView(int Edition, string By, Instant At);

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

        all.MapGet("/service-comparison", async (string engagement, string[] service, CatalogueDesk desk) =>
            CatalogueComparison.Of(Chosen((await desk.Read(engagement)).State, service)))
            .AllowsSeated().WithSummary("Services side by side: ?service=a&service=b; cards, and promises kind by kind.");

        var api = all.MapGroup("/services");
        api.MapGet("", async (HttpContext http, string engagement, CatalogueDesk desk) =>
        {
            var (state, version) = await desk.Read(engagement);
            http.Response.Headers.ETag = $"\"{version}\"";
            return CatalogueListView.Of(state, version);
        }).AllowsSeated().WithSummary("All services with everything released about them.");

        api.MapGet("/publication", async (string engagement, CatalogueDesk desk) => PublicationView.Of(engagement, (await desk.Read(engagement)).State))
            .AllowsSeated().WithSummary("Whether the catalogue is public, and what of it would be.");
        api.MapPut("/publication", async (HttpContext http, Viewer viewer, CatalogueDesk desk) =>
            Writes.Answer(http, await desk.Publish(viewer.EngagementId, await Writes.Of(http, viewer)), (state, _) =>
                PublicationView.Of(viewer.EngagementId, state)))
            .AllowsSeated(Seat.ServiceLevelManager, Seat.Customer).WithSummary("Open the business view of the catalogue to everybody with its address.");
        api.MapDelete("/publication", async (HttpContext http, Viewer viewer, CatalogueDesk desk) =>
            Writes.Answer(http, await desk.Hide(viewer.EngagementId, await Writes.Of(http, viewer)), (state, _) =>
                PublicationView.Of(viewer.EngagementId, state)))
            .AllowsSeated(Seat.ServiceLevelManager, Seat.Customer).WithSummary("Close the public catalogue.");

        var one = api.MapGroup("/{service}");
        one.MapGet("/history", (Viewer viewer, string service, CatalogueDesk desk) => desk.History(viewer.EngagementId, service)).AllowsSeated()
            .WithSummary("What became of a service, newest first.");
        one.MapGet("/editions", async (Viewer viewer, string service, CatalogueDesk desk) =>
            (await desk.Editions(viewer.EngagementId, service)).Select(one => new EditionView(one.Entry.Edition, one.By, one.At)))
            .AllowsSeated().WithSummary("Every edition of a service.");
        one.MapGet("/difference", async (HttpContext http, Viewer viewer, string service, int? from, int? to, CatalogueDesk desk) =>
            await desk.Editions(viewer.EngagementId, service) is { Count: > 0 } editions
                ? Results.Json(Difference(editions, from, to).Lines, Json.Options) : Unknown(http, service))
            .AllowsSeated().WithSummary("What changed between two editions of a service, line by line; without numbers, in the last one.");
        one.MapGet("", async (HttpContext http, string engagement, string service, CatalogueDesk desk) =>
        {
            var (state, version) = await desk.Read(engagement);
            http.Response.Headers.ETag = $"\"{version}\"";
            return state.Services.TryGetValue(service, out var entry) ? Results.Json(CatalogueView.Of(entry), Json.Options) : Unknown(http, service);
        }).AllowsSeated().WithSummary("One service.");
        one.MapPut("", async (HttpContext http, Viewer viewer, string service, CatalogueDesk desk) =>
        {
            var card = Check(service, await Inputs.Body<ServiceCard>(http), "$.");
            return Writes.Answer(http, await desk.Merge(viewer.EngagementId, await Writes.Of(http, viewer), service, card),
                (state, _) => CatalogueView.Of(state.Services[service]));
        }).Accepts<ServiceCard>("application/json").AllowsSeated(Writers).WithSummary(
            "Describe a service; a change withdraws both satisfactions. " + Writes.Second);
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

    /// <exception cref="BadInputException">A service is not there.</exception>
    public static IReadOnlyList<CatalogueEntry> Chosen(DescriptionState state, string[] keys) =>
    [
        .. keys.Distinct().Select(key => state.Services.GetValueOrDefault(key)
            ?? throw new BadInputException("service", "description.unknown", $"expected the key of a service, found '{key}'")),
    ];

    /// <summary>Two editions and what changed between them: those asked for, else the last two.</summary>
    /// <exception cref="BadInputException">There is no such edition.</exception>
    public static (int From, int To, IReadOnlyList<PartLine> Lines) Difference(IReadOnlyList<ServiceEdition> editions, int? from, int? to)
    {
        var last = editions[^1].Entry.Edition;
        var newer = to ?? last;
        var older = from ?? newer - 1;
        new Inputs().Check(newer >= 1 && newer <= last, "to", "service.edition", $"expected an edition from 1 to {last}")
            .Check(older >= 0 && older < newer, "from", "service.edition", "expected an earlier edition, or 0 for none").Throw();
        return (older, newer, CatalogueDifference.Between(Find(older), Find(newer)!));

        CatalogueEntry? Find(int edition) => editions.FirstOrDefault(one => one.Entry.Edition == edition)?.Entry;
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
