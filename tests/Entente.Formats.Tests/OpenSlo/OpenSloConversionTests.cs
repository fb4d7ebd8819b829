using Entente.Formats.OpenSlo;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.OpenSlo;

public sealed class OpenSloConversionTests
{
    [Theory]
    [MemberData(nameof(OpenSloRulesTests.SharedFiles), MemberType = typeof(OpenSloRulesTests))]
    public void Every_official_example_reads_well_in_the_versions_that_can_say_it(string name)
    {
        var objects = OpenSloFile.Read(name, File.ReadAllText(Path.Combine(SharedData.Path("openslo"), name))).Objects;
        var before = OpenSloRules.Strict(new OpenSloFile(name, OpenSloShape.Documents, objects)).Count;
        foreach (var goal in new[] { OpenSloVersion.V1, OpenSloVersion.V2Alpha })
        {
            var converted = OpenSloConversion.Convert(objects, goal);
            converted.Findings.ShouldNotContain(found => found.Finding.Severity == Severity.Error);
            converted.Objects.ShouldAllBe(item => item.Version == goal);
            var after = OpenSloRules.Strict(new OpenSloFile(name, OpenSloShape.Documents, converted.Objects));
            after.Count.ShouldBe(
                before, string.Join('\n', after.Select(found => $"{found.Object!.Label} {found.Finding}")));
        }
    }

    [Fact]
    public void From_v1_to_v2alpha_and_back_nothing_is_lost()
    {
        const string V1 = """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: web
              displayName: The web
              labels: {team: [a, b], env: prod}
              annotations: {acme.example/x: kept}
              strange: 1
            spec:
              service: shop
              unknown: {deep: [1, two]}
              indicator:
                metadata: {name: web-ratio, displayName: Ratio}
                spec:
                  ratioMetric:
                    good: {metricSource: {type: Prometheus, spec: {query: g}}}
                    total: {metricSource: {metricSourceRef: prom, spec: {query: t}}}
              budgetingMethod: Occurrences
              timeWindow: [{duration: 4w, isRolling: true}]
              objectives: [{target: 0.99}]
            """;
        var objects = OpenSloFile.Read("x", V1).Objects;
        var there = OpenSloConversion.Convert(objects, OpenSloVersion.V2Alpha);
        there.Objects[0].Spec.Text("serviceRef").ShouldBe("shop");
        there.Objects[0].Spec.Field("sli").ShouldNotBeNull();
        var back = OpenSloConversion.Convert(there.Objects, OpenSloVersion.V1);
        Normal(back.Objects).ShouldBe(Normal(objects));
    }

    [Fact]
    public void From_v1alpha_to_v1_the_ratio_becomes_the_indicator_and_comes_back()
    {
        const string Alpha = """
            apiVersion: openslo/v1alpha
            kind: SLO
            metadata: {name: web}
            spec:
              service: shop
              budgetingMethod: Occurrences
              timeWindows: [{count: 30, unit: Day, isRolling: true}]
              objectives:
              - target: 0.99
                value: 1
                ratioMetrics:
                  incremental: true
                  good: {source: prometheus, queryType: promql, query: g}
                  total: {source: prometheus, queryType: promql, query: t}
            """;
        var objects = OpenSloFile.Read("x", Alpha).Objects;
        var there = OpenSloConversion.Convert(objects, OpenSloVersion.V1);
        OpenSloRules.Strict(new OpenSloFile("x", OpenSloShape.Documents, there.Objects)).ShouldBeEmpty();
        there.Objects[0].Spec.Items("timeWindow")[0].Text("duration").ShouldBe("30d");
        Normal(OpenSloConversion.Convert(there.Objects, OpenSloVersion.V1Alpha).Objects).ShouldBe(Normal(objects));
    }

    [Fact]
    public void Objectives_with_ratios_of_their_own_become_an_SLO_each()
    {
        const string Alpha = """
            apiVersion: openslo/v1alpha
            kind: SLO
            metadata: {name: web}
            spec:
              service: shop
              budgetingMethod: Occurrences
              objectives:
              - {target: 0.99, ratioMetrics: {good: {source: p, query: g1}, total: {source: p, query: t}}}
              - {target: 0.9, ratioMetrics: {good: {source: p, query: g2}, total: {source: p, query: t}}}
            """;
        var there = OpenSloConversion.Convert(OpenSloFile.Read("x", Alpha).Objects, OpenSloVersion.V1);
        there.Objects.Select(item => item.Name).ShouldBe(["web-0", "web-1"]);
        there.Findings.ShouldContain(found => found.Finding.Rule == "split");
    }

    [Theory]
    [InlineData("{apiVersion: openslo/v1, kind: SLI, metadata: {name: x}, spec: {}}", "v1alpha")]
    [InlineData("{apiVersion: openslo/v1, kind: SLO, metadata: {name: x}, spec: {indicatorRef: y}}", "v1alpha")]
    [InlineData("{apiVersion: openslo/v1, kind: SLO, metadata: {name: x}, spec: {budgetingMethod: RatioTimeslices}}",
        "v1alpha")]
    [InlineData("{apiVersion: openslo.com/v2alpha, kind: BudgetAdjustment, metadata: {name: x}, spec: {}}", "v1")]
    public void What_a_version_cannot_say_is_an_error_and_not_silence(string yaml, string goal)
    {
        var version = goal == "v1" ? OpenSloVersion.V1 : OpenSloVersion.V1Alpha;
        var converted = OpenSloConversion.Convert(OpenSloFile.Read("x", yaml).Objects, version);
        converted.Objects.ShouldBeEmpty();
        converted.Findings.ShouldContain(found => found.Finding.Severity == Severity.Error);
    }

    private static IEnumerable<string> Normal(IEnumerable<OpenSloObject> objects) =>
        OpenSloFile.ToJson(objects).Select(Normal);

    /// <summary>JSON with its fields sorted: the order of fields has no meaning.</summary>
    private static string Normal(System.Text.Json.Nodes.JsonNode? node) => node switch
    {
        System.Text.Json.Nodes.JsonObject map =>
            "{" + string.Join(
                ',', map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}:{Normal(pair.Value)}")) + "}",
        System.Text.Json.Nodes.JsonArray list => "[" + string.Join(',', list.Select(Normal)) + "]",
        _ => node?.ToJsonString() ?? "null",
    };
}
