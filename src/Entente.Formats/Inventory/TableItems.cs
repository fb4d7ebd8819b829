using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Documentation;
using Entente.Terms;
using NodaTime;
using NodaTime.Text;

namespace Entente.Formats.Inventory;

/// <summary>Makes an item of a row; what cannot be read is a finding with line and column, and the row is left out.</summary>
internal sealed partial class TableItems(ExportOptions options, List<Finding> findings)
{
    public InventoryItem? Of(TableRow row, string key)
    {
        var before = findings.Count;
        var item = Kind(row["kind"]) switch
        {
            InventoryKind.Person => Person(row, key),
            InventoryKind.Practice => new InventoryItem.Practice
            {
                Key = key,
                Name = row["name"],
                Maturity = (int)(Number(row, "maturity") ?? 0),
                Evidence = row["evidence"],
            },
            InventoryKind.Goal => new InventoryItem.Goal
            {
                Key = key,
                Name = row["name"],
                Horizon = row["horizon"].StartsWith("long", StringComparison.OrdinalIgnoreCase) ? Horizon.Long : Horizon.Short,
                Measure = row["measure"],
                Due = Date(row),
            },
            _ => Asset(row, key),
        };
        item = item with { Side = options.Side, Owner = row["owner"], Notes = row["notes"] };
        foreach (var wrong in InventoryRules.Validate(item, "row"))
            findings.Add(row.Wrong(wrong.Path["row.".Length..], wrong.Rule, wrong.Message));
        return findings.Skip(before).Any(finding => finding.Severity == Severity.Error) ? null : item;
    }

    private static InventoryKind Kind(string text) => text.ToLowerInvariant() switch
    {
        "person" or "team" => InventoryKind.Person,
        "practice" or "method" => InventoryKind.Practice,
        "goal" => InventoryKind.Goal,
        _ => InventoryKind.Asset,
    };

    private InventoryItem Person(TableRow row, string key) => new InventoryItem.Person
    {
        Key = key,
        Name = row["name"],
        IsTeam = string.Equals(row["kind"], "team", StringComparison.OrdinalIgnoreCase) || row["team"].ToLowerInvariant() is "true" or "yes" or "team" or "1",
        Skills = row.List("skills"),
        Shift = row["shift"],
        HoursPerWeek = Number(row, "hoursPerWeek"),
    };

    private InventoryItem Asset(TableRow row, string key) => new InventoryItem.Asset
    {
        Key = key,
        Name = row["name"],
        What = row["what"] is { Length: > 0 } what ? what : row["kind"] is { Length: > 0 } kind && kind != "asset" ? kind : "asset",
        Lifecycle = LifecycleOf(row.Header("lifecycle"), row["lifecycle"]),
        Purchase = Price(row, "purchase"),
        Run = Price(row, "run"),
        PerUnit = Price(row, "perUnit"),
        Capacity = Capacity(row),
        DependsOn = row.List("dependsOn"),
        RedundantWith = row.List("redundantWith"),
        Needs = Groups(row),
        MeasuredBy = row.List("measuredBy"),
    };

    private decimal? Number(TableRow row, string field)
    {
        if (row[field].Length == 0) return null;
        if (decimal.TryParse(row[field], NumberStyles.Number, CultureInfo.InvariantCulture, out var number)) return number;
        findings.Add(row.Wrong(field, "import.value", $"expected a number, found '{row[field]}'"));
        return null;
    }

    private LocalDate? Date(TableRow row)
    {
        if (row["due"].Length == 0) return null;
        if (LocalDatePattern.Iso.Parse(row["due"]) is { Success: true } date) return date.Value;
        findings.Add(row.Wrong("due", "date.invalid", $"expected a date such as 2026-12-31, found '{row["due"]}'"));
        return null;
    }

    /// <remarks>Exports often say the currency in a column of its own or nowhere: an amount without any is told and left out, the row stays.</remarks>
    private Money? Price(TableRow row, string field)
    {
        var text = row[field];
        if (text is "" or "0" or "-") return null;
        if (Money.TryParse(text, out var money)) return money;
        if (AmountPattern().Match(text) is not { Success: true } match
            || !decimal.TryParse(match.Groups["amount"].Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount))
        {
            findings.Add(row.Wrong(field, "import.value", $"expected {Money.Expected}, found '{text}'"));
            return null;
        }

        if (amount == 0) return null;
        var currency = match.Groups["sign"].Value switch
        {
            "$" => "USD",
            "€" => "EUR",
            "£" => "GBP",
            _ => row["currency"] is { Length: 3 } own ? own : options.Currency,
        };
        if (currency is not null) return new Money(amount, currency.ToUpperInvariant());
        findings.Add(row.Wrong(field, "import.currency", $"'{text}' names no currency and is left out; read the export again and say which it is")
            with
        { Severity = Severity.Warning });
        return null;
    }

    /// <remarks>Tools count memory in megabytes without saying so.</remarks>
    private Quantity? Capacity(TableRow row)
    {
        var text = row["capacity"];
        if (text is "" or "0" or "-") return null;
        if (Quantity.TryParse(text, out var quantity)) return quantity;
        if (row.Header("capacity").ToLowerInvariant() is "ram" or "memory"
            && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var megabytes)) return new Quantity(megabytes, "MB");
        findings.Add(row.Wrong("capacity", "import.value", $"expected {Quantity.Expected}, found '{text}'"));
        return null;
    }

    /// <summary>Groups such as <c>2 of web-1, web-2, web-3</c>, apart by semicolons.</summary>
    private ValueList<KOfN> Groups(TableRow row)
    {
        List<KOfN> groups = [];
        foreach (var text in row["needs"].Split([';', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = text.Split(" of ", 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var k))
                groups.Add(new KOfN(k, parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToValueList()));
            else findings.Add(row.Wrong("needs", "inventory.group", $"expected '2 of web-1, web-2, web-3', found '{text}'"));
        }

        return groups.ToValueList();
    }

    /// <remarks>The numbers are those of ServiceNow, which counts its two status fields differently.</remarks>
    private static Lifecycle LifecycleOf(string header, string status) => (header.ToLowerInvariant(), status.ToLowerInvariant()) switch
    {
        ("operational_status" or "operational status", "6") => Lifecycle.Retired,
        ("operational_status" or "operational status", _) when status.All(char.IsAsciiDigit) => Lifecycle.InUse,
        (_, "planned" or "on order" or "ordered" or "in stock" or "stock" or "pending install" or "2" or "4" or "6") => Lifecycle.Planned,
        (_, "retiring" or "to be retired" or "end of life") => Lifecycle.Retiring,
        (_, "retired" or "absent" or "stolen" or "disposed" or "decommissioned" or "scrapped" or "7" or "8" or "100") => Lifecycle.Retired,
        _ => Lifecycle.InUse,
    };

    [GeneratedRegex(@"^(?<sign>[$€£])?\s*(?<amount>\d[\d,]*(?:\.\d+)?)\s*(?<sign>[$€£])?$", RegexOptions.CultureInvariant)]
    private static partial Regex AmountPattern();
}
