using Entente.Review;
using Entente.Server.Access;
using Entente.Server.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Review;

/// <summary>The month to report on.</summary>
public sealed record ReportWish(string Period);

/// <summary>What the customer says on accepting.</summary>
public sealed record AcceptanceWish(string? Remark = null);

/// <summary>A line and why it is disputed or reopened.</summary>
public sealed record LineWish(string Term, string Reason);

/// <summary>How a dispute ended.</summary>
public sealed record SettlementWish(string Term, bool Upheld, string Reason);

/// <summary>A report as programs see it.</summary>
public sealed record ReportView(string Period, ReviewedReport Reviewed, long Version);

/// <summary>REST for reports and reviews.</summary>
public static class ReviewApi
{
    public static void MapReviewApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/agreements/{agreement}/reports").WithTags(Stages.Review.Name);
        api.MapGet("", async (string engagement, string agreement, ReviewDesk desk) =>
            (await desk.Read(Id(engagement, agreement))).State.Reports.Select(one => new
            {
                period = one.Key,
                one.Value.Report.Met,
                one.Value.Report.Missed,
                one.Value.Report.Unknown,
                one.Value.IssuedAt,
                one.Value.AcceptedAt,
                disputed = one.Value.Open.Count(),
            })).AllowsSeated().WithSummary("The reports of an agreement.");
        api.MapPost("", async (HttpContext http, Viewer viewer, string engagement, string agreement, ReviewDesk desk) =>
        {
            var wish = await Inputs.Body<ReportWish>(http);
            var id = Id(engagement, agreement);
            var outcome = await desk.Issue(engagement, id, await Writes.Of(http, viewer), MonitoringApi.Month(wish.Period));
            return Answer(http, outcome, wish.Period, $"/api/v1/engagements/{engagement}/agreements/{agreement}/reports/{wish.Period}");
        }).Accepts<ReportWish>("application/json").AllowsSeated(Seat.ServiceLevelManager, Seat.Provider)
            .WithSummary("Issue the report of a month that has ended; it is frozen.");

        var one = api.MapGroup("/{period}");
        one.MapGet("", async (HttpContext http, string engagement, string agreement, string period, ReviewDesk desk) =>
        {
            var (state, version) = await desk.Read(Id(engagement, agreement));
            return !state.Reports.TryGetValue(period, out var report) ? Problems.Answer(http, 404, "report.none", $"There is no report for {period}.")
                : http.Request.Headers.Accept.ToString().Contains("text/markdown", StringComparison.Ordinal)
                    ? Results.Text(ReportMarkdown.Write(report), "text/markdown; charset=utf-8")
                    : Results.Json(new ReportView(period, report, version), Json.Options);
        }).AllowsSeated().WithSummary("One report, as JSON or (Accept: text/markdown) Markdown.");
        one.MapPost("/acceptance", async (HttpContext http, Viewer viewer, string engagement, string agreement, string period, ReviewDesk desk) =>
        {
            var wish = await Inputs.Body<AcceptanceWish>(http);
            return Answer(http, await desk.Accept(Id(engagement, agreement), await Writes.Of(http, viewer), period, wish.Remark), period);
        }).Accepts<AcceptanceWish>("application/json").AllowsSeated(Seat.Customer).WithSummary("Accept the report as the customer.");
        one.MapPost("/disputes", async (HttpContext http, Viewer viewer, string engagement, string agreement, string period, ReviewDesk desk) =>
        {
            var wish = await Inputs.Body<LineWish>(http);
            return Answer(http, await desk.Dispute(Id(engagement, agreement), await Writes.Of(http, viewer), period, wish.Term, wish.Reason), period);
        }).Accepts<LineWish>("application/json").AllowsSeated(Seat.Customer).WithSummary("Dispute a line, with a reason.");
        one.MapPost("/settlements", async (HttpContext http, Viewer viewer, string engagement, string agreement, string period, ReviewDesk desk) =>
        {
            var wish = await Inputs.Body<SettlementWish>(http);
            return Answer(http, await desk.Settle(Id(engagement, agreement), await Writes.Of(http, viewer), period, wish.Term, wish.Upheld, wish.Reason),
                period);
        }).Accepts<SettlementWish>("application/json").AllowsSeated(Seat.ServiceLevelManager).WithSummary("Record how a dispute ended.");
        one.MapPost("/reopenings", async (HttpContext http, Viewer viewer, string engagement, string agreement, string period, ReviewDesk desk) =>
        {
            var wish = await Inputs.Body<LineWish>(http);
            return Answer(http, await desk.Reopen(engagement, Id(engagement, agreement), await Writes.Of(http, viewer), period, wish.Term, wish.Reason),
                period);
        }).Accepts<LineWish>("application/json").AllowsSeated(Seat.ServiceLevelManager, Seat.Provider, Seat.Customer)
            .WithSummary("Send a term back to documentation.");
    }

    private static string Id(string engagement, string agreement) => MonitoringApi.AgreementId(engagement, agreement);

    private static IResult Answer(HttpContext http, Outcome<ReviewState> outcome, string period, string? created = null) =>
        Writes.Answer(http, outcome, (state, version) => new ReportView(period, state.Reports[period], version), created);
}
