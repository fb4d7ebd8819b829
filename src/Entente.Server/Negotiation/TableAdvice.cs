using Entente.Negotiation;

namespace Entente.Server.Negotiation;

/// <summary>What stands beside the table for one viewer: evidence for all, and worth and hints for that viewer alone.</summary>
/// <param name="Worth">By offer: what it is worth to the viewer's side, in words.</param>
public sealed record Advice(
    IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>> Evidence, IReadOnlyDictionary<string, string> Worth, string? Hint);

/// <summary>Gathers the advice for a page of a table.</summary>
public sealed class TableAdvice(IEnumerable<ITermEvidence> evidences)
{
    public async Task<Advice> For(TableSight sight, CancellationToken cancel)
    {
        return new Advice(await Evidence(sight.Head.Id, sight.State, cancel), new Dictionary<string, string>(), Hint: null);
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Evidence(string engagement, NegotiationState table, CancellationToken cancel)
    {
        var chips = new Dictionary<string, IReadOnlyList<EvidenceChip>>(StringComparer.Ordinal);
        foreach (var evidence in evidences)
        {
            foreach (var (term, more) in await evidence.Of(engagement, table, cancel))
                chips[term] = [.. chips.GetValueOrDefault(term) ?? [], .. more];
        }

        return chips;
    }
}
