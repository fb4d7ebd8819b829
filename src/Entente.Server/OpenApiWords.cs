using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Entente.Server;

/// <summary>What the OpenAPI document says of itself; tags follow the stages.</summary>
public static class OpenApiWords
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = route => route.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(Introduce);
    }

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info.Title = "Entente";
        document.Info.Version = "v1";
        document.Info.Description =
            """
            Service level agreements from the first conversation to the monthly review.
            Send an API token as `Authorization: Bearer …`. Writes take `If-Match: "version"` (409 names the newer version) and
            `Idempotency-Key` (the same key and request are recorded once). Refusals are problem details with a stable `code`.
            """;
        return Task.CompletedTask;
    }
}
