using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Time;

/// <summary>Service time: questions about calendars, clocks and logs.</summary>
public static class TimeRoom
{
    public static void AddTime(this IServiceCollection rooms) => rooms.AddSingleton<WorkRoom>();

    public static void MapTime(this IEndpointRouteBuilder routes)
    {
        routes.MapTimeApi();
        routes.MapClockApi();
        routes.MapDiscoverApi();
    }
}
