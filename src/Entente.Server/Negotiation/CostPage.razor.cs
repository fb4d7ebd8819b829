using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Negotiation;

/// <summary>Accounting's cost model, and the forms to write it.</summary>
public sealed partial class CostPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/engagements/{engagement}/negotiation/cost");
        page.MapGet("", (HttpContext http, Viewer viewer, CostDesk desk, EngagementDesk engagements) =>
            Show(http, viewer, desk, engagements)).AllowsSeated();
        page.MapPost("", async (HttpContext http, Viewer viewer, CostDesk desk, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var model = CostText.Read(Forms.Text(form, "currency", 3), Forms.Text(form, "lines", 20_000), form["notes"].ToString());
            new Inputs().Take(CostRules.Validate(model, "")).Throw();
            return await Writes.Answer(await desk.Write(viewer.EngagementId, await Writes.Of(http, viewer), model,
                    NegotiationPage.Date(form, "from") ?? desk.Today), Address(viewer),
                notice => Show(http, viewer, desk, engagements, notice));
        }).AllowsSeated(Seat.Accounting);
        page.MapPost("/limit", async (HttpContext http, Viewer viewer, CostDesk desk, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var text = form["limit"].ToString().Trim();
            Terms.Money? limit = text.Length == 0 ? null : Terms.Money.TryParse(text, out var money) ? money
                : throw new BadInputException("limit", "money.invalid", $"expected {Terms.Money.Expected}, found \"{text}\"");
            return await Writes.Answer(await desk.Limit(viewer.EngagementId, await Writes.Of(http, viewer), limit,
                    form["reason"].ToString()), Address(viewer),
                notice => Show(http, viewer, desk, engagements, notice));
        }).AllowsSeated(Seat.Accounting);
        page.MapPost("/opening", async (HttpContext http, Viewer viewer, CostDesk desk, EngagementDesk engagements) =>
            await Writes.Answer(await desk.Open(viewer.EngagementId, await Writes.Of(http, viewer),
                    Forms.Choice<Seat>(await http.Request.ReadFormAsync(), "to")), Address(viewer),
                notice => Show(http, viewer, desk, engagements, notice))).AllowsSeated(Seat.Accounting);
    }

    private static string Address(Viewer viewer) => $"/engagements/{viewer.EngagementId}/negotiation/cost";

    private static async Task<IResult> Show(
        HttpContext http, Viewer viewer, CostDesk desk, EngagementDesk engagements, Notice? notice = null)
    {
        var (state, _) = await desk.Read(viewer.EngagementId);
        return !state.IsReadBy(viewer.Seat) ? CostApi.Closed(http) : Page.Of<CostPage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            State = state,
            desk.Today,
            Notice = notice,
        }, notice is null ? 200 : 422);
    }
}
