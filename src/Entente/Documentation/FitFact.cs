using System.Collections.Immutable;
using NodaTime;

namespace Entente.Documentation;

/// <summary>What became of the assessment of practices.</summary>
public abstract record FitFact
{
    private FitFact() { }

    /// <param name="Evidence">What shows it beside what the system finds itself.</param>
    /// <param name="Plan">What will be done about the gap.</param>
    public sealed record Assessed(string Clause, Fit Fit, string Evidence, string Plan = "", string Owner = "", LocalDate? Due = null) : FitFact;
}

/// <summary>How each clause was assessed last.</summary>
public sealed record FitState : IState<FitState, FitFact>
{
    public static FitState Empty { get; } = new();

    public ImmutableSortedDictionary<string, FitFact.Assessed> Clauses { get; init; } =
        ImmutableSortedDictionary.Create<string, FitFact.Assessed>(StringComparer.Ordinal);

    public FitState Apply(FitFact fact, Stamp stamp) =>
        fact is FitFact.Assessed assessed ? this with { Clauses = Clauses.SetItem(assessed.Clause, assessed) } : this;
}

/// <summary>Decides how practices are assessed.</summary>
public static class FitRules
{
    public static Decision<FitFact> Assess(CharterState charter, FitState state, Actor by, FitFact.Assessed said) =>
        CharterRules.Blocks(charter) is { } blocked ? blocked
        : by.Seat is not (Seat.ServiceLevelManager or Seat.Provider)
            ? new Refusal("fit.not_yours", "The provider and the service level manager assess practices.")
        : PracticeClauses.Find(said.Clause) is null ? new Refusal("fit.unknown", $"There is no clause '{said.Clause}'.")
        : said is { Fit: Fit.Missing or Fit.Partly, Plan.Length: > 0, Owner.Length: 0 } ? new Refusal("fit.owner_missing", "A plan needs somebody who owns it.")
        : said == state.Clauses.GetValueOrDefault(said.Clause) ? Array.Empty<FitFact>()
        : said;
}
