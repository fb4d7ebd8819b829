using Entente.Server.Access;
using Entente.Server.Layout;
using Entente.Storage.Engagements;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Identity;

/// <summary>Sign-in with a password, or with a click as one of the example's people while the example is loaded.</summary>
public sealed partial class SignInPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", async (HttpContext http, PeopleStore people, EngagementStore engagements) =>
            await Show(people, engagements, Back(http.Request.Query["return"]))).AllowsAnyone();
        routes.MapPost("/sign-in", async (HttpContext http, PeopleDesk desk, PeopleStore people, EngagementStore engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var decision = await desk.SignIn(form["email"].ToString(), form["password"].ToString());
            if (decision.Refusal is { } refusal)
                return await Show(people, engagements, Back(form["return"]), form["email"].ToString(), new Notice(refusal.Message, IsRefusal: true));
            await http.SignIn(decision.Facts[0]);
            return Writes.Next(Back(form["return"]));
        }).AllowsAnyone();
        routes.MapPost("/sign-in/example", async (HttpContext http, PeopleStore people, EngagementStore engagements) =>
        {
            var form = await http.Request.ReadFormAsync();
            if (await people.FindPerson(form["person"].ToString()) is not { IsExample: true } person)
                return await Show(people, engagements, "/", notice: new Notice("This is no account of the example.", IsRefusal: true));
            await http.SignIn(person);
            return Writes.Next(Back(form["return"]));
        }).AllowsAnyone();
        routes.MapPost("/sign-out", async (HttpContext http) =>
        {
            await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Writes.Next("/sign-in");
        }).AllowsAnyone();
    }

    private static async Task<IResult> Show(
        PeopleStore people, EngagementStore engagements, string back, string email = "", Notice? notice = null)
    {
        List<(Person, Seat)> example = [];
        foreach (var person in await people.ExamplePeople())
        {
            if (await engagements.FirstSeat(person.Id) is { } seat) example.Add((person, seat));
        }

        return Page.Of<SignInPage>(
            new { Return = back, Email = email, Notice = notice, Example = (IReadOnlyList<(Person, Seat)>)[.. example.OrderBy(one => one.Item2)] },
            notice is null ? 200 : 422);
    }

    /// <summary>Only addresses of our own are gone back to.</summary>
    private static string Back(string? address) =>
        address is ['/', not ('/' or '\\'), ..] or "/" ? address : "/";
}
