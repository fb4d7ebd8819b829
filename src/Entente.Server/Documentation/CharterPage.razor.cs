using Entente.Documentation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Documentation;

/// <summary>Where the charter is written, approved and objected to.</summary>
public sealed partial class CharterPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/engagements/{engagement}/charter");
        page.MapGet("", (Viewer viewer, CharterDesk desk, EngagementDesk engagements) => Show(viewer, desk, engagements)).AllowsSeated();
        page.MapPost("", async (HttpContext http, Viewer viewer, CharterDesk desk, EngagementDesk engagements) =>
        {
            var fields = (await http.Request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
            Charter charter;
            try
            {
                charter = CharterForm.Read(fields);
            }
            catch (BadInputException bad)
            {
                return await Show(viewer, desk, engagements, new Notice(bad.Message, IsRefusal: true), fields);
            }

            var (outcome, collision) = await desk.Merge(viewer.EngagementId, await Writes.Of(http, viewer), charter);
            if (collision is not null)
            {
                return await Show(viewer, desk, engagements, new Notice("Somebody else wrote in the meantime, in the same lines.", IsRefusal: true),
                    collision.Of(fields), collision.Fields);
            }

            return await Answer(viewer, desk, engagements, outcome, fields);
        }).AllowsSeated(Seat.ServiceLevelManager);
        page.MapPost("/stakeholders", async (HttpContext http, Viewer viewer, CharterDesk desk, EngagementDesk engagements) =>
        {
            var person = (await http.Request.ReadFormAsync())["person"].ToString();
            var name = await CharterApi.SeatedName(engagements, viewer.EngagementId, person, "person");
            return await Answer(viewer, desk, engagements, await desk.NameStakeholder(viewer.EngagementId, await Writes.Of(http, viewer), person, name));
        }).AllowsSeated(Seat.ServiceLevelManager);
        page.MapPost("/delegation", async (HttpContext http, Viewer viewer, CharterDesk desk, EngagementDesk engagements) =>
        {
            var person = (await http.Request.ReadFormAsync())["person"].ToString();
            var name = await CharterApi.SeatedName(engagements, viewer.EngagementId, person, "person");
            return await Answer(viewer, desk, engagements, await desk.Delegate(viewer.EngagementId, await Writes.Of(http, viewer), person, name));
        }).AllowsSeated();
        page.MapPost("/approval", async (HttpContext http, Viewer viewer, CharterDesk desk, EngagementDesk engagements) =>
            await Answer(viewer, desk, engagements, await desk.Approve(
                viewer.EngagementId, await Writes.Of(http, viewer), Forms.Number(await http.Request.ReadFormAsync(), "edition")))).AllowsSeated();
        page.MapPost("/objection", async (HttpContext http, Viewer viewer, CharterDesk desk, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            return await Answer(viewer, desk, engagements, await desk.Object(
                viewer.EngagementId, await Writes.Of(http, viewer), Forms.Number(form, "edition"), form["reason"].ToString()));
        }).AllowsSeated();
    }

    private static Task<IResult> Answer(
        Viewer viewer, CharterDesk desk, EngagementDesk engagements, Outcome<CharterState> outcome,
        IReadOnlyDictionary<string, string>? typed = null) =>
        Writes.Answer(outcome, $"/engagements/{viewer.EngagementId}/charter", notice => Show(viewer, desk, engagements, notice, typed));

    private static async Task<IResult> Show(
        Viewer viewer, CharterDesk desk, EngagementDesk engagements, Notice? notice = null,
        IReadOnlyDictionary<string, string>? typed = null, IReadOnlyList<FieldMerge>? collision = null)
    {
        var (state, version) = await desk.Read(viewer.EngagementId);
        return Page.Of<CharterPage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            Engagement = (await engagements.Read(viewer.EngagementId)).State,
            State = state,
            Version = version,
            Typed = typed,
            Collision = collision,
            desk.Today,
            Notice = notice,
        }, notice is null ? 200 : 422);
    }
}
