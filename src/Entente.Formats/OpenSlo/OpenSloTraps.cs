using NodaTime;

namespace Entente.Formats.OpenSlo;

/// <summary>What is allowed and yet hardly meant; the specification's own examples fall into some of these.</summary>
internal static class OpenSloTraps
{
    public static IEnumerable<Finding> Of(OpenSloObject item) => item.Kind switch
    {
        OpenSloKinds.Slo => Slo(item),
        OpenSloKinds.AlertCondition => Condition(item.Spec.Field("condition"), "spec.condition"),
        OpenSloKinds.AlertPolicy => Policy(item.Spec, "spec"),
        _ => [],
    };

    private static IEnumerable<Finding> Slo(OpenSloObject item)
    {
        foreach (var window in item.Spec.Items("timeWindow"))
        {
            var duration = window.Text("duration");
            if (OpenSloDurationRules.Parse(duration) is not ({ } count, { } unit)) continue;
            if (unit is 'm' or 'h' && Minutes(count, unit) < 24 * 60)
                yield return Finding.Warning("spec.timeWindow[0].duration", "trap.short_window",
                    unit == 'm' ? $"{duration} is {count} minutes; months are written {count}M."
                        : $"{duration} is shorter than a day.");
        }

        var objectives = item.Spec.Items("objectives");
        if (objectives.Count == 0)
            yield return Finding.Warning("spec.objectives", "trap.no_objective", "There is nothing to attain.");
        for (var i = 0; i < objectives.Count; i++)
        {
            if (objectives[i].Number("targetPercent") is > 0 and < 1)
                yield return Finding.Warning($"spec.objectives[{i}].targetPercent", "trap.percent",
                    "This is under one percent; 99.9 is written for 99.9 %.");
        }

        var policies = item.Spec.Items("alertPolicies");
        for (var i = 0; i < policies.Count; i++)
        {
            foreach (var finding in Policy(policies[i].Field("spec"), $"spec.alertPolicies[{i}].spec"))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> Policy(YamlDotNet.RepresentationModel.YamlNode? spec, string path) =>
        spec.Items("conditions").SelectMany((condition, i) =>
            Condition(condition.Field("spec").Field("condition"), $"{path}.conditions[{i}].spec.condition"));

    private static IEnumerable<Finding> Condition(YamlDotNet.RepresentationModel.YamlNode? condition, string path)
    {
        if (condition.Text("op") is "lt" or "lte")
            yield return Finding.Warning($"{path}.op", "trap.burn_rate_below",
                "This alerts while the budget burns slowly; gt or gte alerts when it burns fast.");
        if (condition.Number("threshold") is > 100)
            yield return Finding.Warning($"{path}.threshold", "trap.burn_rate_high",
                "A burn rate above 100 can only be reached with targets above 99 %.");
    }

    private static long Minutes(int count, char unit) =>
        (long)Duration.FromMinutes(unit == 'h' ? count * 60L : count).TotalMinutes;
}
