using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server;

/// <summary>Routes whose handler is compiled when it is first asked, not when the server starts.</summary>
/// <remarks>
/// The framework compiles every handler, and the description of every body, before it answers the first request; with
/// some hundred routes that is most of a cold start. Within this assembly these words stand nearer than the
/// framework's own, so a route is written as ever. What a route accepts and answers is known from the start.
/// </remarks>
internal static class LateRoutes
{
    public static RouteHandlerBuilder MapGet(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) =>
        routes.Map(pattern, handler, HttpMethods.Get);

    public static RouteHandlerBuilder MapPost(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) =>
        routes.Map(pattern, handler, HttpMethods.Post);

    public static RouteHandlerBuilder MapPut(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) =>
        routes.Map(pattern, handler, HttpMethods.Put);

    public static RouteHandlerBuilder MapDelete(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) =>
        routes.Map(pattern, handler, HttpMethods.Delete);

    public static RouteHandlerBuilder MapMethods(this IEndpointRouteBuilder routes,
        [StringSyntax("Route")] string pattern, IEnumerable<string> methods, Delegate handler) =>
        RouteHandlerServices.Map(routes, pattern, handler, methods, RequestDelegateFactory.InferMetadata, Late);

    /// <summary>The framework's own, so that a page needs no second namespace.</summary>
    public static RouteGroupBuilder MapGroup(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string prefix) =>
        EndpointRouteBuilderExtensions.MapGroup(routes, prefix);

    private static RouteHandlerBuilder Map(
        this IEndpointRouteBuilder routes, string pattern, Delegate handler, string method) =>
        routes.MapMethods(pattern, [method], handler);

    private static RequestDelegateResult Late(
        Delegate handler, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? inferred)
    {
        var compiled = new Lazy<RequestDelegate>(() =>
            RequestDelegateFactory.Create(handler, options, inferred).RequestDelegate);
        return new(http => compiled.Value(http), inferred?.EndpointMetadata ?? []);
    }
}
