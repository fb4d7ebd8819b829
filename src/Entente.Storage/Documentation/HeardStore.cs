using Dapper;
using Entente.Storage.Ledger;
using Entente.Documentation;

namespace Entente.Storage.Documentation;

/// <summary>Tells who has been heard in the first stage: who left a fact that everybody may know of.</summary>
/// <remarks>The two rooms are not looked into, and an anonymous voice has no name to find.</remarks>
public sealed class HeardStore(Database database)
{
    /// <summary>When each person was heard last, by person, as an ISO instant.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Heard(string engagement, CancellationToken cancel = default)
    {
        string[] streams =
        [
            FactKinds.Stream<CharterFact>(engagement), FactKinds.Stream<DescriptionFact>(engagement), FactKinds.Stream<InventoryFact>(engagement),
            FactKinds.Stream<VoiceFact>(engagement), FactKinds.Stream<GlossaryFact>(engagement), FactKinds.Stream<FitFact>(engagement),
        ];
        await using var connection = await database.Open(cancel);
        var given = new DynamicParameters();
        var rows = await connection.QueryAsync<(string Actor, string At)>(
            $"SELECT actor, MAX(at) FROM facts WHERE stream IN {given.In(streams)} GROUP BY actor", given);
        return rows.Where(row => row.Actor != VoiceRules.Nobody.Id).ToDictionary(row => row.Actor, row => row.At, StringComparer.Ordinal);
    }
}
