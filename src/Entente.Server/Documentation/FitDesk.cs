using Entente.Documentation;
using NodaTime;

namespace Entente.Server.Documentation;

/// <summary>A clause, how it was assessed, what the system itself shows for it, and what became of its plan.</summary>
public sealed record FitRow(
    PracticeClause Clause, FitFact.Assessed? Said, IReadOnlyList<Evidence> Shown, IReadOnlyList<FollowUp> FollowUps, bool IsOpen, bool IsOverdue);

/// <summary>How one clause is assessed.</summary>
public sealed record FitWish(Fit Fit, string Evidence = "", string Plan = "", string Owner = "", LocalDate? Due = null);

/// <summary>What became of a plan.</summary>
public sealed record FollowUpWish(string Text, bool Done = false);

/// <summary>What a later stage shows for the clauses: agreements signed, reports accepted.</summary>
public interface IPracticeEvidence
{
    /// <param name="reader">Who asks: what they may not open is no evidence for them.</param>
    Task<IReadOnlyList<(string Clause, Evidence Evidence)>> Shown(string engagement, Actor reader);
}

/// <summary>Holds the practices in use against what the standards ask.</summary>
public sealed class FitDesk(
    Recorder recorder, CharterDesk charters, CatalogueDesk catalogue, InventoryDesk inventory, GlossaryDesk glossaries, IEnumerable<IPracticeEvidence> later)
{
    public async Task<(IReadOnlyList<FitRow> Rows, long Version)> Read(string engagement, Actor reader)
    {
        var (state, version) = await recorder.Read<FitState, FitFact>(engagement);
        var shown = PracticeEvidence.Of(
            (await charters.Read(engagement)).State, (await catalogue.Read(engagement)).State, await inventory.Count(engagement),
            (await recorder.Read<VoiceState, VoiceFact>(engagement)).State.Voices.Count, (await glossaries.Read(engagement)).State.Words.Count);
        List<(string Clause, Evidence Evidence)> more = [];
        foreach (var stage in later) more.AddRange(await stage.Shown(engagement, reader));
        var today = recorder.Now.InUtc().Date;
        return ([.. PracticeClauses.All.Select(clause => new FitRow(
            clause, state.Clauses.GetValueOrDefault(clause.Key),
            [.. shown[clause.Key], .. more.Where(one => one.Clause == clause.Key && one.Evidence.Count > 0).Select(one => one.Evidence)],
            state.Of(clause.Key), state.IsOpen(clause.Key),
            state.IsOpen(clause.Key) && state.Clauses[clause.Key].Due < today))], version);
    }

    /// <summary>At which version the assessment stands.</summary>
    public async Task<long> Version(string engagement) => (await recorder.Read<FitState, FitFact>(engagement)).Version;

    /// <summary>What else the evidence is read from, and as of when.</summary>
    public async Task<IReadOnlyList<string>> Sources(string engagement) =>
    [
        $"charter/{engagement} version {(await charters.Read(engagement)).Version}",
        $"description/{engagement} version {(await catalogue.Read(engagement)).Version}",
        $"glossary/{engagement} version {(await glossaries.Read(engagement)).Version}",
        $"voice/{engagement} version {(await recorder.Read<VoiceState, VoiceFact>(engagement)).Version}",
        $"inventory, agreements and reports as of {recorder.Now.InUtc().Date:uuuu-MM-dd}",
    ];

    public async Task<Outcome<FitState>> Assess(string engagement, Write write, string clause, FitWish wish)
    {
        var charter = (await charters.Read(engagement)).State;
        return await recorder.Record<FitState, FitFact>(engagement, write, (state, _) => FitRules.Assess(
            charter, state, write.By, new(clause, wish.Fit, wish.Evidence.Trim(), wish.Plan.Trim(), wish.Owner.Trim(), wish.Due)));
    }

    public Task<Outcome<FitState>> Follow(string engagement, Write write, string clause, FollowUpWish wish) =>
        recorder.Record<FitState, FitFact>(engagement, write, (state, _) => FitRules.Follow(state, write.By, new(clause, wish.Text, wish.Done)));
}
