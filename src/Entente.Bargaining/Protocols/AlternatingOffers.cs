using Entente.Bargaining.Issues;

namespace Entente.Bargaining.Protocols;

/// <summary>How far a negotiation may go: rounds, and time as the caller measures it (0 start, 1 the end).</summary>
public sealed record Deadline(int RoundsMax = int.MaxValue, double TimeMax = 1)
{
    public bool HasPassed(int round, double time) => round >= RoundsMax || time > TimeMax;
}

/// <summary>Why a move is refused: a stable code and one sentence.</summary>
public sealed record MoveRefusal(string Code, string Message);

/// <summary>The state after a move, or why the move is refused; never both.</summary>
public sealed record Step<TState>(TState? State, MoveRefusal? Refusal)
    where TState : class
{
    public static implicit operator Step<TState>(TState state) => new(state, null);

    public static Step<TState> No(string code, string message) => new(null, new MoveRefusal(code, message));

    public TState Get() => State ?? throw new InvalidOperationException(Refusal!.Message);
}

/// <summary>What a party does at the table.</summary>
public abstract record Move(int Party)
{
    /// <summary>Puts packages on the table; more than one is a MESO, of which the others may take one.</summary>
    public sealed record Offer(int Party, IReadOnlyList<Package> Packages) : Move(Party)
    {
        public Offer(int party, Package package)
            : this(party, [package])
        {
        }
    }

    /// <summary>Accepts one of the packages on the table.</summary>
    public sealed record Accept(int Party, int Choice = 0) : Move(Party);

    /// <summary>Leaves: the negotiation ends without agreement.</summary>
    public sealed record WalkAway(int Party) : Move(Party);
}

/// <summary>Stacked alternating offers (Aydogan et al. 2017), with two and more parties and with several equal offers
/// at once.</summary>
/// <remarks>
/// Parties move in turn. An offer replaces what is on the table and clears all acceptances; a party that accepts
/// chooses one package;
/// when all others have accepted the same package of one offer, it is the agreement. A round is one turn of each party.
/// </remarks>
public abstract record AlternatingOffers(int Parties, Deadline Deadline, IReadOnlyList<Move> History)
{
    /// <summary>Somebody has to move.</summary>
    public sealed record Open(int Parties, Deadline Deadline, IReadOnlyList<Move> History, int Turn,
        Move.Offer? OnTheTable,
        IReadOnlyDictionary<int, int> Accepted) : AlternatingOffers(Parties, Deadline, History)
    {
        public int Round => History.Count / Parties;
    }

    public sealed record Agreed(int Parties, Deadline Deadline, IReadOnlyList<Move> History, Package Package)
        : AlternatingOffers(Parties, Deadline, History);

    public sealed record Ended(int Parties, Deadline Deadline, IReadOnlyList<Move> History, string Reason)
        : AlternatingOffers(Parties, Deadline, History);

    public static Open Start(int parties, Deadline deadline) => parties >= 2
        ? new(parties, deadline, [], 0, null, new Dictionary<int, int>())
        : throw new ArgumentOutOfRangeException(nameof(parties), "A negotiation needs two parties or more.");

    /// <summary>The state after <paramref name="move"/> at <paramref name="time"/>, or why it is refused.</summary>
    public Step<AlternatingOffers> After(Move move, double time) => this switch
    {
        Open open when open.Deadline.HasPassed(open.Round, time) => new Ended(Parties, Deadline, History, "deadline"),
        Open open when move.Party != open.Turn =>
            Step<AlternatingOffers>.No("bargain.not_your_turn", $"It is the turn of party {open.Turn}."),
        Open open => move switch
        {
            Move.WalkAway => new Ended(Parties, Deadline, [.. History, move], "walked_away"),
            Move.Offer { Packages.Count: 0 } =>
                Step<AlternatingOffers>.No("bargain.no_package", "An offer needs a package."),
            Move.Offer offer => Next(open, move, offer, new Dictionary<int, int>()),
            Move.Accept accept => Take(open, accept),
            _ => Step<AlternatingOffers>.No("bargain.move", "This move is not known."),
        },
        _ => Step<AlternatingOffers>.No("bargain.over", "The negotiation is over."),
    };

    private static Step<AlternatingOffers> Take(Open open, Move.Accept accept)
    {
        if (open.OnTheTable is not { } offer) return Step<AlternatingOffers>.No(
            "bargain.no_offer", "There is no offer to accept yet.");
        if (offer.Party == accept.Party) return Step<AlternatingOffers>.No(
            "bargain.own_offer", "A party cannot accept its own offer.");
        if (accept.Choice < 0 || accept.Choice >= offer.Packages.Count)
            return Step<AlternatingOffers>.No(
                "bargain.choice", $"The offer holds packages 0 to {offer.Packages.Count - 1}.");
        var accepted = new Dictionary<int, int>(open.Accepted) { [accept.Party] = accept.Choice };
        var takers = accepted.Values.Count(choice => choice == accept.Choice);
        return takers == open.Parties - 1
            ? new Agreed(open.Parties, open.Deadline, [.. open.History, accept], offer.Packages[accept.Choice])
            : Next(open, accept, offer, accepted);
    }

    private static Open Next(Open open, Move move, Move.Offer offer, IReadOnlyDictionary<int, int> accepted) =>
        open with
        {
            History = [.. open.History, move],
            Turn = (open.Turn + 1) % open.Parties,
            OnTheTable = offer,
            Accepted = accepted
        };
}
