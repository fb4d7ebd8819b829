using Entente.Engagements;
using NodaTime;

namespace Entente.Server.Engagements;

/// <summary>One thing that waits for someone.</summary>
/// <param name="Seat">The seat it waits for.</param>
/// <param name="Person">The person it waits for, when it is one person's alone.</param>
/// <param name="Text">What to do, as the rest of a sentence: "approve the charter".</param>
/// <param name="Href">Where it is done.</param>
public sealed record Waiting(Seat Seat, string? Person, string Who, string Text, string Href, Instant? Since = null)
{
    public static Waiting For(EngagementState engagement, Seat seat, string text, string href, Instant? since = null) => new(
        seat, Person: null,
        seat.Side is { } side ? engagement.NameOf(side) : seat is Seat.ServiceLevelManager ? "The service level manager" : $"The {seat.Words}",
        text, href, since);

    public bool IsFor(Actor actor) => Person is null ? actor.Seat == Seat : actor.Id == Person;
}

/// <summary>What each stage's desk tells the engagement's home. Each of the five stages ships one.</summary>
public interface IStageDesk
{
    Stage Stage { get; }

    /// <summary>Whether the stage has come to its end at least once.</summary>
    Task<bool> IsDone(string engagement);

    Task<IReadOnlyList<Waiting>> Waits(string engagement, EngagementState state);
}
