using Entente.Documentation;

namespace Entente.Negotiation;

/// <summary>What the desk alone knows when a package is answered: what sides said in confidence, and who else has a
/// voice.</summary>
/// <param name="Confidences">By side, opened by the mediation engine alone.</param>
/// <param name="Voices">What the voice of each person of accounting and the stakeholders weighs.</param>
public sealed record Ballot(
    IReadOnlyDictionary<Side, Sealed<bool>> Confidences, IReadOnlyDictionary<string, VoteWeight> Voices)
{
    public static Ballot Empty { get; } = new(new Dictionary<Side, Sealed<bool>>(), new Dictionary<string, VoteWeight>());

    public Ballot With(Side side, Sealed<bool> yes) =>
        this with { Confidences = new Dictionary<Side, Sealed<bool>>(Confidences) { [side] = yes } };

    /// <summary>How many of the optional voices must back a package: part of a person counts as a whole one.</summary>
    public int Needed(int quorum) => (Of(VoteWeight.Optional).Count() * quorum + 99) / 100;

    /// <summary>How many of them back it.</summary>
    public int Backing(Offer offer) => Of(VoteWeight.Optional).Count(person => Backs(offer, person));

    /// <summary>Whose yes is missing though nothing is agreed without it.</summary>
    public IEnumerable<string> Missing(Offer offer) => Of(VoteWeight.Mandatory).Where(person => !Backs(offer, person));

    /// <summary>What the last answer made of a package: agreed, not accepted, or nothing while something is
    /// missing.</summary>
    /// <remarks>Provider and customer cannot be outvoted, nor can mandatory voices; the optional ones can, as far as the
    /// quorum lets them.</remarks>
    internal IReadOnlyList<NegotiationFact> Ends(Offer offer, int quorum)
    {
        var sides = offer.Needs.ToList();
        if (!sides.TrueForAll(Confidences.ContainsKey)) return [];
        if (!sides.TrueForAll(side => Confidences[side].Compute(yes => yes)))
            return [new NegotiationFact.NotAccepted(offer.Id)];
        return Backing(offer) >= Needed(quorum) && !Missing(offer).Any() ? [new NegotiationFact.Agreed(offer.Id)] : [];
    }

    private IEnumerable<string> Of(VoteWeight weight) => Voices.Where(voice => voice.Value == weight).Select(voice => voice.Key);

    private static bool Backs(Offer offer, string person) => offer.Votes.GetValueOrDefault(person) is { Backs: true };
}
