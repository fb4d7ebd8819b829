using Entente.Server.Access;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server;

/// <summary>One call of the REST interface, as its page shows it.</summary>
public sealed record ApiRoute(string Tag, string Method, string Path, string Summary, string Who);

/// <summary>The REST interface in words, made from the routes themselves.</summary>
public sealed partial class ApiPage
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api", (HttpContext http, EndpointDataSource endpoints) =>
            Page.Of<ApiPage>(new { Viewer = http.Features.Get<Viewer>(), Routes = Of(endpoints) })).AllowsAnyone().ExcludeFromDescription();

    /// <summary>Every call under <c>/api/v1</c>, by tag and path.</summary>
    public static IReadOnlyList<ApiRoute> Of(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) == true)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => new ApiRoute(
                endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags.FirstOrDefault() ?? "Other", method, endpoint.RoutePattern.RawText!.TrimEnd('/'),
                endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? "", Who(endpoint.Metadata.GetMetadata<Allowed>()))))
            .OrderBy(route => Order(route.Tag)).ThenBy(route => route.Tag, StringComparer.Ordinal)
            .ThenBy(route => route.Path, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal),
    ];

    private static int Order(string tag) => Stages.All.FirstOrDefault(stage => stage.Name == tag)?.Number ?? 0;

    private static string Who(Allowed? allowed) => allowed switch
    {
        Allowed.Anyone => "anyone",
        Allowed.SignedIn => "everyone signed in",
        Allowed.Administrator => "administrators",
        Allowed.Seated { Seats.Length: 0 } => "everyone with a seat",
        Allowed.Seated seated => string.Join(", ", seated.Seats.Select(seat => seat.Words)),
        _ => "",
    };
}
