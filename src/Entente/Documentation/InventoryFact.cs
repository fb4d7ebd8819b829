namespace Entente.Documentation;

/// <summary>What became of the inventory. Items themselves are rows of a table, written with these facts.</summary>
public abstract record InventoryFact
{
    private InventoryFact() { }

    public sealed record Recorded(InventoryItem Item) : InventoryFact;

    public sealed record Changed(InventoryItem Item) : InventoryFact;

    public sealed record Retired(InventoryKind Kind, string Key, string Reason) : InventoryFact;

    /// <summary>Rows of an export were taken over; the rows stand in a table and their digest here.</summary>
    /// <param name="Source">The kind of export, such as <c>netbox</c>.</param>
    /// <param name="Digest">SHA-256 of the rows as they were taken over, in hexadecimal.</param>
    public sealed record Imported(string Import, string Source, string File, string Digest, int NewItems, int ChangedItems, int SameItems) : InventoryFact;

    /// <summary>An import was taken back: what it added is gone, what it changed is as before.</summary>
    public sealed record ImportUndone(string Import) : InventoryFact;
}
