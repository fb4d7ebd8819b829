using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Formats.OpenSlo;
using Entente.Formats.Prometheus;
using Entente.Formats.Tests.Prometheus;
using Entente.Tests.Shared;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Tests.Sloth;

/// <summary>Our rules beside those that Sloth generates from the same specs.</summary>
public sealed partial class SlothRulesTests
{
    public static TheoryData<string> Specs =>
    [
        "getting-started.yml", "home-wifi.yml", "kubernetes-apiserver.yml", "multifile.yml", "no-alerts.yml",
            "openslo-getting-started.yml",
    ];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Alerts_have_Sloths_windows_factors_severities_labels_and_notes(string name)
    {
        var ours = Ours(name)
            .SelectMany(group => group.Rules.OfType<PrometheusRule.Alerting>().Select(rule => Described(
            rule.Name, rule.Expression, Objective(rule.Expression, "slm_service", "slm_slo"), rule.Labels,
                rule.Annotations)));
        var sloths = Generated(name).Where(rule => rule.Text("alert") is not null).Select(rule => Described(
            rule.Text("alert")!, rule.Text("expr")!, Objective(rule.Text("expr")!, "sloth_service", "sloth_slo"),
            Texts(rule.Field("labels")), Texts(rule.Field("annotations"))));
        ours.Order(StringComparer.Ordinal).ShouldBe(sloths.Order(StringComparer.Ordinal));
        ours.Count().ShouldBe(name.StartsWith("getting", StringComparison.Ordinal) ? 2
            : name.StartsWith("no-", StringComparison.Ordinal) || name.StartsWith("openslo", StringComparison.Ordinal)
                ? 0 : 4);
    }

    [Fact]
    public void On_the_same_series_Sloths_rules_and_ours_fire_together()
    {
        var spec = ObservedFile.Read(
            [("x", File.ReadAllText(SharedData.Path("sloth", "examples", "getting-started.yml")))]).Get().Single();
        var traffic = Traffic.Random(21, days: 3);
        var pages = traffic.Fires(spec.Alerts.Where(pair => pair.Severity == "page"), spec.Target);
        var tickets = traffic.Fires(spec.Alerts.Where(pair => pair.Severity == "ticket"), spec.Target);
        pages.ShouldContain(true);
        tickets.ShouldContain(true);
        Replay(RuleFile.Write(Ours("getting-started.yml")), "slm", ("slm_service", "myservice"),
            ("slm_slo", "requests-availability"));
        Replay(File.ReadAllText(SharedData.Path("sloth", "examples", "_gen", "getting-started.yml")), "sloth",
            ("sloth_service", "myservice"), ("sloth_slo", "requests-availability"),
            ("sloth_id", "myservice-requests-availability"), ("cmd", "examplesgen.sh"));

        void Replay(string rules, string prefix, params (string Name, string Value)[] extra)
        {
            var test = new PromtoolTest(rules);
            test.Counter("http_request_duration_seconds_count{job=\"myservice\",code=\"200\"}", traffic.Good);
            test.Counter("http_request_duration_seconds_count{job=\"myservice\",code=\"500\"}", traffic.Bad);
            foreach (var bucket in Traffic.Moments(pages, tickets))
                test.Expect(bucket, "MyServiceHighErrorRate", new[] { ("page", pages), ("ticket", tickets) }
                    .Where(alert => alert.Item2[bucket - 1]).Select(alert => Firing(alert.Item1, prefix, extra)));
            test.Run();
        }
    }

    [Fact]
    public void Custom_catalogues_give_Sloths_factors()
    {
        string[] windows = ["7d.yaml", "custom-30d.yaml"];
        var factors = windows.Select(name => ObservedFile.Read(
            new[] { SharedData.Path("sloth", "windows", name),
                SharedData.Path("sloth", "examples", "getting-started.yml") }
                .Select(path => (path, File.ReadAllText(path)))).Get().Single())
            .Select(spec => PrometheusDuration.Format(spec.Window) + ": "
                + string.Join(' ', spec.Alerts.Select(pair => $"{pair.Factor:0.##}")));
        factors.ShouldBe(["7d: 13.44 3.5 1.4 0.98", "30d: 14.4 4.8 3 1"]);
    }

    [Theory]
    [InlineData("sli: {plugin: {id: sloth-common/http, options: {a: b}}}", "unsupported")]
    [InlineData("sli: {}", "mutually_exclusive")]
    [InlineData("sli: {events: {error_query: 'e[{{.window}}]'}}", "required")]
    [InlineData("sli: {events: {error_query: 'e[5m]', total_query: 't[{{.window}}]'}}", "window")]
    [InlineData("objective: 100\n  sli: {raw: {error_ratio_query: 'r[{{.window}}]'}}", "range")]
    public void What_cannot_be_read_is_told_with_its_place(string slo, string rule)
    {
        var target = slo.Contains("objective", StringComparison.Ordinal) ? "" : "objective: 99\n  ";
        var text = $"version: prometheus/v1\nservice: s\nslos:\n- name: a\n  {target}{slo}\n";
        ObservedFile.Read([("x", text)]).Findings.ShouldContain(finding => finding.Severity == Severity.Error
            && finding.Rule == rule && finding.Path.StartsWith("slos[0]", StringComparison.Ordinal));
    }

    [Fact]
    public void The_Kubernetes_resource_means_the_same_as_the_file()
    {
        const string Resource = """
            apiVersion: sloth.slok.dev/v1
            kind: PrometheusServiceLevel
            metadata: {name: x, namespace: y}
            spec:
              service: s
              labels: {team: a}
              slos:
              - name: a
                objective: 99.5
                sli: {events: {errorQuery: 'sum(rate(e[{{.window}}]))', totalQuery: 'sum(rate(t[{{.window}}]))'}}
                alerting: {name: A, pageAlert: {labels: {to: b}}, ticketAlert: {disable: true}}
            """;
        var one = ObservedFile.Read([("x", Resource)]).Get().Single();
        one.Target.ShouldBe(0.995m);
        one.Alerts.ShouldAllBe(pair => pair.Severity == "page");
        one.Texts.SeverityLabels["page"]["to"].ShouldBe("b");
        one.Labels["team"].ShouldBe("a");
        one.Window.ShouldBe(Duration.FromDays(30));
    }

    private static (IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>) Firing(
        string severity, string prefix, IEnumerable<(string Name, string Value)> extra)
    {
        var labels = new Dictionary<string, string>
        {
            ["owner"] = "myteam",
            ["repo"] = "myorg/myservice",
            ["tier"] = "2",
            ["category"] = "availability",
            [$"{prefix}_severity"] = severity,
        };
        var notes = new Dictionary<string,
            string>
        { ["summary"] = "High error rate on 'myservice' requests responses" };
        if (severity == "page") (labels["severity"], labels["routing_key"]) = ("pageteam", "myteam");
        else (labels["severity"], labels["slack_channel"]) = ("slack", "#alerts-myteam");
        if (prefix == "slm") labels["slm_windows"] = severity == "page" ? "5m/1h 30m/6h" : "2h/1d 6h/3d";
        else notes["title"] = $"({severity}) myservice requests-availability SLO error budget burn rate is too fast.";
        foreach (var (name, value) in extra) labels[name] = value;
        return (labels, notes);
    }

    private static IEnumerable<RuleGroup> Ours(string name) =>
        ObservedFile.Read([(name, File.ReadAllText(SharedData.Path("sloth", "examples", name)))]).Get()
            .Select(objective => RuleExport.Of(objective).Get());

    private static IEnumerable<YamlNode> Generated(string name) =>
        YamlTree.Read(File.ReadAllText(SharedData.Path("sloth", "examples", "_gen", name)))
            .SelectMany(document => document.Items("groups")).SelectMany(group => group.Items("rules"));

    private static Dictionary<string, string> Texts(YamlNode? node) =>
        node.Fields().ToDictionary(pair => pair.Key, pair => ((YamlScalarNode)pair.Value).Value!);

    /// <summary>What an alert means, without the names that each tool gives to its own series and labels.</summary>
    private static string Described(
        string name, string expression, string objective, IReadOnlyDictionary<string, string> labels,
            IReadOnlyDictionary<string, string> notes)
    {
        // "sum5m{...} > 0.0144" is ours, "ratio_rate5m{...} > (14.4 * 0.00099...)" is Sloth's.
        var limits = Limits().Matches(expression).Select(match => $"{match.Groups["window"].Value}>{Limit(match)}");
        var own = labels.Where(
            pair => !pair.Key.StartsWith("slm_", StringComparison.Ordinal)
            && !pair.Key.StartsWith("sloth_", StringComparison.Ordinal))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);
        var severity = labels.GetValueOrDefault("slm_severity") ?? labels.GetValueOrDefault("sloth_severity");
        var said = notes.Where(pair => !pair.Value.Contains("$labels", StringComparison.Ordinal))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);
        return $"{objective} {name} {severity} [{string.Join(' ', limits)}] "
            + $"{{{string.Join(',', own)}}} {string.Join(',', said)}";
    }

    private static string Limit(Match match) => Math.Round(
        decimal.Parse(match.Groups["a"].Value, CultureInfo.InvariantCulture)
        * (match.Groups["b"].Success
            ? decimal.Parse(match.Groups["b"].Value, NumberStyles.Float, CultureInfo.InvariantCulture) : 1m), 12)
        .ToString("0.############", CultureInfo.InvariantCulture);

    private static string Objective(string expression, string service, string slo) =>
        Regex.Match(expression, service + "=\"([^\"]*)\"").Groups[1].Value + "/"
            + Regex.Match(expression, slo + "=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex(
        @"(slm:total:sum|ratio_rate)(?<window>\w+)\{[^}]*\} > \(?(?<a>[\d.]+)( \* (?<b>[\d.e-]+))?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Limits();
}
