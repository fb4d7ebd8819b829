using Entente.Server.Engagements;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Documentation;

/// <summary>The documentation stage's desks and routes.</summary>
public static class DocumentationRoom
{
    public static void AddDocumentation(this IServiceCollection rooms) =>
        rooms.AddScoped<CharterDesk>().AddScoped<IStageDesk, DocumentationDesk>();

    public static void MapDocumentation(this IEndpointRouteBuilder routes)
    {
        routes.MapCharterApi();
        CharterPage.Map(routes);
    }
}
