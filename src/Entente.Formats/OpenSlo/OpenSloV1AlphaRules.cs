using System.Text.RegularExpressions;

namespace Entente.Formats.OpenSlo;

/// <summary>Rules of objectives in v1alpha, where each objective may carry its own ratio.</summary>
internal static partial class OpenSloV1AlphaRules
{
    public static void Slo(OpenSloPlace spec)
    {
        var objectives = spec["objectives"].Items();
        var hasRatio = objectives.Any(objective => objective["ratioMetrics"].Exists);
        if (hasRatio == spec["indicator"].Exists)
        {
            spec.Fail("mutually_exclusive", hasRatio
                ? "Only one of indicator and objectives[*].ratioMetrics may be set."
                : "One of indicator and objectives[*].ratioMetrics must be set.");
        }

        if (!spec.Map("timeWindows", "budgetingMethod", "description", "indicator", "service", "objectives")) return;
        spec["description"].Text(OpenSloRules.DescriptionMax);
        spec["service"].Required().Text();
        spec["budgetingMethod"].Required().OneOf("Occurrences", "Timeslices");
        OpenSloDurationRules.TimeWindows(spec["timeWindows"], OpenSloVersion.V1Alpha);
        if (spec["indicator"].Map("thresholdMetric"))
        {
            spec["indicator"]["thresholdMetric"].Required();
            Source(spec["indicator"]["thresholdMetric"]);
        }

        foreach (var objective in objectives) Objective(objective, spec["budgetingMethod"].Value);
    }

    private static void Objective(OpenSloPlace objective, string? method)
    {
        if (!objective.Map("displayName", "value", "ratioMetrics", "target", "timeSliceTarget", "op")) return;
        objective["displayName"].Text(OpenSloRules.DescriptionMax);
        objective["target"].Required().NumberFrom(0, below: 1);
        var ratio = objective["ratioMetrics"];
        (ratio.Exists ? objective["value"].Forgive() : objective["value"]).Required().Number();
        if (ratio.Map("good", "total", "incremental"))
        {
            Source(ratio["good"]);
            Source(ratio["total"]);
            ratio["incremental"].Flag();
            if (objective["op"].Value != "")
                objective["op"].Forbidden("A ratio is compared with its target; op belongs to thresholds.");
        }
        else objective["op"].Required().OneOf("gt", "lt", "gte", "lte");

        if (method != "Timeslices" || objective["timeSliceTarget"].Required().Number() is not { } share) return;
        if (share < 0) objective["timeSliceTarget"].Fail("greater_than_or_equal_to", "A share is not negative.");
        if (share > 1) objective["timeSliceTarget"].Fail("less_than_or_equal_to", "A share is at most 1.");
    }

    private static void Source(OpenSloPlace source)
    {
        source.Map("source", "queryType", "query");
        foreach (var word in new[] { source["source"], source["queryType"] })
        {
            word.Forgive().Required().Text();
            if (word.HasText && !Alpha().IsMatch(word.Value!))
                word.Fail("string_alpha", $"'{word.Value}' has other signs than letters.");
        }

        source["query"].Required().Text();
        if (source["query"].HasText && string.IsNullOrWhiteSpace(source["query"].Value))
            source["query"].Fail("string_not_empty", "The query is blank.");
    }

    [GeneratedRegex(@"^[a-zA-Z]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Alpha();
}
