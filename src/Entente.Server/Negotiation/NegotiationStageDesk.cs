using Entente.Documentation;
using Entente.Engagements;
using Entente.Negotiation;
using Entente.Server.Engagements;

namespace Entente.Server.Negotiation;

/// <summary>What the second stage tells the engagement's home.</summary>
public sealed class NegotiationStageDesk(NegotiationDesk desk) : IStageDesk
{
    public Stage Stage => Stages.Negotiation;

    public async Task<bool> IsDone(string engagement) =>
        (await desk.OfEngagement(engagement)).Any(table => table.Standing == "agreed");

    public async Task<IReadOnlyList<Waiting>> Waits(string engagement, EngagementState state)
    {
        var tables = await desk.OfEngagement(engagement);
        var page = $"/engagements/{engagement}/negotiation";
        if (tables.Count == 0)
            return (await desk.Blocks(engagement)).Count == 0
                ? [Waiting.For(state, Seat.ServiceLevelManager, "open the table", page)] : [];
        List<Waiting> waits = [];
        foreach (var row in tables.Where(table => table.Standing is not "brokenOff"))
        {
            var (table, _) = await desk.Read(engagement, row.Name);
            foreach (var offer in table.Standings(desk.Now)
                .Where(offer => table.IsOpen || offer.Kind is OfferKind.Improvement))
            {
                var voices = NegotiationDesk.Voices(table, state);
                var named = Named(offer, state);
                waits.AddRange(state.Voices.Where(voice => !offer.Votes.ContainsKey(voice.Person)
                    && (table.Quorum > 0 || voices[voice.Person] is not VoteWeight.Optional)).Select(voice =>
                        Waiting.For(state, voice.Seat, $"back or block {named}",
                            $"{page}/{row.Name}/offers/{offer.Id}", offer.At) with
                        { Person = voice.Person, Who = voice.Name }));
                waits.AddRange(offer.Needs.Where(side => !offer.Confidences.ContainsKey(side)).Select(side =>
                    Waiting.For(state, side.Seat, $"answer {named}", $"{page}/{row.Name}/offers/{offer.Id}",
                        offer.At)));
            }

            waits.AddRange(table.OpenConcerns.Select(concern =>
                Waiting.For(state, concern.Owner, "answer a concern", $"{page}/{row.Name}/concerns#{concern.Id}",
                    concern.At)));
            if (table.IsOpen && table.Offers.IsEmpty)
                waits.AddRange(Enum.GetValues<Side>().Select(
                    side => Waiting.For(state, side.Seat, "make the first offer", $"{page}/{row.Name}",
                    table.OpenedAt)));
        }

        return waits;
    }

    /// <summary>An offer as people speak of it: whose it is, which one, and of which day.</summary>
    private static string Named(Offer offer, EngagementState parties)
    {
        var whose = offer.Seat.Side is { } side ? $"{parties.NameOf(side)}'s" : "the mediator's";
        return $"{offer.Called(whose)} of {offer.At:d MMMM}";
    }
}
