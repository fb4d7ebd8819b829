using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente gate</c>: whether negotiation may open, and whom to ask if not.</summary>
public static class GateCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };

    public static Command Create() => new("gate", "Stage 1: what still keeps negotiation shut.")
    {
        Verbs.Create("show", "What blocks, and whom to ask.", [_engagement],
            (client, result) => client.Get($"/api/v1/engagements/{result.GetValue(_engagement)}/gate"), Show),
    };

    private static void Show(IAnsiConsole console, JsonElement gate)
    {
        if (gate.GetProperty("isOpen").GetBoolean()) console.WriteLine("The gate is open: both sides are satisfied with every service.");
        foreach (var block in gate.GetProperty("blocks").EnumerateArray())
            console.WriteLine($"{InventoryFiles.Text(block, "message")} (ask: {InventoryFiles.Text(block, "asks")})");
    }
}
