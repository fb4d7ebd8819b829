using NodaTime;

namespace Entente.Monitoring;

/// <summary>One thing that happened to a ticket, in the neutral form every import ends in.</summary>
/// <param name="Case">The ticket's own number.</param>
/// <param name="Event">
/// The name of a moment (<c>opened</c>, <c>resolved</c>), the state entered, or <c>updated</c> where the state stayed.
/// </param>
/// <param name="Fields">The columns of the row that told it.</param>
/// <param name="Line">One-based line or row of the source; the later row wins among events of one instant.</param>
public sealed record TicketEvent(string Case, Instant At, string Event, TicketFields Fields, int Line)
{
    public const string Updated = "updated";

    /// <summary>Whether a time column of the case told it (<c>opened</c>) and not a row of its history.</summary>
    public bool IsMoment { get; init; }

    /// <summary>The state the ticket is in after the event, where the row says it.</summary>
    public string? State { get; init; }

    public string? Team { get; init; }

    public string? Actor { get; init; }

    public string? Priority { get; init; }

    public string? Impact { get; init; }

    public string? Urgency { get; init; }
}
