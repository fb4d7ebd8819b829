using System.Collections.Immutable;
using NodaTime;

namespace Entente.Negotiation;

/// <summary>What the chair and one side say to each other in private. The ledger keeps ciphers.</summary>
public abstract record CaucusFact
{
    private CaucusFact() { }

    public sealed record Said(string Cipher) : CaucusFact;
}

/// <summary>The thread of one caucus.</summary>
public sealed record CaucusState : IState<CaucusState, CaucusFact>
{
    public static CaucusState Empty { get; } = new();

    public ImmutableList<SealedNote> Notes { get; init; } = [];

    /// <summary>Identifier of the caucus with a side. It does not begin with the engagement: no beat reaches the other
    /// side.</summary>
    public static string Id(string table, Side side) => $"{side.Seat.Words}.{table}";

    public CaucusState Apply(CaucusFact fact, Stamp stamp) => fact is CaucusFact.Said said
        ? this with
        {
            Notes = Notes.Add(new SealedNote(
            stamp.By, NegotiationState.SeatOf(stamp) ?? Seat.ServiceLevelManager, stamp.At, said.Cipher))
        }
        : this;
}

/// <summary>One message, sealed.</summary>
public sealed record SealedNote(string By, Seat Seat, Instant At, string Cipher);
