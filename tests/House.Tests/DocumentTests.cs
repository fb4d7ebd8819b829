using System.Reflection;
using System.Text.RegularExpressions;

namespace Entente.House.Tests;

/// <summary>What the documents point at exists.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Rooms =
        ["Entente.Bargaining", "Entente.ServiceTime", "Entente.Stages", "Entente.Formats", "Entente.Storage",
            "Entente.Server", "entente"];

    [Fact]
    public void Every_relative_link_leads_somewhere()
    {
        var dead =
            from file in Checkout.Named(".md")
            from Match link in Link().Matches(Code().Replace(Checkout.Read(file), ""))
            let parts = link.Groups[1].Value.Split('#')
            where !parts[0].Contains(':')
            let target =
                Path.GetFullPath(Checkout.Full(Path.Combine(Path.GetDirectoryName(file)!,
                    Uri.UnescapeDataString(parts[0]))))
            let page = parts[0].Length == 0 ? Checkout.Full(file) : target
            where !(File.Exists(page) || Directory.Exists(page))
                || (parts.Length > 1 && page.EndsWith(".md") && !Anchors(page).Contains(parts[1]))
            select $"{file}: {link.Groups[1].Value}";
        dead.ShouldBeEmpty();
    }

    [Fact]
    public void Every_word_of_the_glossary_is_a_type_or_a_folder()
    {
        var known = Rooms.SelectMany(room => Assembly.Load(room).GetTypes()).Select(type => type.Name.Split('`')[0])
            .Concat(Checkout.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal))
                .SelectMany(file => file.Split('/')[..^1]))
            .ToHashSet();
        var words = Checkout.Lines("docs/glossary.md").Select(line => Entry().Match(line)).Where(entry => entry.Success)
            .ToList();
        words.Count.ShouldBeGreaterThan(20);
        words.SelectMany(entry =>
            Type().Matches(entry.Groups["types"].Value)
                .Select(type => (Word: entry.Groups["word"].Value, Type: type.Groups[1].Value)))
            .Where(word => !known.Contains(word.Type))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_glossary_gives_a_word_one_meaning()
    {
        var words = Checkout.Lines("docs/glossary.md").Select(line => Entry().Match(line)).Where(entry => entry.Success)
            .Select(entry => entry.Groups["word"].Value).ToList();
        words.GroupBy(word => word, StringComparer.OrdinalIgnoreCase).Where(word => word.Count() > 1)
            .Select(word => word.Key).ShouldBeEmpty();
        words.ShouldBe(words.Order(StringComparer.OrdinalIgnoreCase));
    }

    private static HashSet<string> Anchors(string page) =>
    [
        .. Heading().Matches(File.ReadAllText(page)).Select(heading =>
            NotInAnchor().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    // - **Charter** (`Charter`): what it means.
    [GeneratedRegex(@"^- \*\*(?<word>[^*]+)\*\*(?: \((?<types>`[^)]*`)\))?: ")]
    private static partial Regex Entry();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Type();
}
