using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente charter</c>: reads, writes and approves the process charter.</summary>
public static class CharterCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<FileInfo> _file = new("file")
    {
        Description = "Charter as JSON: purpose, scope, sponsor, roles, raci, calendar, successMeasures, escalation, words, quorum, "
            + "votingRights; rows as 'a | b | c'.",
    };
    private static readonly Option<int> _edition = new("--edition") { Description = "The edition that was read.", Required = true };
    private static readonly Option<string> _reason = new("--reason") { Description = "Why not.", Required = true };
    private static readonly Argument<string> _person = new("person") { Description = "Identifier of somebody who sits in the engagement." };

    private static readonly Option<int?> _from = new("--from") { Description = "The older edition. Default: the one before." };
    private static readonly Option<int?> _to = new("--to") { Description = "The newer edition. Default: the last." };

    public static Command Create() => new("charter", "Stage 1: the charter that opens the work.")
    {
        Verb("show", "Show the charter and its approvals.", [_engagement], (client, result) => client.Get(Path(result))),
        Verb("write", "Write a new edition.", [_engagement, _file, .. Second.Options], async (client, result) =>
            await client.PutText(Path(result), await InventoryFiles.Json(result.GetValue(_file)!), result)),
        Verb("name", "Name a stakeholder who must approve.", [_engagement, _person], (client, result) =>
            client.Post($"{Path(result)}/stakeholders", new { person = result.GetValue(_person) })),
        Verb("approve", "Approve an edition as a stakeholder.", [_engagement, _edition], (client, result) =>
            client.Post($"{Path(result)}/approval", new { edition = result.GetValue(_edition) })),
        Verb("object", "Object to an edition, with a reason.", [_engagement, _edition, _reason], (client, result) =>
            client.Post($"{Path(result)}/objection", new { edition = result.GetValue(_edition), reason = result.GetValue(_reason) })),
        Verb("delegate", "Hand your voice as a stakeholder to somebody else.", [_engagement, _person], (client, result) =>
            client.Post($"{Path(result)}/delegation", new { person = result.GetValue(_person) })),
        Verbs.Create("difference", "What the last edition changed, or what changed between two.", [_engagement, _from, _to], (client, result) =>
            client.Get($"{Path(result)}/difference?{Query("from", result.GetValue(_from))}{Query("to", result.GetValue(_to))}"), ShowDifference),
    };

    private static string Query(string name, int? edition) => edition is { } number ? $"{name}={number}&" : "";

    internal static void ShowDifference(IAnsiConsole console, JsonElement lines)
    {
        foreach (var line in lines.EnumerateArray())
        {
            var sign = InventoryFiles.Text(line, "change") switch { "added" => "+", "removed" => "-", _ => " " };
            console.WriteLine($"{sign} {InventoryFiles.Text(line, "part")}: {InventoryFiles.Text(line, "text")}");
        }
    }

    private static string Path(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/charter";

    private static Command Verb(string name, string words, IEnumerable<Symbol> takes, Func<Client, ParseResult, Task<JsonElement>> ask) =>
        Verbs.Create(name, words, takes, ask, Show);

    private static void Show(IAnsiConsole console, JsonElement charter)
    {
        console.MarkupLine($"Edition {charter.GetProperty("edition")} (version {charter.GetProperty("version")}), "
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
