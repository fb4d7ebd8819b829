using System.Collections.Concurrent;
using Entente.Agreements;
using Entente.Negotiation;
using Entente.Server.Monitoring;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Server.Negotiation;

/// <summary>Back-tests that were made, kept as long as neither the history nor the term changes.</summary>
public sealed class Backtested
{
    private const int KeptMost = 5000;

    private readonly ConcurrentDictionary<string, BacktestResult?> _kept = new(StringComparer.Ordinal);

    public BacktestResult? Of(string key, Func<BacktestResult?> run)
    {
        if (_kept.Count > KeptMost) _kept.Clear();
        return _kept.GetOrAdd(key, _ => run());
    }
}

/// <summary>What each side's value of a term would have attained on the engagement's own measured history.</summary>
public sealed class HistoryEvidence(Recorder recorder, MeasurementDesk measurements, Backtested backtested)
    : ITermEvidence
{
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Of(
        string engagement, NegotiationState table, CancellationToken cancel)
    {
        var chips = new Dictionary<string, IReadOnlyList<EvidenceChip>>(StringComparer.Ordinal);
        var history = await measurements.History(engagement);
        if (history.Count == 0) return chips;
        var (agreement, agreementVersion) = await recorder.Read<AgreementState, AgreementFact>(table.Agreement);
        if (agreement.Frame is not { } frame) return chips;
        var (_, version) = await measurements.Read(engagement);
        var context = AgreementDocumentRules.Context(frame) with { From = null, To = null };
        foreach (var agenda in table.Agenda.Where(term => TermEvaluation.ObjectiveOf(term.Term) is not null))
        {
            var horizon = TermBacktest.Horizon(agenda.Term, context, history);
            if (horizon is not { } span) continue;
            PreparedTerm? prepared = null;
            var values = Enum.GetValues<Side>().Select(side => table.Marked(side, agenda.Key)).OfType<TermValue>()
                .Distinct();
            var found = values.SelectMany(value => Chips(value, span, backtested.Of(
                $"{table.Agreement}/{agreementVersion}/{version}/{agenda.Key}/{TermValueText.Write(value)}",
                () => agenda.Term.With(value) is { IsRefused: false } valued
                    ? TermBacktest.Run((prepared ??= new PreparedTerm(agenda.Term, context, history, span))
                        .With(valued.Facts[0]), span)
                    : null))).ToList();
            if (found.Count > 0) chips[agenda.Key] = found;
        }

        return chips;
    }

    private static IEnumerable<EvidenceChip> Chips(TermValue value, Interval span, BacktestResult? result)
    {
        if (result is not { Judged: > 0 }) yield break;
        var met = result.Judged - result.Missed;
        var tone = met >= 0.95 * result.Judged ? "ok" : met >= 0.8 * result.Judged ? "warn" : "bad";
        var source = $"measured history from {span.Start.InUtc().Date:uuuu-MM-dd} to "
            + $"{span.End.InUtc().Date:uuuu-MM-dd}";
        var range = result.MissedShare is { Low: { } low, High: { } high }
            ? $" Drawn again, 90 % of histories miss {low * 100:0} to {high * 100:0} % of the periods." : "";
        yield return new EvidenceChip(
            $"{value.Label} met {met} of {result.Judged}", tone,
                $"Back-test over whole periods of the {source}.{range}", source);
        if (result.CreditTotal is { Amount: > 0 } paid)
            yield return new EvidenceChip($"{value.Label} would have paid {paid.Label} in credits", "",
                $"Over the same {source}.", source);
    }
}
