using System.Globalization;
using Entente.Formats.OpenSlo;
using Entente.Tests.Shared;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Tests.Prometheus;

/// <summary>One run of <c>promtool test rules</c> over five-minute buckets.</summary>
internal sealed class PromtoolTest(string rules)
{
    private readonly List<YamlNode> _series = [];
    private readonly List<YamlNode> _alerts = [];

    /// <summary>A counter that starts at 0 and has grown by each bucket's number at the bucket's end.</summary>
    public void Counter(string series, IEnumerable<long> buckets)
    {
        var sum = 0L;
        var values = string.Join(' ', buckets.Select(bucket => sum += bucket).Prepend(0L));
        _series.Add(new YamlMappingNode().Set("series", series).Set("values", values));
    }

    /// <summary>What must fire at the end of a bucket: labels and annotations of each alert.</summary>
    public void Expect(
        int bucket, string alert,
        IEnumerable<(IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Notes)> firing) =>
        _alerts.Add(new YamlMappingNode()
            .Set("eval_time", string.Create(CultureInfo.InvariantCulture, $"{bucket * 5}m"))
            .Set("alertname", alert)
            .Set("exp_alerts", new YamlSequenceNode(firing.Select(one => new YamlMappingNode()
                .Set("exp_labels", Map(one.Labels)).Set("exp_annotations", Map(one.Notes))))));

    public void Run()
    {
        var folder = RealPrograms.NewFolder();
        try
        {
            File.WriteAllText(Path.Combine(folder, "rules.yml"), rules);
            var test = new YamlMappingNode()
                .Set("rule_files", new YamlSequenceNode(new YamlScalarNode("rules.yml")))
                    .Set("evaluation_interval", "5m")
                // Groups that read each other's series are evaluated in the order of the file, else in a random one.
                .Set("group_eval_order", new YamlSequenceNode(YamlTree.Read(rules)
                    .SelectMany(document => document.Items("groups")).Select(group => YamlTree.Scalar(group.Text("name")!))))
                .Set("tests", new YamlSequenceNode(new YamlMappingNode().Set("interval", "5m")
                    .Set("input_series", new YamlSequenceNode(_series))
                        .Set("alert_rule_test", new YamlSequenceNode(_alerts))));
            File.WriteAllText(Path.Combine(folder, "test.yml"), YamlTree.Write([test]));
            var (code, text) = RealPrograms.Promtool("test", "rules", Path.Combine(folder, "test.yml"));
            code.ShouldBe(0, text.Length > 3000 ? text[..3000] : text);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static YamlMappingNode Map(IReadOnlyDictionary<string, string> map)
    {
        var node = new YamlMappingNode();
        foreach (var (name, value) in map) node.Set(name, value);
        return node;
    }
}
