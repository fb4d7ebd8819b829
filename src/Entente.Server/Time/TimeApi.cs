using System.Text.Json;
using Entente.Formats.Calendars;
using Entente.Server.Access;
using Entente.ServiceTime.Calendars;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Time;

/// <summary>A calendar and a range of instants, its end not included.</summary>
/// <param name="Calendar">The calendar file: as an object, or as its YAML or JSON text.</param>
public sealed record RangeQuestion(JsonElement Calendar, string From, string To);

/// <summary>When so much open time will have passed.</summary>
public sealed record DueQuestion(JsonElement Calendar, string From, string Target);

/// <summary>When to begin at the latest.</summary>
public sealed record LatestStartQuestion(JsonElement Calendar, string To, string Target);

/// <summary>Many questions about one calendar, each as the batch of the command line takes them.</summary>
public sealed record BatchQuestion(JsonElement Calendar, IReadOnlyList<JsonElement> Questions);

/// <summary>REST for questions that a calendar answers; nothing is recorded.</summary>
public static class TimeApi
{
    private const int HoursOfADayMost = 100;
    private const int DatesMost = 20_000;
    private const int BatchBytesMost = 16 * 1024 * 1024;

    public static void MapTimeApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/time").WithTags("Service time");
        api.MapPost("/elapsed", async (HttpContext http) =>
        {
            var ask = await WorkRoom.Body<RangeQuestion>(http);
            return TimeQuestions.Elapsed(Calendar(ask.Calendar), TimeQuestions.At(ask.From, "$.from"), TimeQuestions.At(ask.To, "$.to"));
        }).Accepts<RangeQuestion>("application/json").AllowsSignedIn().WithSummary("Open time in [from, to).");
        api.MapPost("/due", async (HttpContext http) =>
        {
            var ask = await WorkRoom.Body<DueQuestion>(http);
            var (from, target) = (TimeQuestions.At(ask.From, "$.from"), TimeQuestions.Target(ask.Target, "$.target"));
            return TimeQuestions.Due(Calendar(ask.Calendar), from, target) is { } due
                ? Results.Json(due, Json.Options) : Problems.Refused(http, TimeQuestions.Unreachable(from, target));
        }).Accepts<DueQuestion>("application/json").Produces<DueAnswer>().AllowsSignedIn()
            .WithSummary("The earliest instant at which the elapsed time equals the target.");
        api.MapPost("/latest-start", async (HttpContext http) =>
        {
            var ask = await WorkRoom.Body<LatestStartQuestion>(http);
            var (to, target) = (TimeQuestions.At(ask.To, "$.to"), TimeQuestions.Target(ask.Target, "$.target"));
            return TimeQuestions.LatestStart(Calendar(ask.Calendar), to, target) is { } start
                ? Results.Json(start, Json.Options) : Problems.Refused(http, TimeQuestions.Unreachable(to, target));
        }).Accepts<LatestStartQuestion>("application/json").Produces<LatestStartAnswer>().AllowsSignedIn()
            .WithSummary("The latest instant from which the target fits exactly before the end: the inverse of due.");
        api.MapPost("/open", async (HttpContext http) =>
        {
            var ask = await WorkRoom.Body<RangeQuestion>(http);
            return TimeQuestions.Open(
                Calendar(ask.Calendar), TimeQuestions.At(ask.From, "$.from"), TimeQuestions.At(ask.To, "$.to"), WorkRoom.IntervalsMost);
        }).Accepts<RangeQuestion>("application/json").AllowsSignedIn().WithSummary("The open intervals inside [from, to).");
        api.MapPost("/periods", async (HttpContext http) =>
        {
            var ask = await WorkRoom.Body<PeriodQuestion>(http);
            return ask.Answer(field => $"$.{field}", WorkRoom.IntervalsMost);
        }).Accepts<PeriodQuestion>("application/json").AllowsSignedIn()
            .WithSummary("The periods that overlap [from, to), from an anchor in a zone, or rolling.");
        api.MapPost("/batch", async (HttpContext http) =>
        {
            return Results.Bytes(await Batch(http), "application/json");
        }).Accepts<BatchQuestion>("application/json").AllowsSignedIn()
            .WithSummary("Many questions about one calendar, answered in order; a bad one is answered by its error.");
    }

    /// <summary>A calendar of a size that can be computed with while somebody waits.</summary>
    /// <exception cref="BadInputException">It is wrong, or too large.</exception>
    internal static CompiledCalendar Calendar(JsonElement value)
    {
        var reading = CalendarYaml.ReadVersions(WorkRoom.Document(value, "$.calendar"));
        new Inputs().Take(reading.Findings.Select(finding => finding with { Path = $"$.calendar.{finding.Path}".TrimEnd('.') })).Throw();
        var history = reading.Get();
        new Inputs().Check(
            history.Versions.All(version => version.Definition.Weekly.Values.All(hours => hours.Length <= HoursOfADayMost)
                && version.Definition.Holidays.Length + version.Definition.Exceptions.Length <= DatesMost),
            "$.calendar", "work.too_large", $"expected at most {HoursOfADayMost} open intervals a day and {DatesMost} holidays and exceptions").Throw();
        return history.Compile();
    }

    private static async Task<byte[]> Batch(HttpContext http)
    {
        var ask = await WorkRoom.Body<BatchQuestion>(http, BatchBytesMost);
        var calendar = Calendar(ask.Calendar);
        using var answers = new MemoryStream();
        using (var writer = new Utf8JsonWriter(answers, new JsonWriterOptions { Encoder = Json.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("answers");
            foreach (var question in ask.Questions) BatchAnswers.Answer(calendar, question.GetRawText(), writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return answers.ToArray();
    }
}
