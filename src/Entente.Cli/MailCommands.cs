using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente mail</c>: the outbox, and when reminders wait.</summary>
public static class MailCommands
{
    private static readonly Argument<string> _id = new("id") { Description = "Identifier of the mail." };
    private static readonly Option<string> _zone = new("--zone") { Description = "Time zone, such as Europe/Berlin." };
    private static readonly Option<string> _from = new("--from") { Description = "When quiet begins, such as 20:00." };
    private static readonly Option<string> _until = new("--until") { Description = "When it ends, such as 07:00." };
    private static readonly Option<bool> _none = new("--none") { Description = "No quiet hours." };
    private static readonly Option<bool> _usual = new("--usual") { Description = "Take back what was chosen." };
    private static readonly Option<bool> _weekends = new("--weekends") { Description = "And all day on Saturdays and Sundays." };
    private static readonly Option<bool> _organisation = new("--organisation") { Description = "For everybody in my organisation who set none." };

    public static Command Create() => new("mail", "Mails that ask and remind: the outbox, and quiet hours.")
    {
        Verbs.Create("list", "The outbox; for administrators.", [], (client, _) => client.Get("/api/v1/mails"), ShowList),
        Verbs.Create("hand-over", "Take a waiting mail with its link, to hand it on; for administrators.", [_id], (client, result) =>
            client.Post($"/api/v1/mails/{Uri.EscapeDataString(result.GetValue(_id)!)}/handing-over"), (console, mail) =>
                Console.Out.WriteLine(InventoryFiles.Text(mail, "text"))),
        Verbs.Create("quiet", "When mails wait: show it, or with options choose it.",
            [_zone, _from, _until, _weekends, _none, _usual, _organisation], Quiet, ShowQuiet),
    };

    private static async Task<JsonElement> Quiet(Client client, ParseResult result)
    {
        var path = result.GetValue(_organisation) ? "/api/v1/organisation/quiet-hours" : "/api/v1/quiet-hours";
        if (result.GetValue(_usual)) await client.Delete(path);
        var held = await Held();
        if (!new Option[] { _zone, _from, _until, _weekends, _none }.Any(option => result.GetResult(option) is { Implicit: false })) return held;
        var isNone = result.GetValue(_none);
        return await client.Put(path, new
        {
            zone = result.GetValue(_zone) ?? InventoryFiles.Text(held, "zone"),
            from = isNone ? "00:00:00" : Time(result.GetValue(_from) ?? InventoryFiles.Text(held, "from")),
            until = isNone ? "00:00:00" : Time(result.GetValue(_until) ?? InventoryFiles.Text(held, "until")),
            weekends = !isNone && result.GetValue(_weekends),
        });

        async Task<JsonElement> Held()
        {
            var known = await client.Get("/api/v1/quiet-hours");
            return !result.GetValue(_organisation) ? known.GetProperty("holds")
                : known.TryGetProperty("organisation", out var its) ? its : known.GetProperty("usual");
        }
    }

    private static void ShowQuiet(IAnsiConsole console, JsonElement quiet)
    {
        var (from, until, weekends) = (InventoryFiles.Text(quiet, "from"), InventoryFiles.Text(quiet, "until"), quiet.GetProperty("weekends").GetBoolean());
        console.WriteLine(from == until && !weekends ? "No quiet hours."
            : $"Quiet from {from} until {until} in {InventoryFiles.Text(quiet, "zone")}{(weekends ? ", and on weekends" : "")}.");
    }

    private static string Time(string text) => text.Length == 5 ? $"{text}:00" : text;

    private static void ShowList(IAnsiConsole console, JsonElement mails)
    {
        var table = new Table().AddColumns("Mail", "State", "Subject", "Made");
        foreach (var mail in mails.EnumerateArray())
            table.AddRow([.. new[] { "id", "state", "subject", "createdAt" }.Select(name => Markup.Escape(InventoryFiles.Text(mail, name)))]);
        console.Write(table);
    }
}
