using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente gate</c>: whether negotiation may open, and whom to ask if not.</summary>
public static class GateCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };

    private static readonly Argument<string> _text = new("text") { Description = "What to say." };
    private static readonly Option<bool> _anonymous = new("--anonymous") { Description = "Leave no trace of who says it." };
    private static readonly Option<bool> _chairOnly = new("--to-chair") { Description = "Only the service level manager reads it." };
    private static readonly Option<string?> _service = new("--service") { Description = "Key of the service it is about." };
    private static readonly Argument<string> _name = new(
        "name")
    { Description = "charter, catalogue, spec-sheets, internal-sheets, quality-plan or evidence." };

    public static Command Create() => new("gate", "Stage 1: what still keeps negotiation shut, what people say, and documents.")
    {
        Verbs.Create("show", "What blocks, and whom to ask.", [_engagement],
            (client, result) => client.Get($"/api/v1/engagements/{result.GetValue(_engagement)}/gate"), Show),
        Verbs.Create("say", "Say what you need, doubt or fear, under your name or under none.", [_engagement, _text, _anonymous, _chairOnly, _service],
            (client, result) =>
            client.Post($"{Path(result)}/voices", new
            {
                text = result.GetValue(_text), to = result.GetValue(_chairOnly) ? "serviceLevelManager" : "everybody",
                service = result.GetValue(_service), anonymous = result.GetValue(_anonymous),
            }), (console, _) => console.WriteLine("Said.")),
        Verbs.Create("voices", "What people said.", [_engagement], (client, result) => client.Get($"{Path(result)}/voices"), (console, voices) =>
        {
            foreach (var voice in voices.EnumerateArray()) console.WriteLine($"{InventoryFiles.Text(voice, "id")} {InventoryFiles.Text(voice, "text")}");
        }),
        Verbs.Create("heard", "Who has not been heard yet; for the service level manager.", [_engagement], (client, result) =>
            client.Get($"{Path(result)}/heard"), (console, heard) =>
        {
            foreach (var one in heard.EnumerateArray()) console.WriteLine(
                $"{InventoryFiles.Text(one, "name")}: {(InventoryFiles.Text(one, "lastHeard") is { Length: > 0 } at ? at : "not heard yet")}");
        }),
        Verbs.Create("document", "A document of the first stage as Markdown, with version, hash and sources.", [_engagement, _name], (client, result) =>
            client.Get($"{Path(result)}/documents/{Uri.EscapeDataString(result.GetValue(_name)!)}"), (console, document) =>
                Console.Out.WriteLine(InventoryFiles.Text(document, "markdown"))),
    };

    private static string Path(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}";

    private static void Show(IAnsiConsole console, JsonElement gate)
    {
        if (gate.GetProperty("isOpen").GetBoolean()) console.WriteLine("The gate is open: both sides are satisfied with every service.");
        foreach (var block in gate.GetProperty("blocks").EnumerateArray())
            console.WriteLine($"{InventoryFiles.Text(block, "message")} (ask: {InventoryFiles.Text(block, "asks")})");
    }
}
