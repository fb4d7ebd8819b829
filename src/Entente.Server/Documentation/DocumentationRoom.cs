using Entente.Server.Engagements;
using Entente.Storage.Documentation;
using Entente.Storage.Ledger;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Documentation;

/// <summary>The documentation stage's desks and routes.</summary>
public static class DocumentationRoom
{
    public static void AddDocumentation(this IServiceCollection rooms)
    {
        rooms.AddSingleton(_ => new LiveSources(new HttpClient(ToolNetwork.Handler())
        {
            Timeout = TimeSpan.FromSeconds(60),
            MaxResponseContentBufferSize = 64 * 1024 * 1024,
        }));
        rooms.AddSingleton<ServiceHistories>().AddSingleton<KeptMaps>().AddSingleton<KeptHashes>()
            .AddSingleton<HeardStore>().AddSingleton<VoiceStore>().AddSingleton<InventoryStore>()
            .AddSingleton<IListKeeper>(all => all.GetRequiredService<InventoryStore>());
        rooms.AddScoped<CharterDesk>().AddScoped<RequestDesk>().AddScoped<SheetDesk>().AddScoped<CatalogueDesk>()
            .AddScoped<InventoryDesk>().AddScoped<RoomDesk>().AddScoped<RoomDesks>()
            .AddScoped<ImportDesk>()
            .AddScoped<VoiceDesk>().AddScoped<VoiceBoxDesk>()
            .AddScoped<GlossaryDesk>().AddScoped<FitDesk>().AddScoped<DocumentDesk>().AddScoped<CoverageDesk>();
        rooms.AddScoped<GapDesk>().AddScoped<IGapEvidence, SheetEvidence>();
        rooms.AddScoped<IStageDesk, DocumentationDesk>();
        rooms.AddHostedService<VoiceWorker>();
    }

    public static void MapDocumentation(this IEndpointRouteBuilder routes)
    {
        routes.MapCharterApi();
        routes.MapInventoryApi();
        routes.MapImportApi();
        routes.MapCatalogueApi();
        routes.MapRoomApi();
        routes.MapGapApi();
        DocumentationPage.Map(routes);
        CharterPage.Map(routes);
        InventoryPage.Map(routes);
        InventoryItemPage.Map(routes);
        ImportsPage.Map(routes);
        ImportPage.Map(routes);
        CataloguePage.Map(routes);
        ServicePage.Map(routes);
        ServiceHistoryPage.Map(routes);
        ComparisonPage.Map(routes);
        RequestsPage.Map(routes);
        TracePage.Map(routes);
        SheetEditionsPage.Map(routes);
        PublicCataloguePage.Map(routes);
        RoomPage.Map(routes);
        InterviewPage.Map(routes);
        CoveragePage.Map(routes);
        routes.MapVoiceApi();
        VoicesPage.Map(routes);
        GlossaryPage.Map(routes);
        FitPage.Map(routes);
        DocumentsPage.Map(routes);
    }
}
