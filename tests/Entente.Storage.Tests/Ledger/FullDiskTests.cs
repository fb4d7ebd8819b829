using Entente.Documentation;
using Entente.Storage.Ledger;
using Entente.Tests.Shared;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Entente.Storage.Tests.Ledger;

public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_fails_the_write_and_leaves_no_half_of_it()
    {
        var file = Path.Combine(RealPrograms.NewFolder(), "entente.db");
        await using var database = Database.Sqlite(file);
        await Migrations.Run(database);
        var ledger = new FactLedger(database, [], new LedgerPulse());
        var ann = new Actor("per_ann", "Ann", Seat.ServiceLevelManager);
        await using (var connection = await database.Open())
        {
            // A database that may not grow behaves like a disk without room: SQLITE_FULL at the write.
            var pages = await connection.ExecuteScalarAsync<long>("PRAGMA page_count");
            database.LimitPages(pages + 4);
        }

        var charter = new Charter(new string('x', 60_000), "scope", ["r"], ["m"]);
        var failure = await Should.ThrowAsync<SqliteException>(() => ledger.Append(
            [StreamAppend.Of<CharterFact>("eng_1", 0, [new CharterFact.StakeholderNamed("p", "P"), new CharterFact.Written(charter)])], ann,
                Instant.FromUnixTimeSeconds(0)));
        failure.SqliteErrorCode.ShouldBe(13);
        (await ledger.Position()).ShouldBe(0);
        (await ledger.Verify()).ShouldBeNull();
        (await ledger.Append([StreamAppend.Of<CharterFact>("eng_1", 0, [new CharterFact.StakeholderNamed("p", "P")])], ann, Instant.FromUnixTimeSeconds(0)))
            .ShouldBe(new Appended.Recorded(1));
    }
}
