using System.Text;
using System.Text.Json;
using Entente.Agreements;
using Entente.Documentation;
using Entente.Engagements;
using Entente.Formats.Agreements;
using Entente.Formats.OpenSlo;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Agreements;

/// <param name="Until">The last day on which it holds; none holds for the agreement.</param>
/// <param name="Signatory">Which signature of the plan; none takes the one that is mine.</param>
public sealed record DelegationWish(string Person, string Reason, LocalDate? Until = null, string? Signatory = null);

/// <summary>One signature that the chair plans.</summary>
/// <param name="Person">Who gives it; none lets anybody of the seat.</param>
/// <param name="Step">Signatures of an earlier step come first.</param>
/// <param name="UpTo">The yearly value for which this person may sign alone.</param>
/// <param name="Above">The yearly value above which this signature is needed.</param>
public sealed record SignatoryWish(Seat Seat, string? Person = null, int Step = 1, Money? UpTo = null, Money? Above = null);

public sealed record SigningPlanWish(IReadOnlyList<SignatoryWish> Signatories);

/// <summary>The plan that follows from the charter, to be sent back as the plan where it is wanted.</summary>
/// <param name="Words">Who signs, in words, in the order of the signatories.</param>
/// <param name="From">The rows of the charter's table of who does what that speak of signing.</param>
/// <param name="Notes">What in them names nobody who could sign, and what was added so that the plan can stand.</param>
/// <param name="Stands">Whether the plan says this already.</param>
public sealed record SigningProposalView(
    IReadOnlyList<SignatoryWish> Signatories, IReadOnlyList<string> Words, IReadOnlyList<RaciRow> From,
    IReadOnlyList<string> Notes, bool Stands)
{
    public static SigningProposalView Of(SigningProposal proposal, SigningPlan standing) => new(
        [.. proposal.Plan.Signatories.Select(one => new SignatoryWish(one.Seat, one.Person, one.Step, one.UpTo,
            one.Above))],
        [.. proposal.Plan.Signatories.Select(one => one.Person is null ? $"anybody, for {one.Words}"
            : $"{one.Words}, for {(one with { Name = null }).Words}")],
        [.. proposal.From], [.. proposal.Notes], proposal.Plan == standing);
}

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
        MapSigning(one);
    }

    private static void MapSigning(RouteGroupBuilder one)
    {
        one.MapPost("/signatures", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk) =>
        {
            var act = await Inputs.Body<SigningAct>(http);
            new Inputs().Text("$.title", act.Title, 200).Text("$.place", act.Place, 200).Throw();
            return await Answer(http, agreement, desk, await desk.Sign(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer),
                act with { Title = act.Title.Trim(), Place = act.Place.Trim() }));
        }).Accepts<SigningAct>("application/json").AllowsSeated(Signers)
            .WithSummary("Sign a version, where the signing plan gives me a signature.");
        one.MapPut("/signer", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
        {
            var wish = await Inputs.Body<DelegationWish>(http);
            new Inputs().Text("$.reason", wish.Reason, 500).Throw();
            return await Answer(http, agreement, desk, await desk.Delegate(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer),
                await Holder(engagements, viewer, wish.Person, "$.person"), wish.Reason.Trim(), wish.Until, wish.Signatory));
        }).Accepts<DelegationWish>("application/json").AllowsSeated(Signers)
            .WithSummary("Let somebody else of my seat sign instead, for this agreement or until a day.");
        one.MapDelete("/signer/{signatory}", async (HttpContext http, Viewer viewer, string agreement, string signatory,
            AgreementDesk desk) =>
            await Answer(http, agreement, desk, await desk.Revoke(
                viewer.EngagementId, agreement, await Writes.Of(http, viewer), signatory)))
            .AllowsSeated(Signers).WithSummary("Take back that somebody else signs.");
        one.MapPut("/signing-plan", async (HttpContext http, Viewer viewer, string agreement, AgreementDesk desk,
            EngagementDesk engagements) =>
            await Answer(http, agreement, desk, await desk.Plan(viewer.EngagementId, agreement, await Writes.Of(http, viewer),
                await Plan(engagements, viewer, (await Inputs.Body<SigningPlanWish>(http)).Signatories, "$.signatories"))))
            .Accepts<SigningPlanWish>("application/json").AllowsSeated(Seat.ServiceLevelManager)
                .WithSummary("Plan who signs, in which order, and up to which yearly value.");
        one.MapGet("/signing-plan/proposal", async (HttpContext http, Viewer viewer, string agreement,
            AgreementDesk desk) =>
        {
            var (state, _) = await desk.Read(viewer.EngagementId, agreement);
            if (state.Frame is null && state.Versions.IsEmpty) return Unknown(http);
            return await desk.FindProposal(viewer.EngagementId, state) is { } proposal
                ? Results.Json(SigningProposalView.Of(proposal, state.Plan), Json.Options)
                : Problems.Refused(http, new("agreement.no_signing_row",
                    "The charter does not say who signs: write a row such as 'Sign the agreement | Pavel | Ido' "
                    + "under who does what."));
        }).AllowsSeated().WithSummary(
            "The signing plan that follows from who does what in the charter; put its signatories as the plan.");
    }

    /// <summary>Whoever the plan may name.</summary>
    public static Seat[] Signers { get; } = [Seat.Provider, Seat.Customer, Seat.Accounting, Seat.Stakeholder];

    public static async Task<SeatHolder> Holder(EngagementDesk engagements, Viewer viewer, string person, string path) =>
        (await engagements.Read(viewer.EngagementId)).State.Seats.GetValueOrDefault(person)
            ?? throw new BadInputException(path, "person.unknown", "expected somebody with a seat in this engagement");

    /// <summary>A plan with the names of its people, each of whom holds the seat for which they sign.</summary>
    public static async Task<SigningPlan> Plan(
        EngagementDesk engagements, Viewer viewer, IReadOnlyList<SignatoryWish> wishes, string path)
    {
        var seats = (await engagements.Read(viewer.EngagementId)).State.Seats;
        var inputs = new Inputs();
        for (var i = 0; i < wishes.Count; i++)
        {
            inputs.Check(wishes[i].Step is >= 1 and <= 20, $"{path}[{i}].step", "number.range", "expected a step from 1 to 20");
            inputs.Check(wishes[i].Person is not { } person || seats.GetValueOrDefault(person)?.Seat == wishes[i].Seat,
                $"{path}[{i}].person", "person.unknown", $"expected somebody who sits for the {wishes[i].Seat.Words}");
        }

        inputs.Throw();
        return SigningPlan.Of(wishes.Select(wish => new Signatory(
            "", wish.Seat, wish.Person, wish.Person is { } person ? seats[person].Name : null, wish.Step, wish.UpTo, wish.Above)));
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
        "json" => Results.Text(JsonSerializer.Serialize(version.Signed, Json.Indented), "application/json",
            Encoding.UTF8),
        "markdown" or "md" => Results.Text(AgreementText.Markdown(version), "text/markdown", Encoding.UTF8),
        "yaml" => Results.Text(AgreementYaml.Write(version.Signed), "application/yaml", Encoding.UTF8),
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
