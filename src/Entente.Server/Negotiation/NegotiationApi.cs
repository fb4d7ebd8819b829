using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>REST for the table.</summary>
public static class NegotiationApi
{
    private delegate Decision<NegotiationFact> Rule(NegotiationState state, Actor by, Instant now);

    public static void MapNegotiationApi(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/v1/engagements/{engagement}/negotiations").WithTags(Stages.Negotiation.Name);
        all.MapGet("", (string engagement, NegotiationDesk desk) => desk.OfEngagement(engagement))
            .AllowsSeated().WithSummary("The tables of the engagement.");
        all.MapPost("", async (HttpContext http, Viewer viewer, NegotiationDesk desk, EngagementDesk engagements) =>
        {
            var wish = NegotiationInputs.Check(await Inputs.Body<NegotiationWish>(http));
            var (name, outcome) = await desk.Open(viewer.EngagementId, await Writes.Of(http, viewer), wish);
            return await Answer(http, viewer, desk, engagements, name, outcome,
                $"/api/v1/engagements/{viewer.EngagementId}/negotiations/{name}");
        }).Accepts<NegotiationWish>("application/json").AllowsSeated(Seat.ServiceLevelManager)
            .WithSummary("Open a table.");

        var one = all.MapGroup("/{table}");
        one.MapGet("", async (HttpContext http, Viewer viewer, string table, NegotiationDesk desk,
            EngagementDesk engagements) =>
        {
            var (state, version) = await desk.Read(viewer.EngagementId, table);
            if (state.Standing is Standing.None) return Unknown(http);
            http.Response.Headers.ETag = $"\"{version}\"";
            return Results.Json(NegotiationView.Of(table, state, version,
                (await engagements.Read(viewer.EngagementId)).State, viewer, desk.Now), Json.Options);
        }).AllowsSeated().WithSummary("One table: terms, offers, concerns, trades and what was heard.");
        MapOffers(one);
        one.MapGet("/suggestion", async (
            HttpContext http, Viewer viewer, string table, NegotiationDesk desk, TableAdvice advice) =>
            (await desk.Read(viewer.EngagementId, table)).State is { Standing: not Standing.None } state
                ? Results.Json(await advice.SuggestionFor(NegotiationDesk.Id(viewer.EngagementId, table), state,
                    viewer.Actor.Side!.Value, desk.Now) is { } found ? found : new { }, Json.Options)
                : Unknown(http))
            .AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("One thing my side could do next, in words; empty where nothing is to be said.");
        one.MapGet("/next-move", async (
            HttpContext http, Viewer viewer, string table, string character, int? seed, int? rounds,
            NegotiationDesk desk, SealedRooms rooms) =>
        {
            new Inputs().Check(rounds is null or (>= 1 and <= 50), "rounds", "number.range", "expected 1 to 50").Throw();
            var (state, _) = await desk.Read(viewer.EngagementId, table);
            if (state.Standing is Standing.None) return Unknown(http);
            var side = viewer.Actor.Side!.Value;
            var id = NegotiationDesk.Id(viewer.EngagementId, table);
            var (said, _) = await rooms.Open(id, side);
            var next = SimulatedSeat.Next(state, side, said, new SeatHabit(character, seed ?? 1, rounds ?? 12), desk.Now,
                await rooms.Limit(id, state));
            return next.Refusal is { } refusal ? Problems.Refused(http, refusal)
                : Results.Json(next.Facts[0], Json.Options);
        }).AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("What a simulated character would do next in my seat, from my room and the public table.");
        MapTrades(one);
        MapConcerns(one);
        MapCourse(one);
    }

    private static void MapOffers(RouteGroupBuilder one)
    {
        Move<OfferWish>(one, "POST", "/offers", "Offer a whole package, or counter one.", (wish, _) =>
            (state, by, now) =>
            NegotiationRules.Offer(state, by, NegotiationInputs.Offer(state, wish, "$."), now), Seat.Provider,
                Seat.Customer);
        Move<OfferSetWish>(one, "POST", "/offer-sets", "Offer several packages of equal worth at once.", (wish, _) =>
            (state, by, now) =>
            NegotiationRules.OfferSet(state, by, [.. wish.Packages.Select(
                (each, i) => NegotiationInputs.Offer(state, each, $"$.packages[{i}]."))], now),
            Seat.Provider, Seat.Customer);
        Move(one, "DELETE", "/offers/{offer}", "Withdraw an offer.", http => (state, by, now) =>
            NegotiationRules.Withdraw(state, by, Of(http, "offer"), now), Seat.Provider, Seat.Customer,
                Seat.ServiceLevelManager);
        one.MapPost("/offers/{offer}/acceptance", async (
            HttpContext http, Viewer viewer, string table, string offer, NegotiationDesk desk,
            EngagementDesk engagements) =>
            await Answer(http, viewer, desk, engagements, table, await desk.Accept(
                viewer.EngagementId, table, await Writes.Of(http, viewer), offer)))
            .AllowsSeated(Seat.Provider, Seat.Customer).WithSummary("Accept a whole package.");
        Move<ReasonWish>(one, "POST", "/offers/{offer}/rejection", "Reject a package with a reason.", (wish, http) =>
            (state, by, now) =>
            NegotiationRules.Reject(state, by, Of(http, "offer"), wish.Reason, now), Seat.Provider, Seat.Customer);
        one.MapPost("/offers/{offer}/confidence", async (
            HttpContext http, Viewer viewer, string table, string offer, NegotiationDesk desk,
            EngagementDesk engagements) =>
        {
            var wish = await Inputs.Body<ConfidenceWish>(http);
            return await Answer(http, viewer, desk, engagements, table, await desk.AnswerInConfidence(
                viewer.EngagementId, table, await Writes.Of(http, viewer), offer, wish.Yes));
        }).Accepts<ConfidenceWish>("application/json").AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("Say yes or no in confidence: it shows only when all have said yes.");
        one.MapPost("/offers/{offer}/vote", async (
            HttpContext http, Viewer viewer, string table, string offer, NegotiationDesk desk,
            EngagementDesk engagements) =>
        {
            var wish = await Inputs.Body<VoteWish>(http);
            new Inputs().Text("$.reason", wish.Reason, required: false).Throw();
            return await Answer(http, viewer, desk, engagements, table, await desk.Vote(
                viewer.EngagementId, table, await Writes.Of(http, viewer), offer, wish.Backs, wish.Reason));
        }).Accepts<VoteWish>("application/json").AllowsSeated(Seat.Accounting, Seat.Stakeholder)
            .WithSummary("Back a package, or block it with a reason; the charter says how much that weighs.");
        one.MapGet("/offers/{offer}/worth", async (
            HttpContext http, Viewer viewer, string table, string offer, TableAdvice advice, NegotiationDesk desk) =>
            (await desk.Read(viewer.EngagementId, table)).State is var state && state.Offer(offer) is not { } found
                ? Unknown(http)
                : Results.Json(await advice.WorthOf(
                    NegotiationDesk.Id(viewer.EngagementId, table), state, found, viewer.Actor.Side!.Value),
                    Json.Options))
            .AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("What a package is worth to my side, and why; nobody else reads it.");
    }

    private static void MapTrades(RouteGroupBuilder one)
    {
        Move<MarkWish>(one, "POST", "/marks", "Mark a value you could live with, with the whole.", (wish, _) =>
            (state, by, now) =>
            TableRules.MarkTerm(state, by, wish.Term, NegotiationInputs.Value(state, wish.Term, wish.Value, "$.value"),
                now), Seat.Provider, Seat.Customer);
        Move<TradeWish>(one, "POST", "/trades", "Propose a trade: if …, then ….", (wish, _) => (state, by, now) =>
            TableRules.ProposeTrade(state, by,
            new NegotiationFact.TradeProposed("", NegotiationInputs.Values(state, wish.If, "$.if"),
                NegotiationInputs.Values(state, wish.Then, "$.then"), wish.Message), now),
            Seat.Provider, Seat.Customer);
        Move(one, "POST", "/trades/{trade}/acceptance", "Take the other side's trade.", http => (state, by, now) =>
            TableRules.TakeTrade(state, by, Of(http, "trade"), now), Seat.Provider, Seat.Customer);
        Move(one, "DELETE", "/trades/{trade}", "Withdraw a trade.", http => (state, by, _) =>
            TableRules.WithdrawTrade(state, by, Of(http, "trade")), Seat.Provider, Seat.Customer);
    }

    private static void MapConcerns(RouteGroupBuilder one)
    {
        one.MapPost("/concerns", async (HttpContext http, Viewer viewer, string table, NegotiationDesk desk,
            ConcernDesk concerns, EngagementDesk engagements) =>
        {
            var wish = await Inputs.Body<ConcernWish>(http);
            new Inputs().Text("$.text", wish.Text).Check(!wish.Anonymous || wish.Owner is null, "$.owner",
                "concern.owner", "expected nothing where anonymous: the service level manager hands it on").Throw();
            if (wish.Anonymous)
            {
                var kept = await concerns.RaiseWithoutName(viewer.EngagementId, table, state =>
                    TableRules.RaiseWithoutName(state, wish.Text, wish.Term, NegotiationInputs.Need(state, wish)));
                return kept.Refusal is not { } refusal
                    ? Results.Json(new { said = true, heardAt = kept.Facts[0].At }, Json.Options)
                    : refusal.Code == "negotiation.unknown" ? Unknown(http) : Problems.Refused(http, refusal);
            }

            return await Answer(http, viewer, desk, engagements, table, await desk.Move(
                viewer.EngagementId, table, await Writes.Of(http, viewer), (state, _) => TableRules.RaiseConcern(
                    state, wish.Text, wish.Term, wish.Owner, NegotiationInputs.Need(state, wish))));
        }).Accepts<ConcernWish>("application/json").AllowsSeated().WithSummary("Raise a concern, under your name, or "
            + "under none: then it is heard at heardAt, together with all else said without a name until then, and "
            + "cannot be traced by anybody, nor withdrawn.");
        Move<OwnerWish>(one, "PUT", "/concerns/{concern}/owner", "Take a concern over for your seat; the service level "
            + "manager hands it to any.", (wish, http) => (state, by, _) =>
            TableRules.TakeConcern(state, by, Of(http, "concern"), wish.Owner));
        Move<AnswerWish>(one, "POST", "/concerns/{concern}/answer", "Answer a concern.", (wish, http) =>
        {
            new Inputs().Text("$.answer", wish.Answer).Throw();
            return (state, by, _) => TableRules.AnswerConcern(state, by, Of(http, "concern"), wish.Answer);
        });
        Move<ReasonWish>(one, "POST", "/concerns/{concern}/reopening", "Say why an answer is not enough.",
            (wish, http) =>
        {
            new Inputs().Text("$.reason", wish.Reason).Throw();
            return (state, by, _) => TableRules.ReopenConcern(state, by, Of(http, "concern"), wish.Reason);
        });
        Move<InterestWish>(one, "PUT", "/concerns/{concern}/interest", "Reframe a concern as an interest.",
            (wish, http) =>
        {
            new Inputs().Text("$.interest", wish.Interest).Throw();
            return (state, by, _) => TableRules.ReframeConcern(state, by, Of(http, "concern"), wish.Interest);
        }, Seat.ServiceLevelManager);
        Move(one, "DELETE", "/concerns/{concern}", "Withdraw a concern.", http => (state, by, _) =>
            TableRules.WithdrawConcern(state, by, Of(http, "concern")));
    }

    private static void MapCourse(RouteGroupBuilder one)
    {
        Move<BudgetWish>(one, "PUT", "/budget", "Set the hard limit of all charges.", (wish, _) => (state, by, _) =>
            TableRules.SetBudget(state, by, wish.Limit, wish.Reason), Seat.Accounting);
        Move<DeadlineWish>(one, "PUT", "/deadline", "Move the deadline.", (wish, _) => (state, by, now) =>
            TableRules.SetDeadline(state, by, wish.Deadline, wish.Reason, now), Seat.ServiceLevelManager);
        Move<DeadlineWish>(one, "POST", "/rounds", "Open the next round.", (wish, _) => (state, by, now) =>
            TableRules.OpenRound(state, by, wish.Deadline, now), Seat.ServiceLevelManager);
        Move<ReasonWish>(one, "POST", "/pause", "Pause the table.", (wish, _) => (state, by, _) =>
            TableRules.Pause(state, by, wish.Reason), Seat.ServiceLevelManager);
        Move(one, "DELETE", "/pause", "Resume the table.", _ => (state, by, _) => TableRules.Resume(state, by),
            Seat.ServiceLevelManager);
        Move<ReasonWish>(one, "POST", "/breakdown", "Break off, with a record of why.", (wish, _) => (state, by, _) =>
            TableRules.BreakOff(state, by, wish.Reason), Seat.ServiceLevelManager, Seat.Provider, Seat.Customer);
        Move<RestartWish>(one, "POST", "/restart", "Restart a table that was broken off.", (wish, _) =>
            (state, by, now) =>
            TableRules.Restart(state, by, wish.Reason, wish.Deadline, now), Seat.ServiceLevelManager);
        Move<HintsWish>(one, "PUT", "/hints", "Allow hints that compare what both sides care about.", (wish, _) =>
            (state, by, _) =>
            TableRules.AllowHints(state, by, wish.Allowed), Seat.Provider, Seat.Customer);
        Move<PulseWish>(one, "PUT", "/pulse", "Say how you find mood and trust; only the chair sees the means.",
            (wish, _) => (state, by, _) =>
            TableRules.TakePulse(state, by, wish.Mood, wish.Trust), Seat.Provider, Seat.Customer);
        Move<ReasonWish>(one, "POST", "/waiver", "Sign without looking for something better, with a reason.",
            (wish, _) => (state, by, _) =>
            TableRules.WaiveImprovement(state, by, wish.Reason), Seat.ServiceLevelManager);
    }

    private static void Move<TWish>(
        RouteGroupBuilder one, string method, string path, string summary, Func<TWish, HttpContext, Rule> rule,
            params Seat[] seats)
        where TWish : notnull =>
        one.MapMethods(path, [method], async (HttpContext http, Viewer viewer, string table, NegotiationDesk desk,
            EngagementDesk engagements) =>
        {
            var decide = rule(await Inputs.Body<TWish>(http), http);
            return await Answer(http, viewer, desk, engagements, table, await desk.Move(
                viewer.EngagementId, table, await Writes.Of(http, viewer), (state, now) =>
                    decide(state, viewer.Actor, now)));
        }).Accepts<TWish>("application/json").AllowsSeated(seats).WithSummary(summary);

    private static void Move(RouteGroupBuilder one, string method, string path, string summary, Func<HttpContext,
        Rule> rule, params Seat[] seats) =>
        one.MapMethods(path, [method], async (HttpContext http, Viewer viewer, string table, NegotiationDesk desk,
            EngagementDesk engagements) =>
            await Answer(http, viewer, desk, engagements, table, await desk.Move(
                viewer.EngagementId, table, await Writes.Of(http, viewer), (state, now) =>
                    rule(http)(state, viewer.Actor, now))))
            .AllowsSeated(seats).WithSummary(summary);

    private static string Of(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    private static async Task<IResult> Answer(
        HttpContext http, Viewer viewer, NegotiationDesk desk, EngagementDesk engagements, string table,
            Outcome<NegotiationState> outcome, string? created = null)
    {
        if (outcome is Outcome<NegotiationState>.Refused { Refusal.Code: "negotiation.unknown" }) return Unknown(http);
        var parties = (await engagements.Read(viewer.EngagementId)).State;
        return Writes.Answer(http, outcome, (state, version) =>
            NegotiationView.Of(table, state, version, parties, viewer, desk.Now), created);
    }

    public static IResult Unknown(HttpContext http) =>
        Problems.Answer(http, StatusCodes.Status404NotFound, "negotiation.unknown",
            "There is no such table in this engagement.");
}
