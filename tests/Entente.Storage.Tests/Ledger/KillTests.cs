using System.Diagnostics;
using System.Security.Cryptography;
using Dapper;
using Entente.Storage.Ledger;
using Entente.Tests.Shared;

namespace Entente.Storage.Tests.Ledger;

public sealed class KillTests
{
    [Fact]
    public Task Fifty_killed_writers_lose_nothing_acknowledged_on_sqlite()
    {
        var folder = RealPrograms.NewFolder();
        return KillAndLook("sqlite", Path.Combine(folder, "entente.db"), kills: 50);
    }

    [Fact]
    public Task Fifty_killed_writers_lose_nothing_acknowledged_on_postgres() =>
        KillAndLook("postgres", RealPrograms.Postgres(), kills: 50);

    private static async Task KillAndLook(string dialect, string place, int kills)
    {
        var seed = Environment.GetEnvironmentVariable("SEED") is { } text ? int.Parse(text) : RandomNumberGenerator.GetInt32(int.MaxValue);
        var random = new Random(seed);
        await using var database = KilledWriter.Open(dialect, place);
        await Migrations.Run(database);
        HashSet<string> acknowledged = [];
        for (var kill = 0; kill < kills; kill++) acknowledged.UnionWith(await WriteAndKill(dialect, place, kill, random));

        var ledger = KilledWriter.Ledger(database);
        (await ledger.Verify()).ShouldBeNull($"seed={seed}");
        await using var connection = await database.Open();
        var versions = (await connection.QueryAsync<(string Stream, long Version)>("SELECT stream, MAX(version) FROM facts GROUP BY stream")).ToList();
        versions.ShouldAllBe(row => row.Version == KilledWriter.Batch, $"half a batch was written, seed={seed}");
        var listed = (await connection.QueryAsync<string>("SELECT id FROM engagements")).ToHashSet();
        listed.Count.ShouldBe(versions.Count, $"lists and facts differ, seed={seed}");
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM seats")).ShouldBe(2L * versions.Count, $"seed={seed}");
        acknowledged.Where(id => !listed.Contains(id)).ShouldBeEmpty($"acknowledged, but lost, seed={seed}");
        acknowledged.Count.ShouldBeGreaterThan(kills, $"the writers were killed before they wrote, seed={seed}");
    }

    private static async Task<IReadOnlyList<string>> WriteAndKill(string dialect, string place, int worker, Random random)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["write-until-killed", dialect, place, $"{worker}"]) { RedirectStandardOutput = true };
        using var writer = Process.Start(start)!;
        List<string> said = [];
        // The writer works once it has said something; the moment of the kill after that is random.
        if (await writer.StandardOutput.ReadLineAsync() is { } first) said.Add(first);
        var reading = Task.Run(async () =>
        {
            while (await writer.StandardOutput.ReadLineAsync() is { } line) said.Add(line);
        });
        await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 60));
        writer.Kill();
        await writer.WaitForExitAsync();
        await reading;
        return said;
    }
}
