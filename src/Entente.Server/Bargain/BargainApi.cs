using System.Text.Json;
using Entente.Bargaining.Solutions;
using Entente.Formats.Bargaining;
using Entente.Server.Access;
using Entente.Server.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Bargain;

/// <summary>A bargain, and what is asked of it.</summary>
/// <param name="Domain">GENIUS XML, GeniusWeb JSON, domain.json or YAML: as text, or JSON as an object.</param>
/// <param name="Profiles">One for each party, where the domain does not hold them.</param>
/// <param name="Parties">Seats to keep, such as [0, 2]; all when absent.</param>
/// <param name="Points">Frontier points to show at most.</param>
/// <param name="Seconds">Stop after this time with the best found and its bound; at most 30.</param>
/// <param name="Memory">Megabytes the computation may use; at most 256.</param>
/// <param name="Package">Places of the values (0,2,1) or names (hours=24x7; price=50).</param>
/// <param name="Above">For frontier: a package; only what improves on it for all.</param>
/// <param name="Changes">For improve and draft: how many issues may change.</param>
/// <param name="By">For improve: how the gain is shared.</param>
/// <param name="Between">For trades: the two parties that trade, such as [0, 1].</param>
/// <param name="Count">For trades and meso: how many to show at most.</param>
/// <param name="Worth">For transfer: what one unit of utility is worth to each party in money.</param>
/// <param name="Party">For meso and elicit: whose seat.</param>
/// <param name="Target">For meso: what each package is worth to the party; else as much as the package.</param>
/// <param name="From">For explain: the package to compare with.</param>
/// <param name="To">For explain: the package that is explained.</param>
/// <param name="Lottery">For value: what may come of it, such as 0.7: hours=24x7; price=50 | 0.3: 0,2.</param>
/// <param name="Time">For value: units of negotiation time until it is signed.</param>
/// <param name="Tactics">For simulate one for each party; for tournament those that play, all when absent.</param>
/// <param name="Seed">For simulate and tournament: the same seed gives the same run.</param>
/// <param name="Rounds">For simulate and tournament: the deadline; at most 1000.</param>
/// <param name="Repeats">For tournament: runs of each pairing; at most 100.</param>
/// <param name="Swings">For elicit: points for lifting each issue from its worst to its best option.</param>
/// <param name="Answers">For elicit: answers to the questions in order, such as 12=1.</param>
/// <param name="Truthful">For elicit: answer as the party's own profile would.</param>
/// <param name="Questions">For elicit: questions at most.</param>
public sealed record BargainQuestion(
    JsonElement Domain, IReadOnlyList<JsonElement>? Profiles = null, IReadOnlyList<int>? Parties = null, int? Points = null,
    double? Seconds = null, int? Memory = null, string? Package = null, int? Changes = null, Fairness? By = null,
    IReadOnlyList<int>? Between = null, int? Count = null, IReadOnlyList<double>? Worth = null, int? Party = null,
    double? Target = null, string? From = null, string? To = null, string? Lottery = null, double? Time = null,
    IReadOnlyList<string>? Tactics = null, int? Seed = null, int? Rounds = null, int? Repeats = null,
    IReadOnlyList<double>? Swings = null, string? Answers = null, bool Truthful = false, int? Questions = null, string? Above = null);

/// <summary>REST for the mathematics of a win-win on data that is sent along; nothing is recorded.</summary>
public static class BargainApi
{
    private const int BytesMost = 16 * 1024 * 1024;
    private const int PointsMost = 100_000;

    public static void MapBargain(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/bargain").WithTags("Bargaining");
        Map(api, "/solve", "The frontier and the Nash, Kalai-Smorodinsky, egalitarian and utilitarian packages.",
            (ask, body) => BargainQuestions.Solve(ask, body.Points));
        api.MapPost("/plot", async (HttpContext http, WorkRoom room) =>
        {
            var body = await WorkRoom.Body<BargainQuestion>(http, BytesMost);
            return Results.Text(await room.Run(http, _ => BargainAsk.Answer(
                "$.domain", Place, () => BargainQuestions.Plot(Load(body)))), "image/svg+xml");
        }).Accepts<BargainQuestion>("application/json").Produces<string>(200, "image/svg+xml").AllowsSignedIn()
            .WithSummary("The frontier of the first two parties with the solutions on it, as a picture.");
        Map(api, "/frontier", "The Pareto frontier alone.", (ask, body) => BargainQuestions.Frontier(ask, body.Points, body.Above));
        Map(api, "/certify", "Proves a package efficient, or finds one that is better for somebody and worse for nobody.",
            (ask, body) => PackageQuestions.Certify(ask, body.Package));
        Map(api, "/measure", "How far a package is from the frontier and each solution, and who gains how much.",
            (ask, body) => PackageQuestions.Measure(ask, body.Package));
        Map(api, "/improve", "The fairest package that improves on a given one for all, if there is one.",
            (ask, body) => PackageQuestions.Improve(ask, body.Package, body.Changes, body.By ?? Fairness.KalaiSmorodinsky));
        Map(api, "/draft", "The next draft of a single negotiating text: few changes, nobody worse off, the least gain largest.",
            (ask, body) => PackageQuestions.Draft(ask, body.Package, body.Changes));
        Map(api, "/trades", "The best trades of two issues between two parties, nobody else harmed.",
            (ask, body) => PackageQuestions.Trades(ask, body.Package, body.Between, body.Count));
        Map(api, "/transfer", "Where money may change hands: the efficient package, and the payments that share the gain.",
            (ask, body) => PackageQuestions.Transfer(ask, body.Worth));
        Map(api, "/meso", "Several offers of equal worth to one party, far apart in terms (MESO).",
            (ask, body) => PackageQuestions.Meso(ask, body.Party, body.Target, body.Package, body.Count));
        Map(api, "/explain", "What each party gains and gives up from one package to another.",
            (ask, body) => PackageQuestions.Explain(ask, body.From, body.To));
        Map(api, "/value", "What an uncertain or a late outcome is worth: by each party's attitude to risk and discount.",
            (ask, body) => PackageQuestions.Value(ask, body.Lottery, body.Time));
        Map(api, "/conflicts", "Why no agreement exists: the smallest set of limits that conflict.",
            (ask, _) => PackageQuestions.Conflicts(ask));
        Map(api, "/simulate", "Lets simulated parties negotiate.",
            (ask, body) => PlayQuestions.Simulate(ask, body.Tactics, body.Seed, body.Rounds));
        Map(api, "/tournament", "Every tactic against every tactic, in every seat.",
            (ask, body) => PlayQuestions.Tournament(ask, body.Tactics, body.Seed, body.Rounds, body.Repeats));
        Map(api, "/elicit", "The next trade-off question of an interview, and what its answers so far say.",
            (ask, body) => InterviewQuestions.Elicit(ask, body.Party, body.Swings, body.Questions,
                InterviewQuestions.Given(ask, body.Answers, body.Truthful)));
    }

    private static void Map<TAnswer>(
        RouteGroupBuilder api, string path, string summary, Func<BargainAsk, BargainQuestion, TAnswer> answer) =>
        api.MapPost(path, async (HttpContext http, WorkRoom room) =>
        {
            var body = await WorkRoom.Body<BargainQuestion>(http, BytesMost);
            return Results.Json(await room.Run(http, _ => BargainAsk.Answer(
                "$.domain", Place, () => answer(Load(body), body))), Json.Options);
        }).Accepts<BargainQuestion>("application/json").Produces<TAnswer>().AllowsSignedIn().WithSummary(summary);

    private static string Place(string field) => $"$.{field}";

    private static BargainAsk Load(BargainQuestion ask)
    {
        new Inputs().Check(ask.Seconds is null or (> 0 and <= 30), "$.seconds", "bargain.seconds", "expected more than 0 and at most 30")
            .Check(ask.Memory is null or (>= 1 and <= 256), "$.memory", "bargain.memory", "expected 1 to 256 megabytes")
            .Check(ask.Points is null or (>= 0 and <= PointsMost), "$.points", "bargain.points", $"expected 0 to {PointsMost}")
            .Check(ask.Rounds is null or (>= 1 and <= 1000), "$.rounds", "bargain.rounds", "expected 1 to 1000")
            .Check(ask.Repeats is null or (>= 1 and <= 100), "$.repeats", "bargain.repeats", "expected 1 to 100")
            .Check(ask.Count is null or (>= 1 and <= 100), "$.count", "bargain.count", "expected 1 to 100").Throw();
        var profiles = (ask.Profiles ?? []).Select((profile, i) => new SourceText($"$.profiles[{i}]", WorkRoom.Document(profile, $"$.profiles[{i}]")));
        var reading = BargainReader.Read(new SourceText("$.domain", WorkRoom.Document(ask.Domain, "$.domain")), [.. profiles]);
        var document = reading.Get();
        var chosen = new SolveRequest(ask.Parties ?? [], ask.Points ?? 1000).Choose(document.Bargain, Place("parties"));
        return new BargainAsk(document with { Bargain = chosen }, reading.Findings, ask.Seconds ?? 10, ask.Memory ?? 256, Place);
    }
}
