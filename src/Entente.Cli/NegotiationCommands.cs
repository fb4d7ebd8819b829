using System.CommandLine;
using System.Text.Json;
using Entente.Formats.Agreements;
using Spectre.Console;

namespace Entente.Cli;

/// <summary><c>entente negotiation</c>: opens tables, offers, accepts, rejects and voices concerns.</summary>
public static partial class NegotiationCommands
{
    private static readonly Argument<string> _engagement = new(
        "engagement")
    { Description = "Identifier of the engagement." };
    private static readonly Argument<string> _table = new(
        "table")
    { Description = "Short name of the table, such as n1." };
    private static readonly Argument<string> _offer = new("offer") { Description = "Name of the offer, such as o3." };
    private static readonly Argument<string> _concern = new(
        "concern")
    { Description = "Name of the concern, such as c1." };
    private static readonly Option<string> _title = new(
        "--title")
    { Description = "What the table is about.", Required = true };
    private static readonly Option<string?> _deadline = new(
        "--deadline")
    { Description = "Until when moves are taken, such as 2026-04-01T12:00:00Z." };
    private static readonly Option<string?> _amends = new(
        "--amends")
    { Description = "Agreement whose version in force it starts from, such as a1." };
    private static readonly Option<string?> _effective = new(
        "--effective-from")
    { Description = "First day of the version to come." };
    private static readonly Option<string[]> _reopen = new("--reopen")
    { Description = "Key of a term that an amendment reopens. May be repeated.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<FileInfo?> _document = new(
        "--document")
    { Description = "Agreement as YAML: calendars, sources, policy, and further terms." };
    private static readonly Option<string[]> _set = new(
        "--set")
    {
        Description = "A value: key=value, such as availability=99.9%. May be repeated.",
        AllowMultipleArgumentsPerToken = true
    };
    private static readonly Option<string?> _from = new(
        "--from")
    { Description = "Offer whose other values are taken over; without it every term must be set." };
    private static readonly Option<string?> _counter = new(
        "--counter-to")
    { Description = "The offer this one answers." };
    private static readonly Option<string?> _expires = new("--expires") { Description = "When the offer ends." };
    private static readonly Option<string?> _message = new("--message") { Description = "Words to the other side." };
    private static readonly Option<string> _reason = new("--reason") { Description = "Why.", Required = true };
    private static readonly Option<string> _text = new(
        "--text")
    { Description = "What worries you, and why.", Required = true };
    private static readonly Option<string?> _term = new("--term") { Description = "Key of the term it is about." };
    private static readonly Option<bool> _anonymous = new("--anonymous")
    { Description = "Without your name; it cannot be traced, and not be taken back." };
    private static readonly Option<string?> _owner = new("--owner")
    { Description = "The seat that answers for it; without it, the service level manager." };
    private static readonly Argument<string> _seat = new("seat")
    { Description = "provider, customer, accounting, stakeholder or serviceLevelManager." };
    private static readonly Option<string> _answer = new(
        "--answer")
    { Description = "What to say to it.", Required = true };
    private static readonly Option<bool> _no = new("--no") { Description = "Say no; without it, yes." };
    private static readonly Option<string> _limit = new(
        "--limit")
    { Description = "The most that all charges may add up to, such as \"EUR 46000\".", Required = true };
    private static readonly Option<string?> _why = new("--reason") { Description = "Why; needed to raise the limit." };

    public static Command Create()
    {
        var negotiation = Moves();
        foreach (var verb in Voices().Concat(Course()).Append(NegotiationAgent.Create())) negotiation.Add(verb);
        return negotiation;
    }

    private static Command Moves() => new("negotiation", "Stage 2: the table at which both sides find a package.")
    {
        Verbs.Create("list", "The tables of an engagement.", [_engagement], (client, result) => client.Get(All(result)),
            ShowList),
        Verb("open", "Open a table.", [_engagement, _title, _deadline, _amends, _effective, _document, _reopen], Open),
        Verb("show", "One table: terms, offers, concerns.", [_engagement, _table], (client, result) =>
            client.Get(One(result))),
        Verbs.Create("evidence", "Every option on the table, and what is known of it.", [_engagement, _table],
            (client, result) => client.Get($"{One(result)}/evidence"), ShowEvidence),
        Verb("offer", "Offer a whole package, or counter one.",
            [_engagement, _table, _set, _from, _counter, _expires, _message], Offer),
        Verb("withdraw", "Withdraw an offer.", [_engagement, _table, _offer], (client, result) =>
            client.Delete($"{One(result)}/offers/{result.GetValue(_offer)}")),
        Verb("accept", "Accept a whole package.", [_engagement, _table, _offer], (client, result) =>
            client.Post($"{One(result)}/offers/{result.GetValue(_offer)}/acceptance")),
        Verb("reject", "Reject a package with a reason.", [_engagement, _table, _offer, _reason], (client, result) =>
            client.Post($"{One(result)}/offers/{result.GetValue(_offer)}/rejection",
                new { reason = result.GetValue(_reason) })),
        Verb("answer-in-confidence", "Say yes or no; it shows only when all have said yes.",
            [_engagement, _table, _offer, _no], (client, result) =>
            client.Post($"{One(result)}/offers/{result.GetValue(_offer)}/confidence",
                new { yes = !result.GetValue(_no) })),
        Verb("raise", "Raise a concern, under your name or under none.",
            [_engagement, _table, _text, _term, _owner, _anonymous, _least, _most], (client, result) =>
            client.Post($"{One(result)}/concerns", new
        {
            text = result.GetValue(_text), term = result.GetValue(_term), owner = result.GetValue(_owner),
            anonymous = result.GetValue(_anonymous), least = result.GetValue(_least), most = result.GetValue(_most),
        })),
        Verb("take", "Take a concern over for a seat: your own, or as service level manager any.",
            [_engagement, _table, _concern, _seat], (client, result) =>
            client.Put($"{One(result)}/concerns/{result.GetValue(_concern)}/owner",
                new { owner = result.GetValue(_seat) })),
        Verb("answer", "Answer a concern.", [_engagement, _table, _concern, _answer], (client, result) =>
            client.Post($"{One(result)}/concerns/{result.GetValue(_concern)}/answer",
                new { answer = result.GetValue(_answer) })),
        Verb("drop", "Withdraw a concern.", [_engagement, _table, _concern], (client, result) =>
            client.Delete($"{One(result)}/concerns/{result.GetValue(_concern)}")),
        Verb("budget", "Set the hard limit of all charges.", [_engagement, _table, _limit, _why], (client, result) =>
            client.Put($"{One(result)}/budget", new { limit = result.GetValue(_limit),
                reason = result.GetValue(_why) })),
        Verb("pause", "Pause a table.", [_engagement, _table, _reason], (client, result) =>
            client.Post($"{One(result)}/pause", new { reason = result.GetValue(_reason) })),
        Verb("resume", "Resume a table.", [_engagement, _table], (client, result) =>
            client.Delete($"{One(result)}/pause")),
        Verb("break-off", "Break off, with a record of why.", [_engagement, _table, _reason], (client, result) =>
            client.Post($"{One(result)}/breakdown", new { reason = result.GetValue(_reason) })),
        Verb("restart", "Restart a table that was broken off.", [_engagement, _table, _reason, _deadline],
            (client, result) =>
            client.Post($"{One(result)}/restart", new { reason = result.GetValue(_reason),
                deadline = result.GetValue(_deadline) })),
    };

    private static string All(ParseResult result) => $"/api/v1/engagements/{result.GetValue(_engagement)}/negotiations";

    private static string One(ParseResult result) => $"{All(result)}/{result.GetValue(_table)}";

    private static Command Verb(string name, string words, IEnumerable<Symbol> takes, Func<Client, ParseResult,
        Task<JsonElement>> ask) =>
        Verbs.Create(name, words, takes, ask, Show);

    private static async Task<JsonElement> Open(Client client, ParseResult result) => await client.Post(All(result), new
    {
        title = result.GetValue(_title),
        deadline = result.GetValue(_deadline),
        amends = result.GetValue(_amends),
        effectiveFrom = result.GetValue(_effective),
        reopen = result.GetValue(_reopen),
        document = result.GetValue(_document) is { } file
            ? AgreementYaml.Read(await File.ReadAllTextAsync(file.FullName)).Get() : null,
    });

    private static async Task<JsonElement> Offer(Client client, ParseResult result)
    {
        var package = new Dictionary<string, object>();
        if (result.GetValue(_from) is { } from)
        {
            var found = (await client.Get(One(result))).GetProperty("offers").EnumerateArray()
                .Where(offer => offer.GetProperty("id").GetString() == from).ToList();
            if (found.Count == 0) throw new RefusedException(
                "negotiation.no_offer", $"There is no offer {from} on this table.");
            foreach (var value in found[0].GetProperty("package").EnumerateObject()) package[value.Name] = value.Value;
        }

        foreach (var (key, value) in Pairs("--set", result.GetValue(_set))) package[key] = value;
        return await client.Post($"{One(result)}/offers", new
        {
            package,
            counterTo = result.GetValue(_counter),
            expires = result.GetValue(_expires),
            message = result.GetValue(_message),
        });
    }

    private static void ShowEvidence(IAnsiConsole console, JsonElement options)
    {
        var table = new Table().AddColumns("Term", "Option", "What is known");
        foreach (var option in options.EnumerateArray())
        {
            table.AddRow(Markup.Escape(option.GetProperty("term").GetString()!), Value(option, "option"),
                Markup.Escape(string.Join("; ", option.GetProperty("evidence").EnumerateArray()
                    .Select(chip => chip.GetProperty("text").GetString()))));
        }

        console.Write(table);
    }

    private static void ShowList(IAnsiConsole console, JsonElement list)
    {
        var table = new Table().AddColumns("Table", "Title", "Stands", "Agreement");
        foreach (var row in list.EnumerateArray())
            table.AddRow([.. new[] { "name", "title", "standing", "agreement" }.Select(
                name => Markup.Escape(row.GetProperty(name).GetString() ?? ""))]);
        console.Write(table);
    }

    private static void Show(IAnsiConsole console, JsonElement one)
    {
        if (VoiceCommands.ShowKept(console, one)) return;
        console.WriteLine($"{one.GetProperty("id").GetString()} {one.GetProperty("title").GetString()}: "
            + $"{one.GetProperty("standing").GetString()}, round {one.GetProperty("round")}");
        var terms = new Table().AddColumns("Term", "Provider offers", "Customer asks", "", "Belongs with");
        foreach (var term in one.GetProperty("terms").EnumerateArray())
        {
            terms.AddRow(Markup.Escape(term.GetProperty("title").GetString()!), Value(term, "providerOffers"),
                Value(term, "customerAsks"),
                term.GetProperty("isProvisional").GetBoolean() ? "agreed, with the package" : "",
                Markup.Escape(string.Join("; ", term.GetProperty("belongsWith").EnumerateArray().Select(other =>
                    $"{other.GetProperty("term").GetString()} ({other.GetProperty("why").GetString()})"))));
        }

        console.Write(terms);
        foreach (var offer in one.GetProperty("offers").EnumerateArray())
        {
            var ends = offer.TryGetProperty("end", out var end) ? end.GetString()
                : offer.GetProperty("stands").GetBoolean() ? "stands" : "expired";
            console.WriteLine(
                $"{offer.GetProperty("id").GetString()}, {offer.GetProperty("name").GetString()}: {ends}");
        }

        foreach (var concern in one.GetProperty("concerns").EnumerateArray())
        {
            console.WriteLine($"{concern.GetProperty("id").GetString()} {concern.GetProperty("by").GetString()}: "
                + $"{concern.GetProperty("text").GetString()}"
                + (concern.GetProperty("isOpen").GetBoolean()
                    ? $" (open, waits for {concern.GetProperty("owner").GetString()})" : ""));
        }
    }

    private static string Value(JsonElement term, string side) =>
        term.TryGetProperty(side, out var value) ? Markup.Escape(
            (JsonSerializer.Deserialize<Terms.TermValue>(value, Json.Options))!.Label) : "–";
}
