using Entente.Documentation;
using Entente.Storage.Documentation;

namespace Entente.Server.Documentation;

/// <summary>Makes spec sheets from terms and inventory, and follows terms to what they stand on.</summary>
public sealed class SheetDesk(
    RoomDesk rooms, CatalogueDesk catalogue, CoverageDesk coverage, InventoryStore inventory, IContractPromises contracts)
{
    private const int PeoplePage = 200;

    /// <summary>A sheet as the provider's terms and the inventory tell it now; nothing where there is no such service.</summary>
    public async Task<SheetDraft?> Make(string engagement, Actor reader, string service)
    {
        var (description, _) = await catalogue.Read(engagement);
        if (!description.Services.TryGetValue(service, out var entry)) return null;
        var shelf = (await rooms.Read(engagement, reader)).State.Of(service);
        var assets = (await coverage.Read(engagement, reader)).Map.AssetsUnder(service)
            .Select(asset => (InventoryItem.Asset)InventoryDesk.Seen(reader, asset)).ToList();
        var below = (await contracts.Promises(engagement)).Where(one => one.Service == service).Select(one => one.Contract).ToList();
        return SheetDraft.Of(
            new(entry, [.. shelf.Drafts.Values.Select(draft => draft.Term)], await catalogue.Glossary(engagement), assets,
                await People(engagement), below),
            shelf.Sheet);
    }

    /// <summary>The way of every term that is asked for by service, by term or by asset.</summary>
    public async Task<IReadOnlyList<TraceRow>> Trace(string engagement, Actor reader, TraceQuery query)
    {
        var (description, _) = await catalogue.Read(engagement);
        var map = (await coverage.Read(engagement, reader)).Map;
        var services = description.Current.Where(entry => query.Service is null || entry.Key == query.Service)
            .Where(entry => query.Term is null || entry.Asked.ContainsKey(query.Term) || entry.Offered.ContainsKey(query.Term))
            .Where(entry => query.Asset is null || map.AssetsUnder(entry.Key).Any(asset => asset.Key == query.Asset));
        return [.. Entente.Documentation.Trace.Of(services, await catalogue.Glossary(engagement), map.AssetsUnder)
            .Where(row => query.Term is null || row.Term == query.Term)];
    }

    private async Task<IReadOnlyList<InventoryItem.Person>> People(string engagement)
    {
        List<InventoryItem.Person> people = [];
        while (true)
        {
            var part = await inventory.List(engagement, new(InventoryKind.Person, Skip: people.Count, Take: PeoplePage));
            people.AddRange(part.Items.Select(row => (InventoryItem.Person)row.Item));
            if (part.Items.Count == 0 || people.Count >= part.Total) return [.. people.Where(person => person.Side is Side.Provider)];
        }
    }
}

/// <summary>From where a trace begins; nothing begins at every term.</summary>
public sealed record TraceQuery(string? Service = null, string? Term = null, string? Asset = null);
