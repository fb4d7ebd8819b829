using System.Text.Json;
using Entente.Documentation;
using Entente.Formats.Inventory;
using Entente.Server.Access;
using Entente.Storage.Documentation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Documentation;

/// <summary>An import with a page of its rows.</summary>
public sealed record ImportView(InventoryImport Import, IReadOnlyList<ImportRowView> Rows);

/// <summary>REST for imports into the inventory.</summary>
public static class ImportApi
{
    public static void MapImportApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/engagements/{engagement}/inventory/imports").WithTags(Stages.Documentation.Name);
        api.MapGet("", async (Viewer viewer, ImportDesk desk) =>
                (await desk.List(viewer.EngagementId)).Select(import => ImportDesk.Seen(viewer.Actor, import)))
            .AllowsSeated().WithSummary("Exports that were read, newest first.");
        api.MapPost("", async (HttpContext http, Viewer viewer, ImportDesk desk) =>
        {
            var outcome = await desk.Read(viewer.EngagementId, viewer.Actor, await Files(http), Options(await Form(http)));
            return Writes.Answer(http, outcome, (preview, _) => preview);
        }).Accepts<IFormFileCollection>("multipart/form-data").AllowsSeated(CatalogueApi.Writers)
            .WithSummary("Read an export (form fields: file…, source, side, sheet, mapping, kinds, statuses, currency, parts) "
                + "and see what it would do; nothing is taken over yet.");
        api.MapPost("/fetching", async (HttpContext http, Viewer viewer, ImportDesk desk) =>
        {
            var wish = await Inputs.Body<LiveWish>(http);
            return Writes.Answer(http, await desk.Fetch(viewer.EngagementId, viewer.Actor, wish, http.RequestAborted), (preview, _) => preview);
        }).Accepts<LiveWish>("application/json").AllowsSeated(CatalogueApi.Writers)
            .WithSummary("Read a tool over its own API (netbox, itop, prometheus, backstage) and see what it would do; its token is kept nowhere.");
        api.MapGet("/{import}", async (HttpContext http, Viewer viewer, string import, int? skip, int? take, ImportDesk desk) =>
            await desk.Find(viewer.EngagementId, import) is { } found
                ? Results.Json(new ImportView(ImportDesk.Seen(viewer.Actor, found), await desk.Rows(
                    viewer.Actor, viewer.EngagementId, import, Math.Max(0, skip ?? 0), Math.Clamp(take ?? 50, 1, 1000))), Json.Options)
                : Unknown(http, import)).AllowsSeated().WithSummary("One import and its rows.");
        api.MapPut("/{import}/mapping", async (HttpContext http, Viewer viewer, string import, ImportDesk desk) =>
            await desk.Find(viewer.EngagementId, import) is { } found
                ? Writes.Answer(http, await desk.ReadAgain(
                    viewer.EngagementId, viewer.Actor, found, await Inputs.Body<ImportMapping>(http)), (preview, _) => preview)
                : Unknown(http, import)).Accepts<ImportMapping>("application/json").AllowsSeated(CatalogueApi.Writers)
            .WithSummary("Say which sheet, and how columns, kinds and statuses are to be understood; the kept files are read again, "
                + "and you see what it would do then.");
        api.MapPost("/{import}/taking-over", async (HttpContext http, Viewer viewer, string import, string? digest, ImportDesk desk) =>
            await desk.Find(viewer.EngagementId, import) is { } found
                ? await Answer(http, viewer, desk, import, await desk.TakeOver(viewer.EngagementId, await Writes.Of(http, viewer), found, digest))
                : Unknown(http, import)).AllowsSeated(CatalogueApi.Writers)
            .WithSummary("Take an import over into the inventory; with digest, only the rows that you looked at.");
        api.MapPost("/{import}/undoing", async (HttpContext http, Viewer viewer, string import, ImportDesk desk) =>
            await desk.Find(viewer.EngagementId, import) is { } found
                ? await Answer(http, viewer, desk, import, await desk.Undo(viewer.EngagementId, await Writes.Of(http, viewer), found))
                : Unknown(http, import)).AllowsSeated(CatalogueApi.Writers).WithSummary("Take an import back; what was changed since stays.");
    }

    public static async Task<IReadOnlyList<SentFile>> Files(HttpContext http)
    {
        var form = await Form(http);
        List<SentFile> files = [];
        foreach (var file in form.Files)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content);
            if (content.Length > 0) files.Add(new(file.FileName, content.ToArray()));
        }

        return files.Count > 0 ? files : throw new BadInputException("file", "import.empty", "expected at least one file");
    }

    public static ExportOptions Options(IFormCollection form)
    {
        var side = form["side"].ToString().Trim();
        if (!Enum.TryParse<Side>(side.Length == 0 ? "provider" : side, ignoreCase: true, out var whose))
            throw new BadInputException("side", "choice.unknown", $"expected provider or customer, found '{side}'");
        return ImportMappings.Options(new(
            form["source"], Pairs(form, "mapping", "name = Asset name"), Pairs(form, "kinds", "laptop = leftOut"), form["currency"],
            form["parts"].ToString() is "true" or "on", Pairs(form, "statuses", "Produktiv = inUse"), form["sheet"]),
                whose);
    }

    public static IResult Unknown(HttpContext http, string import) =>
        Problems.Answer(http, StatusCodes.Status404NotFound, "import.unknown", $"There is no import '{import}'.");

    /// <summary>Pairs as JSON, or as lines such as <c>name = Asset name</c>.</summary>
    private static Dictionary<string, string>? Pairs(IFormCollection form, string field, string example)
    {
        var text = form[field].ToString().Trim();
        if (text.Length == 0) return null;
        if (text.StartsWith('{'))
        {
            try
            {
                return JsonSerializer.Deserialize<Dictionary<string, string>>(text, Json.Options)!;
            }
            catch (JsonException wrong)
            {
                throw new BadInputException(field, "json.invalid", Inputs.Of(wrong).Findings[0].Message);
            }
        }

        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            pairs[parts[0]] = parts.Length == 2 ? parts[1]
                : throw new BadInputException(field, "import.mapping", $"expected a line such as '{example}', found '{line}'");
        }

        return pairs;
    }

    private static async Task<IFormCollection> Form(HttpContext http) => http.Request.HasFormContentType
        ? await http.Request.ReadFormAsync()
        : throw new BadInputException("$", "import.form", "expected multipart/form-data with the files under 'file'");

    private static async Task<IResult> Answer(HttpContext http, Viewer viewer, ImportDesk desk, string import, Outcome<InventoryState> outcome)
    {
        var found = await desk.Find(viewer.EngagementId, import);
        return Writes.Answer(http, outcome, (_, _) => ImportDesk.Seen(viewer.Actor, found!));
    }
}
