using Entente.Documentation;
using Entente.Storage.Ledger;
using Entente.Terms;

namespace Entente.Server.Documentation;

/// <summary>A side's own room: requirements of the customer, spec sheets of the provider, each unseen until released.</summary>
public sealed class RoomDesk(Recorder recorder, CharterDesk charters, CatalogueDesk catalogue)
{
    private const int TriesMost = 5;

    /// <summary>Opens the reader's own room; there is no way to another's.</summary>
    /// <exception cref="InvalidOperationException">The reader sits for no side: routes let only sides in.</exception>
    public Task<Versioned<RoomState>> Read(string engagement, Actor reader) =>
        recorder.Read<RoomState, RoomFact>(RoomState.Id(engagement, SideOf(reader)));

    /// <summary>An internal spec sheet: for the provider always, for chair and accounting once it was opened, else nothing.</summary>
    public async Task<InternalSheet?> FindInternal(string engagement, Actor reader, string service) =>
        (await Internals(engagement, reader)).GetValueOrDefault(service);

    /// <summary>The internal spec sheets that a reader may read, by service.</summary>
    public async Task<IReadOnlyDictionary<string, InternalSheet>> Internals(string engagement, Actor reader)
    {
        if (reader.Seat is not (Seat.Provider or Seat.ServiceLevelManager or Seat.Accounting)) return new Dictionary<string, InternalSheet>();
        var room = (await recorder.Read<RoomState, RoomFact>(RoomState.Id(engagement, Side.Provider))).State;
        return room.Shelves.Where(pair => pair.Value.Sheet is not null && (reader.Side is Side.Provider || pair.Value.InternalIsOpen))
            .ToDictionary(pair => pair.Key, pair => pair.Value.Sheet!.Internal, StringComparer.Ordinal);
    }

    /// <summary>The edition of each internal spec sheet that a reader may read, by service.</summary>
    public async Task<IReadOnlyDictionary<string, int>> SheetEditions(string engagement, Actor reader)
    {
        var open = await Internals(engagement, reader);
        var room = (await recorder.Read<RoomState, RoomFact>(RoomState.Id(engagement, Side.Provider))).State;
        return open.Keys.ToDictionary(service => service, service => room.Of(service).Sheets.Count, StringComparer.Ordinal);
    }

    public Task<Outcome<RoomState>> Draft(string engagement, Write write, string service, Term term) =>
        Record(engagement, write, (charter, description, room) => RoomRules.Draft(charter, description.State, room, write.By, service, term));

    public Task<Outcome<RoomState>> WriteSheet(string engagement, Write write, string service, SpecSheet sheet) =>
        Record(engagement, write, (charter, description, room) => RoomRules.WriteSheet(charter, description.State, room, write.By, service, sheet));

    /// <summary>Writes a term from an older version of the room: what a colleague changed since is merged, unless both changed the same fields.</summary>
    public async Task<(Outcome<RoomState> Outcome, Merge<Term>? Difference)> MergeDraft(string engagement, Write write, string service, Term term)
    {
        var kept = Kept(engagement, write.By, service, term.Key);
        return await Merging.Record(write, term, TermForm.Spelling((await kept.Now()).Text), kept,
            (again, merged) => Draft(engagement, again, service, merged));
    }

    /// <summary>Writes a sheet that began from an older version: what a colleague wrote since is merged, unless both changed the same lines.</summary>
    public Task<(Outcome<RoomState> Outcome, Merge<SpecSheet>? Difference)> MergeSheet(string engagement, Write write, string service, SpecSheet sheet) =>
        Merging.Record(write, sheet, SheetForm.Spelling, Kept(engagement, write.By, service), (again, text) => WriteSheet(engagement, again, service, text));

    public Task<Outcome<RoomState>> OpenInternal(string engagement, Write write, string service) =>
        Record(engagement, write, (_, _, room) => RoomRules.OpenInternal(room, write.By, service));

    /// <summary>Takes answers of the guided interview, and turns them into drafts.</summary>
    public Task<Outcome<RoomState>> Answer(string engagement, Write write, string service, IReadOnlyDictionary<string, string> answers) =>
        Record(engagement, write, (charter, description, room) => RoomRules.Answer(charter, description.State, room, write.By, service, answers));

    /// <summary>What downtime costs the customer, sealed: the customer opens it, and the mediation engine computes with it.</summary>
    public async Task<Sealed<DowntimeCost>?> FindDowntimeCost(string engagement, string service)
    {
        var room = (await recorder.Read<RoomState, RoomFact>(RoomState.Id(engagement, Side.Customer))).State;
        return DowntimeCost.Read(room.Of(service).AnswersByQuestion) is { } cost ? new(Side.Customer.Seat.Words, cost) : null;
    }

    /// <summary>What IT can do at what cost, sealed: the provider opens it, and the mediation engine computes with it.</summary>
    public async Task<Sealed<Capability>?> FindCapability(string engagement, string service)
    {
        var room = (await recorder.Read<RoomState, RoomFact>(RoomState.Id(engagement, Side.Provider))).State;
        return Capability.Read(service, room.Of(service).AnswersByQuestion) is { } capability ? new(Side.Provider.Seat.Words, capability) : null;
    }

    /// <summary>Drops a term; if it was released, it is withdrawn from the common description in the same moment.</summary>
    public Task<Outcome<RoomState>> Drop(string engagement, Write write, string service, string term) =>
        Record(engagement, write, (_, _, room) => RoomRules.Drop(room, write.By, service, term), async (_, facts) =>
        {
            var (description, version) = await catalogue.Read(engagement);
            var entry = description.Services.GetValueOrDefault(service);
            DescriptionFact? withdrawn = facts.Count == 0 || entry is null ? null
                : write.By.Side is Side.Customer && entry.Asked.ContainsKey(term) ? new DescriptionFact.AskWithdrawn(service, term)
                : write.By.Side is Side.Provider && entry.Offered.ContainsKey(term) ? new DescriptionFact.OfferWithdrawn(service, term)
                : null;
            return withdrawn is null ? [] : [StreamAppend.Of(engagement, version, [withdrawn])];
        });

    /// <summary>Shows drafts to everybody: what was written here enters the common description in the same transaction.</summary>
    public Task<Outcome<RoomState>> Release(string engagement, Write write, string service, IReadOnlyList<string> terms)
    {
        // The description may move between deciding and appending: then the append is stale, and the rule is asked again.
        Versioned<DescriptionState>? seen = null;
        Decision<DescriptionFact> shown = Array.Empty<DescriptionFact>();
        return Record(engagement, write, (charter, description, room) =>
        {
            var decision = RoomRules.Release(charter, description.State, room, write.By, service, terms);
            if (decision.IsRefused) return decision;
            seen = description;
            shown = Shown(description.State, room, write.By, service, (RoomFact.Released)decision.Facts[0]);
            return shown.Refusal is { } taken ? taken : decision;
        }, (_, _) => Task.FromResult<IReadOnlyList<StreamAppend>>([StreamAppend.Of(engagement, seen!.Version, shown.Facts)]));
    }

    private static Decision<DescriptionFact> Shown(DescriptionState description, RoomState room, Actor by, string service, RoomFact.Released released)
    {
        var shelf = room.Of(service);
        return DescriptionRules.Release(
            description, SideOf(by), service, [.. released.Terms.Select(key => shelf.Drafts[key].Term)], released.Sheet ? shelf.Sheet!.External : null);
    }

    /// <remarks>A rule decides over both streams; when either moved on in between, both are read again.</remarks>
    private async Task<Outcome<RoomState>> Record(
        string engagement, Write write, Func<CharterState, Versioned<DescriptionState>, RoomState, Decision<RoomFact>> decide,
        Func<RoomState, IReadOnlyList<RoomFact>, Task<IReadOnlyList<StreamAppend>>>? also = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var charter = (await charters.Read(engagement)).State;
            var description = await catalogue.Read(engagement);
            var outcome = await recorder.Record<RoomState, RoomFact>(
                RoomState.Id(engagement, SideOf(write.By)), write,
                (room, _) => decide(charter, description, room), also);
            if (outcome is Outcome<RoomState>.Stale && write.ExpectedVersion is null && attempt < TriesMost) continue;
            return outcome;
        }
    }

    private Kept<SpecSheet> Kept(string engagement, Actor writer, string service) => new(
        async version => (await recorder.ReadAt<RoomState, RoomFact>(RoomState.Id(engagement, SideOf(writer)), version)).Of(service).Sheet,
        async () => await Read(engagement, writer) is var (room, version) ? (room.Of(service).Sheet, version) : default);

    private Kept<Term> Kept(string engagement, Actor writer, string service, string term) => new(
        async version => (await recorder.ReadAt<RoomState, RoomFact>(RoomState.Id(engagement, SideOf(writer)), version)).Of(service).Drafts
            .GetValueOrDefault(term)?.Term,
        async () => await Read(engagement, writer) is var (room, version) ? (room.Of(service).Drafts.GetValueOrDefault(term)?.Term, version) : default);

    private static Side SideOf(Actor actor) => actor.Side ?? throw new InvalidOperationException("Only a side has a room.");
}
