using System.Text;
using System.Text.Json;
using Entente.Server.Mail;
using Entente.Storage;
using Entente.Storage.Identity;
using Entente.Storage.Mail;
using Entente.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static Entente.Server.Tests.Documentation.Documented;

namespace Entente.Server.Tests.Documentation;

/// <summary>The tables of the first stage on the other database: lists, searches, imports, undoing, and who was heard.</summary>
public sealed class OnPostgresTests
{
    [Fact]
    public async Task Inventory_and_imports_work_on_PostgreSQL_as_on_SQLite()
    {
        await using var cast = await Cast.Assemble(Database.Postgres(RealPrograms.Postgres()));
        await cast.Release();
        await Must(cast.Pia.Ask(HttpMethod.Put, cast.Path("/inventory/asset/db"),
            new { kind = "asset", key = "db", name = "Orders database", dependsOn = new[] { "san" } }));
        (await Must(cast.Sam.Ask(HttpMethod.Get, cast.Path("/inventory?kind=asset&search=ORDERS")))).GetProperty("total").GetInt32().ShouldBe(1);
        (await Must(cast.Sam.Ask(HttpMethod.Get, cast.Path("/inventory?search=%25")))).GetProperty("total").GetInt32().ShouldBe(0);

        var import = await Read(cast, "key,name,depends on\ndb,Database,web\nweb,Web,\n");
        (import.GetProperty("added").GetInt64(), import.GetProperty("changed").GetInt64()).ShouldBe((1, 1));
        await Must(cast.Pia.Ask(HttpMethod.Post, cast.Path($"/inventory/imports/{import.GetProperty("id").GetString()}/taking-over")));
        (await Read(cast, "key,name,depends on\ndb,Database,web\nweb,Web,\n")).GetProperty("unchanged").GetInt64().ShouldBe(2);
        await Must(cast.Pia.Ask(HttpMethod.Post, cast.Path($"/inventory/imports/{import.GetProperty("id").GetString()}/undoing")));
        (await Must(cast.Sam.Ask(HttpMethod.Get, cast.Path("/inventory")))).GetProperty("total").GetInt32().ShouldBe(1);
        (await Must(cast.Sam.Ask(HttpMethod.Get, cast.Path("/inventory/asset/db")))).GetProperty("item").GetProperty("name").GetString()
            .ShouldBe("Orders database");

        await Must(cast.Pia.Ask(HttpMethod.Post, cast.Path("/inventory/asset/db/retirement"), new { reason = "gone" }));
        await Must(cast.Fee.Ask(HttpMethod.Post, cast.Path("/voices"), new { text = "It may not cost more.", anonymous = true }));
        (await Must(cast.Ann.Ask(HttpMethod.Get, cast.Path("/heard")))).EnumerateArray().Single(one => one.GetProperty("name").GetString() == "Fee")
            .TryGetProperty("lastHeard", out _).ShouldBeFalse();

        // Several nodes hear at once while others speak: each voice is heard once.
        var speaking = Enumerable.Range(0, 10).Select(one =>
            Must(cast.Sam.Ask(HttpMethod.Post, cast.Path("/voices"), new { text = $"Night {one} frightens us.", anonymous = true })));
        await Task.WhenAll([.. speaking, .. Enumerable.Range(0, 4).Select(_ => cast.HearVoices())]);
        await cast.HearVoices();
        (await Must(cast.Ann.Ask(HttpMethod.Get, cast.Path("/voices")))).EnumerateArray().Select(one => one.GetProperty("text").GetString())
            .ShouldBe(["It may not cost more.", .. Enumerable.Range(0, 10).Select(one => $"Night {one} frightens us.")], ignoreOrder: true);
        (await cast.Sam.Look($"/engagements/{cast.Engagement}/documentation")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_outbox_reminders_and_quiet_hours_work_on_PostgreSQL_as_on_SQLite()
    {
        await using var cast = await Cast.Assemble(Database.Postgres(RealPrograms.Postgres()), new MailOptions { RemindEvery = Duration.FromDays(1) });
        await Must(cast.Sam.Ask(HttpMethod.Put, "/api/v1/quiet-hours", new { zone = "UTC", from = "08:00:00", until = "10:00:00", weekends = false }));
        await Must(cast.Ann.Ask(HttpMethod.Put, cast.Path("/charter"), Charter));
        await Must(cast.Ann.Ask(HttpMethod.Post, cast.Path("/charter/stakeholders"), new { person = cast.SamId }));
        foreach (var (hours, mails) in new[] { (0, 1), (24, 1), (26, 2), (26, 2) })
        {
            cast.Clock.Now = Instant.FromUtc(2026, 3, 2, 9, 0) + Duration.FromHours(hours);
            await MailWorker.Round(cast.Rooms.GetRequiredService<IServiceScopeFactory>(), [cast.Engagement], CancellationToken.None);
            (await cast.Rooms.GetRequiredService<MailStore>().Newest("org_cast", 10)).Count.ShouldBe(mails, $"after {hours} h");
        }

        await using var scope = cast.Rooms.CreateAsyncScope();
        var (store, desk) = (cast.Rooms.GetRequiredService<MailStore>(), scope.ServiceProvider.GetRequiredService<MailDesk>());
        var sam = (await scope.ServiceProvider.GetRequiredService<PeopleStore>().FindPerson(cast.SamId))!;
        var link = (await desk.HandOver(sam, (await store.Newest("org_cast", 10))[0].Id)).Facts[0].Split("charter-approval/")[1].Split('\n')[0];
        using var visitor = cast.Visitor();
        (await visitor.Ask(HttpMethod.Post, $"/api/v1/charter-links/{link}/approval")).Status.ShouldBe(200);
        (await store.Newest("org_cast", 10)).Count(letter => letter.LinkUsedAt is not null).ShouldBe(1);
        await desk.Deliver();
        (await store.Waiting()).ShouldBeEmpty("who approved needs no other mail");
    }

    private static async Task<JsonElement> Read(Cast cast, string table)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(table)), "file", "a.csv" } };
        using var response = await cast.Pia.PostAsync(cast.Path("/inventory/imports"), form);
        var body = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, body);
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("import");
    }
}
