using System.Text.Json;
using Entente.Bargaining.Solutions;
using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Negotiation;

/// <summary>What a side writes into its sealed room; values typed or as text, as in an offer. What is left out stays as it
/// is.</summary>
public sealed record RoomWish(
    IReadOnlyDictionary<string, int>? Swings = null, IReadOnlyDictionary<string, PlaybookWish>? Playbooks = null,
        int? WalkAway = null, string? Notes = null);

public sealed record PlaybookWish(JsonElement? Preferred = null, JsonElement? Acceptable = null,
    JsonElement? WalkAway = null, string? Clause = null);

public sealed record RankingWish(IReadOnlyList<string> Terms);

public sealed record TermStepWish(string Term, JsonElement From, JsonElement To);

/// <param name="Gain">From a value to a better one.</param>
/// <param name="GiveUp">From a value to the worst that would still be given for it.</param>
public sealed record TradeOffWish(TermStepWish Gain, TermStepWish GiveUp);

public sealed record RoomAnswerWish(
    IReadOnlyDictionary<string, JsonElement> First, IReadOnlyDictionary<string, JsonElement> Second, Rather Choice);

public sealed record ProposalWish(Fairness Fairness, string? Message = null);

/// <summary>A side's own room, opened for it alone.</summary>
/// <param name="Contradiction">Places of the answers that cannot all be meant; the order of the terms may be part of
/// it.</param>
public sealed record RoomView(
    SidePreference Said, IReadOnlyList<string> Believed, IReadOnlyList<int> Contradiction, bool RankingContradicts,
    RoomQuestion? Question, int QuestionsLeft, long Version);

public sealed record RoomQuestion(IReadOnlyDictionary<string, TermValue> First, IReadOnlyDictionary<string,
    TermValue> Second);

public sealed record EqualWorthView(IReadOnlyDictionary<string, TermValue> Package, double Points);

public sealed record WorkspaceView(MediatorSight Engine, IReadOnlyDictionary<Side, int> CameNearer,
    IReadOnlyList<Pulse> Pulses, IReadOnlyDictionary<Side, IReadOnlyList<PulseRound>> PulseRounds);

/// <summary>REST for the sealed rooms, the caucuses and the mediator's workspace.</summary>
public static class MediatorApi
{
    private static readonly Seat[] _sides = [Seat.Provider, Seat.Customer];

    public static void MapMediatorApi(this IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/api/v1/engagements/{engagement}/negotiations/{table}")
            .WithTags(Stages.Negotiation.Name);
        MapRoom(one);
        MapChair(one);
    }

    public static Side SideOf(string party) => Enum.TryParse<Side>(party, ignoreCase: true, out var side)
        && Enum.IsDefined(side)
        ? side
        : throw new BadInputException("party", "choice.unknown", $"expected provider or customer, found \"{party}\"");

    public static bool MayJoin(Viewer viewer, Side side) => viewer.Seat is Seat.ServiceLevelManager
        || viewer.Actor.Side == side;

    /// <summary>Everybody but the chair has a sealed room.</summary>
    internal static Seat[] Parties { get; } = [Seat.Provider, Seat.Customer, Seat.Accounting, Seat.Stakeholder];

    private static void MapRoom(RouteGroupBuilder one)
    {
        one.MapGet("/room", (HttpContext http, Viewer viewer, string table) => Room(http, viewer, table))
            .AllowsSeated(Parties)
            .WithSummary("My side's sealed room: what we said, what the system believes, and its next question.");
        one.MapPut("/room", async (HttpContext http, Viewer viewer, string table, SealedRooms rooms) =>
        {
            var wish = await Inputs.Body<RoomWish>(http);
            if (await Known(http, viewer, table) is not { } state) return NegotiationApi.Unknown(http);
            Check(state, wish);
            var playbooks = Playbooks(state, wish);
            return await Answer(http, viewer, table, await rooms.Write(
                NegotiationDesk.Id(viewer.EngagementId, table), await Writes.Of(http, viewer),
                said => (wish.Swings is { } swings ? said.Weighed(swings) : said) with
                {
                    Playbooks = playbooks ?? said.Playbooks,
                    WalkAway = wish.WalkAway ?? said.WalkAway,
                    Notes = wish.Notes ?? said.Notes,
                }));
        }).Accepts<RoomWish>("application/json").AllowsSeated(Parties).WithSummary("Write what my side wants, sealed.");
        one.MapPost("/room/answers", async (HttpContext http, Viewer viewer, string table, SealedRooms rooms) =>
        {
            var wish = await Inputs.Body<RoomAnswerWish>(http);
            if (await Known(http, viewer, table) is not { } state) return NegotiationApi.Unknown(http);
            return await Answer(http, viewer, table, await rooms.Answer(
                NegotiationDesk.Id(viewer.EngagementId, table), state, await Writes.Of(http, viewer), new GivenAnswer(
                    NegotiationInputs.Values(state, wish.First, "$.first"),
                    NegotiationInputs.Values(state, wish.Second, "$.second"), wish.Choice)));
        }).Accepts<RoomAnswerWish>("application/json").AllowsSeated(Parties)
            .WithSummary("Say which of two packages my side would rather sign.");
        one.MapPut("/room/ranking", async (HttpContext http, Viewer viewer, string table, SealedRooms rooms) =>
        {
            var wish = await Inputs.Body<RankingWish>(http);
            if (await Known(http, viewer, table) is not { } state) return NegotiationApi.Unknown(http);
            var terms = Ranking(state, wish.Terms, "$.terms");
            return await Answer(http, viewer, table, await rooms.Write(
                NegotiationDesk.Id(viewer.EngagementId, table), await Writes.Of(http, viewer), said => said.Ranked(terms)));
        }).Accepts<RankingWish>("application/json").AllowsSeated(Parties)
            .WithSummary("Put terms in the order in which their whole range matters to my side; none takes the order back.");
        one.MapPost("/room/trade-offs", async (HttpContext http, Viewer viewer, string table, SealedRooms rooms) =>
        {
            var wish = await Inputs.Body<TradeOffWish>(http);
            if (await Known(http, viewer, table) is not { } state) return NegotiationApi.Unknown(http);
            return await Answer(http, viewer, table, await rooms.GiveUp(
                NegotiationDesk.Id(viewer.EngagementId, table), state, await Writes.Of(http, viewer),
                Step(state, wish.Gain, "$.gain"), Step(state, wish.GiveUp, "$.giveUp")));
        }).Accepts<TradeOffWish>("application/json").AllowsSeated(Parties)
            .WithSummary("Say how far my side would let one term go to gain on another, and no further.");
        one.MapDelete("/room/answers/{place:int}", async (
            HttpContext http, Viewer viewer, string table, int place, SealedRooms rooms) =>
            await Known(http, viewer, table) is null ? NegotiationApi.Unknown(http)
            : await Answer(http, viewer, table, await rooms.Write(
                NegotiationDesk.Id(viewer.EngagementId, table), await Writes.Of(http, viewer),
                said => said with { Answers = said.Answers.Where((_, i) => i != place).ToValueList() })))
            .AllowsSeated(Parties).WithSummary("Take an answer back.");
        one.MapGet("/equal-worth", async (HttpContext http, Viewer viewer, string table, SealedRooms rooms) =>
        {
            if (await Known(http, viewer, table) is not { } state) return NegotiationApi.Unknown(http);
            var (id, side) = (NegotiationDesk.Id(viewer.EngagementId, table), viewer.Actor.Side!.Value);
            var found = await rooms.EqualWorth(id, state, side);
            if (found.Missing is { } missing)
                return Problems.Refused(http, new Refusal("negotiation.equal_worth", missing));
            var (model, space, _) = await rooms.Model(id, state, side);
            return Results.Json(found.Packages.Select(package => new EqualWorthView(
                package, Math.Round(model.Points(space.Find(package)!), 1))), Json.Options);
        }).AllowsSeated(_sides).WithSummary("Three packages of equal worth to my side, far apart in terms.");
    }

    private static void MapChair(RouteGroupBuilder one)
    {
        one.MapGet("/mediator", async (HttpContext http, Viewer viewer, string table, MediatorDesk desk) =>
            await Known(http, viewer, table) is not { } state ? NegotiationApi.Unknown(http)
            : Results.Json(new WorkspaceView(
                await desk.Sight(viewer.EngagementId, table), Mediation.Concessions(state), state.Pulses,
                Enum.GetValues<Side>().ToDictionary(side => side, side => PulseRound.Of(state.Pulses, side))),
                    Json.Options))
            .AllowsSeated(Seat.ServiceLevelManager).WithSummary("What the engine may tell the mediator.");
        one.MapPost("/proposals", async (HttpContext http, Viewer viewer, string table, MediatorDesk desk) =>
        {
            var wish = await Inputs.Body<ProposalWish>(http);
            return await Told(http, viewer, table, await desk.Propose(
                viewer.EngagementId, table, await Writes.Of(http, viewer), wish.Fairness, wish.Message));
        }).Accepts<ProposalWish>("application/json").AllowsSeated(Seat.ServiceLevelManager)
            .WithSummary("Propose a fair package to both.");
        one.MapPost("/drafts", async (HttpContext http, Viewer viewer, string table, MediatorDesk desk) =>
            await Told(http, viewer, table, await desk.Draft(
                viewer.EngagementId, table, await Writes.Of(http, viewer))))
            .AllowsSeated(Seat.ServiceLevelManager).WithSummary("Put the next draft of the single text on the table.");
        one.MapGet("/fairness", async (HttpContext http, Viewer viewer, string table, MediatorDesk desk) =>
        {
            if (await Known(http, viewer, table) is null) return NegotiationApi.Unknown(http);
            var report = await desk.Shared(viewer.EngagementId, table);
            return report.Refusal is { } refusal ? Problems.Refused(http, refusal)
                : Results.Json(report.Facts[0], Json.Options);
        }).AllowsSeated(Seat.ServiceLevelManager, Seat.Provider, Seat.Customer)
            .WithSummary("How the gains were shared, once all have signed.");
        one.MapPost("/improvements", async (HttpContext http, Viewer viewer, string table, MediatorDesk desk) =>
            await Told(http, viewer, table, await desk.Improve(
                viewer.EngagementId, table, await Writes.Of(http, viewer))))
            .AllowsSeated(Seat.ServiceLevelManager).WithSummary(
                "Propose something better than what was agreed, if there is anything.");
    }

    private static void Check(NegotiationState state, RoomWish wish)
    {
        var inputs = new Inputs().Check(wish.WalkAway is null or (>= 0 and <= 100), "$.walkAway", "points.range",
            "expected points from 0 to 100")
            .Text("$.notes", wish.Notes, required: false);
        foreach (var (key, book) in wish.Playbooks ?? new Dictionary<string, PlaybookWish>())
        {
            inputs.Check(state.Term(key) is not null, $"$.playbooks.{key}", "term.unknown",
                "expected the key of a term on the agenda").Text($"$.playbooks.{key}.clause", book.Clause, required: false);
        }

        foreach (var (key, points) in wish.Swings ?? new Dictionary<string, int>())
        {
            inputs.Check(state.Term(key) is not null, $"$.swings.{key}", "term.unknown",
                "expected the key of a term on the agenda")
                .Check(points is >= 0 and <= 100, $"$.swings.{key}", "points.range", "expected points from 0 to 100");
        }

        inputs.Throw();
    }

    private static Dictionary<string, Playbook>? Playbooks(NegotiationState state, RoomWish wish) =>
        wish.Playbooks?.ToDictionary(pair => pair.Key, pair => new Playbook(
            Value(state, pair.Key, pair.Value.Preferred, "preferred"),
                Value(state, pair.Key, pair.Value.Acceptable, "acceptable"),
            Value(state, pair.Key, pair.Value.WalkAway, "walkAway"), pair.Value.Clause));

    private static TermValue? Value(NegotiationState state, string key, JsonElement? value, string field) =>
        value is { } given ? NegotiationInputs.Value(state, key, given, $"$.playbooks.{key}.{field}") : null;

    internal static IReadOnlyList<string> Ranking(NegotiationState state, IReadOnlyList<string> terms, string path)
    {
        new Inputs().Check(terms.Distinct().Count() == terms.Count, path, "list.twice", "expected each term once")
            .Check(terms.All(term => state.Term(term) is not null), path, "term.unknown",
                $"expected terms of this table: {string.Join(", ", state.Agenda.Select(term => term.Key))}").Throw();
        return terms;
    }

    private static TermStep Step(NegotiationState state, TermStepWish wish, string path) => new(wish.Term,
        NegotiationInputs.Value(state, wish.Term, wish.From, $"{path}.from"), NegotiationInputs.Value(state, wish.Term, wish.To, $"{path}.to"));

    private static async Task<IResult> Room(HttpContext http, Viewer viewer, string table)
    {
        if (await Known(http, viewer, table) is not { } state) return NegotiationApi.Unknown(http);
        var (model, _, version) = await http.Get<SealedRooms>().Model(
            NegotiationDesk.Id(viewer.EngagementId, table), state, viewer.Seat);
        var said = model.Said;
        http.Response.Headers.ETag = $"\"{version}\"";
        return Results.Json(new RoomView(
            said, model.InWords(), model.Contradiction, model.RankingContradicts,
            model.NextQuestion() is { } question ? new RoomQuestion(question.First, question.Second) : null,
            Math.Max(0, SideModel.QuestionsMost - said.Answers.Count), version), Json.Options);
    }

    private static async Task<IResult> Answer(HttpContext http, Viewer viewer, string table,
        Outcome<SealedRoomState> outcome) =>
        outcome is Outcome<SealedRoomState>.Recorded ? await Room(http, viewer, table) : Writes.Failure(http, outcome);

    private static async Task<IResult> Told(HttpContext http, Viewer viewer, string table,
        Outcome<NegotiationState> outcome)
    {
        if (outcome is Outcome<NegotiationState>.Refused { Refusal.Code: "negotiation.unknown" })
            return NegotiationApi.Unknown(http);
        var parties = (await http.Get<EngagementDesk>().Read(viewer.EngagementId)).State;
        return Writes.Answer(http, outcome, (state, version) =>
            NegotiationView.Of(table, state, version, parties, viewer, http.Get<NegotiationDesk>().Now));
    }

    private static async Task<NegotiationState?> Known(HttpContext http, Viewer viewer, string table) =>
        (await http.Get<NegotiationDesk>().Read(viewer.EngagementId, table))
            .State is { Standing: not Standing.None } state ? state : null;
}
