using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>Every document in every form says the same words, with its version, its hash and what it was made from.</summary>
public sealed partial class DocumentDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _cast = await Cast.Assemble();
        await _cast.Describe();
    }

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Fact]
    public async Task Every_document_says_the_same_in_every_form_and_to_nobody_else()
    {
        foreach (var (side, room) in new[] { (_cast.Cem, "requirements"), (_cast.Pia, "specs") })
        {
            await Must(side.Ask(HttpMethod.Put, _cast.Path($"/{room}/checkout/terms/checkout.uptime"), Uptime(">= 99.95 %")));
            await Must(side.Ask(HttpMethod.Post, _cast.Path($"/{room}/checkout/release"), new { }));
        }

        await Must(_cast.Pia.Ask(HttpMethod.Put, _cast.Path("/specs/checkout/sheet"), new
        {
            external = "You can pay.\nAt night too: *always*, für alle | even #1.",
            @internal = new { risks = "Quokka: the <old> database", underpinning = new[] { "Hosting_contract: 99.9 %" } },
        }));
        string[] names = ["charter", "catalogue", "spec-sheets", "quality-plan", "evidence", "internal-sheets"];
        foreach (var name in names)
        {
            var document = await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path($"/documents/{name}")));
            var words = Words(Plain(await _cast.Pia.GetStringAsync(_cast.Path($"/documents/{name}.md"))));
            words.Count.ShouldBeGreaterThan(12, name);
            words.ShouldContain(document.GetProperty("hash").GetString()!);
            var said = string.Join(' ', words);
            foreach (var source in document.GetProperty("sources").EnumerateArray().Append(document.GetProperty("version")))
                said.ShouldContain(string.Join(' ', Words(source.GetString()!)), customMessage: name);
            document.GetProperty("sources").GetArrayLength().ShouldBeGreaterThan(0, name);
            Sorted(Words(Html(await _cast.Pia.GetStringAsync(_cast.Path($"/documents/{name}.html"))))).ShouldBe(Sorted(words), name);
            Sorted(Words(Docx(await _cast.Pia.GetByteArrayAsync(_cast.Path($"/documents/{name}.docx"))))).ShouldBe(Sorted(words), name);
            var printed = string.Concat(Words(PdfText.Of(await _cast.Pia.GetByteArrayAsync(_cast.Path($"/documents/{name}.pdf")))));
            words.Where(word => !printed.Contains(word, StringComparison.Ordinal)).ShouldBeEmpty($"{name}.pdf: {printed}");
            (await _cast.Pia.Look($"/engagements/{_cast.Engagement}/documents/{name}")).Html.ShouldContain(document.GetProperty("hash").GetString()!);
            foreach (var form in new[] { "", ".md", ".html", ".docx", ".pdf", ".json" })
            {
                (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path($"/documents/{name}{form}"))).Status.ShouldBe(404, name + form);
                (await _cast.Zoe.Look($"/engagements/{_cast.Engagement}/documents/{name}{form}")).Status.ShouldBe(404, name + form);
                if (name == "internal-sheets" || form == ".md")
                {
                    var (status, body) = await _cast.Cem.Look(_cast.Path($"/documents/{name}{form}"));
                    status.ShouldBe(name == "internal-sheets" ? 404 : 200);
                    body.ShouldNotContain("Quokka");
                }
            }
        }

        (await _cast.Pia.GetStringAsync(_cast.Path("/documents/internal-sheets.md"))).ShouldContain("spec sheet of checkout edition 1");
        (await Must(_cast.Sam.Ask(HttpMethod.Get, _cast.Path("/documents")))).GetArrayLength().ShouldBe(5);
        var list = (await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path("/documents")))).EnumerateArray().ToList();
        list.Select(one => one.GetProperty("name").GetString()).ShouldBe(names, ignoreOrder: true);
        var page = (await _cast.Pia.Look($"/engagements/{_cast.Engagement}/documents")).Html;
        foreach (var one in list)
        {
            var made = await Must(_cast.Pia.Ask(HttpMethod.Get, _cast.Path($"/documents/{one.GetProperty("name").GetString()}")));
            var hash = made.GetProperty("hash").GetString()!;
            one.GetProperty("hash").GetString().ShouldBe(hash);
            page.ShouldContain($"{hash[..12]}…");
        }

        list.Single(one => one.GetProperty("name").GetString() == "evidence").GetProperty("sources").EnumerateArray()
            .Select(one => one.GetString()).ShouldContain("inventory, agreements and reports as of 2026-03-02");
        (await _cast.Zoe.Ask(HttpMethod.Get, _cast.Path("/documents"))).Status.ShouldBe(404);
        (await _cast.Sam.Ask(HttpMethod.Get, _cast.Path("/documents/zork.md"))).Status.ShouldBe(404);
    }

    /// <summary>Markdown without its marks: what is escaped is what it says.</summary>
    private static string Plain(string markdown) => EscapePattern().Replace(MarkPattern().Replace(markdown, ""), "$1");

    private static string Html(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        foreach (var hidden in page.QuerySelectorAll("style, script, title").ToList()) hidden.Remove();
        return string.Join(' ', page.Body!.GetDescendants().OfType<IText>().Select(node => node.Data));
    }

    private static string Docx(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var part = zip.GetEntry("word/document.xml")!.Open();
        return string.Join(' ', XDocument.Load(part).Descendants().Where(one => one.Name.LocalName == "t").Select(one => one.Value));
    }

    private static List<string> Words(string text) => [.. WordPattern().Matches(text).Select(match => match.Value)];

    private static List<string> Sorted(List<string> words) => [.. words.Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\|(?: --- \|)+|^---$|(?<!\\)[#|>]|^- ", RegexOptions.Multiline)]
    private static partial Regex MarkPattern();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex EscapePattern();

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex WordPattern();
}
