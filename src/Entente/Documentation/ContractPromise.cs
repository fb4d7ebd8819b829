using Entente.Terms;

namespace Entente.Documentation;

/// <summary>What a contract with a team or a supplier promises for the terms that rest on it, as far as it has come.</summary>
/// <param name="Contract">Its short name, by which an internal sheet names it.</param>
/// <param name="Standing">asked, agreed or signed.</param>
public sealed record ContractPromise(string Contract, string Party, string Service, string Standing, IReadOnlyList<Term> Terms)
{
    public bool IsCalled(string name) => string.Equals(name, Contract, StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, Party, StringComparison.OrdinalIgnoreCase);
}
