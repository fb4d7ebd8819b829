namespace Entente.Documentation;

/// <summary>What changed between two editions of a charter, as a person reads it.</summary>
public static class CharterDifference
{
    /// <summary>Every line of both, section by section.</summary>
    public static IReadOnlyList<PartLine> Between(Charter? older, Charter newer) => Lines.Between(older is null ? null : Parts(older), Parts(newer));

    /// <summary>The sections that do not say the same.</summary>
    public static ValueList<CharterSection> Sections(Charter? older, Charter newer) =>
        CharterSections.All.Where(section => !newer.LinesOf(section).SequenceEqual(older?.LinesOf(section) ?? [])).ToValueList();

    private static IEnumerable<(string, string[])> Parts(Charter charter) =>
        CharterSections.All.Select(section => (section.Title, charter.LinesOf(section)));
}
