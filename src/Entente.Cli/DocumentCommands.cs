using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente document</c>: charter, catalogue, spec sheets, quality plan and evidence, on paper.</summary>
public static class DocumentCommands
{
    private const int HashShown = 12;

    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };

    private static readonly Argument<string> _name = new("name")
    {
        Description = "charter, catalogue, spec-sheets, internal-sheets, quality-plan or evidence.",
    };

    private static readonly Option<string> _format = new("--format")
    {
        Description = "html, pdf, md, docx or json. Default: as --out ends, else md.",
        DefaultValueFactory = result => result.GetResult(_out!)?.GetValueOrDefault<FileInfo?>()?.Extension is { Length: > 1 } ending ? ending[1..] : "md",
    };

    private static readonly Option<FileInfo?> _out = new("--out") { Description = "File to write. Default: standard output." };

    public static Command Create() => new("document", "Stage 1: documents that carry version, hash and what they were made from.")
    {
        Verbs.Create("list", "The documents that I may have.", [_engagement], (client, result) => client.Get(Path(result)), ShowList),
        Get(),
    };

    private static Command Get()
    {
        var verb = new Command("get", "One document, as HTML, PDF, Markdown, DOCX or JSON.") { _engagement, _name, _format, _out };
        verb.AddPlace();
        verb.SetAction((result, cancel) => Output.Guard(result, async () =>
        {
            await using var client = await Client.Connect(result);
            var bytes = await client.GetBytes($"{Path(result)}/{Uri.EscapeDataString(result.GetValue(_name)!)}.{result.GetValue(_format)}");
            if (result.GetValue(_out) is not { } file)
            {
                await using var standard = Console.OpenStandardOutput();
                await standard.WriteAsync(bytes, cancel);
                return 0;
            }

            await File.WriteAllBytesAsync(file.FullName, bytes, cancel);
            Output.Write(result, new { file = file.FullName, bytes = bytes.Length }, (console, written) =>
                console.WriteLine($"{Counted.Of(written.bytes, "byte")} written to {written.file}."));
            return 0;
        }));
        return verb;
    }

    private static string Path(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/documents";

    private static void ShowList(IAnsiConsole console, JsonElement documents)
    {
        var table = new Table().AddColumns("Name", "Title", "Version", "SHA-256");
        foreach (var one in documents.EnumerateArray())
            table.AddRow([.. new[] { "name", "title", "version" }.Select(name => Markup.Escape(InventoryFiles.Text(one, name))),
                $"{InventoryFiles.Text(one, "hash")[..HashShown]}…"]);
        console.Write(table);
    }
}
