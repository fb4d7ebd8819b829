using NodaTime;

namespace Entente.Negotiation;

/// <summary>What a side could do next.</summary>
public enum SuggestedAct { FillRoom, Accept, Counter, OfferEquals, Trade, AskMediator }

/// <summary>One thing that a side could do next, in words, for its own eyes; there is never more than one at a time.</summary>
/// <param name="Offer">The offer it is about.</param>
public sealed record Suggestion(SuggestedAct Act, string Words, string? Offer = null)
{
    /// <summary>As good as the own last package, when no more than so many points are missing.</summary>
    private const double PointsEqual = 3;

    /// <summary>So many moves nearer, more than the other side's, are worth a word.</summary>
    private const int NearerMost = 2;

    /// <summary>Made of the public table and the side's own room alone.</summary>
    /// <param name="costs">What providing may cost: a package beyond it cannot be accepted.</param>
    public static Suggestion? For(
        NegotiationState state, TableSpace table, SideModel mine, Instant now, CostLimit? costs = null)
    {
        var improves = state.Standing is Standing.Agreed;
        if (!improves && NegotiationRules.Moves(state, now) is not null) return null;
        var best = state.Standings(now).Where(offer => offer.Needs.Contains(mine.Side)
                && !offer.Confidences.ContainsKey(mine.Side) && (!improves || offer.Kind is OfferKind.Improvement)
                && NegotiationRules.IsWithinLimits(state, offer.Package, costs))
            .Select(offer => (Offer: offer, Package: table.Find(offer.Package))).Where(one => one.Package is not null)
            .OrderByDescending(one => mine.Points(one.Package!)).FirstOrDefault();
        var own = table.Position(state, mine.Side, mine.Curves);
        if (best.Package is { } package && Keeps(mine, package)
            && mine.Points(package) >= (improves ? mine.Points(table.Find(state.Agreed!.Package)!) - 1e-9
                : mine.Points(own) - PointsEqual))
            return new(SuggestedAct.Accept, $"{best.Offer.Name.Capital()} is about as good for you as "
                + $"{(improves ? "what was agreed" : "what you stand for yourself")}, or better: accepting it costs you nothing.",
                best.Offer.Id);
        return improves ? null : Earlier(state, mine, best.Offer);
    }

    private static Suggestion? Earlier(NegotiationState state, SideModel mine, Offer? theirs)
    {
        if (!mine.Said.IsSaid) return new(SuggestedAct.FillRoom,
            "Say in your sealed room what matters to you: a few easy questions, and the help here gets better.");
        if (Mediation.IsStuck(state)) return new(SuggestedAct.AskMediator,
            "Nothing came nearer in the last six offers: offer several packages of equal worth to you, or ask the mediator "
            + "for a text that both can criticise.");
        var (most, least) = (mine.Ranked[0].Term.Title, mine.Ranked[^1].Term.Title);
        var nearer = Mediation.Concessions(state);
        if (mine.Ranked.Count > 1 && nearer[mine.Side] - nearer[mine.Side.Other] > NearerMost) return new(
            SuggestedAct.Trade, $"You came nearer more often than they did. Tie your next step to one of theirs: if they give "
                + $"on {most}, you give on {least}.");
        if (!state.Offers.Exists(offer => offer.Seat.Side == mine.Side)) return new(SuggestedAct.OfferEquals,
            "Begin with several packages of equal worth to you: which one they come nearer to tells you what they care for.");
        return theirs is null || mine.Ranked.Count < 2 ? null : new(SuggestedAct.Counter,
            $"Counter {theirs.Name}: hold on {most}, which matters most to you, and give on {least}, which matters "
                + "least.",
            theirs.Id);
    }

    private static bool Keeps(SideModel mine, Bargaining.Issues.Package package) =>
        mine.Preference.Utility(package) >= mine.Preference.Disagreement - 1e-9
        && mine.Preference.MustHaves.All(must => must.Holds(package));
}
