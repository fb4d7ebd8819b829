using Entente.Storage.Monitoring;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Time;

/// <summary>Service time: questions about calendars, clocks and logs.</summary>
public static class TimeRoom
{
    public static void AddTime(this IServiceCollection rooms) => rooms.AddSingleton<WorkRoom>().AddSingleton<CaseStore>()
        .AddSingleton<CaseShelf>().AddSingleton<BreachNews>().AddHostedService<BreachWorker>().AddScoped<CaseDesk>().AddScoped<CalendarDesk>()
            .AddScoped<DiscoveryShelf>();

    public static void MapTime(this IEndpointRouteBuilder routes)
    {
        routes.MapTimeApi();
        routes.MapClockApi();
        routes.MapDiscoverApi();
        routes.MapCalendarApi();
        routes.MapCaseApi();
        CalendarsPage.Map(routes);
        CalendarPage.Map(routes);
        CasesPage.Map(routes);
        CasePage.Map(routes);
        DiscoveryPage.Map(routes);
    }
}
