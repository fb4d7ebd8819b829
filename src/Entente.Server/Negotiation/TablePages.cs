using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>The pages of a table and the forms on them.</summary>
public static class TablePages
{
    private delegate Decision<NegotiationFact> Rule(NegotiationState state, Actor by, Instant now);

    private static readonly Seat[] _sides = [Seat.Provider, Seat.Customer];

    public static void MapTablePages(this IEndpointRouteBuilder routes)
    {
        var table = routes.MapGroup("/engagements/{engagement}/negotiation/{table}");
        table.MapGet("", (HttpContext http, Viewer viewer) => Show(http, viewer, notice: null)).AllowsSeated();
        table.MapGet("/offers/new", (HttpContext http, Viewer viewer) =>
            Sub<OfferPage>(http, viewer, sight => new { Sight = sight })).AllowsSeated(_sides);
        table.MapPost("/offers/rows", async (HttpContext http, Viewer viewer) =>
        {
            var form = await http.Request.ReadFormAsync();
            return await Sub<OfferPage>(http, viewer, sight => new
            {
                Sight = sight,
                Offer = Optional(form, "counterTo") is { } counter ? sight.State.Offer(counter) : null,
                Typed = form,
            });
        }).AllowsSeated(_sides);
        table.MapGet("/offers/{offer}", (HttpContext http, Viewer viewer, string offer) =>
            ShowOffer(http, viewer, offer)).AllowsSeated();
        table.MapGet("/offers", (HttpContext http, Viewer viewer) =>
            Sub<OffersPage>(http, viewer, sight => new { Sight = sight })).AllowsSeated();
        table.MapGet("/participation", (HttpContext http, Viewer viewer) =>
            Sub<ParticipationPage>(http, viewer, sight => new { Sight = sight })).AllowsSeated();
        table.MapGet("/evidence", async (HttpContext http, Viewer viewer) =>
            await Sight(http, viewer) is not { } sight ? NegotiationApi.Unknown(http) : Page.Of<EvidencePage>(new
            {
                Sight = sight,
                Evidence = await http.Get<EvidenceDesk>().OfOptions(viewer.EngagementId, sight.State,
                    new EvidenceReader.Seated(viewer.Seat), http.RequestAborted),
            })).AllowsSeated();
        table.MapGet("/concerns", (HttpContext http, Viewer viewer) =>
            Concerns(http, viewer, isKept: http.Request.Query.ContainsKey("kept"), notice: null)).AllowsSeated();
        table.MapGet("/trades", (HttpContext http, Viewer viewer) =>
            Sub<TradesPage>(http, viewer, sight => new { Sight = sight })).AllowsSeated(_sides);
        MapOffers(table);
        MapConcerns(table);
        MapCourse(table);
    }

    private static void MapOffers(RouteGroupBuilder table)
    {
        Post(table, "/offers", "", (form, _) => (state, by, now) =>
            NegotiationRules.Offer(state, by, Offer(state, form), now), _sides);
        table.MapPost("/offers/{offer}/acceptance", async (
            HttpContext http, Viewer viewer, string offer, NegotiationDesk desk) =>
            await Answer(http, viewer, "", await desk.Accept(
                viewer.EngagementId, Name(http), await Writes.Of(http, viewer), offer))).AllowsSeated(_sides);
        table.MapPost("/offers/{offer}/vote", async (
            HttpContext http, Viewer viewer, string offer, NegotiationDesk desk) =>
        {
            var form = await http.Request.ReadFormAsync();
            return await Answer(http, viewer, "", await desk.Vote(
                viewer.EngagementId, Name(http), await Writes.Of(http, viewer), offer, form["backs"] == "yes",
                Optional(form, "reason")));
        }).AllowsSeated(Seat.Accounting, Seat.Stakeholder);
        Post(table, "/offers/{offer}/rejection", "", (form, of) => (state, by, now) =>
            NegotiationRules.Reject(state, by, of("offer"), Forms.Text(form, "reason"), now), _sides);
        Post(table, "/offers/{offer}/withdrawal", "", (_, of) => (state, by, now) =>
            NegotiationRules.Withdraw(state, by, of("offer"), now),
            [.. _sides, Seat.ServiceLevelManager]);
        table.MapPost("/offers/{offer}/confidence", async (
            HttpContext http, Viewer viewer, string offer, NegotiationDesk desk) =>
        {
            var yes = (await http.Request.ReadFormAsync())["yes"] == "yes";
            return await Answer(http, viewer, "", await desk.AnswerInConfidence(
                viewer.EngagementId, Name(http), await Writes.Of(http, viewer), offer, yes));
        }).AllowsSeated(_sides);
        Post(table, "/marks", "", (form, _) => (state, by, now) => TableRules.MarkTerm(
            state, by, form["term"].ToString(), Mark(state, form), now), _sides);
        Post(table, "/trades", "", (form, _) => (state, by, now) =>
            TableRules.ProposeTrade(state, by, new NegotiationFact.TradeProposed(
            "", Values(state, form, "if."), Values(state, form, "then."), Optional(form, "message")), now), _sides);
        Post(table, "/trades/{trade}/acceptance", "", (_, of) => (state, by, now) =>
            TableRules.TakeTrade(state, by, of("trade"), now), _sides);
        Post(table, "/trades/{trade}/withdrawal", "", (_, of) => (state, by, _) =>
            TableRules.WithdrawTrade(state, by, of("trade")), _sides);
    }

    private static void MapConcerns(RouteGroupBuilder table)
    {
        table.MapPost("/concerns", async (HttpContext http, Viewer viewer, NegotiationDesk desk, ConcernDesk concerns) =>
        {
            var form = await http.Request.ReadFormAsync();
            var next = $"/engagements/{viewer.EngagementId}/negotiation/{Name(http)}/concerns";
            if (form["anonymous"] == "yes")
            {
                return (await concerns.RaiseWithoutName(viewer.EngagementId, Name(http), state => TableRules.RaiseWithoutName(
                    state, Forms.Text(form, "text"), Optional(form, "term"), Need(state, form)))).Refusal is { } refusal
                    ? await Concerns(http, viewer, isKept: false, new Notice(refusal.Message, IsRefusal: true))
                    : Writes.Next($"{next}?kept");
            }

            return await Answer(http, viewer, "/concerns", await desk.Move(
                viewer.EngagementId, Name(http), await Writes.Of(http, viewer), (state, _) => TableRules.RaiseConcern(
                    state, Forms.Text(form, "text"), Optional(form, "term"), Forms.Choice<Seat>(form, "owner"),
                    Need(state, form))));
        }).AllowsSeated();
        Post(table, "/concerns/{concern}/owner", "/concerns", (form, of) => (state, by, _) =>
            TableRules.TakeConcern(state, by, of("concern"), Forms.Choice<Seat>(form, "owner")), []);
        Post(table, "/concerns/{concern}/answer", "/concerns", (form, of) => (state, by, _) =>
            TableRules.AnswerConcern(state, by, of("concern"), Forms.Text(form, "answer")), []);
        Post(table, "/concerns/{concern}/withdrawal", "/concerns", (_, of) => (state, by, _) =>
            TableRules.WithdrawConcern(state, by, of("concern")), []);
        Post(table, "/concerns/{concern}/reopening", "/concerns", (form, of) => (state, by, _) =>
            TableRules.ReopenConcern(state, by, of("concern"), Forms.Text(form, "reason")), []);
        Post(table, "/concerns/{concern}/interest", "/concerns", (form, of) => (state, by, _) =>
            TableRules.ReframeConcern(state, by, of("concern"), Forms.Text(form, "interest")),
                Seat.ServiceLevelManager);
    }

    private static void MapCourse(RouteGroupBuilder table)
    {
        Post(table, "/hints", "", (form, _) => (state, by, _) =>
            TableRules.AllowHints(state, by, form["allowed"] == "yes"), _sides);
        Post(table, "/pulse", "", (form, _) => (state, by, _) =>
            TableRules.TakePulse(state, by, Forms.Number(form, "mood"), Forms.Number(form, "trust")), _sides);
        Post(table, "/budget", "", (form, _) => (state, by, _) =>
            TableRules.SetBudget(state, by, Limit(form), Optional(form, "reason")), Seat.Accounting);
        Post(table, "/deadline", "/mediator", (form, _) => (state, by, now) =>
            TableRules.SetDeadline(state, by, NegotiationPage.Moment(form, "deadline"), Optional(form, "reason"), now),
                Seat.ServiceLevelManager);
        Post(table, "/rounds", "/mediator", (form, _) => (state, by, now) =>
            TableRules.OpenRound(state, by, NegotiationPage.Moment(form, "deadline"), now), Seat.ServiceLevelManager);
        Post(table, "/pause", "/mediator", (form, _) => (state, by, _) =>
            TableRules.Pause(state, by, Forms.Text(form, "reason")), Seat.ServiceLevelManager);
        Post(table, "/resumption", "/mediator", (_, _) => (state, by, _) => TableRules.Resume(state, by),
            Seat.ServiceLevelManager);
        Post(table, "/breakdown", "", (form, _) => (state, by, _) =>
            TableRules.BreakOff(state, by, Forms.Text(form, "reason")), [.. _sides, Seat.ServiceLevelManager]);
        Post(table, "/restart", "/mediator", (form, _) => (state, by, now) =>
            TableRules.Restart(state, by, Forms.Text(form, "reason"), NegotiationPage.Moment(form, "deadline"), now),
                Seat.ServiceLevelManager);
        Post(table, "/waiver", "/mediator", (form, _) => (state, by, _) =>
            TableRules.WaiveImprovement(state, by, Forms.Text(form, "reason")), Seat.ServiceLevelManager);
    }

    private static void Post(
        RouteGroupBuilder table, string path, string next, Func<IFormCollection, Func<string, string>, Rule> rule,
            params Seat[] seats) =>
        table.MapPost(path, async (HttpContext http, Viewer viewer, NegotiationDesk desk) =>
        {
            var decide = rule(await http.Request.ReadFormAsync(), name => (string)http.Request.RouteValues[name]!);
            return await Answer(http, viewer, next, await desk.Move(
                viewer.EngagementId, Name(http), await Writes.Of(http, viewer), (state, now) =>
                    decide(state, viewer.Actor, now)));
        }).AllowsSeated(seats);

    /// <summary>On to the page it belongs to, or the table again with the reason above it.</summary>
    public static Task<IResult> Answer(HttpContext http, Viewer viewer, string next,
        Outcome<NegotiationState> outcome) =>
        outcome is Outcome<NegotiationState>.Refused { Refusal.Code: "negotiation.unknown" }
            ? Task.FromResult(NegotiationApi.Unknown(http))
            : Writes.Answer(outcome, $"/engagements/{viewer.EngagementId}/negotiation/{Name(http)}{next}", notice =>
                Show(http, viewer, notice));

    /// <summary>What a page of a table shows from; nothing when there is no such table.</summary>
    public static async Task<TableSight?> Sight(HttpContext http, Viewer viewer, Notice? notice = null)
    {
        var (desk, engagements) = (http.Get<NegotiationDesk>(), http.Get<EngagementDesk>());
        var (state, version) = await desk.Read(viewer.EngagementId, Name(http));
        return state.Standing is Standing.None ? null : new TableSight(
            viewer, await engagements.Head(viewer.EngagementId), (await engagements.Read(viewer.EngagementId)).State,
                Name(http), state, version, desk.Now, notice);
    }

    public static async Task<IResult> Sub<TPage>(HttpContext http, Viewer viewer, Func<TableSight, object> parameters)
        where TPage : IComponent =>
        await Sight(http, viewer) is { } sight ? Page.Of<TPage>(parameters(sight)) : NegotiationApi.Unknown(http);

    private static async Task<IResult> Concerns(HttpContext http, Viewer viewer, bool isKept, Notice? notice) =>
        await Sight(http, viewer, notice) is not { } sight ? NegotiationApi.Unknown(http)
        : Page.Of<ConcernsPage>(new
        {
            Sight = sight,
            Hearing = await http.Get<ConcernDesk>().Hearing(),
            On = sight.State.Term(http.Request.Query["term"].ToString()),
            IsKept = isKept,
        }, notice is null ? 200 : 422);

    private static async Task<IResult> Show(HttpContext http, Viewer viewer, Notice? notice)
    {
        if (await Sight(http, viewer, notice) is not { } sight) return NegotiationApi.Unknown(http);
        var advice = await http.Get<TableAdvice>().For(sight, http.RequestAborted);
        return Page.Of<TablePage>(new { Sight = sight, advice.Evidence, advice.Worth, advice.Hint, advice.Suggestion }, notice is null
            ? 200 : 422);
    }

    private static async Task<IResult> ShowOffer(HttpContext http, Viewer viewer, string id)
    {
        if (await Sight(http, viewer) is not { } sight
            || sight.State.Offer(id) is not { } offer) return NegotiationApi.Unknown(http);
        var worth = sight.Side is { } side && offer.Seat.Side != side
            ? await http.Get<TableAdvice>().WorthOf(
                NegotiationDesk.Id(viewer.EngagementId, sight.Name), sight.State, offer, side)
            : null;
        return Page.Of<OfferPage>(new
        {
            Sight = sight,
            Offer = offer,
            Worth = worth,
            Evidence = await http.Get<EvidenceDesk>().OfPackage(viewer.EngagementId, sight.State, offer.Package,
                new EvidenceReader.Seated(viewer.Seat), http.RequestAborted),
        });
    }

    public static NegotiationFact.Offered Offer(NegotiationState state, IFormCollection form)
    {
        var package = state.Agenda.ToDictionary(term => term.Key, term =>
            NegotiationInputs.Text(term.Term, form[$"term.{term.Key}"].ToString(), $"term.{term.Key}"));
        var contingencies = Enumerable.Range(0, form["contingent"].Count)
            .Where(i => form["contingent"][i] is { Length: > 0 })
            .Select(i => Contingency(state, package, form, i)).ToValueList();
        return new NegotiationFact.Offered("", package, OfferKind.Package, Optional(form, "counterTo"),
            NegotiationPage.Moment(form, "expires"),
            Optional(form, "message"), Set: null, contingencies);
    }

    /// <summary>One row of the contingent terms; the fields of all rows come in their order.</summary>
    private static Contingency Contingency(
        NegotiationState state, Dictionary<string, TermValue> package, IFormCollection form, int row)
    {
        var (key, value, times) = (form["contingent"][row]!, Field("contingentValue"), Field("contingentCredit"));
        var agenda = state.Term(key) ?? throw new BadInputException(
            "contingent", "term.unknown", "expected the key of a term on the agenda");
        new Inputs().Text("contingentUntil", Field("contingentUntil"), 500)
            .Check(value is not null || times is not null, "contingentValue", "contingent.empty",
            "expected a value, or how many times its credits count").Throw();
        return new Contingency(key,
            value is null ? package[key] : NegotiationInputs.Text(agenda.Term, value, "contingentValue"),
            Field("contingentUntil")!, NegotiationPage.Date(Field("contingentAt"), "contingentAt"),
            times is null ? null : Forms.Decimal(times, "contingentCredit"));

        string? Field(string name) => form[name].ElementAtOrDefault(row)?.Trim() is { Length: > 0 } text ? text : null;
    }

    private static Dictionary<string, TermValue> Values(NegotiationState state, IFormCollection form, string prefix) =>
        state.Agenda
        .Where(term => form[prefix + term.Key].ToString().Trim().Length > 0)
        .ToDictionary(term => term.Key, term => NegotiationInputs.Text(
            term.Term, form[prefix + term.Key].ToString(), prefix + term.Key));

    private static TermValue Mark(NegotiationState state, IFormCollection form) =>
        state.Term(form["term"].ToString()) is { } agenda
        ? NegotiationInputs.Text(agenda.Term, form["value"].ToString(), "value")
        : throw new BadInputException("term", "term.unknown", "expected the key of a term on the agenda");

    private static HardNeed? Need(NegotiationState state, IFormCollection form) =>
        Optional(form, "needs") is not { } text ? null
        : state.Term(form["term"].ToString()) is not { } agenda
            ? throw new BadInputException("term", "need.term", "expected the term that needs something")
        : new HardNeed(Forms.Choice<Comparison>(form, "needsHow"), NegotiationInputs.Text(agenda.Term, text, "needs"));

    private static Money Limit(IFormCollection form) => Money.TryParse(form["limit"].ToString(), out var money)
        ? money
        : throw new BadInputException("limit", "money.invalid",
            $"expected {Money.Expected}, found \"{form["limit"]}\"");

    private static string? Optional(IFormCollection form, string field) =>
        form[field].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static string Name(HttpContext http) => (string)http.Request.RouteValues["table"]!;

    /// <summary>A desk of this request.</summary>
    internal static T Get<T>(this HttpContext http)
        where T : notnull => (T)http.RequestServices.GetService(typeof(T))!;
}
