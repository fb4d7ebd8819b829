using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente charter</c>: reads, writes and approves the process charter.</summary>
public static class CharterCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<FileInfo> _file = new("file") { Description = "Charter as JSON: purpose, scope, roles, successMeasures." };
    private static readonly Option<int> _edition = new("--edition") { Description = "The edition that was read.", Required = true };
    private static readonly Option<string> _reason = new("--reason") { Description = "Why not.", Required = true };
    private static readonly Argument<string> _person = new("person") { Description = "Identifier of somebody who sits in the engagement." };

    public static Command Create() => new("charter", "Stage 1: the charter that opens the work.")
    {
        Verb("show", "Show the charter and its approvals.", [_engagement], (client, result) => client.Get(Path(result))),
        Verb("write", "Write a new edition.", [_engagement, _file], async (client, result) =>
            await client.Put(Path(result), JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(result.GetValue(_file)!.FullName)))),
        Verb("name", "Name a stakeholder who must approve.", [_engagement, _person], (client, result) =>
            client.Post($"{Path(result)}/stakeholders", new { person = result.GetValue(_person) })),
        Verb("approve", "Approve an edition as a stakeholder.", [_engagement, _edition], (client, result) =>
            client.Post($"{Path(result)}/approval", new { edition = result.GetValue(_edition) })),
        Verb("object", "Object to an edition, with a reason.", [_engagement, _edition, _reason], (client, result) =>
            client.Post($"{Path(result)}/objection", new { edition = result.GetValue(_edition), reason = result.GetValue(_reason) })),
    };

    private static string Path(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/charter";

    private static Command Verb(string name, string words, IEnumerable<Symbol> takes, Func<Client, ParseResult, Task<JsonElement>> ask) =>
        Verbs.Create(name, words, takes, ask, Show);

    private static void Show(IAnsiConsole console, JsonElement charter)
    {
        console.MarkupLine($"Edition {charter.GetProperty("edition")}, "
            + $"{(charter.GetProperty("isApproved").GetBoolean() ? "[green]approved[/]" : "[yellow]not approved[/]")}");
        if (charter.TryGetProperty("charter", out var text))
            console.WriteLine($"Purpose: {text.GetProperty("purpose").GetString()}\nScope: {text.GetProperty("scope").GetString()}");
        var table = new Table().AddColumns("Stakeholder", "Said");
        foreach (var voice in charter.GetProperty("stakeholders").EnumerateArray())
        {
            table.AddRow(Markup.Escape(voice.GetProperty("name").GetString()!),
                voice.GetProperty("approves").GetBoolean() ? "approved"
                : voice.TryGetProperty("objection", out var objection) ? Markup.Escape($"objects: {objection.GetString()}") : "not heard yet");
        }

        console.Write(table);
    }
}
