namespace Entente.Monitoring;

/// <summary>Decides what is taken into the measured history.</summary>
public static class MonitoringRules
{
    public static Decision<MonitoringFact> Take(MonitoringState state, Import import) =>
        state.InUse.FirstOrDefault(one => one.Sha256 == import.Sha256 && one.ShiftDays == import.ShiftDays) is { } same
            ? new Refusal("measurements.taken", $"This file was taken in before, as {same.Name}; withdraw that import to take it again.")
        : import.Rows == 0 ? new Refusal("measurements.empty", $"{import.Name} holds no row that can be used.")
        : new MonitoringFact.Imported(import);

    public static Decision<MonitoringFact> Withdraw(MonitoringState state, string import, string reason) =>
        state.Imports.Find(entry => entry.Import.Id == import) switch
        {
            null => new Refusal("measurements.unknown", "There is no such import."),
            { Withdrawn: not null } => new Refusal("measurements.withdrawn", "This import was withdrawn before."),
            _ when string.IsNullOrWhiteSpace(reason) => new Refusal("measurements.reason_missing", "Say why its rows must not count."),
            _ => new MonitoringFact.ImportWithdrawn(import, reason.Trim()),
        };
}
