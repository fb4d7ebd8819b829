using Entente.Documentation;
using Entente.Formats.Tickets;
using Entente.Monitoring;
using Entente.Server.Access;
using Entente.Server.Documentation;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.Server.Monitoring;
using Entente.ServiceTime.Discovery;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Time;

/// <summary>What a ticket log tells of the hours, the clock and the threshold behind it, as a picture that can be taken over.</summary>
public sealed partial class DiscoveryPage
{
    private const int UnexplainedMost = 100;

    [Parameter] public Viewer Viewer { get; set; } = null!;

    [Parameter] public EngagementHead Head { get; set; } = null!;

    [Parameter] public IReadOnlyList<Import> Imports { get; set; } = [];

    [Parameter] public IReadOnlyList<CatalogueEntry> Services { get; set; } = [];

    [Parameter] public IReadOnlyList<Discovered> Found { get; set; } = [];

    [Parameter] public string FileName { get; set; } = "";

    [Parameter] public Notice? Notice { get; set; }

    private string Base => $"/engagements/{Head.Id}/monitoring/discovery";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/engagements/{engagement}/monitoring/discovery");
        page.MapGet("", (Viewer viewer, DiscoveryShelf shelf, EngagementDesk engagements) => Show(viewer, shelf, engagements, [], "")).AllowsSeated();
        page.MapPost("", async (HttpContext http, Viewer viewer, WorkRoom room, DiscoveryShelf shelf, EngagementDesk engagements) =>
        {
            try
            {
                var form = await http.Request.ReadFormAsync();
                var import = form["import"].ToString();
                return import.Length > 0
                    ? await Show(viewer, shelf, engagements, await shelf.Explain(http, room, viewer.EngagementId, import, form),
                        await shelf.NameOf(viewer.EngagementId, import))
                    : await Show(viewer, shelf, engagements, await DiscoverApi.Discover(http, room), form.Files[0].FileName);
            }
            catch (BadInputException bad)
            {
                return await Show(viewer, shelf, engagements, [], "", new Notice(bad.Message, IsRefusal: true));
            }
        }).AllowsSeated();
        page.MapPost("/taking-over", TakeOver).AllowsSeated(CalendarApi.Proposers);
    }

    /// <summary>Proposes the calendar, and drafts the promise in the own room of the side that takes it over.</summary>
    private static async Task<IResult> TakeOver(
        HttpContext http, Viewer viewer, CalendarDesk desk, RoomDesk rooms, DiscoveryShelf shelf, EngagementDesk engagements)
    {
        var form = await http.Request.ReadFormAsync();
        try
        {
            var (key, hours) = (Forms.Text(form, "key", 100), CalendarApi.Read(Forms.Text(form, "calendar", 100_000), "calendar"));
            var term = form["service"].ToString() is { Length: > 0 } service && TimeLimit.TryParseDuration(form["target"].ToString(), out var target)
                ? Draft(key, service, target, form["priority"].ToString().Trim()) : null;
            var outcome = await desk.Propose(viewer.EngagementId, await Writes.Of(http, viewer), key, desk.Today(hours.TimeZone), hours,
                Forms.Text(form, "source", 300));
            if (outcome is Outcome<CalendarState>.Recorded && term is not null && viewer.Seat.Side is not null
                && await rooms.Draft(viewer.EngagementId, new Write(viewer.Actor), term.Service!, term) is Outcome<RoomState>.Refused { Refusal: var refusal })
                return await Show(viewer, shelf, engagements, [], "",
                    new Notice($"The calendar '{key}' is proposed, but the promise was not drafted: {refusal.Message}", IsRefusal: true));
            return await Writes.Answer(outcome, $"/engagements/{viewer.EngagementId}/monitoring/calendars/{key}", notice =>
                Show(viewer, shelf, engagements, [], "", notice));
        }
        catch (BadInputException bad)
        {
            return await Show(viewer, shelf, engagements, [], "", new Notice(bad.Message, IsRefusal: true));
        }
    }

    private static Term.TicketClock Draft(string calendar, string service, Duration target, string priority) => new()
    {
        Key = $"{service}.{calendar}-resolution",
        Title = priority.Length == 0 ? "Tickets are resolved" : $"Tickets of priority {priority} are resolved",
        Service = service,
        Calendar = calendar,
        Clock = ClockKind.Resolution,
        Priorities = priority.Length == 0 ? [] : [priority],
        Within = TimeLimit.From(new TermValue.Span(target)),
    };

    private static async Task<IResult> Show(
        Viewer viewer, DiscoveryShelf shelf, EngagementDesk engagements, IReadOnlyList<Discovered> found, string fileName, Notice? notice = null) =>
            Page.Of<DiscoveryPage>(new
            {
                Viewer = viewer,
                Head = await engagements.Head(viewer.EngagementId),
                Imports = await shelf.Logs(viewer.EngagementId),
                Services = await shelf.Services(viewer.EngagementId),
                Found = found,
                FileName = fileName,
                Notice = notice,
            }, notice is null ? 200 : 422);

    private static string Key(Discovered group) => group.Group is DiscoverySource.All or DiscoverySource.None ? "found-hours"
        : "found-" + new string([.. group.Group.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');

    private static string Sure(Confidence confidence) => confidence switch
    {
        Confidence.High => "very sure",
        Confidence.Fair => "fairly sure",
        Confidence.Low => "not sure",
        _ => "the data cannot tell",
    };

    private static string Tone(Confidence confidence) => confidence switch { Confidence.High => "ok", Confidence.Fair => "", _ => "warn" };
}
