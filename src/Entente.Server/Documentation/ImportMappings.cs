using Entente.Documentation;
using Entente.Formats.Inventory;
using Entente.Storage.Documentation;
using Entente.Terms;
using Microsoft.AspNetCore.Http;

namespace Entente.Server.Documentation;

/// <summary>How an export is to be read, between the doors, the readers and the tables.</summary>
public static class ImportMappings
{
    /// <summary>What a kind can become, as the doors spell it.</summary>
    public static IReadOnlyList<string> Choices { get; } = [.. Enum.GetValues<ExportChoice>()
        .Select(choice => Spelt(choice))];

    /// <summary>What a status can mean, as the doors spell it.</summary>
    public static IReadOnlyList<string> Lifecycles { get; } = [.. Enum.GetValues<Lifecycle>()
        .Select(lifecycle => Spelt(lifecycle))];

    /// <exception cref="BadInputException">A currency or a choice is none.</exception>
    public static ExportOptions Options(ImportMapping mapping, Side side)
    {
        var currency = (mapping.Currency ?? "").Trim().ToUpperInvariant();
        if (currency.Length > 0 && !Money.TryParse($"{currency} 1", out _))
            throw new BadInputException("currency", "money.currency", $"expected a currency such as EUR, found '{currency}'");
        var source = (mapping.Source ?? "").Trim();
        return new(source is "" or "auto" ? null : source, side, mapping.Columns, mapping.Parts, currency.Length == 0 ? null : currency,
            mapping.Kinds?.ToDictionary(
                pair => pair.Key, pair => Choice<ExportChoice>($"kinds.{pair.Key}", pair.Value, Choices),
                    StringComparer.Ordinal),
            mapping.Statuses?.ToDictionary(
                pair => pair.Key, pair => Choice<Lifecycle>($"statuses.{pair.Key}", pair.Value, Lifecycles),
                    StringComparer.Ordinal),
            mapping.Sheet?.Trim() is { Length: > 0 } sheet ? sheet : null);
    }

    /// <summary>What reading told, to be kept beside the rows.</summary>
    public static ImportAccount Account(InventoryExport export, ExportOptions options) => new(
        export.ObjectsRead, export.Links,
        [.. export.Kinds.Select(kind => new ImportedKind(
            kind.Origin, kind.Count, kind.As.ToString().ToLowerInvariant(), kind.Taken is { } taken ? Spelt(taken) : null))],
        [.. export.Columns.Select(column => new ImportedColumn(column.Name, column.Fields, column.Samples))],
        new(options.Source, options.Columns, options.Kinds?.ToDictionary(pair => pair.Key, pair => Spelt(pair.Value)), options.Currency,
            options.WithParts, options.Statuses?.ToDictionary(pair => pair.Key, pair => Spelt(pair.Value)),
                options.Sheet),
        [.. export.Statuses.Select(status => new ImportedStatus(status.Word, status.Count, Spelt(status.Taken)))],
        [.. export.Sheets.Select(sheet => new ImportedSheet(sheet.File, sheet.Name, sheet.IsHidden, sheet.IsRead))]);

    /// <summary>The mapping that a form says: for each column the fields it fills, for each kind what it becomes.</summary>
    /// <exception cref="BadInputException">Two columns fill one field.</exception>
    public static ImportMapping Of(IFormCollection form)
    {
        // What the page said of another sheet's columns and words says nothing of this one's.
        if (form.ContainsKey("sheet.was") && form["sheet.was"] != form["sheet"])
            return new(form["source"], Currency: form["currency"], Parts: form["parts"].ToString() is "true" or "on",
                Sheet: form["sheet"]);
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

        return new(form["source"], columns.Count == 0 ? null : columns, Chosen(form, "kind"), form["currency"],
            form["parts"].ToString() is "true" or "on", Chosen(form, "status"), form["sheet"]);
    }

    /// <summary>What somebody chose in a table of words: what they left as it was read is no choice.</summary>
    private static Dictionary<string, string>? Chosen(IFormCollection form, string table)
    {
        Dictionary<string, string> chosen = new(StringComparer.Ordinal);
        for (var place = 0; form.TryGetValue($"{table}.{place}", out var word); place++)
        {
            var (now, was) = (form[$"{table}.{place}.as"].ToString(), form[$"{table}.{place}.was"].ToString());
            if (now != was || form[$"{table}.{place}.chosen"] == "true") chosen[word.ToString()] = now;
        }

        return chosen.Count == 0 ? null : chosen;
    }

    private static T Choice<T>(string path, string text, IReadOnlyList<string> choices)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var choice) && !int.TryParse(text, out _) ? choice
        : throw new BadInputException(path, "choice.unknown",
            $"expected one of {string.Join(", ", choices)}, found '{text}'");

    private static string Spelt<T>(T choice)
        where T : struct, Enum => $"{char.ToLowerInvariant(choice.ToString()[0])}{choice.ToString()[1..]}";
}
