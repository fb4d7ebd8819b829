using Entente.Documentation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>What a stakeholder says of an edition: an objection carries its reason.</summary>
public sealed record CharterVoiceWish(int Edition, string? Reason = null);

/// <summary>A stakeholder to name: somebody who sits in the engagement.</summary>
public sealed record StakeholderWish(string Person);

/// <summary>The charter as programs see it.</summary>
public sealed record CharterView(
    Charter? Charter, int Edition, bool IsApproved, Instant? ApprovedAt, IReadOnlyList<CharterVoice> Stakeholders, long Version)
{
    public static CharterView Of(CharterState state, long version) =>
        new(state.Charter, state.Edition, state.IsApproved, state.ApprovedAt, [.. state.Stakeholders.Values], version);
}

/// <summary>REST for the process charter.</summary>
public static class CharterApi
{
    public static void MapCharterApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/charter").WithTags(Stages.Documentation.Name);
        api.MapGet("", async (HttpContext http, string engagement, CharterDesk desk) =>
        {
            var (state, version) = await desk.Read(engagement);
            http.Response.Headers.ETag = $"\"{version}\"";
            return CharterView.Of(state, version);
        }).AllowsSeated().WithSummary("The charter, and what each stakeholder said of it.");
        api.MapPut("", async (HttpContext http, Viewer viewer, CharterDesk desk) =>
        {
            var charter = Check(await Inputs.Body<Charter>(http), "$.");
            return Writes.Answer(http, await desk.Merge(viewer.EngagementId, await Writes.Of(http, viewer), charter), CharterView.Of);
        }).Accepts<Charter>("application/json").AllowsSeated(Seat.ServiceLevelManager).WithSummary(
            "Write the charter; a new edition asks everyone about the sections that changed. " + Writes.Second);
        api.MapPost("/stakeholders", async (HttpContext http, Viewer viewer, CharterDesk desk, EngagementDesk engagements) =>
        {
            var wish = await Inputs.Body<StakeholderWish>(http);
            var name = await SeatedName(engagements, viewer.EngagementId, wish.Person, "$.person");
            return Answer(http, await desk.NameStakeholder(viewer.EngagementId, await Writes.Of(http, viewer), wish.Person, name));
        }).Accepts<StakeholderWish>("application/json").AllowsSeated(Seat.ServiceLevelManager).WithSummary("Name someone who must approve.");
        api.MapDelete("/stakeholders/{person}", async (HttpContext http, Viewer viewer, string person, CharterDesk desk) =>
            Answer(http, await desk.ReleaseStakeholder(viewer.EngagementId, await Writes.Of(http, viewer), person)))
            .AllowsSeated(Seat.ServiceLevelManager).WithSummary("Release a stakeholder.");
        api.MapPost("/delegation", async (HttpContext http, Viewer viewer, CharterDesk desk, EngagementDesk engagements) =>
        {
            var wish = await Inputs.Body<StakeholderWish>(http);
            var name = await SeatedName(engagements, viewer.EngagementId, wish.Person, "$.person");
            return Answer(http, await desk.Delegate(viewer.EngagementId, await Writes.Of(http, viewer), wish.Person, name));
        }).Accepts<StakeholderWish>("application/json").AllowsSeated().WithSummary("Hand your voice as a stakeholder to somebody else.");
        api.MapGet("/difference", async (string engagement, int? from, int? to, CharterDesk desk) =>
        {
            var (state, _) = await desk.Read(engagement);
            var (older, newer) = (from ?? state.Edition - 1, to ?? state.Edition);
            new Inputs().Check(newer >= 1 && newer <= state.Edition, "to", "charter.edition", $"expected an edition from 1 to {state.Edition}")
                .Check(older >= 0 && older < newer, "from", "charter.edition", "expected an earlier edition").Throw();
            return CharterDifference.Between(older == 0 ? null : state.Editions[older - 1], state.Editions[newer - 1]);
        }).AllowsSeated().WithSummary("What changed between two editions, line by line; without numbers, in the last one.");
        api.MapPost("/approval", async (HttpContext http, Viewer viewer, CharterDesk desk) =>
        {
            var wish = await Inputs.Body<CharterVoiceWish>(http);
            return Answer(http, await desk.Approve(viewer.EngagementId, await Writes.Of(http, viewer), wish.Edition));
        }).Accepts<CharterVoiceWish>("application/json").AllowsSeated().WithSummary("Approve an edition as a stakeholder.");
        api.MapPost("/objection", async (HttpContext http, Viewer viewer, CharterDesk desk) =>
        {
            var wish = await Inputs.Body<CharterVoiceWish>(http);
            return Answer(http, await desk.Object(viewer.EngagementId, await Writes.Of(http, viewer), wish.Edition, wish.Reason ?? ""));
        }).Accepts<CharterVoiceWish>("application/json").AllowsSeated().WithSummary("Object to an edition, with a reason.");
    }

    public static Charter Check(Charter charter, string path)
    {
        var inputs = new Inputs().Text($"{path}purpose", charter.Purpose).Text($"{path}scope", charter.Scope)
            .Check(charter.Roles.Count > 0, $"{path}roles", "list.empty", "expected at least one role")
            .Check(charter.SuccessMeasures.Count > 0, $"{path}successMeasures", "list.empty", "expected at least one success measure");
        for (var i = 0; i < charter.Roles.Count; i++) inputs.Text($"{path}roles[{i}]", charter.Roles[i], 500);
        for (var i = 0; i < charter.SuccessMeasures.Count; i++) inputs.Text($"{path}successMeasures[{i}]", charter.SuccessMeasures[i].ToString(), 500);
        for (var i = 0; i < charter.Raci.Count; i++) inputs.Text($"{path}raci[{i}]", charter.Raci[i].ToString(), 500);
        for (var i = 0; i < charter.Calendar.Count; i++) inputs.Text($"{path}calendar[{i}]", charter.Calendar[i].ToString(), 500);
        for (var i = 0; i < charter.Words.Count; i++) inputs.Text($"{path}words[{i}]", charter.Words[i].ToString(), 1000);
        inputs.Check(charter.Raci.DistinctBy(row => row.Activity).Count() == charter.Raci.Count, $"{path}raci", "raci.twice", "expected each activity once");
        inputs.Text($"{path}sponsor", charter.Sponsor, 500, required: false).Text($"{path}escalation", charter.Escalation, required: false);
        inputs.Check(charter.Quorum is >= 0 and <= 100, $"{path}quorum", "percent.range", "expected a percentage from 0 to 100");
        inputs.Check(charter.VotingRights.DistinctBy(right => right.Who.ToUpperInvariant()).Count() == charter.VotingRights.Count,
            $"{path}votingRights", "list.twice", "expected each voice once");
        inputs.Throw();
        return charter;
    }

    public static async Task<string> SeatedName(EngagementDesk engagements, string engagement, string person, string path) =>
        (await engagements.Read(engagement)).State.Seats.GetValueOrDefault(person)?.Name
        ?? throw new BadInputException(path, "person.unknown", "expected somebody with a seat in this engagement");

    private static IResult Answer(HttpContext http, Outcome<CharterState> outcome) => Writes.Answer(http, outcome, CharterView.Of);
}
