using Entente.Documentation;
using Entente.Server.Access;
using Entente.Server.Layout;
using Entente.Storage.Documentation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Documentation;

/// <summary>REST for the inventory.</summary>
public static class InventoryApi
{
    private const int PageMost = 1000;

    public static void MapInventoryApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/inventory").WithTags(Stages.Documentation.Name);
        api.MapGet("", (Viewer viewer, string? kind, string? search, int? skip, int? take, InventoryDesk desk) =>
        {
            new Inputs().Check(take is null or (> 0 and <= PageMost), "take", "number.range", $"expected 1 to {PageMost}")
                .Check(skip is null or >= 0, "skip", "number.range", "expected 0 or more").Throw();
            return desk.List(viewer.Actor, viewer.EngagementId, new(kind is null ? null : Kind(kind), search, skip ?? 0, take ?? 50));
        }).AllowsSeated().WithSummary("A page of the inventory, by kind and search words.");
        api.MapGet("/table.csv", Table).AllowsSeated()
            .WithSummary("One side's inventory as CSV, by kind if one is named; edit it in a spreadsheet and import it again.");
        api.MapGet("/{kind}/{key}", async (HttpContext http, Viewer viewer, string kind, string key, InventoryDesk desk) =>
            await desk.Find(viewer.Actor, viewer.EngagementId, Kind(kind), key) is { } row
                ? WithVersion(http, row)
                : Problems.Answer(http, StatusCodes.Status404NotFound, "inventory.unknown", $"There is no {kind} '{key}' in the inventory."))
            .AllowsSeated().WithSummary("One item.");
        api.MapPut("/{kind}/{key}", async (HttpContext http, Viewer viewer, string kind, string key, InventoryDesk desk) =>
        {
            var item = Check(Kind(kind), key, await Inputs.Body<InventoryItem>(http), "$");
            var write = await Writes.Of(http, viewer);
            return await Answer(http, viewer, desk, item.Kind, key,
                await desk.Put(viewer.EngagementId, write with { ExpectedVersion = null }, item, write.ExpectedVersion));
        }).Accepts<InventoryItem>("application/json").AllowsSeated(CatalogueApi.Writers)
            .WithSummary("Record an item or change it; If-Match names the item's version.");
        api.MapPost("/{kind}/{key}/retirement", async (HttpContext http, Viewer viewer, string kind, string key, InventoryDesk desk) =>
        {
            var wish = await Inputs.Body<ReasonWish>(http);
            return await Answer(http, viewer, desk, Kind(kind), key,
                await desk.Retire(viewer.EngagementId, await Writes.Of(http, viewer), Kind(kind), key, wish.Reason ?? ""));
        }).Accepts<ReasonWish>("application/json").AllowsSeated(CatalogueApi.Writers).WithSummary("Retire an item, with a reason.");
    }

    public static async Task<IResult> Table(Viewer viewer, string? side, string? kind, InventoryDesk desk)
    {
        var whose = side is null ? viewer.Actor.Side ?? Side.Provider : Forms.Choice<Side>("side", side);
        var table = await desk.Table(viewer.Actor, viewer.EngagementId, whose, kind is null ? null : Kind(kind));
        return Results.File(System.Text.Encoding.UTF8.GetBytes(table), "text/csv; charset=utf-8", $"inventory-{whose.Seat.Words}.csv");
    }

    public static InventoryKind Kind(string word) => Enum.TryParse<InventoryKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
        ? kind
        : throw new BadInputException("kind", "inventory.kind", $"expected asset, person, practice or goal, found '{word}'");

    public static InventoryItem Check(InventoryKind kind, string key, InventoryItem item, string path)
    {
        new Inputs().Check(item.Kind == kind, $"{path}.kind", "inventory.kind", $"expected '{kind}' as in the address, found '{item.Kind}'")
            .Check(item.Key == key, $"{path}.key", "inventory.key", $"expected '{key}' as in the address, found '{item.Key}'")
            .Take(InventoryRules.Validate(item, path)).Throw();
        return item;
    }

    private static async Task<IResult> Answer(
        HttpContext http, Viewer viewer, InventoryDesk desk, InventoryKind kind, string key, Outcome<InventoryState> outcome) =>
        outcome is Outcome<InventoryState>.Recorded && await desk.Find(viewer.Actor, viewer.EngagementId, kind, key) is { } row
            ? WithVersion(http, row)
            : Writes.Failure(http, outcome);

    private static IResult WithVersion(HttpContext http, InventoryRow row)
    {
        http.Response.Headers.ETag = $"\"{row.Version}\"";
        return Results.Json(row, Json.Options);
    }
}
