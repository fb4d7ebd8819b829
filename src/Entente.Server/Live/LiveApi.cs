using Entente.Server.Access;
using Entente.Server.Time;
using Entente.Storage.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Entente.Server.Live;

/// <summary>Tells open pages that something moved. It says only that: each page then reads what its viewer may see.</summary>
/// <remarks>
/// Server-sent events, each with its place in the ledger as its id, so that a browser that lost its connection asks for what it missed.
/// </remarks>
public static class LiveApi
{
    private static readonly TimeSpan _lookAgain = TimeSpan.FromSeconds(1);

    public static void MapLiveApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/engagements/{engagement}/events", Follow).AllowsSeated().ExcludeFromDescription();

    private static async Task Follow(
        HttpContext http, Viewer viewer, string engagement, FactLedger ledger, StreamsOfEngagement streams, LedgerPulse pulse, BreachNews breaches,
            FeedPlaces places, IHostApplicationLifetime lifetime)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        var known = places.Find(last);
        var position = known ?? await ledger.Position(ends.Token);
        try
        {
            await http.Response.WriteAsync("retry: 1000\n\n", ends.Token);
            // Whoever was at a place that we do not know any more looks at everything anew.
            if (known is null && last.Length > 0) await Tell(position);
            await http.Response.Body.FlushAsync(ends.Token);
            while (!ends.IsCancellationRequested)
            {
                // Taken before reading, so that a beat in between wakes us at once.
                var (next, turned) = (pulse.Next, breaches.Next);
                var facts = await ledger.After(position, most: 500, ends.Token);
                if (facts is [.., var newest])
                {
                    position = newest.Position;
                    if (facts.Any(fact => streams.Belongs(fact, engagement, viewer.Seat)))
                        await Tell(position);
                    await http.Response.Body.FlushAsync(ends.Token);
                    continue;
                }

                // Other nodes and the local program beat no pulse of ours, so we look again after a while.
                await Task.WhenAny(next, turned, Task.Delay(_lookAgain, ends.Token));
                if (!turned.IsCompleted) continue;
                // A clock turned, which is no fact: the pages look again, and keep their place in the ledger.
                await http.Response.WriteAsync("data: clock\n\n", ends.Token);
                await http.Response.Body.FlushAsync(ends.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The browser left or the server stops: nothing is lost, its next connection names where it was.
        }

        Task Tell(long at)
        {
            var place = places.Of(at);
            return http.Response.WriteAsync($"id: {place}\ndata: {place}\n\n", ends.Token);
        }
    }
}

/// <summary>Knows which streams belong to an engagement: those named after it, and those whose name begins with its identifier.
/// What is said in private begins with a seat, and beats for that seat alone; a caucus beats for the chair too.</summary>
public sealed class StreamsOfEngagement
{
    public bool Belongs(StoredFact fact, string engagement, Seat? seat) =>
        fact.Id == engagement || fact.Id.StartsWith(engagement + ".", StringComparison.Ordinal)
        || seat is { } own && (IsPrivate(fact, engagement, own)
            || own is Seat.ServiceLevelManager && fact.Kind.StartsWith("caucus.", StringComparison.Ordinal)
                && (IsPrivate(fact, engagement, Seat.Provider) || IsPrivate(fact, engagement, Seat.Customer)));

    private static bool IsPrivate(StoredFact fact, string engagement, Seat seat) =>
        fact.Id.StartsWith($"{seat.Words}.{engagement}.", StringComparison.Ordinal);
}
