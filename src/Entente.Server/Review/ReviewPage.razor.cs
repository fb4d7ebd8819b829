using Entente.Review;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.Server.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Review;

/// <summary>Where reports are issued, accepted, disputed and settled, and terms are sent back.</summary>
public sealed partial class ReviewPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/engagements/{engagement}/review");
        page.MapGet("", (Viewer viewer, ReviewDesk desk, EngagementDesk engagements) => Show(viewer, desk, engagements)).AllowsSeated();
        page.MapPost("/{agreement}", async (HttpContext http, Viewer viewer, string agreement, ReviewDesk desk, EngagementDesk engagements) =>
        {
            var period = Forms.Text(await http.Request.ReadFormAsync(), "period", 10);
            var outcome = await desk.Issue(
                viewer.EngagementId, MonitoringApi.AgreementId(viewer.EngagementId, agreement), await Writes.Of(http, viewer), MonitoringApi.Month(period));
            return await Writes.Answer(outcome, $"/engagements/{viewer.EngagementId}/review/{agreement}/{period}", notice =>
                Show(viewer, desk, engagements, notice));
        }).AllowsSeated(Seat.ServiceLevelManager, Seat.Provider);

        var report = page.MapGroup("/{agreement}/{period}");
        report.MapGet("", (HttpContext http, Viewer viewer, string agreement, string period, ReviewDesk desk, EngagementDesk engagements) =>
            ShowReport(http, viewer, agreement, period, desk, engagements)).AllowsSeated();
        report.MapGet("/markdown", async (HttpContext http, Viewer viewer, string agreement, string period, ReviewDesk desk) =>
            (await desk.Read(MonitoringApi.AgreementId(viewer.EngagementId, agreement))).State.Reports.TryGetValue(period, out var found)
                ? Results.Text(ReportMarkdown.Write(found), "text/markdown; charset=utf-8")
                : Problems.Answer(http, 404, "report.none", $"There is no report for {period}.")).AllowsSeated();
        Form("/acceptance", (desk, write, agreement, period, form, _) => desk.Accept(agreement, write, period, form["remark"].ToString()), Seat.Customer);
        Form("/disputes", (desk, write, agreement, period, form, _) =>
            desk.Dispute(agreement, write, period, Forms.Text(form, "term", 200), form["reason"].ToString()), Seat.Customer);
        Form("/settlements", (desk, write, agreement, period, form, _) =>
            desk.Settle(agreement, write, period, Forms.Text(form, "term", 200), form["upheld"] == "yes", form["reason"].ToString()), Seat.ServiceLevelManager);
        Form("/reopenings", (desk, write, agreement, period, form, engagement) =>
            desk.Reopen(engagement, agreement, write, period, Forms.Text(form, "term", 200), form["reason"].ToString()),
            Seat.ServiceLevelManager, Seat.Provider, Seat.Customer);

        void Form(string path, Func<ReviewDesk, Write, string, string, IFormCollection, string, Task<Outcome<ReviewState>>> act, params Seat[] seats) =>
            report.MapPost(path, async (HttpContext http, Viewer viewer, string agreement, string period, ReviewDesk desk, EngagementDesk engagements) =>
            {
                var outcome = await act(
                    desk, await Writes.Of(http, viewer), MonitoringApi.AgreementId(viewer.EngagementId, agreement), period,
                    await http.Request.ReadFormAsync(), viewer.EngagementId);
                return await Writes.Answer(outcome, $"/engagements/{viewer.EngagementId}/review/{agreement}/{period}", notice =>
                    ShowReport(http, viewer, agreement, period, desk, engagements, notice));
            }).AllowsSeated(seats);
    }

    private static async Task<IResult> Show(Viewer viewer, ReviewDesk desk, EngagementDesk engagements, Notice? notice = null) => Page.Of<ReviewPage>(new
    {
        Viewer = viewer,
        Head = await engagements.Head(viewer.EngagementId),
        Boards = await desk.Boards(viewer.EngagementId),
        Notice = notice,
    }, notice is null ? 200 : 422);

    private static async Task<IResult> ShowReport(
        HttpContext http, Viewer viewer, string agreement, string period, ReviewDesk desk, EngagementDesk engagements, Notice? notice = null)
    {
        var (state, _) = await desk.Read(MonitoringApi.AgreementId(viewer.EngagementId, agreement));
        return !state.Reports.TryGetValue(period, out var reviewed)
            ? Problems.Answer(http, 404, "report.none", $"There is no report for {period}.")
            : Page.Of<ReportPage>(new
            {
                Viewer = viewer,
                Head = await engagements.Head(viewer.EngagementId),
                Reviewed = reviewed,
                Agreement = agreement,
                Period = period,
                Notice = notice,
            }, notice is null ? 200 : 422);
    }
}
