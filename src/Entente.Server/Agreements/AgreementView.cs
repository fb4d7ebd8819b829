using Entente.Agreements;
using NodaTime;

namespace Entente.Server.Agreements;

/// <summary>An agreement as programs see it.</summary>
/// <param name="InForce">Number of the version that rules today.</param>
public sealed record AgreementView(
    string Id, string Title, AgreementType Type, int? InForce, int? Draft, IReadOnlyList<Signatory> Plan,
    IReadOnlyList<SignatoryView> Signatories, IReadOnlyList<VersionView> Versions, IReadOnlyList<ConditionView> Conditions, long Version)
{
    public static AgreementView Of(string id, AgreementState state, long version, LocalDate today)
    {
        var document = state.Newest?.Document ?? state.Frame!;
        return new(
            id, document.Title, document.Type, state.InForceAt(today)?.Number, state.Draft?.Number, state.Plan.Signatories,
            SignatoryView.Of(state, state.Newest, today),
            [.. state.Versions.Select(VersionView.Of)], ConditionView.Of(state), version);
    }
}

/// <summary>What ends contingent terms, and since when each side says that it has happened.</summary>
/// <param name="Since">From which day it counts; none while not both sides say so.</param>
public sealed record ConditionView(string Condition, IReadOnlyDictionary<Side, LocalDate> Said, LocalDate? Since)
{
    public static IReadOnlyList<ConditionView> Of(AgreementState state) =>
        [.. state.Versions.SelectMany(version => version.Document.Terms).SelectMany(term => term.Contingents)
            .Select(contingent => contingent.Until).Distinct().Select(condition => new ConditionView(
                condition, state.Conditions.GetValueOrDefault(condition)
                    ?? System.Collections.Immutable.ImmutableSortedDictionary<Side, LocalDate>.Empty,
                state.Happened.TryGetValue(condition, out var since) ? since : null))];
}

/// <summary>One signature that the newest version needs, and how it stands.</summary>
/// <param name="Delegated">Who gives it instead, where it is delegated.</param>
/// <param name="Waits">True while nobody of an earlier step is missing and it is not given.</param>
/// <param name="Within">Whether the signer may sign alone for what the agreement is worth.</param>
public sealed record SignatoryView(
    Signatory Signatory, Delegation? Delegated, Signature? Signature, bool Waits, bool Within)
{
    /// <summary>The one person whom it waits for; none where anybody of the seat signs.</summary>
    public (string Person, string Name)? Asked => Delegated is { } delegated ? (delegated.Person, delegated.Name)
        : Signatory is { Person: { } person, Name: { } name } ? (person, name) : null;

    public static IReadOnlyList<SignatoryView> Of(AgreementState state, AgreementVersion? version, LocalDate today) =>
        version is null ? [] : [.. version.Signatories.Select(one => new SignatoryView(
            one, version == state.Draft ? state.DelegationOf(one, today) : null, version.SignatureOf(one.Key),
            version.SignatureOf(one.Key) is null && version.Before(one) is null, one.Covers(version.Document)))];
}

/// <param name="Text">Which text of the version it is: who names it when signing signs no other.</param>
/// <param name="Negotiation">Short name of the table it came from.</param>
/// <param name="Certified">The certificate in sentences, with who signed, in which order and under which
/// authority.</param>
public sealed record VersionView(
    int Number, int Text, bool IsSigned, LocalDate EffectiveFrom, Instant DraftedAt, Instant? SignedAt,
    string Negotiation, IReadOnlyList<Signature> Signatures, Certificate? Certificate, IReadOnlyList<string> Certified,
    IReadOnlyDictionary<string, string> Wordings, AgreementDocument Document)
{
    public static VersionView Of(AgreementVersion version) => new(
        version.Number, version.Text, version.IsSigned, version.EffectiveFrom, version.DraftedAt, version.SignedAt,
        version.Negotiation[(version.Negotiation.LastIndexOf('.') + 1)..], version.Signatures, version.Certificate,
        AgreementText.Certified(version), version.Wordings, version.Signed);
}
