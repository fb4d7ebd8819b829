using Entente.Agreements;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Agreements;

/// <summary>An agreement on paper: its text, what changed, and its signatures.</summary>
public sealed partial class AgreementPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/engagements/{engagement}/agreements",
            async (Viewer viewer, AgreementDesk desk, EngagementDesk engagements) =>
            Page.Of<AgreementsPage>(new
            {
                Viewer = viewer,
                Head = await engagements.Head(viewer.EngagementId),
                Rows = await desk.OfEngagement(viewer.EngagementId),
            })).AllowsSeated();
        var page = routes.MapGroup("/engagements/{engagement}/agreements/{agreement}");
        page.MapGet("", (HttpContext http, Viewer viewer, string agreement, int? version, AgreementDesk desk,
            EngagementDesk engagements) =>
            Show(http, viewer, agreement, version, desk, engagements)).AllowsSeated();
        page.MapGet("/versions/{version:int}/document",
            async (HttpContext http, Viewer viewer, string agreement, int version, string? format,
            AgreementDesk desk) =>
            (await desk.Read(viewer.EngagementId, agreement)).State.Find(version) is { } found
                ? await AgreementApi.Text(http, found, format ?? "markdown") : AgreementApi.Unknown(http))
                    .AllowsSeated();
        page.MapPost("/signatures", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            return await Answer(http, viewer, agreement, desk, engagements, await desk.Sign(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), Forms.Number(form, "number"),
                    Forms.Text(form, "title", 200), Forms.Text(form, "place", 200)));
        }).AllowsSeated(Seat.Provider, Seat.Customer);
        page.MapPost("/signer", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var holder = (await engagements.Read(viewer.EngagementId))
                .State.Seats.GetValueOrDefault(form["person"].ToString())
                ?? throw new BadInputException("person", "person.unknown",
                    "expected somebody with a seat in this engagement");
            return await Answer(http, viewer, agreement, desk, engagements, await desk.Delegate(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), holder.Person, holder.Name, holder.Seat,
                    Forms.Text(form, "reason", 500)));
        }).AllowsSeated(Seat.Provider, Seat.Customer);
        page.MapPost("/signing-order", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
            await Answer(http, viewer, agreement, desk, engagements, await desk.Order(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer),
                    Forms.Choice<Side>(await http.Request.ReadFormAsync(), "first"))))
            .AllowsSeated(Seat.ServiceLevelManager);
    }

    private static Task<IResult> Answer(
        HttpContext http, Viewer viewer, string agreement, AgreementDesk desk, EngagementDesk engagements,
            Outcome<AgreementState> outcome) =>
        Writes.Answer(outcome, $"/engagements/{viewer.EngagementId}/agreements/{agreement}",
            notice => Show(http, viewer, agreement, number: null, desk, engagements, notice));

    private static async Task<IResult> Show(
        HttpContext http, Viewer viewer, string agreement, int? number, AgreementDesk desk, EngagementDesk engagements,
            Notice? notice = null)
    {
        var (state, _) = await desk.Read(viewer.EngagementId, agreement);
        var today = desk.Today(state);
        var version = number is { } asked ? state.Find(asked) : state.Draft ?? state.InForceAt(today) ?? state.Newest;
        return version is null ? AgreementApi.Unknown(http) : Page.Of<AgreementPage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            Parties = (await engagements.Read(viewer.EngagementId)).State,
            Name = agreement,
            State = state,
            Version = version,
            Today = today,
            OpenConcerns = version == state.Draft ? await desk.OpenConcerns(version) : 0,
            Notice = notice,
        }, notice is null ? 200 : 422);
    }
}
