using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Negotiation;

public sealed record CaucusWish(string Text);

/// <summary>Private words between the chair and one side, and messages that the chair carries between the sides: REST and
/// the forms.</summary>
public static class CaucusRoutes
{
    private static readonly Seat[] _members = [Seat.ServiceLevelManager, Seat.Provider, Seat.Customer];
    private static readonly Seat[] _sides = [Seat.Provider, Seat.Customer];

    private delegate Task<Outcome<CaucusState>> Say(
        CaucusDesk desk, string table, Side side, Write write, string shuttle, string text);

    public static void MapCaucuses(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/negotiations/{table}/caucus/{party}")
            .WithTags(Stages.Negotiation.Name);
        api.MapGet("", async (HttpContext http, Viewer viewer, string party, CaucusDesk desk) =>
            await Refused(http, viewer, party)
            ?? Results.Json(await desk.Read(Id(http, viewer), MediatorApi.SideOf(party)), Json.Options))
            .AllowsSeated(_members).WithSummary("What was said in private with one side, and what is to be carried.");
        Map(api, "", "Say something in private with one side.", _members, (desk, table, side, write, _, text) =>
            desk.Say(table, side, write, text));
        Map(api, "/shuttles", "Word a message that this side wants the other to hear.", [Seat.ServiceLevelManager],
            (desk, table, side, write, _, text) => desk.Word(table, side, write, text));
        Map(api, "/shuttles/{shuttle}/decline", "Decline the chair's words, with a reason.", _sides,
            (desk, table, side, write, shuttle, text) => desk.Decline(table, side, write, shuttle, text));
        api.MapPost("/shuttles/{shuttle}/approval", async (
            HttpContext http, Viewer viewer, string party, string shuttle, CaucusDesk desk) =>
            await Refused(http, viewer, party) ?? await Answer(http, viewer, party, await desk.Approve(
                Id(http, viewer), MediatorApi.SideOf(party), await Writes.Of(http, viewer), shuttle)))
            .AllowsSeated(_sides).WithSummary("Approve the chair's words: they are carried to the other side.");
        MapForms(routes.MapGroup("/engagements/{engagement}/negotiation/{table}/caucus/{party}"));
    }

    private static void Map(RouteGroupBuilder api, string path, string summary, Seat[] seats, Say say) =>
        api.MapPost(path, async (HttpContext http, Viewer viewer, string party, CaucusDesk desk) =>
        {
            var side = MediatorApi.SideOf(party);
            var wish = await Inputs.Body<CaucusWish>(http);
            new Inputs().Text("$.text", wish.Text).Throw();
            return await Refused(http, viewer, party) ?? await Answer(http, viewer, party, await say(
                desk, Id(http, viewer), side, await Writes.Of(http, viewer), Shuttle(http), wish.Text));
        }).Accepts<CaucusWish>("application/json").AllowsSeated(seats).WithSummary(summary);

    private static void MapForms(RouteGroupBuilder forms)
    {
        Form(forms, "", _members, async (desk, table, side, write, _, form) =>
            await desk.Say(table, side, write, Forms.Text(form, "text")));
        Form(forms, "/shuttles", [Seat.ServiceLevelManager], async (desk, table, side, write, _, form) =>
            await desk.Word(table, side, write, Forms.Text(form, "text")));
        Form(forms, "/shuttles/{shuttle}/approval", _sides, (desk, table, side, write, shuttle, _) =>
            desk.Approve(table, side, write, shuttle));
        Form(forms, "/shuttles/{shuttle}/decline", _sides, async (desk, table, side, write, shuttle, form) =>
            await desk.Decline(table, side, write, shuttle, Forms.Text(form, "text")));
    }

    private static void Form(
        RouteGroupBuilder forms, string path, Seat[] seats,
        Func<CaucusDesk, string, Side, Write, string, IFormCollection, Task<Outcome<CaucusState>>> say) =>
        forms.MapPost(path, async (HttpContext http, Viewer viewer, string party, CaucusDesk desk) =>
        {
            if (await Refused(http, viewer, party) is { } refused) return refused;
            var outcome = await say(
                desk, Id(http, viewer), MediatorApi.SideOf(party), await Writes.Of(http, viewer), Shuttle(http),
                await http.Request.ReadFormAsync());
            var page = viewer.Seat is Seat.ServiceLevelManager ? "mediator" : "room";
            return outcome is Outcome<CaucusState>.Recorded
                ? Writes.Next($"/engagements/{viewer.EngagementId}/negotiation/{http.Request.RouteValues["table"]}/{page}")
                : Writes.Failure(http, outcome);
        }).AllowsSeated(seats);

    private static async Task<IResult> Answer(
        HttpContext http, Viewer viewer, string party, Outcome<CaucusState> outcome) =>
        outcome is Outcome<CaucusState>.Recorded
            ? Results.Json(await http.Get<CaucusDesk>().Read(Id(http, viewer), MediatorApi.SideOf(party)), Json.Options)
            : Writes.Failure(http, outcome);

    /// <summary>No such table, or a caucus that is somebody else's; nothing where the viewer may join.</summary>
    private static async Task<IResult?> Refused(HttpContext http, Viewer viewer, string party)
    {
        var side = MediatorApi.SideOf(party);
        var (state, _) = await http.Get<NegotiationDesk>().Read(
            viewer.EngagementId, (string)http.Request.RouteValues["table"]!);
        return state.Standing is Standing.None ? NegotiationApi.Unknown(http)
            : MediatorApi.MayJoin(viewer, side) ? null
            : Problems.Answer(http, StatusCodes.Status403Forbidden, "caucus.not_yours",
                "A caucus is between the service level manager and one side.");
    }

    private static string Shuttle(HttpContext http) => http.Request.RouteValues["shuttle"] as string ?? "";

    private static string Id(HttpContext http, Viewer viewer) =>
        NegotiationDesk.Id(viewer.EngagementId, (string)http.Request.RouteValues["table"]!);
}
