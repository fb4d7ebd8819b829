using System.CommandLine;
using System.Text.Json;
using Entente.Cli;
using Entente.Server.Tests;
using Entente.Tests.Shared;

namespace Entente.Journey.Tests;

/// <summary>Tests that read what the program writes take turns: a process has one standard output.</summary>
[CollectionDefinition(Name)]
public sealed class StandardOutput
{
    public const string Name = "standard output";

    /// <summary>The program, made once: its options are shared and remember every command that they were given to.</summary>
    internal static RootCommand Program { get; } = Door.Root();
}

/// <summary>Every verb of the table, the rooms, the agreements and the cost model, over one running server: from the right
/// seat, from the wrong person, and with words that cannot be meant.</summary>
[Collection(StandardOutput.Name)]
public sealed class CliTableTests : IAsyncLifetime
{
    private static readonly string[] _nouns = ["negotiation", "room", "mediator", "agreements", "cost"];
    private readonly string _folder = RealPrograms.NewFolder();
    private readonly HashSet<string> _told = [];
    private Cast _cast = null!;
    private string _offer = "";

    public async ValueTask InitializeAsync() => _cast = await (await Cast.Assemble()).OpenGate();

    public async ValueTask DisposeAsync()
    {
        await _cast.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_verb_answers_its_seat_and_nobody_without_one()
    {
        await Prepare();
        await Bargain();
        await Course();
        await Agree();
        // An agent plays on until the table ends: its own test sits it down.
        foreach (var noun in _nouns)
            StandardOutput.Program.Subcommands.Single(one => one.Name == noun).Subcommands.Select(verb => $"{noun} {verb.Name}")
                .Except(["negotiation agent"]).ShouldAllBe(verb => _told.Contains(verb));
    }

    [Theory]
    [InlineData("negotiation offer E n1 --set restore=soon", "$.package.restore")]
    [InlineData("negotiation budget E n1 --limit lots", "$.limit")]
    [InlineData("negotiation mark E n1 --set restore", "--set")]
    [InlineData("room caucus E n1 nobody", "party")]
    [InlineData("mediator propose E n1 --fairness grab", "$.fairness")]
    [InlineData("cost open E nobody", "$.to")]
    [InlineData("agreements underpin E hoster --type slo --party Host --service checkout --ask availability=1%", "$.type")]
    public async Task Words_that_cannot_be_meant_are_answered_with_their_place(string words, string place)
    {
        await Must(_cast.Ann, "negotiation open E --title Checkout");
        foreach (var person in (HttpClient[])[_cast.Pia, _cast.Ann, _cast.Fee])
        {
            var (code, said) = await Say(person, words);
            code.ShouldBe(1, said.ToString());
            if (said.GetProperty("error").TryGetProperty("findings", out var findings)
                && findings.EnumerateArray().Any(one => one.GetProperty("path").GetString()!.StartsWith(
                    place, StringComparison.Ordinal))) return;
        }

        Assert.Fail($"Nobody was told that {place} is wrong.");
    }

    private async Task Prepare()
    {
        await Tell(_cast.Ann, "negotiation open E --title Checkout");
        await Tell(_cast.Ann, "negotiation list E");
        await Tell(_cast.Sam, "negotiation show E n1");
        await Tell(_cast.Pia, "negotiation evidence E n1");
        var model = Path.Combine(_folder, "cost.txt");
        await File.WriteAllTextAsync(model, "Second site | steps | availability | 99.9 %: 6123");
        await Tell(_cast.Fee, "cost write E", model);
        await Tell(_cast.Fee, "cost show E");
        await Tell(_cast.Fee, "cost limit E --at-most", "EUR 40000");
        await Tell(_cast.Fee, "cost open E customer");
        await Tell(_cast.Fee, "negotiation budget E n1 --limit", "EUR 46000");
        foreach (var (side, availability, restore) in new[] { (_cast.Pia, 90, 30), (_cast.Cem, 20, 90) })
        {
            var room = Path.Combine(_folder, "room.json");
            await File.WriteAllTextAsync(room, JsonSerializer.Serialize(
                new { swings = new { availability, restore, charge = 45 }, walkAway = 5 }, Json.Options));
            await Tell(side, "room write E n1", room);
        }

        (await Tell(_cast.Pia, "room show E n1")).GetProperty("believed").GetArrayLength().ShouldBeGreaterThan(0);
        await Tell(_cast.Pia, "room answer E n1 first");
        await Tell(_cast.Cem, "room rank E n1 restore charge availability");
        await Tell(_cast.Cem, "room give-up E n1 --gain restore:6h->2h --let-go availability:99.95%->99.95%");
    }

    private async Task Bargain()
    {
        string[] package = ["--set", "availability=99.9%", "restore=5h", "charge=EUR 44500"];
        await Tell(_cast.Pia, "negotiation offer E n1", package);
        await Tell(_cast.Cem, "negotiation worth E n1 o1");
        await Tell(_cast.Cem, "negotiation advise E n1");
        await Tell(_cast.Cem, "negotiation offer E n1 --from o1 --set restore=4h --counter-to o1");
        await Tell(_cast.Sam, "negotiation vote E n1 o2");
        await Tell(_cast.Cem, "negotiation withdraw E n1 o2");
        await Tell(_cast.Pia, "room equal-worth E n1");
        await Tell(_cast.Pia, "negotiation offer-equals E n1 --message", "Pick one");
        await Tell(_cast.Cem, "negotiation reject E n1 OFFER --reason", "Too little");
        await Tell(_cast.Cem, "negotiation mark E n1 --set availability=99.9%");
        await Tell(_cast.Pia, "negotiation trade E n1 --if restore=4h --then availability=99.9%");
        await Tell(_cast.Cem, "negotiation take-trade E n1 t1");
        await Tell(_cast.Pia, "negotiation trade E n1 --if restore=5h --then availability=99.95%");
        await Tell(_cast.Pia, "negotiation drop-trade E n1 t2");
        await Tell(_cast.Sam, "negotiation raise E n1 --text Nights --term restore");
        await Tell(_cast.Ann, "negotiation reframe E n1 c1 --interest", "rest after a call");
        await Tell(_cast.Pia, "negotiation answer E n1 c1 --answer Soon");
        await Tell(_cast.Sam, "negotiation reopen E n1 c1 --reason Vague");
        await Tell(_cast.Pia, "negotiation answer E n1 c1 --answer", "A third person is hired");
        await Tell(_cast.Sam, "negotiation raise E n1 --text Weekends");
        await Tell(_cast.Sam, "negotiation take E n1 c2 stakeholder");
        await Tell(_cast.Sam, "negotiation drop E n1 c2");
        await Tell(_cast.Cem, "negotiation hints E n1");
        await Tell(_cast.Cem, "negotiation pulse E n1 4 3");
    }

    private async Task Course()
    {
        await Tell(_cast.Ann, "mediator show E n1");
        await Tell(_cast.Ann, "mediator say E n1 customer --text Tell");
        await Tell(_cast.Cem, "room say E n1 customer --text Trifles!");
        await Tell(_cast.Ann, "mediator carry E n1 customer --text", "Fewer calls would help");
        await Tell(_cast.Cem, "room approve E n1 customer m1");
        await Tell(_cast.Ann, "mediator carry E n1 customer --text", "Much fewer");
        await Tell(_cast.Cem, "room decline E n1 customer m2 --text", "Not in these words");
        await Tell(_cast.Pia, "room caucus E n1 provider");
        await Tell(_cast.Ann, "mediator caucus E n1 customer");
        await Tell(_cast.Ann, "mediator propose E n1 --fairness egalitarian");
        await Tell(_cast.Cem, "negotiation answer-in-confidence E n1 OFFER --no");
        await Tell(_cast.Ann, "mediator draft E n1");
        await Tell(_cast.Ann, "negotiation deadline E n1 --until 2026-04-01T12:00:00Z --reason", "More time");
        await Tell(_cast.Ann, "negotiation round E n1");
        await Tell(_cast.Ann, "negotiation pause E n1 --reason Lunch");
        await Tell(_cast.Ann, "negotiation resume E n1");
        await Tell(_cast.Ann, "negotiation break-off E n1 --reason", "No budget");
        await Tell(_cast.Ann, "negotiation restart E n1 --reason", "There is one");
    }

    private async Task Agree()
    {
        await Tell(_cast.Pia, "negotiation offer E n1 --set availability=99.95% restore=6h", "charge=EUR 44000");
        await Tell(_cast.Cem, "negotiation accept E n1 OFFER");
        await Tell(_cast.Ann, "mediator improve E n1");
        await Tell(_cast.Cem, "negotiation answer-in-confidence E n1 OFFER --no");
        await Tell(_cast.Ann, "negotiation waive E n1 --reason", "Both are in a hurry");
        await Tell(_cast.Sam, "agreements list E");
        await Tell(_cast.Sam, "agreements show E a1");
        await Tell(_cast.Sam, "agreements clauses E");
        await Tell(_cast.Cem, "agreements write-clause E nights --kind ticketClock --text", "Restored within {target}.");
        await Tell(_cast.Cem, "agreements word E a1 --version-number 1 --term restore --clause nights");
        await Tell(_cast.Cem, "agreements lint E a1 --version-number 1");
        await Tell(_cast.Cem, "agreements redline E a1 --from 1 --to 1");
        await Tell(_cast.Pia, "agreements dividend E a1 --version-number 1");
        await Tell(_cast.Pia, "agreements underpin E hoster --type uc --party Host --service checkout --ask availability=99.97%");
        await Tell(_cast.Pia, "agreements underpinnings E");
        await Tell(_cast.Ann, "agreements plan-signing E a1 --signer provider --signer customer");
        await Refuse(_cast.Ann, "agreements propose-signing E a1");
        (await _cast.Ann.Ask(HttpMethod.Put, _cast.Path("/charter"), new
        {
            purpose = "Agree what checkout must do",
            scope = "Checkout",
            roles = new[] { "Ann mediates" },
            successMeasures = new[] { "Signed by May" },
            raci = new[] { "Sign the agreement | Pia | Cem" },
        })).Status.ShouldBe(200);
        (await _cast.Cem.Ask(HttpMethod.Post, _cast.Path("/charter/approval"), new { edition = 2 }))
            .Status.ShouldBe(200);
        (await Tell(_cast.Ann, "agreements propose-signing E a1")).GetProperty("stands").GetBoolean().ShouldBeFalse();
        await Tell(_cast.Ann, "agreements propose-signing E a1 --take");
        (await Tell(_cast.Pia, "agreements propose-signing E a1")).GetProperty("stands").GetBoolean().ShouldBeTrue();
        await Refuse(_cast.Pia, "agreements propose-signing E a1 --take");
        await Refuse(_cast.Pia, "agreements delegate E a1 --reason Holidays --person", _cast.CemId);
        await Refuse(_cast.Pia, "agreements revoke E a1 customer");
        await Refuse(_cast.Pia, "agreements condition E a1 --on 2026-05-01 --condition Never");
        await Tell(_cast.Sam, "agreements export E a1 --version-number 1 --format yaml");
        foreach (var side in (HttpClient[])[_cast.Pia, _cast.Cem])
            await Tell(side, "agreements sign E a1 --version-number 1 --title Head --place Berlin");
        (await Tell(_cast.Sam, "negotiation raise E n1 --text Nights --anonymous")).GetProperty("heardAt").GetString()
            .ShouldBe("2026-03-03T06:00:00Z");
        (await Tell(_cast.Pia, "negotiation fairness E n1")).TryGetProperty("tenths", out _).ShouldBeTrue();
    }

    /// <summary>First a stranger tries, who must hear nothing; then the person whose turn it is.</summary>
    private async Task<JsonElement> Tell(HttpClient by, string words, params string[] more)
    {
        _told.Add(string.Join(' ', words.Split(' ').Take(2)));
        var (refused, heard) = await Say(_cast.Zoe, words, more);
        refused.ShouldBe(1, $"a stranger: {words}");
        heard.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        return await Must(by, words, more);
    }

    /// <summary>What the verb asks for cannot be, and the answer is a sentence about that.</summary>
    private async Task Refuse(HttpClient by, string words, params string[] more)
    {
        _told.Add(string.Join(' ', words.Split(' ').Take(2)));
        var (code, said) = await Say(by, words, more);
        code.ShouldBe(1, $"entente {words}: {said}");
        said.GetProperty("error").GetProperty("code").GetString().ShouldNotBe("engagement.unknown");
        said.GetProperty("error").GetProperty("message").GetString()!.ShouldEndWith(".");
    }

    private async Task<JsonElement> Must(HttpClient by, string words, params string[] more)
    {
        var (code, said) = await Say(by, words, more);
        code.ShouldBe(0, $"entente {words}: {said}");
        if (said.ValueKind is JsonValueKind.Object && said.TryGetProperty("offers", out var offers)
            && offers.GetArrayLength() > 0) _offer = offers.EnumerateArray().Last().GetProperty("id").GetString()!;
        return said;
    }

    private async Task<(int Code, JsonElement Said)> Say(HttpClient by, string words, params string[] more)
    {
        var (said, before) = (new StringWriter(), Console.Out);
        string[] all = [.. words.Split(' ').Select(word => word == "E" ? _cast.Engagement : word == "OFFER" ? _offer : word),
            .. more, "--server", _cast.Address.ToString(), "--token", by.DefaultRequestHeaders.Authorization!.Parameter!,
            "--json"];
        Console.SetOut(said);
        try
        {
            var code = await StandardOutput.Program.Parse(all).InvokeAsync();
            var text = said.ToString();
            return (code, text.StartsWith('{') || text.StartsWith('[')
                ? JsonSerializer.Deserialize<JsonElement>(text) : JsonSerializer.SerializeToElement(text));
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}
