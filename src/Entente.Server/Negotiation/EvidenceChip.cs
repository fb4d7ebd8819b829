using Entente.Agreements;
using Entente.Negotiation;
using Entente.Terms;

namespace Entente.Server.Negotiation;

/// <summary>What a piece of evidence speaks of.</summary>
public enum EvidenceKind { History, Credit, Underpinning, Cost, Loss }

/// <summary>One thing that is known of an option, as a small label that opens into what it is made of.</summary>
/// <param name="Text">Such as "99.9 % met 22 of 24".</param>
/// <param name="Tone">ok, warn, bad or nothing.</param>
/// <param name="Why">What it was computed from, in a sentence.</param>
/// <param name="Source">Name and version of what it was computed from, for the certificate.</param>
/// <param name="Amount">The figure in money by the month, where it is money.</param>
public sealed record EvidenceChip(
    TermValue Option, EvidenceKind Kind, string Text, string Tone = "", string? Why = null, string? Source = null,
    IReadOnlyList<EvidencePart>? Parts = null, Money? Amount = null);

/// <summary>One line of what a figure is made of.</summary>
public sealed record EvidencePart(string Name, string Text, string Tone = "");

/// <summary>For whom evidence is gathered: figures that are one party's secret are given to that party and to the
/// engine alone.</summary>
public abstract record EvidenceReader
{
    private EvidenceReader() { }

    /// <summary>What everybody at the table may read.</summary>
    public sealed record Everyone : EvidenceReader;

    public sealed record Seated(Seat Seat) : EvidenceReader;

    /// <summary>The mediation engine, which computes with everything and tells what its protocol names.</summary>
    public sealed record Engine : EvidenceReader;

    public bool Is(params ReadOnlySpan<Seat> seats) => this switch
    {
        Engine => true,
        Seated { Seat: var seat } => seats.Contains(seat),
        _ => false,
    };
}

/// <summary>What is asked: options of terms at one table, for one reader.</summary>
/// <param name="Options">By term key.</param>
public sealed record EvidenceQuestion(
    string Engagement, NegotiationState Table, IReadOnlyDictionary<string, IReadOnlyList<TermValue>> Options,
    EvidenceReader Reader);

/// <summary>Says what is known of the options of each term: history, underpinning contracts, cost, loss.</summary>
public interface ITermEvidence
{
    /// <summary>By term key; terms of which nothing is known are left out.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Of(EvidenceQuestion question, CancellationToken cancel);

    /// <summary>Values worth talking about, by term key, for a table that is to open over a frame.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<TermValue>>> Suggest(
        string engagement, IReadOnlyList<AgendaTerm> agenda, AgreementDocument frame) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<TermValue>>>(new Dictionary<string, IReadOnlyList<TermValue>>());
}
