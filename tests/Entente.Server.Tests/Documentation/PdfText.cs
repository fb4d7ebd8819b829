using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Entente.Server.Tests.Documentation;

/// <summary>The words in a PDF that Chromium printed: its content streams, by the maps from glyphs to letters of its fonts.</summary>
internal static partial class PdfText
{
    public static string Of(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var objects = ObjectPattern().Matches(text).ToDictionary(match => match.Groups[1].Value, match => (match.Groups[2].Value, At: match.Groups[2].Index));
        var fonts = FontPattern().Matches(text).DistinctBy(match => match.Groups[1].Value)
            .ToDictionary(match => match.Groups[1].Value, match => Letters(match.Groups[2].Value));
        StringBuilder words = new();
        foreach (var page in objects.Values.Where(one => one.Item1.Contains("/Type /Page\n", StringComparison.Ordinal)))
        {
            var font = new Dictionary<string, string>();
            foreach (Match token in TokenPattern().Matches(Stream(ContentsPattern().Match(page.Item1).Groups[1].Value)))
            {
                if (token.Groups["font"].Success) font = fonts.GetValueOrDefault(token.Groups["font"].Value) ?? [];
                foreach (var glyph in token.Groups["hex"].Value.Chunk(4)) words.Append(font.GetValueOrDefault(new string(glyph).ToUpperInvariant(), ""));
            }
        }

        return words.ToString().Normalize(NormalizationForm.FormKC);

        Dictionary<string, string> Letters(string number)
        {
            Dictionary<string, string> letters = [];
            var map = objects.TryGetValue(number, out var font) && MapPattern().Match(font.Item1) is { Success: true } found
                ? Stream(found.Groups[1].Value) : "";
            foreach (Match section in SectionPattern().Matches(map))
            {
                foreach (Match row in RowPattern().Matches(section.Groups[2].Value))
                {
                    var first = int.Parse(row.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                    var last = row.Groups[3].Success ? int.Parse(row.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : first;
                    var letter = Convert.FromHexString(row.Groups[3].Success ? row.Groups[3].Value : row.Groups[2].Value);
                    for (var glyph = first; glyph <= last; glyph++, letter[^1]++) letters.TryAdd($"{glyph:X4}", Encoding.BigEndianUnicode.GetString(letter));
                }
            }

            return letters;
        }

        string Stream(string number)
        {
            if (!objects.TryGetValue(number, out var one)) return "";
            var length = int.Parse(LengthPattern().Match(one.Item1).Groups[1].Value, CultureInfo.InvariantCulture);
            var start = one.At + one.Item1.IndexOf("stream\n", StringComparison.Ordinal) + "stream\n".Length;
            using var plain = new StreamReader(new ZLibStream(new MemoryStream(pdf, start, length), CompressionMode.Decompress), Encoding.Latin1);
            return plain.ReadToEnd();
        }
    }

    [GeneratedRegex(@"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", RegexOptions.Singleline)]
    private static partial Regex ObjectPattern();

    [GeneratedRegex(@"/(F\d+) (\d+) 0 R")]
    private static partial Regex FontPattern();

    [GeneratedRegex(@"/Contents (\d+) 0 R")]
    private static partial Regex ContentsPattern();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex MapPattern();

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex LengthPattern();

    [GeneratedRegex(@"begin(bfchar|bfrange)(.*?)end\1", RegexOptions.Singleline)]
    private static partial Regex SectionPattern();

    [GeneratedRegex(@"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>(?:[ \t]*<([0-9A-Fa-f]+)>)?")]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"/(?<font>F\d+) [\d.]+ Tf|<(?<hex>[0-9A-Fa-f]+)>")]
    private static partial Regex TokenPattern();
}
