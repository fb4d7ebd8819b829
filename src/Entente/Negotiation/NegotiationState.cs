using System.Collections.Immutable;
using Entente.Documentation;
using Entente.Terms;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>How a table stands.</summary>
public enum Standing { None, Open, Paused, Agreed, BrokenOff }

/// <summary>One table: its agenda, every offer, concern and trade, and what was agreed.</summary>
public sealed record NegotiationState : IState<NegotiationState, NegotiationFact>
{
    public static NegotiationState Empty { get; } = new();

    public string Title { get; init; } = "";

    public Standing Standing { get; init; }

    public Instant? OpenedAt { get; init; }

    public string Agreement { get; init; } = "";

    public int? Amends { get; init; }

    public ImmutableList<AgendaTerm> Agenda { get; init; } = [];

    public Instant? Deadline { get; init; }

    public MoveOrder Order { get; init; }

    public LocalDate? EffectiveFrom { get; init; }

    public LocalDate? Ends { get; init; }

    /// <summary>Percent of the voices beside the two sides whose yes a package needs too; 0: they may be
    /// outvoted.</summary>
    public int Quorum { get; init; }

    /// <summary>Whose voice is mandatory, optional or consulted.</summary>
    public ValueList<VotingRight> VotingRights { get; init; }

    public int Round { get; init; } = 1;

    public ImmutableList<Offer> Offers { get; init; } = [];

    public ImmutableList<Concern> Concerns { get; init; } = [];

    public ImmutableList<Trade> Trades { get; init; } = [];

    /// <summary>What each side said it could live with, with the whole.</summary>
    public ImmutableDictionary<(Side Side, string Term),
        TermValue> Marks
    { get; init; } = ImmutableDictionary<(Side, string), TermValue>.Empty;

    public Money? Budget { get; init; }

    /// <summary>The accepted offer; an improvement that all accepted replaces it.</summary>
    public string? AgreedOffer { get; init; }

    /// <summary>Why it was paused, broken off or restarted last.</summary>
    public string? Reason { get; init; }

    public ImmutableSortedSet<Seat> HintsAllowedBy { get; init; } = [];

    public ImmutableList<Pulse> Pulses { get; init; } = [];

    /// <summary>Why the sides sign without looking for something better.</summary>
    public string? Waiver { get; init; }

    /// <summary>Everything that was heard, in order.</summary>
    public ImmutableList<Heard> Feed { get; init; } = [];

    public bool IsOpen => Standing is Standing.Open;

    public AgendaTerm? Term(string key) => Agenda.Find(term => term.Key == key);

    public Offer? Offer(string id) => Offers.Find(offer => offer.Id == id);

    public Concern? Concern(string id) => Concerns.Find(concern => concern.Id == id);

    public IEnumerable<Concern> OpenConcerns => Concerns.Where(concern => concern.IsOpen);

    public Offer? Agreed => AgreedOffer is null ? null : Offer(AgreedOffer);

    /// <summary>Offers that could be accepted at this moment, newest last.</summary>
    public IEnumerable<Offer> Standings(Instant now) => Offers.Where(offer => offer.Stands(now));

    /// <summary>The newest offer that stands, if any.</summary>
    public Offer? OnTheTable(Instant now) => Offers.FindLast(offer => offer.Stands(now));

    /// <summary>Where a side stands on a term: its newest offer, else where it started.</summary>
    public TermValue? Position(Side side, string key) =>
        Offers.FindLast(offer => offer.Seat.Side == side && offer.Package.ContainsKey(key))?.Package[key]
        ?? (side is Side.Provider ? Term(key)?.Offered : Term(key)?.Asked);

    /// <summary>Both sides mean the same value: it binds with the whole package.</summary>
    public bool IsProvisional(string key) =>
        (Marked(Side.Provider, key), Marked(Side.Customer, key)) is ({ } offered, { } asked) && offered == asked;

    public TermValue? Marked(Side side, string key) => Marks.GetValueOrDefault((side, key)) ?? Position(side, key);

    /// <summary>Every value of a term that was ever on the table, worst for the customer first where that can be
    /// said.</summary>
    public IReadOnlyList<TermValue> Options(string key)
    {
        if (Term(key) is not { } agenda) return [];
        IEnumerable<TermValue?> all =
        [
            agenda.Term.Value, agenda.Offered, agenda.Asked, .. agenda.Options,
                .. Offers.Select(offer => offer.Package.GetValueOrDefault(key)),
            .. Trades.SelectMany(trade => new[] { trade.If.GetValueOrDefault(key), trade.Then.GetValueOrDefault(key) }),
        ];
        var distinct = all.OfType<TermValue>().Distinct().ToList();
        return agenda.Term.MoreIsBetter is false ? [.. distinct.OrderByDescending(value => value.Number)]
            : [.. distinct.OrderBy(value => value.Number)];
    }

    public NegotiationState Apply(NegotiationFact fact, Stamp stamp) => fact switch
    {
        NegotiationFact.Opened opened => this with
        {
            Title = opened.Title,
            Agenda = [.. opened.Agenda],
            Agreement = opened.Agreement,
            Amends = opened.Amends,
            Deadline = opened.Deadline,
            Order = opened.Order,
            EffectiveFrom = opened.EffectiveFrom,
            Ends = opened.Ends,
            Quorum = opened.Quorum,
            VotingRights = opened.VotingRights,
            Standing = Standing.Open,
            OpenedAt = stamp.At,
            Feed = Heard(stamp, "opened the table"),
        },
        NegotiationFact.Offered or NegotiationFact.Withdrawn or NegotiationFact.Accepted or NegotiationFact.Rejected
            or NegotiationFact.AnsweredInConfidence or NegotiationFact.Voted or NegotiationFact.NotAccepted
            or NegotiationFact.Agreed =>
                this.Moved(fact, stamp),
        NegotiationFact.TermMarked or NegotiationFact.TradeProposed or NegotiationFact.TradeTaken
            or NegotiationFact.TradeWithdrawn =>
            this.Traded(fact, stamp),
        NegotiationFact.ConcernRaised or NegotiationFact.ConcernTaken or NegotiationFact.ConcernAnswered
            or NegotiationFact.ConcernReopened or NegotiationFact.ConcernWithdrawn
            or NegotiationFact.ConcernReframed => this.Voiced(fact, stamp),
        _ => Chaired(fact, stamp),
    };

    private NegotiationState Chaired(NegotiationFact fact, Stamp stamp) => fact switch
    {
        NegotiationFact.BudgetSet set => this with
        {
            Budget = set.Limit,
            Feed = Heard(stamp, $"set the limit of all charges to {set.Limit.Label}", detail: set.Reason)
        },
        NegotiationFact.DeadlineSet set => this with
        {
            Deadline = set.Deadline,
            Feed = Heard(stamp, "moved the deadline", detail: set.Reason)
        },
        NegotiationFact.RoundOpened round => this with
        {
            Round = Round + 1,
            Deadline = round.Deadline ?? Deadline,
            Feed = Heard(stamp, $"opened round {Round + 1}"),
        },
        NegotiationFact.Paused paused => this with
        {
            Standing = Standing.Paused,
            Reason = paused.Reason,
            Feed = Heard(stamp, "paused the table", detail: paused.Reason)
        },
        NegotiationFact.Resumed => this with
        {
            Standing = Standing.Open,
            Reason = null,
            Feed = Heard(stamp, "resumed the table")
        },
        NegotiationFact.BrokenOff broken => this with
        {
            Standing = Standing.BrokenOff,
            Reason = broken.Reason,
            Feed = Heard(stamp, "broke off", detail: broken.Reason)
        },
        NegotiationFact.Restarted restarted => this with
        {
            Standing = Standing.Open,
            Reason = restarted.Reason,
            Deadline = restarted.Deadline,
            Round = Round + 1,
            Feed = Heard(stamp, "restarted the table", detail: restarted.Reason),
        },
        NegotiationFact.HintsAllowed hints when SeatOf(stamp) is { } seat => this with
        {
            HintsAllowedBy = hints.Allowed ? HintsAllowedBy.Add(seat) : HintsAllowedBy.Remove(seat),
            Feed = Heard(stamp, hints.Allowed ? "allowed hints" : "no longer allows hints"),
        },
        NegotiationFact.PulseTaken pulse when SeatOf(stamp) is { } seat => this with
        {
            Pulses = Pulses.RemoveAll(one => one.Person == stamp.By && one.Round == Round)
                .Add(new Pulse(stamp.By, seat, Round, pulse.Mood, pulse.Trust)),
        },
        NegotiationFact.ImprovementWaived waived => this with
        {
            Waiver = waived.Reason,
            Feed = Heard(stamp, "waived the search for something better", detail: waived.Reason)
        },
        _ => this,
    };

    internal ImmutableList<Heard> Heard(Stamp stamp, string words, string? on = null, string? detail = null,
        bool anonymous = false) =>
        Feed.Add(new Heard(stamp.At, stamp.By, SeatOf(stamp), words, on, detail, anonymous));

    internal static Seat? SeatOf(Stamp stamp)
    {
        foreach (var seat in Enum.GetValues<Seat>())
        {
            if (seat.Words == stamp.Role) return seat;
        }

        return null;
    }
}

/// <summary>One thing that was heard at the table.</summary>
/// <param name="Words">The rest of a sentence that begins with who: "offered a package".</param>
/// <param name="On">Key of the term it was about.</param>
public sealed record Heard(Instant At, string By, Seat? Seat, string Words, string? On = null, string? Detail = null,
    bool Anonymous = false);

/// <summary>How one person found the mood and the trust in a round.</summary>
public sealed record Pulse(string Person, Seat Seat, int Round, int Mood, int Trust);
