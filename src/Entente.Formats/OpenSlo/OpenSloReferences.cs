using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>Where one kind of object may stand inside another, and how it is referred to there.</summary>
/// <param name="Reference">The field with the name, such as <c>indicatorRef</c>.</param>
/// <param name="Inline">The field with the whole object; none where kind, metadata and spec stand in the place
/// itself.</param>
internal sealed record OpenSloLink(string Kind, string Reference, string? Inline)
{
    public static OpenSloLink Condition { get; } = new(OpenSloKinds.AlertCondition, "conditionRef", null);
    public static OpenSloLink Target { get; } = new(OpenSloKinds.AlertNotificationTarget, "targetRef", null);
    public static OpenSloLink Policy { get; } = new(OpenSloKinds.AlertPolicy, "alertPolicyRef", null);
    public static OpenSloLink Source { get; } = new(OpenSloKinds.DataSource, "dataSourceRef", "dataSourceSpec");

    public static OpenSloLink Indicator(OpenSloVersion version)
    {
        var (inline, reference) = OpenSloObjectiveRules.Names(version);
        return new OpenSloLink(OpenSloKinds.Sli, reference, inline);
    }

    /// <summary>Every place of an object that holds or may hold another one, outermost first.</summary>
    public static IEnumerable<(YamlMappingNode Holder, string Path, OpenSloLink Link)> Places(
        string kind, YamlNode? spec, string path, OpenSloVersion version)
    {
        var indicator = Indicator(version);
        switch (kind)
        {
            case OpenSloKinds.Slo:
                if (spec is YamlMappingNode self) yield return (self, path, indicator);
                foreach (var place in Each(spec, "objectives", path, indicator)) yield return place;
                foreach (var place in Each(spec, "alertPolicies", path, Policy)) yield return place;
                break;
            case OpenSloKinds.AlertPolicy:
                foreach (var place in Each(spec, "conditions", path, Condition)) yield return place;
                foreach (var place in Each(spec, "notificationTargets", path, Target)) yield return place;
                break;
            case OpenSloKinds.Sli when version == OpenSloVersion.V2Alpha:
                if (spec.Field("thresholdMetric") is YamlMappingNode threshold)
                    yield return (threshold, $"{path}.thresholdMetric", Source);
                foreach (var part in new[] { "good", "bad", "total", "raw" })
                {
                    if (spec.Field("ratioMetric").Field(part) is YamlMappingNode metric)
                        yield return (metric, $"{path}.ratioMetric.{part}", Source);
                }

                break;
        }
    }

    private static IEnumerable<(YamlMappingNode, string, OpenSloLink)> Each(
        YamlNode? spec, string list, string path, OpenSloLink link) =>
        spec.Items(list).Select((item, i) => (item, i)).Where(pair => pair.item is YamlMappingNode)
            .Select(pair => ((YamlMappingNode)pair.item, $"{path}.{list}[{pair.i}]", link));
}

/// <summary>Puts objects in the place of references, and references in the place of objects.</summary>
public static class OpenSloReferences
{
    /// <summary>
    /// Replaces each reference by the object it names; objects that were taken in fall away unless they are kept.
    /// </summary>
    /// <exception cref="BadInputException">A reference names no object among these.</exception>
    /// <remarks>A data source that is not among the objects stays a reference: it often lives elsewhere.</remarks>
    public static IReadOnlyList<OpenSloObject> Inline(IReadOnlyList<OpenSloObject> objects, bool keepReferenced = false)
    {
        var work = new Inlining(objects);
        var result = objects.Select(item => item.Version is { } version && item.Kind is { } kind
            ? item with { Node = work.Inline(item, kind, version) } : item).ToList();
        if (work.Missing.Count > 0) throw new BadInputException(work.Missing);
        return keepReferenced ? result : [.. result.Where((_, i) => !work.Taken.Contains(objects[i]))];
    }

    /// <summary>
    /// The inverse: every object inside another becomes one of its own and leaves a reference behind.
    /// </summary>
    public static IReadOnlyList<OpenSloObject> Export(IReadOnlyList<OpenSloObject> objects)
    {
        var all = new List<OpenSloObject>();
        var known = objects.Where(item => item.Name is not null)
            .GroupBy(item => (item.ApiVersion, item.Kind, item.Name))
                .ToDictionary(same => same.Key, same => same.First().Node);
        foreach (var item in objects)
        {
            var copy = item with { Node = (YamlMappingNode)YamlTree.Copy(item.Node) };
            all.Add(copy);
            if (item.Version is { } version && item.Kind is { } kind) TakeOut(copy, kind, version, all, known);
        }

        return [.. all.Select((item, index) => item with { Index = index })];
    }

    private static void TakeOut(
        OpenSloObject owner, string kind, OpenSloVersion version, List<OpenSloObject> all,
        Dictionary<(string?, string?, string?), YamlMappingNode> known)
    {
        foreach (var (holder, path, link) in OpenSloLink.Places(kind, owner.Spec, "spec", version).ToList())
        {
            // A data source's spec has no name of its own, so it stays where it is.
            if (link == OpenSloLink.Source) continue;
            var inner = link.Inline is null ? holder : holder.Field(link.Inline) as YamlMappingNode;
            if (inner?.Field("spec") is not { } spec) continue;
            var metadata = inner.Field("metadata") is YamlMappingNode given
                ? (YamlMappingNode)YamlTree.Copy(given) : new YamlMappingNode();
            if (string.IsNullOrEmpty(metadata.Text("name"))) metadata.Set("name", $"{owner.Label}-{Short(link.Kind)}");
            var node = new YamlMappingNode()
                .Set("apiVersion", OpenSloKinds.ApiVersion(version)).Set("kind", link.Kind)
                .Set("metadata", metadata).Set("spec", YamlTree.Copy(spec));
            var taken = new OpenSloObject(owner.File, all.Count, node);
            if (Settle(taken, known)) all.Add(taken);
            if (link.Inline is null) holder.Children.Clear();
            else holder.Rename(link.Inline, link.Reference);
            holder.Set(link.Reference, taken.Name);
            TakeOut(taken, link.Kind, version, all, known);
        }
    }

    /// <summary>Finds a free name; false when the very same object is there already.</summary>
    private static bool Settle(OpenSloObject taken, Dictionary<(string?, string?, string?), YamlMappingNode> known)
    {
        var first = taken.Name;
        for (var n = 2; known.TryGetValue((taken.ApiVersion, taken.Kind, taken.Name), out var twin); n++)
        {
            if (twin.Equals(taken.Node)) return false;
            taken.Metadata!.Set("name", $"{first}-{n}");
        }

        known[(taken.ApiVersion, taken.Kind, taken.Name)] = (YamlMappingNode)YamlTree.Copy(taken.Node);
        return true;
    }

    private static string Short(string kind) => kind switch
    {
        OpenSloKinds.Sli => "sli",
        OpenSloKinds.AlertPolicy => "policy",
        OpenSloKinds.AlertCondition => "condition",
        _ => "target",
    };

    private sealed class Inlining(IReadOnlyList<OpenSloObject> objects)
    {
        public HashSet<OpenSloObject> Taken { get; } = new(ReferenceEqualityComparer.Instance);

        public List<Finding> Missing { get; } = [];

        public YamlMappingNode Inline(OpenSloObject item, string kind, OpenSloVersion version)
        {
            var copy = (YamlMappingNode)YamlTree.Copy(item.Node);
            Fill(item, kind, copy.Field("spec"), "spec", version);
            return copy;
        }

        private void Fill(OpenSloObject owner, string kind, YamlNode? spec, string path, OpenSloVersion version)
        {
            foreach (var (holder, at, link) in OpenSloLink.Places(kind, spec, path, version).ToList())
            {
                if (holder.Text(link.Reference) is { Length: > 0 } name)
                    Replace(owner, holder, name, at, link, version);
                var (inner, inside) = link.Inline is null ? (holder, at)
                    : (holder.Field(link.Inline), $"{at}.{link.Inline}");
                if (inner.Field("spec") is { } innerSpec && link != OpenSloLink.Source)
                    Fill(owner, link.Kind, innerSpec, $"{inside}.spec", version);
            }
        }

        private void Replace(
            OpenSloObject owner, YamlMappingNode holder, string name, string at, OpenSloLink link,
                OpenSloVersion version)
        {
            var target =
                objects.FirstOrDefault(item => item.Version == version && item.Kind == link.Kind && item.Name == name);
            if (target is null)
            {
                if (link == OpenSloLink.Source) return;
                Missing.Add(Finding.Error($"{owner.Label}: {at}.{link.Reference}", "reference_missing",
                    $"No {link.Kind} named '{name}' is among the objects."));
                return;
            }

            Taken.Add(target);
            if (link.Inline is null) holder.Set(link.Reference, (YamlNode?)null);
            else holder.Rename(link.Reference, link.Inline);
            if (link == OpenSloLink.Source)
            {
                holder.Set(link.Inline!, target.Spec is null ? null : YamlTree.Copy(target.Spec));
                return;
            }

            var inner = link.Inline is null ? holder.Set("kind", link.Kind) : new YamlMappingNode();
            foreach (var field in new[] { "metadata", "spec" })
                if (target.Node.Field(field) is { } value) inner.Set(field, YamlTree.Copy(value));
            if (link.Inline is not null) holder.Set(link.Inline, inner);
        }
    }
}
