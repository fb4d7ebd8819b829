using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Formats.Prometheus;
using Entente.ServiceTime.Budgets;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>Reads the objectives of OpenSLO documents whose data lie in a Prometheus.</summary>
public static class OpenSloObserved
{
    private static readonly string[] PromTypes =
        ["prometheus", "promql", "sloth", "victoriametrics", "victoria-metrics", "thanos", "mimir", "cortex",
            "grafanamimir", "amazonprometheus"];

    /// <summary>Every objective of every SLO; objects that refer to each other are given together.</summary>
    public static IReadOnlyList<ObservedObjective> Read(IReadOnlyList<OpenSloObject> objects, List<Finding> findings)
    {
        foreach (var found in objects.GroupBy(item => item.File)
            .SelectMany(file => OpenSloRules.Lenient(new OpenSloFile(file.Key, OpenSloShape.Documents, [.. file])))
            .Where(found => found.Finding.Severity == Severity.Error))
            findings.Add(found.Finding with { Path = $"{found.Object?.Label}: {found.Finding.Path}" });
        if (findings.Any(finding => finding.Severity == Severity.Error)) return [];
        var v1 = OpenSloConversion.Convert(objects, OpenSloVersion.V1).Objects;
        var sources = v1.Where(item => item.Kind == OpenSloKinds.DataSource && item.Name is not null)
            .GroupBy(item => item.Name!).ToDictionary(same => same.Key, same => same.First().Spec.Text("type"));
        return
        [
            .. OpenSloReferences.Inline(v1, keepReferenced: true).Where(item => item.Kind == OpenSloKinds.Slo)
                .SelectMany(item => Slo(item, sources, findings)),
        ];
    }

    private static IEnumerable<ObservedObjective> Slo(
        OpenSloObject item, Dictionary<string, string?> sources, List<Finding> findings)
    {
        var spec = item.Spec;
        var objectives = spec.Items("objectives");
        for (var i = 0; i < objectives.Count; i++)
        {
            var path = $"{item.Label}: spec.objectives[{i}]";
            var holder = objectives[i].Field("indicator") ?? spec.Field("indicator");
            if (Indicator(holder.Field("spec"), objectives[i], sources, path, findings) is not { } indicator) continue;
            if ((objectives[i].Number("target") ?? objectives[i].Number("targetPercent") / 100) is not { } target)
                continue;
            var window = spec.Items("timeWindow").FirstOrDefault();
            yield return new ObservedObjective
            {
                Service = spec.Text("service") ?? "unknown",
                Name = objectives.Count == 1 ? item.Label : $"{item.Label}-{i}",
                Description = spec.Text("description"),
                Target = target,
                Window = Nominal(window.Text("duration")) ?? Duration.FromDays(30),
                IsCalendarAligned = window.Field("calendar") is not null,
                Indicator = indicator,
                Slices = spec.Text("budgetingMethod") switch
                {
                    "Timeslices" =>
                        new Slices(Nominal(objectives[i].Text("timeSliceWindow")) ?? Duration.FromMinutes(1),
                        objectives[i].Number("timeSliceTarget")),
                    "RatioTimeslices" =>
                        new Slices(Nominal(objectives[i].Text("timeSliceWindow")) ?? Duration.FromMinutes(1), null),
                    _ => null,
                },
                Labels = Labels(item.Metadata.Field("labels")),
                Alerts = Alerts(item),
                Texts = new AlertTexts { Name = $"{item.Label}-burn-rate" },
            };
        }
    }

    private static ObservedIndicator? Indicator(
        YamlNode? sli, YamlNode objective, Dictionary<string, string?> sources, string path, List<Finding> findings)
    {
        var ratio = sli.Field("ratioMetric");
        if (ratio is null)
        {
            var query = Query(sli.Field("thresholdMetric"), sources, path, findings);
            var comparison =
                objective.Text("op") switch { "lt" => "<", "lte" => "<=", "gt" => ">", "gte" => ">=", _ => null };
            if (query is null || comparison is null || objective.Number("value") is not { } limit) return null;
            return new ObservedIndicator.Threshold(query, comparison, limit);
        }

        if (ratio.Field("raw") is { } raw)
            return Query(raw, sources, path, findings) is { } query
                ? new ObservedIndicator.Ratio(query, IsFailure: ratio.Text("rawType") == "failure") : null;
        var total = Query(ratio.Field("total"), sources, path, findings);
        var isGood = ratio.Field("good") is not null;
        var part = Query(ratio.Field(isGood ? "good" : "bad"), sources, path, findings);
        if (total is null || part is null) return null;
        var (good, bad) = isGood ? (part, (string?)null) : (null, part);
        return PromQuery.HasWindow(total) ? new ObservedIndicator.Events(good, bad, total)
            : ratio.IsTrue("counter") ? new ObservedIndicator.Counters(good, bad, total)
            : new ObservedIndicator.Gauges(good, bad, total);
    }

    private static string? Query(
        YamlNode? metric, Dictionary<string, string?> sources, string path, List<Finding> findings)
    {
        var source = metric.Field("metricSource");
        var type = source.Text("type")
            ?? (source.Text("metricSourceRef") is { } name ? sources.GetValueOrDefault(name) : null);
        var spec = source.Field("spec");
        var query = spec.Text("query") ?? spec.Text("promql") ?? spec.Text("expr") ?? spec.Text("queryExpression");
        if (type is not null && !PromTypes.Contains(type.ToLowerInvariant()))
            findings.Add(
                Finding.Error(
                path, "not_prometheus", $"Its data lie in {type}, which rules of Prometheus cannot ask."));
        else if (string.IsNullOrWhiteSpace(query))
            findings.Add(Finding.Error(path, "no_query", "The metric has no field query, promql or expr."));
        else return query;
        return null;
    }

    private static IReadOnlyList<BurnRateAlert> Alerts(OpenSloObject item)
    {
        // OpenSLO knows one window to a condition: pairs of windows stand in an annotation, which wins.
        if (item.Metadata.Field("annotations").Text(BurnRateText.Annotation) is { } text)
            return BurnRateText.Parse(text);
        return
        [
            .. item.Spec.Items("alertPolicies").SelectMany(policy => policy.Field("spec").Items("conditions"))
                .Select(condition => condition.Field("spec")).Select(Alert).OfType<BurnRateAlert>(),
        ];
    }

    private static BurnRateAlert? Alert(YamlNode? spec)
    {
        var condition = spec.Field("condition");
        if (condition.Text("op") is not ("gt" or "gte") || condition.Number("threshold") is not { } factor) return null;
        if (Nominal(condition.Text("lookbackWindow")) is not { } window) return null;
        return new BurnRateAlert(
            window, window, factor, spec.Text("severity") ?? "page",
            condition.Text("op") == "gte" ? BurnRateComparison.AtLeast : BurnRateComparison.Above,
            Nominal(condition.Text("alertAfter")) ?? Duration.Zero);
    }

    /// <summary>Labels that Prometheus can bear; a list becomes its values in one text.</summary>
    private static Dictionary<string, string> Labels(YamlNode? labels) => labels.Fields().ToDictionary(
        pair => Regex.Replace(pair.Key, "[^a-zA-Z0-9_]", "_"),
        pair => pair.Value is YamlSequenceNode list
            ? string.Join(',', list.Children.OfType<YamlScalarNode>().Select(word => word.Value))
                : (pair.Value as YamlScalarNode)?.Value ?? "");

    /// <summary>The usual length: a month is 30 days, a quarter 90, a year 365.</summary>
    private static Duration? Nominal(string? text) => OpenSloDurationRules.Parse(text) switch
    {
        ( > 0 and var count, 'm') => Duration.FromMinutes(count),
        ( > 0 and var count, 'h') => Duration.FromHours(count),
        ( > 0 and var count, 'd') => Duration.FromDays(count),
        ( > 0 and var count, 'w') => Duration.FromDays(count * 7),
        ( > 0 and var count, 'M') => Duration.FromDays(count * 30),
        ( > 0 and var count, 'Q') => Duration.FromDays(count * 90),
        ( > 0 and var count, 'Y') => Duration.FromDays(count * 365),
        _ => null,
    };
}
