using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Entente.House.Tests;

/// <summary>Bargaining, ServiceTime ← Entente ← Formats, Storage ← Server ← Cli; a stage knows only those before it.</summary>
public sealed partial class ArrowTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Entente.Bargaining"] = [],
        ["Entente.ServiceTime"] = [],
        ["Entente"] = ["Entente.Bargaining", "Entente.ServiceTime"],
        ["Entente.Formats"] = ["Entente"],
        ["Entente.Storage"] = ["Entente"],
        ["Entente.Server"] = ["Entente", "Entente.Formats", "Entente.Storage"],
        ["Entente.Cli"] = ["Entente", "Entente.Formats", "Entente.Storage", "Entente.Server"],
    };

    private static readonly string[] StagesInOrder =
        ["Documentation", "Negotiation", "Agreements", "Monitoring", "Review"];

    private static IEnumerable<string> Projects =>
        Checkout.Named(".csproj").Where(file => file.StartsWith("src/", StringComparison.Ordinal));

    [Fact]
    public void Rooms_reference_only_what_the_arrows_allow()
    {
        Projects.Select(Path.GetFileNameWithoutExtension).ShouldBe(MayReference.Keys, ignoreOrder: true);
        foreach (var project in Projects)
        {
            var references = XDocument.Parse(Checkout.Read(project)).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
            references.Except(MayReference[Path.GetFileNameWithoutExtension(project)]).ShouldBeEmpty(project);
        }
    }

    [Fact]
    public void Engines_bring_no_package_but_time()
    {
        Packages("src/Entente.Bargaining/Entente.Bargaining.csproj").ShouldBeEmpty();
        Packages("src/Entente.ServiceTime/Entente.ServiceTime.csproj").ShouldBe(["NodaTime"]);
        Packages("src/Entente/Entente.csproj").ShouldBe(["NodaTime"]);
    }

    [Fact]
    public void A_stage_knows_only_the_stages_before_it() => StageBreaks(SourcesOfStages()).ShouldBeEmpty();

    [Fact]
    public void A_stage_that_looks_ahead_is_noticed()
    {
        StageBreaks([("src/Entente/Documentation/A.cs", "using Entente.Review;")]).ShouldHaveSingleItem();
        StageBreaks([("src/Entente/Negotiation/A.cs", "var x = Monitoring.TicketCase.Open;")]).ShouldHaveSingleItem();
        StageBreaks([("src/Entente/Terms/A.cs", "using Entente.Documentation;")]).ShouldHaveSingleItem();
        StageBreaks([("src/Entente/Review/A.cs", "using Entente.Negotiation;")]).ShouldBeEmpty();
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var strays =
            from file in Checkout.Named(".cs")
            where file.StartsWith("src/", StringComparison.Ordinal)
            let declared = Namespace().Match(Checkout.Read(file))
            where declared.Success
            let folder = Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.')
            // What all stages share carries the name of the house alone.
            where declared.Groups[1].Value != folder
                && !(folder == "Entente.Common" && declared.Groups[1].Value == "Entente")
            select $"{file} declares {declared.Groups[1].Value}";
        strays.ShouldBeEmpty();
    }

    private static IEnumerable<string> StageBreaks(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        let own = Array.IndexOf(StagesInOrder, source.File.Split('/')[2])
        from later in StagesInOrder.Skip(own + 1)
        where Regex.IsMatch(source.Text, $@"using (static )?Entente\.{later}\b|(?<![\w.])(Entente\.)?{later}\.[A-Z]")
        select $"{source.File} looks ahead to {later}";

    // Folders that are no stage (Common, Terms, Engagements) come before all stages.
    private static IEnumerable<(string File, string Text)> SourcesOfStages() =>
        from file in Checkout.Named(".cs")
        where file.StartsWith("src/Entente/", StringComparison.Ordinal) && file.Count(letter => letter == '/') > 2
        select (file, Comments().Replace(Checkout.Read(file), ""));

    private static string[] Packages(string project) =>
    [
        .. XDocument.Parse(Checkout.Read(project)).Descendants("PackageReference")
            .Select(package => (string)package.Attribute("Include")!),
    ];

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex("//.*")]
    private static partial Regex Comments();
}
