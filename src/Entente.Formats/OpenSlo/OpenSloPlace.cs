using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Entente.Formats.OpenSlo;

/// <summary>
/// What the rules found, graded: strict makes everything an error, lenient forgives what still has a meaning.
/// </summary>
internal sealed class OpenSloReport
{
    private readonly List<(Finding Finding, bool Forgiven)> _found = [];

    public void Add(string path, string rule, string message, YamlNode? node, bool forgiven) =>
        _found.Add((Finding.Error(path, rule, message, node is { Start.Line: > 0 } ? (int)node.Start.Line : null),
            forgiven));

    public IEnumerable<Finding> Strict => _found.Select(found => found.Finding);

    public IEnumerable<Finding> Lenient => _found.Select(found =>
        found.Forgiven ? found.Finding with { Severity = Severity.Warning } : found.Finding);
}

/// <summary>
/// A place in a document while its rules are checked; the codes are those of the specification's validator.
/// </summary>
/// <param name="Forgiving">A broken rule from here on only warns in lenient mode.</param>
internal sealed partial record OpenSloPlace(YamlNode? Raw, string Path, OpenSloReport Report, bool Forgiving = false)
{
    /// <summary>The node, or none when it is missing or null.</summary>
    public YamlNode? Node => Raw is YamlScalarNode { IsNull: true } ? null : Raw;

    public bool Exists => Node is not null;

    /// <summary>Set, in the sense of the validator: neither missing nor an empty text.</summary>
    public bool HasText => Node is YamlScalarNode { Value.Length: > 0 };

    public string? Value => (Node as YamlScalarNode)?.Value;

    public OpenSloPlace this[string field] =>
        this with { Raw = Node.Field(field), Path = Path.Length == 0 ? field : $"{Path}.{field}" };

    public OpenSloPlace Forgive() => this with { Forgiving = true };

    public OpenSloPlace Fail(string rule, string message)
    {
        Report.Add(Path, rule, message, Raw, Forgiving || ForgivenRules.Contains(rule));
        return this;
    }

    /// <summary>These rules keep a document tidy; breaking them takes nothing from its meaning.</summary>
    private static readonly HashSet<string> ForgivenRules =
        ["unknown_field", "string_dns_label", "string_max_length", "string_match_regexp",
         "string_kubernetes_qualified_name", "forbidden", "string_alpha"];

    public OpenSloPlace Required()
    {
        if (Node is null or YamlScalarNode { Value: "" }) Fail("required", "This is required and missing.");
        return this;
    }

    /// <summary>A mapping with these fields and no other.</summary>
    public bool Map(params string[] fields)
    {
        if (Node is null) return false;
        if (Node is not YamlMappingNode map)
        {
            Fail("type", "A mapping is expected here.");
            return false;
        }

        foreach (var (name, value) in map.Fields().Where(pair => !fields.Contains(pair.Key)))
            (this with { Raw = value, Path = Path.Length == 0 ? name : $"{Path}.{name}" })
                .Fail("unknown_field", $"There is no field '{name}' here; expected are {string.Join(", ", fields)}.");
        return true;
    }

    public IReadOnlyList<OpenSloPlace> Items()
    {
        if (Node is null) return [];
        if (Node is YamlSequenceNode list)
            return [.. list.Children.Select((item, index) => this with { Raw = item, Path = $"{Path}[{index}]" })];
        Fail("type", "A list is expected here.");
        return [];
    }

    public OpenSloPlace Text(int lengthMax = int.MaxValue)
    {
        if (Node is null) return this;
        if (Node is not YamlScalarNode scalar) return Fail("type", "A text is expected here.");
        if (YamlTree.Kind(scalar) != ScalarKind.Text)
            Forgive().Fail("type", $"A text is expected here; write \"{scalar.Value}\" in quotes.");
        else if (new StringInfo(scalar.Value!).LengthInTextElements > lengthMax)
            Fail("string_max_length", $"The text is longer than {lengthMax} characters.");
        return this;
    }

    public OpenSloPlace Flag()
    {
        if (Node is null || Node is YamlScalarNode scalar && YamlTree.Kind(scalar) == ScalarKind.Flag) return this;
        return Fail("type", "true or false is expected here.");
    }

    /// <summary>The number here; none when there is none, after saying so.</summary>
    public decimal? Number()
    {
        if (Node is null) return null;
        if (Node is not YamlScalarNode scalar
            || !decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            Fail("type", "A number is expected here.");
            return null;
        }

        if (YamlTree.Kind(scalar) != ScalarKind.Number)
            Forgive().Fail("type", "A number is expected here, not a text.");
        return number;
    }

    public void NumberFrom(decimal low, decimal below)
    {
        if (Number() is not { } number) return;
        if (number < low) Fail("greater_than_or_equal_to", $"{number} is less than {low}.");
        if (number >= below) Fail("less_than", $"{number} is not less than {below}.");
    }

    public OpenSloPlace OneOf(params string[] words)
    {
        if (Node is null) return this;
        Text();
        if (Value is { Length: > 0 } word && !words.Contains(word))
            Fail("one_of", $"'{word}' is none of {string.Join(", ", words)}.");
        return this;
    }

    public OpenSloPlace DnsLabel()
    {
        if (Node is null) return this;
        Text();
        if (Value is not null && !DnsLabelPattern().IsMatch(Value))
            Fail("string_dns_label",
                $"'{Value}' is no RFC 1123 label: at most 63 of a-z, 0-9 and '-', none at an end.");
        return this;
    }

    public OpenSloPlace Forbidden(string why)
    {
        if (Exists) Fail("forbidden", why);
        return this;
    }

    /// <summary>Of these fields exactly one is set; which one is, or none when the rule is broken.</summary>
    public string? ExactlyOne(params string[] fields) => AtMostOne(required: true, fields);

    public void AtMostOne(params string[] fields) => AtMostOne(required: false, fields);

    private string? AtMostOne(bool required, string[] fields)
    {
        var set = fields.Where(field => this[field].Exists && this[field].Value != "").ToList();
        if (set.Count > 1) Fail("mutually_exclusive", $"Only one of {string.Join(", ", set)} may be set.");
        else if (set.Count == 0 && required)
            Fail("mutually_exclusive", $"One of {string.Join(", ", fields)} must be set.");
        return set.Count == 1 ? set[0] : null;
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DnsLabelPattern();
}
