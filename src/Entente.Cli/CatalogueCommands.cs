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

    private static readonly Option<int?> _from = new("--from") { Description = "The older edition. Default: the one before." };
    private static readonly Option<int?> _to = new("--to") { Description = "The newer edition. Default: the last." };
    private static readonly Argument<string[]> _services = new("services") { Description = "Keys of the services.", Arity = ArgumentArity.OneOrMore };
    private static readonly Argument<string> _text = new("text") { Description = "What for, for whom, from when." };
    private static readonly Argument<string> _id = new("id") { Description = "Short name of the request, such as r1." };
    private static readonly Argument<string> _reply = new("reply") { Description = "What happens next, or why not." };
    private static readonly Option<bool> _decline = new("--decline") { Description = "Decline it instead." };
    private static readonly Option<string?> _of = new("--service") { Description = "Key of a service." };
    private static readonly Option<string?> _term = new("--term") { Description = "Key of a term." };
    private static readonly Option<string?> _asset = new("--asset") { Description = "Key of an asset, to trace back from." };

    public static Command Create() => new("service", "Stage 1: services in the words of both sides.")
    {
        Verbs.Create("list", "All services.", [_engagement], (client, result) => client.Get(Path(result)), ShowList),
        Verb("show", "One service: both views, what is asked and offered.", [], (client, result) => client.Get(One(result))),
        Verbs.Create("gaps", "What is asked and what is offered, the gap in numbers, and the evidence behind it.", [_engagement, _service],
            (client, result) => client.Get($"{One(result)}/gaps"), ShowGaps),
        Verb("describe", "Describe a service, or describe it anew.", [_file, .. Second.Options], async (client, result) =>
            await client.PutText(One(result), await InventoryFiles.Json(result.GetValue(_file)!), result)),
        Verb("retire", "Retire a service, with a reason.", [_reason], (client, result) =>
            client.Post($"{One(result)}/retirement", new { reason = result.GetValue(_reason) })),
        Verb("satisfied", "Say that your side is satisfied with a service and its description.", [_edition, _remark], (client, result) =>
            client.Put($"{One(result)}/satisfaction", new { edition = result.GetValue(_edition), satisfied = true, remark = result.GetValue(_remark) })),
        Verb("not-yet", "Say that your side is not yet satisfied, and why.", [_edition, _reason], (client, result) =>
            client.Put($"{One(result)}/satisfaction", new { edition = result.GetValue(_edition), satisfied = false, remark = result.GetValue(_reason) })),
        Verb("withdraw", "Take back your side's satisfaction.", [], (client, result) => client.Delete($"{One(result)}/satisfaction")),
        Verbs.Create("difference", "What the last edition of a service changed, or what changed between two.", [_engagement, _service, _from, _to],
            (client, result) => client.Get($"{One(result)}/difference?{Query("from", $"{result.GetValue(_from)}")}{Query("to", $"{result.GetValue(_to)}")}"),
            CharterCommands.ShowDifference),
        Verbs.Create("compare", "Services side by side.", [_engagement, _services], (client, result) => client.Get(
            $"{Root(result)}/service-comparison?{string.Concat(result.GetValue(_services)!.Select(key => Query("service", key)))}"), ShowComparison),
        Verbs.Create("request", "Request a service.", [_engagement, _service, _text], (client, result) => client.Post(
            $"{Root(result)}/requests", new { service = result.GetValue(_service), text = result.GetValue(_text) }), ShowRequests),
        Verbs.Create("requests", "Who requested what, and what was answered.", [_engagement], (client, result) =>
            client.Get($"{Root(result)}/requests"), ShowRequests),
        Verbs.Create("answer", "Grant a request, or decline it.", [_engagement, _id, _reply, _decline], (client, result) => client.Post(
            $"{Root(result)}/requests/{Uri.EscapeDataString(result.GetValue(_id)!)}/answer",
            new { granted = !result.GetValue(_decline), reply = result.GetValue(_reply) }), ShowRequests),
        Verbs.Create("trace", "From word to requirement, spec line, term and asset, and back.", [_engagement, _of, _term, _asset],
            (client, result) => client.Get(
            $"{Root(result)}/trace?{Query("service", result.GetValue(_of))}{Query("term", result.GetValue(_term))}{Query("asset", result.GetValue(_asset))}"),
            ShowTrace),
    };

    private static Command Verb(string name, string words, Symbol[] takes, Func<Client, ParseResult, Task<JsonElement>> ask) =>
        Verbs.Create(name, words, [_engagement, _service, .. takes], ask, ShowOne);

    private static string Root(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}";

    private static string Path(ParseResult result) => $"{Root(result)}/services";

    private static string Query(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"{name}={Uri.EscapeDataString(value)}&";

    private static void ShowComparison(IAnsiConsole console, JsonElement rows)
    {
        var table = new Table().HideHeaders();
        foreach (var row in rows.EnumerateArray())
        {
            var values = row.GetProperty("values").EnumerateArray().Select(value => Markup.Escape(value.ToString())).ToList();
            while (table.Columns.Count <= values.Count) table.AddColumn("");
            table.AddRow([Markup.Escape(InventoryFiles.Text(row, "name")), .. values]);
        }

        console.Write(table);
    }

    private static void ShowRequests(IAnsiConsole console, JsonElement requests)
    {
        foreach (var one in requests.EnumerateArray())
            console.WriteLine($"{InventoryFiles.Text(one, "id")} {InventoryFiles.Text(one, "service")}, {InventoryFiles.Text(one, "status")}: "
                + $"{InventoryFiles.Text(one, "text")} {InventoryFiles.Text(one, "reply")}");
    }

    private static void ShowTrace(IAnsiConsole console, JsonElement rows)
    {
        var table = new Table().AddColumns("Words", "Term", "Asked", "Offered", "Lines", "Assets");
        foreach (var row in rows.EnumerateArray())
        {
            table.AddRow([.. new[]
            {
                Joined(row, "words"), InventoryFiles.Text(row, "term"), InventoryFiles.Text(row, "asked"), InventoryFiles.Text(row, "offered"),
                Joined(row, "lines"),
                string.Join(", ", row.GetProperty("assets").EnumerateArray().Select(asset => InventoryFiles.Text(asset, "key"))),
            }.Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    private static string Joined(JsonElement row, string name) => string.Join("; ", row.GetProperty(name).EnumerateArray().Select(item => item.ToString()));

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
        console.WriteLine($"Version {list.GetProperty("version")}");
    }

    private static void ShowGaps(IAnsiConsole console, JsonElement gaps)
    {
        var table = new Table().AddColumns("Term", "Asked", "Offered", "Gap", "Evidence");
        foreach (var gap in gaps.EnumerateArray())
        {
            table.AddRow([.. new[] { "title", "asked", "offered", "words" }.Select(name => Markup.Escape(InventoryFiles.Text(gap, name))),
                Markup.Escape(string.Join("; ", gap.GetProperty("evidence").EnumerateArray().Select(proof => InventoryFiles.Text(proof, "text"))))]);
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
