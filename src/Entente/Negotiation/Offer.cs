using System.Collections.Immutable;
using Entente.Documentation;
using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>How an offer ended; one lapses when the sides agree on another.</summary>
public enum OfferEnd { Withdrawn, Rejected, Replaced, NotAccepted, Agreed, Lapsed }

/// <summary>A whole package that one seat put on the table.</summary>
public sealed record Offer(string Id, string By, Seat Seat, Instant At, int Round, IReadOnlyDictionary<string,
    TermValue> Package)
{
    public OfferKind Kind { get; init; }

    /// <summary>Which of its kind it is among those of its seat, from 1; one of equal worth is an offer like
    /// another.</summary>
    public int Number { get; init; } = 1;

    /// <summary>How everybody at the table speaks of it: "the provider's second offer".</summary>
    public string Name => Called(Seat is Seat.ServiceLevelManager ? "the mediator's" : $"the {Seat.Words}'s");

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

    /// <summary>What accounting and the stakeholders said of it, by person.</summary>
    public ImmutableSortedDictionary<string, Vote> Votes { get; init; } =
        ImmutableSortedDictionary.Create<string, Vote>(StringComparer.Ordinal);

    /// <param name="whose">"Acme IT's" or "your".</param>
    public string Called(string whose) => $"{whose} {Wording.Ordinal(Number)} {Kind switch
    {
        OfferKind.Proposal => "proposal",
        OfferKind.SingleText => "draft of the single text",
        OfferKind.Improvement => "improvement",
        _ => "offer",
    }}";

    /// <summary>Whether they are counted together.</summary>
    internal bool IsLike(Seat seat, OfferKind kind) => Seat == seat && Counted(Kind) == Counted(kind);

    private static OfferKind Counted(OfferKind kind) => kind is OfferKind.EqualWorth ? OfferKind.Package : kind;

    public bool HasExpired(Instant now) => Expires is { } expires && now >= expires;

    public bool Stands(Instant now) => End is null && !HasExpired(now);

    /// <summary>The sides whose yes it still needs; whoever offers has said yes.</summary>
    public IEnumerable<Side> Needs => Enum.GetValues<Side>()
        .Where(side => Seat.Side != side && !AcceptedBy.Contains(side));
}

/// <summary>What one person beside the two sides said of a package.</summary>
/// <param name="Reason">Why it is blocked.</param>
public sealed record Vote(Seat Seat, bool Backs, string? Reason, Instant At);

/// <summary>Something that worries a person at the table, and what became of it.</summary>
/// <param name="Seat">Where its author sits; of one without an author nobody knows.</param>
/// <param name="Owner">The seat that answers for it.</param>
public sealed record Concern(string Id, string By, Seat? Seat, Instant At, string Text, string? Term, bool Anonymous,
    Seat Owner)
{
    /// <summary>Whether nobody knows who raised it, this program included.</summary>
    public bool IsAuthorless => By == VoiceRules.Nobody.Id;

    /// <summary>What stands behind it, in the chair's words.</summary>
    public string? Interest { get; init; }

    public string? Answer { get; init; }

    public string? AnsweredBy { get; init; }

    public Instant? AnsweredAt { get; init; }

    /// <summary>What would meet it, where it is hard.</summary>
    public HardNeed? Need { get; init; }

    /// <summary>Everything that was said of it, in order.</summary>
    public ImmutableList<ConcernEntry> Thread { get; init; } = [];

    public bool IsWithdrawn { get; init; }

    public bool IsOpen => Answer is null && !IsWithdrawn;
}

/// <summary>One thing that was said of a concern.</summary>
/// <param name="Words">raised, took it over, handed it on, answered, not satisfied, withdrew or named the interest.</param>
public sealed record ConcernEntry(string By, Instant At, string Words, string? Text);

/// <summary>What would meet a concern: a value of its term, or better in one direction.</summary>
/// <param name="Comparison">At least or at most; a value that is no number is meant exactly.</param>
public sealed record HardNeed(Comparison Comparison, TermValue Value)
{
    public bool IsMetBy(TermValue value) => value == Value
        || value.Number is { } number && Value.Number is { } needed && value.GetType() == Value.GetType()
            && (Comparison is Comparison.AtLeast or Comparison.MoreThan ? number >= needed : number <= needed);

    public string Words => Value.Number is null ? $"needs {Value.Label}"
        : $"needs {(Comparison is Comparison.AtLeast or Comparison.MoreThan ? "at least" : "at most")} {Value.Label}";
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
