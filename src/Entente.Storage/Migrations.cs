using Dapper;

namespace Entente.Storage;

/// <summary>Brings a database to the newest form: numbered scripts, each run once, in order, in a transaction of its own.</summary>
public static class Migrations
{
    private const string Prefix = "Entente.Storage.Migrations.";

    public static async Task Run(Database database, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)");
        foreach (var name in Names())
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if (database.Dialect is Dialect.Postgres)
                await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(7234512)", transaction: transaction);
            var known = await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM migrations WHERE name = @name", new { name }, transaction);
            if (known > 0) continue;
            await connection.ExecuteAsync(Script(name, database.Dialect), transaction: transaction);
            await connection.ExecuteAsync("INSERT INTO migrations (name) VALUES (@name)", new { name }, transaction);
            await transaction.CommitAsync(cancel);
        }
    }

    /// <summary>The names of all scripts in the order they run.</summary>
    public static IReadOnlyList<string> Names() =>
        [.. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal)];

    private static string Script(string name, Dialect dialect)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(Prefix + name)!);
        return reader.ReadToEnd()
            .Replace("{{bytes}}", dialect is Dialect.Postgres ? "BYTEA" : "BLOB", StringComparison.Ordinal)
            .Replace("{{rowid}}", dialect is Dialect.Postgres ? "" : "WITHOUT ROWID", StringComparison.Ordinal);
    }
}
