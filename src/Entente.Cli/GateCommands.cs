using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente gate</c>: whether negotiation may open, and whom to ask if not.</summary>
public static class GateCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };

    private static readonly Argument<string> _name = new(
        "name")
    { Description = "charter, catalogue, spec-sheets, internal-sheets, quality-plan or evidence." };

    public static Command Create() => new("gate", "Stage 1: what still keeps negotiation shut, and documents.")
    {
        Verbs.Create("show", "What blocks, and whom to ask.", [_engagement],
            (client, result) => client.Get($"/api/v1/engagements/{result.GetValue(_engagement)}/gate"), Show),
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
