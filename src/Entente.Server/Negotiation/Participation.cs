using Entente.Engagements;
using Entente.Negotiation;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>How one person took part: how often they were heard, when last, and where their concerns went.</summary>
/// <remarks>What somebody said without a name counts for nobody, or the count would name them.</remarks>
public sealed record Participation(
    string Name, Seat Seat, int Heard, Instant? Last, int ConcernsRaised, int ConcernsAnswered)
{
    public static IReadOnlyList<Participation> Of(NegotiationState state, EngagementState parties)
    {
        var heard = state.Feed.Where(one => !one.Anonymous).ToLookup(one => one.By, StringComparer.Ordinal);
        var concerns = state.Concerns.Where(concern => !concern.Anonymous)
            .ToLookup(concern => concern.By, StringComparer.Ordinal);
        return [.. parties.Seats.Values.OrderBy(holder => holder.Seat).ThenBy(holder => holder.Name,
            StringComparer.Ordinal).Select(holder => new Participation(
                holder.Name, holder.Seat, heard[holder.Person].Count(), heard[holder.Person].LastOrDefault()?.At,
                concerns[holder.Person].Count(),
                concerns[holder.Person].Count(concern => concern.Answer is not null)))];
    }
}
