using Entente.Documentation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Documentation;

/// <summary>Coverage as programs see it.</summary>
/// <param name="UnusedRun">What the assets that no service uses cost in a month, as far as the reader may know.</param>
/// <param name="UnusedRunProblem">Why that cannot be added up.</param>
/// <param name="UnusedRuns">The same by currency.</param>
/// <param name="UnusedUntold">How many of them tell no cost, of those whose cost the reader may see.</param>
public sealed record CoverageView(
    IReadOnlyList<InventoryItem.Asset> Unused, IReadOnlyList<InventoryItem.Asset> Unmeasured, IReadOnlyDictionary<string, IReadOnlyList<string>> Single,
    IReadOnlyList<string> Groundless, Money? UnusedRun, string? UnusedRunProblem, IReadOnlyList<Money> UnusedRuns, int UnusedUntold)
{
    public static CoverageView Of(Coverage coverage, Actor reader)
    {
        var spending = Spending.Of(coverage, reader);
        return new(Seen(coverage.Unused), Seen(coverage.Unmeasured), coverage.Single, coverage.Groundless,
            spending.Runs is [var only] ? only : null, spending.Problem, spending.Runs, spending.Untold);

        List<InventoryItem.Asset> Seen(IReadOnlyList<InventoryItem.Asset> assets) =>
            [.. assets.Select(asset => (InventoryItem.Asset)InventoryDesk.Seen(reader, asset))];
    }
}

/// <summary>What running the unused assets costs in a month, of those whose cost the reader may see.</summary>
/// <param name="Runs">By currency, the largest first.</param>
/// <param name="Untold">How many tell no cost.</param>
/// <param name="Problem">Why there is no one sum.</param>
public sealed record Spending(IReadOnlyList<Money> Runs, int Untold, string? Problem)
{
    public static Spending Of(Coverage coverage, Actor reader)
    {
        var seen = coverage.Unused.Where(asset => InventoryRules.MaySeeCost(reader, asset.Side)).ToList();
        var runs = seen.Select(asset => asset.Run).OfType<Money>().ToList();
        return new(
            [.. runs.GroupBy(run => run.Currency).Select(one => new Money(one.Sum(run => run.Amount), one.Key)).OrderByDescending(sum => sum.Amount)],
            seen.Count - runs.Count, InventoryRules.Sum(runs).Refusal?.Message);
    }
}

/// <summary>What an asset's failure stops, as programs see it.</summary>
/// <param name="Services">The services that stop.</param>
/// <param name="RestOnIt">All services that rest on it, those too that go on without it.</param>
public sealed record ImpactView(
    string Asset, IReadOnlyList<ImpactPath> Services, IReadOnlyList<string> RestOnIt, IReadOnlyList<string> StandsOn,
    IReadOnlyList<string> Carries, IReadOnlyList<string> Spares)
{
    public static ImpactView Of(ServiceMap map, string asset)
    {
        var place = map.PlaceOf(asset);
        return new(asset, [.. map.ServicesStoppedBy(asset).Select(one => new ImpactPath(one.Service, one.Path))],
            [.. place.Services.Select(service => service.Key)], Keys(place.StandsOn), Keys(place.Carries), Keys(place.Spares));

        static List<string> Keys(IReadOnlyList<InventoryItem.Asset> assets) => [.. assets.Select(one => one.Key)];
    }
}

/// <summary>A service that stops, and the path by which the failure reaches it.</summary>
public sealed record ImpactPath(string Service, IReadOnlyList<string> Path);

/// <summary>Services on assets: what carries nothing, what carries too much, what nobody measures, and what a failure stops.</summary>
public sealed partial class CoveragePage
{
    private const int LinksMost = 100;
    private const int GraphsMost = 12;
    private const int ChipsMost = 40;
    private const int SingleMost = 20;

    [Parameter] public Viewer Viewer { get; set; } = null!;
    [Parameter] public EngagementHead Head { get; set; } = null!;
    /// <summary>Of its assets the page shows name and key only: what they cost is told by <see cref="Spending"/>.</summary>
    [Parameter] public Coverage Coverage { get; set; } = null!;
    [Parameter] public Spending Spending { get; set; } = null!;
    [Parameter] public string? Asset { get; set; }
    [Parameter] public IReadOnlyList<(string Service, IReadOnlyList<string> Path)> Stopped { get; set; } = [];
    [Parameter]
    public IReadOnlyList<(string Service, IReadOnlyList<(string From, string To)> Links, ServicePicture Picture)> Graphs { get; set; } = [];

    /// <summary>Whether the asset that is asked about stands in the inventory.</summary>
    [Parameter] public bool IsKnown { get; set; }

    /// <summary>What people call the services and assets on the page.</summary>
    [Parameter] public IReadOnlyDictionary<string, string> Names { get; set; } = new Dictionary<string, string>();

    /// <summary>Keys of everything that the failure of the asset stops, itself included.</summary>
    [Parameter] public IReadOnlySet<string> Down { get; set; } = new HashSet<string>();

    private string Base => $"/engagements/{Head.Id}/inventory/coverage";

    private string Called(string key) => Names.GetValueOrDefault(key, key);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/inventory").WithTags(Stages.Documentation.Name);
        api.MapGet("/coverage", async (Viewer viewer, CoverageDesk desk) =>
            CoverageView.Of((await desk.Read(viewer.EngagementId, viewer.Actor)).Coverage, viewer.Actor)).AllowsSeated()
            .WithSummary("Assets that no service uses, services that one asset can stop, and assets that nothing measures.");
        api.MapGet("/impact/{asset}", async (HttpContext http, Viewer viewer, string asset, CoverageDesk desk) =>
        {
            var map = (await desk.Read(viewer.EngagementId, viewer.Actor)).Map;
            return map.Find(asset) is null
                ? Problems.Answer(http, 404, "inventory.unknown", $"There is no asset '{asset}' in the inventory.")
                : Results.Ok(ImpactView.Of(map, asset));
        })
            .Produces<ImpactView>().AllowsSeated().WithSummary("The services that stop when an asset fails, each with its path.");
        routes.MapGet("/engagements/{engagement}/inventory/coverage", async (
            Viewer viewer, string? asset, CoverageDesk desk, CatalogueDesk catalogue, EngagementDesk engagements) =>
        {
            var kept = await desk.Read(viewer.EngagementId, viewer.Actor);
            var entries = (await catalogue.Read(viewer.EngagementId)).State.Current.ToDictionary(entry => entry.Key, entry => entry.Card.Name);
            asset = string.IsNullOrWhiteSpace(asset) ? null : asset.Trim();
            var down = asset is null ? [] : kept.Map.Impact([asset]).Keys.Select(id => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..])
                .ToHashSet(StringComparer.Ordinal);
            var graphs = entries.Keys.Select(service => (service, Links: kept.Links(service))).Where(pair => pair.Links.Count > 0)
                .Where(pair => asset is null || pair.Links.Any(link => link.From == asset || link.To == asset)).Take(GraphsMost)
                .Select(pair => (pair.service, pair.Links, Picture: ServicePicture.Of(
                    pair.service, pair.Links, down, kept.Coverage.Single[pair.service].ToHashSet(StringComparer.Ordinal)))).ToList();
            return Page.Of<CoveragePage>(new
            {
                Viewer = viewer,
                Head = await engagements.Head(viewer.EngagementId),
                kept.Coverage,
                Spending = Spending.Of(kept.Coverage, viewer.Actor),
                Asset = asset,
                IsKnown = asset is not null && kept.Map.Find(asset) is not null,
                Stopped = asset is null ? [] : kept.Map.ServicesStoppedBy(asset),
                Down = down,
                Graphs = graphs,
                Names = graphs.SelectMany(graph => graph.Picture.Nodes).Select(node => node.Key)
                    .Concat(kept.Coverage.Single.SelectMany(pair => pair.Value.Take(SingleMost).Prepend(pair.Key))).Append(asset ?? "")
                    .Where(key => key.Length > 0).Distinct().ToDictionary(
                        key => key, key => entries.GetValueOrDefault(key) ?? kept.Map.Find(key)?.Name ?? key, StringComparer.Ordinal),
            });
        }).AllowsSeated();
    }
}
