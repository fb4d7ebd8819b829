using System.Collections.Concurrent;

namespace Entente.Storage.Ledger;

/// <summary>A state and the version of its stream at which it holds.</summary>
public sealed record Versioned<TState>(TState State, long Version);

/// <summary>Folds streams into states, and remembers each fold so that only newer facts are read next time.</summary>
public sealed class States(FactLedger ledger)
{
    private const int KeptMost = 2000;

    private readonly ConcurrentDictionary<string, (object State, long Version)> _kept = new(StringComparer.Ordinal);

    public async Task<Versioned<TState>> Read<TState, TFact>(string id, CancellationToken cancel = default)
        where TState : class, IState<TState, TFact>
        where TFact : class
    {
        var stream = FactKinds.Stream<TFact>(id);
        var (state, version) = _kept.TryGetValue(stream, out var kept) ? ((TState)kept.State, kept.Version) : (TState.Empty, 0L);
        var newer = await ledger.Stream(stream, version, cancel);
        foreach (var fact in newer)
        {
            state = state.Apply((TFact)FactKinds.Read(fact.Kind, fact.Data), fact.Stamp);
            version = fact.Version;
        }

        if (_kept.Count > KeptMost) _kept.Clear();
        if (newer.Count > 0) _kept[stream] = (state, version);
        return new(state, version);
    }

    /// <summary>Folds a stream up to a version, without remembering it.</summary>
    public async Task<TState> ReadAt<TState, TFact>(string id, long version, CancellationToken cancel = default)
        where TState : class, IState<TState, TFact>
        where TFact : class
    {
        var facts = await ledger.Stream(FactKinds.Stream<TFact>(id), cancel: cancel);
        return facts.TakeWhile(fact => fact.Version <= version)
            .Aggregate(TState.Empty, (state, fact) => state.Apply((TFact)FactKinds.Read(fact.Kind, fact.Data), fact.Stamp));
    }
}
