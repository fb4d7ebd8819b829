using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Entente.Formats.Documents;
using Markdig;

namespace Entente.Formats.Tests.Documents;

public sealed class PaperTests
{
    private static readonly Paper _paper = new("Charter", "Globex × Acme", "Edition 2", ["charter/eng_1 version 5"],
    [
        new PaperPart.Heading(1, "Purpose"), new PaperPart.Paragraph("Pay *nothing* for <b>what</b> is not | kept\u0007."),
        new PaperPart.Bullets(["One", "Two"]), new PaperPart.Grid(["Term", "Value"], [["uptime", "99.9 %"], ["a | b", "line\nline"]]),
    ]);

    [Fact]
    public void Markdown_says_what_was_written_and_nothing_more()
    {
        var html = Markdown.ToHtml(PaperMarkdown.Write(_paper), new MarkdownPipelineBuilder().UsePipeTables().Build());
        html.ShouldContain("<h1>Charter</h1>");
        html.ShouldContain("Pay *nothing* for &lt;b&gt;what&lt;/b&gt; is not | kept");
        html.ShouldContain("<td>a | b</td>");
        html.ShouldContain(_paper.Hash);
    }

    [Fact]
    public void Word_opens_the_file_and_finds_headings_and_table()
    {
        using var package = WordprocessingDocument.Open(new MemoryStream(PaperDocx.Write(_paper)), isEditable: false);
        new OpenXmlValidator().Validate(package).Select(error => $"{error.Path?.XPath}: {error.Description}").ShouldBeEmpty();
        var body = package.MainDocumentPart!.Document!.Body!;
        body.Descendants<ParagraphStyleId>().Select(style => style.Val!.Value).ShouldContain("Heading1");
        body.Descendants<TableRow>().Count().ShouldBe(3);
        body.InnerText.ShouldContain("99.9 %");
        body.InnerText.ShouldContain(_paper.Hash);
    }

    [Fact]
    public void Html_needs_nothing_beside_it_and_runs_nothing_that_was_typed()
    {
        var html = PaperHtml.Write(_paper);
        html.ShouldContain("for &lt;b&gt;what&lt;/b&gt; is not | kept");
        html.ShouldContain("@page");
        html.ShouldContain($"SHA-256 {_paper.Hash}<br>Made from: charter/eng_1 version 5");
        html.ShouldNotContain("href=");
        html.ShouldNotContain("src=");
    }

    [Fact]
    public void The_hash_changes_with_every_word_and_with_nothing_else()
    {
        (_paper with { Title = "Charter" }).Hash.ShouldBe(_paper.Hash);
        (_paper with { Version = "Edition 3" }).Hash.ShouldNotBe(_paper.Hash);
        (_paper with { Parts = [.. _paper.Parts, new PaperPart.Paragraph("more")] }).Hash.ShouldNotBe(_paper.Hash);
    }
}
