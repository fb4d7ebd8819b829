using Entente.Server.Engagements;
using Entente.Storage.Ledger;
using Entente.Storage.Negotiation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Negotiation;

/// <summary>The negotiation stage's desks and routes.</summary>
public static class NegotiationRoom
{
    public static void AddNegotiation(this IServiceCollection rooms)
    {
        rooms.AddDataProtection().UseCryptographicAlgorithms(
            new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        rooms.AddSingleton<SealedBox>().AddSingleton<EngineMemory>();
        rooms.AddSingleton<NegotiationStore>().AddSingleton<IListKeeper>(
            all => all.GetRequiredService<NegotiationStore>());
        rooms.AddScoped<SealedRooms>().AddScoped<CaucusDesk>().AddScoped<MediatorDesk>().AddScoped<NegotiationDesk>()
            .AddScoped<ConcernDesk>()
            .AddScoped<TableAdvice>().AddScoped<EvidenceDesk>().AddScoped<CertificateDesk>().AddScoped<CostDesk>().AddScoped<TableHours>()
            .AddScoped<ITermEvidence, CostEvidence>().AddScoped<ITermEvidence, LossEvidence>().AddScoped<IStageDesk, NegotiationStageDesk>();
    }

    public static void MapNegotiation(this IEndpointRouteBuilder routes)
    {
        routes.MapNegotiationApi();
        routes.MapCostApi();
        NegotiationPage.Map(routes);
        routes.MapTablePages();
        CostPage.Map(routes);
        routes.MapMediatorApi();
        routes.MapMediatorPages();
        routes.MapCaucuses();
        routes.MapRehearsals();
    }
}
