using System.Collections.Concurrent;
using Entente.Documentation;
using Entente.Storage.Documentation;

namespace Entente.Server.Documentation;

/// <summary>A map with what was found on it.</summary>
public sealed class KeptMap(ServiceMap map)
{
    private readonly Lazy<Coverage> _coverage = new(map.Cover);
    private readonly ConcurrentDictionary<string, IReadOnlyList<(string From, string To)>> _links = new(StringComparer.Ordinal);

    public ServiceMap Map => map;

    public Coverage Coverage => _coverage.Value;

    /// <summary>Everything a service stands on, found once.</summary>
    public IReadOnlyList<(string From, string To)> Links(string service) => _links.GetOrAdd(service, map.Links);
}

/// <summary>Keeps the maps of services on assets while nothing they were made from has changed.</summary>
public sealed class KeptMaps
{
    private const int KeptMost = 50;

    private readonly ConcurrentDictionary<string, (string MadeFrom, KeptMap Map)> _kept = new(StringComparer.Ordinal);

    /// <param name="whose">Engagement and kind of reader: two readers who may know different things get different maps.</param>
    /// <param name="madeFrom">Versions of everything the map is made from.</param>
    public async Task<KeptMap> Get(string whose, string madeFrom, Func<Task<ServiceMap>> make)
    {
        if (_kept.TryGetValue(whose, out var kept) && kept.MadeFrom == madeFrom) return kept.Map;
        var map = new KeptMap(await make());
        if (_kept.Count >= KeptMost) _kept.Clear();
        _kept[whose] = (madeFrom, map);
        return map;
    }
}

/// <summary>Makes the map of services on assets as a reader may know it.</summary>
public sealed class CoverageDesk(Recorder recorder, InventoryStore store, CatalogueDesk catalogue, RoomDesk rooms, KeptMaps kept)
{
    /// <remarks>Assets that internal sheets name count only for those who may read these.</remarks>
    public async Task<KeptMap> Read(string engagement, Actor reader)
    {
        var (_, inventory) = await recorder.Read<InventoryState, InventoryFact>(engagement);
        var (description, version) = await catalogue.Read(engagement);
        var opened = await rooms.Internals(engagement, reader);
        var internals = description.Current.Where(entry => opened.GetValueOrDefault(entry.Key) is { Assets.Count: > 0 })
            .ToDictionary(entry => entry.Key, entry => opened[entry.Key].Assets, StringComparer.Ordinal);
        var known = string.Join(';', internals.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={string.Join(',', pair.Value)}"));
        return await kept.Get($"{engagement}/{reader.Role}", $"{inventory}/{version}/{known}",
            async () => new ServiceMap(await store.Assets(engagement), description.Current, internals));
    }
}
