namespace Entente.Formats.OpenSlo;

/// <summary>Rules of indicators: a threshold on a value, or a ratio of good, bad, total or ready-made.</summary>
internal static class OpenSloIndicatorRules
{
    public static void Sli(OpenSloPlace spec, OpenSloVersion version)
    {
        spec.Map("description", "thresholdMetric", "ratioMetric");
        spec["description"].Text(OpenSloRules.DescriptionMax);
        spec.ExactlyOne("thresholdMetric", "ratioMetric");
        if (spec["thresholdMetric"].Exists) Metric(spec["thresholdMetric"], version);
        if (spec["ratioMetric"].Exists) Ratio(spec["ratioMetric"], version);
    }

    /// <summary>An indicator that stands in its objective, under whichever name the version gives it.</summary>
    public static void Inline(OpenSloPlace indicator, OpenSloVersion version)
    {
        if (!indicator.Map("metadata", "spec")) return;
        OpenSloRules.Metadata(
            indicator["metadata"].Exists ? indicator["metadata"] : indicator["metadata"].Forgive(), version);
        Sli(indicator["spec"], version);
    }

    private static void Ratio(OpenSloPlace ratio, OpenSloVersion version)
    {
        if (!ratio.Map("counter", "good", "bad", "total", "rawType", "raw")) return;
        ratio["counter"].Flag();
        var basis = ratio.ExactlyOne("total", "raw");
        if (basis is null) return;
        ratio.AtMostOne("raw", "good", "bad");
        if (basis == "total" && !ratio["good"].Exists && !ratio["bad"].Exists)
            ratio.Fail("one_of_properties", "One of good and bad must be set beside total.");
        foreach (var part in new[] { "total", "good", "bad", "raw" }.Where(part => ratio[part].Exists))
            Metric(ratio[part], version);
        if (basis == "raw") ratio["rawType"].Required().OneOf("success", "failure");
    }

    private static void Metric(OpenSloPlace metric, OpenSloVersion version)
    {
        if (version == OpenSloVersion.V2Alpha)
        {
            if (!metric.Map("dataSourceRef", "dataSourceSpec", "spec")) return;
            metric.Forgive().ExactlyOne("dataSourceRef", "dataSourceSpec");
            if (metric["dataSourceRef"].HasText) metric["dataSourceRef"].DnsLabel();
            if (metric["dataSourceSpec"].Exists) OpenSloRules.DataSource(metric["dataSourceSpec"]);
            if (metric["spec"].Exists) metric["spec"].AnyMap();
            return;
        }

        if (!metric.Map("metricSource")) return;
        var source = metric["metricSource"];
        source.Map("metricSourceRef", "type", "spec");
        if (source["metricSourceRef"].HasText) source["metricSourceRef"].DnsLabel();
        source["type"].Text();
        if (!source["spec"].Required().Exists || !source["spec"].AnyMap()) return;
        if (!source["spec"].Node.Fields().Any())
            source["spec"].Fail("map_min_length", "The source's own fields are missing here.");
    }

    private static bool AnyMap(this OpenSloPlace place)
    {
        if (place.Node is YamlDotNet.RepresentationModel.YamlMappingNode) return true;
        place.Fail("type", "A mapping is expected here.");
        return false;
    }
}
