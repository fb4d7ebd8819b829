using System.Globalization;
using Entente.Agreements;
using Entente.Documentation;
using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.Server.Documentation;
using Entente.Server.Negotiation;
using Entente.Terms;
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
        MapClauses(routes.MapGroup("/engagements/{engagement}/agreements/clauses"));
        var page = routes.MapGroup("/engagements/{engagement}/agreements/{agreement}");
        MapWords(page);
        page.MapGet("", (HttpContext http, Viewer viewer, string agreement, int? version, AgreementDesk desk,
            EngagementDesk engagements) =>
            Show(http, viewer, agreement, version, desk, engagements)).AllowsSeated();
        page.MapGet("/versions/{version:int}/document",
            async (HttpContext http, Viewer viewer, string agreement, int version, string? format,
            AgreementDesk desk) =>
            (await desk.Read(viewer.EngagementId, agreement)).State.Find(version) is { } found
                ? await AgreementApi.Text(http, found, format ?? "markdown") : AgreementApi.Unknown(http))
                    .AllowsSeated();
        MapSigning(page);
    }

    private static void MapSigning(RouteGroupBuilder page)
    {
        page.MapPost("/signatures", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            return await Answer(http, viewer, agreement, desk, engagements, await desk.Sign(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), new SigningAct(Forms.Number(form, "number"),
                    Forms.Text(form, "title", 200), Forms.Text(form, "place", 200),
                    Text: form.ContainsKey("text") ? Forms.Number(form, "text") : null)));
        }).AllowsSeated(AgreementApi.Signers);
        page.MapPost("/signer", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var holder = await AgreementApi.Holder(engagements, viewer, form["person"].ToString(), "person");
            return await Answer(http, viewer, agreement, desk, engagements, await desk.Delegate(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), holder, Forms.Text(form, "reason", 500),
                NegotiationPage.Date(form, "until"), form["signatory"].ToString() is { Length: > 0 } key ? key : null));
        }).AllowsSeated(AgreementApi.Signers);
        page.MapPost("/signer/{signatory}/revocation", async (HttpContext http, Viewer viewer, string agreement,
            string signatory, AgreementDesk desk, EngagementDesk engagements) =>
            await Answer(http, viewer, agreement, desk, engagements, await desk.Revoke(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), signatory)))
            .AllowsSeated(AgreementApi.Signers);
        page.MapPost("/signing-plan", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
            await Answer(http, viewer, agreement, desk, engagements, await desk.Plan(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), await AgreementApi.Plan(
                    engagements, viewer, Wishes(await http.Request.ReadFormAsync()), "signatories"))))
            .AllowsSeated(Seat.ServiceLevelManager);
    }

    /// <summary>The rows of the plan that name somebody.</summary>
    private static List<SignatoryWish> Wishes(IFormCollection form)
    {
        List<SignatoryWish> wishes = [];
        for (var i = 0; i < form["who"].Count; i++)
        {
            if (form["who"][i]?.Split(' ') is not [{ Length: > 0 } seat, .. var person]) continue;
            wishes.Add(new SignatoryWish(Forms.Choice<Seat>("who", seat), person.FirstOrDefault(),
                int.TryParse(form["step"].ElementAtOrDefault(i), CultureInfo.InvariantCulture, out var step) ? step
                    : throw new BadInputException("step", "number.invalid", "expected a step such as 1"),
                Limit("upTo", i), Limit("above", i)));
        }

        return wishes;

        Money? Limit(string field, int i) => form[field].ElementAtOrDefault(i)?.Trim() is not { Length: > 0 } text ? null
            : Money.TryParse(text, out var money) ? money
            : throw new BadInputException(field, "money.invalid", $"expected {Money.Expected}, found \"{text}\"");
    }

    private static void MapClauses(RouteGroupBuilder clauses)
    {
        Seat[] writers = [Seat.ServiceLevelManager, Seat.Provider, Seat.Customer];
        clauses.MapGet("", (Viewer viewer, AgreementDesk desk, EngagementDesk engagements) =>
            Clauses(viewer, desk, engagements)).AllowsSeated();
        clauses.MapPost("", async (HttpContext http, Viewer viewer, AgreementDesk desk, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            return await Writes.Answer(await desk.WriteClause(viewer.EngagementId, await Writes.Of(http, viewer),
                    Forms.Text(form, "clause", 63), Forms.Text(form, "kind", 63), Forms.Text(form, "text")),
                $"/engagements/{viewer.EngagementId}/agreements/clauses",
                notice => Clauses(viewer, desk, engagements, notice));
        }).AllowsSeated(writers);
        clauses.MapPost("/{clause}/retirement", async (
            HttpContext http, Viewer viewer, string clause, AgreementDesk desk, EngagementDesk engagements) =>
            await Writes.Answer(await desk.RetireClause(viewer.EngagementId, await Writes.Of(http, viewer), clause),
                $"/engagements/{viewer.EngagementId}/agreements/clauses",
                notice => Clauses(viewer, desk, engagements, notice))).AllowsSeated(writers);
    }

    private static async Task<IResult> Clauses(
        Viewer viewer, AgreementDesk desk, EngagementDesk engagements, Notice? notice = null) =>
        Page.Of<ClausesPage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            (await desk.Clauses(viewer.EngagementId)).State,
            Notice = notice,
        }, notice is null ? 200 : 422);

    private static void MapWords(RouteGroupBuilder page)
    {
        page.MapPost("/versions/{version:int}/clauses", async (HttpContext http, Viewer viewer, string agreement,
            int version, AgreementDesk desk, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var clause = form["clause"].ToString() is { Length: > 0 } key ? key : null;
            var source = form["source"] == "playbook" ? $"the {viewer.Seat.Words}'s playbook" : ClauseApi.Source(viewer);
            return await Answer(http, viewer, agreement, desk, engagements, await desk.Word(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), version, Forms.Text(form, "term", 200),
                clause, clause is null ? Forms.Text(form, "text") : null, source));
        }).AllowsSeated(Seat.ServiceLevelManager, Seat.Provider, Seat.Customer);
        page.MapPost("/versions/{version:int}/dividend/opening", async (HttpContext http, Viewer viewer, string agreement,
            int version, AgreementDesk desk, EngagementDesk engagements) =>
            await Answer(http, viewer, agreement, desk, engagements, await desk.OpenDividend(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), version)))
            .AllowsSeated(Seat.Provider, Seat.Customer, Seat.Accounting);
        page.MapPost("/conditions", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var on = NegotiationPage.Date(form, "on") ?? throw new BadInputException("on", "date.missing", "expected a day");
            return await Answer(http, viewer, agreement, desk, engagements, await desk.MeetCondition(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), Forms.Text(form, "condition", 500), on,
                form["remark"].ToString()));
        }).AllowsSeated(Seat.Provider, Seat.Customer);
    }

    /// <summary>The words that the viewer's own playbook has for terms of a draft, where they are not there
    /// yet.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> OwnWords(
        HttpContext http, Viewer viewer, AgreementVersion version)
    {
        if (viewer.Actor.Side is not { } side || !version.Signatures.IsEmpty) return new Dictionary<string, string>();
        var said = (await http.Get<SealedRooms>().Open(version.Negotiation, side)).Said;
        return version.Document.Terms
            .Select(term => (term.Key, term.Clause, Mine: said.Playbooks.GetValueOrDefault(term.Key)?.Clause))
            .Where(one => one.Mine is { Length: > 0 } && one.Mine != one.Clause)
            .ToDictionary(one => one.Key, one => one.Mine!);
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
            Own = (IReadOnlyList<OwnClause>)[.. (await desk.Clauses(viewer.EngagementId)).State.Offered],
            Dividend = await desk.FindDividend(version, viewer.Seat),
            Proposal = await desk.FindProposal(viewer.EngagementId, state) is { } proposal
                ? SigningProposalView.Of(proposal, state.Plan) : null,
            Playbook = await OwnWords(http, viewer, version),
            Notice = notice,
        }, notice is null ? 200 : 422);
    }
}
