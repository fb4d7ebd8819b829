using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>Decides what happens around the offers: trades, concerns, limits, deadlines, rounds, pauses and
/// breakdowns.</summary>
public static class TableRules
{
    public static Decision<NegotiationFact> MarkTerm(
        NegotiationState state, Actor by, string term, TermValue value, Instant now) =>
        NegotiationRules.Moves(state, now) is { } closed ? closed
        : by.Side is null ? new Refusal("negotiation.sides_offer", "Only the provider and the customer mark terms.")
        : Fits(state, term, value) is { } misfit ? misfit
        : new NegotiationFact.TermMarked(term, value);

    public static Decision<NegotiationFact> ProposeTrade(
        NegotiationState state, Actor by, NegotiationFact.TradeProposed trade, Instant now)
    {
        if (NegotiationRules.Moves(state, now) is { } closed) return closed;
        if (by.Side is null) return new Refusal("negotiation.sides_offer", "Only the provider and the customer trade.");
        if (trade.If.Count == 0 || trade.Then.Count == 0) return new Refusal(
            "negotiation.trade", "A trade has something on both ends: if …, then ….");
        if (trade.If.Keys.Intersect(trade.Then.Keys).Any()) return new Refusal(
            "negotiation.trade", "A term stands on one end of a trade only.");
        foreach (var (key, value) in trade.If.Concat(trade.Then))
        {
            if (Fits(state, key, value) is { } misfit) return misfit;
        }

        return trade with { Trade = $"t{state.Trades.Count + 1}" };
    }

    public static Decision<NegotiationFact> TakeTrade(NegotiationState state, Actor by, string trade, Instant now) =>
        NegotiationRules.Moves(state, now) is { } closed ? closed
        : state.Trades.Find(one => one.Id == trade) is not { Stands: true } found
            ? new Refusal("negotiation.no_trade", $"There is no trade {trade} to take.")
        : by.Side is null || by.Side == found.Side ? new Refusal(
            "negotiation.own_trade", "The other side takes a trade.")
        : new NegotiationFact.TradeTaken(trade);

    public static Decision<NegotiationFact> WithdrawTrade(NegotiationState state, Actor by, string trade) =>
        state.Trades.Find(one => one.Id == trade) is not { Stands: true } found
            ? new Refusal("negotiation.no_trade", $"There is no trade {trade}.")
        : by.Side != found.Side ? new Refusal("negotiation.not_yours",
            "Only the side that proposed a trade withdraws it.")
        : new NegotiationFact.TradeWithdrawn(trade);

    /// <remarks>Anyone with a seat may raise a concern, also after the sides agreed: it is answered or withdrawn before
    /// they sign.</remarks>
    public static Decision<NegotiationFact> RaiseConcern(
        NegotiationState state, string text, string? term, Seat? owner, HardNeed? need = null) =>
        Misput(state, text, term, need) is { } refusal ? refusal
        : new NegotiationFact.ConcernRaised(
            $"c{state.Concerns.Count + 1}", text.Trim(), term, Anonymous: false, owner, need);

    /// <summary>A concern that cannot be traced: what is to be heard later, when it takes the next name.</summary>
    /// <remarks>The service level manager answers for it until somebody takes it over: whom its author would ask tells
    /// on which side they sit.</remarks>
    public static Decision<NegotiationFact> RaiseWithoutName(
        NegotiationState state, string text, string? term, HardNeed? need = null) =>
        Misput(state, text, term, need) is { } refusal ? refusal
        : new NegotiationFact.ConcernRaised("", text.Trim(), term, Anonymous: true, Owner: null, need);

    private static Refusal? Misput(NegotiationState state, string text, string? term, HardNeed? need) =>
        state.Standing is Standing.None ? new Refusal("negotiation.unknown", "There is no such table.")
        : term is not null && state.Term(term) is null
            ? new Refusal("negotiation.unknown_term", $"'{term}' is not on the agenda.")
        : need is not null && term is null ? new Refusal(
            "concern.need_term", "A hard concern says on which term it needs something.")
        : string.IsNullOrWhiteSpace(text) ? new Refusal("concern.empty", "Say what worries you.")
        : need is null ? null : Fits(state, term!, need.Value);

    /// <remarks>A seat takes a concern over; the service level manager hands one to any seat.</remarks>
    public static Decision<NegotiationFact> TakeConcern(
        NegotiationState state, Actor by, string concern, Seat owner) =>
        state.Concern(concern) switch
        {
            null => Unknown(concern),
            { IsOpen: false } => new Refusal("concern.closed", "This concern is answered or withdrawn already."),
            var found when found.Owner == owner => Array.Empty<NegotiationFact>(),
            _ when by.Seat != owner && by.Seat != Seat.ServiceLevelManager => new Refusal("concern.hand_on",
                "Take a concern over for your own seat; the service level manager hands it to another."),
            _ => new NegotiationFact.ConcernTaken(concern, owner),
        };

    public static Decision<NegotiationFact> AnswerConcern(
        NegotiationState state, Actor by, string concern, string answer) =>
        state.Concern(concern) switch
        {
            null => Unknown(concern),
            { IsOpen: false } => new Refusal("concern.closed", "This concern is answered or withdrawn already."),
            { By: var raiser } when raiser == by.Id => new Refusal(
                "concern.own", "Somebody else answers a concern; withdraw your own instead."),
            _ => new NegotiationFact.ConcernAnswered(concern, answer.Trim()),
        };

    public static Decision<NegotiationFact> ReopenConcern(
        NegotiationState state, Actor by, string concern, string reason) =>
        state.Concern(concern) switch
        {
            null => Unknown(concern),
            { IsAuthorless: true } when by.Seat != Seat.ServiceLevelManager => new Refusal("concern.not_yours",
                "The service level manager speaks for whoever raised a concern without a name; "
                    + "ask them, or raise another."),
            { IsAuthorless: false, By: var raiser } when raiser != by.Id => new Refusal(
                "concern.not_yours", "Only who raised a concern says that the answer is not enough."),
            { IsOpen: true } => new Refusal("concern.open", "This concern is open already."),
            _ => new NegotiationFact.ConcernReopened(concern, reason.Trim()),
        };

    public static Decision<NegotiationFact> WithdrawConcern(NegotiationState state, Actor by, string concern) =>
        state.Concern(concern) switch
        {
            null => Unknown(concern),
            { IsWithdrawn: true } => Array.Empty<NegotiationFact>(),
            { IsAuthorless: true } => new Refusal("concern.not_yours",
                "A concern without a name is answered, not withdrawn: nobody knows whose it is."),
            { By: var raiser } when raiser != by.Id => new Refusal(
                "concern.not_yours", "Only who raised a concern withdraws it."),
            _ => new NegotiationFact.ConcernWithdrawn(concern),
        };

    public static Decision<NegotiationFact> ReframeConcern(
        NegotiationState state, Actor by, string concern, string interest) =>
        state.Concern(concern) is null ? Unknown(concern)
        : by.Seat != Seat.ServiceLevelManager ? new Refusal(
            "negotiation.chair_only", "Only the service level manager reframes a concern.")
        : new NegotiationFact.ConcernReframed(concern, interest.Trim());

    /// <remarks>The first limit needs no reason; raising one does. Offers that stand and pass a lower limit can no
    /// longer be accepted.</remarks>
    public static Decision<NegotiationFact> SetBudget(NegotiationState state, Actor by, Money limit, string? reason) =>
        by.Seat != Seat.Accounting ? new Refusal("negotiation.accounting_only",
            "Only accounting sets the limit of the charges.")
        : state.Standing is Standing.None or Standing.Agreed
            ? new Refusal("negotiation.closed", "The limit is set while the table is open.")
        : limit.Amount < 0 ? new Refusal("negotiation.budget_negative", "A limit is not below nothing.")
        : state.Budget == limit ? Array.Empty<NegotiationFact>()
        : state.Budget is { } before && (limit.Currency != before.Currency || limit.Amount > before.Amount)
            && string.IsNullOrWhiteSpace(reason)
            ? new Refusal("negotiation.reason_missing", "Raising the limit needs a reason.")
        : new NegotiationFact.BudgetSet(limit, reason?.Trim());

    public static Decision<NegotiationFact> SetDeadline(
        NegotiationState state, Actor by, Instant? deadline, string? reason, Instant now) =>
        Chair(state, by) is { } refusal ? refusal
        : state.Standing is Standing.Agreed or Standing.BrokenOff
            ? new Refusal("negotiation.closed", "This table is closed.")
        : deadline <= now ? new Refusal("negotiation.deadline", "The deadline lies in the past.")
        : new NegotiationFact.DeadlineSet(deadline, reason);

    public static Decision<NegotiationFact> OpenRound(
        NegotiationState state, Actor by, Instant? deadline, Instant now) =>
        Chair(state, by) is { } refusal ? refusal
        : !state.IsOpen ? new Refusal("negotiation.closed", "A round opens while the table is open.")
        : deadline <= now ? new Refusal("negotiation.deadline", "The deadline lies in the past.")
        : new NegotiationFact.RoundOpened(deadline);

    public static Decision<NegotiationFact> Pause(NegotiationState state, Actor by, string reason) =>
        Chair(state, by) is { } refusal ? refusal
        : !state.IsOpen ? new Refusal("negotiation.not_open", "Only an open table is paused.")
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("negotiation.reason_missing", "A pause needs a reason.")
        : new NegotiationFact.Paused(reason.Trim());

    public static Decision<NegotiationFact> Resume(NegotiationState state, Actor by) =>
        Chair(state, by) is { } refusal ? refusal
        : state.Standing is not Standing.Paused ? new Refusal(
            "negotiation.not_paused", "Only a paused table is resumed.")
        : new NegotiationFact.Resumed();

    /// <remarks>A side may walk away, and the chair may end it: both say why, and the table can be restarted.</remarks>
    public static Decision<NegotiationFact> BreakOff(NegotiationState state, Actor by, string reason) =>
        state.Standing is not (Standing.Open or Standing.Paused)
            ? new Refusal("negotiation.not_open", "Only a table that runs is broken off.")
        : by.Side is null && by.Seat != Seat.ServiceLevelManager
            ? new Refusal("negotiation.sides_break", "The provider, the customer or the chair break off.")
        : string.IsNullOrWhiteSpace(reason) ? new Refusal(
            "negotiation.reason_missing", "A breakdown needs a record of why.")
        : new NegotiationFact.BrokenOff(reason.Trim());

    public static Decision<NegotiationFact> Restart(
        NegotiationState state, Actor by, string reason, Instant? deadline, Instant now) =>
        Chair(state, by) is { } refusal ? refusal
        : state.Standing is not Standing.BrokenOff ? new Refusal(
            "negotiation.not_broken", "Only a broken-off table is restarted.")
        : deadline <= now ? new Refusal("negotiation.deadline", "The deadline lies in the past.")
        : string.IsNullOrWhiteSpace(reason) ? new Refusal(
            "negotiation.reason_missing", "Say what changed, so that it is worth another try.")
        : new NegotiationFact.Restarted(reason.Trim(), deadline);

    public static Decision<NegotiationFact> AllowHints(NegotiationState state, Actor by, bool allowed) =>
        by.Side is null || by.Seat is not { } seat ? new Refusal(
            "negotiation.sides_hint", "The provider and the customer allow hints.")
        : state.HintsAllowedBy.Contains(seat) == allowed ? Array.Empty<NegotiationFact>()
        : new NegotiationFact.HintsAllowed(allowed);

    public static Decision<NegotiationFact> TakePulse(NegotiationState state, Actor by, int mood, int trust) =>
        state.Standing is Standing.None ? new Refusal("negotiation.unknown", "There is no such table.")
        : by.Side is null ? new Refusal("negotiation.sides_pulse", "The pulse is that of the two sides.")
        : mood is < 1 or > 5 || trust is < 1 or > 5 ? new Refusal(
            "negotiation.pulse", "Mood and trust are numbers from 1 to 5.")
        : new NegotiationFact.PulseTaken(mood, trust);

    public static Decision<NegotiationFact> WaiveImprovement(NegotiationState state, Actor by, string reason) =>
        Chair(state, by) is { } refusal ? refusal
        : state.Standing is not Standing.Agreed ? new Refusal(
            "negotiation.nothing_agreed", "There is nothing agreed yet.")
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("negotiation.reason_missing", "A waiver needs a reason.")
        : new NegotiationFact.ImprovementWaived(reason.Trim());

    private static Refusal? Chair(NegotiationState state, Actor by) =>
        state.Standing is Standing.None ? new Refusal("negotiation.unknown", "There is no such table.")
        : by.Seat != Seat.ServiceLevelManager ? new Refusal(
            "negotiation.chair_only", "Only the service level manager does this.")
        : null;

    private static Refusal? Fits(NegotiationState state, string term, TermValue value) =>
        state.Term(term) is not { } agenda ? new Refusal("negotiation.unknown_term", $"'{term}' is not on the agenda.")
        : agenda.Term.With(value).Refusal;

    private static Refusal Unknown(string concern) =>
        new("concern.unknown", $"There is no concern {concern} on this table.");
}
