using Entente.Bargaining.Solutions;
using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Layout;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Negotiation;

/// <summary>The pages behind the table: sealed rooms, packages of equal worth, caucuses and the mediator's
/// workspace.</summary>
public static class MediatorPages
{
    private static readonly Seat[] _sides = [Seat.Provider, Seat.Customer];

    public static void MapMediatorPages(this IEndpointRouteBuilder routes)
    {
        var table = routes.MapGroup("/engagements/{engagement}/negotiation/{table}");
        MapRoom(table);
        MapChair(table);
        table.MapGet("/equal-worth", (HttpContext http, Viewer viewer) => ShowEqual(http, viewer)).AllowsSeated(_sides);
        table.MapPost("/equal-worth", async (HttpContext http, Viewer viewer, NegotiationDesk desk) =>
        {
            var form = await http.Request.ReadFormAsync();
            return await TablePages.Answer(http, viewer, "", await desk.Move(
                viewer.EngagementId, Name(http), await Writes.Of(http, viewer), (state, now) =>
                    NegotiationRules.OfferSet(
                    state, viewer.Actor,
                    [.. Enumerable.Range(0, Math.Clamp(Forms.Number(form, "count"), 0, 9))
                        .Select(i => new NegotiationFact.Offered(
                        "", Values(state, form, $"package.{i}."), Message: form["message"].ToString()
                            .Trim() is { Length: > 0 } text ? text : null))], now)));
        }).AllowsSeated(_sides);
    }

    private static void MapRoom(RouteGroupBuilder table)
    {
        table.MapGet("/room", (HttpContext http, Viewer viewer) => ShowRoom(http, viewer, notice: null))
            .AllowsSeated(MediatorApi.Parties);
        table.MapPost("/room", async (HttpContext http, Viewer viewer, SealedRooms rooms) =>
        {
            if (await TablePages.Sight(http, viewer) is not { } sight) return NegotiationApi.Unknown(http);
            var form = await http.Request.ReadFormAsync();
            var said = Read(sight.State, form);
            return await Answer(http, viewer, await rooms.Write(
                Id(http, viewer), await Writes.Of(http, viewer),
                before => before.Weighed(said.Swings) with { Playbooks = said.Playbooks, WalkAway = said.WalkAway, Notes = said.Notes }));
        }).AllowsSeated(MediatorApi.Parties);
        table.MapPost("/room/answers", async (HttpContext http, Viewer viewer, SealedRooms rooms) =>
        {
            if (await TablePages.Sight(http, viewer) is not { } sight) return NegotiationApi.Unknown(http);
            var form = await http.Request.ReadFormAsync();
            return await Answer(http, viewer, await rooms.Answer(Id(http, viewer), sight.State, await Writes.Of(http, viewer),
                new GivenAnswer(Values(sight.State, form, "first."), Values(sight.State, form, "second."),
                    Forms.Choice<Rather>(form, "choice"))));
        }).AllowsSeated(MediatorApi.Parties);
        table.MapPost("/room/ranking", async (HttpContext http, Viewer viewer, SealedRooms rooms) =>
        {
            if (await TablePages.Sight(http, viewer) is not { } sight) return NegotiationApi.Unknown(http);
            var form = await http.Request.ReadFormAsync();
            var places = sight.State.Agenda.Select(term => (term.Key, Place: Forms.Number(form, $"place.{term.Key}"))).ToList();
            new Inputs().Check(places.Select(one => one.Place).Distinct().Count() == places.Count, "place", "list.twice",
                "expected each place once: two terms have the same").Throw();
            return await Answer(http, viewer, await rooms.Write(Id(http, viewer), await Writes.Of(http, viewer),
                before => before.Ranked(places.OrderBy(one => one.Place).Select(one => one.Key))));
        }).AllowsSeated(MediatorApi.Parties);
        table.MapPost("/room/trade-offs", async (HttpContext http, Viewer viewer, SealedRooms rooms) =>
        {
            if (await TablePages.Sight(http, viewer) is not { } sight) return NegotiationApi.Unknown(http);
            var form = await http.Request.ReadFormAsync();
            return await Answer(http, viewer, await rooms.GiveUp(Id(http, viewer), sight.State, await Writes.Of(http, viewer),
                Step(sight.State, form, "gain"), Step(sight.State, form, "giveUp")));
        }).AllowsSeated(MediatorApi.Parties);
        table.MapPost("/room/answers/{place:int}/withdrawal",
            async (HttpContext http, Viewer viewer, int place, SealedRooms rooms) =>
            await TablePages.Sight(http, viewer) is null ? NegotiationApi.Unknown(http)
            : await Answer(http, viewer, await rooms.Write(Id(http, viewer), await Writes.Of(http, viewer),
                before => before with { Answers = before.Answers.Where((_, i) => i != place).ToValueList() })))
                    .AllowsSeated(MediatorApi.Parties);
    }

    private static void MapChair(RouteGroupBuilder table)
    {
        table.MapGet("/mediator", (HttpContext http, Viewer viewer) => ShowMediator(http, viewer))
            .AllowsSeated(Seat.ServiceLevelManager);
        table.MapGet("/fairness", async (HttpContext http, Viewer viewer, MediatorDesk desk) =>
        {
            if (await TablePages.Sight(http, viewer) is not { } sight) return NegotiationApi.Unknown(http);
            var report = await desk.Shared(viewer.EngagementId, Name(http));
            return Page.Of<FairnessPage>(new
            {
                Sight = sight,
                Report = report.IsRefused ? null : report.Facts[0],
                Missing = report.Refusal?.Message,
            });
        }).AllowsSeated(Seat.ServiceLevelManager, Seat.Provider, Seat.Customer);
        table.MapPost("/proposal", async (HttpContext http, Viewer viewer, MediatorDesk desk) =>
        {
            var form = await http.Request.ReadFormAsync();
            return await TablePages.Answer(http, viewer, "", await desk.Propose(
                viewer.EngagementId, Name(http), await Writes.Of(http, viewer),
                    Forms.Choice<Fairness>(form, "fairness"),
                form["message"].ToString().Trim() is { Length: > 0 } text ? text : null));
        }).AllowsSeated(Seat.ServiceLevelManager);
        table.MapPost("/draft", async (HttpContext http, Viewer viewer, MediatorDesk desk) =>
            await TablePages.Answer(http, viewer, "", await desk.Draft(
                viewer.EngagementId, Name(http), await Writes.Of(http, viewer))))
            .AllowsSeated(Seat.ServiceLevelManager);
        table.MapPost("/improvement", async (HttpContext http, Viewer viewer, MediatorDesk desk) =>
            await TablePages.Answer(http, viewer, "", await desk.Improve(
                viewer.EngagementId, Name(http), await Writes.Of(http, viewer))))
            .AllowsSeated(Seat.ServiceLevelManager);
    }

    private static async Task<IResult> ShowRoom(HttpContext http, Viewer viewer, Notice? notice)
    {
        if (await TablePages.Sight(http, viewer, notice) is not { } sight) return NegotiationApi.Unknown(http);
        var (model, _, version) = await http.Get<SealedRooms>().Model(Id(http, viewer), sight.State, viewer.Seat);
        return Page.Of<RoomPage>(new
        {
            Sight = sight,
            Model = model,
            Version = version,
            Caucus = viewer.Actor.Side is { } side ? await http.Get<CaucusDesk>().Read(Id(http, viewer), side)
                : CaucusView.Empty,
        }, notice is null ? 200 : 422);
    }

    private static async Task<IResult> ShowEqual(HttpContext http, Viewer viewer)
    {
        if (await TablePages.Sight(http, viewer) is not { } sight) return NegotiationApi.Unknown(http);
        var (rooms, side) = (http.Get<SealedRooms>(), viewer.Actor.Side!.Value);
        var found = await rooms.EqualWorth(Id(http, viewer), sight.State, side);
        var (model, space, _) = await rooms.Model(Id(http, viewer), sight.State, side);
        return Page.Of<EqualWorthPage>(new
        {
            Sight = sight,
            found.Packages,
            Points = (IReadOnlyList<double>)[.. found.Packages.Select(one => model.Points(space.Find(one)!))],
            found.Missing,
        });
    }

    private static async Task<IResult> ShowMediator(HttpContext http, Viewer viewer)
    {
        if (await TablePages.Sight(http, viewer) is not { } sight) return NegotiationApi.Unknown(http);
        var desk = http.Get<CaucusDesk>();
        return Page.Of<MediatorPage>(new
        {
            Sight = sight,
            Mediator = await http.Get<MediatorDesk>().Sight(viewer.EngagementId, Name(http)),
            Caucus = (IReadOnlyDictionary<Side, CaucusView>)new Dictionary<Side, CaucusView>
            {
                [Side.Provider] = await desk.Read(Id(http, viewer), Side.Provider),
                [Side.Customer] = await desk.Read(Id(http, viewer), Side.Customer),
            },
        });
    }

    private static Task<IResult> Answer(HttpContext http, Viewer viewer, Outcome<SealedRoomState> outcome) =>
        Writes.Answer(
        outcome, $"/engagements/{viewer.EngagementId}/negotiation/{Name(http)}/room", notice =>
            ShowRoom(http, viewer, notice));

    private static SidePreference Read(NegotiationState state, IFormCollection form)
    {
        var walkAway = Forms.Number(form, "walkAway");
        new Inputs().Check(walkAway is >= 0 and <= 100, "walkAway", "points.range", "expected points from 0 to 100")
            .Text("notes", form["notes"].ToString(), required: false).Throw();
        return new SidePreference
        {
            Swings = state.Agenda.ToDictionary(term => term.Key, term => Points(form, $"swing.{term.Key}")),
            Playbooks = state.Agenda.Select(term => (term.Key, Book: new Playbook(
                    Value(term, form, "preferred"), Value(term, form, "acceptable"), Value(term, form, "walkaway"),
                    form[$"clause.{term.Key}"].ToString().Trim() is { Length: > 0 } clause ? clause : null)))
                .Where(pair => pair.Book != new Playbook()).ToDictionary(pair => pair.Key, pair => pair.Book),
            WalkAway = walkAway,
            Notes = form["notes"].ToString().Trim() is { Length: > 0 } notes ? notes : null,
        };
    }

    /// <summary>One choice of a list: the term, and from which value to which, each on a line of its own.</summary>
    private static TermStep Step(NegotiationState state, IFormCollection form, string field) =>
        form[field].ToString().Split('\n', StringSplitOptions.TrimEntries) is [var key, var from, var to] && state.Term(key) is { } term
            ? new(key, NegotiationInputs.Text(term.Term, from, field), NegotiationInputs.Text(term.Term, to, field))
            : throw new BadInputException(field, "choice.unknown", "expected one of the choices");

    private static int Points(IFormCollection form, string field) =>
        Forms.Number(form, field) is >= 0 and <= 100 and var points
        ? points : throw new BadInputException(field, "points.range", "expected points from 0 to 100");

    private static TermValue? Value(AgendaTerm term, IFormCollection form, string field) =>
        form[$"{field}.{term.Key}"].ToString().Trim() is { Length: > 0 } text
            ? NegotiationInputs.Text(term.Term, text, $"{field}.{term.Key}") : null;

    private static Dictionary<string, TermValue> Values(NegotiationState state, IFormCollection form, string prefix) =>
        state.Agenda.ToDictionary(
        term => term.Key, term => NegotiationInputs.Text(
            term.Term, form[prefix + term.Key].ToString(), prefix + term.Key));

    private static string Name(HttpContext http) => (string)http.Request.RouteValues["table"]!;

    private static string Id(HttpContext http, Viewer viewer) => NegotiationDesk.Id(viewer.EngagementId, Name(http));
}
