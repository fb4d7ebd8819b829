namespace Entente.Agreements;

/// <summary>What underpins an engagement's services: agreements of IT with its own teams and suppliers. It lies in a
/// stream that wakes no page of the customer.</summary>
public abstract record UnderpinningFact
{
    private UnderpinningFact() { }

    /// <summary>A small table was opened for an agreement with a team or a supplier.</summary>
    /// <param name="Contract">Short name, such as <c>hoster</c>.</param>
    /// <param name="Party">Who promises it.</param>
    /// <param name="Engagement">The engagement in which IT buys from that party.</param>
    /// <param name="Terms">Keys of the terms that rest on it.</param>
    public sealed record Begun(
        string Contract, AgreementType Type, string Party, string Service, string Engagement, ValueList<string> Terms)
        : UnderpinningFact;
}

/// <summary>The small tables of an engagement, by contract.</summary>
public sealed record UnderpinningState : IState<UnderpinningState, UnderpinningFact>
{
    public static UnderpinningState Empty { get; } = new();

    public System.Collections.Immutable.ImmutableList<UnderpinningFact.Begun> Contracts { get; init; } = [];

    /// <summary>Stream of what underpins an engagement. It does not begin with the engagement.</summary>
    public static string Id(string engagement) => $"provider.{engagement}";

    public UnderpinningState Apply(UnderpinningFact fact, Stamp stamp) =>
        fact is UnderpinningFact.Begun begun ? this with { Contracts = Contracts.Add(begun) } : this;
}
