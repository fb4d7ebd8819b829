using Entente.Engagements;
using Entente.Storage.Engagements;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Storage.Tests.Ledger;

/// <summary>The program that the kill test starts and ends: it writes batches of facts and says each one that was acknowledged.</summary>
internal static class KilledWriter
{
    /// <summary>Facts in each append; a stream whose version is no multiple of it would be half written.</summary>
    public const int Batch = 3;

    public static Actor Writer { get; } = new("per_writer", "Writer", Seat.ServiceLevelManager);

    public static Database Open(string dialect, string place) =>
        dialect == "postgres" ? Database.Postgres(place) : Database.Sqlite(place);

    public static FactLedger Ledger(Database database) => new(database, [new EngagementStore(database)], new LedgerPulse());

    public static async Task<int> Write(string dialect, string place, int worker)
    {
        await using var database = Open(dialect, place);
        var ledger = Ledger(database);
        for (var i = 0; i < 100_000; i++)
        {
            var id = $"eng_{worker}_{i}";
            EngagementFact[] facts =
            [
                new EngagementFact.Opened($"T{i}", "org", "Acme IT", "Globex"),
                new EngagementFact.SeatGranted($"per_{i}", "Ann", Seat.ServiceLevelManager),
                new EngagementFact.SeatGranted($"per_x{i}", "Pia", Seat.Provider),
            ];
            var appended = await ledger.Append([StreamAppend.Of<EngagementFact>(id, 0, facts)], Writer, Instant.FromUnixTimeSeconds(i));
            if (appended is Appended.Recorded) Console.Out.WriteLine(id);
        }

        return 0;
    }
}
