using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente engagement</c>: lists, opens and shows engagements.</summary>
public static class EngagementCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Option<string> _title = new("--title") { Required = true, Description = "What it is about." };
    private static readonly Option<string> _provider = new("--provider") { Required = true, Description = "The party that offers." };
    private static readonly Option<string> _customer = new("--customer") { Required = true, Description = "The party that buys." };

    public static Command Create() => new("engagement", "One provider and one customer over a set of services.")
    {
        Verbs.Create("list", "The engagements in which I hold a seat.", [], (client, _) => client.Get("/api/v1/engagements"), ShowList),
        Verbs.Create("open", "Open an engagement and chair it.", [_title, _provider, _customer], (client, result) => client.Post("/api/v1/engagements", new
        {
            title = result.GetValue(_title), provider = result.GetValue(_provider), customer = result.GetValue(_customer),
        }), (console, one) => console.WriteLine(one.GetProperty("id").GetString()!)),
        Verbs.Create("show", "One engagement, and who sits where.", [_engagement],
            (client, result) => client.Get($"/api/v1/engagements/{result.GetValue(_engagement)}"), ShowOne),
        Verbs.Create("waiting", "What waits, and for whom.", [_engagement],
            (client, result) => client.Get($"/api/v1/engagements/{result.GetValue(_engagement)}/waiting"), ShowWaiting),
    };

    private static void ShowList(IAnsiConsole console, JsonElement list)
    {
        var table = new Table().AddColumns("Id", "Title", "Customer", "Provider");
        foreach (var row in list.EnumerateArray()) table.AddRow([.. new[] { "id", "title", "customer", "provider" }.Select(name => Text(row, name))]);
        console.Write(table);
    }

    private static void ShowOne(IAnsiConsole console, JsonElement one)
    {
        console.WriteLine($"{one.GetProperty("title").GetString()} ({one.GetProperty("customer").GetString()} × {one.GetProperty("provider").GetString()})");
        var table = new Table().AddColumns("Person", "Name", "Seat");
        foreach (var holder in one.GetProperty("seats").EnumerateArray()) table.AddRow(Text(holder, "person"), Text(holder, "name"), Text(holder, "seat"));
        console.Write(table);
    }

    private static void ShowWaiting(IAnsiConsole console, JsonElement waits)
    {
        foreach (var wait in waits.EnumerateArray()) console.WriteLine($"{wait.GetProperty("who").GetString()}: {wait.GetProperty("text").GetString()}");
        if (waits.GetArrayLength() == 0) console.WriteLine("Nothing waits.");
    }

    private static string Text(JsonElement row, string name) => Markup.Escape(row.GetProperty(name).GetString() ?? "");
}
