using Entente.Documentation;
using Entente.Engagements;
using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.Terms;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>What every page of a table shows from: who looks, at which table, and how it stands now.</summary>
public sealed record TableSight(
    Viewer Viewer, EngagementHead Head, EngagementState Parties, string Name, NegotiationState State, long Version,
        Instant Now, Notice? Notice)
{
    public string Base => $"/engagements/{Head.Id}/negotiation/{Name}";

    public Side? Side => Viewer.Actor.Side;

    public bool IsChair => Viewer.Seat is Seat.ServiceLevelManager;

    /// <summary>How far the voices beside the two sides stand behind an offer; nothing where they may be
    /// outvoted.</summary>
    public string? Quorum(Offer offer)
    {
        var ballot = Ballot.Empty with { Voices = NegotiationDesk.Voices(State, Parties) };
        List<string> words = [];
        if (ballot.Needed(State.Quorum) is > 0 and var needed)
            words.Add($"{ballot.Backing(offer)} of the {needed} voices that the charter asks for back it.");
        if (ballot.Missing(offer).Select(NameOf).ToList() is { Count: > 0 } missing)
            words.Add($"Nothing is agreed without the yes of {string.Join(" and ", missing)}.");
        return words.Count == 0 ? null : string.Join(' ', words);
    }

    /// <summary>What the viewer's own voice weighs, in words.</summary>
    public string VoiceWords => VotingRight.Of(State.VotingRights, Viewer.Person.Name, Viewer.Seat) switch
    {
        VoteWeight.Mandatory => "The charter makes your voice mandatory: nothing is agreed without your yes.",
        VoteWeight.Consulted => "The charter has you consulted: your voice is asked for and stands in the record, and does not count.",
        _ when State.Quorum == 0 => "The charter lets you be outvoted: your voice is heard, and stands in the record.",
        _ => "",
    };

    public bool MayVote(Offer offer) => Viewer.Seat is Seat.Accounting or Seat.Stakeholder && offer.Stands(Now)
        && (TakesMoves || offer.Kind is OfferKind.Improvement);

    /// <summary>Whether the table takes moves now.</summary>
    public bool TakesMoves => State.IsOpen && !(State.Deadline <= Now);

    /// <summary>How a side's column is headed: "You ask", "Acme IT offers".</summary>
    public string Heading(Side side) => (side, Side == side) switch
    {
        (Entente.Side.Provider, true) => "You offer",
        (Entente.Side.Customer, true) => "You ask",
        (Entente.Side.Provider, _) => $"{Head.Provider} offers",
        _ => $"{Head.Customer} asks",
    };

    /// <summary>Who a seat is, by the name of the party where it has one.</summary>
    public string Who(Seat seat) => seat == Viewer.Seat && seat.Side is not null ? "You"
        : seat.Side is { } side ? Head.NameOf(side)
        : seat is Seat.ServiceLevelManager ? "The service level manager" : Words(seat);

    /// <summary>The same within a sentence: "waits for the service level manager".</summary>
    public string WhoIn(Seat seat) => seat == Viewer.Seat && seat.Side is not null ? "you"
        : seat.Side is { } side ? Head.NameOf(side) : seat is Seat.Accounting ? seat.Words : $"the {seat.Words}";

    /// <summary>How the viewer speaks of an offer: "your second offer", "Acme IT's first offer".</summary>
    public string Called(Offer offer) => offer.Called(
        offer.Seat.Side is null ? "the mediator's" : WhoIn(offer.Seat) is "you" ? "your" : $"{WhoIn(offer.Seat)}'s");

    public string Called(string offer) => State.Offer(offer) is { } found ? Called(found) : offer;

    public string NameOf(string person) => NegotiationView.Name(person, Parties);

    public static string Words(Seat seat) => seat.Words.Capital();

    public static string Colour(Seat? seat) => seat switch
    {
        Seat.Provider => "side-provider",
        Seat.Customer => "side-customer",
        Seat.Accounting => "side-accounting",
        Seat.ServiceLevelManager => "side-chair",
        _ => "side-stakeholder",
    };

    /// <summary>A moment as a person reads it: the time today, else the date.</summary>
    public string When(Instant at) => at.InUtc().Date == Now.InUtc().Date ? $"{at:HH:mm} UTC" : $"{at:d MMM HH:mm} UTC";

    /// <summary>How a side got to the value it has now.</summary>
    public string Moved(Side side, IReadOnlyList<TermMove> history)
    {
        var moves = history.Where(move => move.Seat.Side == side).ToList();
        return moves is [.., var before, var last]
            ? $"was {before.Value.Label} {Arrow(last.Direction)}"
            : moves.Count == 1 && State.Offers.Exists(offer => offer.Seat.Side == side) ? "unchanged" : "";
    }

    public static string Arrow(Direction direction) => direction switch
    {
        Direction.Towards => "→ nearer",
        Direction.Away => "← farther",
        _ => "",
    };

    /// <summary>What an offer moves, in one sentence: "It moves three terms towards you and one away."</summary>
    public string Sentence(Offer offer)
    {
        var moves = Movement.Of(State, offer);
        if (offer.Seat.Side is not { } maker) return Chaired(offer, moves.Count);
        if (moves.Count == 0) return "It repeats what was there.";
        var towards = moves.Count(move => move.Direction is Direction.Towards);
        var away = moves.Count(move => move.Direction is Direction.Away);
        var other = moves.Count - towards - away;
        var whom = Side == maker.Other ? "you" : Head.NameOf(maker.Other);
        List<string> parts = [];
        if (towards > 0) parts.Add($"{Count(towards)} towards {whom}");
        if (away > 0) parts.Add($"{Count(away)} away");
        if (other > 0) parts.Add($"{Count(other)} otherwise");
        return $"It moves {string.Join(" and ", parts)}.";
    }

    /// <summary>What the mediator's package changes of what it comes from; a proposal lies where both sides left it to.</summary>
    private string Chaired(Offer offer, int changes)
    {
        if (Movement.Origin(State, offer) is { } origin) return $"It changes {(changes == 0 ? "nothing" : Count(changes))} of "
            + $"{(offer.Kind is OfferKind.Improvement ? "what was agreed" : Called(origin))}.";
        var stands = State.Agenda.Select(term => (To: offer.Package[term.Key],
            Provider: Movement.Stood(State, offer, Entente.Side.Provider, term),
            Customer: Movement.Stood(State, offer, Entente.Side.Customer, term))).ToList();
        var both = stands.Count(one => one.To == one.Provider && one.To == one.Customer);
        var provider = stands.Count(one => one.To == one.Provider) - both;
        var customer = stands.Count(one => one.To == one.Customer) - both;
        List<string> parts = [];
        if (both > 0) parts.Add($"{Count(both)} where both stood");
        if (provider > 0) parts.Add($"{Count(provider)} where {Head.Provider} stood");
        if (customer > 0) parts.Add($"{Count(customer)} where {Head.Customer} stood");
        if (stands.Count - both - provider - customer is > 0 and var other) parts.Add($"{Count(other)} at another value");
        return $"It leaves {string.Join(", ", parts)}.";
    }

    /// <summary>What one term of an offer comes from, in a word or two.</summary>
    public string From(Offer offer, AgendaTerm term)
    {
        if (offer.Seat.Side is null && Movement.Origin(State, offer) is null)
            return $"{Head.Provider} stood at {Label(Movement.Stood(State, offer, Entente.Side.Provider, term))}, "
                + $"{Head.Customer} at {Label(Movement.Stood(State, offer, Entente.Side.Customer, term))}";
        return Movement.Of(State, offer).FirstOrDefault(one => one.Term.Key == term.Key) is { Term: not null } move
            ? $"from {Label(move.From)} {Arrow(move.Direction)}" : "";
    }

    /// <summary>How an offer stands, in a word or two.</summary>
    public string Standing(Offer offer) => offer.End switch
    {
        null when offer.HasExpired(Now) => "expired",
        null when Side is { } side && offer.Confidences.ContainsKey(side) => "you answered in confidence",
        null => "stands",
        OfferEnd.Replaced => "replaced by a newer one",
        OfferEnd.NotAccepted => "not accepted by both",
        OfferEnd.Lapsed => "lapsed, as another was agreed",
        var end => end.Value.ToString().ToLowerInvariant(),
    };

    private static string Count(int terms) => terms == 1 ? "one term" : $"{terms} terms";

    public static string Label(TermValue? value) => value?.Label ?? "–";
}
