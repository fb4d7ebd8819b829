using Entente.Agreements;
using Entente.Server.Access;
using Entente.Server.Documentation;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Agreements;

/// <summary>The contracts below, whether they carry what is promised, and the form to open a small table.</summary>
public sealed partial class UnderpinningPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/engagements/{engagement}/agreements/underpinnings");
        page.MapGet("", (HttpContext http, Viewer viewer) => Show(http, viewer))
            .AllowsSeated([.. UnderpinningDesk.Readers]);
        page.MapPost("", async (HttpContext http, Viewer viewer, UnderpinningDesk desk, PeopleStore people) =>
        {
            var form = await http.Request.ReadFormAsync();
            var wish = UnderpinningApi.Check(new UnderpinningWish(
                Forms.Text(form, "contract", 63), Forms.Choice<AgreementType>(form, "type"), Forms.Text(form, "party", 200),
                Forms.Text(form, "service", 200),
                [.. form.Where(field => field.Key.StartsWith("ask.", StringComparison.Ordinal) && field.Value.ToString().Trim().Length > 0)
                    .Select(field => new ContractAsk(field.Key["ask.".Length..], field.Value.ToString()))],
                form["representative"].ToString()));
            return await Writes.Answer(
                await desk.Begin(viewer.EngagementId, await Writes.Of(http, viewer), wish, await UnderpinningApi.Representative(viewer, people, wish)),
                $"/engagements/{viewer.EngagementId}/agreements/underpinnings", notice => Show(http, viewer, notice));
        }).AllowsSeated(Seat.Provider, Seat.ServiceLevelManager);
    }

    private static async Task<IResult> Show(HttpContext http, Viewer viewer, Notice? notice = null)
    {
        T Get<T>() where T : notnull => (T)http.RequestServices.GetService(typeof(T))!;
        var services = (await Get<CatalogueDesk>().Read(viewer.EngagementId)).State.Current.ToList();
        List<string> hops = [];
        foreach (var service in services)
        {
            if (await Get<RoomDesk>().FindInternal(viewer.EngagementId, viewer.Actor, service.Key) is not { } sheet) continue;
            hops.AddRange(sheet.Underpinning.Select(line => $"The internal spec of {service.Card.Name} rests on: {line}"));
        }

        return Page.Of<UnderpinningPage>(new
        {
            Viewer = viewer,
            Head = await Get<EngagementDesk>().Head(viewer.EngagementId),
            Parties = (await Get<EngagementDesk>().Read(viewer.EngagementId)).State,
            View = await Get<UnderpinningDesk>().Read(viewer.EngagementId),
            Services = (IReadOnlyList<Entente.Documentation.CatalogueEntry>)services,
            Hops = (IReadOnlyList<string>)hops,
            Notice = notice,
        }, notice is null ? 200 : 422);
    }
}
