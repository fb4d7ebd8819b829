using System.Collections.Immutable;
using System.Text.Json;
using Entente.Terms;
using NodaTime;

namespace Entente.Documentation;

/// <summary>A service with everything released about it, and what both sides say of that.</summary>
public sealed record CatalogueEntry(string Key, ServiceCard Card)
{
    /// <summary>One-based; every change to the service, its requirement or its spec sheet makes the next.</summary>
    public int Edition { get; init; } = 1;

    /// <summary>What the customer asks, by term key.</summary>
    public ImmutableSortedDictionary<string, Term> Asked { get; init; } = ImmutableSortedDictionary.Create<string, Term>(StringComparer.Ordinal);

    /// <summary>What the provider offers, by term key.</summary>
    public ImmutableSortedDictionary<string, Term> Offered { get; init; } = ImmutableSortedDictionary.Create<string, Term>(StringComparer.Ordinal);

    /// <summary>The external spec sheet in words.</summary>
    public string? Sheet { get; init; }

    /// <summary>Terms that came back from a later stage and are described anew, by term key.</summary>
    public ImmutableSortedDictionary<string, Reopening> Reopened { get; init; } =
        ImmutableSortedDictionary.Create<string, Reopening>(StringComparer.Ordinal);

    public Satisfaction? Provider { get; init; }

    public Satisfaction? Customer { get; init; }

    public string? RetiredBecause { get; init; }

    public Instant ChangedAt { get; init; }

    public bool IsOffered => Card.Status is not ServiceStatus.Retired;

    /// <summary>Whether there is something on both sides to be satisfied with.</summary>
    public bool IsWhole => !Asked.IsEmpty && !Offered.IsEmpty;

    public bool IsSettled => Provider is { Holds: true } && Customer is { Holds: true };

    /// <summary>Asked and offered side by side, matched by term key.</summary>
    public IReadOnlyList<TermPair> Pairs =>
        [.. Asked.Keys.Union(Offered.Keys).Order(StringComparer.Ordinal).Select(key =>
            new TermPair(key, Asked.GetValueOrDefault(key), Offered.GetValueOrDefault(key)))];

    /// <summary>Terms in which offer and requirement have the same value.</summary>
    public IEnumerable<Term> Agreed => Pairs.Where(pair => pair.IsAgreed).Select(pair => pair.Offered!);

    public Satisfaction? Of(Side side) => side is Side.Provider ? Provider : Customer;
}

/// <summary>What is asked and what is offered under one term key; either may be missing.</summary>
public sealed record TermPair(string Key, Term? Asked, Term? Offered)
{
    public string Title => (Asked ?? Offered)!.Title;

    public bool IsAgreed => Asked is not null && Offered is not null && Asked.Value == Offered.Value;
}

/// <summary>What one side says of a service and its description.</summary>
/// <param name="Holds">True: satisfied. False: not yet, and the remark is the reason.</param>
public sealed record Satisfaction(bool Holds, string? Remark, string By, Instant At);

/// <summary>Why a term came back, and from where.</summary>
public sealed record Reopening(string Reason, string Source, Instant At);

/// <summary>Compares terms by what they say.</summary>
public static class TermText
{
    public static string Of(Term term) => JsonSerializer.Serialize(term, Json.Options);

    public static bool Same(Term? left, Term? right) =>
        left is null || right is null ? left is null && right is null : Of(left) == Of(right);
}
