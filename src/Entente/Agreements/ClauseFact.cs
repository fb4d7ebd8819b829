namespace Entente.Agreements;

/// <summary>What became of the clauses that an engagement wrote itself.</summary>
public abstract record ClauseFact
{
    private ClauseFact() { }

    /// <summary>A clause was written, or written anew: each writing is a version of its own.</summary>
    /// <param name="Kind">The kind of term it is for, such as <c>availability</c>.</param>
    /// <param name="Text">The words, with variables in braces.</param>
    public sealed record Written(string Clause, string Kind, string Text) : ClauseFact;

    /// <summary>It is offered no more; agreements that hold it keep it.</summary>
    public sealed record Retired(string Clause) : ClauseFact;
}
