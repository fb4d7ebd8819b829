namespace Entente.Negotiation;

/// <summary>What the desk alone knows when a package is answered: what sides said in confidence, and who else has a
/// voice.</summary>
/// <param name="Confidences">By side, opened by the mediation engine alone.</param>
/// <param name="Voices">The people of accounting and the stakeholders.</param>
public sealed record Ballot(
    IReadOnlyDictionary<Side, Sealed<bool>> Confidences, IReadOnlyCollection<string> Voices)
{
    public static Ballot Empty { get; } = new(new Dictionary<Side, Sealed<bool>>(), []);

    public Ballot With(Side side, Sealed<bool> yes) =>
        this with { Confidences = new Dictionary<Side, Sealed<bool>>(Confidences) { [side] = yes } };

    /// <summary>How many of the voices must back a package: part of a person counts as a whole one.</summary>
    public int Needed(int quorum) => (Voices.Count * quorum + 99) / 100;

    /// <summary>How many of them back it.</summary>
    public int Backing(Offer offer) => Voices.Count(person => offer.Votes.GetValueOrDefault(person) is { Backs: true });

    /// <summary>What the last answer made of a package: agreed, not accepted, or nothing while something is
    /// missing.</summary>
    /// <remarks>Provider and customer cannot be outvoted; the other voices can, as far as the quorum lets them.</remarks>
    internal IReadOnlyList<NegotiationFact> Ends(Offer offer, int quorum)
    {
        var sides = offer.Needs.ToList();
        if (!sides.TrueForAll(Confidences.ContainsKey)) return [];
        if (!sides.TrueForAll(side => Confidences[side].Compute(yes => yes)))
            return [new NegotiationFact.NotAccepted(offer.Id)];
        return Backing(offer) >= Needed(quorum) ? [new NegotiationFact.Agreed(offer.Id)] : [];
    }
}
