using Entente.Documentation;
using Entente.Server.Access;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Documentation;

/// <summary>Which drafts to release; none named means all of the service, and the external sheet.</summary>
public sealed record ReleaseWish(IReadOnlyList<string>? Terms = null);

/// <summary>What a side wrote for one service.</summary>
public sealed record ShelfView(string Service, string Name, IReadOnlyList<Draft> Terms, SpecSheet? Sheet, bool SheetIsReleased, bool InternalIsOpen);

/// <summary>A side's own room.</summary>
public sealed record RoomView(Side Side, IReadOnlyList<ShelfView> Services, long Version)
{
    public static RoomView Of(Side side, DescriptionState description, RoomState room, long version) => new(side,
        [.. description.Current.Select(entry => (Entry: entry, Shelf: room.Of(entry.Key))).Select(pair => new ShelfView(
            pair.Entry.Key, pair.Entry.Card.Name, [.. pair.Shelf.Drafts.Values], pair.Shelf.Sheet, pair.Shelf.SheetIsReleased, pair.Shelf.InternalIsOpen))],
        version);
}

/// <summary>REST for the two rooms: requirements of the customer, spec sheets of the provider.</summary>
public static class RoomApi
{
    public static void MapRoomApi(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/v1/engagements/{engagement}").WithTags(Stages.Documentation.Name);
        MapRoom(all.MapGroup("/requirements"), Seat.Customer, "requirement");
        var specs = all.MapGroup("/specs");
        MapRoom(specs, Seat.Provider, "spec line");
        specs.MapPut("/{service}/sheet", async (HttpContext http, Viewer viewer, string service, RoomDesk desk, CatalogueDesk catalogue) =>
        {
            var sheet = Check(await Inputs.Body<SpecSheet>(http), "$.");
            return await Answer(http, viewer, catalogue,
                await desk.MergeSheet(viewer.EngagementId, await Writes.Of(http, viewer), service, sheet));
        }).Accepts<SpecSheet>("application/json").AllowsSeated(Seat.Provider).WithSummary(
            "Write the spec sheet in words: external and internal. " + Writes.Second);
        specs.MapGet("/{service}/sheet-draft", async (HttpContext http, Viewer viewer, string service, SheetDesk sheets) =>
            await sheets.Make(viewer.EngagementId, viewer.Actor, service) is { } made ? Results.Json(made, Json.Options) : CatalogueApi.Unknown(http, service))
            .AllowsSeated(Seat.Provider).WithSummary("A spec sheet made from terms and inventory; lines that people wrote stay. Nothing is recorded.");
        specs.MapGet("/{service}/sheet/editions", async (Viewer viewer, string service, RoomDesk desk) =>
            (await desk.Read(viewer.EngagementId, viewer.Actor)).State.Of(service).Sheets)
            .AllowsSeated(Seat.Provider).WithSummary("Every edition of the spec sheet in words.");
        specs.MapGet("/{service}/sheet/difference", async (Viewer viewer, string service, int? from, int? to, RoomDesk desk) =>
            SheetEditionsPage.Compare((await desk.Read(viewer.EngagementId, viewer.Actor)).State.Of(service).Sheets, from, to).Lines)
            .AllowsSeated(Seat.Provider).WithSummary("What changed between two editions of the spec sheet; without numbers, in the last one.");
        specs.MapPost("/{service}/internal-opening", async (HttpContext http, Viewer viewer, string service, RoomDesk desk, CatalogueDesk catalogue) =>
            await Answer(http, viewer, catalogue, await desk.OpenInternal(viewer.EngagementId, await Writes.Of(http, viewer), service)))
            .AllowsSeated(Seat.Provider).WithSummary("Open the internal sheet to the service level manager and accounting; the customer never sees it.");
        specs.MapGet("/{service}/internal", async (HttpContext http, Viewer viewer, string service, RoomDesk desk) =>
            await desk.FindInternal(viewer.EngagementId, viewer.Actor, service) is { } sheet
                ? Results.Json(sheet, Json.Options)
                : Problems.Answer(http, StatusCodes.Status404NotFound, "spec.no_internal", "There is no internal sheet for you to read."))
            .AllowsSeated(Seat.Provider, Seat.ServiceLevelManager, Seat.Accounting).WithSummary("The internal spec sheet: how IT makes it and what it costs.");
    }

    private static void MapRoom(RouteGroupBuilder api, Seat seat, string words)
    {
        api.MapGet("", async (HttpContext http, Viewer viewer, RoomDesk desk, CatalogueDesk catalogue) =>
        {
            var (room, version) = await desk.Read(viewer.EngagementId, viewer.Actor);
            http.Response.Headers.ETag = $"\"{version}\"";
            return RoomView.Of(seat.Side!.Value, (await catalogue.Read(viewer.EngagementId)).State, room, version);
        }).AllowsSeated(seat).WithSummary($"Every {words} your side wrote, released or not.");
        api.MapPut("/{service}/terms/{term}", async (HttpContext http, Viewer viewer, string service, string term, RoomDesk desk, CatalogueDesk catalogue) =>
        {
            var draft = Check(term, await Inputs.Body<Term>(http), "$");
            return await Answer(http, viewer, catalogue,
                await desk.MergeDraft(viewer.EngagementId, await Writes.Of(http, viewer), service, draft));
        }).Accepts<Term>("application/json").AllowsSeated(seat)
            .WithSummary($"Write a {words} as a term. The other side sees nothing of it before you release it. " + Writes.Second);
        api.MapDelete("/{service}/terms/{term}", async (HttpContext http, Viewer viewer, string service, string term, RoomDesk desk, CatalogueDesk catalogue) =>
            await Answer(http, viewer, catalogue, await desk.Drop(viewer.EngagementId, await Writes.Of(http, viewer), service, term)))
            .AllowsSeated(seat).WithSummary($"Drop a {words}; a released one is withdrawn.");
        api.MapPost("/{service}/release", async (HttpContext http, Viewer viewer, string service, RoomDesk desk, CatalogueDesk catalogue) =>
        {
            var wish = await Inputs.Body<ReleaseWish>(http);
            return await Answer(http, viewer, catalogue, await desk.Release(viewer.EngagementId, await Writes.Of(http, viewer), service, wish.Terms ?? []));
        }).Accepts<ReleaseWish>("application/json").AllowsSeated(seat).WithSummary($"Release your side's drafts for a service to everybody.");
    }

    public static Term Check(string key, Term term, string path)
    {
        new Inputs().Check(term.Key == key, $"{path}.key", "term.key", $"expected '{key}' as in the address, found '{term.Key}'")
            .Take(TermRules.Validate(term, path)).Throw();
        return term;
    }

    public static SpecSheet Check(SpecSheet sheet, string path)
    {
        new Inputs().Text($"{path}external", sheet.External, 20_000, required: false)
            .Text($"{path}internal.staffing", sheet.Internal.Staffing, required: false)
                .Text($"{path}internal.capacity", sheet.Internal.Capacity, required: false)
            .Text($"{path}internal.invoicing", sheet.Internal.Invoicing, required: false).Text($"{path}internal.risks", sheet.Internal.Risks, required: false)
                .Throw();
        return sheet;
    }

    private static Task<IResult> Answer(HttpContext http, Viewer viewer, CatalogueDesk catalogue, Outcome<RoomState> outcome) =>
        Answer<Term>(http, viewer, catalogue, (outcome, null));

    private static async Task<IResult> Answer<T>(
        HttpContext http, Viewer viewer, CatalogueDesk catalogue, (Outcome<RoomState> Outcome, Merge<T>? Difference) written)
        where T : class
    {
        var description = (await catalogue.Read(viewer.EngagementId)).State;
        return Writes.Answer(http, written, (state, version) => RoomView.Of(viewer.Seat.Side!.Value, description, state, version));
    }
}
