using Entente.Agreements;
using NodaTime;

namespace Entente.Server.Agreements;

/// <summary>An agreement as programs see it.</summary>
/// <param name="InForce">Number of the version that rules today.</param>
public sealed record AgreementView(
    string Id, string Title, AgreementType Type, int? InForce, int? Draft, Side? SignsFirst,
        IReadOnlyList<SigningView> Authorities,
    IReadOnlyList<VersionView> Versions, IReadOnlyList<ConditionView> Conditions, long Version)
{
    public static AgreementView Of(string id, AgreementState state, long version, LocalDate today)
    {
        var document = state.Newest?.Document ?? state.Frame!;
        return new(
            id, document.Title, document.Type, state.InForceAt(today)?.Number, state.Draft?.Number, state.SignsFirst,
            [.. state.Authorities.Select(one => new SigningView(
                one.Key, one.Value.Person, one.Value.Name, one.Value.Reason))],
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

public sealed record SigningView(Side Side, string Person, string Name, string Reason);

/// <param name="Negotiation">Short name of the table it came from.</param>
public sealed record VersionView(
    int Number, bool IsSigned, LocalDate EffectiveFrom, Instant DraftedAt, Instant? SignedAt, string Negotiation,
    IReadOnlyList<Signature> Signatures, Certificate? Certificate, IReadOnlyDictionary<string, string> Wordings,
    AgreementDocument Document)
{
    public static VersionView Of(AgreementVersion version) => new(
        version.Number, version.IsSigned, version.EffectiveFrom, version.DraftedAt, version.SignedAt,
        version.Negotiation[(version.Negotiation.LastIndexOf('.') + 1)..], version.Signatures, version.Certificate,
            version.Wordings, version.Document);
}
