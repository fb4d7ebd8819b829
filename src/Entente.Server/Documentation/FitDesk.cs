using Entente.Documentation;
using Entente.Storage.Ledger;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>A clause, how it was assessed, and what the system itself shows for it.</summary>
public sealed record FitRow(PracticeClause Clause, FitFact.Assessed? Said, IReadOnlyList<Evidence> Shown);

/// <summary>How one clause is assessed.</summary>
public sealed record FitWish(Fit Fit, string Evidence = "", string Plan = "", string Owner = "", LocalDate? Due = null);

/// <summary>Holds the practices in use against what the standards ask.</summary>
public sealed class FitDesk(Recorder recorder, CharterDesk charters, CatalogueDesk catalogue, InventoryDesk inventory)
{
    public async Task<(IReadOnlyList<FitRow> Rows, long Version)> Read(string engagement)
    {
        var (state, version) = await recorder.Read<FitState, FitFact>(engagement);
        var charter = (await charters.Read(engagement)).State;
        var description = (await catalogue.Read(engagement)).State;
        var counts = await inventory.Count(engagement);
        var voices = (await recorder.Read<VoiceState, VoiceFact>(engagement)).State.Voices.Count;
        return ([.. PracticeClauses.All.Select(clause => new FitRow(
            clause, state.Clauses.GetValueOrDefault(clause.Key), PracticeClauses.Shown(clause.Key, charter, description, counts, voices)))], version);
    }

    public async Task<Outcome<FitState>> Assess(string engagement, Write write, string clause, FitWish wish)
    {
        var charter = (await charters.Read(engagement)).State;
        return await recorder.Record<FitState, FitFact>(engagement, write, (state, _) => FitRules.Assess(
            charter, state, write.By, new(clause, wish.Fit, wish.Evidence.Trim(), wish.Plan.Trim(), wish.Owner.Trim(), wish.Due)));
    }
}
