using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Agreements;
using Entente.ServiceTime.Budgets;
using Entente.ServiceTime.Windows;
using Entente.Terms;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>
/// Writes the objectives of an agreement as OpenSLO v1; what OpenSLO has no word for stands in annotations.
/// </summary>
/// <remarks>
/// Availability is written as occurrences of seconds: a second is good or bad. Pairs of burn-rate windows, exclusions
/// and calendars are annotations; each pair's long window is an alert policy as well, for tools that know no pairs.
/// </remarks>
public static class OpenSloAgreement
{
    public const string ExclusionsAnnotation = "entente.dev/exclusions";
    public const string CalendarAnnotation = "entente.dev/calendar";
    public const string AgreementAnnotation = "entente.dev/agreement";
    public const string TermAnnotation = "entente.dev/term";

    public static OpenSloConverted Write(AgreementDocument agreement, string file)
    {
        var findings = new List<OpenSloFinding>();
        var nodes = agreement.Services.Select(service => Object(OpenSloKinds.Service, Name(service.Key), service.Title,
            new YamlMappingNode().Set("description", service.Description ?? service.Title))).ToList();
        foreach (var term in agreement.Terms)
        {
            if (Slo(agreement, term) is { } slo) nodes.Add(slo);
            else findings.Add(new OpenSloFinding(file, null, Finding.Warning(
                $"terms.{term.Key}", "not_in_version", $"OpenSLO has no objective like this: {term.Title}.")));
        }

        return new OpenSloConverted([.. nodes.Select((node, index) => new OpenSloObject(file, index, node))], findings);
    }

    /// <summary>None where the term promises no share of good, or all of them: a target lies below 1.</summary>
    private static YamlMappingNode? Slo(AgreementDocument agreement, Term term)
    {
        var (target, slicing) = term switch
        {
            Term.Availability availability => (availability.Target, availability.Slicing),
            Term.EventRatio ratio => (ratio.Target, ratio.Slicing),
            Term.Latency latency => (latency.Target, null),
            Term.TicketClock clock => (clock.Target, null),
            _ => ((Objective?)null, (Slicing?)null),
        };
        if (target is not { Unit: Unit.Percent, MoreIsBetter: true, Value: < 1 }) return null;
        var (period, name) = (term.Period ?? agreement.Period, Name(term.Key));
        var pairs = BurnRatePresets.Google(Nominal(period)).Where(pair => pair.CanFire(target.Value)).ToList();
        var objective = new YamlMappingNode().Set("displayName", term.Title)
            .Set("target", YamlTree.Scalar(target.Value));
        if (slicing is { Kind: SlicingKind.Timeslices })
            objective.Set("timeSliceTarget", YamlTree.Scalar((slicing.Target ?? Objective.All).Value));
        if (slicing is not null) objective.Set("timeSliceWindow", Shorthand(slicing.Length));
        var spec = new YamlMappingNode()
            .Set("description", term.Clause is { Length: <= OpenSloRules.DescriptionMax } ? term.Clause : term.Title)
            .Set("service", Name(term.Service ?? agreement.Key))
            .Set("indicator", Indicator(term, name))
            .Set("timeWindow", new YamlSequenceNode(Window(agreement, period)))
            .Set("budgetingMethod", slicing?.Kind.ToString() ?? "Occurrences")
            .Set("objectives", new YamlSequenceNode(objective))
            .Set("alertPolicies",
                new YamlSequenceNode(
                pairs.Select((pair, i) => Policy(agreement, pair, $"{name}-{pair.Severity}-{i + 1}"))));
        return Object(OpenSloKinds.Slo, name, term.Title, spec, Notes(agreement, term, pairs));
    }

    private static Dictionary<string, string> Notes(AgreementDocument agreement, Term term, List<BurnRateAlert> pairs)
    {
        var notes = new Dictionary<string, string>
        {
            [AgreementAnnotation] = agreement.Key,
            [TermAnnotation] = term.Key,
        };
        if (pairs.Count > 0) notes[BurnRateText.Annotation] = BurnRateText.Format(pairs);
        if (term.Calendar is { } calendar) notes[CalendarAnnotation] = calendar;
        var exclusions = agreement.Exclusions.Concat(term.Exclusions).ToList();
        if (exclusions.Count > 0) notes[ExclusionsAnnotation] = JsonSerializer.Serialize(exclusions, Json.Options);
        return notes;
    }

    private static YamlMappingNode Indicator(Term term, string name)
    {
        var ratio = new YamlMappingNode().Set("counter", YamlTree.Scalar(true));
        foreach (var part in new[] { "good", "total" })
        {
            var spec = new YamlMappingNode().Set("term", term.Key).Set("count", part);
            if (term.Measure?.Source is { } source) spec.Set("source", source);
            if (term.Measure?.Series is { Count: > 0 } series)
                spec.Set("series", new YamlSequenceNode(series.Select(YamlTree.Scalar)));
            if (term is Term.Latency latency) spec.Set("within", IsoDuration.Format(latency.Threshold));
            if (term is Term.TicketClock clock) spec.Set("within", clock.Within.ToString());
            ratio.Set(part, new YamlMappingNode()
                .Set("metricSource", new YamlMappingNode().Set("type", "Entente").Set("spec", spec)));
        }

        return new YamlMappingNode().Set("metadata", new YamlMappingNode().Set("name", Name($"{name}-sli")))
            .Set("spec", new YamlMappingNode().Set("ratioMetric", ratio));
    }

    private static YamlMappingNode Window(AgreementDocument agreement, TermPeriod period)
    {
        if (period.Length is { } length)
            return new YamlMappingNode().Set("duration", Shorthand(length)).Set("isRolling", YamlTree.Scalar(true));
        var duration = period.Unit switch
        {
            PeriodUnit.Day => "1d",
            PeriodUnit.Week => "1w",
            PeriodUnit.Month => "1M",
            PeriodUnit.Quarter => "1Q",
            _ => "1Y",
        };
        var start = period.Unit switch
        {
            PeriodUnit.Week => new LocalDate(2024, 1, 1).PlusDays(-7).Next(period.FirstDay),
            PeriodUnit.Month => new LocalDate(2024, 1, period.Day),
            PeriodUnit.Quarter or PeriodUnit.Year => new LocalDate(2024, period.FirstMonth, period.Day),
            _ => new LocalDate(2024, 1, 1),
        };
        return new YamlMappingNode().Set("duration", duration).Set("isRolling", YamlTree.Scalar(false))
            .Set("calendar", new YamlMappingNode()
                .Set("startTime", OpenSloDurationRules.StartTime.Format(start.AtMidnight()))
                .Set("timeZone", agreement.TimeZone));
    }

    private static YamlMappingNode Policy(AgreementDocument agreement, BurnRateAlert pair, string name)
    {
        var condition = new YamlMappingNode().Set("kind", "burnrate").Set("op", "gt")
            .Set("threshold", YamlTree.Scalar(pair.Factor))
            .Set("lookbackWindow", Shorthand(pair.LongWindow)).Set("alertAfter", Shorthand(pair.ShortWindow));
        return Inner(
            OpenSloKinds.AlertPolicy, name, new YamlMappingNode().Set("alertWhenBreaching", YamlTree.Scalar(true))
            .Set("conditions", new YamlSequenceNode(Inner(OpenSloKinds.AlertCondition, $"{name}-burn",
                new YamlMappingNode().Set("severity", pair.Severity).Set("condition", condition))))
            .Set("notificationTargets", new YamlSequenceNode(Inner(OpenSloKinds.AlertNotificationTarget, "provider",
                new YamlMappingNode()
                    .Set("target", agreement.Provider?.Contact ?? agreement.Provider?.Name ?? "provider")))));
    }

    private static YamlMappingNode Inner(string kind, string name, YamlMappingNode spec) =>
        new YamlMappingNode().Set("kind", kind).Set("metadata", new YamlMappingNode().Set("name", Name(name)))
            .Set("spec", spec);

    private static YamlMappingNode Object(
        string kind, string name, string title, YamlMappingNode spec, IReadOnlyDictionary<string, string>? notes = null)
    {
        var metadata = new YamlMappingNode().Set("name", name)
            .Set("displayName", title.Length <= 63 ? title : title[..62] + "…");
        if (notes is { Count: > 0 })
        {
            var annotations = new YamlMappingNode();
            foreach (var (key, value) in notes) annotations.Set(key, value);
            metadata.Set("annotations", annotations);
        }

        return new YamlMappingNode().Set("apiVersion", OpenSloKinds.ApiVersion(OpenSloVersion.V1)).Set("kind", kind)
            .Set("metadata", metadata).Set("spec", spec);
    }

    /// <summary>An RFC 1123 label: keys of agreements may carry dots and be longer.</summary>
    private static string Name(string key)
    {
        var name = Regex.Replace(key.ToLowerInvariant(), "[^a-z0-9]+", "-").Trim('-');
        return name.Length == 0 ? "unnamed" : name.Length <= 63 ? name : name[..63].TrimEnd('-');
    }

    private static Duration Nominal(TermPeriod period) => period.Length ?? period.Unit switch
    {
        PeriodUnit.Day => Duration.FromDays(1),
        PeriodUnit.Week => Duration.FromDays(7),
        PeriodUnit.Month => Duration.FromDays(30),
        PeriodUnit.Quarter => Duration.FromDays(90),
        _ => Duration.FromDays(365),
    };

    /// <summary>One number and one unit, as OpenSLO writes durations.</summary>
    private static string Shorthand(Duration duration)
    {
        var minutes = (long)duration.TotalMinutes;
        return minutes % 1440 == 0 ? $"{minutes / 1440}d" : minutes % 60 == 0 ? $"{minutes / 60}h"
            : $"{Math.Max(1, minutes)}m";
    }
}
