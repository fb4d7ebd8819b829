namespace Entente.Formats.OpenSlo;

/// <summary>Rules of objectives in v1 and v2alpha; the versions differ in the names of three fields.</summary>
internal static class OpenSloObjectiveRules
{
    public static void Slo(OpenSloPlace spec, OpenSloVersion version)
    {
        if (!spec.Required().Exists) return;
        var (inline, reference) = Names(version);
        var service = version == OpenSloVersion.V2Alpha ? "serviceRef" : "service";
        var allowed = new List<string>
        {
            "description", service, inline, reference, "budgetingMethod", "timeWindow", "objectives", "alertPolicies",
        };
        if (version == OpenSloVersion.V2Alpha && spec["service"].Exists)
            spec["service"].Fail("unknown_field", "The field is called serviceRef; its old name is understood.");
        if (!spec.Map([.. allowed, .. version == OpenSloVersion.V2Alpha ? ["service"] : Array.Empty<string>()])) return;
        spec["description"].Text(OpenSloRules.DescriptionMax);
        (spec["service"].Exists ? spec[service].Forgive() : spec[service]).Required().Text();
        spec["budgetingMethod"].Required().OneOf("Occurrences", "Timeslices", "RatioTimeslices");
        OpenSloDurationRules.TimeWindows(spec["timeWindow"], version);
        foreach (var policy in spec["alertPolicies"].Items()) OpenSloAlertRules.PolicyOrReference(policy, version);
        var objectives = spec["objectives"].Items();
        Indicators(spec, objectives, version);
        foreach (var objective in objectives) Objective(objective, spec, version);
    }

    public static (string Inline, string Reference) Names(OpenSloVersion version) =>
        version == OpenSloVersion.V2Alpha ? ("sli", "sliRef") : ("indicator", "indicatorRef");

    private static void Indicators(OpenSloPlace spec, IReadOnlyList<OpenSloPlace> objectives, OpenSloVersion version)
    {
        var (inline, reference) = Names(version);
        var isComposite = objectives.Any(Has);
        if (isComposite && Has(spec))
            spec.Fail("mutually_exclusive",
                $"{inline} and {reference} stand either here or in the objectives of a composite.");
        if (!isComposite && !Has(spec))
            spec.Fail("mutually_exclusive",
                $"{inline} or {reference} is missing, here or in the objectives of a composite.");
        foreach (var holder in objectives.Where(_ => isComposite).Append(spec)
            .Where(holder => isComposite && holder != spec || Has(holder)))
            Indicator(holder);

        bool Has(OpenSloPlace place) => place[inline].Exists || place[reference].Exists;

        void Indicator(OpenSloPlace holder)
        {
            // An empty reference still counts as one here, unlike elsewhere.
            if (!Has(holder) || (holder[inline].Exists && holder[reference].Exists))
            {
                holder.Fail("mutually_exclusive", $"Exactly one of {inline} and {reference} must be set.");
                return;
            }

            if (holder[inline].Exists) OpenSloIndicatorRules.Inline(holder[inline], version);
            else holder[reference].DnsLabel();
        }
    }

    private static void Objective(OpenSloPlace objective, OpenSloPlace spec, OpenSloVersion version)
    {
        var (inline, reference) = Names(version);
        if (!objective.Map(
            "displayName", "op", "value", "target", "targetPercent", "timeSliceTarget", "timeSliceWindow",
            inline, reference, "compositeWeight")) return;
        objective["displayName"].Text();
        objective.ExactlyOne("target", "targetPercent");
        objective["target"].NumberFrom(0, below: 1);
        objective["targetPercent"].NumberFrom(0, below: 100);
        objective["value"].Number();
        if (spec[inline]["spec"]["ratioMetric"].Exists)
        {
            if (objective["op"].Value != "")
                objective["op"].Forbidden("A ratio is compared with its target; op belongs to thresholds.");
            objective["value"].Forbidden("A ratio is compared with its target; value belongs to thresholds.");
        }

        if (spec[inline]["spec"]["thresholdMetric"].Exists)
        {
            objective["value"].Required();
            objective["op"].Required().OneOf("gt", "lt", "gte", "lte");
        }

        if (objective["compositeWeight"].Number() is <= 0)
            objective["compositeWeight"].Fail("greater_than", "A weight is more than 0.");
        Slices(objective, spec["budgetingMethod"].Value, version);
    }

    private static void Slices(OpenSloPlace objective, string? method, OpenSloVersion version)
    {
        if (method is "Timeslices" && objective["timeSliceTarget"].Required().Number() is { } share)
        {
            if (share <= 0)
                objective["timeSliceTarget"].Fail("greater_than", "A slice is good from a share above 0 on.");
            if (share > 1) objective["timeSliceTarget"].Fail("less_than_or_equal_to", "A share is at most 1.");
        }

        if (method is not ("Timeslices" or "RatioTimeslices")) return;
        OpenSloDurationRules.Duration(objective["timeSliceWindow"].Required(), version);
    }
}
