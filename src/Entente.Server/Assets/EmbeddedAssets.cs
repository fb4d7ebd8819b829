using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Assets;

/// <summary>Serves the style sheets, scripts and fonts that lie inside the program.</summary>
public static class EmbeddedAssets
{
    public static IEndpointConventionBuilder MapAssets(this IEndpointRouteBuilder app) =>
        app.MapMethods("/assets/{version}/{**path}", [HttpMethods.Get, HttpMethods.Head], Serve).AllowAnonymous();

    private static async Task Serve(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (AssetPath.Find((string?)request.RouteValues["path"] ?? "") is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var sendsGzip = asset.Compressed && AcceptsGzip(request);
        var tag = new EntityTagHeaderValue($"\"{AssetPath.Version}{(sendsGzip ? "-gz" : "")}\"");
        // While a new version rolls out, a page of one node may ask another: the file comes, but is not kept.
        response.Headers.CacheControl = (string?)request.RouteValues["version"] == AssetPath.Version
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        response.Headers.ETag = tag.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        if (asset.Compressed) response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = ContentType(asset.Path);
        if (sendsGzip) response.Headers.ContentEncoding = "gzip";
        await using var stored = asset.Open();
        if (sendsGzip || !asset.Compressed) response.ContentLength = stored.Length;
        if (HttpMethods.IsHead(request.Method)) return;
        await using var content = asset.Compressed && !sendsGzip ? new GZipStream(stored, CompressionMode.Decompress) : stored;
        await content.CopyToAsync(response.Body, context.RequestAborted);
    }

    private static bool AcceptsGzip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(coding => coding.Value is { Value: "gzip" or "*" } && coding.Quality is not 0);

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        ".png" => "image/png",
        ".json" => "application/json",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
