using System.Text;
using System.Text.Json;
using Entente.Agreements;
using Entente.Formats.Agreements;
using Entente.Formats.OpenSlo;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Agreements;

/// <param name="Title">The office under which the person signs.</param>
public sealed record SignatureWish(int Version, string Title, string Place);

public sealed record DelegationWish(string Person, string Reason);

public sealed record OrderWish(Side First);

/// <summary>REST for agreements.</summary>
public static class AgreementApi
{
    public static void MapAgreementApi(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/v1/engagements/{engagement}/agreements").WithTags(Stages.Agreements.Name);
        all.MapGet("", (string engagement, AgreementDesk desk) => desk.OfEngagement(engagement))
            .AllowsSeated().WithSummary("The agreements of the engagement.");
        var one = all.MapGroup("/{agreement}");
        one.MapGet("", async (HttpContext http, string engagement, string agreement, AgreementDesk desk) =>
        {
            var (state, version) = await desk.Read(engagement, agreement);
            if (state.Frame is null && state.Versions.IsEmpty) return Unknown(http);
            http.Response.Headers.ETag = $"\"{version}\"";
            return Results.Json(AgreementView.Of(agreement, state, version, desk.Today(state)), Json.Options);
        }).AllowsSeated().WithSummary("One agreement: its versions, signatures, and which one is in force.");
        one.MapGet("/versions/{version:int}/document",
            async (HttpContext http, string engagement, string agreement, int version, string? format,
            AgreementDesk desk) =>
            (await desk.Read(engagement, agreement)).State.Find(version) is { } found
                ? await Text(http, found, format ?? "json") : Unknown(http))
            .AllowsSeated().WithSummary("The text of a version; format is json, markdown, yaml, openslo or pdf.");
        one.MapGet("/redline", async (HttpContext http, string engagement, string agreement, int from, int to,
            AgreementDesk desk) =>
        {
            var (state, _) = await desk.Read(engagement, agreement);
            return state.Find(from) is { } older && state.Find(to) is { } newer
                ? Results.Json(Redline.Between(older.Document, newer.Document), Json.Options) : Unknown(http);
        }).AllowsSeated().WithSummary("What changed between two versions, term by term.");
        one.MapPost("/signatures", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk) =>
        {
            var wish = await Inputs.Body<SignatureWish>(http);
            new Inputs().Text("$.title", wish.Title, 200).Text("$.place", wish.Place, 200).Throw();
            return await Answer(http, agreement, desk, await desk.Sign(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), wish.Version, wish.Title.Trim(),
                    wish.Place.Trim()));
        }).Accepts<SignatureWish>("application/json").AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("Sign a version for my side.");
        one.MapPut("/signer", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
        {
            var wish = await Inputs.Body<DelegationWish>(http);
            new Inputs().Text("$.reason", wish.Reason, 500).Throw();
            var holder = (await engagements.Read(viewer.EngagementId)).State.Seats.GetValueOrDefault(wish.Person)
                ?? throw new BadInputException("$.person", "person.unknown",
                    "expected somebody with a seat in this engagement");
            return await Answer(http, agreement, desk, await desk.Delegate(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), holder.Person, holder.Name, holder.Seat,
                    wish.Reason.Trim()));
        }).Accepts<DelegationWish>("application/json").AllowsSeated(Seat.Provider, Seat.Customer)
            .WithSummary("Name the one person who signs for my side.");
        one.MapPut("/signing-order", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk) =>
            await Answer(http, agreement, desk, await desk.Order(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer),
                    (await Inputs.Body<OrderWish>(http)).First)))
            .Accepts<OrderWish>("application/json").AllowsSeated(Seat.ServiceLevelManager)
                .WithSummary("Say which side signs first.");
    }

    /// <summary>A version in the format that was asked for.</summary>
    public static async Task<IResult> Text(HttpContext http, AgreementVersion version, string format)
    {
        if (format != "pdf") return Text(version, format);
        var printed = await Printer.Print(AgreementPaper.Html(version), http.RequestAborted);
        return printed.Refusal is { } refusal ? Problems.Refused(http, refusal)
            : Results.File(printed.Facts[0], "application/pdf", $"{version.Document.Key}-{version.Number}.pdf");
    }

    private static IResult Text(AgreementVersion version, string format) => format switch
    {
        "json" => Results.Text(JsonSerializer.Serialize(version.Document, Json.Indented), "application/json",
            Encoding.UTF8),
        "markdown" or "md" => Results.Text(AgreementText.Markdown(version), "text/markdown", Encoding.UTF8),
        "yaml" => Results.Text(AgreementYaml.Write(version.Document), "application/yaml", Encoding.UTF8),
        "openslo" => Results.Text(
            OpenSloFile.Write(OpenSloAgreement.Write(version.Document, version.Document.Key).Objects,
                OpenSloShape.Documents),
            "application/yaml", Encoding.UTF8),
        _ => throw new BadInputException("format", "format.unknown",
            $"expected json, markdown, yaml, openslo or pdf, found \"{format}\""),
    };

    internal static async Task<IResult> Answer(HttpContext http, string agreement, AgreementDesk desk,
        Outcome<AgreementState> outcome)
    {
        var (state, _) = await desk.Read((string)http.Request.RouteValues["engagement"]!, agreement);
        return state.Frame is null && state.Versions.IsEmpty ? Unknown(http)
            : Writes.Answer(http, outcome, (newest, version) =>
                AgreementView.Of(agreement, newest, version, desk.Today(newest)));
    }

    public static IResult Unknown(HttpContext http) =>
        Problems.Answer(http, StatusCodes.Status404NotFound, "agreement.unknown",
            "There is no such agreement or version in this engagement.");
}
