using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente mail</c>: the outbox, and when reminders wait.</summary>
public static class MailCommands
{
    private static readonly Argument<string> _id = new("id") { Description = "Identifier of the mail." };
    private static readonly Option<string> _zone = new("--zone") { Description = "Time zone, such as Europe/Berlin.", Required = true };
    private static readonly Option<string> _from = new("--from") { Description = "When quiet begins, such as 20:00.", Required = true };
    private static readonly Option<string> _until = new("--until") { Description = "When it ends, such as 07:00.", Required = true };
    private static readonly Option<bool> _weekends = new("--weekends") { Description = "And all day on Saturdays and Sundays." };
    private static readonly Option<bool> _organisation = new("--organisation") { Description = "For everybody in my organisation who set none." };

    public static Command Create() => new("mail", "Mails that ask and remind: the outbox, and quiet hours.")
    {
        Verbs.Create("list", "The outbox; for administrators.", [], (client, _) => client.Get("/api/v1/mails"), ShowList),
        Verbs.Create("hand-over", "Take a waiting mail with its link, to hand it on; for administrators.", [_id], (client, result) =>
            client.Post($"/api/v1/mails/{Uri.EscapeDataString(result.GetValue(_id)!)}/handing-over"), (console, mail) =>
                Console.Out.WriteLine(InventoryFiles.Text(mail, "text"))),
        Verbs.Create("quiet", "Set when reminders wait.", [_zone, _from, _until, _weekends, _organisation], (client, result) =>
            client.Put(result.GetValue(_organisation) ? "/api/v1/organisation/quiet-hours" : "/api/v1/quiet-hours", new
            {
                zone = result.GetValue(_zone), from = Time(result.GetValue(_from)!), until = Time(result.GetValue(_until)!),
                weekends = result.GetValue(_weekends),
            }), (console, quiet) => console.WriteLine(
                $"Quiet from {InventoryFiles.Text(quiet, "from")} until {InventoryFiles.Text(quiet, "until")} in {InventoryFiles.Text(quiet, "zone")}.")),
    };

    private static string Time(string text) => text.Length == 5 ? $"{text}:00" : text;

    private static void ShowList(IAnsiConsole console, JsonElement mails)
    {
        var table = new Table().AddColumns("Mail", "State", "Subject", "Made");
        foreach (var mail in mails.EnumerateArray())
            table.AddRow([.. new[] { "id", "state", "subject", "createdAt" }.Select(name => Markup.Escape(InventoryFiles.Text(mail, name)))]);
        console.Write(table);
    }
}
