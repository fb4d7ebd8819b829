using Entente.Server.Access;
using Entente.Server.Layout;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Identity;

/// <summary>Two ways in by link: the first administrator sets the installation up, everyone else follows an invitation.</summary>
public sealed partial class JoinPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup/{key}", async (HttpContext http, string key, PeopleDesk desk) =>
            await desk.IsSetupKey(key) ? ShowSetup() : Closed(http, "setup.closed", "This setup link was used or replaced.")).AllowsAnyone();
        routes.MapPost("/setup/{key}", async (HttpContext http, string key, PeopleDesk desk) =>
        {
            var form = await http.Request.ReadFormAsync();
            string Field(string name) => form[name].ToString();
            new Inputs().Text("organisation", Field("organisation"), 200).Text("name", Field("name"), 200).Text("email", Field("email"), 200).Throw();
            var decision = await desk.SetUp(key, Field("organisation"), Field("name"), Field("email"), Field("password"));
            if (decision.Refusal is { } refusal)
                return ShowSetup(new Notice(refusal.Message, IsRefusal: true), Field("organisation"), Field("name"), Field("email"));
            await http.SignIn(decision.Facts[0]);
            return Writes.Next("/");
        }).AllowsAnyone();

        routes.MapGet("/join/{secret}", async (HttpContext http, string secret, PeopleDesk desk) =>
            await desk.FindOpenInvitation(secret) is { } invitation ? ShowJoin(invitation)
                : Closed(http, "invitation.closed", "This invitation was used or has expired; ask for a new one.")).AllowsAnyone();
        routes.MapPost("/join/{secret}", async (HttpContext http, string secret, PeopleDesk desk) =>
        {
            var form = await http.Request.ReadFormAsync();
            var invitation = await desk.FindOpenInvitation(secret);
            var decision = await desk.Join(secret, form["password"].ToString());
            if (decision.Refusal is { } refusal)
                return invitation is null ? Problems.Refused(http, refusal) : ShowJoin(invitation, new Notice(refusal.Message, IsRefusal: true));
            await http.SignIn(decision.Facts[0]);
            return Writes.Next(invitation?.Engagement is { } engagement ? $"/engagements/{engagement}" : "/");
        }).AllowsAnyone();
    }

    private static IResult ShowSetup(Notice? notice = null, string organisation = "", string name = "", string email = "") => Page.Of<JoinPage>(new
    {
        Title = "Set Entente up",
        Lead = "You become the first administrator of this installation.",
        Action = "Set up",
        AsksWho = true,
        Organisation = organisation,
        Name = name,
        Email = email,
        Notice = notice,
    }, notice is null ? 200 : 422);

    private static IResult ShowJoin(Invitation invitation, Notice? notice = null) => Page.Of<JoinPage>(new
    {
        Title = $"Welcome, {invitation.Name}",
        Lead = invitation.Seat is { } seat
            ? $"You are invited to sit as {Enum.Parse<Seat>(seat).Words}. Choose a password for {invitation.Email}."
            : $"Choose a password for {invitation.Email}.",
        Notice = notice,
    }, notice is null ? 200 : 422);

    private static IResult Closed(HttpContext http, string code, string message) => Problems.Answer(http, 404, code, message);
}
