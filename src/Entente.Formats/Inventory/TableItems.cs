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
    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the row says it is: its kind, or else its type.</summary>
    public static string Origin(TableRow row) =>
        Kind(row["kind"]) is not InventoryKind.Asset ? row["kind"].ToLowerInvariant()
        : Blanks.IsNumber(row["what"]) || row["what"].Length == 0 ? row["kind"] is { Length: > 0 } kind ? kind : "asset"
        : row["what"];

    public InventoryKind KindOf(TableRow row) =>
        Kind(options.Chosen(Origin(row)) is { } chosen and not ExportChoice.LeftOut ? chosen.ToString() : row["kind"]);

    public InventoryItem? Of(TableRow row, string key)
    {
        var before = findings.Count;
        var item = KindOf(row) switch
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
        item = item with { Side = options.Side, Owner = Readable(row, "owner"), Notes = row["notes"] };
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
        IsTeam = string.Equals(row["kind"], "team", StringComparison.OrdinalIgnoreCase) || options.Chosen(Origin(row)) is ExportChoice.Team
            || row["team"].ToLowerInvariant() is "true" or "yes" or "team" or "1",
        Skills = row.List("skills"),
        Shift = row["shift"],
        HoursPerWeek = Number(row, "hoursPerWeek"),
    };

    private InventoryItem Asset(TableRow row, string key) => new InventoryItem.Asset
    {
        Key = key,
        Name = row["name"],
        What = Readable(row, "what") is { Length: > 0 } what ? what : row["kind"] is { Length: > 0 } kind ? kind : "asset",
        Lifecycle = Status(row),
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
        if (decimal.TryParse(Pointed(row[field]), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)) return number;
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
        if (AmountPattern().Match(Pointed(text)) is not { Success: true } match
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
            _ when match.Groups["code"].Success => match.Groups["code"].Value,
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

    /// <remarks>What a house calls its states is its own: a word that nobody here knows is told once.</remarks>
    private Lifecycle Status(TableRow row)
    {
        if (options.Meant(row["lifecycle"]) is { } meant) return meant;
        if (LifecycleOf(row.Header("lifecycle").ToLowerInvariant(), row["lifecycle"].ToLowerInvariant()) is { } known) return known;
        if (_told.Add($"status {row["lifecycle"]}"))
            findings.Add(row.Wrong("lifecycle", "import.status",
                $"'{row["lifecycle"]}' is no status that is known here and is taken as in use; say what it means and read it again")
                with
            { Severity = Severity.Warning });
        return Lifecycle.InUse;
    }

    /// <remarks>The numbers are those of ServiceNow, which counts its two status fields differently.</remarks>
    private static Lifecycle? LifecycleOf(string header, string status) => (header, status) switch
    {
        (_, "" or "in use" or "inuse" or "installed" or "operational" or "production" or "active" or "live" or "running" or "ready" or "up"
            or "in maintenance" or "pending repair" or "non-operational" or "repair in progress" or "dr standby" or "en service"
            or "en production" or "in betrieb" or "im einsatz" or "en uso" or "ok") => Lifecycle.InUse,
        ("operational_status" or "operational status", "6") => Lifecycle.Retired,
        ("operational_status" or "operational status" or "install_status" or "install status", "2" or "4") when header[0] == 'i' => Lifecycle.Planned,
        ("install_status" or "install status", "6") => Lifecycle.Planned,
        ("install_status" or "install status", "7" or "8" or "100") => Lifecycle.Retired,
        ("operational_status" or "operational status" or "install_status" or "install status", _) when status.All(char.IsAsciiDigit) => Lifecycle.InUse,
        (_, "planned" or "on order" or "ordered" or "in stock" or "stock" or "pending install" or "en stock" or "auf lager" or "pipeline")
            => Lifecycle.Planned,
        (_, "retiring" or "to be retired" or "end of life") => Lifecycle.Retiring,
        (_, "retired" or "absent" or "stolen" or "disposed" or "decommissioned" or "scrapped" or "ausgemustert" or "au rebut") => Lifecycle.Retired,
        _ => null,
    };

    /// <summary>Words only: a number that stands for a person or a type says nothing here, and is told once a column.</summary>
    private string Readable(TableRow row, string field)
    {
        if (!Blanks.IsNumber(row[field])) return row[field];
        if (row[field] != "0" && _told.Add($"{row.File} {row.Header(field)}"))
            findings.Add(Finding.Warning($"{row.File}, column {row.Header(field)}", "import.number",
                $"'{row[field]}' is a number of the tool and not a name; export it with names (sysparm_display_value=true in "
                + "ServiceNow, expand_dropdowns=true in GLPI)", row.Line));
        return "";
    }

    /// <summary>A number as half the world writes it, <c>1.200,50</c>, with a point.</summary>
    private static string Pointed(string text) => !CommaPattern().IsMatch(text) ? text
        : text.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .Replace("\u00A0", "", StringComparison.Ordinal).Replace("\u202F", "", StringComparison.Ordinal).Replace(',', '.');

    [GeneratedRegex(@"(?:^|[^\d.,])(?:\d{1,3}(?:[. \u00A0\u202F]\d{3})+|\d+),\d{1,2}(?:$|[^\d.,])", RegexOptions.CultureInvariant)]
    private static partial Regex CommaPattern();

    [GeneratedRegex(@"^(?:(?<sign>[$€£])|(?<code>[A-Z]{3}))?\s*(?<amount>\d[\d,]*(?:\.\d+)?)\s*(?:(?<sign>[$€£])|(?<code>[A-Z]{3}))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex AmountPattern();
}
