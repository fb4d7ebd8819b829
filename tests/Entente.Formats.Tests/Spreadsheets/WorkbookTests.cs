using System.IO.Compression;
using Entente.Documentation;
using Entente.Formats.Inventory;
using Entente.Formats.Spreadsheets;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.Spreadsheets;

public sealed class WorkbookTests
{
    [Fact]
    public void A_sheet_is_read_like_a_table()
    {
        var export = Read(Xlsx.Of("Name|Status|Owner|Depends on", "web|In Betrieb|Erik|db", "db|auf Lager||"));
        export.Source.ShouldBe("csv");
        export.Items.Select(one => (one.Item.Key, one.Item.Owner, ((InventoryItem.Asset)one.Item).Lifecycle))
            .ShouldBe([("web", "Erik", Lifecycle.InUse), ("db", "", Lifecycle.Planned)]);
        ((InventoryItem.Asset)export.Items[0].Item).DependsOn.ShouldBe(["db"]);
        export.Findings.ShouldBeEmpty();
        Read(Xlsx.Of("sys_id|name|sys_class_name", "1|web|Server")).Source.ShouldBe("servicenow");
    }

    [Fact]
    public void The_first_sheet_with_a_header_is_read_or_the_one_that_is_named()
    {
        var book = Xlsx.Book(new Xlsx.Sheet("Cover", Xlsx.Rows("Assets of Acme")),
            new("Old", Xlsx.Rows("name|owner", "gone|Erik"), State: "hidden"),
            new("Servers", Xlsx.Rows("name|owner", "web|Erik")), new("Sites", Xlsx.Rows("name|owner", "Berlin|Beth")));
        var export = Read(book);
        export.Items.ShouldHaveSingleItem().Item.Name.ShouldBe("web");
        export.Findings.ShouldHaveSingleItem().Message.ShouldBe(
            "The sheet 'Servers' is read; the workbook also holds Cover, Old (hidden), Sites: "
            + "name a sheet to read that one.");
        export.Sheets.Single(one => one.IsRead).Name.ShouldBe("Servers");
        Read(book, new(Sheet: "sites")).Items.ShouldHaveSingleItem().Item.Name.ShouldBe("Berlin");
        Read(book, new(Sheet: "Old")).Items.ShouldHaveSingleItem().Item.Name.ShouldBe("gone");
        Refused(book, "Racks").ShouldContain("expected one of Cover, Old, Servers, Sites, found 'Racks'");
        Refused(book, "Cover").ShouldContain("names at least two columns");
        Refused(Xlsx.Book(new Xlsx.Sheet("Empty", "")))
            .ShouldContain("no sheet has a row that names at least two columns");
    }

    [Fact]
    public void A_title_above_the_header_an_empty_row_and_a_hidden_one_do_not_disturb_it()
    {
        var export = Read(Xlsx.Book(new Xlsx.Sheet("S", """
            <row r="1"><c r="A1" t="inlineStr"><is><t>Assets, as of March</t></is></c></row>
            <row r="3"><c r="B3" t="inlineStr"><is><t>name</t></is></c><c r="C3" t="inlineStr"><is><t>owner</t></is></c></row>
            <row r="5"><c r="B5" t="inlineStr"><is><t>web</t></is></c></row>
            <row r="7" hidden="1"><c r="B7" t="inlineStr"><is><t>db</t></is></c><c r="C7"/></row>
            <row r="9"><c r="B9" t="inlineStr"><is><t>x</t></is></c><c r="F9"><v>1</v></c></row>
            """)));
        export.Items.Select(one => (one.Row, one.Item.Name)).ShouldBe([(5, "web"), (7, "db")]);
        export.Findings.Select(finding => (finding.Path, finding.Message)).ShouldBe(
        [
            ("x, sheet S", "Row 7 is hidden in the sheet and read all the same."),
            ("x, sheet S, row 9",
                "Something stands in F9, and the header names no column F: name it, or empty the cell."),
        ]);
    }

    [Fact]
    public void A_cell_that_is_merged_over_rows_stands_in_each_of_them()
    {
        var export = Read(Xlsx.Book(new Xlsx.Sheet("S", Xlsx.Rows("name|owner|type", "a|Erik|server", "b||server",
            "c||server"),
            "<mergeCells><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"A1:A1\"/></mergeCells>")));
        export.Items.Select(one => one.Item.Owner).ShouldBe(["Erik", "Erik", ""]);
    }

    [Fact]
    public void A_formula_is_its_last_result_and_one_without_a_result_leaves_its_row_out()
    {
        var export = Read(Xlsx.Book(new Xlsx.Sheet("S", Xlsx.Rows("name|owner|rack") + """
            <row><c t="str"><f>A1&amp;"1"</f><v>web</v></c><c t="s"><v>0</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
            <row><c t="s"><v>1</v></c><c t="e"><f>VLOOKUP(1,2,3)</f><v>#N/A</v></c></row>
            <row><c t="inlineStr"><is><t>x</t></is></c><c><f>B9</f></c></row>
            """)));
        var only = export.Items.ShouldHaveSingleItem();
        (only.Row, only.Item.Name, only.Item.Owner).ShouldBe((2, "web", "shared"),
            "a column that fills nothing may be broken");
        export.Findings.Select(finding => (finding.Path, finding.Rule)).ShouldBe(
            [("x, sheet S, row 3, column owner", "import.formula"),
                ("x, sheet S, row 4, column owner", "import.formula")]);
        export.Findings[0].Message.ShouldContain("gave #N/A");
        export.Findings[1].Message.ShouldContain("never calculated");
    }

    /// <remarks>What the same sheet saved as CSV would say, but for the machine: dates in one order, no
    /// grouping.</remarks>
    [Theory]
    [InlineData("General", "0.30000000000000004", "0.3")]
    [InlineData("General", "1234567890123456", "1234567890123460")]
    [InlineData("General", "1E-3", "0.001")]
    [InlineData("General\" GB\"", "16", "16 GB")]
    [InlineData("0", "3.5", "4")]
    [InlineData("#,##0.00", "1234567.891", "1234567.89")]
    [InlineData("0.0##", "1.5", "1.5")]
    [InlineData("00000", "42", "00042")]
    [InlineData("00-000", "1234", "01-234")]
    [InlineData("0%", "0.995", "100%")]
    [InlineData("0.0%", "0.995", "99.5%")]
    [InlineData("0.0,\"K\"", "12345", "12.3K")]
    [InlineData("#,##0.00\\ \"€\"", "1200", "1200.00 €")]
    [InlineData("[$EUR]\\ #,##0.00", "1200.5", "EUR 1200.50")]
    [InlineData("_-* #,##0.00\\ [$€-407]_-;\\-* #,##0.00\\ [$€-407]_-;_-* \"-\"??\\ [$€-407]_-;_-@_-", "1200",
        "1200.00 €")]
    [InlineData("_-* #,##0.00\\ [$€-407]_-;\\-* #,##0.00\\ [$€-407]_-;_-* \"-\"??\\ [$€-407]_-;_-@_-", "-7", "-7.00 €")]
    [InlineData("_-* #,##0.00\\ [$€-407]_-;\\-* #,##0.00\\ [$€-407]_-;_-* \"-\"??\\ [$€-407]_-;_-@_-", "0", "0")]
    [InlineData("#,##0_);[Red](#,##0)", "-1200", "-1200")]
    [InlineData("0", "-0.4", "0")]
    [InlineData("0.00E+00", "1200", "1200")]
    [InlineData("# ?/?", "0.5", "0.5")]
    [InlineData("yyyy\\-mm\\-dd", "46082", "2026-03-01")]
    [InlineData("dd/mm/yy;@", "46082.75", "2026-03-01")]
    [InlineData("[$-407]d. mmmm yyyy", "46082", "2026-03-01")]
    [InlineData("m/d/yy h:mm AM/PM", "46082.604166666664", "2026-03-01 14:30:00")]
    [InlineData("h:mm", "0.5", "12:00:00")]
    [InlineData("[h]:mm:ss", "1.5", "36:00:00")]
    [InlineData("yyyy-mm-dd", "59", "1900-02-28")]
    [InlineData("yyyy-mm-dd", "61", "1900-03-01")]
    [InlineData("yyyy-mm-dd", "-1", "-1")]
    [InlineData("id 14", "46082", "2026-03-01")]
    [InlineData("id 46", "0.25", "6:00:00")]
    [InlineData("id 9", "0.5", "50%")]
    public void A_number_stands_as_its_cell_shows_it(string format, string kept, string shown) =>
        Cell("", format, $"<c s=\"1\"><v>{kept}</v></c>").ShouldBe(shown);

    [Theory]
    [InlineData("<c t=\"s\"><v>1</v></c>", "two runs")]
    [InlineData("<c t=\"b\"><v>1</v></c>", "true")]
    [InlineData("<c t=\"str\"><v>a_x000A_b</v></c>", "a\nb")]
    [InlineData("<c t=\"d\"><v>2026-03-01</v></c>", "2026-03-01")]
    [InlineData("<c t=\"s\"><v>99</v></c>", null)]
    public void A_cell_of_another_type_stands_as_its_words(string cell, string? shown) => Cell("", "General", cell)
        .ShouldBe(shown);

    [Fact]
    public void A_workbook_may_count_its_days_from_1904() =>
        Cell("date1904=\"1\"", "yyyy-mm-dd", "<c s=\"1\"><v>44620</v></c>").ShouldBe("2026-03-01");

    [Fact]
    public void Amounts_dates_and_quantities_of_a_sheet_are_understood()
    {
        string[] formats = ["#,##0.00\\ \"€\"", "0\" GB\"", "dd.mm.yyyy"];
        var export = Read(Xlsx.Book("", formats, new Xlsx.Sheet("S", Xlsx.Rows("name|run|capacity|kind|due|measure") + """
            <row><c t="inlineStr"><is><t>web</t></is></c><c s="1"><v>1200.5</v></c><c s="2"><v>16</v></c></row>
            <row><c r="A3" t="inlineStr"><is><t>Fewer calls</t></is></c><c r="D3" t="inlineStr"><is><t>goal</t></is></c>
              <c r="E3" s="3"><v>46387</v></c>
              <c r="F3" t="inlineStr"><is><t>calls</t></is></c></row>
            """)));
        export.Findings.ShouldBeEmpty();
        var web = (InventoryItem.Asset)export.Items[0].Item;
        (web.Run.ToString(), web.Capacity.ToString()).ShouldBe(("EUR 1200.50", "16 GB"));
        ((InventoryItem.Goal)export.Items[1].Item).Due.ShouldBe(new NodaTime.LocalDate(2026, 12, 31));
    }

    [Fact]
    public void What_is_no_workbook_says_what_it_looks_like()
    {
        Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
            .ShouldContain("an old Excel workbook (.xls), or one with a password");
        Refused([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10]).ShouldContain("a picture");
        Refused([1, 0, 2, 0, 3, 0]).ShouldContain("binary data of no known kind");
        Refused(Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<a/>")))
            .ShouldContain("a Word document");
        Refused(Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.bin", "x"))).ShouldContain("save it as .xlsx");
        Refused(Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"))).ShouldContain("OpenDocument");
        Refused(Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"))).ShouldContain("damaged");
        Refused(Xlsx.Of("name|owner", "web|Erik")[..400]).ShouldContain("a ZIP");
        Refused(Xlsx.Book(new Xlsx.Sheet("S", Xlsx.Rows("name|owner") + "<row><c></row>"))).ShouldContain("damaged");
    }

    /// <remarks>A million empty cells are a few kilobytes when packed; cells, sheets that unpack too far, and columns
    /// have a bound.</remarks>
    [Fact]
    public void A_small_file_that_unpacks_to_a_large_one_is_refused()
    {
        Refused(Xlsx.Book(new Xlsx.Sheet("S", Xlsx.Rows("name|owner", "web|Erik")
            + $"<row>{string.Concat(Enumerable.Repeat("<c/>", 20_000))}</row>"))).ShouldContain("split the workbook");
        var padded = Xlsx.Book(new Xlsx.Sheet("S", Xlsx.Rows("name|owner", "web|Erik")));
        using var file = new MemoryStream();
        file.Write(padded);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("xl/media.bin", CompressionLevel.Fastest).Open();
            for (var part = 0; part < 257; part++) entry.Write(new byte[1024 * 1024]);
        }

        Refused(file.ToArray()).ShouldContain("256 MB when unpacked");
    }

    private static InventoryExport Read(byte[] book, ExportOptions? options = null) =>
        InventoryExports.Read([ExportFile.Of("x", book)], options ?? new());

    private static string Refused(byte[] book, string? sheet = null) =>
        Should.Throw<BadInputException>(() => Read(book, new(Sheet: sheet))).Message;

    private static string? Cell(string properties, string format, string cell)
    {
        var book = Xlsx.Book(properties, [format], new Xlsx.Sheet("S", Xlsx.Rows("name|value")
            + $"<row><c t=\"inlineStr\"><is><t>x</t></is></c>{cell}</row>"));
        using var rows = new Workbook("x", book).Rows();
        return rows.Read().Single().Values[1];
    }

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(text);
            }
        }

        return file.ToArray();
    }
}
