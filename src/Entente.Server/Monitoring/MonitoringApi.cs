using Entente.Agreements;
using Entente.Formats.Measurements;
using Entente.Monitoring;
using Entente.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace Entente.Server.Monitoring;

/// <summary>What an import answered.</summary>
public sealed record ImportView(Import Import, IReadOnlyList<Finding> Findings, long Version);

/// <summary>Why an import must no longer count.</summary>
public sealed record WithdrawalWish(string Reason);

/// <summary>REST for measurements and for how the promises stand.</summary>
public static class MonitoringApi
{
    public static void MapMonitoringApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}").WithTags(Stages.Monitoring.Name);
        api.MapGet("/measurements", async (HttpContext http, string engagement, MeasurementDesk desk) =>
        {
            var (state, version) = await desk.Read(engagement);
            http.Response.Headers.ETag = $"\"{version}\"";
            return state.Imports;
        }).AllowsSeated().WithSummary("The imports that the measured history is made of.");
        api.MapPost("/measurements", async (
            HttpContext http, Viewer viewer, string engagement, MeasurementDesk desk, string name, bool? partial,
                string? timeZone,
            int? shiftDays, string? sheet) =>
        {
            using var bytes = new MemoryStream();
            await http.Request.Body.CopyToAsync(bytes);
            new Inputs().Text("name", name, 200).Throw();
            var (outcome, file, import) = await desk.Take(
                engagement, await Writes.Of(http, viewer), bytes.ToArray(),
                new ReadingWish(name, partial ?? false, shiftDays ?? 0, timeZone, sheet));
            return Writes.Answer(http, outcome, (_, version) => new ImportView(import, file.Findings, version),
                $"/api/v1/engagements/{engagement}/measurements");
        }).Accepts<byte[]>("application/octet-stream", "text/csv", "application/json", "application/x-ndjson", "application/gzip")
            .AllowsSeated(Seat.ServiceLevelManager, Seat.Provider)
            .WithSummary("Take a file in: counts, intervals, checks, values, incidents or a ticket log; "
                + "CSV, a workbook, JSON, JSON Lines, gzip.");
        api.MapPost("/measurements/{import}/withdrawal", async (HttpContext http, Viewer viewer, string engagement, string import, MeasurementDesk desk) =>
        {
            var wish = await Inputs.Body<WithdrawalWish>(http);
            return Writes.Answer(http, await desk.Withdraw(engagement, await Writes.Of(http, viewer), import, wish.Reason), (state, _) => state.Imports);
        }).Accepts<WithdrawalWish>("application/json").AllowsSeated(Seat.ServiceLevelManager, Seat.Provider)
            .WithSummary("Withdraw an import: its rows no longer count in periods that are not closed.");
        api.MapGet("/promises", (string engagement, PromiseDesk desk) => desk.Boards(engagement))
            .AllowsSeated().WithSummary("Every promise in force, month by month.");
        api.MapGet("/promises/{agreement}/{period}", async (
            HttpContext http, string engagement, string agreement, string period, PromiseDesk desk, Recorder recorder) =>
        {
            var found = await Find(engagement, agreement, period, desk, recorder);
            return found is null ? Problems.Answer(http, 404, "promise.unknown", "There is no such agreement, or it was not in force then.")
                : Results.Json(found.Value.Results, Json.Options);
        }).AllowsSeated().WithSummary("Every term of an agreement in one month, with what each figure is made of.");
    }

    /// <summary>The results of a month by the short name of an agreement (<c>a1</c>) or its identifier.</summary>
    internal static async Task<(AgreementVersion Version, IReadOnlyList<Terms.Evaluation.TermResult> Results)?> Find(
        string engagement, string agreement, string period, PromiseDesk desk, Recorder recorder)
    {
        var month = Month(period);
        var id = AgreementId(engagement, agreement);
        var (state, _) = await recorder.Read<AgreementState, AgreementFact>(id);
        return PromiseDesk.VersionOf(state, month) is { } version ? (version, await desk.Evaluate(engagement, id, version, month)) : null;
    }

    internal static string AgreementId(string engagement, string agreement) =>
        agreement.StartsWith(engagement + ".", StringComparison.Ordinal) ? agreement : $"{engagement}.{agreement}";

    internal static YearMonth Month(string period) => YearMonthPattern.Iso.Parse(period) is { Success: true } month
        ? month.Value
        : throw new BadInputException("period", "period.invalid", $"expected a month such as 2026-09, found \"{period}\"");
}
