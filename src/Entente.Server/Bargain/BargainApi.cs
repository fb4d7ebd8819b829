using System.Diagnostics;
using System.Text.Json;
using Entente.Bargaining;
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
/// <param name="Package">For certify and improve: places of the values (0,2,1) or names (hours=24x7; price=50).</param>
/// <param name="Changes">For improve: how many issues may change.</param>
/// <param name="By">For improve: how the gain is shared.</param>
public sealed record BargainQuestion(
    JsonElement Domain, IReadOnlyList<JsonElement>? Profiles = null, IReadOnlyList<int>? Parties = null, int? Points = null,
    double? Seconds = null, int? Memory = null, string? Package = null, int? Changes = null, Fairness? By = null);

/// <summary>REST for the mathematics of a win-win on data that is sent along; nothing is recorded.</summary>
public static class BargainApi
{
    private const int BytesMost = 16 * 1024 * 1024;
    private const int PointsMost = 100_000;

    public static void MapBargain(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/bargain").WithTags("Bargaining");
        Map<SolveAnswer>(api, "/solve", Solve, "The frontier and the Nash, Kalai-Smorodinsky, egalitarian and utilitarian packages.");
        Map<FrontierOnly>(api, "/frontier", Frontier, "The Pareto frontier alone.");
        Map<CertifyAnswer>(api, "/certify", Certify, "Proves a package efficient, or finds one that is better for somebody and worse for nobody.");
        Map<ImproveAnswer>(api, "/improve", Improve, "The fairest package that improves on a given one for all, if there is one.");
    }

    private static void Map<TAnswer>(RouteGroupBuilder api, string path, Func<Loaded, TAnswer> answer, string summary) =>
        api.MapPost(path, async (HttpContext http, WorkRoom room) =>
        {
            var ask = await WorkRoom.Body<BargainQuestion>(http, BytesMost);
            return Results.Json(await room.Run(http, _ => Answer(ask, answer)), Json.Options);
        }).Accepts<BargainQuestion>("application/json").Produces<TAnswer>().AllowsSignedIn().WithSummary(summary);

    private static TAnswer Answer<TAnswer>(BargainQuestion ask, Func<Loaded, TAnswer> answer)
    {
        try
        {
            return answer(Load(ask));
        }
        catch (BargainException wrong)
        {
            throw new BadInputException(wrong.Path.Length == 0 ? "$" : wrong.Path, wrong.Code, wrong.Message);
        }
    }

    private static Loaded Load(BargainQuestion ask)
    {
        new Inputs().Check(ask.Seconds is null or (> 0 and <= 30), "$.seconds", "bargain.seconds", "expected more than 0 and at most 30")
            .Check(ask.Memory is null or (>= 1 and <= 256), "$.memory", "bargain.memory", "expected 1 to 256 megabytes")
            .Check(ask.Points is null or (>= 0 and <= PointsMost), "$.points", "bargain.points", $"expected 0 to {PointsMost}")
            .Check(ask.Changes is null or >= 1, "$.changes", "bargain.changes", "expected at least 1").Throw();
        var profiles = (ask.Profiles ?? []).Select((profile, i) => new SourceText($"$.profiles[{i}]", WorkRoom.Document(profile, $"$.profiles[{i}]")));
        var reading = BargainReader.Read(new SourceText("$.domain", WorkRoom.Document(ask.Domain, "$.domain")), [.. profiles]);
        var document = reading.Get();
        var chosen = new SolveRequest(ask.Parties ?? [], ask.Points ?? 1000).Choose(document.Bargain);
        return new(ask, document.Name, chosen, [.. reading.Findings.Select(finding => $"{finding.Path}: {finding.Message}")],
            BargainQuestions.Bounded(ask.Seconds ?? 10, ask.Memory ?? 256, field => $"$.{field}"), Stopwatch.StartNew());
    }

    private static SolveAnswer Solve(Loaded loaded)
    {
        var (frontier, set) = Solver.SolveAll(loaded.Bargain, loaded.Limits);
        return SolveAnswer.From(loaded.Name, loaded.Bargain, frontier, set, loaded.Points, loaded.Seconds(), loaded.Warnings);
    }

    private static FrontierOnly Frontier(Loaded loaded) => FrontierOnly.From(
        loaded.Name, loaded.Bargain, Solver.Frontier(loaded.Bargain, loaded.Limits), loaded.Points, loaded.Seconds(), loaded.Warnings);

    private static CertifyAnswer Certify(Loaded loaded) =>
        BargainQuestions.Certify(loaded.Bargain, Package(loaded), loaded.Limits, loaded.Seconds);

    private static ImproveAnswer Improve(Loaded loaded) => BargainQuestions.Improve(
        loaded.Bargain, Package(loaded), loaded.Ask.Changes, loaded.Ask.By ?? Fairness.KalaiSmorodinsky, loaded.Limits, loaded.Seconds);

    private static Bargaining.Issues.Package Package(Loaded loaded)
    {
        try
        {
            return BargainQuestions.ReadPackage(loaded.Bargain.Space, loaded.Ask.Package
                ?? throw new BadInputException("$.package", "bargain.package", "expected a package such as 0,2,1 or hours=24x7; price=50"));
        }
        catch (BadInputException bad)
        {
            throw new BadInputException([.. bad.Findings.Select(finding => finding with { Path = "$.package" })]);
        }
    }

    private sealed record Loaded(
        BargainQuestion Ask, string Name, Bargaining.Bargain Bargain, IReadOnlyList<string> Warnings, Limits Limits, Stopwatch Watch)
    {
        public int Points => Ask.Points ?? 1000;

        public double Seconds() => Watch.Elapsed.TotalSeconds;
    }
}
