using System.Text;
using Dapper;
using Entente.Storage;
using Entente.Storage.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>An anonymous voice against everything that is on the disk afterwards: the files of the database, byte by byte, and the logs.</summary>
public sealed class NoTraceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-trace-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_file_of_the_database_and_no_log_holds_more_of_the_speaker_than_before()
    {
        var database = Database.Sqlite(Path.Combine(_folder, "entente.db"));
        await using var cast = await Cast.Assemble(database);
        await cast.OpenGate();
        await cast.OpenTable();
        using var heard = new Heard();
        cast.Rooms.GetRequiredService<ILoggerFactory>().AddProvider(heard);
        var traces = await Traces(cast);
        await Settle(database);
        var before = Count(traces);

        await Must(cast.Sam.Ask(HttpMethod.Post, cast.Path("/voices"), new { text = "Quokka frightens us.", anonymous = true }, key: "telltale-key"));
        (await cast.Sam.Submit($"/engagements/{cast.Engagement}/voices", ("text", "Quokka again."), ("to", "everybody"), ("service", ""),
            ("anonymous", "true"))).Status.ShouldBe(303);
        (await cast.Sam.Ask(HttpMethod.Post, cast.Path("/voices"), new { text = "", anonymous = true })).Status.ShouldBe(400);
        var concerns = cast.Path("/negotiations/n1/concerns");
        await Must(cast.Sam.Ask(HttpMethod.Post, concerns, new { text = "Quokka at night.", term = "restore", least = "4 h", anonymous = true },
            key: "telltale-key"));
        (await cast.Sam.Submit($"/engagements/{cast.Engagement}/negotiation/n1/concerns", ("text", "Quokka at the table."), ("term", ""),
            ("owner", "Provider"), ("anonymous", "yes"))).Status.ShouldBe(303);
        (await cast.Sam.Ask(HttpMethod.Post, concerns, new { text = "Quokka", term = "zork", anonymous = true })).Status.ShouldBe(422);
        (await cast.Sam.Ask(HttpMethod.Post, concerns, new { text = "", anonymous = true })).Status.ShouldBe(400);

        await cast.HearVoices();
        await Settle(database);
        Count(["Quokka frightens us.", "Quokka again.", "Quokka at night.", "Quokka at the table."])
            .ShouldAllBe(found => found.Value > 0, "What was said is kept.");
        Count(traces).ShouldBe(before, ignoreOrder: true);
        Count(["telltale-key"])["telltale-key"].ShouldBe(0);
        heard.Said.ShouldAllBe(line => traces.All(trace => !line.Contains(trace, StringComparison.Ordinal)));
        cast.Rooms.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Information)
            .ShouldBeFalse("An access log would tell who asked when.");
        // And the facts themselves: of the time only when all were heard.
        await using var connection = await database.Open();
        (await connection.QueryAsync<string>("SELECT at FROM facts WHERE data LIKE '%Quokka%'")).ShouldAllBe(at => at == "2026-03-03T06:00:00Z");
    }

    /// <summary>Whatever stands for the speaker: identifier, address, and the digest of the token that was used.</summary>
    private static async Task<string[]> Traces(Cast cast)
    {
        var people = cast.Rooms.GetRequiredService<PeopleStore>();
        (await people.FindPersonByEmail("SAM@CAST.EXAMPLE"))!.Id.ShouldBe(cast.SamId);
        await using var connection = await cast.Rooms.GetRequiredService<Database>().Open();
        var tokens = await connection.QueryAsync<string>("SELECT token_hash FROM api_tokens WHERE person = @SamId", new { cast.SamId });
        return [cast.SamId, "sam@cast.example", "\"Sam\"", .. tokens];
    }

    /// <summary>Everything in its place and nothing left over, so that the same content is the same bytes.</summary>
    private static async Task Settle(Database database)
    {
        await using var connection = await database.Open();
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await connection.ExecuteAsync("PRAGMA secure_delete = ON");
        await connection.ExecuteAsync("VACUUM");
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private Dictionary<string, int> Count(string[] words)
    {
        var files = Directory.GetFiles(_folder).Select(Read).ToList();
        return words.ToDictionary(word => word, word => files.Sum(file => Occurrences(file, Encoding.UTF8.GetBytes(word))));
    }

    private static byte[] Read(string file)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        open.CopyTo(content);
        return content.ToArray();
    }

    private static int Occurrences(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        var count = 0;
        for (var at = text.IndexOf(word); at >= 0; at = text.IndexOf(word))
        {
            count++;
            text = text[(at + word.Length)..];
        }

        return count;
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        public List<string> Said { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Said) Said.Add($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
