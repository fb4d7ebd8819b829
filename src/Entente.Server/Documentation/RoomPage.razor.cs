using Entente.Documentation;
using Entente.Server.Access;
using Entente.Server.Engagements;
using Entente.Server.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Server.Documentation;

/// <summary>One of the two rooms: whose it is, and how it is called.</summary>
public sealed record RoomWords(Side Side, string Slug, string Title, string Line)
{
    public static RoomWords Requirements { get; } = new(Side.Customer, "requirements", "Requirements", "requirement");

    public static RoomWords SpecSheets { get; } = new(Side.Provider, "spec-sheets", "Spec sheets", "spec line");
}

/// <summary>Where a side writes its terms and releases them; others see here what was released.</summary>
public sealed partial class RoomPage
{
    [Parameter] public Viewer Viewer { get; set; } = null!;
    [Parameter] public EngagementHead Head { get; set; } = null!;
    [Parameter] public RoomWords Room { get; set; } = null!;
    [Parameter] public DescriptionState Description { get; set; } = null!;

    /// <summary>The room itself, only for the side whose it is.</summary>
    [Parameter] public RoomState? Mine { get; set; }

    /// <summary>Version of the room.</summary>
    [Parameter] public long Version { get; set; }

    /// <summary>What stands in the sheet's form of the open service, when it is not the sheet as it was kept.</summary>
    [Parameter] public IReadOnlyDictionary<string, string>? Sheet { get; set; }

    [Parameter] public IReadOnlyList<FieldMerge>? Collision { get; set; }

    [Parameter] public IReadOnlyDictionary<string, InternalSheet> Internals { get; set; } = null!;

    /// <summary>The service whose editor is open.</summary>
    [Parameter] public string? Service { get; set; }

    [Parameter] public TermKind Kind { get; set; } = null!;
    [Parameter] public IReadOnlyDictionary<string, string>? Values { get; set; }

    /// <summary>The draft that is edited, as it stands now.</summary>
    [Parameter] public Entente.Terms.Term? Editing { get; set; }

    [Parameter] public Notice? Notice { get; set; }

    /// <summary>The services of this part of the page: a room of many is turned over.</summary>
    [Parameter] public IReadOnlyList<CatalogueEntry> Part { get; set; } = [];

    /// <summary>First services of the parts before and after, and how many services there are in all.</summary>
    [Parameter] public PartTurn Turn { get; set; } = null!;

    private string Base => $"/engagements/{Head.Id}/{Room.Slug}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, RoomWords.Requirements);
        Map(routes, RoomWords.SpecSheets);
    }

    private static void Map(IEndpointRouteBuilder routes, RoomWords room)
    {
        var page = routes.MapGroup($"/engagements/{{engagement}}/{room.Slug}");
        var seat = room.Side.Seat;
        page.MapGet("", (Viewer viewer, string? service, string? kind, string? term, string? at, RoomDesks desks) =>
            desks.Show(viewer, room, new(service, kind, term, At: at))).AllowsSeated();
        page.MapPost("/{service}/terms", async (HttpContext http, Viewer viewer, string service, RoomDesks desks) =>
        {
            var form = (await http.Request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
            try
            {
                var standing = await desks.Standing(viewer, service, form.GetValueOrDefault("key", "").Trim());
                var term = TermForm.Read(form, standing);
                // A new term must not take the place of one that its writer has not seen.
                var seen = standing is not null && form.GetValueOrDefault("was") == "none" ? 0L : (long?)null;
                var write = await Writes.Of(http, viewer);
                var (outcome, collision) = await desks.Rooms.MergeDraft(
                    viewer.EngagementId, write with { ExpectedVersion = seen ?? write.ExpectedVersion }, service, term);
                return collision is null ? await Answer(viewer, room, service, desks, outcome, form)
                    : await desks.Show(viewer, room, new(service, form.GetValueOrDefault("kind"), term.Key, collision.Of(form), Collision: collision.Fields),
                        new Notice(seen is not null ? $"There is a term '{term.Key}' already; below is how it differs. Keep the draft again to replace it."
                            : "Somebody of your side changed this in the meantime, in the same lines.", IsRefusal: true));
            }
            catch (BadInputException bad)
            {
                return await desks.Show(viewer, room, new(service, form.GetValueOrDefault("kind"), Typed: form), new Notice(bad.Message, IsRefusal: true));
            }
        }).AllowsSeated(seat);
        page.MapPost("/{service}/terms/{term}/dropping", async (HttpContext http, Viewer viewer, string service, string term, RoomDesks desks) =>
            await Answer(viewer, room, service, desks, await desks.Rooms.Drop(viewer.EngagementId, await Writes.Of(http, viewer), service, term)))
                .AllowsSeated(seat);
        page.MapPost("/{service}/release", async (HttpContext http, Viewer viewer, string service, RoomDesks desks) =>
            await Answer(viewer, room, service, desks, await desks.Rooms.Release(viewer.EngagementId, await Writes.Of(http, viewer), service, [])))
                .AllowsSeated(seat);
        if (room.Side is Side.Customer) return;
        page.MapPost("/{service}/sheet", async (HttpContext http, Viewer viewer, string service, RoomDesks desks) =>
        {
            var fields = (await http.Request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
            try
            {
                var sheet = RoomApi.Check(SheetForm.Read(fields), "");
                var (outcome, collision) = await desks.Rooms.MergeSheet(viewer.EngagementId, await Writes.Of(http, viewer), service, sheet);
                return collision is null ? await Answer(viewer, room, service, desks, outcome)
                    : await desks.Show(viewer, room, new(service, Kind: null, Sheet: collision.Of(fields), Collision: collision.Fields),
                        new Notice("A colleague wrote in the meantime, in the same lines.", IsRefusal: true));
            }
            catch (BadInputException bad)
            {
                return await desks.Show(viewer, room, new(service, Kind: null, Sheet: fields), new Notice(bad.Message, IsRefusal: true));
            }
        }).AllowsSeated(seat);
        page.MapGet("/{service}/sheet-draft", async (HttpContext http, Viewer viewer, string service, RoomDesks desks, SheetDesk sheets) =>
            await sheets.Make(viewer.EngagementId, viewer.Actor, service) is { } made
                ? await desks.Show(viewer, room, new(service, Kind: null, Sheet: SheetForm.Fields(made.Sheet)), new Notice(
                    string.Join(' ', made.Notes.Prepend("Made from your terms and the inventory; nothing is kept yet. Edit it, then keep the sheet."))))
                : CatalogueApi.Unknown(http, service)).AllowsSeated(seat);
        page.MapPost("/{service}/internal-opening", async (HttpContext http, Viewer viewer, string service, RoomDesks desks) =>
            await Answer(viewer, room, service, desks, await desks.Rooms.OpenInternal(viewer.EngagementId, await Writes.Of(http, viewer), service)))
                .AllowsSeated(seat);
    }

    private static Task<IResult> Answer(
        Viewer viewer, RoomWords room, string service, RoomDesks desks, Outcome<RoomState> outcome,
        IReadOnlyDictionary<string, string>? typed = null) =>
        Writes.Answer(outcome, $"/engagements/{viewer.EngagementId}/{room.Slug}?at={service}#{service}",
            notice => desks.Show(viewer, room, new(typed is null ? null : service, typed?.GetValueOrDefault("kind"), Typed: typed, At: service), notice));
}

/// <summary>Which editor of the room's page is open, and with what in it.</summary>
/// <param name="At">The service around which a long page is shown.</param>
public sealed record RoomEditor(
    string? Service, string? Kind, string? Term = null, IReadOnlyDictionary<string, string>? Typed = null,
    IReadOnlyDictionary<string, string>? Sheet = null, IReadOnlyList<FieldMerge>? Collision = null, string? At = null);

/// <summary>Where a page of services that is turned over goes on.</summary>
public sealed record PartTurn(string? Before, string? After, int First, int All);

/// <summary>The desks behind the room's page.</summary>
public sealed class RoomDesks(RoomDesk rooms, CatalogueDesk catalogue, EngagementDesk engagements)
{
    private const int PartMost = 20;

    public RoomDesk Rooms => rooms;

    /// <summary>A draft as it stands in the viewer's own room.</summary>
    public async Task<Entente.Terms.Term?> Standing(Viewer viewer, string service, string term) =>
        (await rooms.Read(viewer.EngagementId, viewer.Actor)).State.Of(service).Drafts.GetValueOrDefault(term)?.Term;

    public async Task<IResult> Show(Viewer viewer, RoomWords room, RoomEditor editor, Notice? notice = null)
    {
        var description = (await catalogue.Read(viewer.EngagementId)).State;
        var own = viewer.Seat == room.Side.Seat ? await rooms.Read(viewer.EngagementId, viewer.Actor) : null;
        var mine = own?.State;
        var values = editor.Typed;
        if (values is null && editor is { Service: { } service, Term: { } term } && mine?.Of(service).Drafts.GetValueOrDefault(term) is { } draft)
            values = TermForm.Values(draft.Term).Append(new("known", "yes")).ToDictionary(pair => pair.Key, pair => pair.Value);
        var services = description.Current.ToList();
        var first = Math.Max(0, services.FindIndex(entry => entry.Key == (editor.Service ?? editor.At))) / PartMost * PartMost;
        return Page.Of<RoomPage>(new
        {
            Part = (IReadOnlyList<CatalogueEntry>)[.. services.Skip(first).Take(PartMost)],
            Turn = new PartTurn(first == 0 ? null : services[first - PartMost].Key, services.ElementAtOrDefault(first + PartMost)?.Key, first, services.Count),
            Viewer = viewer,
            Head = await engagements.Head(viewer.EngagementId),
            Room = room,
            Description = description,
            Mine = mine,
            Version = own?.Version ?? 0,
            editor.Sheet,
            editor.Collision,
            Internals = room.Side is Side.Provider ? await rooms.Internals(viewer.EngagementId, viewer.Actor) : new Dictionary<string, InternalSheet>(),
            editor.Service,
            Kind = TermForm.Find(values?.GetValueOrDefault("kind") ?? editor.Kind),
            Values = values,
            Editing = editor is { Service: { } shelf, Term: { } key } ? mine?.Of(shelf).Drafts.GetValueOrDefault(key)?.Term : null,
            Notice = notice,
        }, notice is not { IsRefusal: true } ? 200 : 422);
    }
}
