using Entente.Formats.OpenSlo;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.OpenSlo;

public sealed class OpenSloRulesTests
{
    public static TheoryData<string> SharedFiles =>
        [.. Directory.EnumerateFiles(SharedData.Path("openslo"), "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SharedData.Path("openslo"), path)).Order(StringComparer.Ordinal)];

    // The verdict that oslo gives on its own examples: a ratio with an operator is its one error.
    private static readonly string[] RatiosWithOperator =
    [
        "v1/examples/slos.yaml", "v2alpha/examples/slos.yaml",
            "treat-low-traffic-as-equally-important/timeslices-slo.yaml",
        "budgeting-method/ratio-timeslices.yaml", "budgeting-method/timeslices-slo.yaml",
    ];

    [Theory]
    [MemberData(nameof(SharedFiles))]
    public void The_strict_verdict_on_the_official_examples_is_the_validators(string name)
    {
        var findings = OpenSloRules.Strict(Read(name)).Select(found => $"{found.Finding.Path} {found.Finding.Rule}");
        findings.ShouldBe(RatiosWithOperator.Any(name.EndsWith) ? ["spec.objectives[0].op forbidden"] : []);
    }

    [Theory]
    [MemberData(nameof(SharedFiles))]
    public void The_official_examples_are_read_leniently(string name) =>
        OpenSloRules.Lenient(Read(name)).ShouldAllBe(found => found.Finding.Severity == Severity.Warning);

    [Theory]
    [MemberData(nameof(SharedFiles))]
    public void Writing_and_reading_again_gives_the_same_tree_in_every_shape(string name)
    {
        var file = Read(name);
        foreach (var shape in Enum.GetValues<OpenSloShape>())
        {
            var again = OpenSloFile.Read(name, OpenSloFile.Write(file.Objects, shape));
            OpenSloFile.ToJson(again.Objects).ToJsonString().ShouldBe(OpenSloFile.ToJson(file.Objects).ToJsonString());
            again.Shape.ShouldBe(shape);
        }
    }

    [Theory]
    [InlineData("metadata.name", "Has Spaces", "metadata.name", "string_dns_label")]
    [InlineData("metadata.name", "", "metadata.name", "required")]
    [InlineData("metadata.displayName", "a123456789012345678901234567890123456789012345678901234567890123",
        "metadata.displayName", "string_max_length")]
    [InlineData("metadata.labels", "{'bad key': x}", "metadata.labels.bad key", "string_match_regexp")]
    [InlineData("metadata.annotations", "{'-x/y': z}", "metadata.annotations.-x/y", "string_kubernetes_qualified_name")]
    [InlineData("spec.service", "", "spec.service", "required")]
    [InlineData("spec.budgetingMethod", "Sometimes", "spec.budgetingMethod", "one_of")]
    [InlineData("spec.timeWindow", "[]", "spec.timeWindow", "slice_length")]
    [InlineData("spec.timeWindow[0].duration", "1x", "spec.timeWindow[0].duration", "one_of")]
    [InlineData("spec.timeWindow[0].duration", "week", "spec.timeWindow[0].duration", "type")]
    [InlineData("spec.timeWindow[0].isRolling", "false", "spec.timeWindow[0]", "time_window")]
    [InlineData("spec.timeWindow[0].calendar", "{startTime: 2022-01-01, timeZone: Mars/Base}",
        "spec.timeWindow[0].calendar.timeZone", "string_time_zone")]
    [InlineData("spec.objectives[0].target", "1.0", "spec.objectives[0].target", "less_than")]
    [InlineData("spec.objectives[0].target", "-0.1", "spec.objectives[0].target", "greater_than_or_equal_to")]
    [InlineData("spec.objectives[0].targetPercent", "99", "spec.objectives[0]", "mutually_exclusive")]
    [InlineData("spec.objectives[0].timeSliceTarget", "0", "spec.objectives[0].timeSliceTarget", "greater_than")]
    [InlineData("spec.objectives[0].timeSliceTarget", "", "spec.objectives[0].timeSliceTarget", "required")]
    [InlineData("spec.objectives[0].timeSliceWindow", "", "spec.objectives[0].timeSliceWindow", "required")]
    [InlineData("spec.objectives[0].value", "3", "spec.objectives[0].value", "forbidden")]
    [InlineData("spec.objectives[0].indicatorRef", "other", "spec", "mutually_exclusive")]
    [InlineData("spec.indicatorRef", "other", "spec", "mutually_exclusive")]
    [InlineData("spec.indicator.spec.thresholdMetric", "{metricSource: {spec: {q: 1}}}", "spec.indicator.spec",
        "mutually_exclusive")]
    [InlineData("spec.indicator.spec.ratioMetric.raw", "{metricSource: {spec: {q: 1}}}",
        "spec.indicator.spec.ratioMetric", "mutually_exclusive")]
    [InlineData("spec.indicator.spec.ratioMetric.good", "", "spec.indicator.spec.ratioMetric", "one_of_properties")]
    [InlineData("spec.indicator.spec.ratioMetric.total.metricSource.spec", "{}",
        "spec.indicator.spec.ratioMetric.total.metricSource.spec", "map_min_length")]
    [InlineData("spec.alertPolicies[0].alertPolicyRef", "Not A Name", "spec.alertPolicies[0].alertPolicyRef",
        "string_dns_label")]
    [InlineData("spec.alertPolicies[0].kind", "AlertPolicy", "spec.alertPolicies[0]", "mutually_exclusive")]
    [InlineData("spec.colour", "blue", "spec.colour", "unknown_field")]
    [InlineData("apiVersion", "openslo/v9", "apiVersion", "one_of")]
    [InlineData("kind", "Wish", "kind", "one_of")]
    public void Strict_mode_names_the_path_and_the_rule(string field, string value, string path, string rule)
    {
        var node = Put(field, value);
        OpenSloRules.Strict(OpenSloFile.Read("x.yaml", node)).Select(found => (found.Finding.Path, found.Finding.Rule))
            .ShouldContain((path, rule), node);
    }

    [Fact]
    public void The_example_that_the_cases_start_from_is_valid() =>
        OpenSloRules.Strict(OpenSloFile.Read("x.yaml", Example)).ShouldBeEmpty();

    [Theory]
    [InlineData("spec.objectives[0].target", "1.5")]
    [InlineData("spec.budgetingMethod", "")]
    [InlineData("spec.indicator", "")]
    [InlineData("spec.timeWindow[0].duration", "soon")]
    public void Lenient_mode_still_refuses_what_has_no_meaning(string field, string value) =>
        OpenSloRules.Lenient(OpenSloFile.Read("x.yaml", Put(field, value)))
            .ShouldContain(found => found.Finding.Severity == Severity.Error);

    [Theory]
    [InlineData("spec.timeWindow[0]",
        "{duration: 1m, isRolling: false, calendar: {startTime: 2022-01-01 00:00:00, timeZone: UTC}}",
        "trap.short_window")]
    [InlineData("spec.objectives[0]", "{targetPercent: 0.999, timeSliceTarget: 0.9, timeSliceWindow: 1m}",
        "trap.percent")]
    public void Traps_are_told_in_lenient_mode(string field, string value, string rule) =>
        OpenSloRules.Lenient(OpenSloFile.Read("x.yaml", Put(field, value)))
            .ShouldContain(found => found.Finding.Rule == rule);

    [Fact]
    public void Texts_that_look_like_something_else_are_written_in_quotes()
    {
        string[] words =
            ["no", "On", "1", "1.5", "true", "null", "~", "", "a: b", "# c", "1m", "2 lines\nof text",
            "quote \" and \\", "@x", "0x1F"];
        var node = new YamlDotNet.RepresentationModel.YamlMappingNode();
        for (var i = 0; i < words.Length; i++) node.Set($"w{i}", words[i]);
        var text = YamlTree.Write([node, node]);
        var read = YamlTree.Read(text);
        read.Count.ShouldBe(2);
        for (var i = 0; i < words.Length; i++) YamlTree.ToJson(read[1])![$"w{i}"]!.GetValue<string>()
            .ShouldBe(words[i], text);
        text.ShouldContain("\"no\"");
        text.ShouldContain("w10: 1m");
        text.ShouldNotContain("...");
    }

    [Fact]
    public void Broken_text_is_bad_input() =>
        Should.Throw<BadInputException>(() => OpenSloFile.Read("x.yaml", "a: 1\nb: [1\nc: 2\n")).Findings[0]
            .Rule.ShouldBe("yaml");

    [Fact]
    public void A_field_that_stands_twice_is_told_with_its_line() =>
        Should.Throw<BadInputException>(() => OpenSloFile.Read("x.yaml", "a: 1\nb: 2\na: 3\n")).Findings[0]
            .Line.ShouldBe(3);

    [Fact]
    public void Objects_that_are_none_are_refused()
    {
        Should.Throw<BadInputException>(() => OpenSloFile.Read("x.yaml", "just words"));
        Should.Throw<BadInputException>(() => OpenSloFile.Read("x.yaml", ""));
        Should.Throw<BadInputException>(() => OpenSloFile.Read("x.yaml", "# nothing\n---\n"));
    }

    private const string Example = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: web, displayName: Web, labels: {team: [a, b]}, annotations: {acme.example/wiki: page}}
        spec:
          service: shop
          budgetingMethod: Timeslices
          indicator:
            metadata: {name: web-ratio}
            spec:
              ratioMetric:
                counter: true
                good: {metricSource: {type: Prometheus, spec: {query: good}}}
                total: {metricSource: {type: Prometheus, spec: {query: total}}}
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{displayName: Good, target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 1m}]
          alertPolicies: [{alertPolicyRef: calls}]
        """;

    private static OpenSloFile Read(string name) =>
        OpenSloFile.Read(name, File.ReadAllText(Path.Combine(SharedData.Path("openslo"), name)));

    /// <summary>The example with one field set to a piece of YAML; an empty piece takes the field away.</summary>
    private static string Put(string path, string yaml)
    {
        var root = YamlTree.Read(Example)[0];
        var names = path.Split('.');
        var node = root;
        foreach (var name in names[..^1]) node = Step(node, name);
        if (names[^1].EndsWith(']'))
            (Step(node, names[^1][..^3]) as YamlDotNet.RepresentationModel.YamlSequenceNode)!.Children[0] =
            YamlTree.Read(yaml)[0];
        else ((YamlDotNet.RepresentationModel.YamlMappingNode)node)
            .Set(names[^1], yaml.Length == 0 ? null : YamlTree.Read(yaml)[0]);
        return YamlTree.Write([root]);
    }

    private static YamlDotNet.RepresentationModel.YamlNode Step(
        YamlDotNet.RepresentationModel.YamlNode node, string name) =>
        name.EndsWith(']') ? node.Items(name[..^3])[0] : node.Field(name)!;
}
