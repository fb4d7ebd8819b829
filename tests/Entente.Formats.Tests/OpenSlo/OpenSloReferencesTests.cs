using Entente.Formats.OpenSlo;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.OpenSlo;

public sealed class OpenSloReferencesTests
{
    private const string WithReferences = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: web}
        spec:
          service: shop
          budgetingMethod: Occurrences
          indicatorRef: web-ratio
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          alertPolicies: [{alertPolicyRef: calls}]
        ---
        apiVersion: openslo/v1
        kind: AlertPolicy
        metadata: {name: calls}
        spec:
          alertWhenBreaching: true
          conditions: [{conditionRef: fast}]
          notificationTargets: [{targetRef: desk}]
        ---
        apiVersion: openslo/v1
        kind: AlertCondition
        metadata: {name: fast, annotations: {acme.example/why: pager}}
        spec: {severity: page, condition: {kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h, alertAfter: 2m}}
        ---
        apiVersion: openslo/v1
        kind: AlertNotificationTarget
        metadata: {name: desk}
        spec: {target: email}
        ---
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: web-ratio}
        spec:
          ratioMetric:
            good: {metricSource: {metricSourceRef: prom, type: Prometheus, spec: {query: good}}}
            total: {metricSource: {metricSourceRef: prom, type: Prometheus, spec: {query: total}}}
        """;

    [Fact]
    public void Inlining_puts_each_object_in_the_place_of_its_name()
    {
        var inlined = OpenSloReferences.Inline(Read(WithReferences));
        var only = inlined.ShouldHaveSingleItem();
        var text = OpenSloFile.Write(inlined, OpenSloShape.Documents);
        foreach (var reference in new[] { "indicatorRef", "alertPolicyRef", "conditionRef", "targetRef" })
            text.ShouldNotContain(reference);
        only.Spec.Items("alertPolicies")[0].Field("spec").Items("conditions")[0].Field("spec").Field("condition")
            .Text("threshold").ShouldBe("14.4");
        OpenSloRules.Strict(OpenSloFile.Read("x", text)).ShouldBeEmpty();
        OpenSloReferences.Inline(Read(WithReferences), keepReferenced: true).Count.ShouldBe(5);
    }

    [Fact]
    public void Export_is_the_inverse_of_inlining()
    {
        var objects = Read(WithReferences);
        var back = OpenSloReferences.Export(OpenSloReferences.Inline(objects));
        Sorted(back).ShouldBe(Sorted(objects));
    }

    [Fact]
    public void A_name_that_nobody_bears_is_told_with_its_path()
    {
        var broken = Read(WithReferences).Where(item => item.Kind != "AlertCondition").ToList();
        Should.Throw<BadInputException>(() => OpenSloReferences.Inline(broken)).Findings[0].Path
            .ShouldBe("web: spec.alertPolicies[0].spec.conditions[0].conditionRef");
    }

    [Fact]
    public void Two_objects_with_one_name_and_different_content_are_kept_apart()
    {
        const string Two = """
            - apiVersion: openslo/v1
              kind: SLO
              metadata: {name: a}
              spec: {service: s, indicator: {metadata: {name: x}, spec: {q: 1}}}
            - apiVersion: openslo/v1
              kind: SLO
              metadata: {name: b}
              spec: {service: s, indicator: {metadata: {name: x}, spec: {q: 2}}}
            - apiVersion: openslo/v1
              kind: SLO
              metadata: {name: c}
              spec: {service: s, indicator: {metadata: {name: x}, spec: {q: 1}}}
            """;
        var exported = OpenSloReferences.Export(Read(Two));
        exported.Where(item => item.Kind == "SLI").Select(item => item.Name).ShouldBe(["x", "x-2"]);
        exported.Where(item => item.Kind == "SLO").Select(item => item.Spec.Text("indicatorRef"))
            .ShouldBe(["x", "x-2", "x"]);
    }

    [Fact]
    public void In_v2alpha_a_data_source_is_taken_in_where_it_is_known()
    {
        const string Known = """
            - apiVersion: openslo.com/v2alpha
              kind: DataSource
              metadata: {name: prom}
              spec: {type: Prometheus, connectionDetails: {url: u}}
            - apiVersion: openslo.com/v2alpha
              kind: SLI
              metadata: {name: x}
              spec: {thresholdMetric: {dataSourceRef: prom, spec: {q: 1}}}
            - apiVersion: openslo.com/v2alpha
              kind: SLI
              metadata: {name: y}
              spec: {thresholdMetric: {dataSourceRef: other, spec: {q: 1}}}
            """;
        var inlined = OpenSloReferences.Inline(Read(Known));
        inlined.Select(item => item.Name).ShouldBe(["x", "y"]);
        inlined[0].Spec.Field("thresholdMetric").Field("dataSourceSpec").Text("type").ShouldBe("Prometheus");
        inlined[1].Spec.Field("thresholdMetric").Text("dataSourceRef").ShouldBe("other");
    }

    [Theory]
    [MemberData(nameof(OpenSloRulesTests.SharedFiles), MemberType = typeof(OpenSloRulesTests))]
    public void Export_of_the_official_examples_leaves_nothing_inside_and_stays_as_valid(string name)
    {
        var objects = Read(File.ReadAllText(Path.Combine(SharedData.Path("openslo"), name)));
        var exported = OpenSloReferences.Export(objects);
        exported.Count.ShouldBeGreaterThanOrEqualTo(objects.Count);
        foreach (var item in exported.Where(item => item.Kind == "SLO" && item.Version != OpenSloVersion.V1Alpha))
            (item.Spec.Field("indicator") ?? item.Spec.Field("sli")).ShouldBeNull();
        var file = OpenSloFile.Read(name, OpenSloFile.Write(exported, OpenSloShape.Sequence));
        // Once the indicator is referred to, the validator no longer sees that it is a ratio.
        OpenSloRules.Strict(file).ShouldBeEmpty();
    }

    private static IReadOnlyList<OpenSloObject> Read(string text) => OpenSloFile.Read("x.yaml", text).Objects;

    private static IEnumerable<string> Sorted(IEnumerable<OpenSloObject> objects) =>
        OpenSloFile.ToJson(objects).Select(node => node!.ToJsonString()).Order(StringComparer.Ordinal);
}
