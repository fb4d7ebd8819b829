using System.Text.Json;
using Entente.Documentation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>One side's interview about a service: the questions, what was answered, and what the answers say in numbers.</summary>
public sealed record InterviewView(
    IReadOnlyList<Question> Questions, IReadOnlyDictionary<string, string> Answers, DowntimeCost? DowntimeCost, Capability? Capability);

/// <summary>The guided interview of one side about one service; its answers become drafts in that side's room.</summary>
public sealed partial class InterviewPage
{
    [Parameter] public Viewer Viewer { get; set; } = null!;
    [Parameter] public EngagementHead Head { get; set; } = null!;
    [Parameter] public CatalogueEntry Entry { get; set; } = null!;
    [Parameter] public IReadOnlyDictionary<string, string> Answers { get; set; } = null!;
    [Parameter] public IReadOnlyList<Finding> Findings { get; set; } = [];
    [Parameter] public Notice? Notice { get; set; }

    private Side Side => Viewer.Seat.Side!.Value;
    private string Base => $"/engagements/{Head.Id}/services/{Entry.Key}/interview";
    private DowntimeCost? Cost => Side is Side.Customer ? DowntimeCost.Read(Answers) : null;
    private Capability? Means => Side is Side.Provider ? Capability.Read(Entry.Key, Answers) : null;

    private string Answer(Question question) => Answers.GetValueOrDefault(question.Key, "");

    private string? Wrong(Question question) => Findings.FirstOrDefault(finding => finding.Path == question.Key)?.Message;

    // A Wednesday and a Saturday in the middle of a month, so that no month end is meant.
    private static LocalDateTime Weekday(int hour) => new(2026, 7, 15, hour, 0);

    private static LocalDateTime Weekend(int hour) => new(2026, 7, 18, hour, 0);

    private static Money PeakAt(DowntimeCost cost, int hour) => (cost with { PeakMonths = [7] }).At(Weekday(hour));

    private static string Chart(DowntimeCost cost) => JsonSerializer.Serialize(new
    {
        tooltip = new { trigger = "axis" },
        legend = new { top = 0 },
        xAxis = new { type = "category", data = Enumerable.Range(0, 24).Select(hour => $"{hour:00}:00") },
        yAxis = new { type = "value", name = cost.Hour.Currency },
        series = new[]
        {
            new { name = "normal day", type = "bar", data = Enumerable.Range(0, 24).Select(hour => cost.At(Weekday(hour)).Amount) },
            new { name = "busiest season", type = "bar", data = Enumerable.Range(0, 24).Select(hour => PeakAt(cost, hour).Amount) },
        },
    });

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/services/{service}/interview").WithTags(Stages.Documentation.Name);
        api.MapGet("", async (Viewer viewer, string service, RoomDesk rooms) =>
        {
            var shelf = (await rooms.Read(viewer.EngagementId, viewer.Actor)).State.Of(service);
            var (side, answers) = (viewer.Seat.Side!.Value, shelf.AnswersByQuestion);
            return new InterviewView(Interview.Of(side), answers, side is Side.Customer ? DowntimeCost.Read(answers) : null,
                side is Side.Provider ? Capability.Read(service, answers) : null);
        }).AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("Your side's guided interview about a service: questions, your answers, and what they say: "
                + "to the customer what downtime costs, to the provider what it can do and what each level would cost.");
        api.MapPut("", async (HttpContext http, Viewer viewer, string service, RoomDesk rooms, CatalogueDesk catalogue) =>
        {
            var answers = await Inputs.Body<Dictionary<string, string>>(http);
            new Inputs().Take(Interview.Validate(viewer.Seat.Side!.Value, answers).Select(finding => finding with { Path = $"$.{finding.Path}" })).Throw();
            var outcome = await rooms.Answer(viewer.EngagementId, await Writes.Of(http, viewer), service, answers);
            var description = (await catalogue.Read(viewer.EngagementId)).State;
            return Writes.Answer(http, outcome, (state, version) => RoomView.Of(viewer.Seat.Side!.Value, description, state, version));
        }).Accepts<Dictionary<string, string>>("application/json").AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("Answer the interview; the answers become drafts in your side's room.");

        var page = routes.MapGroup("/engagements/{engagement}/services/{service}/interview");
        page.MapGet("", (HttpContext http, Viewer viewer, string service, RoomDesk rooms, CatalogueDesk catalogue, EngagementDesk engagements) =>
            Show(http, viewer, service, rooms, catalogue, engagements)).AllowsSeated(Seat.Provider, Seat.Customer);
        page.MapPost("", async (HttpContext http, Viewer viewer, string service, RoomDesk rooms, CatalogueDesk catalogue, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var answers = Interview.Of(viewer.Seat.Side!.Value)
                .ToDictionary(question => question.Key, question => form[question.Key].ToString().Trim(), StringComparer.Ordinal);
            var findings = Interview.Validate(viewer.Seat.Side!.Value, answers);
            if (findings.Count > 0)
                return await Show(http, viewer, service, rooms, catalogue, engagements,
                    new Notice($"{Counted.Of(findings.Count, "answer")} cannot be read; see below what is expected.", IsRefusal: true), answers, findings);
            return await Writes.Answer(await rooms.Answer(viewer.EngagementId, await Writes.Of(http, viewer), service, answers),
                $"/engagements/{viewer.EngagementId}/services/{service}/interview", notice =>
                    Show(http, viewer, service, rooms, catalogue, engagements, notice, answers));
        }).AllowsSeated(Seat.Provider, Seat.Customer);
    }

    private static async Task<IResult> Show(
        HttpContext http, Viewer viewer, string service, RoomDesk rooms, CatalogueDesk catalogue, EngagementDesk engagements,
        Notice? notice = null, IReadOnlyDictionary<string, string>? typed = null, IReadOnlyList<Finding>? findings = null)
    {
        if (!(await catalogue.Read(viewer.EngagementId)).State.Services.TryGetValue(service, out var entry)) return CatalogueApi.Unknown(http, service);
        return Page.Of<InterviewPage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            Entry = entry,
            Answers = typed ?? (await rooms.Read(viewer.EngagementId, viewer.Actor)).State.Of(service).AnswersByQuestion,
            Findings = findings ?? [],
            Notice = notice,
        }, notice is null ? 200 : 422);
    }
}
