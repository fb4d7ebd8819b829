using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente voice</c>: what people need, doubt or fear, under their name or under none.</summary>
public static class VoiceCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _text = new("text") { Description = "What to say." };
    private static readonly Argument<string> _voice = new("voice") { Description = "Identifier of what was said." };
    private static readonly Option<string?> _service = new("--service") { Description = "Key of the service it is about." };
    private static readonly Option<bool> _chair = new("--to-chair") { Description = "Only the service level manager reads it." };
    private static readonly Option<bool> _anonymous = new("--anonymous") { Description = "Without your name; it cannot be traced, and not be taken back." };

    public static Command Create() => new("voice", "Stage 1: comments from people, named or anonymous.")
    {
        Verbs.Create("say", "Say what you need, doubt or fear.", [_engagement, _text, _service, _chair, _anonymous], (client, result) =>
            client.Post(Path(result, "voices"), new
            {
                text = result.GetValue(_text),
                service = result.GetValue(_service),
                to = result.GetValue(_chair) ? "serviceLevelManager" : "everybody",
                anonymous = result.GetValue(_anonymous),
            }), (console, said) =>
            {
                if (!ShowKept(console, said)) console.WriteLine("said");
            }),
        Verbs.Create("list", "What people said.", [_engagement], (client, result) => client.Get(Path(result, "voices")), ShowVoices),
        Verbs.Create("answer", "Answer something that was said.", [_engagement, _voice, _text], (client, result) =>
            client.Post($"{Path(result, "voices")}/{result.GetValue(_voice)}/answer", new { text = result.GetValue(_text) }),
            (console, voice) => console.WriteLine($"{InventoryFiles.Text(voice, "text")}: {InventoryFiles.Text(voice, "answer")}")),
        Verbs.Create("unheard", "Who has not been heard yet.", [_engagement], (client, result) => client.Get(Path(result, "heard")), ShowHeard),
    };

    /// <summary>Says when what was said without a name is heard; false where it was said under a name.</summary>
    internal static bool ShowKept(IAnsiConsole console, JsonElement said)
    {
        if (InventoryFiles.Text(said, "heardAt") is not { Length: > 0 } at) return false;
        console.WriteLine($"kept without your name; heard at {at}, together with all others");
        return true;
    }

    private static string Path(ParseResult result, string what) => $"/api/v1/engagements/{result.GetValue(_engagement)}/{what}";

    private static void ShowVoices(IAnsiConsole console, JsonElement voices)
    {
        var table = new Table().AddColumns("Id", "Said", "Answer");
        foreach (var one in voices.EnumerateArray())
            table.AddRow([.. new[] { "id", "text", "answer" }.Select(name => Markup.Escape(InventoryFiles.Text(one, name)))]);
        console.Write(table);
    }

    private static void ShowHeard(IAnsiConsole console, JsonElement people)
    {
        foreach (var one in people.EnumerateArray().Where(one => !one.TryGetProperty("lastHeard", out _)))
            console.WriteLine($"{InventoryFiles.Text(one, "name")}, {InventoryFiles.Text(one, "seat")}");
    }
}
