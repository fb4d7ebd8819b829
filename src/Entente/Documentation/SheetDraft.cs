using Entente.Terms;

namespace Entente.Documentation;

/// <summary>What a spec sheet is made from.</summary>
/// <param name="Offered">The provider's terms for the service.</param>
/// <param name="Assets">Everything the service stands on, however deep.</param>
/// <param name="People">The provider's people and teams.</param>
/// <param name="Contracts">Short names of the service's contracts with teams and suppliers.</param>
public sealed record SheetSources(
    CatalogueEntry Entry, IReadOnlyList<Term> Offered, GlossaryState Glossary, IReadOnlyList<InventoryItem.Asset> Assets,
    IReadOnlyList<InventoryItem.Person> People, IReadOnlyList<string> Contracts);

/// <summary>A spec sheet made from terms and inventory, and what could not be made.</summary>
public sealed record SheetDraft(SpecSheet Sheet, IReadOnlyList<string> Notes)
{
    /// <summary>Makes a sheet, or makes it again over one that people have edited: their own lines stay, lines about terms and items are renewed.</summary>
    public static SheetDraft Of(SheetSources from, SpecSheet? standing)
    {
        List<string> notes = [];
        var kept = standing?.Internal ?? new InternalSheet();
        return new(new SpecSheet(External(from, standing?.External), new InternalSheet(
            [.. kept.Assets.Concat(from.Assets.Select(asset => asset.Key)).Distinct()],
            [.. kept.Underpinning.Concat(from.Contracts.Where(contract => !kept.Underpinning.Any(line => Names(line, contract))))
                .Concat(from.Assets.Where(IsContract).Select(asset => asset.Name))
                .Concat(from.Offered.SelectMany(term => term.RestsOn)).Distinct()],
            Renewed(kept.Staffing, Staff(from)),
            Renewed(kept.Capacity, from.Assets.Where(asset => asset.Capacity is not null).Select(asset => (asset.Name, asset.Capacity!.Value.ToString()!))),
            Cost(from.Assets, notes) ?? kept.Cost,
            kept.Invoicing.Length > 0 ? kept.Invoicing : from.Entry.Card.Charge ?? "",
            Renewed(kept.Risks, from.Assets.Where(asset => asset.Lifecycle is Lifecycle.Retiring or Lifecycle.Retired)
                .Select(asset => (asset.Name, $"is {asset.Lifecycle.ToString().ToLowerInvariant()}"))))), notes);
    }

    private static string External(SheetSources from, string? standing)
    {
        var terms = from.Offered.ToDictionary(term => Trace.Mark(term.Key), term => Line(term, from.Glossary), StringComparer.Ordinal);
        var lines = standing is { Length: > 0 } ? Lines.Of(standing) : Opening(from.Entry.Card);
        // A line that names a term follows it: it is renewed with the term, and goes with it.
        var renewed = lines.Where(line => !IsMarked(line) || terms.Keys.Any(line.EndsWith))
            .Select(line => terms.Keys.FirstOrDefault(line.EndsWith) is { } mark ? terms[mark] : line).Distinct().ToList();
        return string.Join('\n', renewed.Concat(terms.Values.Except(renewed)));
    }

    private static string[] Opening(ServiceCard card) =>
    [
        .. Lines.Of(card.BusinessView),
        .. new[] { ("For", card.Users), ("When", card.Hours), ("Help", card.Support) }
            .Where(row => row.Item2.Length > 0).Select(row => $"{row.Item1}: {row.Item2}"),
        "What you can count on:",
    ];

    /// <summary>A promise in the customer's words where the glossary has one for it.</summary>
    private static string Line(Term term, GlossaryState glossary) =>
        $"- {(glossary.WordsOf(term.Key) is [var word, ..] ? $"“{word}”" : term.Title)}: {term.Value.Label}"
        + $"{(term.Period is { } period ? $", settled over {period}" : "")}{(term.Calendar is { } hours ? $", in {hours}" : "")} {Trace.Mark(term.Key)}";

    private static bool IsMarked(string line) => line.EndsWith(']') && line.LastIndexOf('[') is > 0 and var at && TermRules.IsKey(line[(at + 1)..^1]);

    /// <summary>Whether a line speaks of a contract: alone, with its numbers, or as one of a group.</summary>
    private static bool Names(string line, string contract) => line.Split([',', ':', ' ']).Any(word => word == contract
        || word.StartsWith($"{contract}.", StringComparison.Ordinal));

    private static bool IsContract(InventoryItem.Asset asset) =>
        asset.What.Contains("supplier", StringComparison.OrdinalIgnoreCase) || asset.What.Contains("contract", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whoever owns the service or one of its assets.</summary>
    private static IEnumerable<(string, string)> Staff(SheetSources from)
    {
        var owners = from.Assets.Select(asset => asset.Owner).Append(from.Entry.Card.Owner).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return from.People.Where(person => owners.Contains(person.Name) || owners.Contains(person.Key)).Select(person => (person.Name, string.Join(", ", new[]
        {
            person.IsTeam ? "team" : "", person.Shift, person.HoursPerWeek is { } hours ? $"{hours:0.##} hours a week" : "", string.Join(", ", person.Skills),
        }.Where(text => text.Length > 0))));
    }

    /// <summary>What running it costs a month, where all is told in one currency.</summary>
    private static Money? Cost(IReadOnlyList<InventoryItem.Asset> assets, List<string> notes)
    {
        var costs = assets.Select(asset => asset.Run).OfType<Money>().ToList();
        var currencies = costs.Select(cost => cost.Currency).Distinct().ToList();
        if (costs.Count < assets.Count && assets.Count > 0) notes.Add(
                $"{assets.Count - costs.Count} of {Counted.Of(assets.Count, "asset tells", "assets tell")} no cost of running them.");
        if (currencies.Count > 1) notes.Add($"cost: the assets cost {string.Join(" and ", currencies)}; give their costs in one currency to have a sum.");
        return currencies.Count == 1 ? new Money(costs.Sum(cost => cost.Amount), currencies[0]) : null;
    }

    /// <summary>Lines such as "Name: words": those of the same name are renewed, all others stay.</summary>
    private static string Renewed(string standing, IEnumerable<(string Name, string Text)> made)
    {
        var lines = made.ToList();
        return string.Join('\n', Lines.Of(standing).Where(line => lines.All(one => !line.StartsWith($"{one.Name}: ", StringComparison.Ordinal)))
            .Concat(lines.Select(one => $"{one.Name}: {one.Text}")));
    }
}
