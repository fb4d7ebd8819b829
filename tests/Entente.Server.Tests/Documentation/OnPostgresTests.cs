using System.Text;
using System.Text.Json;
using Entente.Storage;
using Entente.Tests.Shared;
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
        (await cast.Sam.Look($"/engagements/{cast.Engagement}/documentation")).Status.ShouldBe(200);
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
