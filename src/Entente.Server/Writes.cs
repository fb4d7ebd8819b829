using System.Security.Cryptography;
using System.Text;
using Entente.Server.Access;
using Entente.Server.Layout;
using Entente.Storage.Ledger;
using Microsoft.AspNetCore.Http;

namespace Entente.Server;

/// <summary>Decodes how a request asks to write, and answers how the write ended, for programs and for people.</summary>
public static class Writes
{
    /// <summary>What becomes of somebody who writes second, for the summaries of routes.</summary>
    public const string Second =
        "With an older If-Match: 409 with merge (base, theirs, mine, merged, and each field); with Prefer: merge too, both are "
        + "written unless they collide.";

    /// <summary>Reads <c>If-Match</c> (or a form's <c>version</c>), <c>Prefer: merge</c> and <c>Idempotency-Key</c>.</summary>
    public static async Task<Write> Of(HttpContext http, Viewer viewer)
    {
        var match = http.Request.Headers.IfMatch.ToString();
        if (match.Length == 0 && http.Request.HasFormContentType) match = (await http.Request.ReadFormAsync())["version"].ToString();
        long? expected = null;
        if (match is not ("" or "*"))
        {
            expected = long.TryParse(match.AsSpan().Trim('"'), out var version)
                ? version
                : throw new BadInputException("If-Match", "version.invalid", $"expected a version such as \"7\", found {match}");
        }

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 200) throw new BadInputException("Idempotency-Key", "text.too_long", "expected at most 200 characters");
        return new Write(viewer.Actor, expected, key.Length == 0 ? null : new WriteKey(key, await Digest(http.Request)))
        {
            Merges = PrefersMerge(http) || http.Request.HasFormContentType,
        };
    }

    /// <summary>Answers a program that wrote a text which two may write: the resource, or what differs.</summary>
    public static IResult Answer<TState, T>(
        HttpContext http, (Outcome<TState> Outcome, Merge<T>? Difference) written, Func<TState, long, object> show)
        where T : class
    {
        if (PrefersMerge(http)) http.Response.Headers["Preference-Applied"] = "merge";
        return Answer(http, written.Outcome, show, merge: written.Difference);
    }

    /// <summary>Answers a program: the resource with its version, or a problem.</summary>
    public static IResult Answer<TState>(HttpContext http, Outcome<TState> outcome, Func<TState, long, object> show, string? created = null,
        object? merge = null)
    {
        if (outcome is Outcome<TState>.Recorded recorded)
        {
            http.Response.Headers.ETag = $"\"{recorded.Version}\"";
            if (created is not null) http.Response.Headers.Location = created;
            return Results.Json(show(recorded.State, recorded.Version), Json.Options, statusCode: created is null ? 200 : 201);
        }

        return Failure(http, outcome, merge);
    }

    /// <summary>Answers a person: on to the next page, or the same page again with the reason above it.</summary>
    public static async Task<IResult> Answer<TState>(Outcome<TState> outcome, string next, Func<Notice, Task<IResult>> again) => outcome switch
    {
        Outcome<TState>.Recorded => Next(next),
        Outcome<TState>.Refused { Refusal: var refusal } => await again(new Notice(refusal.Message, IsRefusal: true)),
        Outcome<TState>.Stale => await again(new Notice(
            "Somebody else wrote in the meantime. This page now shows the newest; look and repeat your change.", IsRefusal: true)),
        _ => throw new InvalidOperationException("Unreachable."),
    };

    /// <summary>See Other: after a form was recorded, a reload must not send it again.</summary>
    public static IResult Next(string address) => Results.Extensions.SeeOther(address);

    public static IResult Failure<TState>(HttpContext http, Outcome<TState> outcome, object? merge = null) => outcome switch
    {
        Outcome<TState>.Refused { Refusal: var refusal } => Problems.Refused(http, refusal),
        Outcome<TState>.Stale { NewerVersion: var newer } => Problems.Stale(http, newer, merge),
        _ => throw new InvalidOperationException("A recorded write is no failure."),
    };

    /// <remarks>Preferences are listed with commas and may carry parameters (RFC 7240).</remarks>
    private static bool PrefersMerge(HttpContext http) => http.Request.Headers["Prefer"].SelectMany(line => (line ?? "").Split(','))
        .Any(preference => preference.Split(';')[0].Trim().Equals("merge", StringComparison.OrdinalIgnoreCase));

    private static async Task<string> Digest(HttpRequest request)
    {
        request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        request.Body.Position = 0;
        hash.AppendData(body.ToArray());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Answers that the framework has no word for.</summary>
public static class ResultWords
{
    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }

    public static IResult SeeOther(this IResultExtensions _, string address) => new SeeOtherResult(address);
}
