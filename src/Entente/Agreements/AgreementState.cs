using System.Collections.Immutable;
using NodaTime;

namespace Entente.Agreements;

/// <summary>One agreement: its frame, and its versions in order. Nothing in a signed version ever changes.</summary>
public sealed record AgreementState : IState<AgreementState, AgreementFact>
{
    public static AgreementState Empty { get; } = new();

    public AgreementDocument? Frame { get; init; }

    public ImmutableList<AgreementVersion> Versions { get; init; } = [];

    /// <summary>Whose signatures the next version needs.</summary>
    public SigningPlan Plan { get; init; } = SigningPlan.Default;

    /// <summary>By signatory: who signs instead.</summary>
    public ImmutableSortedDictionary<string, Delegation> Delegations { get; init; } =
        ImmutableSortedDictionary.Create<string, Delegation>(StringComparer.Ordinal);

    public Delegation? DelegationOf(Signatory signatory, LocalDate day) =>
        Delegations.GetValueOrDefault(signatory.Key) is { } delegation && delegation.HoldsOn(day) ? delegation : null;

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
            {
                Certificate = drafted.Certificate,
                Plan = Plan,
                Text = (Find(drafted.Number)?.Text ?? 0) + 1,
            }),
        },
        AgreementFact.Signed signed => With(signed.Number, version => version.WithSignature(signed, stamp)),
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
        AgreementFact.SigningPlanned planned => Planned(planned.Plan),
        AgreementFact.SigningOrdered ordered => Planned(new SigningPlan(Plan.Signatories
            .Select(one => one with { Step = one.Seat.Side == ordered.First ? 1 : 2 }).ToValueList())),
        AgreementFact.SigningDelegated delegated when (delegated.Signatory ?? delegated.Side?.Seat.Words) is { } key =>
            this with
            {
                Delegations = Delegations.SetItem(key, new Delegation(delegated.Person, delegated.Name, delegated.Reason,
                    delegated.Until, stamp.By, delegated.ByName ?? $"the {key}")),
            },
        AgreementFact.DelegationRevoked revoked => this with { Delegations = Delegations.Remove(revoked.Signatory) },
        _ => this,
    };

    /// <remarks>A delegation goes on where the signature that it is about stays the same person's.</remarks>
    private AgreementState Planned(SigningPlan plan) => this with
    {
        Plan = plan,
        Versions = Draft is { } draft ? Versions.Replace(draft, draft with { Plan = plan }) : Versions,
        Delegations = Delegations.RemoveRange(Delegations.Keys.Where(key => (plan.Find(key), Plan.Find(key))
            is not ({ } now, { } before) || (now.Seat, now.Person) != (before.Seat, before.Person))),
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

    /// <summary>Which text of this version it is, from 1: an improvement and other words are a new one, while nobody
    /// has signed.</summary>
    public int Text { get; init; } = 1;

    public Certificate? Certificate { get; init; }

    /// <summary>What the package brought the parties that opened it to everybody.</summary>
    public ImmutableSortedDictionary<Seat, Negotiation.Dividend> Dividends { get; init; } =
        ImmutableSortedDictionary<Seat, Negotiation.Dividend>.Empty;

    /// <summary>By term: where its words come from, where they are not the library's.</summary>
    public ImmutableSortedDictionary<string, string> Wordings { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The plan under which it is signed.</summary>
    public SigningPlan Plan { get; init; } = SigningPlan.Default;

    /// <summary>The signatures that it needs, for what it is worth.</summary>
    public IEnumerable<Signatory> Signatories => Plan.For(Document).OrderBy(one => one.Step);

    /// <summary>Everybody signed who must.</summary>
    public bool IsSigned => Signatories.All(one => SignatureOf(one.Key) is not null);

    public Instant? SignedAt => IsSigned ? Signatures.Max(signature => signature.At) : null;

    /// <summary>The signature of an earlier step that is still missing, if one is.</summary>
    public Signatory? Before(Signatory signatory) =>
        Signatories.FirstOrDefault(one => one.Step < signatory.Step && SignatureOf(one.Key) is null);

    /// <summary>The document as it leaves the house: with who signed it.</summary>
    public AgreementDocument Signed => Document with
    {
        Signatures = [.. Signatures.Select(one => new SignatureEntry(one.Seat, one.Name, one.Title, one.Place, one.At, one.For))],
    };

    internal AgreementVersion WithSignature(AgreementFact.Signed signed, Stamp stamp)
    {
        var key = signed.Signatory ?? signed.Side?.Seat.Words ?? "";
        return Plan.Find(key) is not { } signatory ? this : this with
        {
            Signatures = Signatures.Add(new Signature(
                key, signatory.Seat, stamp.By, signed.Name, signed.Title, signed.Place, stamp.At, signed.For)),
        };
    }

    internal AgreementVersion Worded(AgreementFact.Worded worded) => this with
    {
        Document = Document with
        {
            Terms = [.. Document.Terms.Select(term =>
                term.Key == worded.Term ? term with { Clause = worded.Text } : term)],
        },
        Wordings = Wordings.SetItem(worded.Term, worded.Source),
        Text = Text + 1,
    };

    public Signature? SignatureOf(string signatory) => Signatures.Find(one => one.Signatory == signatory);
}

/// <summary>Who signed, for which seat, under which office, where and when.</summary>
/// <param name="Signatory">Which signature of the plan it is.</param>
/// <param name="For">Whose signature it is, where the signer is a delegate.</param>
public sealed record Signature(string Signatory, Seat Seat, string Person, string Name, string Title, string Place,
    Instant At, string? For = null)
{
    /// <summary>"Paul, Head of Operations, in place of Pia".</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Words => $"{Name}, {Title}{(For is { } other ? $", in place of {other}" : "")}";
}
