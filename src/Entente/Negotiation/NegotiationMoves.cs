using System.Collections.Immutable;
using Entente.Terms;

namespace Entente.Negotiation;

/// <summary>How offers, trades and concerns change the table: the parts of its fold.</summary>
internal static class NegotiationMoves
{
    internal static NegotiationState Moved(this NegotiationState state, NegotiationFact fact, Stamp stamp) =>
        fact switch
        {
            NegotiationFact.Offered offered => state.Put(offered, stamp),
            NegotiationFact.Withdrawn withdrawn => state.Ended(
                withdrawn.Offer, OfferEnd.Withdrawn) with
            {
                Feed = state.Heard(
                stamp, $"withdrew {state.Named(withdrawn.Offer)}")
            },
            NegotiationFact.Rejected rejected => state.Ended(rejected.Offer, OfferEnd.Rejected, rejected.Reason) with
            {
                Feed = state.Heard(stamp, $"rejected {state.Named(rejected.Offer)}", detail: rejected.Reason),
            },
            NegotiationFact.Accepted accepted when NegotiationState.SeatOf(stamp)?.Side is { } side =>
                state.Change(accepted.Offer, offer =>
                offer with { AcceptedBy = offer.AcceptedBy.Add(side) }) with
                {
                    Feed = state.Heard(
                    stamp, $"accepted {state.Named(accepted.Offer)}")
                },
            NegotiationFact.AnsweredInConfidence answered when NegotiationState.SeatOf(stamp)?.Side is { } side =>
                state.Change(answered.Offer, offer =>
                offer with { Confidences = offer.Confidences.SetItem(side, answered.Cipher) }) with
                {
                    Feed = state.Heard(stamp, $"answered {state.Named(answered.Offer)} in confidence"),
                },
            NegotiationFact.Voted voted when NegotiationState.SeatOf(stamp) is { } seat =>
                state.Change(voted.Offer, offer => offer with
                {
                    Votes = offer.Votes.SetItem(stamp.By, new Vote(seat, voted.Backs, voted.Reason, stamp.At)),
                }) with
                {
                    Feed = state.Heard(stamp, $"{(voted.Backs ? "backs" : "blocks")} {state.Named(voted.Offer)}",
                        detail: voted.Reason),
                },
            NegotiationFact.NotAccepted not => state.Ended(
                not.Offer, OfferEnd.NotAccepted) with
            {
                Feed = state.Feed.Add(
                new Heard(stamp.At, "", null, $"{state.Named(not.Offer).Capital()} was not accepted by both"))
            },
            NegotiationFact.Agreed agreed => state with
            {
                Offers = state.Offers.ConvertAll(offer => offer.Id == agreed.Offer ? offer with { End = OfferEnd.Agreed, Reason = null }
                    : offer with { End = offer.End ?? OfferEnd.Lapsed }),
                Standing = Standing.Agreed,
                AgreedOffer = agreed.Offer,
                Feed = state.Feed.Add(new Heard(stamp.At, "", null,
                    $"The sides {(state.AgreedOffer is null ? "agreed on" : "took")} {state.Named(agreed.Offer)}")),
            },
            _ => state,
        };

    internal static NegotiationState Traded(this NegotiationState state, NegotiationFact fact, Stamp stamp) =>
        fact switch
        {
            NegotiationFact.TermMarked marked when NegotiationState.SeatOf(stamp)?.Side is { } side => state with
            {
                Marks = state.Marks.SetItem((side, marked.Term), marked.Value),
                Feed = state.Heard(stamp, $"could live with {marked.Value.Label}", marked.Term),
            },
            NegotiationFact.TradeProposed proposed when NegotiationState.SeatOf(stamp)?.Side is { } side => state with
            {
                Trades = state.Trades.Add(new Trade(proposed.Trade, stamp.By, side, stamp.At, proposed.If, proposed.Then,
                    proposed.Message)),
                Feed = state.Heard(stamp, "proposed a trade", detail: state.TradeWords(proposed.If, proposed.Then)),
            },
            NegotiationFact.TradeTaken taken when state.Trades.Find(trade => trade.Id == taken.Trade) is { } trade =>
                state with
                {
                    Trades = state.Trades.Replace(trade, trade with { IsTaken = true }),
                    Marks = state.Marks.SetItems(trade.If.Concat(trade.Then)
                    .SelectMany(pair => Enum.GetValues<Side>().Select(side =>
                    KeyValuePair.Create((side, pair.Key), pair.Value)))),
                    Feed = state.Heard(stamp, "took a trade", detail: state.TradeWords(trade.If, trade.Then)),
                },
            NegotiationFact.TradeWithdrawn withdrawn when state.Trades.Find(
                trade => trade.Id == withdrawn.Trade) is { } trade => state with
                {
                    Trades = state.Trades.Replace(trade, trade with { IsWithdrawn = true }),
                    Feed = state.Heard(stamp, "withdrew a trade"),
                },
            _ => state,
        };

    internal static NegotiationState Voiced(this NegotiationState state, NegotiationFact fact, Stamp stamp) =>
        fact switch
        {
            NegotiationFact.ConcernRaised raised => state with
            {
                Concerns = state.Concerns.Add(new Concern(
                    raised.Concern.Length > 0 ? raised.Concern : $"c{state.Concerns.Count + 1}", stamp.By,
                    NegotiationState.SeatOf(stamp), stamp.At, raised.Text, raised.Term, raised.Anonymous, raised.Owner ?? Seat.ServiceLevelManager)
                {
                    Need = raised.Need,
                    Thread = [new ConcernEntry(stamp.By, stamp.At, "raised", raised.Text)],
                }),
                Feed = state.Heard(stamp, "raised a concern", raised.Term, raised.Text, raised.Anonymous),
            },
            NegotiationFact.ConcernTaken taken => state.Say(stamp, taken.Concern,
                NegotiationState.SeatOf(stamp) == taken.Owner ? "took it over" : "handed it on", taken.Owner.Words,
                concern => concern with { Owner = taken.Owner }) with
            {
                Feed = state.Heard(stamp, NegotiationState.SeatOf(stamp) == taken.Owner ? "took over a concern"
                    : "handed a concern on", state.Concern(taken.Concern)?.Term, taken.Owner.Words),
            },
            NegotiationFact.ConcernAnswered answered => state.Say(stamp, answered.Concern, "answered", answered.Answer,
                concern => concern with { Answer = answered.Answer, AnsweredBy = stamp.By, AnsweredAt = stamp.At }) with
            {
                Feed = state.Heard(stamp, "answered a concern", state.Concern(answered.Concern)?.Term, answered.Answer),
            },
            NegotiationFact.ConcernReopened reopened => state.Say(stamp, reopened.Concern, "not satisfied",
                reopened.Reason, concern => concern with { Answer = null, AnsweredBy = null, AnsweredAt = null }) with
            {
                Feed = state.Heard(stamp, "is not satisfied with an answer", state.Concern(reopened.Concern)?.Term,
                    reopened.Reason, state.IsAnonymous(reopened.Concern)),
            },
            NegotiationFact.ConcernWithdrawn withdrawn => state.Say(stamp, withdrawn.Concern, "withdrew", null,
                concern => concern with { IsWithdrawn = true }) with
            {
                Feed = state.Heard(stamp, "withdrew a concern", state.Concern(withdrawn.Concern)?.Term,
                    anonymous: state.IsAnonymous(withdrawn.Concern)),
            },
            NegotiationFact.ConcernReframed reframed => state.Say(stamp, reframed.Concern, "named the interest",
                reframed.Interest, concern => concern with { Interest = reframed.Interest }) with
            {
                Feed = state.Heard(stamp, "named the interest behind a concern", state.Concern(reframed.Concern)?.Term,
                    reframed.Interest),
            },
            _ => state,
        };

    private static NegotiationState Put(this NegotiationState state, NegotiationFact.Offered offered, Stamp stamp)
    {
        var seat = NegotiationState.SeatOf(stamp) ?? Seat.ServiceLevelManager;
        var offer = new Offer(offered.Offer, stamp.By, seat, stamp.At, state.Round,
            offered.Package.ToImmutableSortedDictionary(StringComparer.Ordinal))
        {
            Kind = offered.Kind,
            Number = 1 + state.Offers.Count(one => one.IsLike(seat, offered.Kind)),
            CounterTo = offered.CounterTo,
            Expires = offered.Expires,
            Message = offered.Message,
            Set = offered.Set,
            Contingencies = offered.Contingencies,
        };
        var earlier = state.Offers.ConvertAll(one =>
            one.End is null && one.Seat == seat && (one.Set is null || one.Set != offered.Set) && one.AcceptedBy.IsEmpty
                && one.Confidences.IsEmpty
                ? one with { End = OfferEnd.Replaced } : one);
        return state with
        {
            Offers = earlier.Add(offer),
            Feed = state.Heard(stamp, state.Words(offer), detail: offer.Message)
        };
    }

    private static string Words(this NegotiationState state, Offer offer) => offer switch
    {
        { Kind: OfferKind.EqualWorth } => $"made {offer.Name}, one of several of equal worth",
        { Kind: OfferKind.Proposal } => $"made {offer.Name} to both",
        { Kind: OfferKind.SingleText } => $"put {offer.Name} on the table",
        { Kind: OfferKind.Improvement } => $"made {offer.Name} of what was agreed",
        { CounterTo: { } to } => $"countered {state.Named(to)} with {offer.Name}",
        _ => $"made {offer.Name}",
    };

    private static string Named(this NegotiationState state, string offer) => state.Offer(offer)?.Name ?? offer;

    private static string TradeWords(this NegotiationState state, IReadOnlyDictionary<string, TermValue> @if,
        IReadOnlyDictionary<string, TermValue> then) =>
        $"if {state.Words(@if)}, then {state.Words(then)}";

    /// <summary>Some values with the titles of their terms: "Support hours Mon-Fri and Checkout availability 99.9
    /// %".</summary>
    internal static string Words(this NegotiationState state, IReadOnlyDictionary<string, TermValue> values) =>
        string.Join(" and ", values.Select(
            pair => $"{state.Term(pair.Key)?.Term.Title ?? pair.Key} {pair.Value.Label}"));

    private static bool IsAnonymous(this NegotiationState state, string concern) => state.Concern(concern)?.Anonymous
        ?? false;

    private static NegotiationState Ended(this NegotiationState state, string id, OfferEnd end,
        string? reason = null) =>
        state.Change(id, offer => offer with { End = end, Reason = reason });

    private static NegotiationState Change(this NegotiationState state, string id, Func<Offer, Offer> change) =>
        state with { Offers = state.Offers.ConvertAll(offer => offer.Id == id ? change(offer) : offer) };

    /// <summary>Something was said of a concern, and changed it.</summary>
    private static NegotiationState Say(
        this NegotiationState state, Stamp stamp, string id, string words, string? text,
        Func<Concern, Concern> change) => state with
        {
            Concerns = state.Concerns.ConvertAll(concern => concern.Id == id
                ? change(concern) with
                {
                    Thread = concern.Thread.Add(new ConcernEntry(stamp.By, stamp.At, words, text)),
                }
                : concern),
        };
}
