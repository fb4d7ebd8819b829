namespace Entente.Documentation;

/// <summary>What happened to the process charter.</summary>
public abstract record CharterFact
{
    private CharterFact() { }

    /// <summary>A new version of the text; it asks every stakeholder for approval again.</summary>
    public sealed record Written(Charter Charter) : CharterFact;

    public sealed record StakeholderNamed(string Person, string Name) : CharterFact;

    public sealed record StakeholderReleased(string Person) : CharterFact;

    public sealed record Approved(int Edition) : CharterFact;

    public sealed record Objected(int Edition, string Reason) : CharterFact;

    /// <summary>A stakeholder handed their voice to somebody else who sits in the engagement.</summary>
    public sealed record Delegated(string To, string Name) : CharterFact;
}

/// <summary>The text that opens the work: why, over what, by whom, and how success is told.</summary>
/// <param name="Roles">Who does what with which authority, one line each.</param>
/// <param name="SuccessMeasures">How both sides will know that the work was worth it, one measure each.</param>
/// <param name="Sponsor">Who wants it and pays for it.</param>
/// <param name="Calendar">Deadlines of documentation, rounds of negotiation, and the rhythm of reviews, one each.</param>
/// <param name="Escalation">Who decides when the table cannot, and after how long.</param>
public sealed record Charter(
    string Purpose, string Scope, ValueList<string> Roles, ValueList<string> SuccessMeasures,
    string Sponsor = "", ValueList<string> Calendar = default, string Escalation = "");
