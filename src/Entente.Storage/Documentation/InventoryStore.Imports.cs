using System.Data.Common;
using System.Text.Json;
using Dapper;
using Entente.Documentation;

namespace Entente.Storage.Documentation;

/// <summary>An export that was read: what it would do, or did.</summary>
/// <param name="Digest">SHA-256 of its rows, in hexadecimal.</param>
/// <param name="Missing">Keys of items that came from such an export before and are not in this one; nothing is deleted.</param>
/// <param name="Status">staged, takenOver or undone.</param>
/// <param name="Version">The version of the inventory that it was held against, and after taking over the one it made.</param>
public sealed record InventoryImport(
    string Id, string Source, string File, Side Side, string Digest, string StagedAt, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Missing,
    long Added, long Changed, long Unchanged, string Status, long Version, ImportAccount? Account = null);

/// <summary>What reading an export told beside its rows.</summary>
/// <param name="Columns">For tables: every column, in the order of the files.</param>
/// <param name="Mapping">How somebody asked that it be read.</param>
/// <param name="Statuses">The export's words for where an asset stands in its life, and what they are taken as.</param>
/// <param name="Sheets">For workbooks: their sheets.</param>
public sealed record ImportAccount(
    int ObjectsRead, int Links, IReadOnlyList<ImportedKind> Kinds, IReadOnlyList<ImportedColumn>? Columns,
        ImportMapping? Mapping,
    IReadOnlyList<ImportedStatus>? Statuses = null, IReadOnlyList<ImportedSheet>? Sheets = null);

/// <summary>A status of the export, of how many assets, and its lifecycle here: planned, inUse, retiring or
/// retired.</summary>
public sealed record ImportedStatus(string Word, int Count, string Taken);

/// <summary>A sheet of a workbook, and whether it is the one that was read.</summary>
public sealed record ImportedSheet(string File, string Name, bool IsHidden, bool IsRead);

/// <summary>How many objects of a kind there were, and what became of them: item, detail, part or bookkeeping.</summary>
/// <param name="Taken">asset, person, team, practice, goal or leftOut; nothing where there is no choice.</param>
public sealed record ImportedKind(string Origin, int Count, string As, string? Taken = null);

/// <summary>A column of a table: the fields it fills, none where it was not understood, and the first values in it.</summary>
public sealed record ImportedColumn(string Name, IReadOnlyList<string> Fields, IReadOnlyList<string> Samples);

/// <summary>How an export is to be read.</summary>
/// <param name="Source">The kind of export; none looks at the content.</param>
/// <param name="Columns">Which column fills which field; an empty one leaves the field empty, what is not named is guessed.</param>
/// <param name="Kinds">What the objects of a kind become: asset, person, team, practice, goal or leftOut.</param>
/// <param name="Currency">The currency of amounts that name none.</param>
/// <param name="Parts">Also takes parts such as interfaces and ports as items.</param>
/// <param name="Statuses">What the export's words for the life of an asset mean: planned, inUse, retiring or
/// retired.</param>
/// <param name="Sheet">Of a workbook, the sheet to read; none takes the first one that has a header.</param>
public sealed record ImportMapping(
    string? Source = null, IReadOnlyDictionary<string, string>? Columns = null, IReadOnlyDictionary<string, string>? Kinds = null,
    string? Currency = null, bool Parts = false, IReadOnlyDictionary<string, string>? Statuses = null,
        string? Sheet = null);

/// <summary>A file of an export, packed as gzip.</summary>
public sealed record ImportFile(string Name, byte[] Content);

/// <summary>One row of a staged export.</summary>
public sealed record ImportRow(long RowNo, ImportAction Action, InventoryItem Item, InventoryItem? Before);

public sealed partial class InventoryStore
{
    private const string ImportColumns =
        "id AS Id, source AS Source, file AS File, side AS Side, digest AS Digest, staged_at AS StagedAt, findings AS Findings, missing AS Missing, added AS "
            + "Added, changed AS Changed, unchanged AS Unchanged, status AS Status, version AS Version, account AS Account";

    /// <summary>Of so many exports that were read and not taken over the files are kept.</summary>
    private const int KeptMost = 5;

    /// <summary>Every item of the inventory by kind and key, retired ones too.</summary>
    public async Task<IReadOnlyDictionary<(InventoryKind, string), InventoryRow>> All(string engagement, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<Stored>($"SELECT {Columns} FROM inventory_items WHERE engagement = @engagement", new { engagement });
        return rows.Select(row => row.Read()).ToDictionary(row => (row.Item.Kind, row.Item.Key));
    }

    /// <summary>Keeps an export that was read, or keeps it anew when the inventory moved on before it was taken over.</summary>
    public async Task Stage(string engagement, InventoryImport import, IReadOnlyList<ImportRow> rows, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync("DELETE FROM inventory_import_rows WHERE engagement = @engagement AND import = @Id", new { engagement, import.Id },
            transaction);
        await connection.ExecuteAsync("DELETE FROM inventory_imports WHERE engagement = @engagement AND id = @Id", new { engagement, import.Id }, transaction);
        await connection.ExecuteAsync(
            """
            INSERT INTO inventory_imports (engagement, id, source, file, side, digest, staged_at, findings, missing, added, changed, unchanged, status, version, account)
            VALUES (@engagement, @Id, @Source, @File, @side, @Digest, @StagedAt, @findings, @missing, @Added, @Changed, @Unchanged, @Status, @Version, @account)
            """,
            new
            {
                engagement,
                import.Id,
                import.Source,
                import.File,
                side = import.Side.ToString(),
                import.Digest,
                import.StagedAt,
                import.Added,
                import.Changed,
                import.Unchanged,
                import.Status,
                import.Version,
                findings = JsonSerializer.Serialize(import.Findings, Json.Options),
                missing = JsonSerializer.Serialize(import.Missing, Json.Options),
                account = import.Account is null ? null : JsonSerializer.Serialize(import.Account, Json.Options),
            }, transaction);
        foreach (var chunk in rows.Chunk(RowsMost))
        {
            var given = new DynamicParameters(new { engagement, import = import.Id });
            for (var i = 0; i < chunk.Length; i++)
            {
                given.Add($"row{i}", chunk[i].RowNo);
                given.Add($"kind{i}", chunk[i].Item.Kind.ToString());
                given.Add($"key{i}", chunk[i].Item.Key);
                given.Add($"action{i}", chunk[i].Action.ToString());
                given.Add($"data{i}", JsonSerializer.Serialize(chunk[i].Item, Json.Options));
            }

            var values = string.Join(", ", Enumerable.Range(0, chunk.Length)
                .Select(i => $"(@engagement, @import, @row{i}, @kind{i}, @key{i}, @action{i}, @data{i}, NULL)"));
            await connection.ExecuteAsync(
                $"INSERT INTO inventory_import_rows (engagement, import, row_no, kind, key, action, data, before_data) VALUES {values}", given, transaction);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>Keeps the files of an export until it is taken over, or newer ones push them out.</summary>
    public async Task KeepFiles(string engagement, string import, IReadOnlyList<ImportFile> files, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        for (var place = 0; place < files.Count; place++)
        {
            await connection.ExecuteAsync(
                "INSERT INTO inventory_import_files (engagement, import, file_no, name, content) VALUES (@engagement, @import, @place, @Name, @Content)",
                new { engagement, import, place, files[place].Name, files[place].Content }, transaction);
        }

        await connection.ExecuteAsync(
            """
            DELETE FROM inventory_import_files WHERE engagement = @engagement AND import NOT IN (
                SELECT id FROM inventory_imports WHERE engagement = @engagement AND status = 'staged' ORDER BY staged_at DESC, id LIMIT @KeptMost)
            """, new { engagement, KeptMost }, transaction);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The files of an export that may still be read again; none when it was taken over or is long ago.</summary>
    public async Task<IReadOnlyList<ImportFile>> Files(string engagement, string import, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<ImportFile>(
            "SELECT name AS Name, content AS Content FROM inventory_import_files WHERE engagement = @engagement AND import = @import ORDER BY file_no",
            new { engagement, import })];
    }

    /// <summary>Whether an export can still be read again.</summary>
    public async Task<bool> HasFiles(string engagement, string import, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM inventory_import_files WHERE engagement = @engagement AND import = @import", new { engagement, import }) > 0;
    }

    public async Task<InventoryImport?> FindImport(string engagement, string id, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return (await connection.QuerySingleOrDefaultAsync<StoredImport>(
            $"SELECT {ImportColumns} FROM inventory_imports WHERE engagement = @engagement AND id = @id", new { engagement, id }))?.Read();
    }

    /// <summary>Exports that were read, newest first.</summary>
    public async Task<IReadOnlyList<InventoryImport>> Imports(string engagement, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<StoredImport>(
            $"SELECT {ImportColumns} FROM inventory_imports WHERE engagement = @engagement ORDER BY staged_at DESC, id LIMIT 100", new { engagement });
        return [.. rows.Select(row => row.Read())];
    }

    /// <summary>Rows of an export, those that do something first.</summary>
    public async Task<IReadOnlyList<ImportRow>> ImportRows(string engagement, string import, int skip, int take, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<StoredRow>(
            """
            SELECT row_no AS RowNo, action AS Action, data AS Data, before_data AS BeforeData FROM inventory_import_rows
            WHERE engagement = @engagement AND import = @import ORDER BY CASE action WHEN 'Same' THEN 1 ELSE 0 END, row_no LIMIT @take OFFSET @skip
            """, new { engagement, import, skip, take });
        return [.. rows.Select(row => row.Read())];
    }

    /// <summary>Writes the rows of an export into the inventory, in the transaction of the fact that says so.</summary>
    private static async Task TakeOver(DbConnection connection, DbTransaction transaction, string engagement, InventoryFact.Imported imported, long version)
    {
        var rows = (await connection.QueryAsync<StoredRow>(
            """
            SELECT r.row_no AS RowNo, r.action AS Action, r.data AS Data, i.data AS BeforeData
            FROM inventory_import_rows r LEFT JOIN inventory_items i ON i.engagement = r.engagement AND i.kind = r.kind AND i.key = r.key
            WHERE r.engagement = @engagement AND r.import = @Import AND r.action IN ('Add', 'Change') ORDER BY r.row_no
            """, new { engagement, imported.Import }, transaction)).ToList();
        await connection.ExecuteAsync(
            """
            UPDATE inventory_import_rows SET before_data = (SELECT i.data FROM inventory_items i
                WHERE i.engagement = inventory_import_rows.engagement AND i.kind = inventory_import_rows.kind AND i.key = inventory_import_rows.key)
            WHERE engagement = @engagement AND import = @Import AND action = 'Change'
            """, new { engagement, imported.Import }, transaction);
        var items = rows.Select(row => ImportRules.Plan(Parse(row.Data), row.BeforeData is null ? null : Parse(row.BeforeData), isRetired: false).After)
            .ToList();
        await Put(connection, transaction, engagement, items, version, imported.Import, imported.Source);
        await connection.ExecuteAsync(
            "UPDATE inventory_imports SET status = 'takenOver', version = @version WHERE engagement = @engagement AND id = @Import",
                new { engagement, imported.Import, version }, transaction);
        await connection.ExecuteAsync("DELETE FROM inventory_import_files WHERE engagement = @engagement AND import = @Import",
            new { engagement, imported.Import }, transaction);
    }

    /// <summary>Takes back what an import wrote; what somebody wrote over it since stays.</summary>
    private static async Task Undo(DbConnection connection, DbTransaction transaction, string engagement, string import, long version)
    {
        var rows = (await connection.QueryAsync<StoredRow>(
            """
            SELECT r.row_no AS RowNo, r.action AS Action, r.data AS Data, r.before_data AS BeforeData
            FROM inventory_import_rows r JOIN inventory_items i ON i.engagement = r.engagement AND i.kind = r.kind AND i.key = r.key
            JOIN inventory_imports m ON m.engagement = r.engagement AND m.id = r.import
            WHERE r.engagement = @engagement AND r.import = @import AND r.action IN ('Add', 'Change') AND i.version = m.version AND i.retired IS NULL
            """, new { engagement, import }, transaction)).ToList();
        await Put(connection, transaction, engagement, [.. rows.Where(row => row.BeforeData is not null).Select(row => Parse(row.BeforeData!))], version,
            import: null, source: null);
        foreach (var kind in rows.Where(row => row.BeforeData is null).Select(row => Parse(row.Data)).GroupBy(item => item.Kind))
        {
            foreach (var keys in kind.Select(item => item.Key).Chunk(RowsMost))
            {
                var gone = new DynamicParameters(new { engagement, kind = kind.Key.ToString() });
                var list = gone.In(keys);
                await connection.ExecuteAsync($"DELETE FROM inventory_items WHERE engagement = @engagement AND kind = @kind AND key IN {list}", gone,
                    transaction);
                if (kind.Key is InventoryKind.Asset)
                    await connection.ExecuteAsync($"DELETE FROM inventory_links WHERE engagement = @engagement AND from_key IN {list}", gone, transaction);
            }
        }

        await connection.ExecuteAsync("UPDATE inventory_imports SET status = 'undone' WHERE engagement = @engagement AND id = @import",
            new { engagement, import }, transaction);
    }

    private sealed class StoredRow
    {
        public long RowNo { get; init; }
        public string Action { get; init; } = "";
        public string Data { get; init; } = "";
        public string? BeforeData { get; init; }

        public ImportRow Read() => new(RowNo, Enum.Parse<ImportAction>(Action), Parse(Data), BeforeData is null ? null : Parse(BeforeData));
    }

    private sealed class StoredImport
    {
        public string Id { get; init; } = "";
        public string Source { get; init; } = "";
        public string File { get; init; } = "";
        public string Side { get; init; } = "";
        public string Digest { get; init; } = "";
        public string StagedAt { get; init; } = "";
        public string Findings { get; init; } = "";
        public string Missing { get; init; } = "";
        public long Added { get; init; }
        public long Changed { get; init; }
        public long Unchanged { get; init; }
        public string Status { get; init; } = "";
        public long Version { get; init; }
        public string? Account { get; init; }

        public InventoryImport Read() => new(
            Id, Source, File, Enum.Parse<Side>(Side), Digest, StagedAt, JsonSerializer.Deserialize<List<Finding>>(Findings, Json.Options)!,
            JsonSerializer.Deserialize<List<string>>(Missing, Json.Options)!, Added, Changed, Unchanged, Status, Version,
            Account is null ? null : JsonSerializer.Deserialize<ImportAccount>(Account, Json.Options));
    }
}
