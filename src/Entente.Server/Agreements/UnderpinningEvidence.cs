using Entente.Agreements;
using Entente.Documentation;
using Entente.Negotiation;
using Entente.Server.Negotiation;
using Entente.Terms;

namespace Entente.Server.Agreements;

/// <summary>What the contracts below allow: those that the document names, for everybody, and IT's own small tables, for
/// IT, accounting and the chair.</summary>
public sealed class UnderpinningEvidence(Recorder recorder, UnderpinningDesk desk) : ITermEvidence
{
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Of(EvidenceQuestion question, CancellationToken cancel)
    {
        var chips = new Dictionary<string, IReadOnlyList<EvidenceChip>>(StringComparer.Ordinal);
        var contracts = question.Reader.Is([.. UnderpinningDesk.Readers])
            ? await desk.Promises(question.Engagement) : [];
        var (agreement, _) = await recorder.Read<AgreementState, AgreementFact>(question.Table.Agreement);
        var document = agreement.Newest?.Document ?? agreement.Frame;
        foreach (var item in question.Table.Agenda)
        {
            var found = (question.Options.GetValueOrDefault(item.Key) ?? []).Select(value =>
                item.Term.With(value) is { IsRefused: false, Facts: [var term] }
                    ? Named(term, value, document) ?? Below(term, value, contracts) : null).OfType<EvidenceChip>().ToList();
            if (found.Count > 0) chips[item.Key] = found;
        }

        return chips;
    }

    private static EvidenceChip? Named(Term term, TermValue value, AgreementDocument? document) =>
        document is { Underpinning.Count: > 0 } && AgreementDocumentFeasibility.Of(term, document) is { } feasible
            ? new EvidenceChip(value, EvidenceKind.Underpinning,
                $"{value.Label} {(feasible.IsFeasible ? "is carried by" : "is more than allow")} the underpinning contracts",
                feasible.IsFeasible ? feasible.IsGuaranteed ? "ok" : "warn" : "bad",
                $"It rests on {string.Join(", ", term.RestsOn)}"
                    + (feasible.IsFeasible && !feasible.IsGuaranteed ? ", and holds only if they fail independently of each other." : "."),
                string.Join(", ", document.Underpinning.Select(one => one.Key)))
            : null;

    private static EvidenceChip? Below(Term term, TermValue value, IReadOnlyList<ContractPromise> contracts) =>
        UnderpinningRules.Carry([term], contracts) is [{ Holds: { } holds } carried]
            ? new EvidenceChip(value, EvidenceKind.Underpinning,
                $"{value.Label} {(holds ? "is carried" : "is more than is carried")} by IT's own contracts", holds ? "ok" : "bad",
                $"{carried.Words}. Only IT, accounting and the service level manager see it.",
                string.Join(", ", contracts.Select(one => $"{one.Contract} ({one.Standing})")))
            : null;
}
