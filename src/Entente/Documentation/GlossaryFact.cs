using System.Collections.Immutable;

namespace Entente.Documentation;

/// <summary>What became of the shared glossary of an engagement.</summary>
public abstract record GlossaryFact
{
    private GlossaryFact() { }

    /// <summary>A word of the business and what it is measured by, for the first time or again.</summary>
    public sealed record Defined(string Word, GlossaryWord Meaning) : GlossaryFact;

    public sealed record Dropped(string Word) : GlossaryFact;
}

/// <summary>A word of the business in both languages.</summary>
/// <param name="Means">What it means to the business: the shop is open.</param>
/// <param name="MeasuredBy">What IT measures it by: checkout availability, p95, restore time.</param>
/// <param name="Terms">Keys of the terms that say it as a promise.</param>
public sealed record GlossaryWord(string Means, string MeasuredBy, ValueList<string> Terms = default);

/// <summary>The words both sides use.</summary>
public sealed record GlossaryState : IState<GlossaryState, GlossaryFact>
{
    public static GlossaryState Empty { get; } = new();

    public ImmutableSortedDictionary<string, GlossaryWord> Words { get; init; } =
        ImmutableSortedDictionary.Create<string, GlossaryWord>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The words of the business that a term serves.</summary>
    public IReadOnlyList<string> WordsOf(string term) => [.. Words.Where(word => word.Value.Terms.Contains(term)).Select(word => word.Key)];

    public GlossaryState Apply(GlossaryFact fact, Stamp stamp) => fact switch
    {
        GlossaryFact.Defined defined => this with { Words = Words.SetItem(defined.Word, defined.Meaning) },
        GlossaryFact.Dropped dropped => this with { Words = Words.Remove(dropped.Word) },
        _ => this,
    };
}

/// <summary>Decides what enters the shared glossary.</summary>
public static class GlossaryRules
{
    public static Decision<GlossaryFact> Define(CharterState charter, GlossaryState state, Actor by, string word, GlossaryWord meaning) =>
        CharterRules.Blocks(charter) is { } blocked ? blocked
        : by.Seat is not (Seat.ServiceLevelManager or Seat.Provider or Seat.Customer)
            ? new Refusal("glossary.not_yours", "The two sides and the service level manager keep the glossary.")
        : state.Words.GetValueOrDefault(word) == meaning ? Array.Empty<GlossaryFact>()
        : new GlossaryFact.Defined(word, meaning);

    public static Decision<GlossaryFact> Drop(GlossaryState state, Actor by, string word) =>
        by.Seat is not (Seat.ServiceLevelManager or Seat.Provider or Seat.Customer)
            ? new Refusal("glossary.not_yours", "The two sides and the service level manager keep the glossary.")
        : !state.Words.ContainsKey(word) ? new Refusal("glossary.unknown", $"The glossary has no word '{word}'.")
        : new GlossaryFact.Dropped(word);
}
