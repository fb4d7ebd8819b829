using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.Calendars;

/// <summary>
/// One mapping of a YAML or JSON document: fields are asked for by name, and what was never asked for is a finding.
/// </summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _fields = [];
    private readonly HashSet<string> _asked = [];

    private YamlMap(YamlMappingNode node, string path, List<Finding> findings)
    {
        (Node, Path, Findings) = (node, path, findings);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name }) _fields[name] = (key, value);
            else findings.Add(Finding.Error(path, "yaml.key", "A field's name is a word.", (int)key.Start.Line));
        }
    }

    public YamlNode Node { get; }

    public string Path { get; }

    public List<Finding> Findings { get; }

    public IEnumerable<string> Names => _fields.Keys;

    /// <summary>The document's top mapping; null, with a finding, when the text is no YAML or no mapping.</summary>
    public static YamlMap? Read(string text, string example, List<Finding> findings)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }]) return new YamlMap(root, "", findings);
            findings.Add(Finding.Error("", "yaml.mapping", $"Expected one document with fields such as {example}.", 1));
        }
        catch (YamlException bad)
        {
            findings.Add(Finding.Error("", "yaml.syntax", bad.Message, (int)bad.Start.Line));
        }

        return null;
    }

    public bool Has(string name) => _fields.ContainsKey(name);

    public YamlNode? Find(string name)
    {
        _asked.Add(name);
        return _fields.TryGetValue(name, out var field)
            && field.Value is not YamlScalarNode { Value: null or "" or "~" or "null", Style: ScalarStyle.Plain }
            ? field.Value : null;
    }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode scalar => scalar.Value,
        var other => Refuse<string>(other, At(name), "yaml.text", "Expected one value."),
    };

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        var other => Refuse<object>(Find(name)!, At(name), "yaml.flag",
            $"Expected true or false, found \"{other}\".") is not null,
    };

    public YamlMap? Map(string name) => Find(name) is { } node ? AsMap(node, At(name)) : null;

    public YamlMap? AsMap(YamlNode node, string path) => node is YamlMappingNode map
        ? new YamlMap(map, path, Findings) : Refuse<YamlMap>(node, path, "yaml.mapping",
            "Expected fields with values.");

    /// <summary>The items of a list with their paths; empty when the field is absent.</summary>
    public IEnumerable<(YamlNode Node, string Path)> Items(string name) => Find(name) switch
    {
        null => [],
        YamlSequenceNode list => list.Children.Select((item, i) => (item, $"{At(name)}[{i}]")),
        var other => Refuse<IEnumerable<(YamlNode, string)>>(other, At(name), "yaml.list", "Expected a list.") ?? [],
    };

    /// <summary>Names the fields nobody asked for: unknown ones are refused, not skipped.</summary>
    public void RefuseOthers()
    {
        foreach (var (name, (key, _)) in _fields)
            if (!_asked.Contains(name))
                Findings.Add(Finding.Error(At(name), "yaml.unknown",
                    $"\"{name}\" is not known here: expected {string.Join(", ", _asked.Order())}.",
                        (int)key.Start.Line));
    }

    public T? Refuse<T>(YamlNode node, string path, string rule, string message)
        where T : class
    {
        Findings.Add(Finding.Error(path, rule, message, (int)node.Start.Line));
        return null;
    }

    public string At(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
