using System.Text.Json.Nodes;
using Entente.Formats.Bargaining;
using Entente.Tests.Shared;

namespace Entente.Formats.Tests.Bargaining;

/// <summary>The published domains and their reference values, by path.</summary>
internal static class Domains
{
    public static string Root => SharedData.Path("bargaining");

    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Root, "reference.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static JsonNode Reference(string id) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Root, id, "reference.json")))!;

    public static JsonNode Normal(string id) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Root, id, "domain.json")))!;

    public static SourceText Text(string path) => new(path, File.ReadAllText(path));

    /// <summary>From the original files where there are some; else from the normal form.</summary>
    public static BargainDocument Read(string id)
    {
        var folder = Path.Combine(Root, id, "original");
        if (!Directory.Exists(folder)) return ReadNormal(id);
        var profiles = Normal(id)["parties"]!.AsArray().Select(p => Path.Combine(folder, (string)p!["file"]!))
            .ToArray();
        var domain = Directory.EnumerateFiles(folder)
            .Single(f => !profiles.Contains(f) && Path.GetFileName(f) != "specials.json");
        return BargainReader.Read(Text(domain), [.. profiles.Select(Text)]).Get();
    }

    public static BargainDocument ReadNormal(string id) =>
        BargainReader.Read(Text(Path.Combine(Root, id, "domain.json"))).Get();
}
