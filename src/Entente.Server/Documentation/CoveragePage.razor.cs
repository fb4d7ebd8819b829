using System.Text.Json;
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
public sealed record CoverageView(
    IReadOnlyList<InventoryItem.Asset> Unused, IReadOnlyList<InventoryItem.Asset> Unmeasured, IReadOnlyDictionary<string, IReadOnlyList<string>> Single,
    IReadOnlyList<string> Groundless, Money? UnusedRun, string? UnusedRunProblem)
{
    public static CoverageView Of(Coverage coverage, Actor reader)
    {
        var (run, problem) = Spending(coverage, reader);
        return new(Seen(coverage.Unused), Seen(coverage.Unmeasured), coverage.Single, coverage.Groundless, run, problem);

        List<InventoryItem.Asset> Seen(IReadOnlyList<InventoryItem.Asset> assets) =>
            [.. assets.Select(asset => (InventoryItem.Asset)InventoryDesk.Seen(reader, asset))];
    }

    /// <summary>What running the unused assets costs in a month, of those whose cost the reader may see; or why that cannot be added up.</summary>
    public static (Money? Run, string? Problem) Spending(Coverage coverage, Actor reader)
    {
        var sum = InventoryRules.Sum([.. coverage.Unused.Where(asset => InventoryRules.MaySeeCost(reader, asset.Side)).Select(asset => asset.Run)
            .OfType<Money>()]);
        return (sum is { IsRefused: false, Facts: [var run] } ? run : null, sum.Refusal?.Message);
    }
}

/// <summary>What an asset's failure stops, as programs see it.</summary>
public sealed record ImpactView(string Asset, IReadOnlyList<ImpactPath> Services);

/// <summary>A service that stops, and the path by which the failure reaches it.</summary>
public sealed record ImpactPath(string Service, IReadOnlyList<string> Path);

/// <summary>Services on assets: what carries nothing, what carries too much, what nobody measures, and what a failure stops.</summary>
public sealed partial class CoveragePage
{
    private const int LinksMost = 400;
    private const int GraphsMost = 20;

    [Parameter] public Viewer Viewer { get; set; } = null!;
    [Parameter] public EngagementHead Head { get; set; } = null!;
    /// <summary>Of its assets the page shows name and key only: what they cost is told by <see cref="Spending"/>.</summary>
    [Parameter] public Coverage Coverage { get; set; } = null!;
    [Parameter] public (Money? Run, string? Problem) Spending { get; set; }
    [Parameter] public string? Asset { get; set; }
    [Parameter] public IReadOnlyList<(string Service, IReadOnlyList<string> Path)> Stopped { get; set; } = [];
    [Parameter] public IReadOnlyList<(string Service, IReadOnlyList<(string From, string To)> Links)> Graphs { get; set; } = [];

    /// <summary>Keys of everything that the failure of the asset stops, itself included.</summary>
    [Parameter] public IReadOnlySet<string> Down { get; set; } = new HashSet<string>();

    private string Base => $"/engagements/{Head.Id}/inventory/coverage";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/inventory").WithTags(Stages.Documentation.Name);
        api.MapGet("/coverage", async (Viewer viewer, CoverageDesk desk) =>
            CoverageView.Of((await desk.Read(viewer.EngagementId, viewer.Actor)).Coverage, viewer.Actor)).AllowsSeated()
            .WithSummary("Assets that no service uses, services that one asset can stop, and assets that nothing measures.");
        api.MapGet("/impact/{asset}", async (Viewer viewer, string asset, CoverageDesk desk) =>
            new ImpactView(asset, [.. (await desk.Read(viewer.EngagementId, viewer.Actor)).Map.ServicesStoppedBy(asset)
                .Select(one => new ImpactPath(one.Service, one.Path))]))
            .AllowsSeated().WithSummary("The services that stop when an asset fails, each with its path.");
        routes.MapGet("/engagements/{engagement}/inventory/coverage", async (
            Viewer viewer, string? asset, CoverageDesk desk, CatalogueDesk catalogue, EngagementDesk engagements) =>
        {
            var kept = await desk.Read(viewer.EngagementId, viewer.Actor);
            var services = (await catalogue.Read(viewer.EngagementId)).State.Current.Select(entry => entry.Key);
            asset = string.IsNullOrWhiteSpace(asset) ? null : asset.Trim();
            return Page.Of<CoveragePage>(new
            {
                Viewer = viewer,
                Head = await engagements.Head(viewer.EngagementId),
                kept.Coverage,
                Spending = CoverageView.Spending(kept.Coverage, viewer.Actor),
                Asset = asset,
                Stopped = asset is null ? [] : kept.Map.ServicesStoppedBy(asset),
                Down = asset is null ? [] : kept.Map.Impact([asset]).Keys.Select(id => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..])
                    .ToHashSet(StringComparer.Ordinal),
                Graphs = services.Select(service => (service, kept.Links(service))).Where(pair => pair.Item2.Count > 0)
                    .Where(pair => asset is null || pair.Item2.Any(link => link.From == asset || link.To == asset)).Take(GraphsMost).ToList(),
            });
        }).AllowsSeated();
    }

    /// <remarks>What stops is drawn in the colour of a miss and its links thick; the table beside says the same in words.</remarks>
    private string Chart(string service, IReadOnlyList<(string From, string To)> links) => JsonSerializer.Serialize(new
    {
        tooltip = new { },
        series = new[]
        {
            new
            {
                type = "graph", layout = "force", roam = true, edgeSymbol = new[] { "none", "arrow" }, force = new { repulsion = 120 },
                label = new { show = true },
                data = links.Take(LinksMost).SelectMany(link => new[] { link.From, link.To }).Append(service).Distinct().Select(key => new
                {
                    name = key, symbolSize = key == service ? 26 : 12, symbol = Down.Contains(key) ? "diamond" : "circle",
                    itemStyle = new { color = Down.Contains(key) ? "var(--missed)" : key == service ? "var(--customer)" : "var(--provider)" },
                }),
                links = links.Take(LinksMost).Select(link => new
                {
                    source = link.From, target = link.To,
                    lineStyle = new { width = Down.Contains(link.From) && Down.Contains(link.To) ? 3 : 1 },
                }),
            },
        },
    });
}
