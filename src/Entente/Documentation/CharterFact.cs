namespace Entente.Documentation;

/// <summary>What happened to the process charter.</summary>
public abstract record CharterFact
{
    private CharterFact() { }

    /// <summary>A new edition of the text; it asks every stakeholder for approval of what changed since they approved.</summary>
    public sealed record Written(Charter Charter) : CharterFact;

    public sealed record StakeholderNamed(string Person, string Name) : CharterFact;

    public sealed record StakeholderReleased(string Person) : CharterFact;

    /// <param name="Via">How it came when it was not said while signed in, such as by a link in a mail.</param>
    public sealed record Approved(int Edition, string? Via = null) : CharterFact;

    public sealed record Objected(int Edition, string Reason, string? Via = null) : CharterFact;

    /// <summary>A stakeholder handed their voice to somebody else who sits in the engagement.</summary>
    public sealed record Delegated(string To, string Name, string? Via = null) : CharterFact;
}
