using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente inventory</c>: what IT can really do, and what the business is after.</summary>
public static class InventoryCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _kind = new("kind") { Description = "asset, person, practice or goal." };
    private static readonly Argument<string> _key = new("key") { Description = "Key of the item." };
    private static readonly Argument<FileInfo> _file = new("file") { Description = "The item as JSON, with kind, key and name." };
    private static readonly Option<string?> _side = new("--side") { Description = "Whose: provider or customer; none takes your own side." };
    private static readonly Option<string?> _ofKind = new("--kind") { Description = "Only asset, person, practice or goal." };
    private static readonly Option<string?> _search = new("--search") { Description = "Words that name, key, type or owner hold." };
    private static readonly Option<int> _skip = new("--skip") { Description = "How many to leave out first." };
    private static readonly Option<int> _take = new("--take") { Description = "How many to show.", DefaultValueFactory = _ => 50 };
    private static readonly Option<string> _reason = new("--reason") { Description = "Why.", Required = true };

    public static Command Create()
    {
        var noun = new Command("inventory", "Stage 1: assets, people, practices and goals.");
        foreach (var verb in (Command[])[.. Own(), .. InventoryImports.Create()]) noun.Add(verb);
        return noun;
    }

    private static IEnumerable<Command> Own() =>
    [
        Verbs.Create("list", "A page of the inventory.", [_engagement, _ofKind, _search, _skip, _take], (client, result) => client.Get(
            $"{Path(result)}?skip={result.GetValue(_skip)}&take={result.GetValue(_take)}"
            + (result.GetValue(_ofKind) is { } kind ? $"&kind={Uri.EscapeDataString(kind)}" : "")
            + (result.GetValue(_search) is { } search ? $"&search={Uri.EscapeDataString(search)}" : "")), ShowList),
        Table(),
        Verbs.Create("show", "One item.", [_engagement, _kind, _key], (client, result) => client.Get(Item(result)), ShowItem),
        Verbs.Create("record", "Record an item, or change it.", [_engagement, _file], async (client, result) =>
        {
            var item = await InventoryFiles.Json(result.GetValue(_file)!);
            return await client.Put($"{Path(result)}/{InventoryFiles.Text(item, "kind")}/{InventoryFiles.Text(item, "key")}", item);
        }, ShowItem),
        Verbs.Create("retire", "Retire an item, with a reason.", [_engagement, _kind, _key, _reason], (client, result) =>
            client.Post($"{Item(result)}/retirement", new { reason = result.GetValue(_reason) }), ShowItem),
        Verbs.Create("coverage", "Assets no service uses, services one asset can stop, assets nothing measures.", [_engagement],
            (client, result) => client.Get($"{Path(result)}/coverage"), ShowCoverage),
        Verbs.Create("impact", "The services that stop when an asset fails.", [_engagement, _key], (client, result) =>
            client.Get($"{Path(result)}/impact/{Uri.EscapeDataString(result.GetValue(_key)!)}"), ShowImpact),
    ];

    private static string Path(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/inventory";

    private static string Item(ParseResult result) =>
        $"{Path(result)}/{Uri.EscapeDataString(result.GetValue(_kind)!)}/{Uri.EscapeDataString(result.GetValue(_key)!)}";

    private static void ShowList(IAnsiConsole console, JsonElement part)
    {
        var table = new Table().AddColumns("Kind", "Key", "Name", "Owner");
        foreach (var item in part.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("item")))
            table.AddRow([.. new[] { "kind", "key", "name", "owner" }.Select(name => Markup.Escape(InventoryFiles.Text(item, name)))]);
        console.Write(table);
        console.WriteLine($"{part.GetProperty("items").GetArrayLength()} of {part.GetProperty("total")}");
    }

    private static void ShowCoverage(IAnsiConsole console, JsonElement coverage)
    {
        console.WriteLine($"{Counted.Of(coverage.GetProperty("unused").GetArrayLength(), "asset")} that no service uses, "
            + $"{coverage.GetProperty("unmeasured").GetArrayLength()} that nothing measures");
        foreach (var service in coverage.GetProperty("single").EnumerateObject())
        {
            var stops = string.Join(", ", service.Value.EnumerateArray());
            console.WriteLine($"{service.Name}: {(stops.Length == 0 ? "nothing alone stops it" : $"stopped by {stops}")}");
        }
    }

    private static void ShowImpact(IAnsiConsole console, JsonElement impact)
    {
        foreach (var one in impact.GetProperty("services").EnumerateArray())
            console.WriteLine($"{InventoryFiles.Text(one, "service")}: {string.Join(" → ", one.GetProperty("path").EnumerateArray())}");
        if (impact.GetProperty("services").GetArrayLength() == 0) console.WriteLine("No service stops.");
    }

    private static void ShowItem(IAnsiConsole console, JsonElement row)
    {
        foreach (var field in row.GetProperty("item").EnumerateObject()) console.WriteLine($"{field.Name}: {field.Value}");
        if (row.TryGetProperty("retired", out var reason)) console.WriteLine($"retired: {reason}");
    }

    private static Command Table()
    {
        var csv = new Command("table", "One side's inventory as CSV, which inventory import reads again.") { _engagement, _side, _ofKind };
        csv.AddPlace();
        csv.SetAction((result, _) => Output.Guard(result, async () =>
        {
            await using var client = await Client.Connect(result);
            var asked = new[] { ("side", result.GetValue(_side)), ("kind", result.GetValue(_ofKind)) }.Where(one => one.Item2 is not null);
            Console.Out.Write(await client.GetText($"/api/v1/engagements/{result.GetValue(_engagement)}/inventory/table.csv?"
                + string.Join('&', asked.Select(one => $"{one.Item1}={one.Item2}")), "text/csv"));
            return 0;
        }));
        return csv;
    }
}
