using Entente.Terms;

namespace Entente.Agreements;

/// <summary>What one version changed against another, term by term.</summary>
/// <param name="Before">The clause before; none when the term is new.</param>
/// <param name="After">The clause after; none when the term was dropped.</param>
public sealed record RedlineRow(string Key, string Title, string? Before, string? After, string? ValueBefore,
    string? ValueAfter)
{
    public bool IsChanged => Before != After || ValueBefore != ValueAfter;
}

/// <summary>Compares two versions of an agreement.</summary>
public static class Redline
{
    /// <summary>Every term of either version, in the order of the newer one; dropped terms come last.</summary>
    public static IReadOnlyList<RedlineRow> Between(AgreementDocument older, AgreementDocument newer)
    {
        var before = older.Terms.ToDictionary(term => term.Key);
        List<RedlineRow> rows = [];
        foreach (var term in newer.Terms)
        {
            before.Remove(term.Key, out var was);
            rows.Add(new RedlineRow(term.Key, term.Title, was is null ? null : Words(was, older), Words(term, newer),
                was?.Value.Label, term.Value.Label));
        }

        rows.AddRange(before.Values.Select(was => new RedlineRow(
            was.Key, was.Title, Words(was, older), After: null, was.Value.Label, ValueAfter: null)));
        return rows;
    }

    private static string Words(Term term, AgreementDocument document) =>
        string.Join(" ", [ClauseLibrary.Words(term, document), .. ClauseLibrary.Details(term)]);
}
