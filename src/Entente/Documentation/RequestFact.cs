namespace Entente.Documentation;

/// <summary>What became of a wish for a service of the catalogue.</summary>
public abstract record RequestFact
{
    private RequestFact() { }

    /// <param name="Id">Short name within the engagement, such as <c>r1</c>.</param>
    public sealed record Requested(string Id, string Service, string Text) : RequestFact;

    public sealed record Granted(string Id, string Reply) : RequestFact;

    public sealed record Declined(string Id, string Reply) : RequestFact;

    public sealed record Withdrawn(string Id) : RequestFact;
}
