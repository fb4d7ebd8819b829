using NodaTime;

namespace Entente.Terms;

/// <summary>Against whom excluded time counts. Only what counts against the provider stays in the promise.</summary>
public enum CountsAgainst { Nobody, Customer, ThirdParty, Provider }

/// <summary>Time or cases that do not count: once, repeating by RRULE, or matched in the data.</summary>
/// <remarks>Exactly one of <see cref="From"/> with <see cref="To"/>, <see cref="Start"/> with <see cref="Length"/>
/// (and <see cref="Rrule"/>), or <see cref="Where"/> says which.</remarks>
public sealed record ExclusionClause
{
    public required string Key { get; init; }

    public string? Title { get; init; }

    /// <summary>One span <c>[from, to)</c>.</summary>
    public Instant? From { get; init; }

    public Instant? To { get; init; }

    /// <summary>First occurrence in the agreement's time zone.</summary>
    public LocalDateTime? Start { get; init; }

    public TimeLimit? Length { get; init; }

    /// <summary>Recurrence of <see cref="Start"/>, RFC 5545: <c>FREQ=WEEKLY;BYDAY=SU</c>.</summary>
    public string? Rrule { get; init; }

    /// <summary>Fields of a row (an incident's impact, a ticket's cause) that exclude it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Where { get; init; }

    public CountsAgainst CountsAgainst { get; init; }

    /// <summary>The most that may be excluded in one period; what is beyond counts.</summary>
    public TimeLimit? Max { get; init; }

    /// <summary>How long before it must have been announced.</summary>
    public TimeLimit? Notice { get; init; }

    public string? Reason { get; init; }

    public string? ApprovedBy { get; init; }

    /// <summary>When it was decided; after the time itself means retroactive, which needs a reason and an
    /// approver.</summary>
    public Instant? DecidedAt { get; init; }
}
