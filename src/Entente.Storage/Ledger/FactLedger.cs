using System.Data.Common;
using Dapper;
using NodaTime;
using NodaTime.Text;

namespace Entente.Storage.Ledger;

/// <summary>The append-only ledger: every human decision, chained by hash, with the lists that show it in the same transaction.</summary>
public sealed class FactLedger(Database database, IEnumerable<IListKeeper> keepers, LedgerPulse pulse)
{
    private const string Columns = "position, stream, version, kind, data, actor, role, at, hash";

    private readonly IListKeeper[] _keepers = [.. keepers];

    /// <summary>Appends facts to one or more streams, all or nothing.</summary>
    /// <param name="rows">Writes what the facts speak of but do not carry, such as the rows of an import, in the same transaction.</param>
    /// <returns>The versions reached, or that of a stream which moved on, or the earlier answer to the same key.</returns>
    public async Task<Appended> Append(
        IReadOnlyList<StreamAppend> appends, Actor by, Instant at, WriteKey? key = null,
        Func<DbConnection, DbTransaction, Task>? rows = null, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var head = await connection.QuerySingleAsync<Head>(
            "SELECT position AS Position, hash AS Hash FROM ledger_head WHERE id = 1" + database.ForUpdate, transaction: transaction);
        if (key is not null && await FindKey(connection, transaction, by, key) is { } earlier) return earlier;

        foreach (var append in appends)
        {
            var version = await connection.ExecuteScalarAsync<long>(
                "SELECT COALESCE(MAX(version), 0) FROM facts WHERE stream = @Stream", new { append.Stream }, transaction);
            if (version != append.ExpectedVersion) return new Appended.Stale(append.Stream, version);
        }

        var facts = Rows(appends, by, at, head).ToList();
        await connection.ExecuteAsync(
            $"INSERT INTO facts ({Columns}) VALUES (@Position, @Stream, @Version, @Kind, @Data, @Actor, @Role, @At, @Hash)", facts, transaction);
        if (facts is [.., var last])
            await connection.ExecuteAsync("UPDATE ledger_head SET position = @Position, hash = @Hash WHERE id = 1", last, transaction);
        foreach (var fact in facts) await Keep(connection, transaction, fact);
        if (rows is not null) await rows(connection, transaction);

        var first = appends[0];
        var reached = first.ExpectedVersion + first.Facts.Count;
        if (key is not null)
        {
            await connection.ExecuteAsync(
                "INSERT INTO idempotency (actor, key, request, stream, version, at) VALUES (@Id, @Key, @Request, @Stream, @reached, @at)",
                new { by.Id, key.Key, key.Request, first.Stream, reached, at = InstantPattern.ExtendedIso.Format(at) }, transaction);
        }

        await transaction.CommitAsync(cancel);
        if (facts.Count > 0) pulse.Beat(facts[^1].Position);
        return new Appended.Recorded(reached);
    }

    /// <summary>How many facts a stream has.</summary>
    public async Task<long> Version(string stream)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<long>(
            "SELECT COALESCE(MAX(version), 0) FROM facts WHERE stream = @stream", new { stream });
    }

    /// <summary>Facts of one stream after a version, in order.</summary>
    public async Task<IReadOnlyList<StoredFact>> Stream(string stream, long afterVersion = 0, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<StoredFact>(
            $"SELECT {Columns} FROM facts WHERE stream = @stream AND version > @afterVersion ORDER BY version", new { stream, afterVersion })];
    }

    /// <summary>Facts of the whole ledger after a position, in order.</summary>
    public async Task<IReadOnlyList<StoredFact>> After(long position, int most, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<StoredFact>(
            $"SELECT {Columns} FROM facts WHERE position > @position ORDER BY position LIMIT @most", new { position, most })];
    }

    public async Task<long> Position(CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<long>("SELECT position FROM ledger_head WHERE id = 1");
    }

    /// <summary>What was answered to this key before, if it was used before.</summary>
    public async Task<Appended?> FindKey(Actor by, WriteKey key, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return await FindKey(connection, transaction: null, by, key);
    }

    /// <summary>Walks the chain from the first fact; answers the first broken link, or nothing.</summary>
    public async Task<BrokenLink?> Verify(CancellationToken cancel = default)
    {
        var (previous, position) = ("", 0L);
        while (await After(position, most: 1000, cancel) is { Count: > 0 } page)
        {
            foreach (var fact in page)
            {
                if (fact.Position != position + 1) return new BrokenLink(position + 1, $"fact {position + 1} is missing");
                if (fact.Hash != fact.Chain(previous))
                    return new BrokenLink(fact.Position, $"fact {fact.Position} ({fact.Kind} in {fact.Stream}) was changed after it was recorded");
                (previous, position) = (fact.Hash, fact.Position);
            }
        }

        await using var connection = await database.Open(cancel);
        var head = await connection.QuerySingleAsync<Head>("SELECT position AS Position, hash AS Hash FROM ledger_head WHERE id = 1");
        return head.Position == position && head.Hash == previous
            ? null
            : new BrokenLink(position + 1, $"the ledger ends at fact {position}, but {head.Position} were recorded");
    }

    private async Task Keep(DbConnection connection, DbTransaction transaction, StoredFact row)
    {
        var fact = FactKinds.Read(row.Kind, row.Data);
        foreach (var keeper in _keepers) await keeper.Keep(connection, transaction, row.Id, fact, row.Stamp);
    }

    private static IEnumerable<StoredFact> Rows(IReadOnlyList<StreamAppend> appends, Actor by, Instant at, Head head)
    {
        var (position, hash) = (head.Position, head.Hash);
        foreach (var append in appends)
        {
            var version = append.ExpectedVersion;
            foreach (var fact in append.Facts)
            {
                var row = new StoredFact(++position, append.Stream, ++version, FactKinds.Kind(fact), FactKinds.Write(fact),
                    by.Id, by.Role, InstantPattern.ExtendedIso.Format(at), Hash: "");
                row = row with { Hash = row.Chain(hash) };
                hash = row.Hash;
                yield return row;
            }
        }
    }

    private static async Task<Appended?> FindKey(DbConnection connection, DbTransaction? transaction, Actor by, WriteKey key)
    {
        var known = await connection.QuerySingleOrDefaultAsync<KnownKey>(
            "SELECT request AS Request, version AS Version FROM idempotency WHERE actor = @Id AND key = @Key", new { by.Id, key.Key }, transaction);
        return known is null ? null
            : known.Request == key.Request ? new Appended.Repeated(known.Version)
            : new Appended.KeyReused();
    }

    private sealed record Head(long Position, string Hash);

    private sealed record KnownKey(string Request, long Version);
}
