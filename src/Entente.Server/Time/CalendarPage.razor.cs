using Entente.Monitoring;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.ServiceTime.Calendars;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Time;

/// <summary>One calendar: its week, its dates, its versions, and what a proposed version would move.</summary>
public sealed partial class CalendarPage
{
    private const int DatesMost = 200;
    private const int MovedMost = 100;
    private const int ClosingsMost = 8;

    [Parameter] public Viewer Viewer { get; set; } = null!;

    [Parameter] public EngagementHead Head { get; set; } = null!;

    [Parameter] public CalendarCard Card { get; set; } = null!;

    [Parameter] public CalendarPreview? Preview { get; set; }

    [Parameter] public Instant Now { get; set; }

    [Parameter] public Notice? Notice { get; set; }

    private string Base => $"/engagements/{Head.Id}/monitoring/calendars/{Card.Key}";

    private string File => $"/api/v1/engagements/{Head.Id}/calendars/{Card.Key}/file";

    private LocalDate Today => Now.InZone(DateTimeZoneProviders.Tzdb[Card.Current?.TimeZone ?? "UTC"]).Date;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/engagements/{engagement}/monitoring/calendars/{calendar}");
        page.MapGet("", (HttpContext http, Viewer viewer, string calendar, CalendarDesk desk, CaseDesk cases, EngagementDesk engagements) =>
            Show(http, viewer, calendar, desk, cases, engagements)).AllowsSeated();
        page.MapPost("/approval", async (HttpContext http, Viewer viewer, string calendar, CalendarDesk desk, CaseDesk cases, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var outcome = await desk.Approve(viewer.EngagementId, await Writes.Of(http, viewer), calendar, Forms.Number(form, "number"));
            return await Answer(outcome, http, viewer, calendar, desk, cases, engagements);
        }).AllowsSeated(Seat.Provider, Seat.Customer);
        page.MapPost("/withdrawal", async (HttpContext http, Viewer viewer, string calendar, CalendarDesk desk, CaseDesk cases, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var outcome = await desk.Withdraw(viewer.EngagementId, await Writes.Of(http, viewer), calendar, Forms.Number(form, "number"),
                Forms.Text(form, "reason"));
            return await Answer(outcome, http, viewer, calendar, desk, cases, engagements);
        }).AllowsSeated(CalendarApi.Proposers);
        page.MapPost("/holidays", async (HttpContext http, Viewer viewer, string calendar, CalendarDesk desk, CaseDesk cases, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            try
            {
                var file = form.Files.GetFile("file") ?? throw new BadInputException("file", "file.missing", "expected a file of holidays");
                using var text = new StreamReader(file.OpenReadStream());
                var hours = await desk.WithHolidays(viewer.EngagementId, calendar, await text.ReadToEndAsync());
                var outcome = await desk.Propose(
                    viewer.EngagementId, await Writes.Of(http, viewer), calendar, CalendarApi.Date(form["effectiveFrom"], hours, desk), hours,
                        $"holidays of {file.FileName}");
                return await Answer(outcome, http, viewer, calendar, desk, cases, engagements);
            }
            catch (BadInputException bad)
            {
                return await Show(http, viewer, calendar, desk, cases, engagements, new Notice(bad.Message, IsRefusal: true));
            }
        }).AllowsSeated(CalendarApi.Proposers);
    }

    private static Task<IResult> Answer(
        Outcome<CalendarState> outcome, HttpContext http, Viewer viewer, string calendar, CalendarDesk desk, CaseDesk cases, EngagementDesk engagements) =>
        Writes.Answer(outcome, $"/engagements/{viewer.EngagementId}/monitoring/calendars/{calendar}",
            notice => Show(http, viewer, calendar, desk, cases, engagements, notice));

    private static async Task<IResult> Show(
        HttpContext http, Viewer viewer, string calendar, CalendarDesk desk, CaseDesk cases, EngagementDesk engagements, Notice? notice = null)
    {
        if (await desk.Find(viewer.EngagementId, calendar) is not { } card) return Problems.Answer(
            http, 404, "calendar.unknown", $"There is no calendar '{calendar}'.");
        return Page.Of<CalendarPage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            Card = card,
            Preview = card.Open is { } open ? await cases.Preview(viewer.EngagementId, calendar, open.Number) : null,
            cases.Now,
            Notice = notice,
        }, notice is null ? 200 : 422);
    }

    /// <summary>The next stretches that are closed, neighbours made one, each by its first entry that is more than the ordinary week.</summary>
    private IEnumerable<CalendarStretch> Closings(ServiceCalendar calendar)
    {
        CalendarStretch? closing = null;
        foreach (var stretch in CompiledCalendar.Compile(calendar).Explain(Now, Now + Duration.FromDays(60)).SkipWhile(stretch => !stretch.IsOpen).Take(400))
        {
            if (!stretch.IsOpen)
                closing = closing is null ? stretch : closing with { End = stretch.End, Entry = closing.Entry == "weekly" ? stretch.Entry : closing.Entry };
            else if (closing is not null)
            {
                yield return closing;
                closing = null;
            }
        }
    }

    /// <summary>What a proposal names that does not rule yet.</summary>
    private IEnumerable<string> Added(CalendarEdition open)
    {
        var (before, after) = (Card.Current, open.Read());
        return after.Holidays.Where(holiday => before is null || !before.Holidays.Contains(holiday))
            .Select(holiday => $"{Words.When(holiday.When)} {holiday.Name}")
            .Concat(after.Exceptions.Where(one => before is null || !before.Exceptions.Any(known => known.When == one.When))
                .Select(one => $"{Words.When(one.When)}: {Hours(one)}"))
            .Take(DatesMost);
    }

    private string Standing(CalendarEdition edition) => edition switch
    {
        { Withdrawn: { } reason } => $"withdrawn: {reason}",
        { IsApproved: true } => "approved by both sides",
        { Sides.Count: 0 } => "proposed; both sides must approve",
        _ => $"waits for {Head.NameOf(edition.Sides[0].Other)}",
    };

    private static string Hours(CalendarException exception) => string.Join("; ", new[]
    {
        exception.Name ?? "",
        exception.Open is { } open ? open.IsEmpty ? "closed" : $"open only {string.Join(", ", open)}" : "",
        exception.Add.IsEmpty ? "" : $"also open {string.Join(", ", exception.Add)}",
        exception.Remove.IsEmpty ? "" : $"closed {string.Join(", ", exception.Remove)}",
    }.Where(part => part.Length > 0));
}
