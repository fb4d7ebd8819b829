using Entente.Agreements;
using NodaTime;

namespace Entente.Server.Agreements;

/// <summary>An agreement as programs see it.</summary>
/// <param name="InForce">Number of the version that rules today.</param>
public sealed record AgreementView(
    string Id, string Title, AgreementType Type, int? InForce, int? Draft, Side? SignsFirst,
        IReadOnlyList<SigningView> Authorities,
    IReadOnlyList<VersionView> Versions, long Version)
{
    public static AgreementView Of(string id, AgreementState state, long version, LocalDate today)
    {
        var document = state.Newest?.Document ?? state.Frame!;
        return new(
            id, document.Title, document.Type, state.InForceAt(today)?.Number, state.Draft?.Number, state.SignsFirst,
            [.. state.Authorities.Select(one => new SigningView(
                one.Key, one.Value.Person, one.Value.Name, one.Value.Reason))],
            [.. state.Versions.Select(VersionView.Of)], version);
    }
}

public sealed record SigningView(Side Side, string Person, string Name, string Reason);

/// <param name="Negotiation">Short name of the table it came from.</param>
public sealed record VersionView(
    int Number, bool IsSigned, LocalDate EffectiveFrom, Instant DraftedAt, Instant? SignedAt, string Negotiation,
    IReadOnlyList<Signature> Signatures, Certificate? Certificate, AgreementDocument Document)
{
    public static VersionView Of(AgreementVersion version) => new(
        version.Number, version.IsSigned, version.EffectiveFrom, version.DraftedAt, version.SignedAt,
        version.Negotiation[(version.Negotiation.LastIndexOf('.') + 1)..], version.Signatures, version.Certificate,
            version.Document);
}
