using System.CommandLine;
using System.Text.Json;
using Entente.Cli;
using Entente.Storage;
using Entente.Tests.Shared;
using NodaTime;
using NodaTime.Text;

namespace Entente.Journey.Tests;

/// <summary>The story told by the verbs of the program, each over the data folder by itself.</summary>
/// <remarks>The program reads the real clock, so the agreement begins last month instead of time moving on.</remarks>
[Collection(StandardOutput.Name)]
public sealed class CliJourneyTests : IAsyncLifetime
{
    private readonly string _folder = RealPrograms.NewFolder();
    private readonly YearMonth _month = SystemClock.Instance.GetCurrentInstant().InUtc().Date.ToYearMonth()
        .PlusMonths(-1);
    private string _engagement = "";

    private string Month => YearMonthPattern.Iso.Format(_month);

    public async ValueTask InitializeAsync()
    {
        var database = Database.Sqlite(Path.Combine(_folder, "entente.db"));
        await using var house = await OpenHouse.Over(database, SystemClock.Instance.GetCurrentInstant());
        using var party = await RestParty.ComeIn(house);
        _engagement = party.Engagement;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_program_walks_from_the_charter_to_an_accepted_report()
    {
        await Document();
        await Agree();
        await Measure();
        var report = await Run("ann", "report", "issue", _engagement, "a1", Month);
        report.GetProperty("reviewed").GetProperty("report").GetProperty("missed").GetInt32().ShouldBe(2);
        await Run("cem", "report", "dispute", _engagement, "a1", Month, "--term", Story.Restore, "--reason", "Ours");
        await Run("ann", "report", "settle", _engagement, "a1", Month, "--term", Story.Restore, "--reason", "Counted");
        var accepted = await Run("cem", "report", "accept", _engagement, "a1", Month);
        accepted.GetProperty("reviewed").TryGetProperty("acceptedAt", out _).ShouldBeTrue();
        (await Run(null, "ledger", "verify")).GetProperty("isWhole").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Two_agents_agree_at_a_table_that_people_prepared()
    {
        await Document();
        await Run("ann", "negotiation", "open", _engagement, "--title", "Machines", "--effective-from", $"{Month}-01");
        await Run("fee", "negotiation", "budget", _engagement, "n1", "--limit", "EUR 46000");
        await Run("fee", "negotiation", "raise", _engagement, "n1", "--text", "Nights", "--term", Story.Restore,
            "--least", "3 h");
        await Run("pia", "negotiation", "hints", _engagement, "n1");
        await Run("pia", "negotiation", "pulse", _engagement, "n1", "4", "3");
        await Run("cem", "negotiation", "mark", _engagement, "n1", "--set", $"{Story.Uptime}=99.9%");
        await Run("pia", "negotiation", "trade", _engagement, "n1", "--if", $"{Story.Restore}=4h", "--then",
            $"{Story.Uptime}=99.9%");
        (await Run("cem", "negotiation", "take-trade", _engagement, "n1", "t1")).GetProperty("terms").EnumerateArray()
            .Count(term => term.GetProperty("isProvisional").GetBoolean()).ShouldBe(2);
        await Run("cem", "room", "say", _engagement, "n1", "customer", "--text", "They never listen");
        await Run("ann", "mediator", "carry", _engagement, "n1", "customer", "--text", "Being heard matters");
        await Run("cem", "room", "approve", _engagement, "n1", "customer", "m1");
        (await Run("pia", "room", "caucus", _engagement, "n1", "provider")).GetProperty("notes")[0].GetProperty("text")
            .GetString().ShouldBe("Being heard matters");
        var standing = "open";
        for (var turn = 0; turn < 24 && standing == "open"; turn++)
        {
            var sat = await Run(turn % 2 == 0 ? "pia" : "cem", "negotiation", "agent", _engagement, "n1", "--character",
                "conceding", "--rounds", "8", "--seconds", "1");
            standing = sat.GetProperty("standing").GetString();
        }

        standing.ShouldBe("agreed");
        (await Run("cem", "negotiation", "worth", _engagement, "n1", "o1")).GetProperty("words").GetString()!
            .ShouldContain("For you it is");
    }

    [Fact]
    public async Task The_program_refuses_what_cannot_hold_with_field_and_remedy()
    {
        await Charter();
        var list = Path.Combine(_folder, "assets.xlsx");
        await File.WriteAllBytesAsync(list, Xlsx.Book(new Xlsx.Sheet("Notes", Xlsx.Rows("a|b")),
            new("Servers", Xlsx.Rows("name|status", "web|Im Bau"))));
        (await Refused("pia", "inventory", "import", _engagement, list, "--sheet", "Racks"))
            .ShouldContain("expected one of Notes, Servers");
        var import = (await Run("pia", "inventory", "import", _engagement, list, "--sheet", "Servers", "--preview"))
            .GetProperty("import");
        import.GetProperty("findings").ToString().ShouldContain("sheet Servers, row 2, column status");
        (await Run("pia", "inventory", "reread", _engagement, "--import", import.GetProperty("id").GetString()!,
            "--sheet", "Servers",
            "--status", "Im Bau=planned", "--preview")).GetProperty("import").GetProperty("account")
                .GetProperty("statuses")[0].GetProperty("taken")
            .GetString().ShouldBe("planned");
        await Run("pia", "inventory", "record", _engagement, await JsonFile(new { kind = "asset", key = "san", name = "SAN", dependsOn = new[] { "db" } }));
        foreach (var (item, says) in new (object, string)[]
        {
            (new { kind = "asset", key = "db", name = "D", dependsOn = new[] { "san" } }, "dependsOn would close a circle: db → san → db"),
            (new { kind = "asset", key = "db", name = "D", redundantWith = new[] { "san" } }, "neither is a spare of the other"),
            (new { kind = "asset", key = "db", name = "D", capacity = "64 bananas" }, "64 GB"),
            (new { kind = "asset", key = "db", name = "D", purchase = "EUR 1", run = "USD 1" }, "different currencies; use one"),
            (new { kind = "asset", key = "san", name = "S", side = "customer" }, "belongs to two sides"),
        }) (await Refused("ann", "inventory", "record", _engagement, await JsonFile(item))).ShouldContain(says);
        await Run("pia", "service", "describe", _engagement, "checkout", await JsonFile(new { name = "Checkout", businessView = "The shop takes orders." }));
        (await Refused("cem", "requirement", "write", _engagement, "checkout", await JsonFile(
            new { kind = "clause", key = "checkout.fast", title = "Fast", text = "The shop must be fast." })))
            .ShouldContain("proof: 'The shop must be fast.' cannot be measured");
        (await Refused("cem", "requirement", "answer", _engagement, "checkout", await JsonFile(new { costHour = "EUR 1", costNight = "USD 1" })))
            .ShouldContain("use one currency");
    }

    [Fact]
    public async Task Whoever_writes_second_is_shown_what_differs_and_takes_both_where_nothing_collides()
    {
        await Charter();
        async Task<string> Card(string business, string technical) =>
            await JsonFile(new { name = "Checkout", businessView = business, technicalView = technical });
        await Run("pia", "service", "describe", _engagement, "checkout", await Card("The shop takes orders.", "Three nodes."));
        var seen = (await Run("cem", "service", "list", _engagement)).GetProperty("version").ToString();
        await Run("pia", "service", "describe", _engagement, "checkout", await Card("The shop takes orders.", "Four nodes."));
        string[] mine = ["service", "describe", _engagement, "checkout", await Card("People pay.", "Three nodes."), "--base", seen];
        (await Differs(mine)).ShouldBe(
        [
            "  businessView", "    base   The shop takes orders.", "    theirs The shop takes orders.", "    mine   People pay.",
            "  technicalView", "    base   Three nodes.", "    theirs Four nodes.", "    mine   Three nodes.",
            "Nothing collides: with --merge both are written.",
        ]);
        (await Run("cem", [.. mine, "--merge"])).GetProperty("card").ToString().ShouldSatisfyAllConditions(
            card => card.ShouldContain("People pay."), card => card.ShouldContain("Four nodes."));
        (await Differs("service", "describe", _engagement, "checkout", await Card("The shop takes orders.", "Five nodes."), "--base", seen, "--merge"))
            .ShouldContain("  technicalView: both changed the same lines");

        async Task<IEnumerable<string>> Differs(params string[] words)
        {
            var (code, said) = await Say("cem", words);
            code.ShouldBe(1, said);
            return Second.Lines(JsonSerializer.Deserialize<JsonElement>(said).GetProperty("error").GetProperty("merge"));
        }
    }

    private async Task Charter()
    {
        var charter = new
        {
            purpose = "Agree",
            scope = "Checkout",
            roles = new[] { "Ann mediates" },
            successMeasures = new[] { "Signed" },
        };
        await Run("ann", "charter", "write", _engagement, await JsonFile(charter));
        var seats = (await Run("ann", "engagement", "show", _engagement)).GetProperty("seats").EnumerateArray();
        var cem = seats.Single(seat => seat.GetProperty("seat").GetString() == "customer");
        await Run("ann", "charter", "name", _engagement, cem.GetProperty("person").GetString()!);
        await Run("cem", "charter", "approve", _engagement, "--edition", "1");
    }

    private async Task Document()
    {
        await Charter();
        var card = new { name = "Checkout", businessView = "The shop takes orders." };
        await Run("pia", "service", "describe", _engagement, "checkout", await JsonFile(card));
        foreach (var (side, noun, terms) in new[]
        {
            ("cem", "requirement", Story.Asked), ("pia", "spec", Story.Offered),
        })
        {
            foreach (var term in terms) await Run(side, noun, "write", _engagement, "checkout", await JsonFile(term));
            await Run(side, noun, "release", _engagement, "checkout");
        }

        var service = await Run("cem", "service", "show", _engagement, "checkout");
        var edition = service.GetProperty("edition").ToString();
        foreach (var side in (string[])["cem", "pia"])
            await Run(side, "service", "satisfied", _engagement, "checkout", "--edition", edition);
        (await Run("ann", "gate", "show", _engagement)).GetProperty("isOpen").GetBoolean().ShouldBeTrue();
        await Catalogue();
    }

    /// <summary>What is asked of a catalogue, and documents as files.</summary>
    private async Task Catalogue()
    {
        await Run("cem", "service", "request", _engagement, "checkout", "For the outlet");
        (await Run("pia", "service", "answer", _engagement, "r1", "From May"))[0].GetProperty("status").GetString().ShouldBe("granted");
        (await Run("cem", "service", "compare", _engagement, "checkout")).GetArrayLength().ShouldBeGreaterThan(5);
        (await Run("cem", "service", "difference", _engagement, "checkout", "--from", "0", "--to", "1"))[0]
            .GetProperty("text").GetString().ShouldBe("Checkout");
        (await Run("cem", "service", "trace", _engagement, "--service", "checkout")).GetArrayLength().ShouldBeGreaterThan(0);
        (await Run("pia", "spec", "draft-sheet", _engagement, "checkout")).GetProperty("sheet").GetProperty("external").GetString()!.ShouldContain("[");
        (await Run("cem", "charter", "difference", _engagement)).GetArrayLength().ShouldBeGreaterThan(3);
        await Run("cem", "mail", "quiet", "--zone", "Europe/Berlin", "--from", "20:00", "--until", "07:00", "--weekends");
        foreach (var document in (await Run("cem", "document", "list", _engagement)).EnumerateArray())
        {
            var name = document.GetProperty("name").GetString()!;
            var json = Path.Combine(_folder, $"{name}.json");
            await Run("cem", "document", "get", _engagement, name, "--out", json);
            var hash = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(json)).GetProperty("hash").GetString()!;
            foreach (var format in (string[])["html", "md", "docx"])
            {
                var file = Path.Combine(_folder, $"{name}.{format}");
                await Run("cem", "document", "get", _engagement, name, "--out", file);
                var text = await File.ReadAllBytesAsync(file);
                if (format == "docx") text[..2].ShouldBe("PK"u8.ToArray());
                else System.Text.Encoding.UTF8.GetString(text).ShouldContain(hash);
            }
        }
    }

    private async Task Agree()
    {
        await Run("ann", "negotiation", "open", _engagement, "--title", "Checkout", "--effective-from", $"{Month}-01");
        string[] package = [.. Story.Counter.Select(term => $"{term.Key}={term.Value}")];
        await Run("pia", ["negotiation", "offer", _engagement, "n1", "--set", .. package]);
        await Run("cem", "negotiation", "accept", _engagement, "n1", "o1");
        foreach (var side in (string[])["pia", "cem"])
        {
            await Run(side, "agreements", "sign", _engagement, "a1", "--version-number", "1", "--title", "Head",
                "--place", "Berlin");
        }
    }

    private async Task Measure()
    {
        foreach (var (name, text) in new[] { ("outages.csv", Story.Outages), ("tickets.csv", Story.Tickets) })
        {
            var file = Path.Combine(_folder, name);
            await File.WriteAllTextAsync(file, text.Replace(Story.Month, Month, StringComparison.Ordinal));
            await Run("pia", "measurements", "import", _engagement, file);
        }
    }

    private async Task<string> JsonFile(object content)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(content, Json.Options));
        return file;
    }

    private async Task<string> Refused(string who, params string[] words)
    {
        var (code, said) = await Say(who, words);
        code.ShouldBe(1, said);
        return JsonSerializer.Deserialize<JsonElement>(said).GetProperty("error").GetProperty("message").GetString()!;
    }

    private async Task<JsonElement> Run(string? who, params string[] words)
    {
        var (code, said) = await Say(who, words);
        code.ShouldBe(0, $"entente {string.Join(' ', words)}: {said}");
        return JsonSerializer.Deserialize<JsonElement>(said);
    }

    private async Task<(int Code, string Said)> Say(string? who, string[] words)
    {
        var (said, before) = (new StringWriter(), Console.Out);
        Console.SetOut(said);
        int code;
        try
        {
            string[] actor = who is null ? [] : ["--as", $"{who}@journey.example"];
            code = await StandardOutput.Program.Parse([.. words, "--data", _folder, .. actor, "--json"]).InvokeAsync();
        }
        finally
        {
            Console.SetOut(before);
        }

        return (code, said.ToString());
    }
}
