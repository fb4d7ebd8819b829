namespace Entente;

/// <summary>One of the five stages an engagement moves through.</summary>
/// <param name="Slug">How the stage is spelled in addresses, tags and file names.</param>
/// <param name="Question">The one question the stage answers.</param>
public sealed record Stage(int Number, string Name, string Slug, string Question);

/// <summary>The five stages, listed once: navigation, OpenAPI tags, CLI help and the guide follow this list.</summary>
public static class Stages
{
    public static Stage Documentation { get; } = new(1, "Documentation", "documentation", "What does each side need, and what can IT really do?");

    public static Stage Negotiation { get; } = new(2, "Negotiation", "negotiation", "Which package can both sides sign?");

    public static Stage Agreements { get; } = new(3, "Agreements", "agreements", "What was promised, by whom, from when?");

    public static Stage Monitoring { get; } = new(4, "Monitoring", "monitoring", "Is what was promised being kept?");

    public static Stage Review { get; } = new(5, "Review", "review", "What do both sides learn, and what reopens?");

    public static IReadOnlyList<Stage> All { get; } = [Documentation, Negotiation, Agreements, Monitoring, Review];
}
