using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente agreements</c>: the agreements of an engagement, their versions and signatures.</summary>
public static class AgreementsCommands
{
    private static readonly Argument<string> _engagement = new(
        "engagement")
    { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _agreement = new(
        "agreement")
    { Description = "Short name of the agreement, such as a1." };
    private static readonly Option<int> _version = new(
        "--version-number")
    { Description = "Number of the version.", Required = true };
    private static readonly Option<string> _title = new(
        "--title")
    { Description = "The office under which you sign.", Required = true };
    private static readonly Option<string> _place = new("--place") { Description = "Where you sign.", Required = true };
    private static readonly Option<string> _format = new(
        "--format")
    { Description = "markdown, yaml, json or openslo.", DefaultValueFactory = _ => "markdown" };
    private static readonly Option<int> _from = new("--from") { Description = "The older version.", Required = true };
    private static readonly Option<int> _to = new("--to") { Description = "The newer version.", Required = true };

    public static Command Create() => new("agreements", "Stage 3: what was promised, by whom, from when.")
    {
        Verbs.Create("list", "The agreements of an engagement.", [_engagement], (client, result) =>
            client.Get(All(result)), ShowList),
        Verbs.Create("show", "One agreement: versions and signatures.", [_engagement, _agreement], (client, result) =>
            client.Get(One(result)), Show),
        Verbs.Create("sign", "Sign a version for my side.", [_engagement, _agreement, _version, _title, _place],
            (client, result) => client.Post($"{One(result)}/signatures", new
        {
            version = result.GetValue(_version), title = result.GetValue(_title), place = result.GetValue(_place),
        }), Show),
        Verbs.Create("redline", "What changed between two versions.", [_engagement, _agreement, _from, _to],
            (client, result) =>
            client.Get($"{One(result)}/redline?from={result.GetValue(_from)}&to={result.GetValue(_to)}"), ShowRedline),
        Export(),
    };

    private static string All(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/agreements";

    private static string One(ParseResult result) => $"{All(result)}/{result.GetValue(_agreement)}";

    private static Command Export()
    {
        var verb = new Command("export", "Write the text of a version to standard output.") { _engagement, _agreement,
            _version, _format };
        verb.AddPlace();
        verb.SetAction((result, _) => Output.Guard(result, async () =>
        {
            await using var client = await Client.Connect(result);
            Console.Out.Write(await client.GetText(
                $"{One(result)}/versions/{result.GetValue(_version)}/document?format="
                + Uri.EscapeDataString(result.GetValue(_format)!), "*/*"));
            return 0;
        }));
        return verb;
    }

    private static void ShowList(IAnsiConsole console, JsonElement list)
    {
        var table = new Table().AddColumns("Agreement", "Title", "Signed", "Draft", "From");
        foreach (var row in list.EnumerateArray()) table.AddRow(
            [.. new[] { "name", "title", "signed", "draft", "effectiveFrom" }.Select(name => Text(row, name))]);
        console.Write(table);
    }

    private static void Show(IAnsiConsole console, JsonElement one)
    {
        var rules = one.TryGetProperty("inForce", out var number) ? $", version {number} is in force" : "";
        console.WriteLine($"{one.GetProperty("title").GetString()}{rules}");
        var table = new Table().AddColumns("Version", "From", "Signed by");
        foreach (var version in one.GetProperty("versions").EnumerateArray())
        {
            table.AddRow(Text(version, "number"), Text(version, "effectiveFrom"),
                string.Join(", ", version.GetProperty("signatures").EnumerateArray()
                .Select(signature => Markup.Escape(
                    $"{signature.GetProperty("name").GetString()} ({signature.GetProperty("side").GetString()})"))));
        }

        console.Write(table);
    }

    private static void ShowRedline(IAnsiConsole console, JsonElement rows)
    {
        foreach (var row in rows.EnumerateArray().Where(row => row.GetProperty("isChanged").GetBoolean()))
            console.WriteLine($"{row.GetProperty("title").GetString()}\n- {Text(row, "before")}\n+ "
                + $"{Text(row, "after")}");
    }

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value)
        ? Markup.Escape(value.ToString()) : "";
}
