using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente requirement</c> and <c>entente spec</c>: what each side writes in its own room, and releases.</summary>
public static class RequirementCommands
{
    private static readonly Argument<string> _engagement = new("engagement") { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _service = new("service") { Description = "Key of the service." };
    private static readonly Argument<string> _term = new("term") { Description = "Key of the term." };
    private static readonly Argument<FileInfo> _file = new("file") { Description = "The term as JSON, with kind, key and title." };
    private static readonly Argument<FileInfo> _sheet = new(
        "file")
    { Description = "The sheet as JSON: external, and internal with assets, underpinning, staffing, capacity, cost, invoicing, risks." };
    private static readonly Argument<FileInfo> _answers = new(
        "file")
    { Description = "Answers as JSON: question key to text; the keys are those that the verb questions shows." };
    private static readonly Option<string[]> _terms = new("--term") { Description = "Release only this term; may be given again." };

    public static Command CreateRequirement() =>
        With(new("requirement", "Stage 1: what the customer needs, written as terms."), RoomVerbs("requirements"));

    public static Command CreateSpec() => With(new("spec", "Stage 1: what IT can make, written as terms and in words.")
    {
        Verbs.Create("sheet", "Write the spec sheet in words.", [_engagement, _service, _sheet, .. Second.Options], async (client, result) =>
            await client.PutText($"{One(result, "specs")}/sheet", await InventoryFiles.Json(result.GetValue(_sheet)!), result), ShowRoom),
        Verbs.Create("draft-sheet", "A spec sheet made from your terms and the inventory; nothing is recorded.", [_engagement, _service],
            (client, result) => client.Get($"{One(result, "specs")}/sheet-draft"), (console, draft) =>
        {
            console.WriteLine(draft.GetProperty("sheet").ToString());
            foreach (var note in draft.GetProperty("notes").EnumerateArray()) console.WriteLine(note.ToString());
        }),
        Verbs.Create("sheet-difference", "What the last edition of the spec sheet changed.", [_engagement, _service],
            (client, result) => client.Get($"{One(result, "specs")}/sheet/difference"), CharterCommands.ShowDifference),
        Verbs.Create("open-internal", "Open the internal sheet to the service level manager and accounting.", [_engagement, _service],
            (client, result) => client.Post($"{One(result, "specs")}/internal-opening"), ShowRoom),
        Verbs.Create("internal", "Read the internal sheet.", [_engagement, _service],
            (client, result) => client.Get($"{One(result, "specs")}/internal"), (console, sheet) => console.WriteLine(sheet.ToString())),
    }, RoomVerbs("specs"));

    /// <summary>The value of a term under a property, as a person reads it.</summary>
    internal static string Target(JsonElement pair, string side)
    {
        if (!pair.TryGetProperty(side, out var term)) return "–";
        var value = new[] { "threshold", "within", "target", "limit", "hours", "cap", "amount", "text" }
            .Select(name => InventoryFiles.Text(term, name)).FirstOrDefault(text => text.Length > 0);
        return Markup.Escape(value ?? "");
    }

    private static Command With(Command noun, IEnumerable<Command> verbs)
    {
        foreach (var verb in verbs) noun.Add(verb);
        return noun;
    }

    private static IEnumerable<Command> RoomVerbs(string room) =>
    [
        Verbs.Create("list", "Everything your side wrote, released or not.", [_engagement], (client, result) => client.Get(Path(result, room)), ShowRoom),
        Verbs.Create("write", "Write a term. The other side sees nothing of it before you release it.", [_engagement, _service, _file, .. Second.Options],
            async (client, result) =>
        {
            var term = await InventoryFiles.Json(result.GetValue(_file)!);
            return await client.PutText($"{One(result, room)}/terms/{Uri.EscapeDataString(InventoryFiles.Text(term, "key"))}", term, result);
        }, ShowRoom),
        Verbs.Create("drop", "Drop a term; a released one is withdrawn.", [_engagement, _service, _term], (client, result) =>
            client.Delete($"{One(result, room)}/terms/{Uri.EscapeDataString(result.GetValue(_term)!)}"), ShowRoom),
        Verbs.Create("questions", "The guided interview of your side, and what you answered.", [_engagement, _service], (client, result) =>
            client.Get($"{One(result, "services")}/interview"), ShowQuestions),
        Verbs.Create("answer", "Answer the interview; the answers become drafts.", [_engagement, _service, _answers], async (client, result) =>
            await client.Put($"{One(result, "services")}/interview", await InventoryFiles.Json(result.GetValue(_answers)!)), ShowRoom),
        Verbs.Create("release", "Release your side's drafts for a service.", [_engagement, _service, _terms], (client, result) =>
            client.Post($"{One(result, room)}/release", new { terms = result.GetValue(_terms) ?? [] }), ShowRoom),
    ];

    private static string Path(ParseResult result, string room) => $"/api/v1/engagements/{result.GetValue(_engagement)}/{room}";

    private static string One(ParseResult result, string room) => $"{Path(result, room)}/{Uri.EscapeDataString(result.GetValue(_service)!)}";

    private static void ShowQuestions(IAnsiConsole console, JsonElement interview)
    {
        var answers = interview.GetProperty("answers");
        foreach (var question in interview.GetProperty("questions").EnumerateArray())
            console.WriteLine($"{InventoryFiles.Text(question, "key")}: {InventoryFiles.Text(question, "text")} "
                + $"{InventoryFiles.Text(answers, InventoryFiles.Text(question, "key"))}");
    }

    private static void ShowRoom(IAnsiConsole console, JsonElement room)
    {
        var table = new Table().AddColumns("Service", "Term", "Title", "Value", "Released");
        foreach (var shelf in room.GetProperty("services").EnumerateArray())
        {
            foreach (var draft in shelf.GetProperty("terms").EnumerateArray())
            {
                var term = draft.GetProperty("term");
                table.AddRow(Markup.Escape(InventoryFiles.Text(shelf, "service")), Markup.Escape(InventoryFiles.Text(term, "key")),
                    Markup.Escape(InventoryFiles.Text(term, "title")),
                    Target(draft, "term"), draft.GetProperty("isReleased").GetBoolean() ? "yes" : "no");
            }
        }

        console.Write(table);
        console.WriteLine($"Version {room.GetProperty("version")}");
    }
}
