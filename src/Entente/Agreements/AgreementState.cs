using System.Collections.Immutable;
using NodaTime;

namespace Entente.Agreements;

/// <summary>One agreement: its frame, and its versions in order. Nothing in a signed version ever changes.</summary>
public sealed record AgreementState : IState<AgreementState, AgreementFact>
{
    public static AgreementState Empty { get; } = new();

    public AgreementDocument? Frame { get; init; }

    public ImmutableList<AgreementVersion> Versions { get; init; } = [];

    /// <summary>The person who alone signs for a side, where the side named one.</summary>
    public ImmutableSortedDictionary<Side,
        SigningAuthority> Authorities
    { get; init; } = ImmutableSortedDictionary<Side, SigningAuthority>.Empty;

    public Side? SignsFirst { get; init; }

    /// <summary>By condition: since when each side says that it has happened.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<Side, LocalDate>> Conditions { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<Side, LocalDate>>(StringComparer.Ordinal);

    /// <summary>What has happened, as both sides say: the later of their two days.</summary>
    public IReadOnlyDictionary<string, LocalDate> Happened => Conditions
        .Where(pair => pair.Value.Count == Enum.GetValues<Side>().Length)
        .ToDictionary(pair => pair.Key, pair => pair.Value.Values.Max(), StringComparer.Ordinal);

    public AgreementVersion? Newest => Versions.IsEmpty ? null : Versions[^1];

    /// <summary>The version that waits for signatures, if there is one.</summary>
    public AgreementVersion? Draft => Newest is { IsSigned: false } draft ? draft : null;

    public AgreementVersion? Find(int number) => Versions.Find(version => version.Number == number);

    /// <summary>The signed version that rules on a day in the agreement's zone; nothing before the first, and nothing
    /// after the end.</summary>
    /// <remarks>A later version ends the one before it, from its first day on.</remarks>
    public AgreementVersion? InForceAt(LocalDate day) =>
        Versions.FindLast(version => version.IsSigned && version.EffectiveFrom <= day) is { } found
            && !(found.Document.Effective?.To <= day)
            ? found
            : null;

    public AgreementState Apply(AgreementFact fact, Stamp stamp) => fact switch
    {
        AgreementFact.Framed framed => this with { Frame = framed.Document },
        AgreementFact.Drafted drafted => this with
        {
            Versions = Versions.RemoveAll(version => version.Number == drafted.Number).Add(new AgreementVersion(
                drafted.Number, drafted.Document, drafted.EffectiveFrom, drafted.Negotiation,
                    stamp.At)
            { Certificate = drafted.Certificate }),
        },
        AgreementFact.Signed signed => this with
        {
            Versions = Versions.ConvertAll(version => version.Number == signed.Number
                ? version with
                {
                    Signatures = version.Signatures.Add(
                    new Signature(signed.Side, stamp.By, signed.Name, signed.Title, signed.Place, stamp.At))
                }
                : version),
        },
        AgreementFact.Worded worded => this with
        {
            Versions = Versions.ConvertAll(version => version.Number == worded.Number ? version.Worded(worded) : version),
        },
        AgreementFact.Waived waived => With(waived.Number, version => version with
        {
            Certificate = version.Certificate is { } certificate ? certificate with { Waiver = waived.Reason } : null,
        }),
        AgreementFact.DividendOpened opened => With(opened.Number, version => version with
        {
            Dividends = version.Dividends.SetItem(opened.Party, opened.Dividend),
        }),
        AgreementFact.ConditionMet met when Enum.GetValues<Side>().Where(side => side.Seat.Words == stamp.Role).ToList()
            is [var side] => this with
            {
                Conditions = Conditions.SetItem(met.Condition,
                (Conditions.GetValueOrDefault(met.Condition) ?? ImmutableSortedDictionary<Side, LocalDate>.Empty)
                    .SetItem(side, met.On)),
            },
        AgreementFact.SigningDelegated delegated => this with
        {
            Authorities = Authorities.SetItem(delegated.Side,
                new SigningAuthority(delegated.Person, delegated.Name, delegated.Reason)),
        },
        AgreementFact.SigningOrdered ordered => this with { SignsFirst = ordered.First },
        _ => this,
    };

    private AgreementState With(int number, Func<AgreementVersion, AgreementVersion> change) => this with
    {
        Versions = Versions.ConvertAll(version => version.Number == number ? change(version) : version),
    };
}

/// <summary>One version of an agreement.</summary>
/// <param name="EffectiveFrom">First day on which it rules, in the agreement's zone.</param>
public sealed record AgreementVersion(int Number, AgreementDocument Document, LocalDate EffectiveFrom,
    string Negotiation, Instant DraftedAt)
{
    public ImmutableList<Signature> Signatures { get; init; } = [];

    public Certificate? Certificate { get; init; }

    /// <summary>What the package brought the parties that opened it to everybody.</summary>
    public ImmutableSortedDictionary<Seat, Negotiation.Dividend> Dividends { get; init; } =
        ImmutableSortedDictionary<Seat, Negotiation.Dividend>.Empty;

    /// <summary>By term: where its words come from, where they are not the library's.</summary>
    public ImmutableSortedDictionary<string, string> Wordings { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Both sides signed.</summary>
    public bool IsSigned => SignatureOf(Side.Provider) is not null && SignatureOf(Side.Customer) is not null;

    public Instant? SignedAt => IsSigned ? Signatures.Max(signature => signature.At) : null;

    internal AgreementVersion Worded(AgreementFact.Worded worded) => this with
    {
        Document = Document with
        {
            Terms = [.. Document.Terms.Select(term =>
                term.Key == worded.Term ? term with { Clause = worded.Text } : term)],
        },
        Wordings = Wordings.SetItem(worded.Term, worded.Source),
    };

    public Signature? SignatureOf(Side side) => Signatures.Find(signature => signature.Side == side);
}

/// <summary>Who signed for a side, under which office, where and when.</summary>
public sealed record Signature(Side Side, string Person, string Name, string Title, string Place, Instant At);

/// <summary>The person who signs for a side, and why this one.</summary>
public sealed record SigningAuthority(string Person, string Name, string Reason);
