using NodaTime;

namespace Entente;

/// <summary>Who acts, and under which role: a seat in the engagement, or <c>administrator</c>, or <c>member</c>.</summary>
/// <param name="Id">Identifier of the person, such as <c>per_…</c>.</param>
public sealed record Actor(string Id, string Name, Seat? Seat = null, bool IsAdministrator = false)
{
    /// <summary>The role as the ledger records it.</summary>
    public string Role => Seat is { } seat ? seat.Words : IsAdministrator ? "administrator" : "member";

    public Side? Side => Seat?.Side;
}

/// <summary>What the ledger knows of a fact besides its content: who recorded it, under which role, when, and where it stands.</summary>
/// <param name="Version">One-based place of the fact in its stream.</param>
public sealed record Stamp(string By, string Role, Instant At, long Version);

/// <summary>State of one stream of facts: a fold that starts empty and takes one fact after the other.</summary>
public interface IState<TSelf, in TFact>
    where TSelf : IState<TSelf, TFact>
{
    static abstract TSelf Empty { get; }

    TSelf Apply(TFact fact, Stamp stamp);
}
