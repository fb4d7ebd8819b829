using System.IO.Compression;
using System.Security;
using System.Text;

namespace Entente.Tests.Shared;

/// <summary>Makes workbooks by hand, so that a test can say exactly what stands in them.</summary>
public static class Xlsx
{
    private const string Space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>A workbook of one sheet of texts: lines, their cells apart by bars.</summary>
    public static byte[] Of(params string[] lines) => Book(new Sheet("Sheet1", Rows(lines)));

    /// <summary>Rows of texts that lie in the cells themselves.</summary>
    public static string Rows(params string[] lines) => string.Concat(lines.Select((line, row) =>
        $"<row r=\"{row + 1}\">{string.Concat(line.Split('|').Select((cell, column) => cell.Length == 0 ? ""
            : $"<c r=\"{(char)('A' + column)}{row + 1}\" t=\"inlineStr\"><is>"
                + $"<t xml:space=\"preserve\">{SecurityElement.Escape(cell)}</t></is></c>"))}</row>"));

    public static byte[] Book(params Sheet[] sheets) => Book("", [], sheets);

    /// <param name="properties">Attributes of the workbook's properties.</param>
    /// <param name="formats">The formats that cells name by <c>s</c>, from 1 on (0 is General); <c>id 14</c> is one
    /// that every workbook knows.</param>
    public static byte[] Book(string properties, string[] formats, params Sheet[] sheets)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + Type("workbook", "sheet.main") + Type("styles", "styles") + Type("words", "sharedStrings")
                + string.Concat(sheets.Select((_, place) => Type($"sheet{place}", "worksheet"))) + "</Types>");
            Put(zip, "_rels/.rels", Related(("r1", "officeDocument", "xl/workbook.xml")));
            Put(zip, "xl/_rels/workbook.xml.rels", Related(
                [("styles", "styles", "styles.xml"), ("words", "sharedStrings", "words.xml"),
                    .. sheets.Select((_, place) => ($"s{place}", "worksheet", $"sheet{place}.xml"))]));
            Put(zip, "xl/workbook.xml",
                $"<workbook xmlns=\"{Space}\" xmlns:r=\"{Relations}\"><workbookPr {properties}/><sheets>"
                + string.Concat(sheets.Select((sheet, place) =>
                    $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{place + 1}\" "
                    + $"state=\"{sheet.State}\" r:id=\"s{place}\"/>")) + "</sheets></workbook>");
            Put(zip, "xl/styles.xml", $"<styleSheet xmlns=\"{Space}\"><numFmts>"
                + string.Concat(formats.Select((code, place) =>
                    $"<numFmt numFmtId=\"{place + 164}\" formatCode=\"{SecurityElement.Escape(code)}\"/>"))
                + "</numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
                + string.Concat(formats.Select((code, place) =>
                    $"<xf numFmtId=\"{(code.StartsWith("id ", StringComparison.Ordinal) ? code[3..] : $"{place + 164}")}\"/>"))
                + "</cellXfs></styleSheet>");
            Put(zip, "xl/words.xml",
                $"<sst xmlns=\"{Space}\"><si><t>shared</t></si><si><r><t>two </t></r><r><t>runs</t></r>"
                + "<rPh sb=\"0\" eb=\"1\"><t>reading</t></rPh></si></sst>");
            for (var place = 0; place < sheets.Length; place++)
                Put(zip, $"xl/sheet{place}.xml",
                    $"<worksheet xmlns=\"{Space}\"><sheetData>{sheets[place].Rows}</sheetData>{sheets[place].After}</worksheet>");
        }

        return file.ToArray();
    }

    private static string Type(string part, string kind) => $"<Override PartName=\"/xl/{part}.xml\" "
        + $"ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml\"/>";

    private static string Related(params (string Id, string Type, string Target)[] all) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(all.Select(one =>
            $"<Relationship Id=\"{one.Id}\" Type=\"{Relations}/{one.Type}\" Target=\"{one.Target}\"/>"))
        + "</Relationships>";

    private static void Put(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A sheet as its XML says it.</summary>
    public sealed record Sheet(string Name, string Rows, string After = "", string State = "visible");
}
