using Entente.Negotiation;
using Entente.Storage.Ledger;

namespace Entente.Server.Negotiation;

/// <summary>Keeps each side's sealed room: opened for its own side, computed with by the mediation engine, read by
/// nobody else.</summary>
public sealed class SealedRooms(Recorder recorder, SealedBox box, EvidenceDesk evidence, EngineMemory memory)
{
    /// <summary>What a side wrote, still sealed; an empty room counts as nothing said.</summary>
    public async Task<Sealed<SidePreference>> Of(string table, Side side)
    {
        var (state, _) = await recorder.Read<SealedRoomState, SealedRoomFact>(SealedRoomState.Id(table, side));
        var said = state.Cipher is { } cipher ? box.Open<SidePreference>(Purpose(table, side), cipher)
            : SidePreference.Empty;
        return new Sealed<SidePreference>(side.Seat.Words, said with { First = await First(table, side) });
    }

    /// <summary>What a side is taken to want by the figures that it may read itself.</summary>
    private async Task<FirstPreference?> First(string table, Side side)
    {
        var (state, _) = await recorder.Read<NegotiationState, NegotiationFact>(table);
        return state.Standing is Standing.None ? null : FirstPreference.Of(side.Seat, state.Agenda, await evidence.Money(
            table[..table.LastIndexOf('.')], state, new EvidenceReader.Seated(side.Seat)));
    }

    /// <summary>What the viewer's own side wrote.</summary>
    public async Task<(SidePreference Said, long Version)> Open(string table, Side side)
    {
        var (_, version) = await recorder.Read<SealedRoomState, SealedRoomFact>(SealedRoomState.Id(table, side));
        return ((await Of(table, side)).OpenFor(side.Seat.Words, out var said) ? said : SidePreference.Empty, version);
    }

    /// <summary>Lets the owning side change what it wrote.</summary>
    public async Task<Outcome<SealedRoomState>> Write(
        string table, Write write, Func<SidePreference, SidePreference> change)
    {
        var side = write.By.Side ?? throw new InvalidOperationException("Only a side has a sealed room.");
        var (said, version) = await Open(table, side);
        var cipher = box.Seal(Purpose(table, side), change(said));
        return await recorder.Record<SealedRoomState, SealedRoomFact>(
            SealedRoomState.Id(table, side), write with { ExpectedVersion = write.ExpectedVersion ?? version },
            (_, _) => new SealedRoomFact.Written(cipher));
    }

    /// <summary>What the engine believes of the viewer's own side, and the version of its room.</summary>
    public async Task<(SideModel Model, TableSpace Table, long Version)> Model(
        string id, NegotiationState state, Side side)
    {
        var (said, version) = await Open(id, side);
        var table = new TableSpace(state);
        return (memory.Model(id, table, state, side, said), table, version);
    }

    /// <summary>Packages of equal worth to the viewer's own side.</summary>
    public async Task<IReadOnlyList<EqualWorthView>> EqualWorth(string table, NegotiationState state, Side side) =>
        memory.EqualWorth(table, state, side, (await Open(table, side)).Said);

    /// <summary>The engine over both rooms of a table.</summary>
    public async Task<Mediation> Mediation(string table, NegotiationState state) =>
        memory.Mediation(table, state, await Of(table, Side.Provider), await Of(table, Side.Customer));

    /// <summary>What the engine may tell the chair.</summary>
    public async Task<MediatorSight> Sight(string table, NegotiationState state) =>
        memory.Sight(table, state, await Of(table, Side.Provider), await Of(table, Side.Customer));

    /// <summary>Both rooms, sealed, for a computation that is made later.</summary>
    public async Task<Func<NegotiationState, Mediation>> Both(string table)
    {
        var (provider, customer) = (await Of(table, Side.Provider), await Of(table, Side.Customer));
        return state => memory.Mediation(table, state, provider, customer);
    }

    private static string Purpose(string table, Side side) => $"room {table} {side}";
}
