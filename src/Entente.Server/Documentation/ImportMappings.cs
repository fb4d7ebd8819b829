using Entente.Formats.Inventory;
using Entente.Storage.Documentation;
using Entente.Terms;
using Microsoft.AspNetCore.Http;

namespace Entente.Server.Documentation;

/// <summary>How an export is to be read, between the doors, the readers and the tables.</summary>
public static class ImportMappings
{
    /// <summary>What a kind can become, as the doors spell it.</summary>
    public static IReadOnlyList<string> Choices { get; } = [.. Enum.GetValues<ExportChoice>().Select(Spelt)];

    /// <exception cref="BadInputException">A currency or a choice is none.</exception>
    public static ExportOptions Options(ImportMapping mapping, Side side)
    {
        var currency = (mapping.Currency ?? "").Trim().ToUpperInvariant();
        if (currency.Length > 0 && !Money.TryParse($"{currency} 1", out _))
            throw new BadInputException("currency", "money.currency", $"expected a currency such as EUR, found '{currency}'");
        var source = (mapping.Source ?? "").Trim();
        return new(source is "" or "auto" ? null : source, side, mapping.Columns, mapping.Parts, currency.Length == 0 ? null : currency,
            mapping.Kinds?.ToDictionary(pair => pair.Key, pair => Choice(pair.Key, pair.Value), StringComparer.Ordinal));
    }

    /// <summary>What reading told, to be kept beside the rows.</summary>
    public static ImportAccount Account(InventoryExport export, ExportOptions options) => new(
        export.ObjectsRead, export.Links,
        [.. export.Kinds.Select(kind => new ImportedKind(
            kind.Origin, kind.Count, kind.As.ToString().ToLowerInvariant(), kind.Taken is { } taken ? Spelt(taken) : null))],
        [.. export.Columns.Select(column => new ImportedColumn(column.Name, column.Fields, column.Samples))],
        new(options.Source, options.Columns, options.Kinds?.ToDictionary(pair => pair.Key, pair => Spelt(pair.Value)), options.Currency,
            options.WithParts));

    /// <summary>The mapping that a form says: for each column the fields it fills, for each kind what it becomes.</summary>
    /// <exception cref="BadInputException">Two columns fill one field.</exception>
    public static ImportMapping Of(IFormCollection form)
    {
        Dictionary<string, string> columns = new(StringComparer.Ordinal);
        for (var place = 0; form.TryGetValue($"column.{place}", out var column); place++)
        {
            foreach (var field in form[$"column.{place}.field"].OfType<string>().Where(field => field.Length > 0))
            {
                if (!columns.TryAdd(field, column.ToString()) && columns[field] != column.ToString())
                    throw new BadInputException($"mapping.{field}", "import.mapping",
                        $"'{columns[field]}' and '{column}' both fill '{field}'; choose one of them");
            }
        }

        // A page shows every column: a field that none of them fills was emptied there.
        if (form.ContainsKey("column.0"))
        {
            foreach (var field in InventoryExports.Fields) columns.TryAdd(field, "");
        }

        Dictionary<string, string> kinds = new(StringComparer.Ordinal);
        for (var place = 0; form.TryGetValue($"kind.{place}", out var kind); place++)
        {
            var (chosen, was) = (form[$"kind.{place}.as"].ToString(), form[$"kind.{place}.was"].ToString());
            if (chosen != was || form[$"kind.{place}.chosen"] == "true") kinds[kind.ToString()] = chosen;
        }

        return new(form["source"], columns.Count == 0 ? null : columns, kinds.Count == 0 ? null : kinds, form["currency"],
            form["parts"].ToString() is "true" or "on");
    }

    private static ExportChoice Choice(string kind, string text) =>
        Enum.TryParse<ExportChoice>(text, ignoreCase: true, out var choice) && !int.TryParse(text, out _) ? choice
        : throw new BadInputException($"kinds.{kind}", "choice.unknown", $"expected one of {string.Join(", ", Choices)}, found '{text}'");

    private static string Spelt(ExportChoice choice) => choice is ExportChoice.LeftOut ? "leftOut" : choice.ToString().ToLowerInvariant();
}
