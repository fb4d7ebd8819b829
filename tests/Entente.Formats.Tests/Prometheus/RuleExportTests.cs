using Entente.Formats.Prometheus;
using Entente.ServiceTime.Budgets;
using Entente.Tests.Shared;
using NodaTime;

namespace Entente.Formats.Tests.Prometheus;

public sealed class RuleExportTests
{
    public static TheoryData<string> SharedSpecs =>
    [
        .. Directory.EnumerateFiles(SharedData.Path("sloth", "examples"), "*.yml")
            .Concat(Directory.EnumerateFiles(SharedData.Path("pyrra", "examples"), "*.yaml"))
            .Select(path => Path.GetRelativePath(SharedData.Path(), path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(SharedSpecs))]
    public void Promtool_accepts_the_rules_of_every_official_example(string name)
    {
        var objectives = ObservedFile.Read([(name, File.ReadAllText(SharedData.Path(name)))]).Get();
        objectives.ShouldNotBeEmpty();
        Check(RuleFile.Write(objectives.Select(objective => RuleExport.Of(objective).Get())));
    }

    [Theory]
    [InlineData("google", 30, 1)]
    [InlineData("sloth", 28, 2)]
    [InlineData("sloth", 7, 3)]
    [InlineData("grafana", 30, 4)]
    public void The_rules_fire_and_clear_exactly_when_our_arithmetic_says(string preset, int days, int seed)
    {
        var objective = Objective(BurnRatePresets.Find(preset, Duration.FromDays(days))!, Duration.FromDays(days));
        Replay(objective, seed, days: 2);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Waits_are_kept(int seed)
    {
        // Pyrra's table at 140 days: windows of 25 minutes and more, delays of 10 minutes and more.
        var pairs = BurnRatePresets.Pyrra(Duration.FromDays(140));
        pairs[0].For.ShouldBe(Duration.FromMinutes(10));
        Replay(Objective(pairs, Duration.FromDays(140)), seed, days: 2);
    }

    [Fact]
    public void Time_slices_are_counted_in_slices()
    {
        var objective = Objective(BurnRatePresets.Elastic, Duration.FromDays(30)) with
        {
            Slices = new Slices(Duration.FromMinutes(5), 0.9m),
            Target = 0.99m,
        };
        var traffic = Traffic.Random(6, days: 2);
        var slices = traffic.Total.Zip(traffic.Bad, (total, bad) => (total, bad))
            .Select(one => one.total == 0 ? (0L, 0L)
            : (1L, (one.total - one.bad) * 10 >= one.total * 9 ? 0L : 1L)).ToList();
        Replay(objective, traffic, [.. slices.Select(slice => slice.Item1)], [.. slices.Select(slice => slice.Item2)]);
    }

    [Fact]
    public void A_pair_that_can_never_fire_is_left_out_and_said()
    {
        var reading = RuleExport.Of(Objective(BurnRatePresets.Elastic, Duration.FromDays(30)) with { Target = 0.9m });
        reading.Findings.ShouldContain(finding => finding.Rule == "burn_rate.never_fires");
        RuleFile.Write([reading.Get()]).ShouldNotContain("sum5m");
    }

    [Fact]
    public void Calendar_windows_and_small_buckets_are_said()
    {
        var objective =
            Objective(BurnRatePresets.Pyrra(Duration.FromDays(7)),
            Duration.FromDays(7)) with
            { IsCalendarAligned = true };
        RuleExport.Of(objective).Findings.Select(finding => finding.Rule).ShouldBe(["window.calendar", "bucket.small"]);
        RuleExport.Bucket(objective).ShouldBe(Duration.FromMinutes(1));
    }

    public static TheoryData<ObservedIndicator> Indicators =>
    [
        new ObservedIndicator.Events("sum(rate(good_total[{{.window}}]))", null, "sum(rate(all_total[{{ .window }}]))"),
        new ObservedIndicator.Events(
            null, "sum(rate(bad_total[{{.window}}])) > 3", "sum(rate(all_total[{{.window}}]))"),
        new ObservedIndicator.Counters(null, "bad_total{code=~\"5..|{x}\"}", "all_total"),
        new ObservedIndicator.Counters("sum(good_total{a=\"}\"}) by (x)", null, "sum by (x) (all_total)"),
        new ObservedIndicator.Counters("good_total + other_total", null, "all_total"),
        new ObservedIndicator.Gauges("good", null, "good + bad"),
        new ObservedIndicator.Ratio("errors_ratio{window=\"{{.window}}\"}", IsFailure: true),
        new ObservedIndicator.Ratio("1 - errors_ratio", IsFailure: false),
        new ObservedIndicator.Threshold("histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))", "<=", 0.25m),
        new ObservedIndicator.BoolGauge("probe_success{job=\"a\"}"),
        new ObservedIndicator.NativeLatency("requests_seconds{job=\"a\"}", 0.2m),
    ];

    [Theory]
    [MemberData(nameof(Indicators))]
    public void Promtool_accepts_the_rules_of_every_kind_of_indicator(ObservedIndicator indicator)
    {
        var objective = Objective(BurnRatePresets.Google(Duration.FromDays(30)), Duration.FromDays(30)) with
        {
            Indicator = indicator,
            Grouping = ["target"],
            Labels = new Dictionary<string,
                string>
            { ["team"] = "a \"b\"" },
        };
        Check(RuleFile.Write([RuleExport.Of(objective).Get()]));
        Check(RuleFile.Write(
            [RuleExport.Of(objective with { Slices = new Slices(Duration.FromMinutes(1), null) }).Get()]));
    }

    [Theory]
    [InlineData("sum(rate(a{b=\"rate(c)\"}[5m]))", "sum(increase(a{b=\"rate(c)\"}[5m]))")]
    [InlineData("sum(rate(a[5m])) - sum(rate(b[5m])) or vector(0)",
        "sum(increase(a[5m])) - sum(increase(b[5m])) or vector(0)")]
    [InlineData("sum(rate(a[5m]) > 2)", "(sum(rate(a[5m]) > 2)) * 300")]
    [InlineData("sum(irate(a[5m]))", "(sum(irate(a[5m]))) * 300")]
    [InlineData("sum_over_time((count(a < 0.75))[5m:])", "sum_over_time((count(a < 0.75))[5m:])")]
    public void A_rate_becomes_a_count(string query, string count) =>
        BucketTexts.Good(query).ShouldStartWith($"({count}) or ");

    private static void Replay(ObservedObjective objective, int seed, int days)
    {
        var traffic = Traffic.Random(seed, days);
        Replay(objective, traffic, traffic.Total, traffic.Bad);
    }

    private static void Replay(ObservedObjective objective, Traffic traffic, long[] total, long[] bad)
    {
        RuleExport.Bucket(objective).ShouldBe(Duration.FromMinutes(Traffic.BucketMinutes));
        var group = RuleExport.Of(objective).Get();
        var test = new PromtoolTest(RuleFile.Write([group]));
        test.Counter("good_total", traffic.Good);
        test.Counter("all_total", traffic.Total);
        var alerts = objective.Alerts.GroupBy(pair => (pair.Severity, pair.For))
            .Select(pairs => (pairs.Key.Severity, Windows: RuleExport.Windows(pairs),
                Fires: Traffic.From(total, bad).Fires(pairs, objective.Target))).ToList();
        alerts.ShouldContain(
            alert => alert.Fires.Contains(true) && alert.Fires.Contains(false), "The traffic must set something off.");
        foreach (var bucket in Traffic.Moments([.. alerts.Select(alert => alert.Fires)]))
        {
            test.Expect(bucket, objective.Texts.Name, alerts.Where(alert => alert.Fires[bucket - 1]).Select(alert => (
                (IReadOnlyDictionary<string, string>)new Dictionary<string, string>
                {
                    ["slm_service"] = "shop",
                    ["slm_slo"] = "web",
                    ["severity"] = alert.Severity,
                    ["slm_severity"] = alert.Severity,
                    [RuleExport.WindowsLabel] = alert.Windows,
                },
                (IReadOnlyDictionary<string, string>)new Dictionary<string, string>
                {
                    ["summary"] = "shop web uses up its error budget too fast.",
                })));
        }

        test.Run();
    }

    private static ObservedObjective Objective(IReadOnlyList<BurnRateAlert> alerts, Duration window) => new()
    {
        Service = "shop",
        Name = "web",
        Target = 0.999m,
        Window = window,
        Alerts = alerts,
        Indicator = new ObservedIndicator.Counters("good_total", null, "all_total"),
    };

    private static void Check(string rules)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, rules);
            var (code, text) = RealPrograms.Promtool("check", "rules", file);
            code.ShouldBe(0, text + rules);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static class BucketTexts
    {
        public static string Good(string query) => RuleExport.Of(Objective([], Duration.FromDays(30)) with
        {
            Indicator = new ObservedIndicator.Events(query, null, "sum(rate(t[{{.window}}]))"),
        }).Get().Rules.OfType<PrometheusRule.Recording>().Single(rule => rule.Name == "slm:good:increase5m").Expression;
    }
}
