using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Entente.Formats.Documents;

/// <summary>Writes a document as DOCX (Office Open XML), with real headings, lists and tables.</summary>
public static class PaperDocx
{
    public static byte[] Write(Paper paper)
    {
        using var file = new MemoryStream();
        using (var package = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var main = package.AddMainDocumentPart();
            AddStyles(main);
            var body = new Body(Styled("Title", paper.Title), Styled("Subtitle", paper.Subtitle));
            if (paper.Label is { } label) body.AppendChild(Styled("Subtitle", label));
            foreach (var part in paper.Parts) body.Append(Write(part));
            body.AppendChild(Styled("Foot", $"{paper.Version}, SHA-256 {paper.Hash}"));
            body.AppendChild(Styled("Foot", $"Made from: {string.Join(", ", paper.Sources)}"));
            body.AppendChild(new SectionProperties(
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1134, Bottom = 1134, Left = 1134U, Right = 1134U, Header = 567U, Footer = 567U, Gutter = 0U }));
            main.Document = new Document(body);
            package.PackageProperties.Title = paper.Title;
        }

        return file.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Write(PaperPart part) => part switch
    {
        PaperPart.Heading heading => [Styled($"Heading{heading.Level}", heading.Text)],
        PaperPart.Paragraph paragraph => paragraph.Text.Split('\n').Select(line => Styled(null, line)),
        PaperPart.Bullets bullets => bullets.Items.Select(item => Styled("Bullet", "• " + item)),
        PaperPart.Grid grid => [Table(grid), Styled(null, "")],
        _ => [],
    };

    private static Table Table(PaperPart.Grid grid)
    {
        var border = new EnumValue<BorderValues>(BorderValues.Single);
        var table = new Table(new TableProperties(
            new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
            new TableBorders(
                new TopBorder { Val = border, Size = 4 }, new LeftBorder { Val = border, Size = 4 }, new BottomBorder { Val = border, Size = 4 },
                new RightBorder { Val = border, Size = 4 }, new InsideHorizontalBorder { Val = border, Size = 4 },
                    new InsideVerticalBorder { Val = border, Size = 4 })),
            new TableGrid(grid.Columns.Select(_ => new GridColumn())));
        table.AppendChild(new TableRow(new OpenXmlElement[] { new TableRowProperties(new TableHeader()) }.Concat(
            grid.Columns.Select(text => Cell(text, isBold: true)))));
        foreach (var row in grid.Rows) table.AppendChild(new TableRow(row.Select(text => Cell(text, isBold: false))));
        return table;
    }

    private static TableCell Cell(string text, bool isBold)
    {
        var run = new Run();
        if (isBold) run.AppendChild(new RunProperties(new Bold()));
        run.AppendChild(new Text(Printable(text)) { Space = SpaceProcessingModeValues.Preserve });
        return new TableCell(new Paragraph(run));
    }

    private static Paragraph Styled(string? style, string text)
    {
        var paragraph = new Paragraph();
        if (style is not null) paragraph.AppendChild(new ParagraphProperties(new ParagraphStyleId { Val = style }));
        paragraph.AppendChild(new Run(new Text(Printable(text)) { Space = SpaceProcessingModeValues.Preserve }));
        return paragraph;
    }

    /// <remarks>XML 1.0 has no control characters; one that somebody pasted must not make the file unreadable.</remarks>
    private static string Printable(string text) => new([.. text.Where(letter => letter is '\t' or '\n' || !char.IsControl(letter))]);

    private static void AddStyles(MainDocumentPart main) => main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
        Style("Normal", "22", isBold: false, after: "120", isDefault: true), Style("Title", "44", isBold: true, after: "60"),
            Style("Subtitle", "24", isBold: false, after: "240"),
        Style("Heading1", "32", isBold: true, after: "120"), Style("Heading2", "26", isBold: true, after: "100"),
            Style("Heading3", "22", isBold: true, after: "80"),
        Style("Bullet", "22", isBold: false, after: "40"), Style("Foot", "16", isBold: false, after: "40"));

    private static Style Style(string id, string halfPoints, bool isBold, string after, bool isDefault = false)
    {
        var letters = new StyleRunProperties();
        if (isBold) letters.AppendChild(new Bold());
        letters.AppendChild(new FontSize { Val = halfPoints });
        var style = new Style
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
            StyleName = new StyleName { Val = id.StartsWith("Heading", StringComparison.Ordinal) ? $"heading {id[^1]}" : id }
        };
        if (isDefault) style.Default = true;
        style.AppendChild(new StyleParagraphProperties(new SpacingBetweenLines { After = after }));
        style.AppendChild(letters);
        return style;
    }
}
