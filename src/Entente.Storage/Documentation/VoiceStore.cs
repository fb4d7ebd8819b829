using System.Data;
using System.Data.Common;
using Dapper;
using Entente.Documentation;
using Entente.Storage.Ledger;
using NodaTime;
using NodaTime.Text;

namespace Entente.Storage.Documentation;

/// <summary>An anonymous voice that waits to be heard.</summary>
/// <param name="Id">Drawn at random.</param>
/// <param name="Place">Identifier of the engagement, or of the table, at which it is said.</param>
/// <param name="Fact">What it becomes when it is heard.</param>
public sealed record WaitingVoice(string Id, string Place, object Fact)
{
    public string Stream => FactKinds.Stream(Fact, Place);

    /// <summary>Whether it says the same words to the same readers.</summary>
    public bool Repeats(WaitingVoice other) => Place == other.Place && Fact.Equals(
        (Fact, other.Fact) is (VoiceFact.Spoken mine, VoiceFact.Spoken theirs) ? theirs with { Voice = mine.Voice } : other.Fact);
}

/// <summary>Keeps anonymous voices until they are heard, all of them together, so that nothing tells when each was said.</summary>
/// <remarks>
/// Whoever puts one in lays all of them anew in the order of their random names: neither their place on the disk nor, on
/// PostgreSQL, the number of the transaction that wrote them tells which came first.
/// </remarks>
public sealed class VoiceStore(Database database)
{
    private const string Columns = "id AS Id, place AS Place, kind AS Kind, voice AS Voice";

    /// <summary>Keeps a voice; the same words for the same readers are kept once, so that sending them again does no harm.</summary>
    public async Task Put(WaitingVoice voice)
    {
        await using var connection = await database.Open();
        if (database.Dialect is Dialect.Sqlite) await connection.ExecuteAsync("PRAGMA secure_delete = ON");
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await Reserve(connection, transaction);
            var lying = (await connection.QueryAsync<Row>(
                $"DELETE FROM waiting_voices RETURNING {Columns}", transaction: transaction)).ToList();
            if (!lying.Any(row => Read(row).Repeats(voice)))
                lying.Add(new(voice.Id, voice.Place, FactKinds.Kind(voice.Fact), FactKinds.Write(voice.Fact)));
            await connection.ExecuteAsync(
                "INSERT INTO waiting_voices (id, place, kind, voice) VALUES (@Id, @Place, @Kind, @Voice)",
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
            "DELETE FROM waiting_voices WHERE id = @Id", voices.Select(one => new { one.Id }), transaction);
        if (taken != voices.Count) throw new DBConcurrencyException("The voices that wait have changed.");
        await SetNext(connection, transaction, next);
    }

    /// <summary>Holds that nothing waits at a place, to the end of the transaction.</summary>
    /// <exception cref="DBConcurrencyException">Something does.</exception>
    public async Task HoldEmpty(DbConnection connection, DbTransaction transaction, string place)
    {
        await Reserve(connection, transaction);
        if (await Count(connection, transaction, place) > 0) throw new DBConcurrencyException("A voice waits here.");
    }

    public async Task<bool> Waits(string place)
    {
        await using var connection = await database.Open();
        return await Count(connection, transaction: null, place) > 0;
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

    private static Task<long> Count(DbConnection connection, DbTransaction? transaction, string place) =>
        connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM waiting_voices WHERE place = @place", new { place }, transaction);

    private static WaitingVoice Read(Row row) => new(row.Id, row.Place, FactKinds.Read(row.Kind, row.Voice));

    private sealed record Row(string Id, string Place, string Kind, string Voice);
}
