using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Monitoring;

/// <summary>How the promises stand, and where their measurements come from.</summary>
public sealed partial class MonitoringPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/engagements/{engagement}/monitoring");
        page.MapGet("", (Viewer viewer, MeasurementDesk desk, PromiseDesk promises, EngagementDesk engagements) =>
            Show(viewer, desk, promises, engagements)).AllowsSeated();
        page.MapPost("", async (HttpContext http, Viewer viewer, MeasurementDesk desk, PromiseDesk promises, EngagementDesk engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            if (form.Files.GetFile("file") is not { } file) throw new BadInputException("file", "file.missing", "expected a file");
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            try
            {
                var (outcome, _, _) = await desk.Take(
                    viewer.EngagementId, await Writes.Of(http, viewer), bytes.ToArray(),
                    new ReadingWish(file.FileName, form["partial"] == "yes", Sheet: form["sheet"]));
                return await Writes.Answer(
                    outcome, $"/engagements/{viewer.EngagementId}/monitoring", notice => Show(viewer, desk, promises, engagements, notice));
            }
            catch (BadInputException bad)
            {
                var first = string.Join(" · ", bad.Findings.Where(f => f.Severity == Severity.Error).Take(5).Select(f => $"{f.Path}: {f.Message}"));
                return await Show(viewer, desk, promises, engagements, new Notice(
                    $"Nothing was taken in: {Counted.Of(bad.Findings.Count(f => f.Severity == Severity.Error), "row is", "rows are")} "
                        + $"wrong. {first}", IsRefusal: true));
            }
        }).AllowsSeated(Seat.ServiceLevelManager, Seat.Provider);
        page.MapGet("/{agreement}/{period}/{term}", async (
            HttpContext http, Viewer viewer, string agreement, string period, string term, PromiseDesk promises, EngagementDesk engagements,
                Recorder recorder) =>
        {
            var found = await MonitoringApi.Find(viewer.EngagementId, agreement, period, promises, recorder);
            return found?.Results.FirstOrDefault(result => result.Term == term) is { } result
                ? Page.Of<FigurePage>(new
                {
                    Viewer = viewer,
                    Head = await engagements.Head(viewer.EngagementId),
                    Result = result,
                    found.Value.Version,
                    Agreement = agreement
                })
                : Problems.Answer(http, 404, "promise.unknown", "There is no such promise, or it was not in force then.");
        }).AllowsSeated();
    }

    private static async Task<IResult> Show(
        Viewer viewer, MeasurementDesk desk, PromiseDesk promises, EngagementDesk engagements, Notice? notice = null) => Page.Of<MonitoringPage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            (await desk.Read(viewer.EngagementId)).State,
            Boards = await promises.Boards(viewer.EngagementId),
            Notice = notice,
        }, notice is null ? 200 : 422);
}
