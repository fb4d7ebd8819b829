using System.Text;

namespace Entente.Formats.Documents;

/// <summary>Writes a document as Markdown; what people typed is escaped, so that it says what it said.</summary>
public static class PaperMarkdown
{
    public static string Write(Paper paper)
    {
        StringBuilder text = new();
        text.Append($"# {Escape(paper.Title)}\n\n{Escape(paper.Subtitle)}\n\n");
        if (paper.Label is { } label) text.Append($"> {Escape(label)}\n\n");
        foreach (var part in paper.Parts) text.Append(Write(part)).Append('\n');
        text.Append($"---\n\n{Escape(paper.Version)}, SHA-256 {paper.Hash}\n\nMade from: {Escape(string.Join(", ", paper.Sources))}\n");
        return text.ToString();
    }

    private static string Write(PaperPart part) => part switch
    {
        PaperPart.Heading heading => $"{new string('#', heading.Level + 1)} {Escape(heading.Text)}\n",
        PaperPart.Paragraph paragraph => $"{Escape(paragraph.Text)}\n",
        PaperPart.Bullets bullets => string.Concat(bullets.Items.Select(item => $"- {Escape(item)}\n")),
        PaperPart.Grid grid => $"| {string.Join(" | ", grid.Columns.Select(Cell))} |\n|{string.Concat(grid.Columns.Select(_ => " --- |"))}\n"
            + string.Concat(grid.Rows.Select(row => $"| {string.Join(" | ", row.Select(Cell))} |\n")),
        _ => "",
    };

    private static string Cell(string text) => Escape(text).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (var letter in text)
        {
            if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#') escaped.Append('\\');
            escaped.Append(letter);
        }

        return escaped.ToString();
    }
}
