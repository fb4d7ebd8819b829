using Entente.Terms;

namespace Entente.Agreements;

/// <summary>What both sides will argue about one day, found before they sign.</summary>
public static class AgreementDocumentLint
{
    public static IReadOnlyList<Finding> Find(AgreementDocument document) => [];
}
