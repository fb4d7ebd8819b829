using Entente.Negotiation;

namespace Entente.Server.Negotiation;

/// <summary>One thing that history or cost says of an option, as a small label.</summary>
/// <param name="Text">Such as "99.9 % met 22 of 24".</param>
/// <param name="Tone">ok, warn, bad or nothing.</param>
/// <param name="Why">What it was computed from, in a sentence.</param>
/// <param name="Source">Name and version of what it was computed from, for the certificate.</param>
public sealed record EvidenceChip(string Text, string Tone = "", string? Why = null, string? Source = null);

/// <summary>Says what is known of the options of each term. Monitoring's history is one; accounting's cost is
/// another.</summary>
public interface ITermEvidence
{
    /// <summary>By term key; terms of which nothing is known are left out.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Of(
        string engagement, NegotiationState table, CancellationToken cancel);
}
