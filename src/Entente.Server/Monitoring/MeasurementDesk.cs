using Entente.Monitoring;
using Entente.Server.Identity;
using Entente.Storage.Ledger;
using Entente.Storage.Monitoring;
using Entente.Terms.Evaluation;

namespace Entente.Server.Monitoring;

/// <summary>Measured rows by import, as long as they are asked for: an import never changes once it is taken.</summary>
public sealed class HistoryShelf(MeasurementStore store, KeptResults kept)
{
    /// <summary>What a row takes in memory with its place in the index, about.</summary>
    public const long RowBytes = 128;

    public Task<Measurements> Take(Import import) =>
        kept.OfTask($"rows/{import.Id}", () => store.Read(import.Id, import.Name, import.ListsOutagesOnly),
            rows => RowBytes * Shifting.Size(rows));
}

/// <summary>Takes files of measurements in, and gives the history they make.</summary>
public sealed class MeasurementDesk(Recorder recorder, HistoryShelf shelf)
{
    public Task<Versioned<MonitoringState>> Read(string engagement) => recorder.Read<MonitoringState, MonitoringFact>(engagement);

    /// <summary>Reads a file and takes its rows in, all of them or, where the wish says so, the good ones.</summary>
    public async Task<(Outcome<MonitoringState> Outcome, FileRead File, Import Import)> Take(string engagement, Write write, byte[] bytes, ReadingWish wish)
    {
        var file = MeasurementReader.Read(bytes, wish, recorder.Now);
        var rows = file.Rows;
        var import = new Import(
            Secrets.NewId("imp"), wish.Name, file.Sha256, Kinds(rows).ToValueList(), Shifting.Size(rows), file.Refused, rows.First, rows.Last,
            wish.ShiftDays, rows.ListsOutagesOnly);
        var outcome = await recorder.Record<MonitoringState, MonitoringFact>(
            engagement, write, (state, _) => MonitoringRules.Take(state, import),
            rows: async (connection, transaction) =>
            {
                await MeasurementStore.Add(connection, transaction, import.Id, rows);
                await CaseStore.Add(connection, transaction, import.Id, file.Steps);
            });
        return (outcome, file, import);
    }

    public Task<Outcome<MonitoringState>> Withdraw(string engagement, Write write, string import, string reason) =>
        recorder.Record<MonitoringState, MonitoringFact>(engagement, write, (state, _) => MonitoringRules.Withdraw(state, import, reason));

    /// <summary>The measured history of an engagement: one set of rows for each import in use.</summary>
    public async Task<IReadOnlyList<Measurements>> History(string engagement)
    {
        var (state, _) = await Read(engagement);
        return await Task.WhenAll(state.InUse.Select(shelf.Take));
    }

    private static IEnumerable<string> Kinds(Measurements rows)
    {
        if (rows.Counts.Count > 0) yield return "counts";
        if (rows.States.Count > 0) yield return "states";
        if (rows.Checks.Count > 0) yield return "checks";
        if (rows.Values.Count > 0) yield return "values";
        if (rows.Tickets.Count > 0) yield return "tickets";
    }
}
