using System.Text;
using System.Text.RegularExpressions;
using Entente.Formats.Spreadsheets;
using Entente.Formats.Tickets;

namespace Entente.Formats.Inventory;

/// <summary>What stands in a cell: the words a person reads, and the tool's own number where the export says both.</summary>
internal readonly record struct TableCell(string? Words, string? Number = null)
{
    public string Text => Words ?? "";

    public string Id => Number ?? "";
}

/// <summary>A line of a table, or what is wrong with it.</summary>
internal sealed record TableLine(int Number, IReadOnlyList<TableCell> Cells, string? Trouble = null)
{
    public TableCell this[int place] => place < Cells.Count ? Cells[place] : default;
}

/// <summary>One file of a table: its header and its lines, whether it was CSV, JSON, XML or a sheet.</summary>
internal sealed record TableFile(string Name, string[] Header, IReadOnlyList<TableLine> Lines)
{
    /// <summary>Of a workbook, the sheet that was read.</summary>
    public string? Sheet { get; init; }

    /// <summary>Of a workbook, all its sheets.</summary>
    public IReadOnlyList<ExportSheet> Sheets { get; init; } = [];

    /// <summary>What whoever looks at a sheet may not expect of how it was read.</summary>
    public IReadOnlyList<Finding> Notes { get; init; } = [];

    private const int SamplesMost = 3;
    private const int SampleLengthMost = 40;

    public static TableFile Read(ExportFile file, string? sheet) => file.Binary is { } workbook
        ? OfSheet(file.Name, workbook, sheet)
        : file.Text.AsSpan().TrimStart('\uFEFF').TrimStart() is ['{' or '[', ..] or ['<', ..] ? TableRecords.Read(file)
        : Delimited(file);

    /// <summary>Where a line stands, in words.</summary>
    public string At(int line) => Sheet is null ? $"{Name}, line {line}" : $"{Name}, sheet {Sheet}, row {line}";

    public int Place(string name) =>
        Array.FindIndex(Header, column => string.Equals(column.Trim(), name, StringComparison.OrdinalIgnoreCase));

    public bool IsFilled(int place) => Lines.Any(line => line[place].Text.Length > 0);

    /// <summary>The first different values in a column, cut where they are long.</summary>
    public IReadOnlyList<string> Samples(int place) => [.. Lines.Select(line => line[place].Text).Where(text => text.Length > 0)
        .Take(200).Distinct().Take(SamplesMost)
        .Select(text => text.Length > SampleLengthMost ? string.Concat(text.AsSpan(0, SampleLengthMost), "…") : text)];

    /// <remarks>Excel puts a line before the header that says which delimiter it took.</remarks>
    private static TableFile Delimited(ExportFile file)
    {
        var text = file.Text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && file.Text.IndexOf('\n', StringComparison.Ordinal) is var end and > 0
            ? file.Text[end..] : file.Text;
        using var table = new DelimitedRows(new MemoryStream(Encoding.UTF8.GetBytes(text)), file.Name);
        return new(file.Name, [.. table.Columns.Names], Told(table));
    }

    private static TableFile OfSheet(string name, byte[] content, string? sheet)
    {
        using var book = new Workbook(name, content);
        using var rows = book.Rows(sheet);
        var table = new TableFile(name, [.. rows.Columns.Names], Told(rows)) { Sheet = rows.Sheet };
        return table with
        {
            Notes = [.. rows.Notes.Select(note => Finding.Warning($"{name}, sheet {rows.Sheet}", note.Rule,
                note.Message))],
            Sheets = [.. book.Sheets.Select(one => new ExportSheet(name, one.Name, one.IsHidden,
                one.Name == rows.Sheet))],
        };
    }

    private static List<TableLine> Told(ITicketRows table) =>
        [.. table.Read().Select(row => new TableLine(row.Line,
            [.. row.Values.Select(value => new TableCell(value?.Trim() ?? ""))], row.Trouble))];
}

/// <summary>Words that tools write where there is nothing.</summary>
internal static partial class Blanks
{
    /// <remarks>GLPI answers a blank of a web page where a list has no value.</remarks>
    public static string Of(string text) => text.Trim() is "&nbsp;" or "null" ? "" : text.Trim();

    /// <summary>A number that only the tool understands, such as a sys_id without its words.</summary>
    public static bool IsNumber(string text) => NumberPattern().IsMatch(text);

    [GeneratedRegex("^(?:[0-9a-f]{32}|[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
