using System.Diagnostics;
using Entente.Negotiation;
using Entente.Storage.Ledger;
using Entente.Storage.Negotiation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Entente.Server.Monitoring;

/// <summary>Makes the evidence of open tables ready before anybody asks: after the start, when a table gets its agenda or
/// another value, when history comes in, and when a day begins.</summary>
/// <remarks>One term at a time, and as long a rest after each: whoever asks a page has the processor first.</remarks>
public sealed class EvidenceWorker(
    FactLedger ledger, LedgerPulse pulse, NegotiationStore tables, IServiceScopeFactory scopes, IClock clock,
    ILogger<EvidenceWorker> log) : BackgroundService
{
    /// <summary>The tables that moved last; of the others, the evidence is made when it is asked for.</summary>
    private const int TablesMost = 50;

    /// <summary>Other nodes beat no pulse of ours.</summary>
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _restMost = TimeSpan.FromSeconds(5);

    /// <summary>So often everything is asked for again: what an open table needs is never old enough to be let go.</summary>
    private static readonly Duration _askAgain = Duration.FromMinutes(20);

    private static readonly string _measured = FactKinds.Stream<Entente.Monitoring.MonitoringFact>("");

    private static readonly string[] _kinds = ["negotiation.opened", "negotiation.offered", "negotiation.restarted"];

    private long _position;
    private Instant? _wholeAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested) await Turn(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what is not ready is made when somebody asks.
        }
    }

    private async Task Turn(CancellationToken stopping)
    {
        // Taken before reading, so that a beat in between wakes us at once.
        var next = pulse.Next;
        try
        {
            var (now, moved) = (clock.GetCurrentInstant(), await Moved(stopping));
            var isWhole = _wholeAt is not { } at || now - at >= _askAgain || now.InUtc().Date != at.InUtc().Date;
            if (isWhole) _wholeAt = now;
            if (isWhole || moved.Count > 0)
            {
                foreach (var table in await tables.Open(TablesMost, stopping))
                    if (isWhole || moved.Contains(table.Engagement)) await Try(table, stopping);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !stopping.IsCancellationRequested)
        {
            Log.WorkerFailed(log, failure, nameof(EvidenceWorker));
            await Task.Delay(_lookAgain, stopping);
        }

        await Task.WhenAny(next, Task.Delay(_lookAgain, stopping));
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>A table that cannot be made ready does not keep the others waiting.</summary>
    private async Task Try(NegotiationRow table, CancellationToken stopping)
    {
        try
        {
            await Prepare(table, stopping);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !stopping.IsCancellationRequested)
        {
            Log.WorkerFailed(log, failure, nameof(EvidenceWorker));
        }
    }

    private async Task Prepare(NegotiationRow table, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var evidence = scope.ServiceProvider.GetRequiredService<HistoryEvidence>();
        if (!await evidence.HasHistory(table.Engagement)) return;
        var (state, _) = await scope.ServiceProvider.GetRequiredService<Recorder>()
            .Read<NegotiationState, NegotiationFact>(table.Id);
        var space = new TableSpace(state);
        for (var i = 0; i < space.Agenda.Count; i++)
        {
            var watch = Stopwatch.StartNew();
            await evidence.Prepare(table.Engagement, state, space.Agenda[i].Key, space.Options[i], stopping);
            await Task.Delay(watch.Elapsed < _restMost ? watch.Elapsed : _restMost, stopping);
        }
    }

    /// <summary>The engagements in which history came in, or a table got an agenda or a value; at the first look none, for
    /// then all are gone over.</summary>
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
            moved.UnionWith(facts.Where(fact => _kinds.Contains(fact.Kind)
                || fact.Stream.StartsWith(_measured, StringComparison.Ordinal)).Select(fact => fact.Id.Split('.')[0]));
        }

        return moved;
    }
}
