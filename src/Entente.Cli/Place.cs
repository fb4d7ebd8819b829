using System.CommandLine;
using Entente.Storage;

namespace Entente.Cli;

/// <summary>Where a verb works: a server elsewhere (with a token), or a database of one's own (as one of its people).</summary>
public static class Place
{
    public static Option<string?> Data { get; } = new("--data") { Description = "Data folder. Default: the user's data directory." };

    public static Option<string?> Postgres { get; } = new(
        "--postgres")
    { Description = "Connection string of a PostgreSQL database, instead of a data folder." };

    public static Option<string?> Server { get; } = new("--server") { Description = "Address of a running server. Default: ENTENTE_SERVER." };

    public static Option<string?> Token { get; } = new("--token") { Description = "API token for --server. Default: ENTENTE_TOKEN." };

    public static Option<string?> As { get; } = new("--as") { Description = "E-mail of the person to act as in a local data folder. Default: ENTENTE_AS." };

    /// <summary>Adds where a verb works on a database of its own.</summary>
    public static Command AddDatabase(this Command verb)
    {
        verb.Add(Data);
        verb.Add(Postgres);
        return verb;
    }

    /// <summary>Adds where a verb that speaks REST works.</summary>
    public static Command AddPlace(this Command verb)
    {
        verb.AddDatabase();
        verb.Add(Server);
        verb.Add(Token);
        verb.Add(As);
        return verb;
    }

    public static string DataFolder(ParseResult result) => result.GetValue(Data) ?? Environment.GetEnvironmentVariable("ENTENTE_DATA")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "entente");

    public static Database Database(ParseResult result) => result.GetValue(Postgres) is { } postgres
        ? Storage.Database.Postgres(postgres)
        : Storage.Database.Sqlite(Path.Combine(DataFolder(result), "entente.db"));
}
