namespace Entente.Documentation;

/// <summary>A spec sheet as it was written once, by whom and when.</summary>
/// <param name="Edition">One-based.</param>
/// <param name="By">Identifier of the person.</param>
public sealed record SheetEdition(int Edition, SpecSheet Sheet, string By, NodaTime.Instant At);

/// <summary>What changed between two editions of a spec sheet, as a person reads it.</summary>
public static class SheetDifference
{
    public static IReadOnlyList<PartLine> Between(SpecSheet? older, SpecSheet newer) => Lines.Between(older is null ? null : Parts(older), Parts(newer));

    private static IEnumerable<(string Name, string[] Text)> Parts(SpecSheet sheet) =>
    [
        ("External", Lines.Of(sheet.External)), ("Assets", [.. sheet.Internal.Assets]), ("Rests on", [.. sheet.Internal.Underpinning]),
        ("Staffing", Lines.Of(sheet.Internal.Staffing)), ("Capacity", Lines.Of(sheet.Internal.Capacity)),
        ("Cost a month", Lines.Of(sheet.Internal.Cost?.Label)), ("Invoicing", Lines.Of(sheet.Internal.Invoicing)),
        ("Risks", Lines.Of(sheet.Internal.Risks)),
    ];
}
