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
                if (table.Quorum > 0)
                    waits.AddRange(state.Voices.Where(voice => !offer.Votes.ContainsKey(voice.Person)).Select(voice =>
                        Waiting.For(state, voice.Seat, $"back or block offer {offer.Id}",
                            $"{page}/{row.Name}/offers/{offer.Id}", offer.At) with
                        { Person = voice.Person, Who = voice.Name }));
                waits.AddRange(offer.Needs.Where(side => !offer.Confidences.ContainsKey(side)).Select(side =>
                    Waiting.For(state, side.Seat, $"answer offer {offer.Id}", $"{page}/{row.Name}/offers/{offer.Id}",
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
}
