using Entente.Documentation;
using Entente.Engagements;
using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Terms;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>A table as one viewer may see it: the same terms for everyone, and nothing that is another side's
/// alone.</summary>
public sealed record NegotiationView(
    string Id, string Title, Standing Standing, int Round, Instant? Deadline, MoveOrder Order, string Agreement,
        int? Amends, int Quorum, ValueList<VotingRight> VotingRights, Money? Budget,
    string? Reason, string? AgreedOffer, IReadOnlyList<TermView> Terms, IReadOnlyList<OfferView> Offers,
        IReadOnlyList<ConcernView> Concerns,
    IReadOnlyList<TradeView> Trades, IReadOnlyList<HeardView> Heard, IReadOnlyList<string> NotHeardYet,
        IReadOnlyList<Participation> Participation,
        IReadOnlyList<Seat> HintsAllowedBy, long Version)
{
    public static NegotiationView Of(string id, NegotiationState state, long version, EngagementState parties,
        Viewer viewer, Instant now) => new(
        id, state.Title, state.Standing, state.Round, state.Deadline, state.Order,
            state.Agreement[(state.Agreement.LastIndexOf('.') + 1)..],
        state.Amends, state.Quorum, state.VotingRights, state.Budget, state.Reason, state.AgreedOffer,
        [.. state.Agenda.Select(term => TermView.Of(state, term))],
        [.. state.Offers.Select(offer => OfferView.Of(state, offer, parties, viewer, now))],
        [.. state.Concerns.Select(concern => ConcernView.Of(concern, parties, viewer))],
        [.. state.Trades.Select(trade => new TradeView(
            trade.Id, trade.Side, trade.At, trade.If, trade.Then, trade.Message, trade.IsTaken, trade.Stands))],
        [.. state.Feed.Select(heard => new HeardView(
            heard.At, Who(heard, parties, viewer), heard.Anonymous ? null : heard.Seat, heard.Words, heard.On,
            heard.Detail))],
        NotHeard(state, parties), Negotiation.Participation.Of(state, parties), [.. state.HintsAllowedBy], version);

    /// <summary>Who it was; an anonymous voice stays so for everyone but itself.</summary>
    public static string Who(Heard heard, EngagementState parties, Viewer viewer) =>
        heard.Anonymous && heard.By != viewer.Actor.Id ? "Anonymous" : Name(heard.By, parties);

    public static string Name(string person, EngagementState parties) => parties.Seats.GetValueOrDefault(person)?.Name
        ?? "";

    /// <summary>People with a seat who have not said anything under their name at this table.</summary>
    public static IReadOnlyList<string> NotHeard(NegotiationState state, EngagementState parties)
    {
        var spoke = state.Feed.Where(heard => !heard.Anonymous).Select(heard => heard.By).ToHashSet(StringComparer.Ordinal);
        return [.. parties.Seats.Values.Where(holder => !spoke.Contains(holder.Person)).Select(holder => holder.Name)
            .Order(StringComparer.Ordinal)];
    }
}

/// <summary>One row of the table.</summary>
public sealed record TermView(
    string Key, string Title, string? Service, Term Term, TermValue? ProviderOffers, TermValue? CustomerAsks,
        bool IsProvisional,
    IReadOnlyList<TermValue> Options, IReadOnlyList<TermMove> History, IReadOnlyList<TogetherView> BelongsWith)
{
    public static TermView Of(NegotiationState state, AgendaTerm term) => new(
        term.Key, term.Term.Title, term.Term.Service, term.Term, state.Marked(Side.Provider, term.Key),
            state.Marked(Side.Customer, term.Key),
        state.IsProvisional(term.Key), state.Options(term.Key), Movement.History(state, term.Key),
        [.. Agenda.Together(term, state.Agenda).Select(one => new TogetherView(one.Key, one.Why))]);
}

/// <summary>Another term that is better bargained over together with it, and why.</summary>
public sealed record TogetherView(string Term, string Why);

/// <summary>What an offer changed of one term.</summary>
public sealed record MoveView(string Term, TermValue? From, TermValue To, Direction Direction);

/// <param name="MyAnswer">True when the viewer's side has answered in confidence; of the other side nothing is
/// told.</param>
public sealed record OfferView(
    string Id, string Name, OfferKind Kind, Seat Seat, string By, Instant At, int Round, IReadOnlyDictionary<string,
        TermValue> Package, string? CounterTo,
    Instant? Expires, string? Message, string? Set, ValueList<Contingency> Contingencies, bool Stands, OfferEnd? End,
        string? Reason,
    IReadOnlyList<Side> AcceptedBy, bool MyAnswer, IReadOnlyList<MoveView> Moved, IReadOnlyList<VoteView> Votes)
{
    public static OfferView Of(NegotiationState state, Offer offer, EngagementState parties, Viewer viewer,
        Instant now) => new(
        offer.Id, offer.Name, offer.Kind, offer.Seat, NegotiationView.Name(offer.By, parties), offer.At, offer.Round,
            offer.Package, offer.CounterTo, offer.Expires,
        offer.Message, offer.Set, offer.Contingencies, offer.Stands(now), offer.End, offer.Reason,
            [.. offer.AcceptedBy],
        viewer.Actor.Side is { } side && offer.Confidences.ContainsKey(side),
        [.. Movement.Of(state, offer).Select(move => new MoveView(move.Term.Key, move.From, move.To, move.Direction))],
        [.. offer.Votes.Select(vote => new VoteView(
            NegotiationView.Name(vote.Key, parties), vote.Value.Seat, vote.Value.Backs, vote.Value.Reason,
            VotingRight.Of(state.VotingRights, NegotiationView.Name(vote.Key, parties), vote.Value.Seat)))]);
}

/// <summary>What one voice beside the two sides said of a package.</summary>
public sealed record VoteView(string By, Seat Seat, bool Backs, string? Reason, VoteWeight Weight);

/// <summary>One thing that was said of a concern.</summary>
public sealed record ConcernEntryView(string By, Instant At, string Words, string? Text);

public sealed record ConcernView(
    string Id, string By, Seat? Seat, Instant At, string Text, string? Term, Seat Owner, string? Interest,
        string? Answer, string? AnsweredBy,
    bool IsOpen, bool IsMine, HardNeed? Need, IReadOnlyList<ConcernEntryView> Thread)
{
    public static ConcernView Of(Concern concern, EngagementState parties, Viewer viewer)
    {
        var hidden = concern.Anonymous && concern.By != viewer.Actor.Id;
        return new(
            concern.Id, hidden ? "Anonymous" : NegotiationView.Name(concern.By, parties), hidden ? null : concern.Seat,
                concern.At, concern.Text,
            concern.Term, concern.Owner, concern.Interest, concern.Answer,
            concern.AnsweredBy is { } person ? NegotiationView.Name(person, parties) : null, concern.IsOpen,
                concern.By == viewer.Actor.Id, concern.Need,
            [.. concern.Thread.Select(entry => new ConcernEntryView(
                hidden && entry.By == concern.By ? "Anonymous" : NegotiationView.Name(entry.By, parties), entry.At,
                entry.Words, entry.Text))]);
    }
}

public sealed record TradeView(
    string Id, Side Side, Instant At, IReadOnlyDictionary<string, TermValue> If, IReadOnlyDictionary<string,
        TermValue> Then, string? Message,
    bool IsTaken, bool Stands);

public sealed record HeardView(Instant At, string Who, Seat? Seat, string Words, string? On, string? Detail);
