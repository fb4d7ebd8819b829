using System.Text.Json.Nodes;
using Entente.Documentation;

namespace Entente.Formats.Inventory;

/// <summary>Reads Prometheus targets: what <c>/api/v1/targets</c> answers, or a file of targets. Each is an asset that is measured.</summary>
internal static class PrometheusTargets
{
    public static InventoryExport Read(IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        List<Finding> findings = [];
        List<(string Instance, string Job)> targets = [];
        foreach (var node in files.SelectMany(file => ExportTexts.Documents(file, findings)))
        {
            var answered = ((node as JsonObject)?["data"]?["activeTargets"] ?? (node as JsonObject)?["activeTargets"]) as JsonArray;
            targets.AddRange(answered?.Select(one => (one?["labels"]?["instance"]?.ToString() ?? one?["scrapeUrl"]?.ToString() ?? "",
                one?["labels"]?["job"]?.ToString() ?? "")) ?? Groups(node, job: ""));
        }

        Keys keys = new();
        List<ImportedItem> items = [];
        foreach (var (instance, job) in targets.Distinct())
        {
            if (instance.Length == 0) findings.Add(Finding.Error($"target {items.Count + findings.Count + 1}", "import.target", "expected an instance"));
            else
            {
                items.Add(new(items.Count + 1, "target", new InventoryItem.Asset
                {
                    Key = keys.Take(job.Length == 0 ? "target" : job, instance, "2"),
                    Name = instance,
                    Side = options.Side,
                    What = job.Length == 0 ? "target" : $"target, {job}",
                    MeasuredBy = [$"up{{instance=\"{instance}\"{(job.Length == 0 ? "" : $",job=\"{job}\"")}}}"],
                }));
            }
        }

        return new("prometheus", targets.Count, items, [new("target", targets.Count, ExportUse.Item)], findings);
    }

    /// <summary>Groups of targets, however deep: a file of targets, or the scrape jobs of a whole configuration.</summary>
    private static IEnumerable<(string Instance, string Job)> Groups(JsonNode? node, string job) => node switch
    {
        JsonObject group when group["targets"] is JsonArray some => some.Select(one =>
            (one?.ToString() ?? "", group["labels"]?["job"]?.ToString() ?? job)),
        JsonObject other => other.SelectMany(pair => Groups(pair.Value, other["job_name"]?.ToString() ?? job)),
        JsonArray list => list.SelectMany(one => Groups(one, job)),
        _ => [],
    };
}
