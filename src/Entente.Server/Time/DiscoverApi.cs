using Entente.Formats.Tickets;
using Entente.Server.Access;
using Entente.ServiceTime.Discovery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Entente.Server.Time;

/// <summary>REST for discovery: what a ticket log tells of the calendar, the clock and the threshold behind it.</summary>
public static class DiscoverApi
{
    public static void MapDiscoverApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/discover", async (HttpContext http, WorkRoom room) =>
            Results.Json(DiscoveryAnswer.Of(await Discover(http, room)), Json.Options))
            .Accepts<IFormFileCollection>("multipart/form-data").Produces<DiscoveryAnswer>().AllowsSignedIn().WithTags("Service time")
            .WithSummary(
                "Explain a ticket log (form: file tickets; verdict or duration; group, mapping, timeZone, sheet).");

    /// <summary>Reads the form and explains the log it carries.</summary>
    internal static async Task<IReadOnlyList<Discovered>> Discover(HttpContext http, WorkRoom room)
    {
        if (!http.Request.HasFormContentType)
            throw new BadInputException("$", "discover.form", "expected multipart/form-data with the log under 'tickets'");
        var form = await http.Request.ReadFormAsync();
        var sent = form.Files.GetFile("tickets") ?? throw new BadInputException("tickets", "file.missing", "expected a ticket log");
        using var content = new MemoryStream();
        await sent.CopyToAsync(content);
        var question = new DiscoveryQuestion(Field("verdict"), Field("duration"), Field("group"));
        if (question.Verdict is null == question.Duration is null)
            throw new BadInputException("verdict", "discover.column", "expected either verdict or duration: the column to explain");
        return await room.Run(http, goOn =>
        {
            var bytes = WorkRoom.Unpacked(content.ToArray(), sent.FileName);
            var file = new TicketFile(sent.FileName, () => new MemoryStream(bytes, writable: false), Field("sheet"));
            var import = new TicketImport(file, Mapping(Field("mapping")) ?? MappingGuess.Choose(file).Mapping, Zone(Field("timeZone")));
            return question.Answer(import, sent.FileName, _ => goOn(), (_, _) => goOn());
        });

        string? Field(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    private static TicketMapping? Mapping(string? text) => text is null ? null
        : ShippedMappings.Find(text) ?? (text.Contains(':', StringComparison.Ordinal) ? TicketMapping.Parse(text, "mapping")
            : throw new BadInputException("mapping", "mapping.unknown",
                $"there is no shipped mapping '{text}' ({string.Join(", ", ShippedMappings.All.Select(shipped => shipped.Name))}); expected one of these, or "
                    + $"the text of a mapping file"));

    private static DateTimeZone? Zone(string? id) => id is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
        ?? throw new BadInputException("timeZone", "time.zone", $"there is no time zone '{id}'; an IANA name such as Europe/Berlin is expected");
}
