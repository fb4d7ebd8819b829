using System.Collections.Immutable;

namespace Entente.Monitoring;

/// <summary>Which files the measured history of an engagement is made of.</summary>
public sealed record MonitoringState : IState<MonitoringState, MonitoringFact>
{
    public static MonitoringState Empty { get; } = new();

    public ImmutableList<ImportEntry> Imports { get; init; } = [];

    public IEnumerable<Import> InUse => Imports.Where(entry => entry.Withdrawn is null).Select(entry => entry.Import);

    public MonitoringState Apply(MonitoringFact fact, Stamp stamp) => fact switch
    {
        MonitoringFact.Imported imported => this with { Imports = Imports.Add(new ImportEntry(imported.Import, stamp, Withdrawn: null)) },
        MonitoringFact.ImportWithdrawn withdrawn => this with
        {
            Imports = Imports.ConvertAll(entry => entry.Import.Id == withdrawn.Import ? entry with { Withdrawn = withdrawn.Reason } : entry),
        },
        _ => this,
    };
}

/// <summary>An import, who brought it in and when, and why it was withdrawn if it was.</summary>
public sealed record ImportEntry(Import Import, Stamp Stamp, string? Withdrawn);
