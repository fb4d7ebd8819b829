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

    /// <summary>What became of the plan for a gap; the last word on it says that it is done.</summary>
    public sealed record Followed(string Clause, string Text, bool IsDone) : FitFact;
}

/// <summary>How each clause was assessed last.</summary>
public sealed record FitState : IState<FitState, FitFact>
{
    public static FitState Empty { get; } = new();

    public ImmutableSortedDictionary<string, FitFact.Assessed> Clauses { get; init; } =
        ImmutableSortedDictionary.Create<string, FitFact.Assessed>(StringComparer.Ordinal);

    /// <summary>What became of each clause's plan since it was made, in order.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<FollowUp>> FollowUps { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableList<FollowUp>>(StringComparer.Ordinal);

    public IReadOnlyList<FollowUp> Of(string clause) => FollowUps.GetValueOrDefault(clause) ?? [];

    /// <summary>Whether there is a plan for a clause that is not done yet.</summary>
    public bool IsOpen(string clause) =>
        Clauses.GetValueOrDefault(clause) is { Fit: Fit.Missing or Fit.Partly, Plan.Length: > 0 } && !Of(clause).Any(one => one.IsDone);

    /// <remarks>Another plan begins anew; the same plan assessed again keeps what was said of it.</remarks>
    public FitState Apply(FitFact fact, Stamp stamp) => fact switch
    {
        FitFact.Assessed assessed => this with
        {
            Clauses = Clauses.SetItem(assessed.Clause, assessed),
            FollowUps = Clauses.GetValueOrDefault(assessed.Clause)?.Plan == assessed.Plan ? FollowUps : FollowUps.Remove(assessed.Clause),
        },
        FitFact.Followed followed => this with
        {
            FollowUps = FollowUps.SetItem(followed.Clause,
                (FollowUps.GetValueOrDefault(followed.Clause) ?? []).Add(new FollowUp(followed.Text, followed.IsDone, stamp.By, stamp.At))),
        },
        _ => this,
    };
}

/// <summary>What somebody said became of a plan.</summary>
public sealed record FollowUp(string Text, bool IsDone, string By, Instant At);

/// <summary>Decides how practices are assessed.</summary>
public static class FitRules
{
    public static Decision<FitFact> Assess(CharterState charter, FitState state, Actor by, FitFact.Assessed said) =>
        CharterRules.Blocks(charter) is { } blocked ? blocked
        : by.Seat is not (Seat.ServiceLevelManager or Seat.Provider)
            ? new Refusal("fit.not_yours", "The provider and the service level manager assess practices.")
        : PracticeClauses.Find(said.Clause) is null ? new Refusal("fit.unknown", $"There is no clause '{said.Clause}'.")
        : said is { Fit: Fit.Missing or Fit.Partly, Plan.Length: > 0, Owner.Length: 0 } ? new Refusal("fit.owner_missing", "A plan needs somebody who owns it.")
        : said is { Fit: Fit.Missing or Fit.Partly, Plan.Length: > 0, Due: null } ? new Refusal("fit.due_missing", "A plan needs a day by which it is done.")
        : said == state.Clauses.GetValueOrDefault(said.Clause) ? Array.Empty<FitFact>()
        : said;

    public static Decision<FitFact> Follow(FitState state, Actor by, FitFact.Followed said) =>
        by.Seat is not (Seat.ServiceLevelManager or Seat.Provider)
            ? new Refusal("fit.not_yours", "The provider and the service level manager follow plans up.")
        : PracticeClauses.Find(said.Clause) is null ? new Refusal("fit.unknown", $"There is no clause '{said.Clause}'.")
        : !state.IsOpen(said.Clause) ? new Refusal("fit.no_plan", "There is no open plan for this clause: assess it and say what will be done.")
        : string.IsNullOrWhiteSpace(said.Text) ? new Refusal("fit.text_missing", "Say what became of the plan.")
        : said with { Text = said.Text.Trim() };
}
