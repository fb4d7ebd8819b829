using Entente.Documentation;
using Entente.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Documentation;

/// <summary>Something to say.</summary>
/// <param name="Anonymous">True leaves no trace of who says it.</param>
public sealed record VoiceWish(string Text, Hearer To = Hearer.Everybody, string? Service = null, bool Anonymous = false);

/// <summary>An answer to something that was said.</summary>
public sealed record VoiceAnswerWish(string Text);

/// <summary>REST for comments, named and anonymous.</summary>
public static class VoiceApi
{
    public static void MapVoiceApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}").WithTags(Stages.Documentation.Name);
        api.MapGet("/voices", async (Viewer viewer, VoiceDesk desk) => (await desk.Read(viewer.EngagementId, viewer.Actor)).Voices)
            .AllowsSeated().WithSummary("What people said: what is for everybody, your own, and for the service level manager all of it.");
        api.MapPost("/voices", async (HttpContext http, Viewer viewer, VoiceDesk desk) =>
        {
            var wish = await Inputs.Body<VoiceWish>(http);
            new Inputs().Text("$.text", wish.Text, 4000).Text("$.service", wish.Service, 63, required: false).Throw();
            if (wish.Anonymous)
                return await desk.SpeakAnonymously(viewer.EngagementId, wish.Text, wish.To, wish.Service) is var kept && kept.Refusal is { } refusal
                    ? Problems.Refused(http, refusal) : Results.Json(new { said = true, heardAt = kept.Facts[0].At }, Json.Options);
            return Writes.Answer(http, await desk.Speak(viewer.EngagementId, await Writes.Of(http, viewer), wish.Text, wish.To, wish.Service), (_, _) =>
                new { said = true });
        }).Accepts<VoiceWish>("application/json").AllowsSeated()
            .WithSummary("Say something, under your name, or under none: then it is heard at heardAt, together with all others of that day, "
                + "and cannot be traced by anybody.");
        api.MapPost("/voices/{voice}/answer", async (HttpContext http, Viewer viewer, string voice, VoiceDesk desk) =>
        {
            var wish = await Inputs.Body<VoiceAnswerWish>(http);
            return Writes.Answer(http, await desk.Answer(viewer.EngagementId, await Writes.Of(http, viewer), voice, wish.Text), (state, _) =>
                state.Voices.First(one => one.Id == voice));
        }).Accepts<VoiceAnswerWish>("application/json").AllowsSeated(Seat.ServiceLevelManager).WithSummary("Answer something that was said.");
        api.MapGet("/heard", (Viewer viewer, VoiceDesk desk) => desk.Heard(viewer.EngagementId)).AllowsSeated(Seat.ServiceLevelManager)
            .WithSummary("Who has not been heard yet.");
    }
}
