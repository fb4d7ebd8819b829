using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Bargaining;

/// <summary>A mapping inside a YAML document that knows its file and line, for messages.</summary>
internal sealed class YamlPlace(string file, YamlMappingNode node, Findings findings)
{
    public static YamlPlace? Parse(SourceText source, Findings findings)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(source.Text));
            if (stream.Documents.Count > 0 && stream.Documents[0]
                .RootNode is YamlMappingNode root) return new YamlPlace(source.Path, root, findings);
            findings.Error(source.Path, "", "bargain.format",
                "Expected GENIUS XML, GeniusWeb JSON, domain.json, or YAML with issues and parties.");
        }
        catch (YamlException wrong)
        {
            findings.Error(source.Path, $"line {wrong.Start.Line}", "bargain.yaml", wrong.InnerException?.Message
                ?? wrong.Message);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException)
        {
            // The scanner gives up like this on some damaged texts.
            findings.Error(source.Path, "", "bargain.yaml", $"This is no YAML: {wrong.Message}");
        }

        return null;
    }

    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    public bool Has(string key) => Child(key) is not null;

    /// <summary>Reports an error at this place; answers null, so that a reader can return it.</summary>
    public object? Error(string rule, string message, YamlNode? at = null)
    {
        findings.Error(file, $"line {(at ?? node).Start.Line}", rule, message);
        return null;
    }

    public void Allow(params string[] keys)
    {
        foreach (var key in Keys.Where(key => !keys.Contains(key)))
            Error("bargain.unknown", $"'{key}' is not known here; expected {string.Join(", ", keys)}.", Child(key));
    }

    public string? Text(string key) => (Child(key) as YamlScalarNode)?.Value;

    public IReadOnlyList<string> Texts(string key) => Child(key) switch
    {
        YamlScalarNode one => [one.Value ?? ""],
        YamlSequenceNode many => [.. many.Children.OfType<YamlScalarNode>().Select(v => v.Value ?? "")],
        _ => [],
    };

    public double? Number(string key)
    {
        if (Child(key) is not { } child || (child as YamlScalarNode)?.Value is "" or "null" or "~") return null;
        if (child is YamlScalarNode scalar
            && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)) return number;
        Error("bargain.number", $"Expected a finite number for '{key}'.", child);
        return null;
    }

    /// <summary>A number, or a list of the least and the most it may be: (least, most).</summary>
    public (double Least, double Most)? Span(string key)
    {
        if (Child(key) is not YamlSequenceNode list) return Number(key) is { } one ? (one, one) : null;
        double[] ends = [.. list.Children.OfType<YamlScalarNode>().Select(node =>
            double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var end) ? end : double.NaN)];
        if (ends is [var least, var most] && least <= most && double.IsFinite(least) && double.IsFinite(most))
            return (least, most);
        Error("bargain.range", $"Expected one finite number for '{key}', or two in order: the least and the most.", list);
        return null;
    }

    /// <summary>The weight at this place, or its range; 0 and an error where it is missing or negative.</summary>
    public (double Least, double Most) Weight(Findings all)
    {
        if (Span("weight") is not { } weight)
        {
            Error("bargain.weight", "Expected a weight.");
            return (0, 0);
        }

        all.Weight(weight.Least, file, $"line {node.Start.Line}");
        return weight;
    }

    public YamlPlace? Map(string key)
    {
        if (Child(key) is not { } child) return null;
        if (child is YamlMappingNode map) return new YamlPlace(file, map, findings);
        Error("bargain.yaml", $"Expected a mapping for '{key}'.", child);
        return null;
    }

    public IReadOnlyList<YamlPlace> List(string key) =>
        [.. (Child(key) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>()
            .Select(map => new YamlPlace(file, map, findings)) ?? []];

    private YamlNode? Child(string key) => node.Children.FirstOrDefault(
        pair => pair.Key is YamlScalarNode scalar && scalar.Value == key).Value;
}
