using Entente.Monitoring;
using Entente.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Time;

/// <summary>A case in a list.</summary>
public sealed record CaseView(string Ticket, Instant Opened, Instant? Resolved, string? Priority, CaseStanding? Standing, Instant? NextDue,
    IReadOnlyList<CaseClock> Clocks)
{
    public static CaseView Of(CaseRecord one) => new(
        one.Row.Id, one.Row.Opened, one.Row.Resolved, one.Row.Priority, one.Clocks.Count == 0 ? null : one.Worst, one.NextDue, one.Clocks);
}

/// <summary>Which cases are asked for.</summary>
/// <param name="Standing">Only those with a clock that stands so.</param>
/// <param name="Text">Only those whose number contains this.</param>
public sealed record CaseFilter(CaseStanding? Standing = null, string? Text = null)
{
    public static CaseFilter Of(string? standing, string? text) => new(
        string.IsNullOrEmpty(standing) ? null : Enum.TryParse<CaseStanding>(standing, ignoreCase: true, out var one) && Enum.IsDefined(one) ? one
            : throw new BadInputException("standing", "choice.unknown",
                $"expected one of {string.Join(", ", Enum.GetNames<CaseStanding>())}, found \"{standing}\""),
        string.IsNullOrWhiteSpace(text) ? null : text.Trim());

    public IEnumerable<CaseRecord> In(IReadOnlyList<CaseRecord> cases) => cases.Where(one =>
        (Standing is not { } standing || one.Clocks.Any(clock => clock.Standing == standing))
        && (Text is null || one.Row.Id.Contains(Text, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>REST for cases and the clocks on them.</summary>
public static class CaseApi
{
    public static void MapCaseApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/cases").WithTags(Stages.Monitoring.Name);
        api.MapGet("", async (string engagement, CaseDesk desk, string? standing, string? text, int? skip, int? take) =>
            CaseFilter.Of(standing, text).In(await desk.All(engagement)).Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? 100, 1, 1000))
                .Select(CaseView.Of))
            .AllowsSeated().WithSummary("Cases, newest first, with their clocks: state, elapsed, due.");
        api.MapGet("/{ticket}", async (HttpContext http, string engagement, string ticket, CaseDesk desk) =>
            await desk.Find(engagement, Uri.UnescapeDataString(ticket)) is { } found ? Results.Json(found, Json.Options)
                : Problems.Answer(http, 404, "case.unknown", $"There is no case '{ticket}'."))
            .Produces<ExplainedCase>().AllowsSeated().WithSummary("One case: every second of its clocks, by which event and which entry of the calendar.");
    }
}
