using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>The rules of the specification's own validator (go-sdk, oslo), for every kind of every version.</summary>
/// <remarks>
/// Strict gives the validator's verdict. Lenient forgives what still has one clear meaning, such as the operator on a
/// ratio that the specification's own examples carry, and warns of traps that the validator does not see.
/// </remarks>
public static partial class OpenSloRules
{
    internal const int DescriptionMax = 1050;

    private const int DisplayNameMax = 63;

    /// <summary>Exactly the validator's errors; a file is valid when there are none.</summary>
    public static IReadOnlyList<OpenSloFinding> Strict(OpenSloFile file) =>
        [.. file.Objects.SelectMany(
            item => Check(item).Strict.Select(finding => new OpenSloFinding(file.File, item, finding)))];

    /// <summary>Errors that leave an object without meaning, warnings for the rest and for traps.</summary>
    public static IReadOnlyList<OpenSloFinding> Lenient(OpenSloFile file) =>
    [
        .. file.Objects.SelectMany(item => Check(item).Lenient.Concat(OpenSloTraps.Of(item))
            .Select(finding => new OpenSloFinding(file.File, item, finding))),
        .. file.Objects.GroupBy(item => (item.ApiVersion, item.Kind, item.Name))
            .Where(twins => twins.Key.Name is not null)
            .SelectMany(twins => twins.Skip(1)).Select(twin => new OpenSloFinding(file.File, twin, Finding.Warning(
                "metadata.name", "trap.duplicate", $"Another {twin.Kind} of this file has the same name."))),
    ];

    internal static OpenSloReport Check(OpenSloObject item)
    {
        var report = new OpenSloReport();
        var root = new OpenSloPlace(item.Node, "", report);
        root.Map("apiVersion", "kind", "metadata", "spec");
        if (item.Version is not { } version)
        {
            root["apiVersion"].Fail("one_of", "Expected openslo/v1alpha, openslo/v1 or openslo.com/v2alpha.");
            return report;
        }

        var isProposal = version == OpenSloVersion.V2Alpha && item.Kind == OpenSloKinds.BudgetAdjustment;
        if (isProposal)
            root["kind"].Forgive().Fail("one_of", "BudgetAdjustment is a proposal that the validator does not know.");
        else if (item.Kind is null || !OpenSloKinds.Of(version).Contains(item.Kind))
        {
            root["kind"].Fail(
                "one_of", $"{item.ApiVersion} has the kinds {string.Join(", ", OpenSloKinds.Of(version))}.");
            return report;
        }

        Metadata(root["metadata"], version);
        Spec(root["spec"], version, item.Kind!);
        return report;
    }

    private static void Spec(OpenSloPlace spec, OpenSloVersion version, string kind)
    {
        switch (kind)
        {
            case OpenSloKinds.Service:
                if (spec.Map("description")) spec["description"].Text(DescriptionMax);
                break;
            case OpenSloKinds.Slo when version == OpenSloVersion.V1Alpha:
                OpenSloV1AlphaRules.Slo(spec);
                break;
            case OpenSloKinds.Slo:
                OpenSloObjectiveRules.Slo(spec, version);
                break;
            case OpenSloKinds.Sli:
                OpenSloIndicatorRules.Sli(spec, version);
                break;
            case OpenSloKinds.DataSource:
                DataSource(spec);
                break;
            case OpenSloKinds.BudgetAdjustment:
                BudgetAdjustment(spec);
                break;
            default:
                OpenSloAlertRules.Spec(spec, version, kind);
                break;
        }
    }

    internal static void Metadata(OpenSloPlace metadata, OpenSloVersion version)
    {
        if (!metadata.Required().Exists) return;
        string[] fields = version switch
        {
            OpenSloVersion.V1Alpha => ["name", "displayName"],
            OpenSloVersion.V1 => ["name", "displayName", "labels", "annotations"],
            _ => ["name", "labels", "annotations"],
        };
        if (!metadata.Map(fields)) return;
        metadata["name"].Required();
        if (metadata["name"].HasText) metadata["name"].DnsLabel();
        metadata["displayName"].Text(version == OpenSloVersion.V2Alpha ? int.MaxValue : DisplayNameMax);
        Labels(metadata["labels"], version);
        foreach (var (key, value) in Entries(metadata["annotations"]))
        {
            value.Text();
            if (!QualifiedName().IsMatch(key))
                value.Fail("string_kubernetes_qualified_name",
                    $"'{key}' is no annotation name such as 'my-domain.org/my-key'.");
        }
    }

    private static void Labels(OpenSloPlace labels, OpenSloVersion version)
    {
        foreach (var (key, value) in Entries(labels))
        {
            if (version == OpenSloVersion.V1)
            {
                if (!LabelKey().IsMatch(key)) value.Fail("string_match_regexp", $"'{key}' is no label name.");
                foreach (var word in value.Node is YamlSequenceNode ? value.Items() : [value]) word.Text();
                continue;
            }

            if (!QualifiedName().IsMatch(key))
                value.Fail("string_kubernetes_qualified_name", $"'{key}' is no label name.");
            if (value.Node is YamlSequenceNode) value.Forgive().Fail("type", "v2alpha's labels have one value each.");
            else if (value.Text().Value is { } text && !LabelValue().IsMatch(text))
                value.Fail("string_match_regexp",
                    $"'{text}' is no label value: lower case letters, digits, '-', '_' and '.'.");
        }
    }

    private static IEnumerable<(string Key, OpenSloPlace Value)> Entries(OpenSloPlace map)
    {
        if (!map.Exists) return [];
        if (map.Node is YamlMappingNode node) return node.Fields().Select(pair => (pair.Key, map[pair.Key]));
        map.Fail("type", "A mapping of names to texts is expected here.");
        return [];
    }

    internal static void DataSource(OpenSloPlace spec)
    {
        spec.Map("description", "type", "connectionDetails");
        spec["description"].Text(DescriptionMax);
        spec["type"].Required().Text();
        spec["connectionDetails"].Forgive().Required();
    }

    private static void BudgetAdjustment(OpenSloPlace spec)
    {
        spec.Map("description", "service", "indicatorRef", "startTime", "endTime", "duration");
        spec["description"].Forgive().Required().Text(DescriptionMax);
        spec["service"].Required().DnsLabel();
        spec["indicatorRef"].Required().DnsLabel();
        spec["startTime"].Required();
        spec.ExactlyOne("endTime", "duration");
        OpenSloDurationRules.Duration(spec["duration"], OpenSloVersion.V2Alpha);
    }

    [GeneratedRegex(@"^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"^([a-z0-9]([-._a-z0-9]{0,61}[a-z0-9])?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelValue();

    [GeneratedRegex(@"^((?=[^/]{1,253}/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
        + @"[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex QualifiedName();
}
