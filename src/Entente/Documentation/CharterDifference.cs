namespace Entente.Documentation;

/// <summary>One line of a charter in two editions.</summary>
/// <param name="Part">Title of the section, such as Purpose or Scope.</param>
public sealed record CharterLine(string Part, LineChange Change, string Text);

/// <summary>What changed between two editions of a charter, as a person reads it.</summary>
public static class CharterDifference
{
    /// <summary>Every line of both, section by section.</summary>
    public static IReadOnlyList<CharterLine> Between(Charter? older, Charter newer) =>
    [
        .. from section in CharterSections.All
           from line in Lines.Between(older?.LinesOf(section) ?? [], newer.LinesOf(section))
           select new CharterLine(section.Title, line.Change, line.Text),
    ];

    /// <summary>The sections that do not say the same.</summary>
    public static ValueList<CharterSection> Sections(Charter? older, Charter newer) =>
        CharterSections.All.Where(section => !newer.LinesOf(section).SequenceEqual(older?.LinesOf(section) ?? [])).ToValueList();
}
