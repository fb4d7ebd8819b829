using Entente.Documentation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Documentation;

/// <summary>A wish for a service: what for, and from when.</summary>
public sealed record RequestWish(string Service, string Text);

/// <summary>What the provider says to a request.</summary>
public sealed record RequestAnswer(bool Granted, string Reply);

/// <summary>Where services are requested and requests are answered.</summary>
public sealed partial class RequestsPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        MapApi(routes.MapGroup("/api/v1/engagements/{engagement}/requests").WithTags(Stages.Documentation.Name));
        var page = routes.MapGroup("/engagements/{engagement}/requests");
        page.MapGet("", (Viewer viewer, string? service, RequestDesk desk, CatalogueDesk catalogue, EngagementDesk engagements) =>
            Show(viewer, desk, catalogue, engagements, service)).AllowsSeated();
        page.MapPost("", async (HttpContext http, Viewer viewer, RequestDesk desk, CatalogueDesk catalogue, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var (service, text) = (form["service"].ToString(), form["text"].ToString());
            new Inputs().Text("text", text, required: false).Throw();
            return await Writes.Answer(await desk.Request(viewer.EngagementId, await Writes.Of(http, viewer), service, text), Path(viewer),
                notice => Show(viewer, desk, catalogue, engagements, service, notice, text));
        }).AllowsSeated();
        page.MapPost("/{id}/answer", async (
            HttpContext http, Viewer viewer, string id, RequestDesk desk, CatalogueDesk catalogue, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var (write, reply) = (await Writes.Of(http, viewer), form["reply"].ToString());
            new Inputs().Text("reply", reply, 2000, required: false).Throw();
            return await Writes.Answer(form["say"] == "granted" ? await desk.Grant(viewer.EngagementId, write, id, reply)
                : await desk.Decline(viewer.EngagementId, write, id, reply), $"{Path(viewer)}#{id}",
                notice => Show(viewer, desk, catalogue, engagements, service: null, notice));
        }).AllowsSeated(Seat.Provider);
        page.MapPost("/{id}/withdrawal", async (
            HttpContext http, Viewer viewer, string id, RequestDesk desk, CatalogueDesk catalogue, EngagementDesk engagements) =>
            await Writes.Answer(await desk.Withdraw(viewer.EngagementId, await Writes.Of(http, viewer), id), Path(viewer),
                notice => Show(viewer, desk, catalogue, engagements, service: null, notice))).AllowsSeated();
    }

    private static void MapApi(RouteGroupBuilder api)
    {
        api.MapGet("", async (Viewer viewer, RequestDesk desk) => (await desk.Read(viewer.EngagementId)).State.Requests)
            .AllowsSeated().WithSummary("Every request for a service, and what was answered.");
        api.MapPost("", async (HttpContext http, Viewer viewer, RequestDesk desk) =>
        {
            var wish = await Inputs.Body<RequestWish>(http);
            new Inputs().Text("$.text", wish.Text).Throw();
            return Answer(http, await desk.Request(viewer.EngagementId, await Writes.Of(http, viewer), wish.Service, wish.Text));
        }).Accepts<RequestWish>("application/json").AllowsSeated().WithSummary("Request a service of the catalogue.");
        api.MapPost("/{id}/answer", async (HttpContext http, Viewer viewer, string id, RequestDesk desk) =>
        {
            var answer = await Inputs.Body<RequestAnswer>(http);
            new Inputs().Text("$.reply", answer.Reply, 2000).Throw();
            var write = await Writes.Of(http, viewer);
            return Answer(http, answer.Granted ? await desk.Grant(viewer.EngagementId, write, id, answer.Reply)
                : await desk.Decline(viewer.EngagementId, write, id, answer.Reply));
        }).Accepts<RequestAnswer>("application/json").AllowsSeated(Seat.Provider).WithSummary("Grant or decline a request, with a reply.");
        api.MapDelete("/{id}", async (HttpContext http, Viewer viewer, string id, RequestDesk desk) =>
            Answer(http, await desk.Withdraw(viewer.EngagementId, await Writes.Of(http, viewer), id)))
            .AllowsSeated().WithSummary("Withdraw a request of mine.");
    }

    private static string Path(Viewer viewer) => $"/engagements/{viewer.EngagementId}/requests";

    private static IResult Answer(HttpContext http, Outcome<RequestState> outcome) => Writes.Answer(http, outcome, (state, _) => state.Requests);

    private static async Task<IResult> Show(
        Viewer viewer, RequestDesk desk, CatalogueDesk catalogue, EngagementDesk engagements, string? service, Notice? notice = null, string? text = null) =>
        Page.Of<RequestsPage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            Engagement = (await engagements.Read(viewer.EngagementId)).State,
            Description = (await catalogue.Read(viewer.EngagementId)).State,
            State = (await desk.Read(viewer.EngagementId)).State,
            Service = service,
            Text = text,
            Notice = notice,
        }, notice is null ? 200 : 422);
}
