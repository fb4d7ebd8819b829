namespace Entente.Documentation;

/// <summary>The parts of a charter. Each is approved by itself: what did not change stays approved.</summary>
public enum CharterSection { Purpose, Scope, Sponsor, Roles, Raci, Calendar, SuccessMeasures, Escalation, Words, Quorum }

/// <summary>Words for the parts of a charter.</summary>
public static class CharterSections
{
    public static IReadOnlyList<CharterSection> All { get; } = Enum.GetValues<CharterSection>();

    extension(CharterSection section)
    {
        public string Title => section switch
        {
            CharterSection.Roles => "Roles and authority",
            CharterSection.Raci => "Who does what",
            CharterSection.Calendar => "Process calendar",
            CharterSection.SuccessMeasures => "Success measures",
            CharterSection.Escalation => "Escalation path",
            CharterSection.Words => "Glossary",
            CharterSection.Quorum => "Who decides at the table",
            _ => section.ToString(),
        };
    }

    extension(Charter charter)
    {
        public string[] LinesOf(CharterSection section) => section switch
        {
            CharterSection.Purpose => Lines.Of(charter.Purpose),
            CharterSection.Scope => Lines.Of(charter.Scope),
            CharterSection.Sponsor => Lines.Of(charter.Sponsor),
            CharterSection.Roles => [.. charter.Roles],
            CharterSection.Raci => [.. charter.Raci.Select(row => row.ToString())],
            CharterSection.Calendar => [.. charter.Calendar.Select(row => row.ToString())],
            CharterSection.SuccessMeasures => [.. charter.SuccessMeasures.Select(row => row.ToString())],
            CharterSection.Escalation => Lines.Of(charter.Escalation),
            CharterSection.Words => [.. charter.Words.Select(row => row.ToString())],
            CharterSection.Quorum => [.. Quorum(charter), .. charter.VotingRights.Select(right => right.ToString())],
            _ => throw new ArgumentOutOfRangeException(nameof(section)),
        };
    }

    private static IEnumerable<string> Quorum(Charter charter) => charter.Quorum == 0 ? [] :
    [
        $"Provider and customer, always both, and {charter.Quorum} % of "
            + (charter.VotingRights.Count == 0 ? "accounting and the stakeholders."
                : "those of accounting and the stakeholders who are optional."),
    ];
}
