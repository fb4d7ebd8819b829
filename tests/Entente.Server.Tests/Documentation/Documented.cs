using System.Text.Json;
using Dapper;
using Entente.Server.Documentation;
using Entente.Storage;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Entente.Server.Tests.Documentation;

/// <summary>Steps of the first stage, so that each test begins where it needs to.</summary>
internal static class Documented
{
    public static readonly object Charter = new
    {
        purpose = "Agree what checkout must do",
        scope = "Checkout",
        roles = new[] { "Ann mediates" },
        successMeasures = new[] { "Signed by May" },
    };

    public static readonly object Card = new { name = "Checkout", businessView = "The shop takes orders.", technicalView = "Three nodes and a database." };

    public static object Uptime(string target) => new { kind = "availability", key = "checkout.uptime", title = "The shop is open", target, period = "month" };

    public static async Task Approve(this Cast cast)
    {
        await Must(cast.Ann.Ask(HttpMethod.Put, cast.Path("/charter"), Charter));
        await Must(cast.Ann.Ask(HttpMethod.Post, cast.Path("/charter/stakeholders"), new { person = cast.SamId }));
        await Must(cast.Sam.Ask(HttpMethod.Post, cast.Path("/charter/approval"), new { edition = 1 }));
    }

    /// <summary>Waits for the hour at which anonymous voices are heard.</summary>
    public static async Task<Instant> HearVoices(this Cast cast)
    {
        await using var scope = cast.Rooms.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<VoiceBoxDesk>();
        cast.Clock.Now = await desk.NextHearing();
        await desk.HearWaiting();
        return cast.Clock.Now;
    }

    public static async Task Describe(this Cast cast)
    {
        await cast.Approve();
        await Must(cast.Pia.Ask(HttpMethod.Put, cast.Path("/services/checkout"), Card));
    }

    /// <summary>Both rooms have written; the customer asks 99.9 %, the provider offers 99.5 %; both released.</summary>
    public static async Task Release(this Cast cast)
    {
        await cast.Describe();
        await Must(cast.Cem.Ask(HttpMethod.Put, cast.Path("/requirements/checkout/terms/checkout.uptime"), Uptime(">= 99.9 %")));
        await Must(cast.Cem.Ask(HttpMethod.Post, cast.Path("/requirements/checkout/release"), new { }));
        await Must(cast.Pia.Ask(HttpMethod.Put, cast.Path("/specs/checkout/terms/checkout.uptime"), Uptime(">= 99.5 %")));
        await Must(cast.Pia.Ask(HttpMethod.Post, cast.Path("/specs/checkout/release"), new { }));
    }

    /// <summary>Every row of every table as one text each.</summary>
    public static async Task<HashSet<string>> Everything(this Cast cast)
    {
        await using var connection = await cast.Rooms.GetRequiredService<Database>().Open();
        HashSet<string> rows = new(StringComparer.Ordinal);
        foreach (var table in await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            foreach (IDictionary<string, object?> row in await connection.QueryAsync($"SELECT * FROM \"{table}\""))
                rows.Add($"{table}: {string.Join(" | ", row.Select(cell => $"{cell.Key}={cell.Value}"))}");
        }

        return rows;
    }

    public static async Task<JsonElement> Must(Task<(int Status, JsonElement Body)> asked)
    {
        var (status, body) = await asked;
        status.ShouldBeOneOf(200, 201);
        return body;
    }
}
