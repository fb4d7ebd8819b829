using System.Collections.Immutable;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>What the chair and one side say to each other in private. The ledger keeps ciphers.</summary>
public abstract record CaucusFact
{
    private CaucusFact() { }

    public sealed record Said(string Cipher) : CaucusFact;

    /// <summary>The chair worded what this side wants the other to hear; it goes nowhere before the side approves.</summary>
    public sealed record ShuttleWorded(string Shuttle, string Cipher) : CaucusFact;

    /// <summary>The side found its meaning in the chair's words: the message reaches the other side's caucus.</summary>
    public sealed record ShuttleApproved(string Shuttle) : CaucusFact;

    public sealed record ShuttleDeclined(string Shuttle, string Cipher) : CaucusFact;

    /// <summary>A message that the other side approved and the chair carried here.</summary>
    public sealed record Carried(string Cipher) : CaucusFact;
}

/// <summary>The thread of one caucus.</summary>
public sealed record CaucusState : IState<CaucusState, CaucusFact>
{
    public static CaucusState Empty { get; } = new();

    public ImmutableList<SealedNote> Notes { get; init; } = [];

    public ImmutableList<Shuttle> Shuttles { get; init; } = [];

    public Shuttle? Shuttle(string id) => Shuttles.Find(shuttle => shuttle.Id == id);

    /// <summary>Identifier of the caucus with a side. It does not begin with the engagement: no beat reaches the other
    /// side.</summary>
    public static string Id(string table, Side side) => $"{side.Seat.Words}.{table}";

    public CaucusState Apply(CaucusFact fact, Stamp stamp) => fact switch
    {
        CaucusFact.Said said => Noted(stamp, said.Cipher, isCarried: false),
        CaucusFact.Carried carried => Noted(stamp, carried.Cipher, isCarried: true),
        CaucusFact.ShuttleWorded worded => this with
        {
            Shuttles = Shuttles.Add(new Shuttle(worded.Shuttle, stamp.At, worded.Cipher, ShuttleStanding.Waits)),
        },
        CaucusFact.ShuttleApproved approved => Ended(approved.Shuttle, ShuttleStanding.Carried),
        CaucusFact.ShuttleDeclined declined => Ended(declined.Shuttle, ShuttleStanding.Declined, declined.Cipher),
        _ => this,
    };

    private CaucusState Noted(Stamp stamp, string cipher, bool isCarried) => this with
    {
        Notes = Notes.Add(new SealedNote(
            stamp.By, NegotiationState.SeatOf(stamp) ?? Seat.ServiceLevelManager, stamp.At, cipher, isCarried)),
    };

    private CaucusState Ended(string id, ShuttleStanding standing, string? reason = null) => this with
    {
        Shuttles = Shuttles.ConvertAll(one => one.Id == id
            ? one with { Standing = standing, ReasonCipher = reason } : one),
    };
}

/// <summary>One message, sealed.</summary>
/// <param name="IsCarried">It came from the other side through the chair.</param>
public sealed record SealedNote(string By, Seat Seat, Instant At, string Cipher, bool IsCarried = false);

/// <summary>What became of a message that the chair offers to carry.</summary>
public enum ShuttleStanding { Waits, Carried, Declined }

/// <summary>A message of one side to the other in the chair's words, sealed.</summary>
public sealed record Shuttle(
    string Id, Instant At, string Cipher, ShuttleStanding Standing, string? ReasonCipher = null);

/// <summary>Decides who may say, word and approve what in a caucus.</summary>
public static class CaucusRules
{
    public static Decision<CaucusFact> Say(Actor by, Side side, string cipher) =>
        by.Seat == Seat.ServiceLevelManager || by.Side == side ? new CaucusFact.Said(cipher) : NotYours;

    public static Decision<CaucusFact> Word(CaucusState state, Actor by, string cipher) =>
        by.Seat != Seat.ServiceLevelManager ? new Refusal(
            "negotiation.chair_only", "Only the service level manager words a message to carry.")
        : new CaucusFact.ShuttleWorded($"m{state.Shuttles.Count + 1}", cipher);

    public static Decision<CaucusFact> Approve(CaucusState state, Actor by, Side side, string shuttle) =>
        Answerable(state, by, side, shuttle) is { } refusal ? refusal : new CaucusFact.ShuttleApproved(shuttle);

    public static Decision<CaucusFact> Decline(
        CaucusState state, Actor by, Side side, string shuttle, string cipher) =>
        Answerable(state, by, side, shuttle) is { } refusal ? refusal
            : new CaucusFact.ShuttleDeclined(shuttle, cipher);

    private static Refusal NotYours =>
        new("caucus.not_yours", "A caucus is between the service level manager and one side.");

    private static Refusal? Answerable(CaucusState state, Actor by, Side side, string shuttle) =>
        by.Side != side ? new Refusal("shuttle.author", "Only the side whose message it is approves or declines it.")
        : state.Shuttle(shuttle) is not { } found ? new Refusal("shuttle.unknown", $"There is no message {shuttle}.")
        : found.Standing is not ShuttleStanding.Waits ? new Refusal(
            "shuttle.answered", $"Message {shuttle} was answered already.")
        : null;
}
