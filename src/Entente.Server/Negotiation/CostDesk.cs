using Entente.Negotiation;
using Entente.Storage.Ledger;
using Entente.Terms;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>Keeps accounting's cost model, version by version.</summary>
public sealed class CostDesk(Recorder recorder, TableHours hours)
{
    public LocalDate Today => recorder.Now.InUtc().Date;

    public Task<Versioned<CostState>> Read(string engagement) =>
        recorder.Read<CostState, CostFact>(CostState.Id(engagement));

    public Task<Outcome<CostState>> Write(string engagement, Write write, CostModel model, LocalDate from) =>
        recorder.Record<CostState, CostFact>(
            CostState.Id(engagement), write, (state, _) => CostRules.Write(state, write.By, model, from));

    public Task<Outcome<CostState>> Open(string engagement, Write write, Seat to) =>
        recorder.Record<CostState, CostFact>(
            CostState.Id(engagement), write, (state, _) => CostRules.Open(state, write.By, to));

    public Task<Outcome<CostState>> Limit(string engagement, Write write, Money? limit, string? reason) =>
        recorder.Record<CostState, CostFact>(
            CostState.Id(engagement), write, (state, _) => CostRules.Limit(state, write.By, limit, reason, Today));

    /// <summary>What packages of a table may cost to provide, where accounting has set a limit, and who reads it.</summary>
    public async Task<(CostLimit Limit, Func<Seat?, bool> IsReadBy)?> FindLimit(string engagement, NegotiationState table)
    {
        var (state, _) = await Read(engagement);
        return state is { Limit: { } limit } && state.InForceAt(Today) is { } edition
            ? (new CostLimit(limit, edition.Model, (await hours.Of(engagement, table)).InMonth), state.IsReadBy) : null;
    }
}
