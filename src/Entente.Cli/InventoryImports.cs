using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente inventory import</c>: exports of other tools, with a preview first.</summary>
public static class InventoryImports
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<string[]> _paths = new(
        "path")
    { Description = "Files, or folders whose files are taken.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> _source = new(
        "--source")
    { Description = "csv, netbox, itop, backstage, kubernetes, prometheus, servicenow or glpi; none looks at the content." };
    private static readonly Option<string?> _side = new("--side") { Description = "Whose it is: provider (default) or customer." };
    private static readonly Option<string[]> _map = new(
        "--map")
    { Description = "For tables: field=column, such as --map \"name=Asset name\"; may be given again." };
    private static readonly Option<string[]> _kind = new("--kind")
    {
        Description = "What a kind becomes: kind=asset, person, team, practice, goal or leftOut, such as --kind Prometheus=asset; may be given again.",
    };
    private static readonly Option<string[]> _status = new("--status")
    {
        Description = "What a status means: status=planned, inUse, retiring or retired, such as --status Produktiv=inUse; "
            + "may be given again.",
    };
    private static readonly Option<string?> _sheet = new("--sheet")
    {
        Description = "Of a workbook, the sheet to read; none takes the first one that has a header.",
    };
    private static readonly Option<bool> _parts = new("--parts") { Description = "Also take parts such as interfaces and ports as assets." };
    private static readonly Option<string?> _currency = new("--currency") { Description = "For tables: the currency of amounts that name none, such as EUR." };
    private static readonly Argument<string> _tool = new("tool") { Description = "netbox, itop, prometheus or backstage." };
    private static readonly Argument<string> _address = new("address") { Description = "Where it answers, such as https://netbox.example.org." };
    private static readonly Option<string?> _token = new("--tool-token") { Description = "A token of the tool that may read; or ENTENTE_TOOL_TOKEN." };
    private static readonly Option<string?> _user = new("--tool-user") { Description = "For iTop without a token; the password in ENTENTE_TOOL_PASSWORD." };
    private static readonly Option<bool> _preview = new("--preview") { Description = "Only show what would happen." };
    private static readonly Option<string> _import = new("--import") { Description = "Identifier of the import.", Required = true };

    public static IEnumerable<Command> Create() =>
    [
        Verbs.Create("import", "Read an export and take it over.",
            [_engagement, _paths, _source, _side, _sheet, _map, _kind, _status, _currency, _parts, _preview], Import,
                Show),
        Verbs.Create("reread", "Correct how an import is understood, read its kept files again, and take it over.",
            [_engagement, _import, _source, _sheet, _map, _kind, _status, _currency, _parts, _preview], ReadAgain,
                Show),
        Verbs.Create("fetch", "Read a tool over its own API and take it over.", [_engagement, _tool, _address, _token, _user, _side, _parts, _preview],
            Fetch, Show),
        Verbs.Create("imports", "Exports that were read.", [_engagement], (client, result) => client.Get(Path(result)), ShowList),
        Verbs.Create("undo", "Take an import back; what was changed since stays.", [_engagement, _import], (client, result) =>
            client.Post($"{Path(result)}/{result.GetValue(_import)}/undoing"), (console, import) =>
                console.WriteLine($"{InventoryFiles.Text(import, "id")}: {InventoryFiles.Text(import, "status")}")),
    ];

    private static async Task<JsonElement> Import(Client client, ParseResult result)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, file) in result.GetValue(_paths)!.SelectMany(Files))
        {
            var content = new ByteArrayContent(await File.ReadAllBytesAsync(file));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, "file", name);
        }

        foreach (var (name, value) in new[] { ("source", result.GetValue(_source)), ("side", result.GetValue(_side)), ("currency", result.GetValue(_currency)),
            ("sheet", result.GetValue(_sheet)), ("mapping", string.Join('\n', result.GetValue(_map) ?? [])),
            ("kinds", string.Join('\n', result.GetValue(_kind) ?? [])),
                ("statuses", string.Join('\n', result.GetValue(_status) ?? [])) })
        {
            if (!string.IsNullOrEmpty(value)) form.Add(new StringContent(value), name);
        }

        if (result.GetValue(_parts)) form.Add(new StringContent("true"), "parts");
        return await TakeOver(client, result, await client.PostContent(Path(result), form));
    }

    private static async Task<JsonElement> ReadAgain(Client client, ParseResult result) => await TakeOver(client, result, await client.Put(
        $"{Path(result)}/{result.GetValue(_import)}/mapping", new
        {
            source = result.GetValue(_source),
            columns = Pairs(result.GetValue(_map)),
            kinds = Pairs(result.GetValue(_kind)),
            statuses = Pairs(result.GetValue(_status)),
            sheet = result.GetValue(_sheet),
            currency = result.GetValue(_currency),
            parts = result.GetValue(_parts),
        }));

    private static Dictionary<string, string>? Pairs(string[]? given) => given is not { Length: > 0 } ? null
        : given.Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0].Trim(), pair => pair.ElementAtOrDefault(1)?.Trim() ?? "");

    private static async Task<JsonElement> Fetch(Client client, ParseResult result) => await TakeOver(client, result, await client.Post(
        $"{Path(result)}/fetching", new
        {
            source = result.GetValue(_tool),
            address = result.GetValue(_address),
            token = result.GetValue(_token) ?? Environment.GetEnvironmentVariable("ENTENTE_TOOL_TOKEN"),
            user = result.GetValue(_user),
            password = Environment.GetEnvironmentVariable("ENTENTE_TOOL_PASSWORD"),
            side = result.GetValue(_side),
            parts = result.GetValue(_parts),
        }));

    private static async Task<JsonElement> TakeOver(Client client, ParseResult result, JsonElement preview)
    {
        var import = preview.GetProperty("import");
        if (result.GetValue(_preview) || import.GetProperty("added").GetInt64() + import.GetProperty("changed").GetInt64() == 0) return preview;
        await client.Post($"{Path(result)}/{InventoryFiles.Text(import, "id")}/taking-over");
        return preview;
    }

    /// <summary>Files under a path, each under its name from there, so that a module's folder stays known.</summary>
    private static IEnumerable<(string Name, string File)> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (System.IO.Path.GetRelativePath(path, file), file))
        : File.Exists(path) ? [(System.IO.Path.GetFileName(path), path)] : throw new FileNotFoundException($"There is no file or folder '{path}'.");

    private static string Path(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/inventory/imports";

    private static void Show(IAnsiConsole console, JsonElement preview)
    {
        var import = preview.GetProperty("import");
        console.WriteLine($"{InventoryFiles.Text(import, "id")}: {InventoryFiles.Text(import, "source")}, {preview.GetProperty("objectsRead")} objects read, "
            + $"{import.GetProperty("added")} new, {import.GetProperty("changed")} changed, {import.GetProperty("unchanged")} the same, "
            + $"{preview.GetProperty("links")} links");
        var account = import.GetProperty("account");
        var table = new Table().AddColumns("Kind", "Count", "Taken as");
        foreach (var kind in account.GetProperty("kinds").EnumerateArray())
        {
            var taken = InventoryFiles.Text(kind, "taken");
            table.AddRow(Markup.Escape(InventoryFiles.Text(kind, "origin")), InventoryFiles.Text(kind, "count"),
                taken.Length > 0 ? taken : InventoryFiles.Text(kind, "as"));
        }

        console.Write(table);
        ShowColumns(console, account);
        ShowStatuses(console, account);
        foreach (var finding in import.GetProperty("findings").EnumerateArray())
            console.WriteLine($"{InventoryFiles.Text(finding, "severity")}: {InventoryFiles.Text(finding, "path")}: {InventoryFiles.Text(finding, "message")}");
    }

    private static void ShowColumns(IAnsiConsole console, JsonElement account)
    {
        if (!account.TryGetProperty("columns", out var columns) || columns.GetArrayLength() == 0) return;
        var table = new Table().AddColumns("Column", "First values", "Fills");
        foreach (var column in columns.EnumerateArray())
        {
            var fields = string.Join(", ", column.GetProperty("fields").EnumerateArray());
            table.AddRow(Markup.Escape(InventoryFiles.Text(column, "name")),
                Markup.Escape(string.Join(" · ", column.GetProperty("samples").EnumerateArray())), fields.Length > 0 ? fields : "nothing");
        }

        console.Write(table);
    }

    private static void ShowStatuses(IAnsiConsole console, JsonElement account)
    {
        if (!account.TryGetProperty("statuses", out var statuses) || statuses.GetArrayLength() == 0) return;
        var table = new Table().AddColumns("Status", "Count", "Taken as");
        foreach (var status in statuses.EnumerateArray())
            table.AddRow([.. new[] { "word", "count", "taken" }.Select(name =>
                Markup.Escape(InventoryFiles.Text(status, name)))]);
        console.Write(table);
    }

    private static void ShowList(IAnsiConsole console, JsonElement imports)
    {
        var table = new Table().AddColumns("Id", "Source", "File", "New", "Changed", "Status");
        foreach (var one in imports.EnumerateArray())
            table.AddRow([.. new[] { "id", "source", "file", "added", "changed", "status" }.Select(name => Markup.Escape(InventoryFiles.Text(one, name)))]);
        console.Write(table);
    }
}
