using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>Decides how a table is opened, and who may offer, accept and reject what, and until when.</summary>
public static class NegotiationRules
{
    /// <param name="blocks">The refusal of the documentation, where it still blocks.</param>
    public static Decision<NegotiationFact> Open(
        NegotiationState state, Actor by, NegotiationFact.Opened opened, Refusal? blocks, Instant now) =>
        state.Standing is not Standing.None ? new Refusal("negotiation.exists", "This table is open already.")
        : by.Seat != Seat.ServiceLevelManager ? new Refusal(
            "negotiation.chair_only", "Only the service level manager opens a negotiation.")
        : blocks is not null ? blocks
        : opened.Agenda.Count == 0 ? new Refusal("negotiation.no_agenda",
            "There is no term to negotiate: write requirements and spec sheets first.")
        : opened.Deadline <= now ? new Refusal("negotiation.deadline", "The deadline lies in the past.")
        : opened;

    public static Decision<NegotiationFact> Offer(
        NegotiationState state, Actor by, NegotiationFact.Offered offered, Instant now)
    {
        if (Moves(state, now) is { } closed) return closed;
        if (by.Seat is not (Seat.Provider or Seat.Customer)) return new Refusal(
            "negotiation.sides_offer", "Only the provider and the customer make offers.");
        if (OutOfTurn(state, by, offered) is { } turn) return turn;
        if (offered.CounterTo is { } counter)
        {
            if (state.Offer(counter) is not { } countered) return new Refusal(
                "negotiation.no_offer", $"There is no offer {counter} to counter.");
            if (countered.End is OfferEnd.Replaced) return new Refusal(
                "negotiation.replaced", $"{countered.Name.Capital()} was replaced by a newer one: counter that.");
        }

        return Check(state, offered, now) is { } refusal ? refusal : Numbered(state, offered);
    }

    /// <summary>Several packages at once, equal to their maker; whoever gets them takes one, or counters one.</summary>
    public static Decision<NegotiationFact> OfferSet(
        NegotiationState state, Actor by, IReadOnlyList<NegotiationFact.Offered> set, Instant now)
    {
        if (set.Count is < 2 or > 5) return new Refusal("negotiation.set", "A set holds two to five packages.");
        List<NegotiationFact> facts = [];
        var name = $"s{state.Offers.Count + 1}";
        for (var i = 0; i < set.Count; i++)
        {
            var one = set[i] with { Kind = OfferKind.EqualWorth, Set = name };
            if (i == 0 && Offer(state, by, one, now) is { Refusal: { } first }) return first;
            if (Check(state, one, now) is { } refusal) return refusal;
            facts.Add(one with { Offer = $"o{state.Offers.Count + i + 1}" });
        }

        return facts;
    }

    /// <summary>The mediator's own packages: a proposal, the single text, an improvement. Both sides must accept
    /// them.</summary>
    public static Decision<NegotiationFact> Propose(
        NegotiationState state, Actor by, NegotiationFact.Offered offered, Instant now)
    {
        if (by.Seat != Seat.ServiceLevelManager) return new Refusal(
            "negotiation.chair_only", "Only the service level manager proposes to both sides.");
        var improves = offered.Kind is OfferKind.Improvement;
        if (improves && state.Standing is not Standing.Agreed)
            return new Refusal("negotiation.nothing_agreed", "There is nothing agreed yet that could be improved.");
        if (!improves && Moves(state, now) is { } closed) return closed;
        return Check(state, offered, improves ? Instant.MinValue : now) is { } refusal ? refusal
            : Numbered(state, offered);
    }

    public static Decision<NegotiationFact> Withdraw(NegotiationState state, Actor by, string offer, Instant now) =>
        EndOf(state, offer, now) is { } refusal ? refusal
        : state.Offer(offer)!.Seat != by.Seat ? new Refusal(
            "negotiation.not_yours", "Only the side that made an offer withdraws it.")
        : new NegotiationFact.Withdrawn(offer);

    /// <summary>Accepts a whole package. With the last yes that is needed, it is the agreement.</summary>
    public static Decision<NegotiationFact> Accept(
        NegotiationState state, Actor by, string offer, Ballot ballot, Instant now)
    {
        if (Answers(state, by, offer, now) is { } refusal) return refusal;
        var found = state.Offer(offer)!;
        var accepted = found with { AcceptedBy = found.AcceptedBy.Add(by.Side!.Value) };
        return (NegotiationFact[])[new NegotiationFact.Accepted(offer), .. ballot.Ends(accepted, state.Quorum)];
    }

    public static Decision<NegotiationFact> Reject(
        NegotiationState state, Actor by, string offer, string reason, Instant now) =>
        Answers(state, by, offer, now) is { } refusal ? refusal
        : string.IsNullOrWhiteSpace(reason) ? new Refusal(
            "negotiation.reason_missing", "A rejection needs a reason the other side can work with.")
        : new NegotiationFact.Rejected(offer, reason.Trim());

    /// <summary>Says yes or no in confidence. When both have, only "both" or "not both" is told.</summary>
    public static Decision<NegotiationFact> AnswerInConfidence(
        NegotiationState state, Actor by, string offer, Sealed<bool> yes, string cipher, Ballot ballot, Instant now)
    {
        if (Answers(state, by, offer, now) is { } refusal) return refusal;
        var all = ballot.With(by.Side!.Value, yes);
        return (NegotiationFact[])[
            new NegotiationFact.AnsweredInConfidence(offer, cipher), .. all.Ends(state.Offer(offer)!, state.Quorum)];
    }

    /// <summary>Accounting or a stakeholder backs a package, or blocks it with a reason; the newest word counts.</summary>
    public static Decision<NegotiationFact> Vote(
        NegotiationState state, Actor by, string offer, bool backs, string? reason, Ballot ballot, Instant now)
    {
        if (by.Seat is not ({ } seat and (Seat.Accounting or Seat.Stakeholder))) return new Refusal(
            "negotiation.voices_vote", "Accounting and the stakeholders vote; the two sides accept or reject.");
        if (Answerable(state, offer, now) is { } refusal) return refusal;
        var why = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (!backs && why is null) return new Refusal(
            "negotiation.reason_missing", "A block needs a reason that the table can work with.");
        var found = state.Offer(offer)!;
        if (found.Votes.GetValueOrDefault(by.Id) is { } before && before.Backs == backs && before.Reason == why)
            return Array.Empty<NegotiationFact>();
        var voted = found with { Votes = found.Votes.SetItem(by.Id, new Vote(seat, backs, why, now)) };
        return (NegotiationFact[])[
            new NegotiationFact.Voted(offer, backs, why), .. ballot.Ends(voted, state.Quorum)];
    }

    /// <summary>The refusal that every move gives while the table takes none; nothing while it does.</summary>
    internal static Refusal? Moves(NegotiationState state, Instant now) => state switch
    {
        { Standing: Standing.None } => new Refusal("negotiation.unknown", "There is no such table."),
        { Standing: Standing.Paused } => new Refusal("negotiation.paused", $"The table is paused: {state.Reason}"),
        { Standing: Standing.BrokenOff } => new Refusal(
            "negotiation.broken_off", $"The negotiation was broken off: {state.Reason}"),
        { Standing: Standing.Agreed } => new Refusal(
            "negotiation.closed", "The sides have agreed; an agreement is amended through a new table."),
        { Deadline: { } deadline } when now >= deadline =>
            new Refusal("negotiation.after_deadline",
                $"The table's deadline was {deadline:uuuu-MM-dd HH:mm} UTC; the service level manager can move it."),
        _ => null,
    };

    private static Refusal? OutOfTurn(NegotiationState state, Actor by, NegotiationFact.Offered offered) =>
        state.Order is MoveOrder.Turns && state.Offers.FindLast(offer => offer.Seat.Side is not null) is { } last
            && last.Seat == by.Seat
            && last.End is null or OfferEnd.Replaced && (offered.Set is null || last.Set != offered.Set)
            ? new Refusal("negotiation.out_of_turn", "It is the other side's turn.")
            : null;

    private static Refusal? Check(NegotiationState state, NegotiationFact.Offered offered, Instant now)
    {
        if (offered.Expires <= now) return new Refusal(
            "negotiation.expiry", "The offer would expire before it is made.");
        var missing = state.Agenda.Where(term => !offered.Package.ContainsKey(term.Key)).Select(term => term.Term.Title)
            .ToList();
        if (missing.Count > 0)
            return new Refusal("negotiation.not_whole",
                $"An offer is a whole package: it leaves out {string.Join(", ", missing)}.");
        foreach (var (key, value) in offered.Package)
        {
            if (state.Term(key) is not { } agenda) return new Refusal(
                "negotiation.unknown_term", $"'{key}' is not on the agenda.");
            if (agenda.Term.With(value).Refusal is { } mismatch) return mismatch;
        }

        foreach (var contingency in offered.Contingencies)
        {
            if (state.Term(contingency.Term) is not { } agenda) return new Refusal(
                "negotiation.unknown_term", $"'{contingency.Term}' is not on the agenda.");
            if (agenda.Term.With(contingency.Value).Refusal is { } mismatch) return mismatch;
            if (string.IsNullOrWhiteSpace(contingency.Until)) return new Refusal(
                "negotiation.contingency", "A contingent term says what ends it.");
            if (contingency.CreditTimes is { } times && (times < 0 || agenda.Term.Credit is null)) return new Refusal(
                "negotiation.contingency", $"{agenda.Term.Title} has no credit that could count {times:0.##} times.");
        }

        return OverBudget(state, offered.Package);
    }

    /// <summary>Accounting's limit is hard: a package whose charges pass it is not put on the table.</summary>
    public static Refusal? OverBudget(NegotiationState state, IReadOnlyDictionary<string, TermValue> package)
    {
        if (state.Budget is not { } limit) return null;
        var charges = state.Agenda.Where(term => term.Term is Term.Charge)
            .Select(term => package.GetValueOrDefault(term.Key)).OfType<TermValue.Price>().Select(price => price.Money)
                .ToList();
        if (charges.Find(money => money.Currency != limit.Currency) is { Amount: not 0 } foreign)
            return new Refusal("negotiation.currency",
                $"The limit is in {limit.Currency}, the package charges {foreign.Label}.");
        var sum = charges.Sum(money => money.Amount);
        return sum <= limit.Amount ? null
            : new Refusal("negotiation.budget",
                $"The charges add up to {new Money(sum, limit.Currency).Label}; accounting's limit is {limit.Label}, "
                    + $"and only accounting raises it.");
    }

    /// <summary>What providing may cost is as hard: no package that costs more is put on the table or taken.</summary>
    public static Refusal? OverCost(
        NegotiationState state, IReadOnlyList<NegotiationFact> facts, CostLimit limit, bool isReader) =>
        facts.Select(fact => fact switch
        {
            NegotiationFact.Offered offered => offered.Package,
            NegotiationFact.Accepted accepted => state.Offer(accepted.Offer)?.Package,
            NegotiationFact.AnsweredInConfidence answered => state.Offer(answered.Offer)?.Package,
            NegotiationFact.Agreed agreed => state.Offer(agreed.Offer)?.Package,
            _ => null,
        }).OfType<IReadOnlyDictionary<string, TermValue>>()
            .Select(package => limit.Beyond(state, package, isReader)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>Whether a package may be put on the table and taken, as far as accounting's limits go.</summary>
    public static bool IsWithinLimits(
        NegotiationState state, IReadOnlyDictionary<string, TermValue> package, CostLimit? costs) =>
        OverBudget(state, package) is null && costs?.Beyond(state, package, isReader: false) is null;

    private static NegotiationFact Numbered(NegotiationState state, NegotiationFact.Offered offered) =>
        offered with { Offer = $"o{state.Offers.Count + 1}" };

    private static Refusal? EndOf(NegotiationState state, string offer, Instant now) => state.Offer(offer) switch
    {
        null => new Refusal("negotiation.no_offer", $"There is no offer {offer} on this table."),
        { End: OfferEnd.Replaced } replaced => new Refusal("negotiation.replaced",
            $"{replaced.Name.Capital()} was replaced by a newer one."),
        { End: OfferEnd.Withdrawn } gone => new Refusal("negotiation.withdrawn",
            $"{gone.Name.Capital()} was withdrawn."),
        { End: OfferEnd.Rejected or OfferEnd.NotAccepted } not =>
            new Refusal("negotiation.rejected", $"{not.Name.Capital()} was not accepted."),
        { End: OfferEnd.Agreed } agreed => new Refusal("negotiation.closed",
            $"{agreed.Name.Capital()} is agreed already."),
        { End: OfferEnd.Lapsed } lapsed => new Refusal("negotiation.closed",
            $"{lapsed.Name.Capital()} lapsed when the sides agreed on another."),
        { Expires: { } expires } late when late.HasExpired(now) => new Refusal("negotiation.expired",
            $"{late.Name.Capital()} expired at {expires:uuuu-MM-dd HH:mm} UTC."),
        _ => null,
    };

    /// <summary>Why a package takes no answer; nothing while it does.</summary>
    private static Refusal? Answerable(NegotiationState state, string offer, Instant now)
    {
        var improves = state.Offer(offer)?.Kind is OfferKind.Improvement && state.Standing is Standing.Agreed;
        return (improves ? null : Moves(state, now)) ?? EndOf(state, offer, now);
    }

    private static Refusal? Answers(NegotiationState state, Actor by, string offer, Instant now)
    {
        if (by.Side is not { } side) return new Refusal(
            "negotiation.sides_accept", "Only the provider and the customer accept or reject a package.");
        if (Answerable(state, offer, now) is { } closed) return closed;
        var found = state.Offer(offer)!;
        if (found.Seat.Side == side) return new Refusal(
            "negotiation.own_offer", "A side cannot accept or reject its own offer.");
        if (found.AcceptedBy.Contains(side) || found.Confidences.ContainsKey(side))
            return new Refusal("negotiation.answered", "Your side has answered this package already.");
        return OverBudget(state, found.Package);
    }
}
