using Entente.Documentation;
using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>What happened at one table. What a side wrote in confidence stands here only as a cipher.</summary>
public abstract record NegotiationFact
{
    private NegotiationFact() { }

    /// <param name="Agreement">Identifier of the agreement that the accepted package becomes a version of.</param>
    /// <param name="EffectiveFrom">First day of the version to come; none takes the first of the month after the sides
    /// agree.</param>
    /// <param name="Ends">First day on which it no longer rules.</param>
    /// <param name="Amends">Number of the version in force that this table starts from; none for a new
    /// agreement.</param>
    /// <param name="Quorum">Percent of accounting and the stakeholders whose yes a package needs too, as the charter says;
    /// 0: they are heard, and may be outvoted.</param>
    /// <param name="VotingRights">Whose voice is mandatory, optional or consulted, as the charter says.</param>
    public sealed record Opened(
        string Title, ValueList<AgendaTerm> Agenda, string Agreement, int? Amends = null, Instant? Deadline = null,
        MoveOrder Order = MoveOrder.Free, LocalDate? EffectiveFrom = null, LocalDate? Ends = null,
        int Quorum = 0, ValueList<VotingRight> VotingRights = default) : NegotiationFact;

    /// <param name="CounterTo">The offer this one answers.</param>
    /// <param name="Set">Offers of one set were made at once as equals: none replaces another.</param>
    public sealed record Offered(
        string Offer, IReadOnlyDictionary<string, TermValue> Package, OfferKind Kind = OfferKind.Package,
            string? CounterTo = null,
        Instant? Expires = null, string? Message = null, string? Set = null,
            ValueList<Contingency> Contingencies = default) : NegotiationFact;

    public sealed record Withdrawn(string Offer) : NegotiationFact;

    public sealed record Accepted(string Offer) : NegotiationFact;

    public sealed record Rejected(string Offer, string Reason) : NegotiationFact;

    /// <summary>A side said yes or no in confidence. Nobody learns which before both have answered, and a lone yes is
    /// never told.</summary>
    public sealed record AnsweredInConfidence(string Offer, string Cipher) : NegotiationFact;

    /// <summary>Accounting or a stakeholder backs a package or blocks it; a block says why.</summary>
    public sealed record Voted(string Offer, bool Backs, string? Reason = null) : NegotiationFact;

    /// <summary>Both answered in confidence and not both said yes.</summary>
    public sealed record NotAccepted(string Offer) : NegotiationFact;

    /// <summary>Everybody whose yes is needed said it: the package is the agreement.</summary>
    public sealed record Agreed(string Offer) : NegotiationFact;

    /// <summary>A side could live with this value if the whole package comes about.</summary>
    public sealed record TermMarked(string Term, TermValue Value) : NegotiationFact;

    public sealed record TradeProposed(
        string Trade, IReadOnlyDictionary<string, TermValue> If, IReadOnlyDictionary<string, TermValue> Then,
            string? Message = null) : NegotiationFact;

    public sealed record TradeTaken(string Trade) : NegotiationFact;

    public sealed record TradeWithdrawn(string Trade) : NegotiationFact;

    /// <param name="Concern">Its name; empty takes the next one, as of a concern that was put without a name and waited
    /// to be heard.</param>
    /// <param name="Anonymous">Put without a name: recorded under nobody. In older records under its author, whom nobody
    /// is shown.</param>
    /// <param name="Need">What would meet it, where it is hard: drafts of the single text keep it while it is
    /// open.</param>
    public sealed record ConcernRaised(string Concern, string Text, string? Term = null, bool Anonymous = false,
        Seat? Owner = null, HardNeed? Need = null) : NegotiationFact;

    public sealed record ConcernAnswered(string Concern, string Answer) : NegotiationFact;

    /// <summary>Another seat answers for it from now on.</summary>
    public sealed record ConcernTaken(string Concern, Seat Owner) : NegotiationFact;

    public sealed record ConcernReopened(string Concern, string Reason) : NegotiationFact;

    public sealed record ConcernWithdrawn(string Concern) : NegotiationFact;

    /// <summary>The chair says what interest stands behind a concern.</summary>
    public sealed record ConcernReframed(string Concern, string Interest) : NegotiationFact;

    /// <summary>The most that the charges of a package may add up to.</summary>
    public sealed record BudgetSet(Money Limit, string? Reason = null) : NegotiationFact;

    public sealed record DeadlineSet(Instant? Deadline, string? Reason = null) : NegotiationFact;

    public sealed record RoundOpened(Instant? Deadline = null) : NegotiationFact;

    public sealed record Paused(string Reason) : NegotiationFact;

    public sealed record Resumed : NegotiationFact;

    public sealed record BrokenOff(string Reason) : NegotiationFact;

    public sealed record Restarted(string Reason, Instant? Deadline = null) : NegotiationFact;

    /// <summary>A party allows or forbids hints that compare what both sides care about. Hints need both.</summary>
    public sealed record HintsAllowed(bool Allowed) : NegotiationFact;

    /// <summary>How a person finds the mood and the trust at the table, each from 1 to 5. Only the chair sees the
    /// means.</summary>
    public sealed record PulseTaken(int Mood, int Trust) : NegotiationFact;

    /// <summary>The sides sign a package though a better one for both may exist, or though a limit is
    /// unknown.</summary>
    public sealed record ImprovementWaived(string Reason) : NegotiationFact;
}

/// <summary>One term on the agenda: the promise as it is written, and where each side starts.</summary>
/// <param name="Asked">What the customer's requirement asks for.</param>
/// <param name="Offered">What the provider's spec sheet offers.</param>
/// <param name="Options">Further values worth talking about.</param>
public sealed record AgendaTerm(Term Term, TermValue? Asked = null, TermValue? Offered = null,
    ValueList<TermValue> Options = default)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Key => Term.Key;
}

/// <summary>A value that holds only until something has happened: "10 % until the new data centre is live".</summary>
/// <param name="Value">The value meanwhile; the package's own where only credits change.</param>
/// <param name="Until">What ends it, in words.</param>
/// <param name="At">The last day it can hold, whatever happened.</param>
/// <param name="CreditTimes">How many times a credit of the term counts meanwhile.</param>
public sealed record Contingency(string Term, TermValue Value, string Until, LocalDate? At = null,
    decimal? CreditTimes = null)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Label => CreditTimes is null ? Value.Label
        : $"{Value.Label}, {new Contingent(Until, CreditTimes: CreditTimes).Label}";
}

/// <summary>Who may move when.</summary>
public enum MoveOrder { Free, Turns }

/// <summary>What an offer is: a side's package, one of several of equal worth, or one of the mediator's.</summary>
public enum OfferKind { Package, EqualWorth, Proposal, SingleText, Improvement }
