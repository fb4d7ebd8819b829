using System.Net;
using System.Text;

namespace Entente.Formats.Documents;

/// <summary>Writes a document as one page of HTML that needs nothing beside it: for printing, and for keeping.</summary>
public static class PaperHtml
{
    /// <summary>Characters of a cell that is never broken.</summary>
    public const int ShortMost = 12;

    /// <remarks>No ligatures: what is copied out of a PDF, a hash above all, has to be what was written.</remarks>
    private const string Style =
        """
        @page { size: A4; margin: 20mm 18mm }
        body { font: 11pt/1.5 Georgia, serif; font-variant-ligatures: none; color: #000; background: #fff; max-width: 174mm; margin: auto }
        h1 { font-size: 18pt } h2 { font-size: 14pt; margin-top: 18pt } h3, h4 { font-size: 12pt } h2, h3, h4 { break-after: avoid }
        ul, p { margin: 0 0 6pt } p, td { white-space: pre-wrap } table { border-collapse: collapse; width: 100%; margin: 6pt 0 12pt; font-size: 10pt }
        th, td { border: .5pt solid #777; padding: 3pt 5pt; text-align: left; vertical-align: top; overflow-wrap: anywhere } thead { display: table-header-group }
        tr { break-inside: avoid } .short { white-space: nowrap } .label { border: 1pt solid #000; padding: 4pt } footer { margin-top: 24pt; border-top: .5pt solid #777; font-size: 8pt; overflow-wrap: anywhere }
        """;

    public static string Write(Paper paper)
    {
        StringBuilder page = new("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">");
        page.Append($"<title>{Text(paper.Title)}</title><style>{Style}</style></head>\n<body>\n<h1>{Text(paper.Title)}</h1>\n<p>{Text(paper.Subtitle)}</p>\n");
        if (paper.Label is { } label) page.Append($"<p class=\"label\">{Text(label)}</p>\n");
        foreach (var part in paper.Parts) page.Append(Write(part)).Append('\n');
        page.Append($"<footer>{Text(paper.Version)}, SHA-256 {paper.Hash}<br>Made from: {Text(string.Join(", ", paper.Sources))}</footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Write(PaperPart part) => part switch
    {
        PaperPart.Heading heading => $"<h{heading.Level + 1}>{Text(heading.Text)}</h{heading.Level + 1}>",
        PaperPart.Paragraph paragraph => $"<p>{Text(paragraph.Text)}</p>",
        PaperPart.Bullets bullets => $"<ul>{string.Concat(bullets.Items.Select(item => $"<li>{Text(item)}</li>"))}</ul>",
        PaperPart.Grid grid =>
            $"<table><thead><tr>{string.Concat(grid.Columns.Select(cell => $"<th scope=\"col\">{Text(cell)}</th>"))}</tr></thead><tbody>"
            + string.Concat(grid.Rows.Select(row => $"<tr>{string.Concat(row.Select(Cell))}</tr>")) + "</tbody></table>",
        _ => "",
    };

    /// <summary>A number keeps its unit beside it.</summary>
    private static string Cell(string text) => $"<td{(text.Length <= ShortMost ? " class=\"short\"" : "")}>{Text(text)}</td>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
