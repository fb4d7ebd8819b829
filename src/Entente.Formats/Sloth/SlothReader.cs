using Entente.Formats.OpenSlo;
using Entente.Formats.Prometheus;
using Entente.ServiceTime.Budgets;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Sloth;

/// <summary>
/// What the command line of Sloth says beside the specs: the window and the catalogues of alert windows.
/// </summary>
public sealed record SlothOptions(
    Duration Window, IReadOnlyDictionary<Duration, IReadOnlyList<BurnRateAlert>> Catalogues)
{
    public static SlothOptions Default { get; } =
        new(Duration.FromDays(30), new Dictionary<Duration, IReadOnlyList<BurnRateAlert>>());

    public IReadOnlyList<BurnRateAlert> Alerts =>
        Catalogues.GetValueOrDefault(Window) ?? BurnRatePresets.Sloth(Window);
}

/// <summary>
/// Reads Sloth's specs: <c>prometheus/v1</c> files and the Kubernetes resource with the same content.
/// </summary>
public static class SlothReader
{
    public const string SpecVersion = "prometheus/v1";
    public const string ResourceVersion = "sloth.slok.dev/v1";

    public static bool IsSpec(YamlNode document) =>
        document.Text("version") == SpecVersion
        || (document.Text("apiVersion") == ResourceVersion && document.Text("kind") == "PrometheusServiceLevel");

    public static IReadOnlyList<ObservedObjective> Read(YamlNode document, SlothOptions options, List<Finding> findings)
    {
        // The resource spells its fields in camel case, the file in snake case; both are understood in both.
        var spec = document.Text("version") == SpecVersion ? document : document.Field("spec");
        var service = Words(spec, "service");
        if (service is null) findings.Add(Error("service", "required", "The service is missing.", document));
        var slos = spec.Items("slos");
        if (slos.Count == 0) findings.Add(Error("slos", "required", "There is no SLO.", document));
        return
        [
            .. slos.Select((slo, i) => Slo(slo, $"slos[{i}]", service ?? "unknown", spec, options, findings))
                .OfType<ObservedObjective>(),
        ];
    }

    private static ObservedObjective? Slo(
        YamlNode slo, string path, string service, YamlNode? spec, SlothOptions options, List<Finding> findings)
    {
        var before = findings.Count;
        var name = Words(slo, "name");
        if (name is null) findings.Add(Error($"{path}.name", "required", "The SLO has no name.", slo));
        var objective = slo.Number("objective");
        if (objective is not (> 0 and < 100))
            findings.Add(
                Error($"{path}.objective", "range", "Expected a percentage above 0 and below 100, such as 99.9.", slo));
        var indicator = Indicator(slo.Field("sli"), $"{path}.sli", slo, findings);
        if (findings.Skip(before).Any(finding => finding.Severity == Severity.Error)) return null;
        var alerting = slo.Field("alerting");
        return new ObservedObjective
        {
            Service = service,
            Name = name!,
            Description = Words(slo, "description"),
            Target = objective!.Value / 100,
            Window = options.Window,
            Indicator = indicator!,
            Labels = Merge(Texts(spec, "labels"), Texts(slo, "labels")),
            Alerts = [.. options.Alerts.Where(pair => !Alert(alerting, pair.Severity).IsTrue("disable"))],
            Texts = new AlertTexts
            {
                Name = Words(alerting, "name") ?? $"{name}-burn-rate",
                Labels = Texts(alerting, "labels"),
                Annotations = Texts(alerting, "annotations"),
                SeverityLabels = BySeverity(alerting, "labels"),
                SeverityAnnotations = BySeverity(alerting, "annotations"),
            },
        };
    }

    private static ObservedIndicator? Indicator(YamlNode? sli, string path, YamlNode slo, List<Finding> findings)
    {
        var given = new[] { "events", "raw", "plugin" }.Where(kind => sli.Field(kind) is not null).ToList();
        if (given.Count != 1)
        {
            findings.Add(Error(path, "mutually_exclusive", "Exactly one of events, raw and plugin is expected.", slo));
            return null;
        }

        switch (given[0])
        {
            case "plugin":
                findings.Add(Error($"{path}.plugin", "unsupported",
                    $"The SLI plugin '{sli.Field("plugin").Text("id")}' is a Go program that only Sloth can run: "
                    + "write its query as events or raw.", sli.Field("plugin")));
                return null;
            case "raw":
                var ratio = Query(sli.Field("raw"), "error_ratio_query", "errorRatioQuery", $"{path}.raw", findings);
                if (ratio is null) return null;
                findings.Add(Finding.Warning($"{path}.raw", "ratio.no_counts",
                    "A ready-made ratio has no counts: each bucket weighs the same, whatever its traffic."));
                return new ObservedIndicator.Ratio(ratio, IsFailure: true);
            default:
                var errors = Query(sli.Field("events"), "error_query", "errorQuery", $"{path}.events", findings);
                var total = Query(sli.Field("events"), "total_query", "totalQuery", $"{path}.events", findings);
                return errors is null || total is null ? null
                    : new ObservedIndicator.Events(Good: null, Bad: errors, total);
        }
    }

    private static string? Query(YamlNode? holder, string snake, string camel, string path, List<Finding> findings)
    {
        var query = Words(holder, snake) ?? Words(holder, camel);
        if (query is null) findings.Add(Error($"{path}.{snake}", "required", "The query is missing.", holder));
        else if (!PromQuery.HasWindow(query))
            findings.Add(
                Error($"{path}.{snake}", "window", "The query has no {{.window}} where its window belongs.", holder));
        else return query;
        return null;
    }

    private static YamlNode? Alert(YamlNode? alerting, string severity) => severity == BurnRatePresets.Page
        ? alerting.Field("page_alert") ?? alerting.Field("pageAlert")
        : alerting.Field("ticket_alert") ?? alerting.Field("ticketAlert");

    private static Dictionary<string, IReadOnlyDictionary<string,
        string>> BySeverity(YamlNode? alerting, string field) =>
        new[] { BurnRatePresets.Page, BurnRatePresets.Ticket }
            .ToDictionary(
                severity => severity, severity =>
                (IReadOnlyDictionary<string, string>)Texts(Alert(alerting, severity), field));

    private static Dictionary<string, string> Texts(YamlNode? node, string field) =>
        node.Field(field).Fields().ToDictionary(pair => pair.Key, pair => (pair.Value as YamlScalarNode)?.Value ?? "");

    private static Dictionary<string, string> Merge(Dictionary<string, string> first, Dictionary<string, string> second)
    {
        foreach (var (name, value) in second) first[name] = value;
        return first;
    }

    private static string? Words(YamlNode? node, string field) =>
        node.Text(field) is { Length: > 0 } text ? text : null;

    private static Finding Error(string path, string rule, string message, YamlNode? node) =>
        Finding.Error(path, rule, message, node is { Start.Line: > 0 } ? (int)node.Start.Line : null);
}
