using Entente.Documentation;
using Entente.Formats.Inventory;
using Entente.Storage.Documentation;

namespace Entente.Server.Documentation;

/// <summary>Keeps the inventory: what IT can really do, and what the business is after.</summary>
public sealed class InventoryDesk(Recorder recorder, InventoryStore store, CharterDesk charters)
{
    private const int TriesMost = 5;

    public async Task<InventoryPart> List(Actor reader, string engagement, InventoryQuery query)
    {
        var part = await store.List(engagement, query);
        return part with { Items = [.. part.Items.Select(row => row with { Item = Seen(reader, row.Item) })] };
    }

    /// <summary>Everything of one side as the table that importing reads; a reader who may not see costs gets none.</summary>
    public async Task<string> Table(Actor reader, string engagement, Side side, InventoryKind? kind) =>
        InventoryCsv.Write((await List(reader, engagement, new(kind, Take: int.MaxValue))).Items
            .Select(row => row.Item).Where(item => item.Side == side));

    public async Task<InventoryRow?> Find(Actor reader, string engagement, InventoryKind kind, string key) =>
        await store.Find(engagement, kind, key) is { } row ? row with { Item = Seen(reader, row.Item) } : null;

    public Task<IReadOnlyDictionary<InventoryKind, long>> Count(string engagement) => store.Count(engagement);

    /// <summary>Records a new item, or a change to one.</summary>
    /// <param name="itemVersion">The version of the item that the writer saw; another one in the table refuses the write.</param>
    public Task<Outcome<InventoryState>> Put(string engagement, Write write, InventoryItem item, long? itemVersion = null) =>
        Record(engagement, write, item.Kind, item.Key, itemVersion, async known =>
        {
            var charter = (await charters.Read(engagement)).State;
            var links = item is InventoryItem.Asset ? await store.Links(engagement) : InventoryLinks.None;
            return InventoryRules.Record(charter, write.By, item, known, links);
        });

    public Task<Outcome<InventoryState>> Retire(string engagement, Write write, InventoryKind kind, string key, string reason) =>
        Record(engagement, write, kind, key, itemVersion: null, async known =>
            InventoryRules.Retire((await charters.Read(engagement)).State, write.By, known, reason));

    /// <summary>What a reader may see of an item: the other side's costs are not shown.</summary>
    public static InventoryItem Seen(Actor reader, InventoryItem item) =>
        item is InventoryItem.Asset asset && !InventoryRules.MaySeeCost(reader, item.Side) ? asset.WithoutCost() : item;

    /// <remarks>The row is read at a version that the write then insists on, so that what was decided over still stands.</remarks>
    private async Task<Outcome<InventoryState>> Record(
        string engagement, Write write, InventoryKind kind, string key, long? itemVersion,
        Func<InventoryItem?, Task<Decision<InventoryFact>>> decide)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (_, version) = await recorder.Read<InventoryState, InventoryFact>(engagement);
            var row = await store.Find(engagement, kind, key);
            if (itemVersion is { } seen && row is not null && seen != row.Version) return new Outcome<InventoryState>.Stale(row.Version);
            var decision = await decide(row is { Retired: null } ? row.Item : null);
            var outcome = await recorder.Record<InventoryState, InventoryFact>(
                engagement, write with { ExpectedVersion = write.ExpectedVersion ?? version }, (_, _) => decision);
            if (outcome is Outcome<InventoryState>.Stale && write.ExpectedVersion is null && attempt < TriesMost) continue;
            return outcome;
        }
    }
}
