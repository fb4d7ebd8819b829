namespace Entente.Formats.Bargaining;

internal static class BargainYaml
{
    public static BargainDocument? Read(SourceText domain, IReadOnlyList<SourceText> profiles, Findings findings)
    {
        findings.Error(domain.Path, "", "bargain.format", "Expected GENIUS XML, GeniusWeb JSON or domain.json.");
        return null;
    }
}
