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
}

/// <summary>The text that opens the work: why, over what, by whom, and how success is told.</summary>
/// <param name="Roles">Who does what with which authority, one line each.</param>
/// <param name="SuccessMeasures">How both sides will know that the work was worth it, one measure each.</param>
public sealed record Charter(string Purpose, string Scope, ValueList<string> Roles, ValueList<string> SuccessMeasures);
