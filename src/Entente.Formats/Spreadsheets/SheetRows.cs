using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Entente.Formats.Tickets;
using Entente.Monitoring;

namespace Entente.Formats.Spreadsheets;

/// <summary>The rows of one sheet below its header, each cell as it is shown.</summary>
/// <remarks>
/// A formula is its last result; a cell merged over several rows stands in each of them; a row that a filter hides is
/// read, and told.
/// </remarks>
public sealed class SheetRows : ITicketRows
{
    private const int RowsLookedAt = 20;
    private const int ColumnsMost = 16_384;

    private readonly Workbook _book;
    private readonly WorksheetPart _part;
    private readonly int _headerRow;
    private readonly int[] _places;
    private readonly ILookup<int, (int Column, int Last)> _merged;
    private readonly bool _isNamed;
    private readonly List<int> _hidden = [];

    private SheetRows(Workbook book, SheetName sheet, WorksheetPart part, SheetRow header, bool isNamed)
    {
        (_book, _part, Sheet, _headerRow, _isNamed) = (book, part, sheet.Name, header.Number, isNamed);
        var last = header.Cells.FindLastIndex(cell => cell.Length > 0);
        _places = [.. header.Cells.Take(last + 1).Select((cell, place) =>
            Columns.Place(cell.Trim() is { Length: > 0 } named ? named : $"column {Letters(place)}"))];
        _merged = Merged(part).ToLookup(one => one.First, one => (one.Column, one.Last));
    }

    public string Sheet { get; }

    public TicketColumns Columns { get; } = new();

    /// <summary>What whoever looks at the workbook may not expect of how it was read; complete when the last row
    /// is.</summary>
    public IEnumerable<(string Rule, string Message)> Notes
    {
        get
        {
            if (!_isNamed && _book.Sheets.Count > 1) yield return ("import.sheet",
                $"The sheet '{Sheet}' is read; the workbook also holds "
                + string.Join(", ", _book.Sheets.Where(one => one.Name != Sheet)
                    .Select(one => one.IsHidden ? $"{one.Name} (hidden)" : one.Name))
                + ": name a sheet to read that one.");
            if (_hidden.Count > 0) yield return ("import.hidden",
                (_hidden.Count == 1 ? $"Row {_hidden[0]} is" : $"{_hidden.Count} rows, from row {_hidden[0]} on, are")
                + " hidden in the sheet and read all the same.");
        }
    }

    /// <summary>The rows of a sheet, where one of the first names columns: the first that is filled half as wide as
    /// the widest of them.</summary>
    internal static SheetRows? Find(Workbook book, SheetName sheet, WorksheetPart part, bool isNamed)
    {
        var first = Rows(book, part).Where(row => row.Filled > 0).Take(RowsLookedAt).ToList();
        var widest = first.Count == 0 ? 0 : first.Max(row => row.Filled);
        return widest < 2 ? null : new(book, sheet, part, first.First(row => row.Filled >= 2
            && row.Filled * 2 >= widest), isNamed);
    }

    public IEnumerable<TicketRow> Read()
    {
        List<(int Column, int Last, string Text)> above = [];
        using var rows = Rows(_book, _part).GetEnumerator();
        while (_book.Guarded(rows.MoveNext))
        {
            var row = rows.Current;
            if (row.Number <= _headerRow) continue;
            Spread(row, above);
            if (row.Filled == 0) continue;
            if (row.IsHidden) _hidden.Add(row.Number);
            yield return Row(row);
        }
    }

    public void Dispose() => _book.Dispose();

    /// <summary>The letters of a column: 0 is A, 26 is AA.</summary>
    private static string Letters(int place) =>
        place < 26 ? $"{(char)('A' + place)}" : Letters((place / 26) - 1) + (char)('A' + (place % 26));

    private TicketRow Row(SheetRow row)
    {
        var values = new string?[Columns.Names.Count];
        for (var place = 0; place < row.Cells.Count && place < _places.Length; place++)
        {
            if (row.Cells[place].Length > 0) values[_places[place]] ??= row.Cells[place];
        }

        var stray = row.Cells.FindIndex(_places.Length <= row.Cells.Count ? _places.Length : row.Cells.Count, cell =>
            cell.Length > 0);
        return new(row.Number, values, stray < 0 ? null
            : $"Something stands in {Letters(stray)}{row.Number}, and the header names no column {Letters(stray)}: "
                + "name it, or empty the cell.");
    }

    private void Spread(SheetRow row, List<(int Column, int Last, string Text)> above)
    {
        above.RemoveAll(one => one.Last < row.Number);
        foreach (var (column, _, text) in above) row.Set(column, text);
        above.AddRange(_merged[row.Number].Select(one => (one.Column, one.Last,
            row.Cells.ElementAtOrDefault(one.Column) ?? "")));
    }

    /// <summary>Cells that are merged over several rows, by the column in which their text stands.</summary>
    private static IEnumerable<(int Column, int First, int Last)> Merged(WorksheetPart part)
    {
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType != typeof(MergeCell) || !reader.IsStartElement) continue;
            if (Workbook.Attribute(reader, "ref")?.Split(':') is not [var from, var to]) continue;
            var (column, first) = Place(from);
            var (_, last) = Place(to);
            if (last > first && column is >= 0 and < ColumnsMost) yield return (column, first, last);
        }
    }

    /// <remarks>Rows and cells may leave out where they stand: they follow the one before.</remarks>
    private static IEnumerable<SheetRow> Rows(Workbook book, WorksheetPart part)
    {
        using var reader = OpenXmlReader.Create(part);
        var (number, cells, row) = (0, 0, (SheetRow?)null);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(Row) && reader.IsStartElement)
            {
                if (row is not null) yield return row;
                number = int.TryParse(Workbook.Attribute(reader, "r"), CultureInfo.InvariantCulture, out var told)
                    ? told : number + 1;
                row = new(number, Workbook.Attribute(reader, "hidden") is "1" or "true");
            }
            else if (row is not null && reader.ElementType == typeof(Cell) && reader.IsStartElement)
            {
                if (++cells > Workbook.CellsMost) throw book.TooLong();
                var place = Workbook.Attribute(reader, "r") is { } at ? Place(at).Column : row.Cells.Count;
                if (place >= ColumnsMost) throw book.TooLong();
                row.Set(place, Shown(book, reader));
            }
        }

        if (row is not null) yield return row;
    }

    /// <summary>What a cell shows; a formula that nobody ever calculated shows that it is none yet.</summary>
    private static string Shown(Workbook book, OpenXmlReader reader)
    {
        var (type, style) = (Workbook.Attribute(reader, "t"), Workbook.Attribute(reader, "s"));
        var (value, isFormula) = ((string?)null, false);
        while (reader.Read() && !(reader.ElementType == typeof(Cell) && reader.IsEndElement))
        {
            if (!reader.IsStartElement) continue;
            if (reader.ElementType == typeof(InlineString)) value = SheetWords.Within(reader, typeof(InlineString));
            else if (reader.ElementType == typeof(CellFormula)) isFormula = true;
            else if (reader.ElementType == typeof(CellValue)) value = reader.GetText();
        }

        return (type, value) switch
        {
            (_, null) => isFormula ? CellErrors.NeverCalculated : "",
            ("s", _) => book.Word(int.TryParse(value, CultureInfo.InvariantCulture, out var word) ? word : -1).Trim(),
            ("b", _) => value == "1" ? "true" : "false",
            (null or "n", _) when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture,
                out var number) =>
                book.Shown(number, int.TryParse(style, CultureInfo.InvariantCulture, out var known) ? known : 0),
            ("str", _) => (System.Xml.XmlConvert.DecodeName(value) ?? "").Trim(),
            _ => value.Trim(),
        };
    }

    /// <summary>Where a cell such as <c>AB17</c> stands: zero-based column, one-based row.</summary>
    private static (int Column, int Row) Place(string cell)
    {
        var (column, at) = (0, 0);
        for (; at < cell.Length && char.IsAsciiLetter(cell[at]) && at < 4; at++) column = (column * 26)
            + (char.ToUpperInvariant(cell[at]) - 'A' + 1);
        return (column - 1, int.TryParse(cell.AsSpan(at), CultureInfo.InvariantCulture, out var row) ? row : 0);
    }

    private sealed class SheetRow(int number, bool isHidden)
    {
        public int Number => number;

        public bool IsHidden => isHidden;

        public List<string> Cells { get; } = [];

        public int Filled => Cells.Count(cell => cell.Length > 0);

        public void Set(int column, string text)
        {
            while (Cells.Count <= column) Cells.Add("");
            Cells[column] = text;
        }
    }
}

/// <summary>What a spreadsheet shows where a formula gave nothing.</summary>
internal static class CellErrors
{
    public const string NeverCalculated = "#FORMULA!";

    private static readonly HashSet<string> _shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
            "#FIELD!", "#BLOCKED!",
        NeverCalculated,
    };

    /// <summary>What is wrong with a cell that shows an error, if it does.</summary>
    public static string? Of(string text) => !text.StartsWith('#') || !_shown.Contains(text) ? null
        : text == NeverCalculated
            ? "the formula here was never calculated; open the workbook, save it, and send it again"
        : $"the formula here gave {text}; mend it in the sheet";
}
