using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente service</c>: the catalogue of services, and what both sides say of each.</summary>
public static class CatalogueCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _service = new("service") { Description = "Key of the service." };
    private static readonly Argument<FileInfo> _file = new(
        "file")
    { Description = "The service as JSON: name, businessView, technicalView, owner, users, hours, support, status, dependsOn, charge." };
    private static readonly Option<int> _edition = new("--edition") { Description = "The edition that was read.", Required = true };
    private static readonly Option<string?> _remark = new("--remark") { Description = "A remark." };
    private static readonly Option<string> _reason = new("--reason") { Description = "Why.", Required = true };

    public static Command Create() => new("service", "Stage 1: services in the words of both sides.")
    {
        Verbs.Create("list", "All services.", [_engagement], (client, result) => client.Get(Path(result)), ShowList),
        Verb("show", "One service: both views, what is asked and offered.", [], (client, result) => client.Get(One(result))),
        Verb("describe", "Describe a service, or describe it anew.", [_file], async (client, result) =>
            await client.Put(One(result), await InventoryFiles.Json(result.GetValue(_file)!))),
        Verb("retire", "Retire a service, with a reason.", [_reason], (client, result) =>
            client.Post($"{One(result)}/retirement", new { reason = result.GetValue(_reason) })),
        Verb("satisfied", "Say that your side is satisfied with a service and its description.", [_edition, _remark], (client, result) =>
            client.Put($"{One(result)}/satisfaction", new { edition = result.GetValue(_edition), satisfied = true, remark = result.GetValue(_remark) })),
        Verb("not-yet", "Say that your side is not yet satisfied, and why.", [_edition, _reason], (client, result) =>
            client.Put($"{One(result)}/satisfaction", new { edition = result.GetValue(_edition), satisfied = false, remark = result.GetValue(_reason) })),
        Verb("withdraw", "Take back your side's satisfaction.", [], (client, result) => client.Delete($"{One(result)}/satisfaction")),
    };

    private static Command Verb(string name, string words, Symbol[] takes, Func<Client, ParseResult, Task<JsonElement>> ask) =>
        Verbs.Create(name, words, [_engagement, _service, .. takes], ask, ShowOne);

    private static string Path(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/services";

    private static string One(ParseResult result) => $"{Path(result)}/{Uri.EscapeDataString(result.GetValue(_service)!)}";

    private static void ShowList(IAnsiConsole console, JsonElement list)
    {
        var table = new Table().AddColumns("Key", "Name", "Status", "Edition", "Customer", "Provider");
        foreach (var one in list.GetProperty("services").EnumerateArray())
        {
            var card = one.GetProperty("card");
            table.AddRow(Markup.Escape(InventoryFiles.Text(one, "key")), Markup.Escape(InventoryFiles.Text(card, "name")), InventoryFiles.Text(card, "status"),
                InventoryFiles.Text(one, "edition"), Said(one, "customer"), Said(one, "provider"));
        }

        console.Write(table);
    }

    private static void ShowOne(IAnsiConsole console, JsonElement one)
    {
        var card = one.GetProperty("card");
        console.WriteLine($"{InventoryFiles.Text(card, "name")}, edition {InventoryFiles.Text(one, "edition")}: {InventoryFiles.Text(card, "businessView")}");
        var table = new Table().AddColumns("Term", "Asked", "Offered");
        foreach (var term in one.GetProperty("terms").EnumerateArray())
            table.AddRow(Markup.Escape(InventoryFiles.Text(term, "title")), RequirementCommands.Target(term, "asked"),
                RequirementCommands.Target(term, "offered"));
        console.Write(table);
        console.WriteLine($"Customer: {Said(one, "customer")}\nProvider: {Said(one, "provider")}");
    }

    private static string Said(JsonElement one, string side) => !one.TryGetProperty(side, out var said) ? "not heard"
        : (said.GetProperty("holds").GetBoolean() ? "satisfied" : "not yet")
        + (said.TryGetProperty("remark", out var remark) ? Markup.Escape($": {remark}") : "");
}
