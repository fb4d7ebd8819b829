using System.Collections.Immutable;
using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>How an offer ended.</summary>
public enum OfferEnd { Withdrawn, Rejected, Replaced, NotAccepted, Agreed }

/// <summary>A whole package that one seat put on the table.</summary>
public sealed record Offer(string Id, string By, Seat Seat, Instant At, int Round, IReadOnlyDictionary<string,
    TermValue> Package)
{
    public OfferKind Kind { get; init; }

    public string? CounterTo { get; init; }

    public Instant? Expires { get; init; }

    public string? Message { get; init; }

    public string? Set { get; init; }

    public ValueList<Contingency> Contingencies { get; init; }

    public OfferEnd? End { get; init; }

    /// <summary>Why it was rejected, in the other side's words.</summary>
    public string? Reason { get; init; }

    public ImmutableSortedSet<Side> AcceptedBy { get; init; } = [];

    /// <summary>Who answered in confidence: that they did, never what.</summary>
    public ImmutableSortedDictionary<Side, string> Confidences { get; init; } = ImmutableSortedDictionary<Side,
        string>.Empty;

    public bool HasExpired(Instant now) => Expires is { } expires && now >= expires;

    public bool Stands(Instant now) => End is null && !HasExpired(now);

    /// <summary>The sides whose yes it still needs; whoever offers has said yes.</summary>
    public IEnumerable<Side> Needs => Enum.GetValues<Side>()
        .Where(side => Seat.Side != side && !AcceptedBy.Contains(side));
}

/// <summary>Something that worries a person at the table, and what became of it.</summary>
public sealed record Concern(string Id, string By, Seat Seat, Instant At, string Text, string? Term, bool Anonymous,
    Seat Owner)
{
    /// <summary>What stands behind it, in the chair's words.</summary>
    public string? Interest { get; init; }

    public string? Answer { get; init; }

    public string? AnsweredBy { get; init; }

    public Instant? AnsweredAt { get; init; }

    public bool IsWithdrawn { get; init; }

    public bool IsOpen => Answer is null && !IsWithdrawn;
}

/// <summary>"If you take this, I take that."</summary>
public sealed record Trade(
    string Id, string By, Side Side, Instant At, IReadOnlyDictionary<string, TermValue> If, IReadOnlyDictionary<string,
        TermValue> Then, string? Message)
{
    public bool IsTaken { get; init; }

    public bool IsWithdrawn { get; init; }

    public bool Stands => !IsTaken && !IsWithdrawn;
}
