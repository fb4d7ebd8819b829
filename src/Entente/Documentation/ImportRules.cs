namespace Entente.Documentation;

/// <summary>What taking over an imported item would do.</summary>
public enum ImportAction
{
    Add,
    Change,

    /// <summary>The item stands already as the export says.</summary>
    Same,

    /// <summary>The item was retired here, and an import does not bring it back.</summary>
    Retired,

    /// <summary>The key belongs to the other side.</summary>
    OtherSide,
}

/// <summary>An imported item held against the inventory.</summary>
/// <param name="After">What would stand then: what the export says laid over what people wrote.</param>
public sealed record PlannedItem(ImportAction Action, InventoryItem After, InventoryItem? Before);

/// <summary>Decides what an import does, and whether it may.</summary>
public static class ImportRules
{
    /// <summary>Holds an imported item against the one that stands under its kind and key.</summary>
    public static PlannedItem Plan(InventoryItem imported, InventoryItem? standing, bool isRetired)
    {
        if (standing is null) return new(ImportAction.Add, imported, null);
        if (isRetired) return new(ImportAction.Retired, standing, standing);
        if (standing.Side != imported.Side) return new(ImportAction.OtherSide, standing, standing);
        var after = Overlay(standing, imported);
        return new(after.Equals(standing) ? ImportAction.Same : ImportAction.Change, after, standing);
    }

    /// <summary>Why an export cannot be read again with another mapping, if it cannot.</summary>
    public static Refusal? ReadAgain(Actor by, Side side, bool isStaged, bool isKept) =>
        InventoryRules.MayWrite(by, side) is { } refusal ? refusal
        : !isStaged ? new Refusal("import.taken_over", "This import was taken over before; take it back and read the export again.")
        : !isKept ? new Refusal("import.not_kept", "The files of this import are not kept any more; read the export again.")
        : null;

    public static Decision<InventoryFact> TakeOver(
        CharterState charter, InventoryState state, Actor by, Side side, InventoryFact.Imported import) =>
        CharterRules.Blocks(charter) is { } blocked ? blocked
        : InventoryRules.MayWrite(by, side) is { } refusal ? refusal
        : state.Imports.Any(one => one.Fact.Import == import.Import)
            ? new Refusal("import.taken_over", "This import was taken over before; read the export again.")
        : import.NewItems + import.ChangedItems + import.SameItems == 0 ? new Refusal(
            "import.nothing_read", "Nothing in the export can be taken over: no row could be read as an item, or all of them are retired here or the other side's.")
        : import.NewItems + import.ChangedItems == 0 ? new Refusal(
            "import.nothing_new", "The inventory stands already as the export says; there is nothing to take over.")
        : import;

    public static Decision<InventoryFact> Undo(InventoryState state, Actor by, Side side, string import) =>
        InventoryRules.MayWrite(by, side) is { } refusal ? refusal
        : state.Imports.FirstOrDefault(one => one.Fact.Import == import) is not { } standing
            ? new Refusal("import.unknown", "There is no such import that was taken over.")
        : standing.IsUndone ? new Refusal("import.undone", "This import was undone before.")
        : new InventoryFact.ImportUndone(import);

    /// <remarks>What an export leaves empty keeps what a person wrote here: costs, evidence and measurements are seldom in an export.</remarks>
    public static InventoryItem Overlay(InventoryItem standing, InventoryItem imported) => (standing, imported) switch
    {
        (InventoryItem.Asset was, InventoryItem.Asset now) => now with
        {
            Owner = Said(now.Owner, was.Owner),
            Notes = Said(now.Notes, was.Notes),
            Purchase = now.Purchase ?? was.Purchase,
            Run = now.Run ?? was.Run,
            PerUnit = now.PerUnit ?? was.PerUnit,
            Capacity = now.Capacity ?? was.Capacity,
            DependsOn = Said(now.DependsOn, was.DependsOn),
            RedundantWith = Said(now.RedundantWith, was.RedundantWith),
            Needs = Said(now.Needs, was.Needs),
            MeasuredBy = Said(now.MeasuredBy, was.MeasuredBy),
        },
        (InventoryItem.Person was, InventoryItem.Person now) => now with
        {
            Owner = Said(now.Owner, was.Owner),
            Notes = Said(now.Notes, was.Notes),
            Skills = Said(now.Skills, was.Skills),
            Shift = Said(now.Shift, was.Shift),
            HoursPerWeek = now.HoursPerWeek ?? was.HoursPerWeek,
        },
        (InventoryItem.Practice was, InventoryItem.Practice now) => now with
        {
            Owner = Said(now.Owner, was.Owner),
            Notes = Said(now.Notes, was.Notes),
            Maturity = now.Maturity == 0 ? was.Maturity : now.Maturity,
            Evidence = Said(now.Evidence, was.Evidence),
        },
        _ => imported,
    };

    private static string Said(string now, string was) => now.Length > 0 ? now : was;

    private static ValueList<T> Said<T>(ValueList<T> now, ValueList<T> was) => now.Count > 0 ? now : was;
}
