using Entente.Formats.Prometheus;
using Entente.Tests.Shared;
using NodaTime;

namespace Entente.Formats.Tests.Pyrra;

public sealed class PyrraReaderTests
{
    [Theory]
    [InlineData("thanos-grpc.yaml", 0.995, 7, typeof(ObservedIndicator.Counters))]
    [InlineData("caddy-response-latency.yaml", 0.90, 28, typeof(ObservedIndicator.Counters))]
    [InlineData("pyrra-connect-latency.yaml", 0.99, 14, typeof(ObservedIndicator.NativeLatency))]
    [InlineData("prometheus-probe-success.yaml", 0.99, 7, typeof(ObservedIndicator.BoolGauge))]
    public void Official_examples_are_read(string name, double target, int days, Type indicator)
    {
        var one = Read(File.ReadAllText(SharedData.Path("pyrra", "examples", name))).Get().Single();
        one.Target.ShouldBe((decimal)target);
        one.Window.ShouldBe(Duration.FromDays(days));
        one.Indicator.ShouldBeOfType(indicator);
        one.Alerts.Select(pair => $"{pair.Severity} {pair.Factor}")
            .ShouldBe(["critical 14", "critical 7", "warning 2", "warning 1"]);
        one.Texts.AbsentName.ShouldBe("SLOMetricAbsent");
    }

    [Fact]
    public void Two_objectives_may_stand_in_one_file() =>
        Read(File.ReadAllText(SharedData.Path("pyrra", "examples", "nginx.yaml"))).Get().Select(one => one.Name)
            .ShouldBe(["nginx-api-errors", "nginx-api-latency"]);

    [Fact]
    public void Grouping_and_labels_come_along()
    {
        var one = Read(File.ReadAllText(SharedData.Path("pyrra", "examples", "parca-grpc-queryrange-errors.yaml")))
            .Get().Single();
        one.Labels["team"].ShouldBe("parca");
        var grouped = Read(File.ReadAllText(SharedData.Path("pyrra", "examples", "pyrra-connect-errors.yaml"))).Get()
            .Single();
        grouped.Grouping.ShouldBe(["service", "method"]);
        RuleFile.Write([RuleExport.Of(grouped).Get()])
            .ShouldContain("sum by (service, method) (increase(connect_server_requests_total{job=\"pyrra\"}[1m]))");
    }

    [Theory]
    [InlineData("target: '101'", "range")]
    [InlineData("window: month", "duration")]
    [InlineData("indicator: {}", "mutually_exclusive")]
    [InlineData("indicator: {ratio: {errors: {metric: 'sum(x)'}, total: {metric: y}}}", "selector")]
    [InlineData("indicator: {latency: {success: {metric: x_bucket}, total: {metric: x_count}}}", "latency.le")]
    [InlineData("indicator: {latencyNative: {latency: fast, total: {metric: x}}}", "duration")]
    public void What_is_wrong_is_told(string field, string rule)
    {
        var spec = new Dictionary<string, string>
        {
            ["target"] = "target: '99'",
            ["window"] = "window: 4w",
            ["indicator"] = "indicator: {ratio: {errors: {metric: x}, total: {metric: y}}}",
        };
        spec[field.Split(':')[0]] = field;
        var text = "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: {name: a}\nspec:\n  "
            + string.Join("\n  ", spec.Values);
        Read(text).Findings.ShouldContain(finding => finding.Severity == Severity.Error && finding.Rule == rule);
    }

    [Fact]
    public void Alerts_can_be_switched_off() =>
        Read("""
            apiVersion: pyrra.dev/v1alpha1
            kind: ServiceLevelObjective
            metadata: {name: a}
            spec:
              target: '99'
              window: 4w
              indicator: {bool_gauge: {metric: up}}
              alerting: {burnrates: false}
            """).Get().Single().Alerts.ShouldBeEmpty();

    private static Reading<IReadOnlyList<ObservedObjective>> Read(string text) => ObservedFile.Read([("x.yaml", text)]);
}
