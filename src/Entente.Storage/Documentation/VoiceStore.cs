using System.Data;
using System.Data.Common;
using Dapper;
using Entente.Documentation;
using Entente.Storage.Ledger;
using NodaTime;
using NodaTime.Text;

namespace Entente.Storage.Documentation;

/// <summary>An anonymous voice that waits to be heard.</summary>
public sealed record WaitingVoice(string Engagement, VoiceFact.Spoken Voice);

/// <summary>Keeps anonymous voices until they are heard, all of them together, so that nothing tells when each was said.</summary>
/// <remarks>
/// Whoever puts one in lays all of them anew in the order of their random names: neither their place on the disk nor, on
/// PostgreSQL, the number of the transaction that wrote them tells which came first.
/// </remarks>
public sealed class VoiceStore(Database database)
{
    private const string Columns = "id AS Id, engagement AS Engagement, voice AS Voice";

    private static readonly string _kind = FactKinds.Kind(new VoiceFact.Spoken("", "", Hearer.Everybody));

    /// <summary>Keeps a voice; the same words for the same readers are kept once, so that sending them again does no harm.</summary>
    public async Task Put(string engagement, VoiceFact.Spoken voice)
    {
        await using var connection = await database.Open();
        if (database.Dialect is Dialect.Sqlite) await connection.ExecuteAsync("PRAGMA secure_delete = ON");
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await Reserve(connection, transaction);
            var lying = (await connection.QueryAsync<Row>(
                $"DELETE FROM waiting_voices RETURNING {Columns}", transaction: transaction)).ToList();
            if (!lying.Any(row => row.Engagement == engagement && Read(row).Voice with { Voice = voice.Voice } == voice))
                lying.Add(new(voice.Voice, engagement, FactKinds.Write(voice)));
            await connection.ExecuteAsync("INSERT INTO waiting_voices (id, engagement, voice) VALUES (@Id, @Engagement, @Voice)",
                lying.OrderBy(row => row.Id, StringComparer.Ordinal), transaction);
            await transaction.CommitAsync();
        }

        await database.EmptyJournal(connection);
    }

    /// <summary>All that waits, in an order that has nothing to do with when it was said.</summary>
    public async Task<IReadOnlyList<WaitingVoice>> Waiting()
    {
        await using var connection = await database.Open();
        return [.. (await connection.QueryAsync<Row>($"SELECT {Columns} FROM waiting_voices ORDER BY id")).Select(Read)];
    }

    /// <summary>Takes voices out, in the transaction of the facts that they become.</summary>
    /// <exception cref="DBConcurrencyException">Somebody else took one of them in the meantime.</exception>
    public async Task Take(DbConnection connection, DbTransaction transaction, IReadOnlyList<WaitingVoice> voices, Instant next)
    {
        await Reserve(connection, transaction);
        var taken = await connection.ExecuteAsync(
            "DELETE FROM waiting_voices WHERE id = @Voice", voices.Select(one => new { one.Voice.Voice }), transaction);
        if (taken != voices.Count) throw new DBConcurrencyException("The voices that wait have changed.");
        await SetNext(connection, transaction, next);
    }

    /// <summary>When those that wait are heard; nothing before anybody asked.</summary>
    public async Task<Instant?> Next()
    {
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<string?>("SELECT next FROM voice_hearing WHERE id = 1") is { } next
            ? InstantPattern.ExtendedIso.Parse(next).Value : null;
    }

    public async Task SetNext(Instant next)
    {
        await using var connection = await database.Open();
        await SetNext(connection, transaction: null, next);
    }

    /// <remarks>A writer of SQLite is alone anyway; on PostgreSQL two who lay the same rows anew would wait for each other.</remarks>
    private Task Reserve(DbConnection connection, DbTransaction transaction) => database.Dialect is Dialect.Postgres
        ? connection.ExecuteAsync("LOCK TABLE waiting_voices IN EXCLUSIVE MODE", transaction: transaction) : Task.CompletedTask;

    private static Task SetNext(DbConnection connection, DbTransaction? transaction, Instant next) => connection.ExecuteAsync(
        "INSERT INTO voice_hearing (id, next) VALUES (1, @next) ON CONFLICT (id) DO UPDATE SET next = excluded.next",
        new { next = InstantPattern.ExtendedIso.Format(next) }, transaction);

    private static WaitingVoice Read(Row row) => new(row.Engagement, (VoiceFact.Spoken)FactKinds.Read(_kind, row.Voice));

    private sealed record Row(string Id, string Engagement, string Voice);
}
