using System.Security.Cryptography;
using System.Text.Json;
using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Negotiation;

/// <summary>Practice tables: a run is a function of what is sent, so the server keeps nothing of it.</summary>
public static class RehearsalRoutes
{
    private const int MovesMost = 50;

    public static void MapRehearsals(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/rehearsals").WithTags(Stages.Negotiation.Name);
        api.MapGet("", () => new { scenarios = RehearsalScenario.All, characters = Rehearsals.Characters.Keys })
            .AllowsSignedIn().WithSummary("Situations to practise in, and the simulated counterparts.");
        api.MapPost("", async (HttpContext http) =>
        {
            var rehearsal = await Inputs.Body<Rehearsal>(http);
            new Inputs().Check(rehearsal.Moves.Count <= MovesMost, "$.moves", "list.too_long",
                $"expected at most {MovesMost} moves").Throw();
            var played = Rehearsals.Play(rehearsal);
            return played.Refusal is { } refusal ? Problems.Refused(http, refusal)
                : Results.Json(played.Facts[0], Json.Options);
        }).Accepts<Rehearsal>("application/json").AllowsSignedIn()
            .WithSummary("Play a practice table: the same situation, counterpart, seed and moves give the same run.");

        api.MapPost("/mediation", async (HttpContext http) =>
        {
            var practice = await Inputs.Body<MediationPractice>(http);
            new Inputs().Check(practice.Moves.Count <= MovesMost, "$.moves", "list.too_long",
                $"expected at most {MovesMost} moves").Throw();
            var played = MediationPractices.Play(practice);
            return played.Refusal is { } refusal ? Problems.Refused(http, refusal)
                : Results.Json(played.Facts[0], Json.Options);
        }).Accepts<MediationPractice>("application/json").AllowsSignedIn()
            .WithSummary("Practise as a mediator between two simulated sides.");
        MapMediation(routes);

        routes.MapGet("/rehearsal", (Viewer viewer) => Page.Of<RehearsalPage>(new { Viewer = viewer }))
            .AllowsSignedIn();
        // Who comes back to the address of a table without a choice chooses again.
        routes.MapGet("/rehearsal/table", (HttpContext http, Viewer viewer, string? scenario, string? side,
            string? tactic) => (scenario, side, tactic) is not ({ } chosen, { } seat, { } character)
                ? Results.Redirect("/rehearsal")
                : Show(http, viewer, new Rehearsal(chosen, MediatorApi.SideOf(seat), character,
                    RandomNumberGenerator.GetInt32(1_000_000), []))).AllowsSignedIn();
        routes.MapPost("/rehearsal/table", async (HttpContext http, Viewer viewer) =>
        {
            var form = await http.Request.ReadFormAsync();
            return Show(http, viewer, new Rehearsal(
                form["scenario"].ToString(), MediatorApi.SideOf(form["side"].ToString()), form["tactic"].ToString(),
                    Forms.Number(form, "seed"),
                [.. Before<RehearsalMove>(form), Move(form)]));
        }).AllowsSignedIn();
    }

    private static void MapMediation(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rehearsal/mediation", (HttpContext http, Viewer viewer, string? scenario, string? provider,
            string? customer) => (scenario, provider, customer) is not ({ } chosen, { } first, { } second)
                ? Results.Redirect("/rehearsal")
                : Show(http, viewer, new MediationPractice(
                    chosen, first, second, RandomNumberGenerator.GetInt32(1_000_000), []))).AllowsSignedIn();
        routes.MapPost("/rehearsal/mediation", async (HttpContext http, Viewer viewer) =>
        {
            var form = await http.Request.ReadFormAsync();
            var move = form["act"].ToString() switch
            {
                "propose" => new PracticeMove(Propose: Move(form).Offer),
                "provider" => new PracticeMove(Ask: Side.Provider),
                "customer" => new PracticeMove(Ask: Side.Customer),
                _ => new PracticeMove(),
            };
            return Show(http, viewer, new MediationPractice(
                form["scenario"].ToString(), form["provider"].ToString(), form["customer"].ToString(),
                Forms.Number(form, "seed"), [.. Before<PracticeMove>(form), move]));
        }).AllowsSignedIn();
    }

    private static IResult Show(HttpContext http, Viewer viewer, MediationPractice practice)
    {
        var played = MediationPractices.Play(practice);
        return played.Refusal is { } refusal ? Problems.Refused(http, refusal)
            : Page.Of<MediationPracticePage>(new { Viewer = viewer, Practice = practice, State = played.Facts[0] });
    }

    private static IResult Show(HttpContext http, Viewer viewer, Rehearsal rehearsal)
    {
        var played = Rehearsals.Play(rehearsal);
        return played.Refusal is { } refusal ? Problems.Refused(http, refusal)
            : Page.Of<RehearsalPage>(new { Viewer = viewer, Rehearsal = rehearsal, State = played.Facts[0] });
    }

    private static IReadOnlyList<TMove> Before<TMove>(IFormCollection form)
    {
        try
        {
            var moves = JsonSerializer.Deserialize<List<TMove>>(form["moves"].ToString(), Json.Options) ?? [];
            new Inputs().Check(moves.Count <= MovesMost, "moves", "list.too_long",
                $"expected at most {MovesMost} moves").Throw();
            return moves;
        }
        catch (JsonException json)
        {
            throw Inputs.Of(json);
        }
    }

    private static RehearsalMove Move(IFormCollection form)
    {
        if (form["act"] == "leave") return new RehearsalMove(Leave: true);
        if (form["act"] == "accept") return new RehearsalMove();
        var scenario = RehearsalScenario.All.FirstOrDefault(one => one.Key == form["scenario"].ToString());
        return new RehearsalMove((scenario?.Terms ?? [])
            .Select((term, i) => (term.Title, Option: form[$"option.{i}"].ToString()))
            .ToDictionary(pair => pair.Title, pair => pair.Option));
    }
}
