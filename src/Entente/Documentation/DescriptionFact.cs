using Entente.Terms;

namespace Entente.Documentation;

/// <summary>What became of the common description: services, released requirements and spec sheets, and what each side says of them.</summary>
/// <remarks>Only what everybody in the engagement may read is in here; what a side still writes stays in its <see cref="RoomFact"/>.</remarks>
public abstract record DescriptionFact
{
    private DescriptionFact() { }

    /// <summary>A service was described for the first time, or again.</summary>
    public sealed record ServiceDescribed(string Service, ServiceCard Card) : DescriptionFact;

    public sealed record ServiceRetired(string Service, string Reason) : DescriptionFact;

    /// <summary>The customer released a requirement, new or changed.</summary>
    public sealed record Asked(string Service, Term Term) : DescriptionFact;

    public sealed record AskWithdrawn(string Service, string Term) : DescriptionFact;

    /// <summary>The provider released a line of the spec sheet, new or changed.</summary>
    public sealed record Offered(string Service, Term Term) : DescriptionFact;

    public sealed record OfferWithdrawn(string Service, string Term) : DescriptionFact;

    /// <summary>The provider released the external spec sheet: what the customer gets, in the customer's words.</summary>
    public sealed record SheetReleased(string Service, string Text) : DescriptionFact;

    public sealed record Satisfied(string Service, int Edition, string? Remark = null) : DescriptionFact;

    public sealed record NotYetSatisfied(string Service, int Edition, string Reason) : DescriptionFact;

    public sealed record SatisfactionWithdrawn(string Service, string? Reason = null) : DescriptionFact;

    /// <summary>From now on everybody with the address reads the business view of the catalogue, without signing in.</summary>
    public sealed record CataloguePublished : DescriptionFact;

    public sealed record CatalogueHidden : DescriptionFact;

    /// <summary>A term came back from a later stage: both satisfactions end, and it is described anew.</summary>
    /// <param name="Source">What sent it back, such as <c>review 2026-03</c> or <c>negotiation</c>.</param>
    public sealed record TermReopened(string Service, string Term, string Reason, string Source) : DescriptionFact;
}
