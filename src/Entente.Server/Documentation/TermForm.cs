using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Terms;

namespace Entente.Server.Documentation;

/// <summary>One field of the term editor.</summary>
/// <param name="Path">Where its value stands in the term's JSON.</param>
public sealed record TermField(string Name, string Path, string Label, string Example, bool IsRequired = true, bool IsList = false, bool IsDuration = false,
    bool IsNumber = false)
{
    /// <summary>What may be chosen, with its words, where it is a choice.</summary>
    public IReadOnlyList<(string Value, string Words)> Choices { get; init; } = [];
}

/// <summary>A kind of term as the editor offers it.</summary>
public sealed record TermKind(string Kind, string Words, IReadOnlyList<TermField> Fields);

/// <summary>The term editor without script: the fields of each kind, listed once, and their way to a term and back.</summary>
public static class TermForm
{
    private static readonly TermField _target = new("target", "target", "Target", ">= 99.9 %");

    public static IReadOnlyList<TermKind> Kinds { get; } =
    [
        new("availability", "Availability", [_target]),
        new("eventRatio", "Share of good requests", [_target with { Example = ">= 99.5 %" }]),
        new("latency", "Response time", [new("threshold", "threshold", "No slower than", "300 ms", IsDuration: true),
            _target with { Label = "For this share of requests", Example = ">= 95 %" }]),
        new("ticketClock", "Ticket response or resolution",
        [
            new("clock", "clock", "Which clock", "response")
            {
                Choices = [("response", "until somebody answers"), ("resolution", "until it is solved"), ("update", "between two news of it")],
            },
            new("within", "within", "Within", "4 h"),
            new("priorities", "priorities", "Priorities it is for, one a line; none means all", "P1", IsRequired: false, IsList: true),
            _target with { Label = "For this share of tickets; none means every one", IsRequired = false, Example = ">= 95 %" },
        ]),
        new("workload", "Workload limit", [new("limit", "limit", "At most", "<= 400"), new("of", "of", "Of what", "tickets")]),
        new("survey", "User satisfaction", [_target with { Example = ">= 4.2" },
            new("answersMin", "answersMin", "Least number of answers", "20", IsRequired: false, IsNumber: true)]),
        new("countLimit", "How often something may happen", [_target with { Example = "<= 2" }, new("of", "of", "Of what", "outages")]),
        new("supportHours", "Support hours", [new("hours", "hours", "Calendar that is promised", "business-hours")]),
        new("serviceCredit", "Cap on service credits", [new("cap", "cap", "At most", "25 %")]),
        new("charge", "Charge", [new("amount", "amount", "Amount in each period", "EUR 4500")]),
        new("clause", "Clause in words", [new("text", "text", "The words", "German law"),
            new("proof", "proof", "How will both tell whether it is kept?", "document")
            {
                Choices =
                [
                    ("document", "a document shows it, such as a certificate or a report"), ("inspection", "somebody looks, and says yes or no"),
                    ("occurrence", "it happened, or it did not"), ("agreement", "it holds by being agreed, such as a law or a definition"),
                ],
            },
            new("choices", "choices", "Alternatives, one a line", "German law", IsRequired: false, IsList: true)]),
    ];

    /// <summary>What every kind may say besides.</summary>
    public static IReadOnlyList<TermField> Common { get; } =
    [
        new("period", "period", "Settled over", "month", IsRequired: false),
        new("calendar", "calendar", "Calendar whose open time counts; none means all hours", "business-hours", IsRequired: false),
        new("source", "measure.source", "Data source that measures it", "status-page", IsRequired: false),
        new("series", "measure.series", "Series in that source, one a line", "checkout", IsRequired: false, IsList: true),
        new("clause", "clause", "In the contract's words", "", IsRequired: false),
        new("notes", "notes", "Notes", "", IsRequired: false),
    ];

    /// <summary>How both tell whether a clause in words is kept, for the line under its value; nothing for any other term.</summary>
    public static string? ProofWords(Term? term) => term is Term.FreeClause { Proof: { } proof }
        ? $"How both tell: {Find("clause").Fields.Single(field => field.Name == "proof").Choices.Single(one =>
            one.Value.Equals(proof.ToString(), StringComparison.OrdinalIgnoreCase)).Words}." : null;

    public static TermKind Find(string? kind) => Kinds.FirstOrDefault(one => one.Kind == kind) ?? Kinds[0];

    /// <summary>Reads a term from a posted form; everything wrong names its field.</summary>
    /// <param name="standing">The term as it stands: what the form has no field for, such as exclusions and credits, stays as it is there.</param>
    /// <exception cref="BadInputException">A field is missing or cannot be read.</exception>
    public static Term Read(IReadOnlyDictionary<string, string> form, Term? standing = null)
    {
        var kind = Find(Text("kind"));
        var json = standing is not null && (JsonObject)JsonSerializer.SerializeToNode(standing, Json.Options)! is var known
            && known["kind"]!.GetValue<string>() == kind.Kind ? known : new JsonObject { ["kind"] = kind.Kind };
        (json["key"], json["title"]) = (Text("key"), Text("title"));
        var inputs = new Inputs();
        // A field of the kind goes before a common one of the same name.
        foreach (var field in kind.Fields.Concat(Common.Where(common => kind.Fields.All(own => own.Path != common.Path))))
        {
            var text = Text(field.Name);
            if (text.Length == 0)
            {
                Drop(json, field.Path);
                inputs.Check(!field.IsRequired, field.Name, "text.missing", $"expected something such as {field.Example}");
                continue;
            }

            Put(json, field.Path, Node(field, text, inputs));
        }

        inputs.Throw();
        try
        {
            var term = json.Deserialize<Term>(Json.Options)!;
            new Inputs().Take(TermRules.Validate(term)).Throw();
            return term;
        }
        catch (JsonException wrong)
        {
            throw new BadInputException(wrong.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "term", "term.invalid",
                Inputs.Of(wrong).Findings[0].Message);
        }

        string Text(string name) => form.GetValueOrDefault(name, "").ReplaceLineEndings("\n").Trim();
    }

    /// <summary>How two people's changes to the same term are merged; what the form has no field for is taken from the term as it stands now.</summary>
    public static Fielded<Term> Spelling(Term? standing) => new(Values, fields => Read(fields, standing));

    /// <summary>A short name of what a term says, to tell whether it is still the one that was read.</summary>
    public static string Digest(Term? term) => term is null ? "none"
        : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(Entente.Documentation.TermText.Of(term))))[..16];

    /// <summary>A term as the editor's fields.</summary>
    public static IReadOnlyDictionary<string, string> Values(Term term)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(term, Json.Options)!;
        var kind = Find(json["kind"]!.GetValue<string>());
        Dictionary<string, string> values = new(StringComparer.Ordinal) { ["kind"] = kind.Kind, ["key"] = term.Key, ["title"] = term.Title };
        foreach (var field in kind.Fields.Concat(Common))
        {
            JsonNode? node = json;
            foreach (var step in field.Path.Split('.')) node = node?[step];
            if (node is not null) values.TryAdd(field.Name, Text(field, node));
        }

        return values;
    }

    private static JsonNode? Node(TermField field, string text, Inputs inputs)
    {
        if (field.IsList) return new JsonArray([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => (JsonNode)line)]);
        if (field.IsNumber)
        {
            inputs.Check(int.TryParse(text, out var number), field.Name, "number.invalid", $"expected a whole number, found '{text}'");
            return number;
        }

        if (!field.IsDuration) return text;
        inputs.Check(TimeLimit.TryParseDuration(text, out var duration), field.Name, "duration.invalid",
            $"expected a duration such as {field.Example}, found '{text}'");
        return IsoDuration.Format(duration);
    }

    private static void Put(JsonObject json, string path, JsonNode? node)
    {
        var steps = path.Split('.');
        foreach (var step in steps[..^1]) json = (JsonObject)(json[step] ??= new JsonObject());
        json[steps[^1]] = node;
    }

    private static void Drop(JsonObject json, string path)
    {
        var steps = path.Split('.');
        if (steps.Length == 1) json.Remove(path);
        else if (json[steps[0]] is JsonObject inner && inner.Remove(steps[1]) && inner.Count == 0) json.Remove(steps[0]);
    }

    private static string Text(TermField field, JsonNode node) =>
        node is JsonArray list ? string.Join('\n', list.Select(item => item!.ToString()))
        : field.IsDuration && IsoDuration.TryParse(node.ToString(), out var duration) ? TimeLimit.Words(duration)
        : node.ToString();
}
