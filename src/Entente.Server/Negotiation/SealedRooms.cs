using Entente.Negotiation;
using Entente.Storage.Ledger;

namespace Entente.Server.Negotiation;

/// <summary>Keeps each party's sealed room: opened for its own party, computed with by the mediation engine, read by
/// nobody else.</summary>
public sealed class SealedRooms(Recorder recorder, SealedBox box, EvidenceDesk evidence, EngineMemory memory, CostDesk costs)
{
    /// <summary>What a side wrote, still sealed; an empty room counts as nothing said.</summary>
    public async Task<Sealed<SidePreference>> Of(string table, Seat seat)
    {
        var (state, _) = await recorder.Read<SealedRoomState, SealedRoomFact>(SealedRoomState.Id(table, seat));
        var said = state.Cipher is { } cipher ? box.Open<SidePreference>(Purpose(table, seat), cipher)
            : SidePreference.Empty;
        return new Sealed<SidePreference>(seat.Words, said with { First = await First(table, seat) });
    }

    /// <summary>What a side is taken to want by the figures that it may read itself.</summary>
    private async Task<FirstPreference?> First(string table, Seat seat)
    {
        var (state, _) = await recorder.Read<NegotiationState, NegotiationFact>(table);
        return state.Standing is Standing.None ? null : seat is Seat.Stakeholder ? FirstPreference.Touching(state)
            : FirstPreference.Of(seat, state.Agenda, await evidence.Money(
            Engagement(table), state, new EvidenceReader.Seated(seat)));
    }

    public Task<Sealed<SidePreference>> Of(string table, Side side) => Of(table, side.Seat);

    /// <summary>What the viewer's own party wrote.</summary>
    public async Task<(SidePreference Said, long Version)> Open(string table, Seat seat)
    {
        var (_, version) = await recorder.Read<SealedRoomState, SealedRoomFact>(SealedRoomState.Id(table, seat));
        return ((await Of(table, seat)).OpenFor(seat.Words, out var said) ? said : SidePreference.Empty, version);
    }

    public Task<(SidePreference Said, long Version)> Open(string table, Side side) => Open(table, side.Seat);

    /// <summary>Lets the owning side change what it wrote.</summary>
    public async Task<Outcome<SealedRoomState>> Write(
        string table, Write write, Func<SidePreference, SidePreference> change)
    {
        var seat = write.By.Seat is { } party and not Seat.ServiceLevelManager ? party
            : throw new InvalidOperationException("The chair has no sealed room.");
        var (said, version) = await Open(table, seat);
        var cipher = box.Seal(Purpose(table, seat), change(said));
        return await recorder.Record<SealedRoomState, SealedRoomFact>(
            SealedRoomState.Id(table, seat), write with { ExpectedVersion = write.ExpectedVersion ?? version },
            (_, _) => new SealedRoomFact.Written(cipher));
    }

    /// <summary>Lets the owning side say which of two packages it would rather sign.</summary>
    public async Task<Outcome<SealedRoomState>> Answer(string table, NegotiationState state, Write write, GivenAnswer answer)
    {
        var space = new TableSpace(state);
        return space.Find(answer.First) is null || space.Find(answer.Second) is null
            ? new Outcome<SealedRoomState>.Refused(new Refusal("room.package",
                "These are not two whole packages of options that are on the table now: look at the newest question."))
            : await Write(table, write, said => said with { Answers = said.Answers.Append(answer).ToValueList() });
    }

    /// <summary>Lets the owning side say how far it would let one term go to gain on another.</summary>
    public async Task<Outcome<SealedRoomState>> GiveUp(string table, NegotiationState state, Write write, TermStep gain, TermStep giveUp)
    {
        var answers = (await Model(table, state, write.By.Seat!.Value)).Model.GiveUp(gain, giveUp);
        return answers.Refusal is { } refusal ? new Outcome<SealedRoomState>.Refused(refusal)
            : await Write(table, write, said => said with { Answers = said.Answers.Concat(answers.Facts).ToValueList() });
    }

    /// <summary>What the engine believes of the viewer's own side, and the version of its room.</summary>
    public async Task<(SideModel Model, TableSpace Table, long Version)> Model(
        string id, NegotiationState state, Seat seat)
    {
        var (said, version) = await Open(id, seat);
        var table = new TableSpace(state);
        return (memory.Model(id, table, state, seat, said), table, version);
    }

    public Task<(SideModel Model, TableSpace Table, long Version)> Model(string id, NegotiationState state, Side side) =>
        Model(id, state, side.Seat);

    /// <summary>Packages of equal worth to the viewer's own side.</summary>
    public async Task<EqualWorth> EqualWorth(string table, NegotiationState state, Side side)
    {
        var limit = await costs.FindLimit(Engagement(table), state);
        return memory.EqualWorth(table, state, side, (await Open(table, side)).Said,
            limit is { } known ? (known.Limit, known.IsReadBy(side.Seat)) : null);
    }

    /// <summary>The engine over all rooms of a table.</summary>
    public async Task<Mediation> Mediation(string table, NegotiationState state) => (await Both(table))(state);

    /// <summary>What the engine may tell the chair.</summary>
    public async Task<MediatorSight> Sight(string table, NegotiationState state) =>
        memory.Sight(table, state, await Of(table, Side.Provider), await Of(table, Side.Customer), await Others(table),
            await Limit(table, state));

    /// <summary>Every room, sealed, for a computation that is made later.</summary>
    public async Task<Func<NegotiationState, Mediation>> Both(string table)
    {
        var (provider, customer) = (await Of(table, Side.Provider), await Of(table, Side.Customer));
        var others = await Others(table);
        var limit = await Limit(table, (await recorder.Read<NegotiationState, NegotiationFact>(table)).State);
        return state => memory.Mediation(table, state, provider, customer, others, limit);
    }

    /// <summary>What providing may cost: the engine keeps it and tells nobody.</summary>
    public async Task<CostLimit?> Limit(string table, NegotiationState state) =>
        (await costs.FindLimit(Engagement(table), state))?.Limit;

    private async Task<IReadOnlyList<(Seat Seat, Sealed<SidePreference> Said)>> Others(string table) =>
        [(Seat.Accounting, await Of(table, Seat.Accounting)), (Seat.Stakeholder, await Of(table, Seat.Stakeholder))];

    private static string Engagement(string table) => table[..table.LastIndexOf('.')];

    private static string Purpose(string table, Seat seat) => $"room {table} {seat}";
}
