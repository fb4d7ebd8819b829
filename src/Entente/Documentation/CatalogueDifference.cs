using Entente.Terms;

namespace Entente.Documentation;

/// <summary>What changed between two editions of a service, as a person reads it.</summary>
public static class CatalogueDifference
{
    /// <summary>Every line of both, part by part.</summary>
    public static IReadOnlyList<PartLine> Between(CatalogueEntry? older, CatalogueEntry newer) =>
        Lines.Between(older is null ? null : Parts(older), Parts(newer));

    /// <summary>A card in words, field by field; a field that says nothing is empty.</summary>
    public static IReadOnlyList<(string Name, string Text)> Words(ServiceCard card) =>
    [
        ("Name", card.Name), ("For the customer", card.BusinessView), ("As IT sees it", card.TechnicalView), ("Owner", card.Owner), ("Users", card.Users),
        ("Hours", card.Hours), ("Support", card.Support), ("Status", card.Status.ToString().ToLowerInvariant()),
        ("Stands on", string.Join(", ", card.DependsOn)), ("Charge", card.Charge ?? ""),
    ];

    /// <summary>A term in one line: what is promised, over what, and in which hours.</summary>
    public static string Words(Term term) =>
        $"{term.Title}: {term.Value.Label}{(term.Period is { } period ? $", settled over {period}" : "")}{(term.Calendar is { } hours ? $", in {hours}" : "")}"
        + $" [{term.Key}]";

    private static IEnumerable<(string Name, string[] Text)> Parts(CatalogueEntry entry) =>
    [
        .. Words(entry.Card).Select(field => (field.Name, Lines.Of(field.Text))),
        ("Spec sheet", Lines.Of(entry.Sheet)),
        ("Asked", [.. entry.Asked.Values.Select(Words)]),
        ("Offered", [.. entry.Offered.Values.Select(Words)]),
    ];
}
