using System.Text.Json;
using Entente.Formats.Calendars;
using Entente.Server.Access;
using Entente.ServiceTime.Clocks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Time;

/// <summary>Clocks to replay: what starts and stops them, and what happened.</summary>
/// <param name="Definition">The clock definition: as an object, or as its YAML or JSON text.</param>
/// <param name="Events">The events as CSV or JSON Lines.</param>
/// <param name="Files">Calendar files that the definition names, by name.</param>
/// <param name="Now">Instant at which the clocks are read; the last event's unless told.</param>
/// <param name="TimeZone">IANA zone of event times without an offset.</param>
/// <param name="Ledger">Explain every second of every clock.</param>
public sealed record ReplayQuestion(
    JsonElement Definition, string Events, IReadOnlyDictionary<string, JsonElement>? Files = null, string? Now = null, string? TimeZone = null,
    bool? Ledger = null);

/// <summary>The clocks of one case.</summary>
public sealed record ReplayedCase(string Case, IReadOnlyList<ClockAnswer> Clocks);

/// <summary>The clocks of every case, and what was odd about the events.</summary>
public sealed record ReplayAnswer(Instant Now, IReadOnlyList<ReplayedCase> Cases, IReadOnlyList<Finding> Findings);

/// <summary>REST for replaying clocks; nothing is recorded.</summary>
public static class ClockApi
{
    private const int BytesMost = 32 * 1024 * 1024;
    private const int ExplainedMost = 500;

    public static void MapClockApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/clock/replay", async (HttpContext http, WorkRoom room) =>
        {
            var ask = await WorkRoom.Body<ReplayQuestion>(http, BytesMost);
            return Results.Json(await room.Run(http, goOn => Replay(ask, goOn)), Json.Options);
        }).Accepts<ReplayQuestion>("application/json").Produces<ReplayAnswer>().AllowsSignedIn().WithTags("Service time")
            .WithSummary("Each case's clocks from its events: state, elapsed, due, breached.");

    private static ReplayAnswer Replay(ReplayQuestion ask, Action goOn)
    {
        var book = ClockYaml.Read(WorkRoom.Document(ask.Definition, "$.definition"), name => ask.Files is { } files && files.TryGetValue(name, out var file)
            ? WorkRoom.Document(file, $"$.files.{name}")
            : throw new BadInputException("$.files", "clock.file", $"the definition names the file \"{name}\": give it under files")).Get();
        var zone = ask.TimeZone is not { } id ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
            ?? throw new BadInputException("$.timeZone", "calendar.zone", $"\"{id}\" is no IANA time zone such as Europe/Berlin.");
        var log = EventLog.Read(new StringReader(ask.Events), zone);
        if (log.Findings.Any(finding => finding.Severity == Severity.Error)) throw new BadInputException(log.Findings);
        var now = ask.Now is { } text ? TimeQuestions.At(text, "$.now") : log.Latest ?? Instant.FromUnixTimeSeconds(0);
        var explains = ask.Ledger ?? false;
        new Inputs().Check(!explains || log.Cases.Count <= ExplainedMost, "$.ledger", "work.too_large", $"expected at most {ExplainedMost} cases to explain")
            .Throw();
        return new(now, [.. log.Cases.Select(one => Replayed(one))], log.Findings);

        ReplayedCase Replayed(CaseEvents one)
        {
            goOn();
            return new(one.Case, [.. CaseClocks.Replay(book, one.Events, now).Select(reading => new ClockAnswer(reading, explains))]);
        }
    }
}
