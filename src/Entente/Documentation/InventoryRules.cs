using Entente.Terms;

namespace Entente.Documentation;

/// <summary>Decides what enters the inventory.</summary>
public static class InventoryRules
{
    /// <param name="known">The item as it stands under this kind and key, if there is one that is not retired.</param>
    /// <param name="links">How assets are connected today; only asked for assets.</param>
    public static Decision<InventoryFact> Record(CharterState charter, Actor by, InventoryItem item, InventoryItem? known, InventoryLinks links) =>
        CharterRules.Blocks(charter) is { } blocked ? blocked
        : MayWrite(by, item.Side) is { } refusal ? refusal
        : known is not null && known.Side != item.Side
            ? new Refusal("inventory.two_sides",
                $"'{item.Key}' belongs to the {known.Side.Seat.Words}; nothing and nobody belongs to two sides. Retire it there first.")
        : item is InventoryItem.Asset asset && links.Break(asset) is { } broken ? broken
        : item.Equals(known) ? Array.Empty<InventoryFact>()
        : known is null ? new InventoryFact.Recorded(item)
        : new InventoryFact.Changed(item);

    public static Decision<InventoryFact> Retire(CharterState charter, Actor by, InventoryItem? known, string reason) =>
        CharterRules.Blocks(charter) is { } blocked ? blocked
        : known is null ? new Refusal("inventory.unknown", "There is no such item in the inventory.")
        : MayWrite(by, known.Side) is { } refusal ? refusal
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("inventory.reason_missing", "Retiring an item needs a reason.")
        : new InventoryFact.Retired(known.Kind, known.Key, reason.Trim());

    /// <summary>Who may see what an asset costs: its own side, accounting, and the service level manager.</summary>
    public static bool MaySeeCost(Actor reader, Side side) =>
        reader.Seat is Seat.ServiceLevelManager or Seat.Accounting || reader.Side == side;

    public static IReadOnlyList<Finding> Validate(InventoryItem item, string path = "$")
    {
        List<Finding> findings = [];
        if (!TermRules.IsKey(item.Key))
            Error("key", "inventory.key", $"'{item.Key}' is no key: lower case letters, digits, hyphens and dots, at most 63");
        if (string.IsNullOrWhiteSpace(item.Name)) Error("name", "text.missing", "expected a name");
        else if (item.Name.Length > 300) Error("name", "text.too_long", "expected at most 300 characters");
        switch (item)
        {
            case InventoryItem.Asset asset:
                Links("dependsOn", asset.DependsOn, asset.Key);
                Links("redundantWith", asset.RedundantWith, asset.Key);
                if (asset.DependsOn.Intersect(asset.RedundantWith).FirstOrDefault() is { } both)
                    Error("redundantWith", "inventory.redundancy", $"'{both}' cannot be needed and spare at once; leave it in one list");
                for (var i = 0; i < asset.Needs.Count; i++)
                {
                    Links($"needs[{i}].of", asset.Needs[i].Of, asset.Key);
                    if (asset.Needs[i].K < 1 || asset.Needs[i].K > asset.Needs[i].Of.Count)
                        Error($"needs[{i}].k", "inventory.k", $"expected a number from 1 to {asset.Needs[i].Of.Count}");
                }

                if (Costs(asset).Select(money => money.Currency).Distinct().Count() > 1)
                    Error("run", "money.currency", "purchase, run and perUnit are in different currencies; use one");
                break;
            case InventoryItem.Practice { Maturity: < 0 or > 5 }:
                Error("maturity", "inventory.maturity", "expected a maturity from 0 to 5");
                break;
            case InventoryItem.Person { HoursPerWeek: < 0 or > 100_000 }:
                Error("hoursPerWeek", "number.range", "expected hours from 0 to 100000");
                break;
        }

        return findings;

        void Error(string field, string rule, string message) => findings.Add(Finding.Error($"{path}.{field}", rule, message));

        void Links(string field, ValueList<string> keys, string own)
        {
            if (keys.Contains(own)) Error(field, "inventory.itself", "an item cannot be linked to itself");
            if (keys.Distinct().Count() < keys.Count) Error(field, "inventory.twice", "each key is named once");
        }
    }

    /// <summary>Money of one currency added up.</summary>
    public static Decision<Money> Sum(IReadOnlyList<Money> amounts) =>
        amounts.Select(money => money.Currency).Distinct().ToList() is { Count: > 1 } currencies
            ? new Refusal("money.currency", $"Amounts in {string.Join(" and ", currencies)} cannot be added; record them in one currency.")
            : amounts.Count == 0 ? Array.Empty<Money>() : new Money(amounts.Sum(money => money.Amount), amounts[0].Currency);

    private static IEnumerable<Money> Costs(InventoryItem.Asset asset) =>
        new[] { asset.Purchase, asset.Run, asset.PerUnit }.OfType<Money>();

    public static Refusal? MayWrite(Actor by, Side side) =>
        by.Seat is Seat.ServiceLevelManager || by.Side == side ? null
        : new Refusal("inventory.not_yours", $"Only the {side.Seat.Words} and the service level manager write what belongs to the {side.Seat.Words}.");
}
