using System.Data.Common;
using Dapper;
using Entente.Monitoring;
using NodaTime;

namespace Entente.Storage.Monitoring;

/// <summary>Keeps the states that tickets entered, by import.</summary>
public sealed class CaseStore(Database database)
{
    /// <summary>Writes the steps of one import inside the transaction of its fact.</summary>
    public static Task Add(DbConnection connection, DbTransaction transaction, string import, IEnumerable<(string Ticket, CaseStep Step)> steps) =>
        connection.ExecuteAsync(
            "INSERT INTO case_steps (import, ticket, at, place, state) VALUES (@import, @Ticket, @at, @place, @State)",
            steps.Select((one, place) => new { import, one.Ticket, at = one.Step.At.ToUnixTimeSeconds(), place = (long)place, one.Step.State }), transaction);

    /// <summary>The steps of one ticket, earliest first; none where its file told no states.</summary>
    public async Task<IReadOnlyList<CaseStep>> Read(string import, string ticket, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<(long At, string State)>(
            "SELECT at, state FROM case_steps WHERE import = @import AND ticket = @ticket ORDER BY place", new { import, ticket });
        return [.. rows.Select(row => new CaseStep(Instant.FromUnixTimeSeconds(row.At), row.State))];
    }

    /// <summary>The steps of every ticket of an import.</summary>
    public async Task<ILookup<string, CaseStep>> ReadAll(string import, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<(string Ticket, long At, string State)>(
            "SELECT ticket, at, state FROM case_steps WHERE import = @import ORDER BY place", new { import });
        return rows.ToLookup(row => row.Ticket, row => new CaseStep(Instant.FromUnixTimeSeconds(row.At), row.State), StringComparer.Ordinal);
    }

    /// <summary>The engagements that have a signed agreement: those in which clocks may run.</summary>
    public async Task<IReadOnlyList<string>> Engagements(CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<string>("SELECT DISTINCT engagement FROM agreements WHERE signed IS NOT NULL ORDER BY engagement")];
    }
}
