using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Entente.Storage;

/// <summary>Which of the two databases stands behind the stores. The SQL is the same but for what is asked here.</summary>
public enum Dialect { Sqlite, Postgres }

/// <summary>Opens connections: SQLite in one file (WAL, every commit on disk), or PostgreSQL.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly ConditionalWeakTable<object, object> _setUp = [];
    private long _pagesMost;
    private readonly NpgsqlDataSource? _postgres;
    private readonly SqliteConnection? _keepAlive;

    private Database(Dialect dialect, string connectionString, NpgsqlDataSource? postgres = null, SqliteConnection? keepAlive = null) =>
        (Dialect, _connectionString, _postgres, _keepAlive) = (dialect, connectionString, postgres, keepAlive);

    public Dialect Dialect { get; }

    /// <summary>Ends a SELECT that must keep its rows from other writers until the transaction ends.</summary>
    public string ForUpdate => Dialect is Dialect.Postgres ? " FOR UPDATE" : "";

    public static Database Sqlite(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return new(Dialect.Sqlite, new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString());
    }

    /// <summary>A database that lives in memory as long as this object, for tests.</summary>
    /// <remarks>Named by a URI, for then its connections are pooled like those of a file.</remarks>
    public static Database InMemory(string name)
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = $"file:{name}?mode=memory&cache=shared",
            DefaultTimeout = 10
        }.ToString();
        var keepAlive = new SqliteConnection(text);
        keepAlive.Open();
        return new(Dialect.Sqlite, text, keepAlive: keepAlive);
    }

    public static Database Postgres(string connectionString) =>
        new(Dialect.Postgres, connectionString, NpgsqlDataSource.Create(connectionString));

    /// <summary>Lets a SQLite file grow no further than this many pages; what does not fit fails as on a full disk.</summary>
    public void LimitPages(long most) => _pagesMost = most;

    public async Task<DbConnection> Open(CancellationToken cancel = default)
    {
        if (_postgres is not null) return await _postgres.OpenConnectionAsync(cancel);
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancel);
        // A pooled connection comes back as it was set up.
        if (_setUp.TryGetValue(connection.Handle!, out var most) && (long)most == _pagesMost) return connection;
        await using var pragma = connection.CreateCommand();
        pragma.CommandText =
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";
        if (_pagesMost > 0) pragma.CommandText += $"PRAGMA max_page_count={_pagesMost};";
        await pragma.ExecuteNonQueryAsync(cancel);
        _setUp.AddOrUpdate(connection.Handle!, _pagesMost);
        return connection;
    }

    /// <summary>Empties SQLite's write-ahead file as far as readers let it: it tells in which order pages were written.</summary>
    public Task EmptyJournal(DbConnection connection) => Dialect is Dialect.Sqlite && _keepAlive is null
        ? connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)") : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        if (_keepAlive is null) return;
        SqliteConnection.ClearPool(_keepAlive);
        await _keepAlive.DisposeAsync();
    }
}
