using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente promises</c>: how what was promised stands, month by month.</summary>
public static class PromiseCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _agreement = new("agreement") { Description = "Name of the agreement in the engagement, such as a1." };
    private static readonly Argument<string> _period = new("period") { Description = "Month, such as 2026-09." };

    public static Command Create() => new("promises", "Stage 4: what was promised against what was measured.")
    {
        Verbs.Create("show", "Every promise in force, month by month.", [_engagement],
            (client, result) => client.Get($"/api/v1/engagements/{result.GetValue(_engagement)}/promises"), Show),
        Verbs.Create("explain", "Every term in one month, with what each figure is made of.", [_engagement, _agreement, _period],
            (client, result) => client.Get(
                $"/api/v1/engagements/{result.GetValue(_engagement)}/promises/{result.GetValue(_agreement)}/{result.GetValue(_period)}"), Explain),
    };

    private static void Show(IAnsiConsole console, JsonElement boards)
    {
        foreach (var board in boards.EnumerateArray())
        {
            console.WriteLine($"{board.GetProperty("title").GetString()}, version {board.GetProperty("version")}");
            var table = new Table().AddColumns("Promise", "Target");
            foreach (var month in board.GetProperty("months").EnumerateArray()) table.AddColumn(month.GetString()!);
            foreach (var row in board.GetProperty("rows").EnumerateArray())
            {
                table.AddRow([Markup.Escape(row.GetProperty("title").GetString()!), Markup.Escape(row.GetProperty("target").GetString()!),
                    .. row.GetProperty("results").EnumerateArray().Select(Verdict)]);
            }

            console.Write(table);
        }

        if (boards.GetArrayLength() == 0) console.WriteLine("No agreement is in force.");
    }

    private static void Explain(IAnsiConsole console, JsonElement results)
    {
        foreach (var result in results.EnumerateArray())
        {
            console.MarkupLine($"[bold]{Markup.Escape(result.GetProperty("title").GetString()!)}[/]: {Verdict(result)}");
            foreach (var part in result.GetProperty("explain").EnumerateArray().Take(10))
                console.WriteLine($"  {part.GetProperty("what").GetString()}: {part.GetProperty("text").GetString()}");
        }
    }

    private static string Verdict(JsonElement result) =>
        result.ValueKind is JsonValueKind.Null ? "·"
        : $"{(result.TryGetProperty("breached", out var breached) ? breached.GetBoolean() ? "[red]missed[/]" : "[green]met[/]" : "unknown")} "
            + $"{(result.TryGetProperty("attained", out var attained) ? Markup.Escape(attained.GetProperty("label").GetString()!) : "")}";
}
