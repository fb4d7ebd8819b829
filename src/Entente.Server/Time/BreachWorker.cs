using System.Collections.Concurrent;
using System.Collections.Immutable;
using Entente.ServiceTime.Clocks;
using Entente.Storage.Ledger;
using Entente.Storage.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Entente.Server.Time;

/// <summary>A clock that just became due soon, or was breached.</summary>
public sealed record Turned(string Ticket, string Term, string Word, Instant At);

/// <summary>What turned lately in each engagement, and a pulse for open pages. It is told, never recorded: every figure is worked out anew.</summary>
public sealed class BreachNews
{
    private const int KeptMost = 50;

    private readonly ConcurrentDictionary<string, ImmutableList<Turned>> _turned = new(StringComparer.Ordinal);
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _beats;

    /// <summary>Completes when the next clock turns.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public IReadOnlyList<Turned> Of(string engagement) => _turned.GetValueOrDefault(engagement) ?? [];

    /// <summary>How often a clock of the engagement turned since the program started.</summary>
    public long Beats => Interlocked.Read(ref _beats);

    public void Tell(string engagement, Turned turned)
    {
        _turned.AddOrUpdate(engagement, [turned], (_, known) => (known.Count < KeptMost ? known : known.RemoveAt(0)).Add(turned));
        Interlocked.Increment(ref _beats);
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}

/// <summary>Sleeps until the next clock turns, and tells it. Facts set the timers; nothing is polled.</summary>
public sealed class BreachWorker(
    FactLedger ledger, LedgerPulse pulse, CaseStore store, IServiceScopeFactory scopes, IClock clock, BreachNews news, ILogger<BreachWorker> log)
    : BackgroundService
{
    /// <summary>Other nodes beat no pulse of ours, so their facts are looked for after this.</summary>
    private static readonly TimeSpan _sleepMost = TimeSpan.FromMinutes(1);

    private static readonly string[] _moving = ["monitoring/", "agreement/", "calendar/"];

    private readonly TimerQueue<TimerKey> _timers = new();
    private readonly Dictionary<string, List<TimerKey>> _set = new(StringComparer.Ordinal);
    private long _position;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            _position = await ledger.Position(stoppingToken);
            foreach (var engagement in await store.Engagements(stoppingToken)) await Set(engagement);
            while (!stoppingToken.IsCancellationRequested) await Turn(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server stops; the timers are set anew when it starts.
        }
    }

    private async Task Turn(CancellationToken stopping)
    {
        // Taken before reading, so that a beat in between wakes us at once.
        var next = pulse.Next;
        try
        {
            await Refresh(stopping);
            foreach (var (key, at) in _timers.Take(clock.GetCurrentInstant())) news.Tell(key.Engagement, new(key.Ticket, key.Term, key.Word, at));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.WorkerFailed(log, failure, nameof(BreachWorker));
            await Task.Delay(_sleepMost, stopping);
        }

        await Task.WhenAny(next, Task.Delay(Sleep(), stopping));
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>Sets the timers anew of engagements in which something moved.</summary>
    private async Task Refresh(CancellationToken stopping)
    {
        HashSet<string> moved = new(StringComparer.Ordinal);
        while (await ledger.After(_position, most: 500, stopping) is [.., var newest] facts)
        {
            _position = newest.Position;
            moved.UnionWith(facts.Where(fact => _moving.Any(kind => fact.Stream.StartsWith(kind, StringComparison.Ordinal)))
                .Select(fact => fact.Id.Split('.')[0]));
        }

        foreach (var engagement in moved) await Set(engagement);
    }

    private async Task Set(string engagement)
    {
        if (_set.Remove(engagement, out var known)) known.ForEach(key => _timers.Set(key, null));
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetCurrentInstant();
        List<TimerKey> keys = [];
        foreach (var running in (await scope.ServiceProvider.GetRequiredService<CaseDesk>().All(engagement)).SelectMany(one => one.Clocks)
            .Where(one => one.IsRunning))
        {
            Add(new(engagement, running.Agreement, running.Case.Id, running.Term, "became due soon"), running.Soon);
            Add(new(engagement, running.Agreement, running.Case.Id, running.Term, "was breached"), running.Due);
        }

        if (keys.Count > 0) _set[engagement] = keys;

        void Add(TimerKey key, Instant? at)
        {
            if (at is not { } instant || instant < now) return;
            _timers.Set(key, instant);
            keys.Add(key);
        }
    }

    /// <summary>Until just after the next instant: a clock is breached when now is later than due.</summary>
    private TimeSpan Sleep()
    {
        if (_timers.Next is not { } next) return _sleepMost;
        var left = next - clock.GetCurrentInstant() + Duration.FromMilliseconds(1);
        return left < Duration.Zero ? TimeSpan.Zero : left.ToTimeSpan() < _sleepMost ? left.ToTimeSpan() : _sleepMost;
    }

    private readonly record struct TimerKey(string Engagement, string Agreement, string Ticket, string Term, string Word);
}
