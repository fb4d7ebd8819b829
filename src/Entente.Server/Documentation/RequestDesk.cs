using Entente.Documentation;
using Entente.Storage.Ledger;

namespace Entente.Server.Documentation;

/// <summary>Takes requests for services of the catalogue, and the provider's answers.</summary>
public sealed class RequestDesk(Recorder recorder, CharterDesk charters, CatalogueDesk catalogue)
{
    public Task<Versioned<RequestState>> Read(string engagement) => recorder.Read<RequestState, RequestFact>(engagement);

    public async Task<Outcome<RequestState>> Request(string engagement, Write write, string service, string text)
    {
        var (charter, description) = ((await charters.Read(engagement)).State, (await catalogue.Read(engagement)).State);
        return await Record(engagement, write, state => RequestRules.Request(charter, description, state, write.By, service, text));
    }

    public Task<Outcome<RequestState>> Grant(string engagement, Write write, string id, string reply) =>
        Record(engagement, write, state => RequestRules.Grant(state, write.By, id, reply));

    public Task<Outcome<RequestState>> Decline(string engagement, Write write, string id, string reply) =>
        Record(engagement, write, state => RequestRules.Decline(state, write.By, id, reply));

    public Task<Outcome<RequestState>> Withdraw(string engagement, Write write, string id) =>
        Record(engagement, write, state => RequestRules.Withdraw(state, write.By, id));

    private Task<Outcome<RequestState>> Record(string engagement, Write write, Func<RequestState, Decision<RequestFact>> decide) =>
        recorder.Record<RequestState, RequestFact>(engagement, write, (state, _) => decide(state));
}
