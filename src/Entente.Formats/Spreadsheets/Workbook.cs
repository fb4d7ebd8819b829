using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Entente.Formats.Spreadsheets;

/// <summary>A sheet of a workbook, hidden or not.</summary>
public sealed record SheetName(string Name, bool IsHidden);

/// <summary>An Excel workbook (.xlsx, .xlsm), of which one sheet is read as a table.</summary>
/// <remarks>
/// Nothing is loaded as a tree: a small file can unpack to a large one, so parts are read element by element, and both
/// the unpacked bytes and the cells have a bound.
/// </remarks>
public sealed class Workbook : IDisposable
{
    internal const int CellsMost = 5_000_000;
    private const long BytesMost = 256L * 1024 * 1024;
    private const int EntriesMost = 10_000;

    private readonly string _name;
    private readonly SpreadsheetDocument _document;
    private readonly List<(SheetName Sheet, WorksheetPart Part)> _sheets;
    private readonly Lazy<string[]> _words;
    private readonly Lazy<CellFormat[]> _formats;
    private bool _is1904;

    /// <exception cref="BadInputException">The bytes are no workbook that can be read.</exception>
    public Workbook(string name, byte[] content)
    {
        _name = name;
        Bound(content);
        _document = Open(content);
        var book = _document.WorkbookPart ?? throw Damaged();
        _sheets = Guarded(() => Listed(book).ToList());
        _words = new(() => [.. SheetWords.Read(book.SharedStringTablePart, this)]);
        _formats = new(() => [.. CellFormats.Read(book.WorkbookStylesPart)]);
    }

    public IReadOnlyList<SheetName> Sheets => [.. _sheets.Select(one => one.Sheet)];

    /// <summary>Reads a workbook from a stream, which it closes.</summary>
    /// <exception cref="BadInputException">It is another packed document, damaged, or too long.</exception>
    public static Workbook Read(Stream content, string name)
    {
        using var whole = new MemoryStream();
        using (content)
        {
            var buffer = new byte[81_920];
            while (content.Read(buffer) is var count and > 0)
            {
                whole.Write(buffer, 0, count);
                if (whole.Length > BytesMost) throw TooLong(name);
            }
        }

        var bytes = whole.ToArray();
        return (IsPackage(bytes) ? OtherPackage(bytes) : "a ZIP of other files, or a damaged workbook") is { } other
            ? throw new BadInputException(name, "import.kind", $"this looks like {other}") : new(name, bytes);
    }

    /// <summary>Whether bytes are a package as Office writes it: a ZIP that lists its content types.</summary>
    public static bool IsPackage(byte[] content)
    {
        if (content is not [(byte)'P', (byte)'K', 3, 4, ..]) return false;
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false));
            return zip.GetEntry("[Content_Types].xml") is not null || zip.GetEntry("mimetype") is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>What a package that is no workbook looks like; nothing for a workbook.</summary>
    internal static string? OtherPackage(byte[] content)
    {
        using var zip = new ZipArchive(new MemoryStream(content, writable: false));
        var names = zip.Entries.Select(entry => entry.FullName).ToList();
        return names.Contains("xl/workbook.bin") ? "a binary Excel workbook (.xlsb): save it as .xlsx"
            : names.Exists(name => name.StartsWith("xl/", StringComparison.Ordinal)) ? null
            : names.Exists(name => name.StartsWith("word/", StringComparison.Ordinal))
                ? "a Word document: save its table as CSV or .xlsx"
            : names.Exists(name => name.StartsWith("ppt/", StringComparison.Ordinal)) ? "a PowerPoint presentation"
            : names.Contains("mimetype") ? "an OpenDocument or another packed document: save it as .xlsx or CSV"
            : "a packed document of no known kind";
    }

    /// <summary>The rows of the sheet that is named, or of the first one that has a header and is not hidden.</summary>
    /// <exception cref="BadInputException">There is no such sheet, or none has a header.</exception>
    public SheetRows Rows(string? sheet = null) => Guarded(() =>
    {
        var asked = sheet?.Trim() is { Length: > 0 } name ? name : null;
        var found = _sheets.Where(one => asked is null ? !one.Sheet.IsHidden
            : string.Equals(one.Sheet.Name, asked, StringComparison.OrdinalIgnoreCase)).ToList();
        if (asked is not null && found.Count == 0) throw new BadInputException("sheet", "import.sheet",
            $"expected one of {string.Join(", ", _sheets.Select(one => one.Sheet.Name))}, found '{asked}'");
        return found.Select(one => SheetRows.Find(this, one.Sheet, one.Part, asked is not null))
            .FirstOrDefault(rows => rows is not null)
            ?? throw new BadInputException(_name, "import.sheet",
                (asked is null ? "no sheet" : $"the sheet '{asked}'")
                + " has a row that names at least two columns: write the names of the columns above the rows");
    });

    public void Dispose() => _document.Dispose();

    internal string Word(int place) => place >= 0 && place < _words.Value.Length ? _words.Value[place] : "";

    internal string Shown(double number, int style) =>
        (style >= 0 && style < _formats.Value.Length ? _formats.Value[style] : CellFormat.General)
            .Show(number, _is1904);

    internal BadInputException TooLong() => TooLong(_name);

    private static BadInputException TooLong(string name) => new(name, "import.too_long",
        $"expected at most {BytesMost / 1024 / 1024} MB when unpacked and {CellsMost:#,0} cells; split the workbook");

    /// <summary>Reads on, and says of what is broken that the file is.</summary>
    internal T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException wrong) when (wrong.Message.Contains("MaxCharacters", StringComparison.Ordinal))
        {
            throw TooLong();
        }
        catch (Exception wrong) when (IsBroken(wrong))
        {
            throw Damaged();
        }
    }

    /// <remarks>A chart has a sheet of its own, and no rows.</remarks>
    private IEnumerable<(SheetName, WorksheetPart)> Listed(WorkbookPart book)
    {
        using var reader = OpenXmlReader.Create(book);
        while (reader.Read())
        {
            if (!reader.IsStartElement) continue;
            if (reader.ElementType == typeof(WorkbookProperties)) _is1904 = Attribute(reader, "date1904") is "1"
                or "true";
            else if (reader.ElementType == typeof(Sheet) && book.Parts.FirstOrDefault(one =>
                one.RelationshipId == Attribute(reader, "id"))
                ?.OpenXmlPart is WorksheetPart part)
                yield return (new(Attribute(reader, "name") ?? "",
                    Attribute(reader, "state") is not (null or "visible")), part);
        }
    }

    internal static string? Attribute(OpenXmlReader reader, string name) =>
        reader.Attributes.FirstOrDefault(one => one.LocalName == name).Value;

    private static bool IsBroken(Exception wrong) => wrong is InvalidDataException or OpenXmlPackageException
        or FileFormatException
        or XmlException or ArgumentOutOfRangeException or KeyNotFoundException or FormatException or UriFormatException;

    private void Bound(byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false));
            if (zip.Entries.Count > EntriesMost || zip.Entries.Sum(entry => entry.Length) > BytesMost) throw TooLong();
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    private SpreadsheetDocument Open(byte[] content)
    {
        try
        {
            return SpreadsheetDocument.Open(new MemoryStream(content, writable: false), isEditable: false,
                new OpenSettings { MaxCharactersInPart = BytesMost });
        }
        catch (Exception wrong) when (IsBroken(wrong) || wrong is IOException)
        {
            throw Damaged();
        }
    }

    private BadInputException Damaged() =>
        new(_name, "import.damaged",
            "this workbook is damaged or has a password; open it, save it without one, and send it again");
}
