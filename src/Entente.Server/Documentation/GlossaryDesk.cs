using Entente.Documentation;
using Entente.Storage.Ledger;

namespace Entente.Server.Documentation;

/// <summary>Keeps the words both sides use.</summary>
public sealed class GlossaryDesk(Recorder recorder, CharterDesk charters)
{
    public Task<Versioned<GlossaryState>> Read(string engagement) => recorder.Read<GlossaryState, GlossaryFact>(engagement);

    public async Task<Outcome<GlossaryState>> Define(string engagement, Write write, string word, GlossaryWord meaning)
    {
        var charter = (await charters.Read(engagement)).State;
        return await recorder.Record<GlossaryState, GlossaryFact>(
            engagement, write, (state, _) => GlossaryRules.Define(charter, state, write.By, word, meaning));
    }

    public Task<Outcome<GlossaryState>> Drop(string engagement, Write write, string word) =>
        recorder.Record<GlossaryState, GlossaryFact>(engagement, write, (state, _) => GlossaryRules.Drop(state, write.By, word));
}
