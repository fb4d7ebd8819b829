using System.Net.Mime;
using System.Text.Json;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Entente.Server;

/// <summary>One finding in a problem: where it stands and what was expected there.</summary>
public sealed record ProblemPlace(string Path, string Message, int? Line = null);

/// <summary>RFC 9457 problem details with our stable codes.</summary>
public sealed record Problem(
    string Type, string Title, int Status, string Code, string Detail, IReadOnlyList<ProblemPlace>? Errors = null, long? NewerVersion = null,
    object? Merge = null);

/// <summary>The one table from failures to answers: refusals 409 and 422, bad input 400, bugs 500, for programs and for people.</summary>
public static class Problems
{
    public static IResult Answer(
        HttpContext http, int status, string code, string message, IReadOnlyList<ProblemPlace>? errors = null, long? newerVersion = null,
        object? merge = null)
    {
        var problem = new Problem($"urn:entente:problem:{code}", Title(status), status, code, message, errors, newerVersion, merge);
        return WantsPage(http)
            ? Page.Of<ProblemPage>(new { Problem = problem, Viewer = http.Features.Get<Access.Viewer>() }, status)
            : Results.Text(JsonSerializer.Serialize(problem, Json.Options), "application/problem+json", statusCode: status);
    }

    public static IResult Refused(HttpContext http, Refusal refusal) =>
        Answer(http, StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Message);

    /// <param name="merge">Base, theirs and mine, where the text is one that can be merged.</param>
    public static IResult Stale(HttpContext http, long newer, object? merge = null) => Answer(
        http, StatusCodes.Status409Conflict, "ledger.newer_version",
        $"Somebody else wrote in the meantime: this now stands at version {newer}. Read it again and repeat your change.", newerVersion: newer,
        merge: merge);

    public static IResult BadInput(HttpContext http, BadInputException bad) => Answer(
        http, StatusCodes.Status400BadRequest, "input.invalid", bad.Message,
        [.. bad.Findings.Where(f => f.Severity == Severity.Error).Select(f => new ProblemPlace(f.Path, f.Message, f.Line))]);

    public static bool WantsPage(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && http.Request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers what a route threw. What is not an input failure is a bug: logged whole, shown never.</summary>
    public static async Task Caught(HttpContext http)
    {
        var failure = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var log = http.RequestServices.GetService(typeof(ILoggerFactory)) as ILoggerFactory;
        if (failure is not (BadInputException or BadHttpRequestException) && !IsStorageFault(failure))
            Log.Bug(log!.CreateLogger("Entente"), failure, http.Request.Method, http.Request.Path);
        var answer = failure switch
        {
            BadInputException bad => BadInput(http, bad),
            BadHttpRequestException { InnerException: JsonException json } => BadInput(http, Inputs.Of(json)),
            BadHttpRequestException bad => Answer(http, bad.StatusCode, "input.invalid", bad.Message),
            _ when IsStorageFault(failure) => Answer(http, StatusCodes.Status503ServiceUnavailable, "storage.unavailable",
                $"The database could not write ({failure!.Message.TrimEnd('.')}); nothing was recorded. Try again once it has room or is free."),
            _ => Answer(http, StatusCodes.Status500InternalServerError, "bug", "Something went wrong on our side. It was logged; nothing was recorded."),
        };
        await answer.ExecuteAsync(http);
    }

    private static bool IsStorageFault(Exception? failure) =>
        failure is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 }
            or Npgsql.NpgsqlException { IsTransient: true } or Npgsql.PostgresException { SqlState: "53100" or "55P03" };

    private static string Title(int status) => status switch
    {
        400 => "Bad input",
        401 => "Sign in first",
        403 => "Not allowed",
        404 => "Not found",
        405 or 415 => "Not in this way",
        409 => "Somebody was quicker",
        410 => "No longer valid",
        422 => "Refused",
        503 => "The database is not available",
        _ => "Our mistake",
    };
}

/// <summary>What the server logs.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    public static partial void Bug(ILogger log, Exception? failure, string method, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Worker} failed and goes on")]
    public static partial void WorkerFailed(ILogger log, Exception failure, string worker);
}
