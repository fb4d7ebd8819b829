using System.Data.Common;
using System.Text.Json;
using Dapper;
using Entente.Documentation;
using Entente.Storage.Ledger;

namespace Entente.Storage.Documentation;

/// <summary>An item with the version of the inventory at which it was last written.</summary>
/// <param name="Source">The kind of export it came from, if it was imported.</param>
public sealed record InventoryRow(InventoryItem Item, long Version, string? Retired, string? Source);

/// <summary>Which part of an inventory is asked for.</summary>
/// <param name="Search">Words that name, key, type or owner must hold.</param>
public sealed record InventoryQuery(InventoryKind? Kind = null, string? Search = null, int Skip = 0, int Take = 50);

/// <summary>A page of items, and how many there are in all.</summary>
public sealed record InventoryPart(IReadOnlyList<InventoryRow> Items, long Total);

/// <summary>The inventory as tables: ten thousand items are lists here, never one state in memory.</summary>
public sealed partial class InventoryStore(Database database) : IListKeeper
{
    private const int RowsMost = 100;
    private const string Columns = "data AS Data, version AS Version, retired AS Retired, source AS Source";

    public async Task Keep(DbConnection connection, DbTransaction transaction, string id, object fact, Stamp stamp)
    {
        switch (fact)
        {
            case InventoryFact.Recorded recorded:
                await Put(connection, transaction, id, recorded.Item, stamp.Version);
                break;
            case InventoryFact.Changed changed:
                await Put(connection, transaction, id, changed.Item, stamp.Version);
                break;
            case InventoryFact.Retired retired:
                await connection.ExecuteAsync(
                    "UPDATE inventory_items SET retired = @Reason, version = @Version WHERE engagement = @id AND kind = @kind AND key = @Key",
                    new { id, kind = retired.Kind.ToString(), retired.Key, retired.Reason, stamp.Version }, transaction);
                break;
            case InventoryFact.Imported imported:
                await TakeOver(connection, transaction, id, imported, stamp.Version);
                break;
            case InventoryFact.ImportUndone undone:
                await Undo(connection, transaction, id, undone.Import, stamp.Version);
                break;
        }
    }

    public async Task<InventoryRow?> Find(string engagement, InventoryKind kind, string key, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Stored>(
            $"SELECT {Columns} FROM inventory_items WHERE engagement = @engagement AND kind = @kind AND key = @key",
            new { engagement, kind = kind.ToString(), key });
        return row?.Read();
    }

    /// <summary>A page of items that are not retired, by name.</summary>
    public async Task<InventoryPart> List(string engagement, InventoryQuery query, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var given = new
        {
            engagement,
            kind = query.Kind?.ToString(),
            search = $"%{Escaped(query.Search)}%",
            skip = query.Skip,
            take = query.Take,
        };
        var where = "engagement = @engagement AND retired IS NULL" + (query.Kind is null ? "" : " AND kind = @kind")
            + (string.IsNullOrWhiteSpace(query.Search) ? "" : @" AND search LIKE @search ESCAPE '\'");
        var total = await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM inventory_items WHERE {where}", given);
        var rows = await connection.QueryAsync<Stored>(
            $"SELECT {Columns} FROM inventory_items WHERE {where} ORDER BY kind, name, key LIMIT @take OFFSET @skip", given);
        return new([.. rows.Select(row => row.Read())], total);
    }

    /// <summary>How many items of each kind are not retired.</summary>
    public async Task<IReadOnlyDictionary<InventoryKind, long>> Count(string engagement, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<(string Kind, long Count)>(
            "SELECT kind, COUNT(*) FROM inventory_items WHERE engagement = @engagement AND retired IS NULL GROUP BY kind", new { engagement });
        return rows.ToDictionary(row => Enum.Parse<InventoryKind>(row.Kind), row => row.Count);
    }

    /// <summary>All assets that are not retired.</summary>
    public async Task<IReadOnlyList<InventoryItem.Asset>> Assets(string engagement, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<string>(
            "SELECT data FROM inventory_items WHERE engagement = @engagement AND kind = 'Asset' AND retired IS NULL ORDER BY key", new { engagement });
        return [.. rows.Select(data => (InventoryItem.Asset)Parse(data))];
    }

    /// <summary>How assets are connected.</summary>
    public async Task<InventoryLinks> Links(string engagement, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = (await connection.QueryAsync<(string From, string Relation, string To)>(
            "SELECT from_key, relation, to_key FROM inventory_links WHERE engagement = @engagement", new { engagement })).ToList();
        return new(rows.Where(row => row.Relation != "redundant").ToLookup(row => row.From, row => row.To, StringComparer.Ordinal),
            [.. rows.Where(row => row.Relation == "redundant").Select(row => (row.From, row.To))]);
    }

    private static Task Put(DbConnection connection, DbTransaction transaction, string engagement, InventoryItem item, long version) =>
        Put(connection, transaction, engagement, [item], version, import: null, source: null);

    /// <remarks>Many rows in one statement: a large import holds the database for as short as can be.</remarks>
    private static async Task Put(
        DbConnection connection, DbTransaction transaction, string engagement, IReadOnlyList<InventoryItem> items, long version, string? import, string? source)
    {
        foreach (var chunk in items.Chunk(RowsMost))
        {
            var given = new DynamicParameters(new { engagement, version, import, source });
            for (var i = 0; i < chunk.Length; i++)
            {
                var item = chunk[i];
                foreach (var (name, value) in new[]
                {
                    ("kind", item.Kind.ToString()), ("key", item.Key), ("name", item.Name), ("search", Searchable(item)), ("side", item.Side.ToString()),
                    ("type", item.Type), ("owner", item.Owner), ("data", JsonSerializer.Serialize(item, Json.Options)),
                }) given.Add($"{name}{i}", value);
            }

            var rows = string.Join(", ", Enumerable.Range(0, chunk.Length).Select(i =>
                $"(@engagement, @kind{i}, @key{i}, @name{i}, @search{i}, @side{i}, @type{i}, @owner{i}, NULL, @import, @source, @version, @data{i})"));
            await connection.ExecuteAsync(
                $"""
                INSERT INTO inventory_items (engagement, kind, key, name, search, side, type, owner, retired, import, source, version, data) VALUES {rows}
                ON CONFLICT (engagement, kind, key) DO UPDATE SET name = excluded.name, search = excluded.search, side = excluded.side,
                    type = excluded.type, owner = excluded.owner, retired = NULL, version = excluded.version, data = excluded.data,
                    import = COALESCE(excluded.import, inventory_items.import), source = COALESCE(excluded.source, inventory_items.source)
                """, given, transaction);
            await PutLinks(connection, transaction, engagement, [.. chunk.OfType<InventoryItem.Asset>()]);
        }
    }

    private static async Task PutLinks(DbConnection connection, DbTransaction transaction, string engagement, IReadOnlyList<InventoryItem.Asset> assets)
    {
        if (assets.Count == 0) return;
        var gone = new DynamicParameters(new { engagement });
        await connection.ExecuteAsync(
            $"DELETE FROM inventory_links WHERE engagement = @engagement AND from_key IN {gone.In(assets.Select(asset => asset.Key))}", gone, transaction);
        var links = assets.SelectMany(asset => asset.DependsOn.Select(to => (asset.Key, Relation: "depends", To: to))
            .Concat(asset.RedundantWith.Select(to => (asset.Key, Relation: "redundant", To: to)))
            .Concat(asset.Needs.SelectMany(group => group.Of).Distinct().Select(to => (asset.Key, Relation: "group", To: to))));
        foreach (var chunk in links.Chunk(RowsMost))
        {
            var given = new DynamicParameters(new { engagement });
            for (var i = 0; i < chunk.Length; i++)
                given.AddDynamicParams(new Dictionary<string,
                    object>
                { [$"from{i}"] = chunk[i].Key, [$"relation{i}"] = chunk[i].Relation, [$"to{i}"] = chunk[i].To });
            var rows = string.Join(", ", Enumerable.Range(0, chunk.Length).Select(i => $"(@engagement, @from{i}, @relation{i}, @to{i})"));
            await connection.ExecuteAsync($"INSERT INTO inventory_links (engagement, from_key, relation, to_key) VALUES {rows}", given, transaction);
        }
    }

    private static string Searchable(InventoryItem item) => $"{item.Name} {item.Key} {item.Type} {item.Owner}".ToLowerInvariant();

    private static string Escaped(string? search) => (search ?? "").Trim().ToLowerInvariant()
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private static InventoryItem Parse(string data) => JsonSerializer.Deserialize<InventoryItem>(data, Json.Options)!;

    private sealed class Stored
    {
        public string Data { get; init; } = "";
        public long Version { get; init; }
        public string? Retired { get; init; }
        public string? Source { get; init; }

        public InventoryRow Read() => new(Parse(Data), Version, Retired, Source);
    }
}
