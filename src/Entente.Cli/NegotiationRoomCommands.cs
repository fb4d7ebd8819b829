using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente room</c> and <c>entente mediator</c>: what stands behind a table.</summary>
public static class NegotiationRoomCommands
{
    private static readonly Argument<string> _engagement = new(
        "engagement")
    { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _table = new(
        "table")
    { Description = "Short name of the table, such as n1." };
    private static readonly Argument<FileInfo> _file = new(
        "file")
    { Description = "JSON: swings, playbooks, walkAway, notes." };
    private static readonly Argument<string> _choice = new(
        "choice")
    { Description = "first, second or either, of the next question." };
    private static readonly Argument<string[]> _terms = new("terms") { Description = "Keys of terms." };
    private static readonly Option<string> _gain = new("--gain")
    { Description = "Term, from and to, such as 'uptime: 99.5 % -> 99.9 %'.", Required = true };
    private static readonly Option<string> _letGo = new("--let-go")
    { Description = "Term, from and to, such as 'restore: 4 h -> 8 h'; the same value twice for nothing.", Required = true };
    private static readonly Argument<string> _party = new("party") { Description = "provider or customer." };
    private static readonly Argument<string> _shuttle = new(
        "message")
    { Description = "Name of the message, such as m1." };
    private static readonly Option<string> _text = new("--text") { Description = "What to say.", Required = true };
    private static readonly Option<string?> _message = new("--message") { Description = "Words to both sides." };
    private static readonly Option<string> _fairness = new(
        "--fairness")
    { Description = "nash, kalaiSmorodinsky or egalitarian.", DefaultValueFactory = _ => "nash" };

    public static Command CreateRoom() => new("room", "Stage 2: my side's sealed room at a table.")
    {
        Verb("show", "What we said, what the system believes, and its next question.", [], (client, result) =>
            client.Get($"{One(result)}/room")),
        Verb("write", "Write what my side wants, sealed.", [_file], async (client, result) => await client.Put(
            $"{One(result)}/room", JsonSerializer.Deserialize<JsonElement>(
                await File.ReadAllTextAsync(result.GetValue(_file)!.FullName)))),
        Verb("answer", "Answer the next question.", [_choice], Answer),
        Verb("rank", "Put terms in the order in which they matter, the most important first.", [_terms], (client, result) =>
            client.Put($"{One(result)}/room/ranking", new { terms = result.GetValue(_terms) })),
        Verb("give-up", "Say how far one term may go, and no further, to gain on another.", [_gain, _letGo], (client, result) =>
            client.Post($"{One(result)}/room/trade-offs", new
            {
                gain = Step(result.GetValue(_gain)!, "--gain"), giveUp = Step(result.GetValue(_letGo)!, "--let-go"),
            })),
        Verb("caucus", "What was said in private with the mediator.", [_party], (client, result) =>
            client.Get($"{One(result)}/caucus/{result.GetValue(_party)}")),
        Verb("say", "Say something in private to the mediator.", [_party, _text], (client, result) =>
            client.Post($"{One(result)}/caucus/{result.GetValue(_party)}", new { text = result.GetValue(_text) })),
        Verb("approve", "Approve a message that the mediator worded: it is carried to the other side.",
            [_party, _shuttle], (client, result) => client.Post(
            $"{One(result)}/caucus/{result.GetValue(_party)}/shuttles/{result.GetValue(_shuttle)}/approval")),
        Verb("decline", "Decline the mediator's words, with a reason.", [_party, _shuttle, _text],
            (client, result) => client.Post(
            $"{One(result)}/caucus/{result.GetValue(_party)}/shuttles/{result.GetValue(_shuttle)}/decline",
            new { text = result.GetValue(_text) })),
        Verb("equal-worth", "Three packages of equal worth to my side.", [], (client, result) =>
            client.Get($"{One(result)}/equal-worth")),
    };

    public static Command CreateMediator() => new(
        "mediator", "Stage 2: the service level manager's workspace at a table.")
    {
        Verb("show", "How far apart, whether a zone exists, who came nearer.", [], (client, result) =>
            client.Get($"{One(result)}/mediator")),
        Verb("propose", "Propose a fair package to both.", [_fairness, _message], (client, result) =>
            client.Post($"{One(result)}/proposals", new
        {
            fairness = result.GetValue(_fairness), message = result.GetValue(_message),
        })),
        Verb("draft", "Put the next draft of the single text on the table.", [], (client, result) =>
            client.Post($"{One(result)}/drafts")),
        Verb("improve", "Propose something better than what was agreed, if there is anything.", [], (client, result) =>
            client.Post($"{One(result)}/improvements")),
        Verb("caucus", "Read what was said in private with one side.", [_party], (client, result) =>
            client.Get($"{One(result)}/caucus/{result.GetValue(_party)}")),
        Verb("carry", "Word a message that one side wants the other to hear; it goes when that side approves.",
            [_party, _text], (client, result) => client.Post(
            $"{One(result)}/caucus/{result.GetValue(_party)}/shuttles", new { text = result.GetValue(_text) })),
        Verb("say", "Say something in private to one side.", [_party, _text], (client, result) =>
            client.Post($"{One(result)}/caucus/{result.GetValue(_party)}", new { text = result.GetValue(_text) })),
    };

    private static string One(ParseResult result) =>
        $"/api/v1/engagements/{result.GetValue(_engagement)}/negotiations/{result.GetValue(_table)}";

    private static Command Verb(string name, string words, IEnumerable<Symbol> takes, Func<Client, ParseResult,
        Task<JsonElement>> ask) =>
        Verbs.Create(name, words, [_engagement, _table, .. takes], ask, Show);

    private static object Step(string text, string option) =>
        text.Split(':', 2) is [var term, var values] && values.Split("->") is [var from, var to]
            ? new { term = term.Trim(), from = from.Trim(), to = to.Trim() }
            : throw new BadInputException(option, "step.invalid", $"expected 'term: from -> to', found '{text}'");

    private static async Task<JsonElement> Answer(Client client, ParseResult result)
    {
        var room = await client.Get($"{One(result)}/room");
        if (!room.TryGetProperty("question", out var question)) throw new RefusedException(
            "room.no_question", "No further question would tell much more.");
        return await client.Post($"{One(result)}/room/answers", new
        {
            first = question.GetProperty("first"),
            second = question.GetProperty("second"),
            choice = result.GetValue(_choice),
        });
    }

    private static void Show(IAnsiConsole console, JsonElement answer)
    {
        if (answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty("believed", out var believed))
        {
            foreach (var words in believed.EnumerateArray()) console.WriteLine(words.GetString()!);
            if (answer.GetProperty("contradiction").EnumerateArray().Select(place => place.GetInt32()).ToList()
                is { Count: > 0 } places) Contradicts(console, answer.GetProperty("said"), places);
            if (answer.GetProperty("rankingContradicts").GetBoolean())
                console.WriteLine("Your order of the terms cannot be meant together with what you answered.");
            if (answer.TryGetProperty("question", out var question)) console.WriteLine(
                $"Which would you rather sign?\n  first:  {Words(question, "first", "second")}\n  second: "
                    + $"{Words(question, "second", "first")}");
            return;
        }

        console.WriteLine(JsonSerializer.Serialize(answer, Json.Indented));
    }

    private static void Contradicts(IAnsiConsole console, JsonElement said, IReadOnlyList<int> places)
    {
        console.WriteLine("These answers cannot all be meant:");
        foreach (var place in places)
        {
            var answer = said.GetProperty("answers")[place];
            var (first, second) = (Words(answer, "first", "second"), Words(answer, "second", "first"));
            console.WriteLine($"  {place}: " + answer.GetProperty("choice").GetString() switch
            {
                "first" => $"{first} rather than {second}",
                "second" => $"{second} rather than {first}",
                _ => $"{first} as good as {second}",
            });
        }
    }

    /// <summary>The values in which one package of a question differs from the other.</summary>
    private static string Words(JsonElement question, string mine, string other) =>
        string.Join(", ", question.GetProperty(mine).EnumerateObject()
        .Where(value => value.Value.GetRawText() != question.GetProperty(other).GetProperty(value.Name).GetRawText())
        .Select(value => (value.Name, Value: JsonSerializer.Deserialize<Terms.TermValue>(value.Value, Json.Options)!))
        .Select(pair => $"{pair.Name} {pair.Value.Label}"));
}
