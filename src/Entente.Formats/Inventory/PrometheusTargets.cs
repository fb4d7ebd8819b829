using System.Text.Json.Nodes;
using Entente.Documentation;
using Entente.Formats.OpenSlo;

namespace Entente.Formats.Inventory;

/// <summary>Reads Prometheus targets: what <c>/api/v1/targets</c> answers, or a file of targets. Each is an asset that is measured.</summary>
internal static class PrometheusTargets
{
    public static InventoryExport Read(IReadOnlyList<ExportFile> files, ExportOptions options)
    {
        List<(string Instance, JsonObject? Labels)> targets = [];
        foreach (var node in files.SelectMany(file => YamlTree.Read(file.Text).Select(YamlTree.ToJson)))
        {
            var answer = node as JsonObject;
            var answered = ((answer?["data"] as JsonObject)?["activeTargets"] ?? answer?["activeTargets"]) as JsonArray;
            targets.AddRange(answered is not null
                ? answered.Select(one => (one?["labels"]?["instance"]?.ToString() ?? one?["scrapeUrl"]?.ToString() ?? "", one?["labels"] as JsonObject))
                : (node as JsonArray ?? []).SelectMany(group =>
                    (group?["targets"] as JsonArray ?? []).Select(one => (one!.ToString(), group!["labels"] as JsonObject))));
        }

        Keys keys = new();
        List<Finding> findings = [];
        List<ImportedItem> items = [];
        foreach (var (instance, labels) in targets)
        {
            var job = labels?["job"]?.ToString() ?? "";
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
}
