using Entente.Engagements;
using Entente.Server.Access;
using Entente.Server.Identity;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Engagements;

/// <summary>A wish to seat someone who has an account.</summary>
public sealed record SeatWish(string Person, Seat Seat);

/// <summary>Where the measured history comes from.</summary>
public sealed record LabelWish(string Label);

/// <summary>REST for engagements and seats.</summary>
public static class EngagementApi
{
    public static void MapEngagementApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements").WithTags("Engagements");
        api.MapGet("", (Viewer viewer, EngagementDesk desk) => desk.Mine(viewer))
            .AllowsSignedIn().WithSummary("The engagements in which I hold a seat.");
        api.MapPost("", async (HttpContext http, Viewer viewer, EngagementDesk desk) =>
        {
            var wish = Check(await Inputs.Body<EngagementWish>(http), "$.");
            var (id, outcome) = await desk.Open(viewer, await Writes.Of(http, viewer), wish);
            return Writes.Answer(http, outcome, (state, version) => EngagementView.Of(id, state, version), $"/api/v1/engagements/{id}");
        }).Accepts<EngagementWish>("application/json").AllowsSignedIn().WithSummary("Open an engagement and chair it.");

        var one = api.MapGroup("/{engagement}");
        one.MapGet("", async (HttpContext http, string engagement, EngagementDesk desk) =>
        {
            var (state, version) = await desk.Read(engagement);
            http.Response.Headers.ETag = $"\"{version}\"";
            return EngagementView.Of(engagement, state, version);
        }).AllowsSeated().WithSummary("One engagement and who sits where.");
        one.MapGet("/waiting", (string engagement, EngagementDesk desk) => desk.Waits(engagement))
            .AllowsSeated().WithSummary("What waits, and for whom.");
        one.MapPost("/seats", async (HttpContext http, Viewer viewer, string engagement, EngagementDesk desk, PeopleStore people) =>
        {
            var wish = await Inputs.Body<SeatWish>(http);
            if (await people.FindPerson(wish.Person) is not { } person || person.Organisation != viewer.Person.Organisation)
                throw new BadInputException("$.person", "person.unknown", "expected somebody of your organisation; invite others by link");
            return Writes.Answer(
                http, await desk.GrantSeat(engagement, await Writes.Of(http, viewer), person.Id, person.Name, wish.Seat),
                (state, version) => EngagementView.Of(engagement, state, version));
        }).Accepts<SeatWish>("application/json").AllowsSeated(Seat.ServiceLevelManager).WithSummary("Seat a colleague.");
        one.MapPut("/history-label", async (HttpContext http, Viewer viewer, string engagement, EngagementDesk desk) =>
        {
            var wish = await Inputs.Body<LabelWish>(http);
            new Inputs().Text("$.label", wish.Label, 300).Throw();
            return Writes.Answer(http, await desk.LabelHistory(engagement, await Writes.Of(http, viewer), wish.Label.Trim()),
                (state, version) => EngagementView.Of(engagement, state, version));
        }).Accepts<LabelWish>("application/json").AllowsSeated(Seat.ServiceLevelManager)
            .WithSummary("Say on every page where the measured history comes from, when it is not one's own.");
        one.MapDelete("/seats/{person}", async (HttpContext http, Viewer viewer, string engagement, string person, EngagementDesk desk) =>
            Writes.Answer(http, await desk.LeaveSeat(engagement, await Writes.Of(http, viewer), person),
                (state, version) => EngagementView.Of(engagement, state, version)))
            .AllowsSeated(Seat.ServiceLevelManager).WithSummary("Free a seat.");
    }

    public static EngagementWish Check(EngagementWish wish, string path)
    {
        new Inputs().Text($"{path}title", wish.Title, 200).Text($"{path}provider", wish.Provider, 200).Text($"{path}customer", wish.Customer, 200).Throw();
        return wish;
    }
}
