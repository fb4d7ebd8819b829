using Entente.Documentation;
using Entente.Engagements;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Documentation;

/// <summary>One service: both views, what is asked and offered, and what both sides say.</summary>
public sealed partial class ServicePage
{
    [Parameter] public Viewer Viewer { get; set; } = null!;
    [Parameter] public EngagementHead Head { get; set; } = null!;
    [Parameter] public EngagementState Engagement { get; set; } = null!;
    [Parameter] public CatalogueEntry Entry { get; set; } = null!;
    [Parameter] public long Version { get; set; }
    [Parameter] public ServiceCard? Typed { get; set; }
    [Parameter] public IReadOnlyList<FieldMerge>? Collision { get; set; }
    [Parameter] public IReadOnlyList<ServiceEvent> History { get; set; } = [];
    [Parameter] public GlossaryState Glossary { get; set; } = GlossaryState.Empty;
    [Parameter] public ILookup<string, GapProof> Proofs { get; set; } = Array.Empty<GapProof>().ToLookup(proof => proof.Term);
    [Parameter] public Notice? Notice { get; set; }

    private string Base => $"/engagements/{Head.Id}/services/{Entry.Key}";

    private IEnumerable<(string Name, string? Text)> Facts =>
    [
        ("Owner", Entry.Card.Owner), ("Users", Entry.Card.Users), ("Hours", Entry.Card.Hours), ("Support", Entry.Card.Support),
        ("Charge", Entry.Card.Charge), ("Stands on", string.Join(", ", Entry.Card.DependsOn)),
    ];

    private string NameOf(string person) => Engagement.Seats.GetValueOrDefault(person)?.Name ?? "Somebody who left";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/engagements/{engagement}/services/{service}");
        page.MapGet("", (HttpContext http, Viewer viewer, string service, CatalogueDesk desk, EngagementDesk engagements) =>
            Show(http, viewer, service, desk, engagements)).AllowsSeated();
        page.MapPost("", async (HttpContext http, Viewer viewer, string service, CatalogueDesk desk, EngagementDesk engagements) =>
        {
            var card = CatalogueApi.Check(service, CardFields.Read(await http.Request.ReadFormAsync()), "");
            var (outcome, collision) = await desk.Merge(viewer.EngagementId, await Writes.Of(http, viewer), service, card);
            return collision is null ? await Answer(http, viewer, service, desk, engagements, outcome, card)
                : await Show(http, viewer, service, desk, engagements,
                    new Notice("Somebody else wrote in the meantime, in the same lines.", IsRefusal: true),
                    CardFields.Read(collision.Of(CardFields.Fields(card))), collision.Fields);
        }).AllowsSeated(CatalogueApi.Writers);
        page.MapPost("/retirement", async (HttpContext http, Viewer viewer, string service, CatalogueDesk desk, EngagementDesk engagements) =>
            await Answer(http, viewer, service, desk, engagements, await desk.Retire(viewer.EngagementId, await Writes.Of(http, viewer), service,
                (await http.Request.ReadFormAsync())["reason"].ToString()))).AllowsSeated(Seat.ServiceLevelManager, Seat.Provider);
        page.MapPost("/satisfaction", async (HttpContext http, Viewer viewer, string service, CatalogueDesk desk, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var (remark, edition, write) = (form["remark"].ToString(), Forms.Number(form, "edition"), await Writes.Of(http, viewer));
            new Inputs().Text("remark", remark, 2000, required: false).Throw();
            return await Answer(http, viewer, service, desk, engagements, form["say"].ToString() switch
            {
                "satisfied" => await desk.Satisfy(viewer.EngagementId, write, service, edition, remark),
                "notYet" => await desk.NotYet(viewer.EngagementId, write, service, edition, remark),
                "withdraw" => await desk.Withdraw(viewer.EngagementId, write, service, remark),
                var other => throw new BadInputException("say", "choice.unknown", $"expected satisfied, notYet or withdraw, found '{other}'"),
            });
        }).AllowsSeated(Seat.Provider, Seat.Customer);
    }

    private static Task<IResult> Answer(
        HttpContext http, Viewer viewer, string service, CatalogueDesk desk, EngagementDesk engagements,
        Outcome<DescriptionState> outcome, ServiceCard? typed = null) => Writes.Answer(
            outcome, $"/engagements/{viewer.EngagementId}/services/{service}",
            notice => Show(http, viewer, service, desk, engagements, notice, typed));

    private static async Task<IResult> Show(
        HttpContext http, Viewer viewer, string service, CatalogueDesk desk, EngagementDesk engagements, Notice? notice = null, ServiceCard? typed = null,
        IReadOnlyList<FieldMerge>? collision = null)
    {
        var (state, version) = await desk.Read(viewer.EngagementId);
        if (!state.Services.TryGetValue(service, out var entry)) return CatalogueApi.Unknown(http, service);
        return Page.Of<ServicePage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            Engagement = (await engagements.Read(viewer.EngagementId)).State,
            Entry = entry,
            Version = version,
            Typed = typed,
            Collision = collision,
            Glossary = await desk.Glossary(viewer.EngagementId),
            History = await desk.History(viewer.EngagementId, service),
            Proofs = await http.RequestServices.GetRequiredService<GapDesk>().Read(viewer.EngagementId, viewer.Actor, entry),
            Notice = notice,
        }, notice is null ? 200 : 422);
    }
}
