using System.Text.Json.Nodes;
using Entente.Bargaining;
using Entente.Bargaining.Issues;
using Entente.Bargaining.Preferences;

namespace Entente.Formats.Bargaining;

/// <summary>The normal form: issues with values, and parties whose <c>contrib[issue][value]</c> adds up to their
/// utility.</summary>
/// <remarks>More parties may come as files of their own, each one party object or a document with parties.</remarks>
internal static class DomainJson
{
    public static BargainDocument? Read(SourceText domain, IReadOnlyList<SourceText> profiles, Findings findings)
    {
        if (GeniusWebJson.Parse(domain, findings) is not { } root) return null;
        if (root["issues"] is not JsonArray { Count: > 0 } list)
        {
            findings.Error(domain.Path, "$.issues", "bargain.no_issues",
                "Expected a list of issues with names and values.");
            return null;
        }

        var issues = list.Select((issue, i) => ReadIssue(issue, $"$.issues[{i}]", domain.Path, findings)).ToList();
        if (findings.HasError) return null;
        var space = new Space(issues);
        var parties = Parties(root, domain.Path, space, findings).ToList();
        foreach (var profile in profiles)
        {
            if (GeniusWebJson.Parse(profile, findings) is not { } json) continue;
            var more = json["parties"] is JsonArray ? Parties(json, profile.Path, space, findings)
                : [ReadParty(json, "$", profile.Path, parties.Count, space, findings)];
            parties.AddRange(more);
        }

        if (parties.Count == 0)
            findings.Error(domain.Path, "$.parties", "bargain.no_parties",
                "Expected at least one party, here or in a file of its own.");
        var name = GeniusWebJson.Text(root["id"] ?? root["name"]);
        if (name.Length == 0) name = Path.GetFileNameWithoutExtension(domain.Path);
        return findings.HasError ? null : new BargainDocument(name, new(space, parties));
    }

    private static Issue ReadIssue(JsonNode? issue, string path, string file, Findings findings)
    {
        var name = GeniusWebJson.Text(issue?["name"]);
        if (name.Length > 0 && issue?["values"] is JsonArray { Count: > 0 } values)
        {
            var texts = values.Select(GeniusWebJson.Text).ToArray();
            return new Issue(name, GeniusWebJson.Text(issue["type"]) == "integer" ? IssueKind.Integer
                : IssueKind.Discrete, texts);
        }

        findings.Error(file, path, "bargain.issue", "An issue needs a name and at least one value.");
        return Issue.Discrete(name, "?");
    }

    private static IEnumerable<Preference> Parties(JsonObject root, string file, Space space, Findings findings) =>
        (root["parties"] as JsonArray ?? []).Select((party, p) =>
            ReadParty(party as JsonObject ?? [], $"$.parties[{p}]", file, p, space, findings)).ToList();

    private static Preference ReadParty(JsonObject party, string path, string file, int index, Space space,
        Findings findings)
    {
        var name = GeniusWebJson.Text(party["name"]) is { Length: > 0 } given ? given : $"party {index}";
        var weights = party["weights"] as JsonArray;
        for (var i = 0; i < weights?.Count; i++)
            findings.Weight(GeniusWebJson.Number(weights[i]) ?? double.NaN, file, $"{path}.weights[{i}]");
        var table = party["contrib"] as JsonArray ?? Weighted(party, weights);
        if (table is null || table.Count != space.Issues.Count)
        {
            findings.Error(file, $"{path}.contrib", "bargain.domains_differ",
                $"Expected a row for each of the {space.Issues.Count} issues; found {table?.Count ?? 0}.");
            return new Preference(name, []);
        }

        var worth = new double[table.Count][];
        for (var i = 0; i < worth.Length; i++)
        {
            var row = table[i] as JsonArray ?? [];
            if (row.Count != space.Issues[i].Count)
                findings.Error(file, $"{path}.contrib[{i}]", "bargain.domains_differ",
                    $"The issue '{space.Issues[i].Name}' has {space.Issues[i].Count} values; found {row.Count}.");
            worth[i] = [.. row.Select((w, v) =>
                findings.Worth(GeniusWebJson.Number(w) ?? double.NaN, file, $"{path}.contrib[{i}][{v}]"))];
        }

        if (weights is not null && !findings.HasError) findings.Weights[name] = weights.Sum(
            w => GeniusWebJson.Number(w)!.Value);
        return new Preference(name, worth)
        {
            Reservation = Optional(party, "reservation", path, file, findings),
            Discount = Optional(party, "discount", path, file, findings),
        };
    }

    private static JsonArray? Weighted(JsonObject party, JsonArray? weights)
    {
        if (weights is null || party["evals"] is not JsonArray evals || evals.Count != weights.Count) return null;
        return [.. evals.Select((row, i) => (JsonNode)new JsonArray([.. (row as JsonArray ?? []).Select(value =>
            (JsonNode?)JsonValue.Create(
                (GeniusWebJson.Number(weights[i]) ?? double.NaN) * (GeniusWebJson.Number(value) ?? double.NaN)))]))];
    }

    private static double? Optional(JsonObject party, string name, string path, string file, Findings findings)
    {
        if (party[name] is not { } node) return null;
        if (GeniusWebJson.Text(node) is "-Infinity" or "-inf") return null;
        if (GeniusWebJson.Number(node) is { } value && double.IsFinite(value)) return value;
        findings.Error(file, $"{path}.{name}", $"bargain.{name}", "Expected a number or null.");
        return null;
    }
}
