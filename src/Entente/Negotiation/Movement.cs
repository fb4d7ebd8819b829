using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>Which way a value moved, seen from the other side.</summary>
public enum Direction { Unchanged, Towards, Away, Sideways }

/// <summary>One value of a term in its history: who put it there, when, and which way it went from what they had
/// before.</summary>
/// <param name="Offer">The offer it came with; none where a side started.</param>
/// <param name="Name">How people speak of that offer.</param>
public sealed record TermMove(
    Seat Seat, TermValue Value, Instant? At, string? Offer, Direction Direction, string? Name = null);

/// <summary>What moved between offers.</summary>
public static class Movement
{
    /// <summary>Every value of a term that a seat put on the table, oldest first; repeats are left out.</summary>
    public static IReadOnlyList<TermMove> History(NegotiationState state, string key)
    {
        List<TermMove> moves = [];
        if (state.Term(key) is not { } term) return moves;
        if (term.Offered is { } offered) moves.Add(new TermMove(
            Seat.Provider, offered, state.OpenedAt, null, Direction.Unchanged));
        if (term.Asked is { } asked) moves.Add(new TermMove(
            Seat.Customer, asked, state.OpenedAt, null, Direction.Unchanged));
        foreach (var offer in state.Offers)
        {
            if (offer.Package.GetValueOrDefault(key) is not { } value) continue;
            var before = moves.FindLast(move => move.Seat == offer.Seat)?.Value;
            if (before == value) continue;
            var other = offer.Seat.Side is { } side ? moves.FindLast(move => move.Seat == side.Other.Seat)?.Value
                : null;
            moves.Add(new TermMove(offer.Seat, value, offer.At, offer.Id, Of(before, value, other),
                offer.Name));
        }

        return moves;
    }

    /// <summary>What an offer moved against what it comes from: for each term that changed, from where, and which
    /// way.</summary>
    /// <remarks>A side's offer comes from where it stood, a draft of the single text from the draft before, an improvement
    /// from what was agreed; the mediator's proposal comes from nothing, and moves nothing.</remarks>
    public static IReadOnlyList<(AgendaTerm Term, TermValue? From, TermValue To, Direction Direction)> Of(
        NegotiationState state, Offer offer)
    {
        var (index, origin) = (Place(state, offer), Origin(state, offer));
        if (offer.Seat.Side is null && origin is null) return [];
        return
        [
            .. from term in state.Agenda
               let to = offer.Package[term.Key]
               let @from = offer.Seat.Side is { } side ? Stood(state, offer, index, side, term)
                   : origin!.Package.GetValueOrDefault(term.Key)
               where @from != to
               select (term, @from, to, Of(@from, to,
                   offer.Seat.Side is { } own ? Stood(state, offer, index, own.Other, term) : null)),
        ];
    }

    /// <summary>Where a side stood on a term when an offer was made; packages that were offered at once stand beside each
    /// other.</summary>
    public static TermValue? Stood(NegotiationState state, Offer offer, Side side, AgendaTerm term) =>
        Stood(state, offer, Place(state, offer), side, term);

    /// <summary>What the mediator's package comes from; none for a proposal and a first draft.</summary>
    public static Offer? Origin(NegotiationState state, Offer offer) => offer.Kind switch
    {
        OfferKind.SingleText => Before(state, Place(state, offer), one => one.Kind is OfferKind.SingleText),
        OfferKind.Improvement => Before(state, Place(state, offer), one => one.End is OfferEnd.Agreed),
        _ => null,
    };

    private static TermValue? Stood(NegotiationState state, Offer offer, int index, Side side, AgendaTerm term) =>
        Before(state, index, one => one.Seat.Side == side && (one.Set is null || one.Set != offer.Set)
            && one.Package.ContainsKey(term.Key))?.Package[term.Key] ?? (side is Side.Provider ? term.Offered : term.Asked);

    private static int Place(NegotiationState state, Offer offer) => state.Offers.FindIndex(one => one.Id == offer.Id);

    private static Offer? Before(NegotiationState state, int index, Predicate<Offer> match) => index <= 0 ? null
        : state.Offers.FindLastIndex(index - 1, index, match) is >= 0 and var at ? state.Offers[at] : null;

    private static Direction Of(TermValue? from, TermValue to, TermValue? other) => (from, other) switch
    {
        (null, _) or (_, null) => Direction.Sideways,
        _ when from == to => Direction.Unchanged,
        _ when to == other => Direction.Towards,
        ({ Number: { } a }, { Number: { } c }) when to.Number is { } b && from!.GetType() == to.GetType()
            && to.GetType() == other!.GetType() =>
            Math.Abs(c - b) < Math.Abs(c - a) ? Direction.Towards : Math.Abs(c - b) > Math.Abs(c - a) ? Direction.Away
                : Direction.Sideways,
        _ => Direction.Sideways,
    };
}
