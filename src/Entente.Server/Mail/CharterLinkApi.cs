using Entente.Documentation;
using Entente.Engagements;
using Entente.Server.Access;
using Entente.Server.Documentation;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Mail;

/// <summary>What a link in a mail asks its reader.</summary>
/// <param name="Asked">The sections to approve.</param>
/// <param name="Changes">What changed since the edition they approved, or the whole text.</param>
/// <param name="MayTake">To whom they may hand their voice.</param>
public sealed record CharterLinkView(
    string Name, string Engagement, int Edition, Charter Charter, IReadOnlyList<CharterSection> Asked,
    IReadOnlyList<PartLine> Changes, IReadOnlyList<SeatHolder> MayTake)
{
    public static CharterLinkView Of(OpenLink open) => new(
        open.Voice.Name, open.Engagement.Title, open.Link.Edition, open.Charter.Charter!, open.Voice.Pending,
        [.. CharterDifference.Between(open.Older, open.Charter.Charter!).Where(line => line.Change is not LineChange.Kept)],
        open.MayTake);
}

/// <summary>The charter behind a link in a mail: whoever holds the link speaks for its reader, once. Reading it says nothing.</summary>
public static class CharterLinkApi
{
    public static void MapCharterLinks(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/charter-links/{token}").WithTags(Stages.Documentation.Name);
        api.MapGet("", async (HttpContext http, string token, CharterLinkDesk desk) =>
            await desk.Open(token) is var opened && opened.Refusal is { } closed ? Closed(http, closed)
                : Results.Json(CharterLinkView.Of(opened.Facts[0]), Json.Options))
            .AllowsAnyone().WithSummary("What a link in a mail asks; reading approves nothing.");
        api.MapPost("/approval", async (HttpContext http, string token, CharterLinkDesk desk) =>
            Answer(http, await desk.Approve(token))).AllowsAnyone().WithSummary("Approve as the reader of the mail; the link works once.");
        api.MapPost("/objection", async (HttpContext http, string token, CharterLinkDesk desk) =>
            Answer(http, await desk.Object(token, (await Inputs.Body<ReasonWish>(http)).Reason ?? ""))).Accepts<ReasonWish>("application/json").AllowsAnyone()
            .WithSummary("Object as the reader of the mail, with a reason.");
        api.MapPost("/delegation", async (HttpContext http, string token, CharterLinkDesk desk) =>
            Answer(http, await desk.Delegate(token, (await Inputs.Body<StakeholderWish>(http)).Person))).Accepts<StakeholderWish>("application/json")
            .AllowsAnyone().WithSummary("Hand the voice of the mail's reader to somebody with a seat here, who is asked in turn.");

        var page = routes.MapGroup("/charter-approval/{token}");
        page.MapGet("", async (HttpContext http, string token, CharterLinkDesk desk) => Show(http, token, await desk.Open(token))).AllowsAnyone();
        page.MapPost("/approval", async (HttpContext http, string token, CharterLinkDesk desk) =>
            await Said(http, token, desk, await desk.Approve(token))).AllowsAnyone();
        page.MapPost("/objection", async (HttpContext http, string token, CharterLinkDesk desk) =>
            await Said(http, token, desk, await desk.Object(token, (await http.Request.ReadFormAsync())["reason"].ToString()))).AllowsAnyone();
        page.MapPost("/delegation", async (HttpContext http, string token, CharterLinkDesk desk) =>
        {
            var (person, opened) = ((await http.Request.ReadFormAsync())["person"].ToString(), await desk.Open(token));
            var took = opened.IsRefused ? null : opened.Facts[0].Engagement.Seats.GetValueOrDefault(person);
            return await Said(http, token, desk, await desk.Delegate(token, person), took);
        }).AllowsAnyone();
    }

    private static IResult Answer(HttpContext http, Decision<CharterState> said) => said.Refusal is { } refusal
        ? IsClosed(refusal) ? Closed(http, refusal) : Problems.Refused(http, refusal)
        : Results.Json(new { said.Facts[0].Edition, said.Facts[0].IsApproved }, Json.Options);

    private static IResult Show(HttpContext http, string token, Decision<OpenLink> opened, Notice? notice = null) => opened.Refusal is { } closed
        ? Closed(http, closed)
        : Page.Of<CharterLinkPage>(new { Token = token, Open = opened.Facts[0], Notice = notice }, notice is null ? 200 : 422);

    private static async Task<IResult> Said(
        HttpContext http, string token, CharterLinkDesk desk, Decision<CharterState> said, SeatHolder? took = null) => said.Refusal switch
        {
            null => Page.Of<CharterLinkPage>(new { Token = token, Said = said.Facts[0], Took = took }),
            var refusal when IsClosed(refusal) => Closed(http, refusal),
            var refusal => Show(http, token, await desk.Open(token), new Notice(refusal.Message, IsRefusal: true)),
        };

    private static bool IsClosed(Refusal refusal) => refusal.Code.StartsWith("link.", StringComparison.Ordinal);

    private static IResult Closed(HttpContext http, Refusal refusal) =>
        Problems.Answer(http, refusal.Code == "link.unknown" ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone, refusal.Code, refusal.Message);
}
