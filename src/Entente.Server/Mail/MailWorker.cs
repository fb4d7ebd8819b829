using Entente.Documentation;
using Entente.Storage.Ledger;
using Entente.Storage.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Entente.Server.Mail;

/// <summary>Asks when a charter moved, and once a minute reminds and sends.</summary>
public sealed class MailWorker(
    FactLedger ledger, LedgerPulse pulse, MailStore store, IServiceScopeFactory scopes, IClock clock, ILogger<MailWorker> log) : BackgroundService
{
    /// <summary>Other nodes beat no pulse of ours, and the clock none at all.</summary>
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMinutes(1);

    private static readonly string _charters = FactKinds.Stream<CharterFact>("");

    private long _position;
    private Instant? _wholeAt;

    /// <summary>One whole round: every engagement asked and reminded, and everything sent that can be.</summary>
    public static async Task Round(IServiceScopeFactory scopes, IEnumerable<string> engagements, CancellationToken stopping)
    {
        foreach (var engagement in engagements)
        {
            await using var scope = scopes.CreateAsyncScope();
            var desk = scope.ServiceProvider.GetRequiredService<MailDesk>();
            await desk.Ask(engagement);
            await desk.Remind(engagement);
        }

        await using var last = scopes.CreateAsyncScope();
        await last.ServiceProvider.GetRequiredService<MailDesk>().Deliver(stopping);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested) await Turn(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what waits is in the outbox.
        }
    }

    private async Task Turn(CancellationToken stopping)
    {
        // Taken before reading, so that a beat in between wakes us at once.
        var next = pulse.Next;
        try
        {
            var moved = await Moved(stopping);
            var now = clock.GetCurrentInstant();
            if (_wholeAt is not { } at || now - at >= Duration.FromTimeSpan(_lookAgain) || now < at)
            {
                await Round(scopes, await store.Engagements(), stopping);
                _wholeAt = now;
            }
            else if (moved.Count > 0)
            {
                await Round(scopes, moved, stopping);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !stopping.IsCancellationRequested)
        {
            Log.WorkerFailed(log, failure, nameof(MailWorker));
            await Task.Delay(_lookAgain, stopping);
        }

        await Task.WhenAny(next, Task.Delay(_lookAgain, stopping));
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>The engagements whose charter moved since the last look; at the first look none, for then all are gone over.</summary>
    private async Task<IReadOnlyCollection<string>> Moved(CancellationToken stopping)
    {
        HashSet<string> moved = new(StringComparer.Ordinal);
        if (_wholeAt is null)
        {
            _position = await ledger.Position(stopping);
            return moved;
        }

        while (await ledger.After(_position, most: 500, stopping) is [.., var newest] facts)
        {
            _position = newest.Position;
            moved.UnionWith(facts.Where(fact => fact.Stream.StartsWith(_charters, StringComparison.Ordinal)).Select(fact => fact.Id));
        }

        return moved;
    }
}
