using Entente.Engagements;
using Entente.Server.Documentation;
using Entente.Server.Engagements;
using Entente.Server.Negotiation;
using Entente.Storage.Agreements;
using Entente.Storage.Ledger;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Agreements;

/// <summary>The agreements stage's desks and routes.</summary>
public static class AgreementsRoom
{
    public static void AddAgreements(this IServiceCollection rooms)
    {
        rooms.AddSingleton<AgreementStore>().AddSingleton<IListKeeper>(all => all.GetRequiredService<AgreementStore>());
        rooms.AddScoped<AgreementDesk>().AddScoped<UnderpinningDesk>()
            .AddScoped<IContractPromises>(all => all.GetRequiredService<UnderpinningDesk>());
        rooms.AddScoped<ITermEvidence, UnderpinningEvidence>().AddScoped<IStageDesk, AgreementsStageDesk>();
        rooms.AddScoped<IPracticeEvidence, AgreementEvidence>();
    }

    public static void MapAgreements(this IEndpointRouteBuilder routes)
    {
        routes.MapAgreementApi();
        routes.MapClauseApi();
        routes.MapUnderpinningApi();
        AgreementPage.Map(routes);
        UnderpinningPage.Map(routes);
    }
}

/// <summary>What the third stage tells the engagement's home: who signs, and what ends soon.</summary>
public sealed class AgreementsStageDesk(AgreementDesk desk) : IStageDesk
{
    public Stage Stage => Stages.Agreements;

    public async Task<bool> IsDone(string engagement) =>
        (await desk.OfEngagement(engagement)).Any(row => row.Signed is not null);

    public async Task<IReadOnlyList<Waiting>> Waits(string engagement, EngagementState state)
    {
        List<Waiting> waits = [];
        foreach (var row in await desk.OfEngagement(engagement))
        {
            var page = $"/engagements/{engagement}/agreements/{row.Name}";
            if (row.Draft is not null)
            {
                var (agreement, _) = await desk.Read(engagement, row.Name);
                waits.AddRange(desk.Awaited(agreement).Select(one =>
                    Waiting.For(state, one.Signatory.Seat, $"sign version {row.Draft} of {row.Title}", page,
                        agreement.Draft?.DraftedAt) is var wait && one.Asked is { } asked
                        ? wait with { Person = asked.Person, Who = asked.Name } : wait));
            }
            else if (row.DaysLeft(desk.Now.InUtc().Date) is { } days)
            {
                waits.Add(Waiting.For(state, Seat.ServiceLevelManager, $"renew {row.Title}: it ends in {Counted.Of(days, "day")}",
                    $"/engagements/{engagement}/negotiation"));
            }
        }

        return waits;
    }
}
