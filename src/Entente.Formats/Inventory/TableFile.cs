using System.Text;
using System.Text.RegularExpressions;
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

/// <summary>One file of a table: its header and its lines, whether it was CSV, JSON or XML.</summary>
internal sealed record TableFile(string Name, string[] Header, IReadOnlyList<TableLine> Lines)
{
    private const int SamplesMost = 3;
    private const int SampleLengthMost = 40;

    public static TableFile Read(ExportFile file) => file.Text.AsSpan().TrimStart('\uFEFF').TrimStart() switch
    {
        ['{' or '[', ..] or ['<', ..] => TableRecords.Read(file),
        _ => Delimited(file),
    };

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
        return new(file.Name, [.. table.Columns.Names],
            [.. table.Read().Select(row => new TableLine(row.Line, [.. row.Values.Select(value => new TableCell(value?.Trim() ?? ""))], row.Trouble))]);
    }
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
