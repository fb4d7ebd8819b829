using System.Text.Json.Nodes;
using Entente.Formats.Calendars;
using Entente.Monitoring;
using Entente.Server.Access;
using Entente.ServiceTime.Calendars;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace Entente.Server.Time;

/// <summary>A version of a calendar as programs see it.</summary>
public sealed record CalendarVersionView(
    int Number, LocalDate EffectiveFrom, string Standing, IReadOnlyList<Side> ApprovedBy, string Source, string? Withdrawn, JsonNode Calendar)
{
    public static CalendarVersionView Of(CalendarEdition edition) => new(
        edition.Number, edition.EffectiveFrom, edition.Withdrawn is not null ? "withdrawn" : edition.IsApproved ? "approved" : "proposed",
        [.. edition.Sides], edition.Source, edition.Withdrawn, CalendarText.Json(edition.Read()));
}

/// <summary>A calendar as programs see it: what rules today, and its versions.</summary>
public sealed record CalendarView(string Key, string? Agreement, JsonNode? Current, IReadOnlyList<CalendarVersionView> Versions)
{
    public static CalendarView Of(CalendarCard card) => new(
        card.Key, card.Agreement, card.Current is { } current ? CalendarText.Json(current) : null, [.. card.Editions.Select(CalendarVersionView.Of)]);
}

/// <summary>Which version is meant, and why where it is withdrawn.</summary>
public sealed record CalendarVoice(int Version, string? Reason = null);

/// <summary>REST for the calendars of an engagement.</summary>
public static class CalendarApi
{
    internal static readonly Seat[] Proposers = [Seat.ServiceLevelManager, Seat.Provider, Seat.Customer];

    public static void MapCalendarApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/calendars").WithTags(Stages.Monitoring.Name);
        api.MapGet("", async (string engagement, CalendarDesk desk) => (await desk.Cards(engagement)).Select(CalendarView.Of))
            .AllowsSeated().WithSummary("Every calendar, with its versions.");
        api.MapGet("/{calendar}", async (HttpContext http, string engagement, string calendar, CalendarDesk desk) =>
            await desk.Find(engagement, calendar) is { } card ? Results.Json(CalendarView.Of(card), Json.Options) : Unknown(http, calendar))
            .Produces<CalendarView>().AllowsSeated().WithSummary("One calendar with its versions.");
        api.MapGet("/{calendar}/file", async (HttpContext http, string engagement, string calendar, int? version, string? format, CalendarDesk desk) =>
            await desk.Find(engagement, calendar) is { } card && Chosen(card, version) is { } chosen
                ? File(http, chosen, format) : Unknown(http, calendar))
            .AllowsSeated().WithSummary("The calendar file that rules today, or of one version; YAML, or JSON with format=json.");
        api.MapPut("/{calendar}/proposal", async (HttpContext http, Viewer viewer, string calendar, string? effectiveFrom, CalendarDesk desk) =>
        {
            var hours = Read(await Text(http), "$");
            return Answer(http, calendar, await desk.Propose(
                viewer.EngagementId, await Writes.Of(http, viewer), calendar, Date(effectiveFrom, hours, desk), hours, "written by hand"));
        }).Accepts<string>("application/yaml", "application/json", "text/plain").AllowsSeated(Proposers)
            .WithSummary("Propose a version: the calendar file as YAML or JSON; effectiveFrom is a date, today unless told.");
        api.MapPost("/{calendar}/holidays", async (HttpContext http, Viewer viewer, string calendar, string? effectiveFrom, CalendarDesk desk) =>
        {
            var hours = await desk.WithHolidays(viewer.EngagementId, calendar, await Text(http));
            return Answer(http, calendar, await desk.Propose(
                viewer.EngagementId, await Writes.Of(http, viewer), calendar, Date(effectiveFrom, hours, desk), hours, "holidays brought in"));
        }).Accepts<string>("text/calendar", "text/plain", "text/csv").AllowsSeated(Proposers)
            .WithSummary("Propose a version with the holidays of an iCalendar file, or of a list with a date and a name a line.");
        api.MapGet("/{calendar}/preview", async (HttpContext http, string engagement, string calendar, int version, CalendarDesk desk, CaseDesk cases) =>
            (await desk.Read(engagement)).State.Find(calendar, version) is null ? Unknown(http, calendar)
                : Results.Json(await cases.Preview(engagement, calendar, version), Json.Options))
            .Produces<CalendarPreview>().AllowsSeated().WithSummary("Which running clocks a version would move.");
        api.MapPost("/{calendar}/approval", async (HttpContext http, Viewer viewer, string calendar, CalendarDesk desk) =>
        {
            var voice = await Inputs.Body<CalendarVoice>(http);
            return Answer(http, calendar, await desk.Approve(viewer.EngagementId, await Writes.Of(http, viewer), calendar, voice.Version));
        }).Accepts<CalendarVoice>("application/json").AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("Approve a version for one's side; it rules once both sides did.");
        api.MapPost("/{calendar}/withdrawal", async (HttpContext http, Viewer viewer, string calendar, CalendarDesk desk) =>
        {
            var voice = await Inputs.Body<CalendarVoice>(http);
            return Answer(http, calendar, await desk.Withdraw(viewer.EngagementId, await Writes.Of(http, viewer), calendar, voice.Version, voice.Reason ?? ""));
        }).Accepts<CalendarVoice>("application/json").AllowsSeated(Proposers).WithSummary("Withdraw or turn down a proposed version, with a reason.");
    }

    /// <summary>A calendar file.</summary>
    /// <exception cref="BadInputException">It is wrong: with the place of everything that is.</exception>
    internal static ServiceCalendar Read(string text, string path)
    {
        var reading = CalendarYaml.Read(text);
        new Inputs().Take(reading.Findings.Select(finding => finding with { Path = $"{path}.{finding.Path}".TrimEnd('.') })).Throw();
        return reading.Get();
    }

    internal static LocalDate Date(string? text, ServiceCalendar hours, CalendarDesk desk) => string.IsNullOrWhiteSpace(text) ? desk.Today(hours.TimeZone)
        : LocalDatePattern.Iso.Parse(text.Trim()) is { Success: true } date ? date.Value
        : throw new BadInputException("effectiveFrom", "date.invalid", $"expected a date such as 2026-07-01, found \"{text}\"");

    private static ServiceCalendar? Chosen(CalendarCard card, int? version) =>
        version is null ? card.Current : card.Editions.FirstOrDefault(edition => edition.Number == version)?.Read();

    private static IResult File(HttpContext http, ServiceCalendar calendar, string? format)
    {
        var isJson = format is null ? http.Request.Headers.Accept.ToString().Contains("json", StringComparison.Ordinal) : format == "json";
        return isJson ? Results.Text(CalendarText.Json(calendar).ToJsonString(Json.Indented), "application/json")
            : Results.Text(CalendarText.Yaml(calendar), "application/yaml");
    }

    private static async Task<string> Text(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        return await reader.ReadToEndAsync(http.RequestAborted);
    }

    private static IResult Answer(HttpContext http, string calendar, Outcome<CalendarState> outcome) => Writes.Answer(
        http, outcome, (state, _) => state.Of(calendar).Select(CalendarVersionView.Of).ToList());

    private static IResult Unknown(HttpContext http, string calendar) =>
        Problems.Answer(http, 404, "calendar.unknown", $"There is no such calendar or version: '{calendar}'.");
}
