using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Formats.Bargaining;

/// <summary>GENIUS: an XML domain and a utility space per party (TU Delft, Genius 10.4).</summary>
/// <remarks>
/// The worth of a value is weight × evaluation ÷ the largest evaluation of the issue, 0 where that is below 1e-5; of a
/// number,
/// weight × clip(offset + slope × (value − lower), 0, 1). Issues and values are matched by name, issues else by index.
/// </remarks>
internal static class GeniusXml
{
    private const int RealSteps = 20;

    public static BargainDocument? Read(SourceText domain, IReadOnlyList<SourceText> profiles, Findings findings)
    {
        if (Parse(domain, findings) is not { } root) return null;
        if (profiles.Count == 0)
            findings.Error(domain.Path, "", "bargain.no_parties",
                "A GENIUS domain needs a utility space file for each party.");
        var elements = root.Descendants("issue").ToList();
        if (elements.Count == 0)
        {
            findings.Error(domain.Path, root.Name.LocalName, "bargain.no_issues", "The domain has no <issue>.");
            return null;
        }

        var issues = elements.Select(issue => ReadIssue(issue, domain.Path, findings)).ToList();
        if (findings.HasError) return null;
        var space = new Space(issues);
        var names = new HashSet<string>();
        var parties = new List<Preference>();
        foreach (var profile in profiles)
        {
            var name = Path.GetFileNameWithoutExtension(profile.Path);
            if (!names.Add(name)) name = $"{name} ({parties.Count})";
            if (Parse(profile, findings) is { } space_ && new Profile(profile.Path, space_, space, findings)
                .Read(name) is { } party)
                parties.Add(party);
        }

        var title = root.Descendants("objective").FirstOrDefault()?.Attribute("name")?.Value;
        return findings.HasError ? null
            : new BargainDocument(title ?? Path.GetFileNameWithoutExtension(domain.Path), new(space, parties));
    }

    private static XElement? Parse(SourceText source, Findings findings)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(
                new StringReader(source.Text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t')), settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root;
        }
        catch (XmlException wrong)
        {
            findings.Error(source.Path, $"line {wrong.LineNumber}", "bargain.xml", $"This is no XML: {wrong.Message}");
            return null;
        }
    }

    private static Issue ReadIssue(XElement issue, string file, Findings findings)
    {
        var name = (issue.Attribute("name")?.Value ?? "").Trim();
        var type = ((issue.Attribute("vtype") ?? issue.Attribute("type") ?? issue.Attribute("etype"))?.Value
            ?? "discrete").Trim().ToLowerInvariant();
        if (type is not ("integer" or "real"))
            return Issue.Discrete(
                name, [.. issue.Elements("item").Select(item => item.Attribute("value")?.Value ?? "")]);
        var range = issue.Element("range");
        var lower = Number(issue.Attribute("lowerbound") ?? range?.Attribute("lowerbound"));
        var upper = Number(issue.Attribute("upperbound") ?? range?.Attribute("upperbound"));
        if (lower is not { } low || upper is not { } high || !(low <= high && Math.Abs(low) < 1e15 && Math.Abs(high) < 1e15))
        {
            findings.Error(file, $"issue '{name}'", "bargain.issue_range",
                "An integer or real issue needs a lowerbound and an upperbound above it, both below 10^15.");
            return Issue.Discrete(name, "0");
        }

        if (type == "integer") return Issue.Integer(name, (long)low, (long)high);
        findings.Warning(file, $"issue '{name}'", "bargain.steps", $"A real issue is read in {RealSteps} equal steps.");
        return high > low ? Issue.Stepped(name, (decimal)low, (decimal)high, (decimal)(high - low) / RealSteps)
            : Issue.Discrete(name, $"{low}");
    }

    private static double? Number(XAttribute? attribute) =>
        double.TryParse(attribute?.Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value : null;

    private sealed class Profile(string file, XElement root, Space space, Findings findings)
    {
        public Preference? Read(string name)
        {
            var elements = root.Descendants("issue").ToList();
            var worth = new double[space.Issues.Count][];
            var weights = 0.0;
            for (var i = 0; i < worth.Length; i++)
            {
                var issue = space.Issues[i];
                var element = elements.Find(e => e.Attribute("name")?.Value.Trim() == issue.Name);
                if (element is null)
                {
                    findings.Error(file, $"issue '{issue.Name}'", "bargain.domains_differ",
                        "The utility space has no such issue: it belongs to another domain.");
                    continue;
                }

                var weight = Weight(element, issue.Name);
                weights += weight;
                worth[i] = [.. Values(element, issue).Select(value => weight * value)];
            }

            foreach (var extra in elements.Where(e => space.IndexOf((e.Attribute("name")?.Value ?? "").Trim()) < 0))
                findings.Error(file, $"issue '{extra.Attribute("name")?.Value}'", "bargain.domains_differ",
                    "The domain has no such issue: the utility space belongs to another domain.");
            if (findings.HasError) return null;
            if (!root.Descendants("weight").Any())
                findings.Warning(file, "", "bargain.weight_missing", "There are no weights: all issues count alike.");
            findings.Weights[name] = weights;
            return new Preference(name, worth)
            {
                Reservation = Scalar("reservation"),
                Discount = Scalar("discount_factor") is { } discount and >= 0 and <= 1 ? discount : null,
            };
        }

        private double? Scalar(string name)
        {
            if (root.Descendants(name).FirstOrDefault()?.Attribute("value") is not { } attribute) return null;
            if (attribute.Value.Trim().TrimStart('-') is "Infinity" or "inf") return null;
            if (Number(attribute) is { } value && double.IsFinite(value)) return value;
            findings.Error(file, name, $"bargain.{name}", $"'{attribute.Value}' is not a number.");
            return null;
        }

        /// <summary>A weight belongs to the index of its issue; the weights of objectives above the issue
        /// multiply.</summary>
        private double Weight(XElement issue, string name)
        {
            var product = 1.0;
            for (XElement? at = issue; at?.Parent is { } parent; at = parent)
            {
                var index = at.Attribute("index")?.Value;
                var weight = parent.Elements("weight").FirstOrDefault(w => w.Attribute("index")?.Value == index);
                if (weight is not null)
                    product *= findings.Weight(
                        Number(weight.Attribute("value")) ?? double.NaN, file, $"weight of '{name}'");
                else if (at == issue && root.Descendants("weight").Any())
                {
                    findings.Warning(file, $"weight of '{name}'", "bargain.weight_missing",
                        $"No <weight index=\"{index}\"> for this issue: it counts as 0.");
                    return 0;
                }
            }

            // A utility space without any weight means all issues alike.
            return root.Descendants("weight").Any() ? product : 1.0 / space.Issues.Count;
        }

        private double[] Values(XElement element, Issue issue)
        {
            if (issue.Kind is IssueKind.Integer or IssueKind.Stepped) return Linear(element, issue);
            var values = new double[issue.Count];
            var seen = new bool[issue.Count];
            foreach (var item in element.Elements("item"))
            {
                var at = Find(issue, item.Attribute("value")?.Value ?? "");
                var path = $"issue '{issue.Name}', value '{item.Attribute("value")?.Value}'";
                if (at < 0)
                {
                    findings.Error(file, path, "bargain.value_outside", "The domain has no such value.");
                    continue;
                }

                seen[at] = true;
                if (item.Attribute("evaluation") is null) continue;
                values[at] = findings.Worth(Number(item.Attribute("evaluation")) ?? double.NaN, file, path);
            }

            for (var v = 0; v < seen.Length; v++)
                if (!seen[v])
                    findings.Warning(file, $"issue '{issue.Name}', value '{issue.Values[v]}'", "bargain.value_missing",
                        "The utility space does not evaluate this value; it counts as 0.");
            var most = values.Max();
            return most < 1e-5 ? new double[issue.Count] : [.. values.Select(value => value / most)];
        }

        /// <summary>By the exact name; else without the blanks around it.</summary>
        private static int Find(Issue issue, string value)
        {
            if (issue.IndexOf(value) is >= 0 and var exact) return exact;
            for (var v = 0; v < issue.Count; v++)
                if (issue.Values[v].Trim() == value.Trim()) return v;
            return -1;
        }

        private double[] Linear(XElement element, Issue issue)
        {
            var evaluator = element.Element("evaluator");
            var path = $"issue '{issue.Name}', evaluator";
            if (evaluator?.Attribute("ftype")?.Value is "constant")
                return [.. issue.Numbers!.Select(
                    _ => Number(evaluator.Attribute("parameter1") ?? evaluator.Attribute("value")) ?? 1)];
            var offset = Number(evaluator?.Attribute("offset") ?? evaluator?.Attribute("parameter0"));
            var slope = Number(evaluator?.Attribute("slope") ?? evaluator?.Attribute("parameter1"));
            if (offset is not { } o || slope is not { } s)
            {
                findings.Error(file, path, "bargain.evaluator",
                    "A number needs a linear evaluator with offset and slope.");
                return new double[issue.Count];
            }

            return [.. issue.Numbers!.Select(
                v => Math.Clamp(findings.Worth(o + s * (v - issue.Numbers![0]), file, path), 0, 1))];
        }
    }
}
