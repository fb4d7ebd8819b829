using Entente.Agreements;
using Entente.Formats.Agreements;
using Entente.Negotiation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Entente.Storage.Agreements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace Entente.Server.Negotiation;

/// <summary>The negotiation stage of an engagement: what still blocks, the tables, and how one is opened.</summary>
public sealed partial class NegotiationPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/engagements/{engagement}/negotiation");
        page.MapGet("", (Viewer viewer, NegotiationDesk desk, EngagementDesk engagements, AgreementStore agreements) =>
            Show(viewer, desk, engagements, agreements)).AllowsSeated();
        page.MapPost("", async (HttpContext http, Viewer viewer, NegotiationDesk desk, EngagementDesk engagements,
            AgreementStore agreements) =>
        {
            var form = await http.Request.ReadFormAsync();
            var wish = new NegotiationWish(
                Forms.Text(form, "title", 200), Moment(form, "deadline"), Forms.Choice<MoveOrder>(form, "order"),
                form["amends"].ToString() is { Length: > 0 } amends ? amends : null, Document(form),
                EffectiveFrom: Date(form, "effective"), Ends: Date(form, "ends"),
                Reopen: form["reopen"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            var (name, outcome) = await desk.Open(viewer.EngagementId, await Writes.Of(http, viewer),
                NegotiationInputs.Check(wish));
            return await Writes.Answer(outcome, $"/engagements/{viewer.EngagementId}/negotiation/{name}",
                notice => Show(viewer, desk, engagements, agreements, notice));
        }).AllowsSeated(Seat.ServiceLevelManager);
    }

    /// <summary>A date field; none when it is empty.</summary>
    public static LocalDate? Date(IFormCollection form, string field) => Date(form[field].ToString(), field);

    public static LocalDate? Date(string? written, string field) => written switch
    {
        null or "" => null,
        var text when LocalDatePattern.Iso.Parse(text) is { Success: true } date => date.Value,
        var text => throw new BadInputException(field, "date.invalid",
            $"expected a date such as 2026-04-01, found \"{text}\""),
    };

    /// <summary>A moment in UTC; none when the field is empty.</summary>
    public static Instant? Moment(IFormCollection form, string field) => form[field].ToString() switch
    {
        "" => null,
        var text when LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm")
            .Parse(text) is { Success: true } local =>
            local.Value.InUtc().ToInstant(),
        var text when InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant => instant.Value,
        var text => throw new BadInputException(field, "instant.invalid",
            $"expected a moment such as 2026-04-01T12:00, found \"{text}\""),
    };

    private static AgreementDocument? Document(IFormCollection form)
    {
        var (text, zone) = (form["document"].ToString(), form["zone"].ToString().Trim());
        if (text.Trim().Length > 0) return AgreementYaml.Read(text).Get();
        if (zone is "" or "UTC" || form["amends"].ToString().Length > 0) return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
            throw new BadInputException("zone", "agreement.zone",
                $"expected an IANA time zone such as Europe/Berlin, found \"{zone}\"");
        var title = Forms.Text(form, "title", 200);
        return new AgreementDocument
        {
            Entente = AgreementDocument.Version1,
            Key = NegotiationDesk.Key(title),
            Title = title,
            TimeZone = zone,
            Terms = []
        };
    }

    private static async Task<IResult> Show(
        Viewer viewer, NegotiationDesk desk, EngagementDesk engagements, AgreementStore agreements,
            Notice? notice = null) =>
        Page.Of<NegotiationPage>(new
        {
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            Tables = await desk.OfEngagement(viewer.EngagementId),
            Agreements = (IReadOnlyList<AgreementRow>)[.. (await agreements.OfEngagement(viewer.EngagementId))
                .Where(row => row is { Signed: not null, Draft: null })],
            Blocks = await desk.Blocks(viewer.EngagementId),
            Agenda = await desk.Agenda(viewer.EngagementId),
            Notice = notice,
        }, notice is null ? 200 : 422);
}
