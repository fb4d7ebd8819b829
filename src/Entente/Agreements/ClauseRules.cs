using Entente.Terms;

namespace Entente.Agreements;

/// <summary>Decides which clauses an engagement may write for itself.</summary>
public static class ClauseRules
{
    public static Decision<ClauseFact> Write(ClauseShelfState state, Actor by, string clause, string kind, string text)
    {
        if (by.Seat is not (Seat.ServiceLevelManager or Seat.Provider or Seat.Customer)) return new Refusal(
            "clause.not_yours", "The service level manager, the provider and the customer write clauses.");
        if (!TermRules.IsKey(clause)) return new Refusal(
            "clause.key", $"'{clause}' is no key: lower case letters, digits, hyphens and dots.");
        if (ClauseLibrary.TypeOf(kind) is not { } type) return new Refusal(
            "clause.kind", $"'{kind}' is no kind of term: {string.Join(", ", ClauseLibrary.Kinds)}.");
        var known = state.Clauses.GetValueOrDefault(clause);
        if (known is { IsRetired: false } && known.Kind != kind) return new Refusal(
            "clause.other_kind", $"'{clause}' is a clause for {known.Kind} terms; give this one another key.");
        if (Unknown(type, text) is { } unknown) return unknown;
        return known is { IsRetired: false } && known.Text == text.Trim() ? Array.Empty<ClauseFact>()
            : new ClauseFact.Written(clause, kind, text.Trim());
    }

    public static Decision<ClauseFact> Retire(ClauseShelfState state, string clause) =>
        state.Clauses.GetValueOrDefault(clause) switch
        {
            null => new Refusal("clause.unknown", $"There is no clause '{clause}'."),
            { IsRetired: true } => Array.Empty<ClauseFact>(),
            _ => new ClauseFact.Retired(clause),
        };

    /// <summary>The refusal of a text that names a variable which terms of its kind do not have.</summary>
    public static Refusal? Unknown(Type kind, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return new Refusal("clause.empty", "A clause has words.");
        var variables = ClauseLibrary.Variables(kind);
        return ClauseLibrary.Named(text).Except(variables).FirstOrDefault() is not { } odd ? null : new Refusal(
            "clause.variable", $"{{{odd}}} stands for nothing here; there are: "
                + $"{string.Join(", ", variables.Order(StringComparer.Ordinal).Select(name => $"{{{name}}}"))}.");
    }
}
