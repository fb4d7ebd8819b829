using System.Collections.Immutable;
using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>The versions of accounting's cost model, and who reads them beside accounting and the provider.</summary>
public sealed record CostState : IState<CostState, CostFact>
{
    public static CostState Empty { get; } = new();

    public ImmutableList<CostEdition> Editions { get; init; } = [];

    public ImmutableSortedSet<Seat> OpenTo { get; init; } = [];

    /// <summary>The most that a package may cost to provide by the month.</summary>
    public Money? Limit { get; init; }

    /// <summary>Why the limit was raised last.</summary>
    public string? LimitReason { get; init; }

    /// <summary>Stream of an engagement's model. It does not begin with the engagement: no beat of it reaches
    /// others.</summary>
    public static string Id(string engagement) => $"accounting.{engagement}";

    public bool IsReadBy(Seat? seat) => seat is Seat.Accounting or Seat.Provider
        || seat is { } other && OpenTo.Contains(other);

    /// <summary>The version that rules on a day: of those in effect the one with the latest day, and of these the
    /// newest.</summary>
    public CostEdition? InForceAt(LocalDate day) =>
        Editions.Where(edition => edition.EffectiveFrom <= day).MaxBy(edition => (edition.EffectiveFrom, edition.Number));

    public CostState Apply(CostFact fact, Stamp stamp) => fact switch
    {
        CostFact.Written written => this with
        {
            Editions = Editions.Add(new CostEdition(
                Editions.Count + 1, written.EffectiveFrom, written.Model, stamp.By, stamp.At)),
        },
        CostFact.Opened opened => this with { OpenTo = OpenTo.Add(opened.To) },
        CostFact.Limited limited => this with { Limit = limited.Limit, LimitReason = limited.Reason },
        _ => this,
    };
}

/// <summary>One version of the cost model.</summary>
public sealed record CostEdition(int Number, LocalDate EffectiveFrom, CostModel Model, string By, Instant At);
