using Entente.Server.Documentation;
using Entente.Server.Engagements;
using Entente.Server.Negotiation;
using Entente.Storage.Agreements;
using Entente.Storage.Monitoring;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;

namespace Entente.Server.Monitoring;

/// <summary>The monitoring stage's desks and routes.</summary>
public static class MonitoringRoom
{
    public static void AddMonitoring(this IServiceCollection rooms)
    {
        rooms.TryAddSingleton<AgreementStore>();
        rooms.AddSingleton<MeasurementStore>().AddSingleton<HistoryShelf>();
        rooms.AddSingleton(all => new KeptResults(all.GetRequiredService<IClock>())).AddScoped<HistoryEvidence>()
            .AddScoped<ITermEvidence>(all => all.GetRequiredService<HistoryEvidence>()).AddScoped<IGapEvidence, GapHistory>();
        rooms.AddHostedService<EvidenceWorker>();
        rooms.AddScoped<MeasurementDesk>().AddScoped<PromiseDesk>().AddScoped<IStageDesk, MonitoringDesk>();
    }

    public static void MapMonitoring(this IEndpointRouteBuilder routes)
    {
        routes.MapMonitoringApi();
        MonitoringPage.Map(routes);
    }
}
