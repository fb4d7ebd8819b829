using System.Collections.Immutable;

namespace Entente.Documentation;

/// <summary>What the rules must remember of an inventory beside its rows: which imports stand.</summary>
public sealed record InventoryState : IState<InventoryState, InventoryFact>
{
    public static InventoryState Empty { get; } = new();

    /// <summary>Imports that were taken over, in order.</summary>
    public ImmutableList<StandingImport> Imports { get; init; } = [];

    public InventoryState Apply(InventoryFact fact, Stamp stamp) => fact switch
    {
        InventoryFact.Imported imported => this with { Imports = Imports.Add(new(imported, stamp.Version, IsUndone: false)) },
        InventoryFact.ImportUndone undone => this with
        {
            Imports = [.. Imports.Select(one => one.Fact.Import == undone.Import ? one with { IsUndone = true } : one)],
        },
        _ => this,
    };
}

/// <summary>An import and whether it still stands.</summary>
public sealed record StandingImport(InventoryFact.Imported Fact, long Version, bool IsUndone);
