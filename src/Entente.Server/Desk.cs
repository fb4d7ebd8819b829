using System.Data.Common;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Server;

/// <summary>How a write asks to be made: by whom, at which version if the writer insists on one, under which key.</summary>
public sealed record Write(Actor By, long? ExpectedVersion = null, WriteKey? Key = null)
{
    /// <summary>Whether the writer takes what others wrote since that version, as far as it does not collide.</summary>
    public bool Merges { get; init; }
}

/// <summary>How a write ended.</summary>
public abstract record Outcome<TState>
{
    private Outcome() { }

    public sealed record Recorded(TState State, long Version) : Outcome<TState>;

    public sealed record Refused(Refusal Refusal) : Outcome<TState>;

    /// <summary>The stream moved on; the writer insisted on an older version.</summary>
    public sealed record Stale(long NewerVersion) : Outcome<TState>;
}

/// <summary>Loads, decides, records: the one way in which every stage writes facts.</summary>
public sealed class Recorder(FactLedger ledger, States states, IClock clock)
{
    private const int TriesMost = 5;

    public Instant Now => clock.GetCurrentInstant();

    public Task<Versioned<TState>> Read<TState, TFact>(string id)
        where TState : class, IState<TState, TFact>
        where TFact : class => states.Read<TState, TFact>(id);

    /// <summary>The state as it was at an earlier version of its stream, or the newest where that was never reached.</summary>
    public Task<TState> ReadAt<TState, TFact>(string id, long version)
        where TState : class, IState<TState, TFact>
        where TFact : class => states.ReadAt<TState, TFact>(id, version);

    /// <summary>Lets a rule decide over the newest state and records what it decides.</summary>
    /// <remarks>
    /// When somebody else writes in between, the rule is asked again over the newer state, unless the writer insisted on a version.
    /// <paramref name="also"/> may add facts for further streams, and <paramref name="rows"/> rows that the facts speak of; all in the same transaction.
    /// </remarks>
    public async Task<Outcome<TState>> Record<TState, TFact>(
        string id, Write write, Func<TState, Instant, Decision<TFact>> decide,
        Func<TState, IReadOnlyList<TFact>, Task<IReadOnlyList<StreamAppend>>>? also = null,
        Func<DbConnection, DbTransaction, Task>? rows = null)
        where TState : class, IState<TState, TFact>
        where TFact : class
    {
        if (write.Key is not null && await ledger.FindKey(write.By, write.Key) is { } earlier)
            return await Answer<TState, TFact>(id, earlier);

        for (var attempt = 1; ; attempt++)
        {
            var now = Now;
            var (state, version) = await Read<TState, TFact>(id);
            if (write.ExpectedVersion is { } expected && expected != version) return new Outcome<TState>.Stale(version);
            var decision = decide(state, now);
            if (decision.Refusal is { } refusal) return new Outcome<TState>.Refused(refusal);

            List<StreamAppend> appends = [StreamAppend.Of(id, version, decision.Facts)];
            if (also is not null) appends.AddRange(await also(state, decision.Facts));
            var appended = appends.Any(append => append.Facts.Count > 0) || write.Key is not null
                ? await ledger.Append(appends, write.By, now, write.Key, rows)
                : new Appended.Recorded(version);
            if (appended is Appended.Stale && write.ExpectedVersion is null && attempt < TriesMost) continue;
            return await Answer<TState, TFact>(id, appended);
        }
    }

    private async Task<Outcome<TState>> Answer<TState, TFact>(string id, Appended appended)
        where TState : class, IState<TState, TFact>
        where TFact : class => appended switch
        {
            Appended.Stale stale => new Outcome<TState>.Stale(stale.Version),
            Appended.KeyReused => new Outcome<TState>.Refused(
                new Refusal("ledger.key_reused", "This idempotency key was used before for another request; take a new one.")),
            _ when await Read<TState, TFact>(id) is var (state, version) => new Outcome<TState>.Recorded(state, version),
            _ => throw new InvalidOperationException("Unreachable."),
        };
}
