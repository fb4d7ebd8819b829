using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente measurements</c>: brings the measured history of an engagement in.</summary>
public static class MeasurementCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<FileInfo> _file = new(
        "file")
    {
        Description = "Counts, intervals, checks, values, incidents or a ticket log; CSV, a workbook, JSON, JSON Lines, "
            + "gzip.",
    };
    private static readonly Option<bool> _partial = new("--partial") { Description = "Take the good rows although others are wrong." };
    private static readonly Option<string?> _zone = new("--time-zone") { Description = "Zone of times that name none." };
    private static readonly Option<string?> _sheet = new("--sheet")
    { Description = "Of a workbook, the sheet to read; none takes the first one that has a header." };
    private static readonly Option<int> _shift = new(
        "--shift-days")
    { Description = "Move every instant by whole days, to place an old public log in our time." };
    private static readonly Argument<string> _import = new("import") { Description = "Identifier of the import." };
    private static readonly Option<string> _reason = new("--reason") { Description = "Why its rows must not count.", Required = true };

    public static Command Create() => new("measurements", "Stage 4: the measured history that promises are held against.")
    {
        Verbs.Create("import", "Take a file in.", [_engagement, _file, _partial, _zone, _shift, _sheet], Import,
            ShowImport),
        Verbs.Create("list", "What the history is made of.", [_engagement], (client, result) => client.Get(Path(result)), ShowList),
        Verbs.Create("withdraw", "Withdraw an import that was a mistake.", [_engagement, _import, _reason], (client, result) =>
            client.Post($"{Path(result)}/{result.GetValue(_import)}/withdrawal", new { reason = result.GetValue(_reason) }), ShowList),
    };

    public static string Query(string name, bool partial, string? zone, int shift) =>
        $"?name={Uri.EscapeDataString(name)}&partial={(partial ? "true" : "false")}&shiftDays={shift}{(zone is null ? "" : $"&timeZone={Uri.EscapeDataString(zone)}")}";

    private static async Task<JsonElement> Import(Client client, ParseResult result)
    {
        var file = result.GetValue(_file)!;
        await using var stream = file.OpenRead();
        return await client.PostContent(
            Path(result) + Query(file.Name, result.GetValue(_partial), result.GetValue(_zone), result.GetValue(_shift))
                + (result.GetValue(_sheet) is { } sheet ? $"&sheet={Uri.EscapeDataString(sheet)}" : ""),
                    new StreamContent(stream));
    }

    private static string Path(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/measurements";

    private static void ShowImport(IAnsiConsole console, JsonElement answer)
    {
        var import = answer.GetProperty("import");
        console.WriteLine($"{import.GetProperty("name").GetString()}: "
            + $"{Counted.Of(import.GetProperty("rows").GetInt64(), "row")} taken, {import.GetProperty("refused")} left out.");
        foreach (var finding in answer.GetProperty("findings").EnumerateArray().Take(20))
            console.WriteLine($"  {finding.GetProperty("path").GetString()}: {finding.GetProperty("message").GetString()}");
    }

    private static void ShowList(IAnsiConsole console, JsonElement imports)
    {
        var table = new Table().AddColumns("Import", "File", "Rows", "Left out", "Counts");
        foreach (var entry in imports.EnumerateArray())
        {
            var import = entry.GetProperty("import");
            table.AddRow(import.GetProperty("id").GetString()!, Markup.Escape(import.GetProperty("name").GetString()!),
                import.GetProperty("rows").ToString(), import.GetProperty("refused").ToString(), entry.TryGetProperty("withdrawn", out _) ? "no, withdrawn"
                    : "yes");
        }

        console.Write(table);
    }
}
