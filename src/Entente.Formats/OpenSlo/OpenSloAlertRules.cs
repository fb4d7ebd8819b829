namespace Entente.Formats.OpenSlo;

/// <summary>
/// Rules of alert policies, conditions and notification targets, by themselves or inside another object.
/// </summary>
internal static class OpenSloAlertRules
{
    public static void Spec(OpenSloPlace spec, OpenSloVersion version, string kind)
    {
        switch (kind)
        {
            case OpenSloKinds.AlertPolicy: Policy(spec, version); break;
            case OpenSloKinds.AlertCondition: Condition(spec, version); break;
            case OpenSloKinds.AlertNotificationTarget: Target(spec); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of alert.");
        }
    }

    public static void PolicyOrReference(OpenSloPlace policy, OpenSloVersion version) =>
        InlineOrReference(policy, "alertPolicyRef", OpenSloKinds.AlertPolicy, version);

    private static void Policy(OpenSloPlace spec, OpenSloVersion version)
    {
        spec.Map("description", "alertWhenNoData", "alertWhenBreaching", "alertWhenResolved", "conditions",
            "notificationTargets");
        spec["description"].Text(OpenSloRules.DescriptionMax);
        foreach (var flag in new[] { "alertWhenNoData", "alertWhenBreaching", "alertWhenResolved" }) spec[flag].Flag();
        var conditions = spec["conditions"].Items();
        if (conditions.Count != 1)
            spec["conditions"].Forgive()
                .Fail("slice_length", $"Exactly one condition is expected, found {conditions.Count}.");
        foreach (var condition in conditions)
            InlineOrReference(condition, "conditionRef", OpenSloKinds.AlertCondition, version);
        var targets = spec["notificationTargets"].Items();
        if (targets.Count == 0)
            spec["notificationTargets"].Forgive().Fail("slice_min_length", "At least one target is expected.");
        foreach (var target in targets)
            InlineOrReference(target, "targetRef", OpenSloKinds.AlertNotificationTarget, version);
    }

    private static void InlineOrReference(OpenSloPlace place, string reference, string kind, OpenSloVersion version)
    {
        if (!place.Map(reference, "kind", "metadata", "spec")) return;
        var isInline = place["kind"].Exists || place["metadata"].Exists || place["spec"].Exists;
        if (isInline == place[reference].Exists)
        {
            place.Fail("mutually_exclusive", $"Exactly one of {reference} and a whole {kind} is expected.");
            return;
        }

        if (!isInline)
        {
            place[reference].Required();
            if (place[reference].HasText) place[reference].DnsLabel();
            return;
        }

        place["kind"].Forgive().Required();
        if (place["kind"].HasText && place["kind"].Value != kind) place["kind"].Fail("equal_to", $"Expected {kind}.");
        OpenSloRules.Metadata(place["metadata"], version);
        if (place["spec"].Required().Exists) Spec(place["spec"], version, kind);
    }

    private static void Condition(OpenSloPlace spec, OpenSloVersion version)
    {
        spec.Map("description", "severity", "condition");
        spec["description"].Text(OpenSloRules.DescriptionMax);
        spec["severity"].Required().Text();
        var condition = spec["condition"].Required();
        if (!condition.Map("kind", "op", "threshold", "lookbackWindow", "alertAfter")) return;
        condition["kind"].Required().OneOf("burnrate");
        if (condition["kind"].Value != "burnrate") return;
        condition["op"].Required().OneOf("gt", "lt", "gte", "lte");
        condition["threshold"].Required().Number();
        OpenSloDurationRules.Duration(condition["lookbackWindow"].Required(), version);
        OpenSloDurationRules.Duration(condition["alertAfter"], version);
    }

    private static void Target(OpenSloPlace spec)
    {
        spec.Map("description", "target");
        spec["description"].Text(OpenSloRules.DescriptionMax);
        spec["target"].Required().Text();
    }
}
