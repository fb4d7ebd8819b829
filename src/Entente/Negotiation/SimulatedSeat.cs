using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;
using Entente.Bargaining.Protocols;
using Entente.Bargaining.Tactics;
using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>What a simulated seat does next.</summary>
public enum SeatMoveKind { Offer, Accept, Wait }

/// <param name="Offer">The offer to accept, or to counter.</param>
/// <param name="Package">The package to offer.</param>
/// <param name="Why">In one sentence.</param>
public sealed record SeatMove(
    SeatMoveKind Kind, string Why, string? Offer = null, IReadOnlyDictionary<string, TermValue>? Package = null);

/// <summary>Says what a character would do in a side's seat at a real table.</summary>
/// <remarks>
/// It knows what the side knows: the public table and its own sealed room. It keeps nothing: the character lives through
/// the offers again each time, so the same table, room and seed give the same move.
/// </remarks>
public static class SimulatedSeat
{
    public static Decision<SeatMove> Next(
        NegotiationState state, Side side, SidePreference said, SeatHabit habit, Instant now, CostLimit? costs = null)
    {
        if (!Rehearsals.Characters.TryGetValue(habit.Character, out var tactic))
            return new Refusal("rehearsal.tactic", $"There is no character '{habit.Character}'.");
        var table = new TableSpace(state);
        var model = new SideModel(table, state, side, said);
        if (state.Standing is Standing.Agreed) return Improved(state, table, model, side, now);
        if (NegotiationRules.Moves(state, now) is { } closed) return new SeatMove(SeatMoveKind.Wait, closed.Message);
        try
        {
            var within = costs is null ? table.Space : table.Space.With(costs.AsConstraint(table));
            return Move(state, table, model, Tactics.Create(
                tactic, within, model.Preference, (int)side, habit.Seed), habit.RoundsMost, now, costs);
        }
        catch (BargainException empty) when (empty.Code == "bargain.space_empty")
        {
            return new SeatMove(SeatMoveKind.Wait, "No package on this table keeps my own limits and accounting's.");
        }
    }

    private static SeatMove Move(
        NegotiationState state, TableSpace table, SideModel model, Tactic tactic, int roundsMost, Instant now,
        CostLimit? costs)
    {
        var (me, made) = ((int)model.Side, 0);
        foreach (var offer in state.Offers)
        {
            if (table.Find(offer.Package) is not { } package) continue;
            if (offer.Seat.Side == model.Side) tactic.Move(Table(me, null), Time(made++, roundsMost));
            else if (offer.Seat.Side is not null) tactic.Hear(new Move.Offer(1 - me, package));
        }

        var open = state.Standings(now).Where(offer => offer.Needs.Contains(model.Side)
            && !offer.Confidences.ContainsKey(model.Side)
            && NegotiationRules.IsWithinLimits(state, offer.Package, costs) && table.Find(offer.Package) is not null).ToList();
        var last = state.Offers.FindLast(offer => offer.Seat.Side is not null);
        if (open.Count == 0 && last?.Seat.Side == model.Side)
            return new SeatMove(SeatMoveKind.Wait, "The other side has not answered yet.");
        var standing = open.Count == 0 ? null
            : new Move.Offer(1 - me, [.. open.Select(offer => table.Find(offer.Package)!)]);
        var next = tactic.Move(Table(me, standing), Time(made, roundsMost));
        if (next is Move.Accept accept)
            return new SeatMove(SeatMoveKind.Accept, "It is worth as much to me as what I would offer next.",
                open[accept.Choice].Id);
        if (made >= roundsMost || last?.Seat.Side == model.Side)
            return new SeatMove(SeatMoveKind.Wait, made >= roundsMost
                ? $"After {Counted.Of(roundsMost, "offer")} I wait for a better one." : "The other side has not answered yet.");
        return new SeatMove(SeatMoveKind.Offer, "This is what I would take now.",
            open.LastOrDefault(offer => offer.Seat.Side is not null)?.Id,
            table.Values(((Move.Offer)next).Packages[0]));
    }

    /// <summary>An improvement of what was agreed is accepted when it is not worse.</summary>
    private static SeatMove Improved(
        NegotiationState state, TableSpace table, SideModel model, Side side, Instant now) =>
        state.Standings(now).FirstOrDefault(offer => offer.Kind is OfferKind.Improvement && offer.Needs.Contains(side)
            && !offer.Confidences.ContainsKey(side)) is { } better
            && table.Find(better.Package) is { } package && table.Find(state.Agreed!.Package) is { } agreed
            && model.Points(package) >= model.Points(agreed) - 1e-9
            ? new SeatMove(SeatMoveKind.Accept, "It is no worse for me than what was agreed.", better.Id)
            : new SeatMove(SeatMoveKind.Wait, "The sides have agreed.");

    private static AlternatingOffers.Open Table(int me, Move.Offer? standing) =>
        new(2, new Deadline(), [], me, standing, new Dictionary<int, int>());

    private static double Time(int made, int roundsMost) => Math.Min(1, made / (double)roundsMost);
}

/// <summary>How a simulated seat behaves.</summary>
/// <param name="Character">One of <see cref="Rehearsals.Characters"/>.</param>
/// <param name="RoundsMost">Own offers after which it makes no further one.</param>
public sealed record SeatHabit(string Character, int Seed = 1, int RoundsMost = 12);
