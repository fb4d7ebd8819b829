using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente practice</c>: practices held against ITIL 4 and ISO/IEC 20000-1, with plans for the gaps.</summary>
public static class PracticeCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _clause = new("clause") { Description = "Key of the clause, as the verb list shows it." };
    private static readonly Option<string> _fit = new("--fit") { Description = "done, partly, missing or notApplicable.", Required = true };
    private static readonly Option<string?> _evidence = new("--evidence") { Description = "What shows it." };
    private static readonly Option<string?> _plan = new("--plan") { Description = "What will be done about the gap." };
    private static readonly Option<string?> _owner = new("--owner") { Description = "Who owns the plan." };
    private static readonly Option<string?> _due = new("--due") { Description = "The day by which it is done, such as 2026-12-31." };
    private static readonly Argument<string> _text = new("text") { Description = "What became of the plan." };
    private static readonly Option<bool> _done = new("--done") { Description = "The plan is done." };

    public static Command Create()
    {
        var csv = new Command("evidence", "The auditor's evidence list as CSV.") { _engagement };
        csv.AddPlace();
        csv.SetAction((result, _) => Output.Guard(result, async () =>
        {
            await using var client = await Client.Connect(result);
            Console.Out.Write(await client.GetText($"{Path(result)}/evidence.csv", "text/csv"));
            return 0;
        }));
        return new("practice", "Stage 1: practices in use held against ITIL 4 and ISO/IEC 20000-1.")
        {
            Verbs.Create("list", "Every clause, how it was assessed, and what shows it.", [_engagement], (client, result) => client.Get(Path(result)), Show),
            Verbs.Create("assess", "Assess one clause.", [_engagement, _clause, _fit, _evidence, _plan, _owner, _due], (client, result) =>
                client.Put(One(result), new
                {
                    fit = result.GetValue(_fit),
                    evidence = result.GetValue(_evidence) ?? "",
                    plan = result.GetValue(_plan) ?? "",
                    owner = result.GetValue(_owner) ?? "",
                    due = result.GetValue(_due),
                }), (console, said) => console.WriteLine($"{InventoryFiles.Text(said, "clause")}: {InventoryFiles.Text(said, "fit")}")),
            Verbs.Create("follow", "Say what became of the plan for a clause.", [_engagement, _clause, _text, _done], (client, result) =>
                client.Post($"{One(result)}/follow-ups", new { text = result.GetValue(_text), done = result.GetValue(_done) }), (console, notes) =>
                console.WriteLine(Counted.Of(notes.GetArrayLength(), "note"))),
            csv,
        };
    }

    private static string Path(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/practice-fit";

    private static string One(ParseResult result) => $"{Path(result)}/{Uri.EscapeDataString(result.GetValue(_clause)!)}";

    private static void Show(IAnsiConsole console, JsonElement rows)
    {
        var table = new Table().AddColumns("Key", "Clause", "Fit", "Shown by the system", "Plan");
        foreach (var row in rows.EnumerateArray())
        {
            var (clause, said) = (row.GetProperty("clause"), row.TryGetProperty("said", out var one) ? one : default);
            table.AddRow([.. new[]
            {
                InventoryFiles.Text(clause, "key"), InventoryFiles.Text(clause, "clause"), InventoryFiles.Text(said, "fit"),
                string.Join("; ", row.GetProperty("shown").EnumerateArray().Select(shown => InventoryFiles.Text(shown, "text"))),
                InventoryFiles.Text(said, "plan") + (row.GetProperty("isOverdue").GetBoolean() ? " (overdue)" : ""),
            }.Select(text => Markup.Escape(text))]);
        }

        console.Write(table);
    }
}
