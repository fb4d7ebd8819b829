using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente agreements</c>: the agreements of an engagement, their versions and signatures.</summary>
public static class AgreementsCommands
{
    private static readonly Argument<string> _engagement = new(
        "engagement")
    { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _agreement = new(
        "agreement")
    { Description = "Short name of the agreement, such as a1." };
    private static readonly Option<int> _version = new(
        "--version-number")
    { Description = "Number of the version.", Required = true };
    private static readonly Option<string> _title = new(
        "--title")
    { Description = "The office under which you sign.", Required = true };
    private static readonly Option<string> _place = new("--place") { Description = "Where you sign.", Required = true };
    private static readonly Option<string?> _signatory = new("--signatory")
    { Description = "Which signature of the plan, such as provider-2; without it, mine." };
    private static readonly Option<int?> _read = new("--text-number")
    { Description = "Which text I read, as show tells it: it is refused when the words changed since." };
    private static readonly Option<string[]> _signers = new("--signer")
    {
        Description = "\"seat [person] [step=2] [upTo=EUR 100000] [above=EUR 100000]\", one for each signature.",
        Required = true,
    };
    private static readonly Option<bool> _take = new("--take")
    { Description = "Make it the plan; without it, only show it." };
    private static readonly Option<string> _person = new("--person") { Description = "Who signs instead.", Required = true };
    private static readonly Option<string> _reason = new("--reason") { Description = "Under which authority.", Required = true };
    private static readonly Option<string?> _until = new("--until") { Description = "The last day, such as 2027-03-31." };
    private static readonly Argument<string> _delegated = new("signatory")
    { Description = "Which signature of the plan, such as provider." };
    private static readonly Option<string> _format = new(
        "--format")
    { Description = "markdown, yaml, json or openslo.", DefaultValueFactory = _ => "markdown" };
    private static readonly Argument<string> _clause = new("clause") { Description = "Key of the clause." };
    private static readonly Option<string> _kind = new("--kind")
    { Description = "The kind of term it is for, such as availability.", Required = true };
    private static readonly Option<string> _text = new("--text")
    { Description = "The words, with variables in braces.", Required = true };
    private static readonly Option<string> _term = new("--term") { Description = "Key of the term.", Required = true };
    private static readonly Option<string?> _own = new("--clause") { Description = "The own clause to take." };
    private static readonly Option<string?> _words = new("--text") { Description = "Or the words themselves." };
    private static readonly Option<string> _condition = new("--condition")
    { Description = "The words after \"until\".", Required = true };
    private static readonly Option<string> _on = new("--on") { Description = "Since when, such as 2026-05-01.", Required = true };
    private static readonly Argument<string> _contract = new("contract") { Description = "Short name, such as hoster." };
    private static readonly Option<string> _type = new("--type") { Description = "ola or uc.", Required = true };
    private static readonly Option<string> _party = new("--party") { Description = "Who is to promise it.", Required = true };
    private static readonly Option<string> _service = new("--service") { Description = "Key of the service above.", Required = true };
    private static readonly Option<string[]> _asks = new("--ask")
    { Description = "term=value, such as availability=99.97%. May be repeated.", AllowMultipleArgumentsPerToken = true, Required = true };
    private static readonly Option<int> _from = new("--from") { Description = "The older version.", Required = true };
    private static readonly Option<int> _to = new("--to") { Description = "The newer version.", Required = true };

    public static Command Create() => new("agreements", "Stage 3: what was promised, by whom, from when.")
    {
        Verbs.Create("list", "The agreements of an engagement.", [_engagement], (client, result) =>
            client.Get(All(result)), ShowList),
        Verbs.Create("show", "One agreement: versions and signatures.", [_engagement, _agreement], (client, result) =>
            client.Get(One(result)), Show),
        Verbs.Create("sign", "Sign a version, where the signing plan gives me a signature.",
            [_engagement, _agreement, _version, _title, _place, _signatory, _read], (client, result) =>
            client.Post($"{One(result)}/signatures", new
            {
                version = result.GetValue(_version), title = result.GetValue(_title), place = result.GetValue(_place),
                signatory = result.GetValue(_signatory), text = result.GetValue(_read),
            }), Show),
        Verbs.Create("plan-signing", "Plan who signs, in which order, and up to which yearly value.",
            [_engagement, _agreement, _signers], (client, result) => client.Put($"{One(result)}/signing-plan",
                new { signatories = (result.GetValue(_signers) ?? []).Select(Signer) }), Show),
        Verbs.Create("propose-signing",
            "The signing plan that follows from who does what in the charter.",
            [_engagement, _agreement, _take], async (client, result) =>
            {
                var proposal = await client.Get($"{One(result)}/signing-plan/proposal");
                if (result.GetValue(_take)) await client.Put(
                    $"{One(result)}/signing-plan", new { signatories = proposal.GetProperty("signatories") });
                return proposal;
            }, ShowProposal),
        Verbs.Create("delegate", "Let somebody else of my seat sign instead.",
            [_engagement, _agreement, _person, _reason, _until, _signatory], (client, result) =>
            client.Put($"{One(result)}/signer", new
            {
                person = result.GetValue(_person), reason = result.GetValue(_reason), until = result.GetValue(_until),
                signatory = result.GetValue(_signatory),
            }), Show),
        Verbs.Create("revoke", "Take back that somebody else signs.", [_engagement, _agreement, _delegated],
            (client, result) => client.Delete($"{One(result)}/signer/{result.GetValue(_delegated)}"), Show),
        Verbs.Create("redline", "What changed between two versions.", [_engagement, _agreement, _from, _to],
            (client, result) =>
            client.Get($"{One(result)}/redline?from={result.GetValue(_from)}&to={result.GetValue(_to)}"), ShowRedline),
        Verbs.Create("lint", "What the two sides may argue about one day, found in a version.",
            [_engagement, _agreement, _version], (client, result) =>
            client.Get($"{One(result)}/versions/{result.GetValue(_version)}/findings"), ShowFindings),
        Verbs.Create("clauses", "The clause library: what Entente ships, and our own clauses.", [_engagement],
            (client, result) => client.Get(Clauses(result)), ShowClauses),
        Verbs.Create("write-clause", "Write a clause of our own, or its next version.",
            [_engagement, _clause, _kind, _text], (client, result) =>
            client.Put($"{Clauses(result)}/{result.GetValue(_clause)}",
                new { kind = result.GetValue(_kind), text = result.GetValue(_text) }), ShowClauses),
        Verbs.Create("word", "Give a term of the draft other words.",
            [_engagement, _agreement, _version, _term, _own, _words], (client, result) =>
            client.Put($"{One(result)}/versions/{result.GetValue(_version)}/clauses/{result.GetValue(_term)}",
                new { clause = result.GetValue(_own), text = result.GetValue(_words) }), Show),
        Verbs.Create("condition", "Say that what ends a contingent term has happened.",
            [_engagement, _agreement, _condition, _on], (client, result) =>
            client.Put($"{One(result)}/conditions",
                new { condition = result.GetValue(_condition), on = result.GetValue(_on) }), Show),
        Verbs.Create("dividend", "What a version brought my seat in money.", [_engagement, _agreement, _version],
            (client, result) => client.Get($"{One(result)}/versions/{result.GetValue(_version)}/dividend"), ShowDividend),
        Verbs.Create("underpinnings", "OLAs and UCs below, and whether they carry what is promised.", [_engagement],
            (client, result) => client.Get(Below(result)), ShowBelow),
        Verbs.Create("underpin", "Open a small table with a team (ola) or a supplier (uc).",
            [_engagement, _contract, _type, _party, _service, _asks], (client, result) =>
            client.Post(Below(result), new
            {
                contract = result.GetValue(_contract), type = result.GetValue(_type), party = result.GetValue(_party),
                service = result.GetValue(_service), asks = (result.GetValue(_asks) ?? []).Select(Ask),
            }), ShowBelow),
        Export(),
    };

    private static string Below(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/underpinnings";

    private static object Ask(string pair)
    {
        var at = pair.IndexOf('=', StringComparison.Ordinal);
        return at < 1 ? throw new BadInputException("--ask", "ask.invalid", $"expected term=value, found \"{pair}\"")
            : new { term = pair[..at], value = pair[(at + 1)..] };
    }

    /// <summary>Reads <c>provider per_1 step=2 upTo=EUR 100000</c>.</summary>
    private static Dictionary<string, object> Signer(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, object> signer = new() { ["seat"] = words.FirstOrDefault() ?? "" };
        for (var i = 1; i < words.Length; i++)
        {
            var at = words[i].IndexOf('=', StringComparison.Ordinal);
            var (name, value) = at < 0 ? ("person", words[i]) : (words[i][..at], words[i][(at + 1)..]);
            if (name is "upTo" or "above" && i + 1 < words.Length) value = $"{value} {words[++i]}";
            signer[name] = name == "step" && int.TryParse(value, out var step) ? step : value;
        }

        return signer;
    }

    private static string Clauses(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/clauses";

    private static string All(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/agreements";

    private static string One(ParseResult result) => $"{All(result)}/{result.GetValue(_agreement)}";

    private static Command Export()
    {
        var verb = new Command("export", "Write the text of a version to standard output.") { _engagement, _agreement,
            _version, _format };
        verb.AddPlace();
        verb.SetAction((result, _) => Output.Guard(result, async () =>
        {
            await using var client = await Client.Connect(result);
            Console.Out.Write(await client.GetText(
                $"{One(result)}/versions/{result.GetValue(_version)}/document?format="
                + Uri.EscapeDataString(result.GetValue(_format)!), "*/*"));
            return 0;
        }));
        return verb;
    }

    private static void ShowProposal(IAnsiConsole console, JsonElement proposal)
    {
        foreach (var row in proposal.GetProperty("from")
            .EnumerateArray()) console.WriteLine($"The charter: {row.GetString()}");
        foreach (var (one, words) in proposal.GetProperty("signatories").EnumerateArray().Zip(
            proposal.GetProperty("words").EnumerateArray()))
            console.WriteLine($"Step {one.GetProperty("step")}: {words.GetString()}");
        foreach (var note in proposal.GetProperty("notes")
            .EnumerateArray()) console.WriteLine($"Note: {note.GetString()}");
    }

    private static void ShowList(IAnsiConsole console, JsonElement list)
    {
        var table = new Table().AddColumns("Agreement", "Title", "Signed", "Draft", "From");
        foreach (var row in list.EnumerateArray()) table.AddRow(
            [.. new[] { "name", "title", "signed", "draft", "effectiveFrom" }.Select(name => Text(row, name))]);
        console.Write(table);
    }

    private static void Show(IAnsiConsole console, JsonElement one)
    {
        var rules = one.TryGetProperty("inForce", out var number) ? $", version {number} is in force" : "";
        console.WriteLine($"{one.GetProperty("title").GetString()}{rules}");
        var table = new Table().AddColumns("Version", "Text", "From", "Signed by");
        foreach (var version in one.GetProperty("versions").EnumerateArray())
        {
            table.AddRow(Text(version, "number"), Text(version, "text"), Text(version, "effectiveFrom"),
                string.Join(", ", version.GetProperty("signatures").EnumerateArray()
                .Select(signature => Markup.Escape(
                    $"{signature.GetProperty("name").GetString()} ({signature.GetProperty("seat").GetString()})"))));
        }

        console.Write(table);
        foreach (var awaited in one.GetProperty("signatories").EnumerateArray()
            .Where(signatory => signatory.GetProperty("waits").GetBoolean()))
            console.WriteLine($"Waits for {Signer(awaited)}.");
    }

    private static string Signer(JsonElement one) => one.TryGetProperty("delegated", out var instead)
        ? $"{Text(instead, "name")}, who signs for {Text(instead, "byName")}"
        : one.GetProperty("signatory") is var signatory && signatory.TryGetProperty("name", out _)
            ? $"{Text(signatory, "name")} ({Text(signatory, "seat")})" : $"the {Text(signatory, "seat")}";

    private static void ShowDividend(IAnsiConsole console, JsonElement one)
    {
        if (!one.TryGetProperty("mine", out var mine) || mine.ValueKind is JsonValueKind.Null)
        {
            console.WriteLine("Nothing is known in money of what this version brought you.");
            return;
        }

        foreach (var line in mine.GetProperty("lines").EnumerateArray())
            console.WriteLine($"{Text(line, "title")}: {Text(line, "from")} to {Text(line, "to")}: {Text(line, "amount")}");
        console.WriteLine($"Together {Text(mine, "total")} {Text(mine, "currency")} a month against the status quo.");
    }

    private static void ShowBelow(IAnsiConsole console, JsonElement view)
    {
        foreach (var one in view.GetProperty("contracts").EnumerateArray())
            console.WriteLine($"{Text(one, "contract")} ({Text(one, "type")}) with {Text(one, "party")}: {Text(one, "standing")}, {Text(one, "engagement")}");
        foreach (var row in view.GetProperty("carried").EnumerateArray())
            console.WriteLine($"{Text(row, "title")} {Text(row, "promised")}: {Text(row, "words")}");
    }

    private static void ShowFindings(IAnsiConsole console, JsonElement findings)
    {
        foreach (var finding in findings.EnumerateArray())
            console.WriteLine($"{Text(finding, "path")} ({Text(finding, "rule")}): {finding.GetProperty("message").GetString()}");
        if (findings.GetArrayLength() == 0) console.WriteLine("Nothing found.");
    }

    private static void ShowClauses(IAnsiConsole console, JsonElement shelf)
    {
        var table = new Table().AddColumns("Clause", "For", "Words");
        foreach (var one in shelf.GetProperty("library").EnumerateArray())
            table.AddRow(Text(shelf, "edition"), Text(one, "kind"), Text(one, "text"));
        foreach (var one in shelf.GetProperty("own").EnumerateArray())
            table.AddRow($"{Text(one, "key")}, version {Text(one, "version")}", Text(one, "kind"), Text(one, "text"));
        console.Write(table);
    }

    private static void ShowRedline(IAnsiConsole console, JsonElement rows)
    {
        foreach (var row in rows.EnumerateArray().Where(row => row.GetProperty("isChanged").GetBoolean()))
            console.WriteLine($"{row.GetProperty("title").GetString()}\n- {Text(row, "before")}\n+ "
                + $"{Text(row, "after")}");
    }

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value)
        ? Markup.Escape(value.ToString()) : "";
}
