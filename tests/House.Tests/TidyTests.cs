using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Entente.House.Tests;

/// <summary>Small things that grow when nobody looks.</summary>
public sealed partial class TidyTests
{
    private static readonly string[] Text =
        [".cs", ".razor", ".md", ".css", ".js", ".mjs", ".json", ".csproj", ".props", ".sql", ".yaml", ".txt"];

    [Fact]
    public void A_source_file_has_at_most_400_lines() =>
        Checkout.Named(".cs").Select(file => (file, Checkout.Lines(file).Length)).Where(file => file.Length > 400)
            .ShouldBeEmpty();

    [Fact]
    public void A_line_of_source_has_at_most_160_characters()
    {
        // A sentence, a statement of SQL or a pattern is not cut: a line that begins with its text may be longer.
        var code = Checkout.Named(".cs").Select(file => (file, Text: RawText().Replace(Checkout.Read(file), "")));
        (from file in code
         from line in file.Text.Split('\n')
         where line.Length > 160 && !BeginsWithText().IsMatch(line)
         select $"{file.file}: {line.Trim()}").ShouldBeEmpty();
    }

    [Fact]
    public void No_type_is_named_by_an_empty_suffix() =>
        (from file in Checkout.Named(".cs")
         from Match type in EmptySuffix().Matches(Checkout.Read(file))
         select $"{file}: {type.Value}").ShouldBeEmpty();

    [Fact]
    public void A_task_left_open_names_its_issue() =>
        (from file in Checkout.Named(Text)
         from line in Checkout.Lines(file)
         where OpenTask().IsMatch(line) && !IssueNumber().IsMatch(line)
         select $"{file}: {line.Trim()}").ShouldBeEmpty();

    [Fact]
    public void No_file_is_larger_than_300_kilobytes() =>
        Checkout.Files.Select(file => (file, new FileInfo(Checkout.Full(file)).Length))
            .Where(file => file.Length > 300_000).ShouldBeEmpty();

    [Fact]
    public void No_path_of_a_single_machine_is_written_down() =>
        LinesWhere(Text, line => MachinePath().IsMatch(line)).ShouldBeEmpty();

    [Fact]
    public void The_root_folder_stays_small() =>
        Checkout.Files.Select(file => file.Split('/')[0]).Where(entry => entry[0] != '.').Distinct().Count()
            .ShouldBeLessThan(20);

    [Fact]
    public void Every_project_is_in_the_solution_with_a_lock_file()
    {
        var solution = XDocument.Parse(Checkout.Read("Entente.slnx")).Descendants("Project")
            .Select(project => (string)project.Attribute("Path")!);
        var projects = Checkout.Named(".csproj").ToList();
        solution.ShouldBe(projects, ignoreOrder: true);
        projects.Where(project => !Checkout.Files.Contains($"{Path.GetDirectoryName(project)}/packages.lock.json"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Lock_files_name_no_place_to_download_from() =>
        Checkout.Named("package-lock.json", "packages.lock.json")
            .Where(file => Checkout.Read(file).Contains("\"resolved\": \"http", StringComparison.Ordinal))
            .ShouldBeEmpty();

    private static IEnumerable<string> LinesWhere(string[] endings, Func<string, bool> isBad) =>
        from file in Checkout.Named(endings)
        from line in Checkout.Lines(file).Index()
        where isBad(line.Item)
        select $"{file}:{line.Index + 1}";

    [GeneratedRegex("\"\"\".*?\"\"\"", RegexOptions.Singleline)]
    private static partial Regex RawText();

    [GeneratedRegex(@"^\s*([?:+]|=>)?\s*[$@]*""")]
    private static partial Regex BeginsWithText();

    // A lone `Service` is what a customer buys; as an ending it says nothing.
    [GeneratedRegex(
        @"\b(class|record|struct|interface|enum) \w+(Service|Manager|Helper|Util|Utils|Dto|Impl|Handler)\b")]
    private static partial Regex EmptySuffix();

    [GeneratedRegex(@"(?<!`)\b(TO" + "DO|FIX" + @"ME)\b(?!`)")]
    private static partial Regex OpenTask();

    [GeneratedRegex(@"#\d+|issue number")]
    private static partial Regex IssueNumber();

    [GeneratedRegex(@"(?<![\w.$}])/(root|work|home/\w+|Users/\w+)/|[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
