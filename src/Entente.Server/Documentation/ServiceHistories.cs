using System.Collections.Concurrent;
using System.Collections.Immutable;
using Entente.Documentation;
using Entente.Storage.Ledger;

namespace Entente.Server.Documentation;

/// <summary>What became of the services of an engagement up to a version.</summary>
public sealed record ServiceHistory(long Version, DescriptionState State)
{
    private static readonly ImmutableDictionary<string, ImmutableList<ServiceEvent>> _noEvents =
        ImmutableDictionary.Create<string, ImmutableList<ServiceEvent>>(StringComparer.Ordinal);

    private static readonly ImmutableDictionary<string, ImmutableList<ServiceEdition>> _noEditions =
        ImmutableDictionary.Create<string, ImmutableList<ServiceEdition>>(StringComparer.Ordinal);

    public static ServiceHistory Empty { get; } = new(0, DescriptionState.Empty);

    /// <summary>By service, the first first.</summary>
    public ImmutableDictionary<string, ImmutableList<ServiceEvent>> Events { get; init; } = _noEvents;

    /// <summary>By service, the first first, with who made each.</summary>
    public ImmutableDictionary<string, ImmutableList<ServiceEdition>> Editions { get; init; } = _noEditions;

    public ServiceHistory With(DescriptionFact fact, Stamp stamp)
    {
        var next = this with { Version = stamp.Version, State = State.Apply(fact, stamp) };
        if (ServiceEvent.Of(fact, stamp) is not { } happened) return next;
        var (service, editions) = (happened.Service, Editions.GetValueOrDefault(happened.Service) ?? []);
        next = next with { Events = Events.SetItem(service, (Events.GetValueOrDefault(service) ?? []).Add(happened)) };
        return next.State.Services.GetValueOrDefault(service) is { } entry && (editions.IsEmpty || editions[^1].Entry.Edition != entry.Edition)
            ? next with { Editions = Editions.SetItem(service, editions.Add(new ServiceEdition(entry, stamp.By, stamp.At))) }
            : next;
    }
}

/// <summary>Keeps what became of services, so that only newer facts are read next time.</summary>
public sealed class ServiceHistories(FactLedger ledger)
{
    private const int KeptMost = 50;

    private readonly ConcurrentDictionary<string, ServiceHistory> _kept = new(StringComparer.Ordinal);

    public async Task<ServiceHistory> Read(string engagement)
    {
        var history = _kept.GetValueOrDefault(engagement) ?? ServiceHistory.Empty;
        var newer = await ledger.Stream(FactKinds.Stream<DescriptionFact>(engagement), history.Version);
        foreach (var row in newer) history = history.With((DescriptionFact)FactKinds.Read(row.Kind, row.Data), row.Stamp);
        if (_kept.Count > KeptMost) _kept.Clear();
        if (newer.Count > 0) _kept[engagement] = history;
        return history;
    }
}
