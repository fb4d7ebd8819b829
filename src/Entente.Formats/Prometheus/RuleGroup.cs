using System.Text.Json.Nodes;
using Entente.Formats.OpenSlo;
using NodaTime;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Prometheus;

/// <summary>A rule of Prometheus: it records a series or raises an alert.</summary>
public abstract record PrometheusRule(string Expression, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Writes the result of an expression as a series.</summary>
    public sealed record Recording(string Name, string Expression, IReadOnlyDictionary<string, string> Labels)
        : PrometheusRule(Expression, Labels);

    /// <summary>Fires for each result of an expression, once it has stood for a while.</summary>
    public sealed record Alerting(
        string Name, string Expression, Duration For, IReadOnlyDictionary<string, string> Labels,
        IReadOnlyDictionary<string, string> Annotations) : PrometheusRule(Expression, Labels);
}

/// <summary>
/// Rules that are evaluated one after the other at the same moments, <paramref name="Interval"/> apart.
/// </summary>
public sealed record RuleGroup(string Name, Duration Interval, IReadOnlyList<PrometheusRule> Rules);

/// <summary>
/// Groups of rules as a file that <c>promtool check rules</c> accepts, or as the operator's resource.
/// </summary>
public static class RuleFile
{
    public static string Write(IEnumerable<RuleGroup> groups) => YamlTree.Write([Node(groups)]);

    /// <summary>A <c>PrometheusRule</c> resource of the Prometheus operator.</summary>
    public static string WriteResource(IEnumerable<RuleGroup> groups, string name) => YamlTree.Write(
    [
        new YamlMappingNode().Set("apiVersion", "monitoring.coreos.com/v1").Set("kind", "PrometheusRule")
            .Set("metadata", new YamlMappingNode().Set("name", name)).Set("spec", Node(groups)),
    ]);

    public static JsonNode ToJson(IEnumerable<RuleGroup> groups) => YamlTree.ToJson(Node(groups))!;

    private static YamlMappingNode Node(IEnumerable<RuleGroup> groups) =>
        new YamlMappingNode().Set("groups", new YamlSequenceNode(groups.Select(Group)));

    private static YamlMappingNode Group(RuleGroup group) =>
        new YamlMappingNode().Set("name", group.Name).Set("interval", PromQuery.Text(group.Interval))
            .Set("rules", new YamlSequenceNode(group.Rules.Select(Rule)));

    private static YamlMappingNode Rule(PrometheusRule rule)
    {
        var node = new YamlMappingNode();
        if (rule is PrometheusRule.Recording recording) node.Set("record", recording.Name);
        if (rule is PrometheusRule.Alerting alert) node.Set("alert", alert.Name);
        node.Set("expr", new YamlScalarNode(rule.Expression) { Style = ScalarStyle.Literal });
        if (rule is PrometheusRule.Alerting { For: var wait } && wait > Duration.Zero)
            node.Set("for", PromQuery.Text(wait));
        if (rule.Labels.Count > 0) node.Set("labels", Map(rule.Labels));
        if (rule is PrometheusRule.Alerting { Annotations: { Count: > 0 } notes }) node.Set("annotations", Map(notes));
        return node;
    }

    private static YamlMappingNode Map(IReadOnlyDictionary<string, string> map) =>
        new(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair =>
                KeyValuePair.Create<YamlNode, YamlNode>(YamlTree.Scalar(pair.Key), YamlTree.Scalar(pair.Value))));
}
