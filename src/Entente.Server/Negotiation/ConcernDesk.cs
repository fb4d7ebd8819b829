using Entente.Negotiation;
using Entente.Server.Documentation;

namespace Entente.Server.Negotiation;

/// <summary>Takes concerns that cannot be traced: they wait in the box of the anonymous voices, and are heard with
/// them.</summary>
public sealed class ConcernDesk(NegotiationDesk tables, VoiceBoxDesk box)
{
    /// <summary>When what is put without a name is heard, in words.</summary>
    public Task<string> Hearing() => box.Hearing();

    /// <remarks>It takes no <see cref="Write"/>, so that whoever raises it never comes near the ledger.</remarks>
    public async Task<Decision<HeardAt>> RaiseWithoutName(
        string engagement, string name, Func<NegotiationState, Decision<NegotiationFact>> raise)
    {
        var decision = raise((await tables.Read(engagement, name)).State);
        return decision.Refusal is { } refusal ? refusal
            : await box.Keep(NegotiationDesk.Id(engagement, name), decision.Facts[0]);
    }
}
