using Entente.Agreements;
using Entente.Server.Access;
using Entente.Server.Layout;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Agreements;

/// <summary>REST for what underpins an engagement: IT's small tables with teams and suppliers.</summary>
public static class UnderpinningApi
{
    public static void MapUnderpinningApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/underpinnings").WithTags(Stages.Agreements.Name);
        api.MapGet("", async (HttpContext http, Viewer viewer, UnderpinningDesk desk) =>
        {
            var view = await desk.Read(viewer.EngagementId);
            http.Response.Headers.ETag = $"\"{view.Version}\"";
            return Results.Json(view, Json.Options);
        }).AllowsSeated([.. UnderpinningDesk.Readers]).WithSummary("OLAs and UCs below, and whether together they carry what is promised.");
        api.MapPost("", async (HttpContext http, Viewer viewer, UnderpinningDesk desk, PeopleStore people) =>
        {
            var wish = Check(await Inputs.Body<UnderpinningWish>(http));
            var outcome = await desk.Begin(viewer.EngagementId, await Writes.Of(http, viewer), wish, await Representative(viewer, people, wish));
            return outcome is Outcome<UnderpinningState>.Recorded recorded
                ? Results.Json(await desk.Read(viewer.EngagementId), Json.Options, statusCode: 201)
                : Writes.Failure(http, outcome);
        }).Accepts<UnderpinningWish>("application/json").AllowsSeated(Seat.Provider, Seat.ServiceLevelManager)
            .WithSummary("Open a small table with a team (OLA) or a supplier (UC).");
    }

    public static UnderpinningWish Check(UnderpinningWish wish)
    {
        new Inputs().Text("$.contract", wish.Contract, 63).Text("$.party", wish.Party, 200).Text("$.service", wish.Service, 200)
            .Check(wish.Asks.Select(ask => ask.Term).Distinct().Count() == wish.Asks.Count, "$.asks", "list.twice", "expected each term once")
            .Throw();
        return wish;
    }

    public static async Task<(string Id, string Name)?> Representative(Viewer viewer, PeopleStore people, UnderpinningWish wish) =>
        wish.Representative is not { Length: > 0 } id ? null
        : await people.FindPerson(id) is { } person && person.Organisation == viewer.Person.Organisation ? (person.Id, person.Name)
        : throw new BadInputException("$.representative", "person.unknown", "expected somebody of your organisation; the chair invites others by link");
}
