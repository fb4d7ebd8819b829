using Microsoft.AspNetCore.Http;

namespace Entente.Server.Access;

/// <summary>Refuses writes that another site makes with a visitor's cookie.</summary>
/// <remarks>
/// Browsers say where a request comes from (<c>Sec-Fetch-Site</c>, <c>Origin</c>); programs with a token say neither and need no guard.
/// </remarks>
public sealed class Origins(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (IsSafe(http.Request) || IsOurs(http.Request)) await next(http);
        else await Problems.Answer(http, StatusCodes.Status403Forbidden, "origin.foreign", "This request comes from another site.").ExecuteAsync(http);
    }

    private static bool IsSafe(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    private static bool IsOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value);
    }
}
