using Entente.Server.Access;
using Entente.Server.Layout;
using Entente.Storage.Identity;
using Entente.Storage.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace Entente.Server.Mail;

/// <summary>A mail as the outbox shows it: never with its link.</summary>
public sealed record LetterView(
    string Id, string Engagement, string Person, string Subject, string Body, string State, string CreatedAt, string? SentAt, string? Via, string? Failure)
{
    public static LetterView Of(Letter letter) => new(
        letter.Id, letter.Engagement, letter.Person, letter.Subject,
        letter.Body.Replace(Letter.LinkMark, "(the link is only in the mail itself)", StringComparison.Ordinal),
        letter.SentAt is not null ? "sent" : letter.DroppedBecause is not null ? "dropped" : letter.Failure is not null ? "failing" : "waiting",
        letter.CreatedAt, letter.SentAt, letter.SentVia ?? letter.DroppedBecause, letter.Failure);
}

/// <summary>A mail with its link, for whoever hands it on.</summary>
public sealed record HandedOver(string Text);

/// <summary>Quiet hours that hold for a person: their own, or else the organisation's, or else the usual ones.</summary>
public sealed record QuietView(QuietHours? Own, QuietHours? Organisation, QuietHours Usual)
{
    public QuietHours Holds => Own ?? Organisation ?? Usual;

    public static async Task<QuietView> Of(Person person, MailStore store, HouseHours hours) =>
        new(await store.FindQuiet(person.Id), await store.FindQuiet(person.Organisation), hours.Quiet);
}

/// <summary>REST for the outbox and for quiet hours.</summary>
public static class MailApi
{
    public static void MapMailApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("People");
        api.MapGet("/mails", async (Viewer viewer, MailDesk desk) => (await desk.Outbox(viewer.Person)).Select(LetterView.Of))
            .AllowsAdministrator().WithSummary("The outbox: mails to people of my organisation, newest first, without their links.");
        api.MapPost("/mails/{id}/handing-over", async (HttpContext http, Viewer viewer, string id, MailDesk desk) =>
            await desk.HandOver(viewer.Person, id) is var text && text.Refusal is { } refusal ? Problems.Refused(http, refusal)
                : Results.Json(new HandedOver(text.Facts[0]), Json.Options)).AllowsAdministrator()
            .WithSummary("Take a waiting mail with its link to hand it on; the approval will say by whom it was handed on.");
        api.MapGet("/quiet-hours", (Viewer viewer, MailStore store, HouseHours hours) => QuietView.Of(viewer.Person, store, hours))
            .AllowsSignedIn().WithSummary("When I am sent no mail: my own hours, else those of my organisation, else the usual ones.");
        Map(api.MapGroup("/quiet-hours"), viewer => viewer.Person.Id, route => route.AllowsSignedIn(), "my quiet hours");
        Map(api.MapGroup("/organisation/quiet-hours"), viewer => viewer.Person.Organisation, route => route.AllowsAdministrator(),
            "the quiet hours of everybody in my organisation who set none");
        var pages = routes.MapGroup("/account");
        pages.MapPost("/quiet-hours", (HttpContext http, Viewer viewer, MailStore store) => Save(http, viewer.Person.Id, store)).AllowsSignedIn();
        pages.MapPost("/organisation-quiet-hours", (HttpContext http, Viewer viewer, MailStore store) => Save(http, viewer.Person.Organisation, store))
            .AllowsAdministrator();
        OutboxPage.Map(routes);
    }

    public static QuietHours Check(QuietHours quiet, string path)
    {
        new Inputs().Check(quiet.TimeZone is not null, $"{path}zone", "zone.unknown",
            $"expected a time zone such as Europe/Berlin, found '{quiet.Zone}'").Throw();
        return quiet;
    }

    private static void Map(RouteGroupBuilder api, Func<Viewer, string> owner, Action<RouteHandlerBuilder> allow, string words)
    {
        allow(api.MapPut("", async (HttpContext http, Viewer viewer, MailStore store) =>
        {
            var quiet = Check(await Inputs.Body<QuietHours>(http), "$.");
            await store.SetQuiet(owner(viewer), quiet);
            return quiet;
        }).Accepts<QuietHours>("application/json").WithSummary(
            $"Set {words}: zone, from, until, weekends. Mails wait until they are over; none: from the same as until, no weekends."));
        allow(api.MapDelete("", async (Viewer viewer, MailStore store) =>
        {
            await store.RemoveQuiet(owner(viewer));
            return Results.NoContent();
        }).WithSummary($"Take back {words}, so that the next ones hold: the organisation's, or the usual nights and weekends."));
    }

    private static async Task<IResult> Save(HttpContext http, string owner, MailStore store)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["keep"] == "usual") await store.RemoveQuiet(owner);
        else if (form["keep"] == "none") await store.SetQuiet(owner, Check(QuietHours.None(form["zone"].ToString().Trim()), ""));
        else await store.SetQuiet(owner, Check(new(form["zone"].ToString().Trim(), Time("from"), Time("until"), form["weekends"] == "yes"), ""));
        return Writes.Next("/account");

        LocalTime Time(string name) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(form[name].ToString().Trim()) is { Success: true } time
            ? time.Value : throw new BadInputException(name, "time.invalid", $"expected a time such as 20:00, found '{form[name]}'");
    }
}
