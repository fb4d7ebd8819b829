using System.CommandLine;
using System.Text.Json;
using Entente.Negotiation;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente cost</c>: what promises cost to provide, as accounting knows it.</summary>
public static class CostCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<FileInfo> _file = new("file")
    { Description = "The model: JSON, or one line each: name | kind | term | amount." };
    private static readonly Option<string?> _from = new("--from") { Description = "First day of this version; left out: today." };
    private static readonly Option<string> _currency = new("--currency")
    { Description = "Currency of a model in lines.", DefaultValueFactory = _ => "EUR" };
    private static readonly Argument<string> _seat = new("seat") { Description = "customer, stakeholder or serviceLevelManager." };

    private static readonly Option<string?> _most = new("--at-most") { Description = "By the month, such as \"EUR 40000\"." };
    private static readonly Option<string?> _reason = new("--reason") { Description = "Why it is raised." };

    public static Command Create() => new("cost", "Stage 2: what promises cost to provide.")
    {
        Verbs.Create("show", "The versions of the cost model.", [_engagement], (client, result) => client.Get(One(result)), Show),
        Verbs.Create("write", "Write the cost model, or its next version.", [_engagement, _file, _from, _currency],
            async (client, result) => await client.Put(One(result), new
            {
                model = Model(await File.ReadAllTextAsync(result.GetValue(_file)!.FullName), result.GetValue(_currency)!),
                effectiveFrom = result.GetValue(_from),
            }), Show),
        Verbs.Create("limit", "Set the hard limit of what a package may cost to provide; without an amount it is lifted.",
            [_engagement, _most, _reason], (client, result) => client.Put($"{One(result)}/limit",
                new { limit = result.GetValue(_most), reason = result.GetValue(_reason) }), Show),
        Verbs.Create("open", "Let a further party read the model; this cannot be taken back.", [_engagement, _seat],
            (client, result) => client.Post($"{One(result)}/opening", new { to = result.GetValue(_seat) }), Show),
    };

    private static string One(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/cost";

    private static CostModel Model(string text, string currency)
    {
        try
        {
            return text.TrimStart().StartsWith('{') ? JsonSerializer.Deserialize<CostModel>(text, Json.Options)!
                : CostText.Read(currency, text, "");
        }
        catch (JsonException invalid)
        {
            throw new BadInputException(invalid.Path ?? "$", "json.invalid", invalid.Message);
        }
    }

    private static void Show(IAnsiConsole console, JsonElement one)
    {
        var rules = one.TryGetProperty("inForce", out var number) ? number.GetInt32() : 0;
        foreach (var edition in one.GetProperty("editions").EnumerateArray())
        {
            var version = edition.GetProperty("number").GetInt32();
            console.WriteLine($"Version {version} from {edition.GetProperty("effectiveFrom").GetString()}"
                + (version == rules ? ", in force" : ""));
            console.WriteLine(CostText.Write(edition.GetProperty("model").Deserialize<CostModel>(Json.Options)));
        }

        if (one.TryGetProperty("limit", out var limit)) console.WriteLine($"A package may cost at most {limit.GetString()} a month.");
        if (one.GetProperty("editions").GetArrayLength() == 0) console.WriteLine("No cost model yet.");
    }
}
