using Entente.Negotiation;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>Keeps accounting's cost model, version by version.</summary>
public sealed class CostDesk(Recorder recorder)
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
}
