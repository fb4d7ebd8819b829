using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Formats.Bargaining;

/// <summary>GeniusWeb: a JSON domain and a linear additive profile per party; a value is worth weight × stored
/// utility.</summary>
internal static class GeniusWebJson
{
    public static BargainDocument? Read(SourceText domain, IReadOnlyList<SourceText> profiles, Findings findings)
    {
        if (Parse(domain, findings) is not { } root) return null;
        if (profiles.Count == 0)
            findings.Error(domain.Path, "", "bargain.no_parties",
                "A GeniusWeb domain needs a profile file for each party.");
        var issues = new List<Issue>();
        foreach (var (name, set) in root["issuesValues"] as JsonObject ?? [])
            if (ReadIssue(name, set, domain.Path, findings) is { } issue) issues.Add(issue);
        if (findings.HasError) return null;
        var space = new Space(issues);
        var parties = new List<Preference>();
        foreach (var profile in profiles)
        {
            if (Parse(profile, findings) is not { } json) continue;
            var name = Path.GetFileNameWithoutExtension(profile.Path);
            if (parties.Exists(party => party.Party == name)) name = $"{name} ({parties.Count})";
            if (new Profile(profile.Path, json, space, findings).Read(name) is { } party) parties.Add(party);
        }

        var title = Text(root["name"]) is { Length: > 0 } given ? given : Path.GetFileNameWithoutExtension(domain.Path);
        return findings.HasError ? null : new BargainDocument(title, new(space, parties));
    }

    internal static JsonObject? Parse(SourceText source, Findings findings)
    {
        try
        {
            var options = new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true
            };
            if (JsonNode.Parse(source.Text.TrimStart('\uFEFF'),
                documentOptions: options) is JsonObject root) return root;
            findings.Error(source.Path, "$", "bargain.json", "Expected a JSON object.");
        }
        catch (JsonException wrong)
        {
            findings.Error(source.Path, $"line {wrong.LineNumber + 1}", "bargain.json",
                $"This is no JSON: {wrong.Message}");
        }
        catch (ArgumentException wrong)
        {
            findings.Error(source.Path, "$", "bargain.json", $"A name stands twice: {wrong.Message}");
        }

        return null;
    }

    internal static string Text(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString() : "";

    internal static double? Number(JsonNode? node) =>
        double.TryParse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static Issue? ReadIssue(string name, JsonNode? set, string file, Findings findings)
    {
        if (set?["values"] is JsonArray values) return Issue.Discrete(name, [.. values.Select(Text)]);
        if (set?["range"] is JsonArray { Count: 3 } range && range.All(n => Math.Abs(Number(n) ?? double.NaN) < 1e15))
            return Issue.Stepped(name, (decimal)Number(range[0])!.Value, (decimal)Number(range[1])!.Value,
                (decimal)Number(range[2])!.Value);
        findings.Error(file, $"$.issuesValues.{name}", "bargain.issue",
            "Expected \"values\": [...] or \"range\": [low, high, step].");
        return null;
    }

    private sealed class Profile(string file, JsonObject root, Space space, Findings findings)
    {
        public Preference? Read(string name)
        {
            if ((root["LinearAdditiveUtilitySpace"] ?? root) is not JsonObject body
                || body["issueUtilities"] is not JsonObject utilities)
            {
                findings.Error(file, "$", "bargain.profile",
                    "Expected a LinearAdditiveUtilitySpace with issueUtilities and issueWeights.");
                return null;
            }

            CheckDomain(body["domain"]?["issuesValues"] as JsonObject);
            foreach (var (issue, _) in utilities)
                if (space.IndexOf(issue) < 0)
                    findings.Error(file, $"$.issueUtilities.{issue}", "bargain.domains_differ",
                        "The domain has no such issue.");
            var worth = new double[space.Issues.Count][];
            var weights = 0.0;
            for (var i = 0; i < worth.Length; i++)
            {
                var issue = space.Issues[i];
                var path = $"$.issueWeights.{issue.Name}";
                if (body["issueWeights"]?[issue.Name] is not { } given)
                {
                    findings.Error(file, path, "bargain.weight", "Expected a weight for this issue; there is none.");
                    continue;
                }

                var weight = findings.Weight(Number(given) ?? double.NaN, file, path);
                weights += weight;
                worth[i] = [.. Values(issue, utilities[issue.Name]).Select(value => weight * value)];
            }

            var reservation = Reservation(body["reservationBid"]);
            if (findings.HasError) return null;
            findings.Weights[name] = weights;
            return new Preference(name, worth) { ReservationPackage = reservation };
        }

        /// <summary>A profile may repeat its domain; then it must be the same one.</summary>
        private void CheckDomain(JsonObject? own)
        {
            if (own is null) return;
            foreach (var (name, set) in own)
            {
                var issue = space.IndexOf(name);
                if (issue < 0 || (set?["values"] is JsonArray values
                    && !values.Select(Text).Order().SequenceEqual(space.Issues[issue].Values.Order())))
                    findings.Error(file, $"$.domain.issuesValues.{name}", "bargain.domains_differ",
                        "The profile belongs to another domain: the issue or its values differ.");
            }
        }

        private IEnumerable<double> Values(Issue issue, JsonNode? set)
        {
            var path = $"$.issueUtilities.{issue.Name}";
            var inner = (set as JsonObject)?.Count == 1 && ((JsonObject)set!).First().Value is JsonObject one ? one
                : set as JsonObject;
            if (inner?["valueUtilities"] is JsonObject table)
            {
                foreach (var (value, _) in table)
                    if (issue.IndexOf(value) < 0)
                        findings.Error(file, $"{path}.{value}", "bargain.value_outside",
                            "The domain has no such value.");
                foreach (var value in issue.Values)
                    if (!table.ContainsKey(value))
                        findings.Warning(file, $"{path}.{value}", "bargain.value_missing",
                            "The profile does not value this option; it counts as 0.");
                return [.. issue.Values.Select(value => table.ContainsKey(value)
                    ? findings.Worth(Number(table[value]) ?? double.NaN, file, $"{path}.{value}") : 0)];
            }

            if (issue.Numbers is { } numbers && Number(inner?["lowValue"]) is { } low
                && Number(inner?["highValue"]) is { } high
                && Number(inner?["lowUtility"]) is { } atLow && Number(inner?["highUtility"]) is { } atHigh
                    && high > low)
                return [.. numbers.Select(n => atLow
                    + (atHigh - atLow) * (Math.Clamp(n, low, high) - low) / (high - low))];
            findings.Error(file, path, "bargain.values",
                "Expected valueUtilities, or lowValue, lowUtility, highValue and highUtility.");
            return new double[issue.Count];
        }

        private Package? Reservation(JsonNode? bid)
        {
            if ((bid?["issuevalues"] ?? bid) is not JsonObject { Count: > 0 } values) return null;
            var options = space.Issues.Select(issue => issue.IndexOf(Text(values[issue.Name]))).ToArray();
            if (Array.TrueForAll(options, option => option >= 0)) return new Package(options);
            findings.Warning(file, "$.reservationBid", "bargain.reservation",
                "The reservation bid leaves issues open or names values outside the domain; it counts as none.");
            return null;
        }
    }
}
