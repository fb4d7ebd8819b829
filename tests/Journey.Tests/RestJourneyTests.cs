using System.Text.Json;
using Entente.Storage;
using Entente.Tests.Shared;

namespace Entente.Journey.Tests;

/// <summary>The same story as in the browser, told by programs through REST alone.</summary>
public sealed class RestJourneyTests
{
    [Fact]
    public async Task Programs_walk_from_the_charter_to_an_accepted_report_on_SQLite()
    {
        var folder = RealPrograms.NewFolder();
        await using (var house = await OpenHouse.Over(Database.Sqlite(Path.Combine(folder, "entente.db"))))
            await Walk(house);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Programs_walk_it_on_PostgreSQL()
    {
        await using var house = await OpenHouse.Over(Database.Postgres(RealPrograms.Postgres()));
        await Walk(house);
    }

    private static async Task Walk(OpenHouse house)
    {
        using var party = await RestParty.ComeIn(house);
        var home = $"/api/v1/engagements/{party.Engagement}";
        await Document(party, home);
        await Negotiate(party, home);
        await Sign(party, home);
        house.Clock.Now = Story.AfterApril;
        await Measure(party, home);
        await Review(party, home);
        await house.LedgerIsWhole();
    }

    private static async Task Document(RestParty party, string home)
    {
        await Charter(party, home);
        await party.Pia.Ask("PUT", $"{home}/inventory/asset/web-1", new
        {
            kind = "asset",
            side = "provider",
            key = "web-1",
            name = "Web node 1",
            what = "server",
        });
        await party.Pia.Ask("PUT", $"{home}/services/checkout", new
        {
            name = "Checkout",
            businessView = "The shop takes orders.",
            technicalView = "Two nodes and a database.",
        });
        foreach (var (side, room, terms) in new[]
        {
            (party.Cem, "requirements", Story.Asked), (party.Pia, "specs", Story.Offered),
        })
        {
            foreach (var term in terms) await side.Ask("PUT", $"{home}/{room}/checkout/terms/{term["key"]}", term);
            await side.Ask("POST", $"{home}/{room}/checkout/release", new { });
        }

        foreach (var side in (HttpClient[])[party.Cem, party.Pia])
        {
            (await party.Ann.Ask("GET", $"{home}/gate")).GetProperty("isOpen").GetBoolean().ShouldBeFalse();
            var service = await side.Ask("GET", $"{home}/services/checkout");
            var edition = service.GetProperty("edition").GetInt32();
            await side.Ask("PUT", $"{home}/services/checkout/satisfaction", new { edition, satisfied = true });
        }

        (await party.Ann.Ask("GET", $"{home}/gate")).GetProperty("isOpen").GetBoolean().ShouldBeTrue();
    }

    private static async Task Charter(RestParty party, string home)
    {
        object Charter(string scope) => new
        {
            purpose = "Agree what checkout must do",
            scope,
            roles = new[] { "Ann mediates" },
            successMeasures = new[] { "Signed by April" },
        };
        await party.Ann.Ask("PUT", $"{home}/charter", Charter("Checkout"));
        foreach (var side in (HttpClient[])[party.Pia, party.Cem])
        {
            var person = (await side.Ask("GET", "/api/v1/me")).GetProperty("id").GetString();
            await party.Ann.Ask("POST", $"{home}/charter/stakeholders", new { person });
        }

        await party.Pia.Ask("POST", $"{home}/charter/approval", new { edition = 1 });
        await party.Cem.Ask("POST", $"{home}/charter/objection", new { edition = 1, reason = "Payments are missing" });
        await party.Ann.Ask("PUT", $"{home}/charter", Charter("Checkout and payments"));
        await party.Pia.Ask("POST", $"{home}/charter/approval", new { edition = 2 });
        var approved = await party.Cem.Ask("POST", $"{home}/charter/approval", new { edition = 2 });
        approved.GetProperty("isApproved").GetBoolean().ShouldBeTrue();
    }

    private static async Task Negotiate(RestParty party, string home)
    {
        await party.Ann.Ask("POST", $"{home}/negotiations", new { title = "Checkout 2026" }, expected: 201);
        var table = $"{home}/negotiations/n1";
        await party.Pia.Ask("POST", $"{table}/offers", new { package = Story.FirstOffer });
        await party.Fee.Ask("POST", $"{table}/concerns", new { text = "Who pays for the nights?", owner = "provider" });
        await party.Cem.Ask("POST", $"{table}/offers", new { package = Story.Counter, counterTo = "o1" });
        await party.Cem.Ask("POST", $"{table}/offers/o2/acceptance", expected: 422);
        var agreed = await party.Pia.Ask("POST", $"{table}/offers/o2/acceptance");
        agreed.GetProperty("standing").GetString().ShouldBe("agreed");
    }

    private static async Task Sign(RestParty party, string home)
    {
        var agreement = $"{home}/agreements/a1";
        var signature = new { version = 1, title = "Head of Operations", place = "Berlin" };
        var refused = await party.Pia.Ask("POST", $"{agreement}/signatures", signature, expected: 422);
        refused.GetProperty("code").GetString().ShouldBe("agreement.open_concern");
        await party.Pia.Ask("POST", $"{home}/negotiations/n1/concerns/c1/answer", new { answer = "The charge." });
        await party.Pia.Ask("POST", $"{agreement}/signatures", signature);
        await party.Cem.Ask("POST", $"{agreement}/signatures", signature);
        var document = await party.Fee.Ask("GET", $"{agreement}/versions/1/document");
        document.GetProperty("terms").GetArrayLength().ShouldBe(3);
    }

    private static async Task Measure(RestParty party, string home)
    {
        await party.Pia.Ask("POST", $"{home}/measurements?name=outages.csv", Story.Outages, expected: 201);
        await party.Pia.Ask("POST", $"{home}/measurements?name=tickets.csv", Story.Tickets, expected: 201);
        var results = await party.Cem.Ask("GET", $"{home}/promises/a1/{Story.Month}");
        var uptime = Line(results, Story.Uptime);
        uptime.GetProperty("breached").GetBoolean().ShouldBeTrue();
        uptime.GetProperty("attained").ToString().ShouldContain("0.99833");
    }

    private static async Task Review(RestParty party, string home)
    {
        var reports = $"{home}/agreements/a1/reports";
        await party.Ann.Ask("POST", reports, new { period = "2026-05" }, expected: 422);
        var issued = await party.Ann.Ask("POST", reports, new { period = Story.Month }, expected: 201);
        issued.GetProperty("reviewed").GetProperty("report").GetProperty("missed").GetInt32().ShouldBe(2);

        var report = $"{reports}/{Story.Month}";
        await party.Cem.Ask("POST", $"{report}/disputes", new { term = Story.Restore, reason = "T2 was ours" });
        await party.Cem.Ask("POST", $"{report}/acceptance", new { }, expected: 422);
        await party.Ann.Ask("POST", $"{report}/settlements", new
        {
            term = Story.Restore,
            upheld = true,
            reason = "Both count T2",
        });
        var accepted = await party.Cem.Ask("POST", $"{report}/acceptance", new { });
        accepted.GetProperty("reviewed").GetProperty("digest").GetString()
            .ShouldBe(issued.GetProperty("reviewed").GetProperty("digest").GetString());
        await party.Cem.Ask("POST", $"{report}/reopenings", new { term = Story.Uptime, reason = "Sales double" });
        var service = await party.Pia.Ask("GET", $"{home}/services/checkout");
        service.GetProperty("reopened").GetProperty(Story.Uptime).GetProperty("reason").GetString()
            .ShouldBe("Sales double");
        (await party.Ann.Ask("GET", $"{home}/gate")).GetProperty("isOpen").GetBoolean().ShouldBeFalse();
    }

    private static JsonElement Line(JsonElement results, string term) =>
        results.EnumerateArray().Single(result => result.GetProperty("term").GetString() == term);
}
