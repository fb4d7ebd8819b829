using Entente.Documentation;
using Entente.Engagements;
using Entente.Server.Access;
using Entente.Server.Identity;
using Entente.Storage.Engagements;
using Entente.Storage.Ledger;

namespace Entente.Server.Engagements;

/// <summary>A wish to open an engagement.</summary>
public sealed record EngagementWish(string Title, string Provider, string Customer);

/// <summary>An engagement as programs see it.</summary>
public sealed record EngagementView(
    string Id, string Title, string Provider, string Customer, string? HistoryLabel, IReadOnlyList<SeatHolder> Seats, long Version)
{
    public static EngagementView Of(string id, EngagementState state, long version) =>
        new(id, state.Title, state.Provider, state.Customer, state.HistoryLabel, [.. state.Seats.Values], version);
}

/// <summary>What every page of an engagement shows above its own content.</summary>
/// <param name="Done">Slugs of the stages that have come to their end at least once.</param>
public sealed record EngagementHead(
    string Id, string Title, string Provider, string Customer, string? HistoryLabel, IReadOnlySet<string> Done)
{
    public string NameOf(Side side) => side is Side.Provider ? Provider : Customer;
}

/// <summary>Opens engagements, seats people, and gathers what waits and for whom.</summary>
public sealed class EngagementDesk(Recorder recorder, EngagementStore store, IEnumerable<IStageDesk> stages)
{
    public Task<Versioned<EngagementState>> Read(string engagement) => recorder.Read<EngagementState, EngagementFact>(engagement);

    public Task<IReadOnlyList<EngagementRow>> Mine(Viewer viewer) => store.OfPerson(viewer.Person.Id);

    /// <summary>Opens an engagement; whoever opens it chairs it until another service level manager is named.</summary>
    public async Task<(string Id, Outcome<EngagementState> Outcome)> Open(Viewer viewer, Write write, EngagementWish wish)
    {
        var id = Secrets.NewId("eng");
        var outcome = await recorder.Record<EngagementState, EngagementFact>(id, write, (state, _) =>
        {
            var opened = EngagementRules.Open(state, wish.Title, viewer.Person.Organisation, wish.Provider, wish.Customer);
            return opened.IsRefused ? opened
                : new EngagementFact[] { opened.Facts[0], new EngagementFact.SeatGranted(viewer.Person.Id, viewer.Person.Name, Seat.ServiceLevelManager) };
        });
        return (id, outcome);
    }

    public Task<Outcome<EngagementState>> GrantSeat(string engagement, Write write, string person, string name, Seat seat) =>
        recorder.Record<EngagementState, EngagementFact>(
            engagement, write, (state, _) => EngagementRules.GrantSeat(state, person, name, seat));

    public Task<Outcome<EngagementState>> LeaveSeat(string engagement, Write write, string person) =>
        recorder.Record<EngagementState, EngagementFact>(engagement, write, (state, _) => EngagementRules.LeaveSeat(state, person));

    public Task<Outcome<EngagementState>> LabelHistory(string engagement, Write write, string label) =>
        recorder.Record<EngagementState, EngagementFact>(engagement, write, (state, _) => EngagementRules.LabelHistory(state, label));

    public async Task<EngagementHead> Head(string engagement)
    {
        var (state, _) = await Read(engagement);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stage in stages)
        {
            if (await stage.IsDone(engagement)) done.Add(stage.Stage.Slug);
        }

        return new EngagementHead(engagement, state.Title, state.Provider, state.Customer, state.HistoryLabel, done);
    }

    /// <summary>What waits, and for whom, over all stages in their order.</summary>
    public async Task<IReadOnlyList<Waiting>> Waits(string engagement)
    {
        var (state, _) = await Read(engagement);
        List<Waiting> all = [];
        foreach (var stage in stages.OrderBy(stage => stage.Stage.Number)) all.AddRange(await stage.Waits(engagement, state));
        return all;
    }
}
