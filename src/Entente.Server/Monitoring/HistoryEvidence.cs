using System.Collections.Concurrent;
using System.Text.Json;
using Entente.Agreements;
using Entente.Negotiation;
using Entente.Server.Negotiation;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Server.Monitoring;

/// <summary>Back-tests that were asked for, kept as long as the history they were made from stays the same.</summary>
public sealed class KeptBacktests
{
    private const int KeptMost = 5000;

    private readonly ConcurrentDictionary<string, BacktestResult?> _kept = new(StringComparer.Ordinal);

    public BacktestResult? Of(string key, Func<BacktestResult?> run)
    {
        if (_kept.Count > KeptMost) _kept.Clear();
        return _kept.GetOrAdd(key, _ => run());
    }
}

/// <summary>What each option on the table would have attained on the measured history: the evidence beside a term.</summary>
public sealed class HistoryEvidence(Recorder recorder, MeasurementDesk measurements, KeptBacktests kept) : ITermEvidence
{
    private const int ValuesMost = 4;
    private const double RareShare = 0.2;
    private static readonly Duration _lookBack = Duration.FromDays(731);

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Of(
        string engagement, NegotiationState table, CancellationToken cancel)
    {
        var chips = new Dictionary<string, IReadOnlyList<EvidenceChip>>(StringComparer.Ordinal);
        var history = await measurements.History(engagement);
        var (agreement, _) = await recorder.Read<AgreementState, AgreementFact>(table.Agreement);
        if (history.Count == 0 || (agreement.Newest?.Document ?? agreement.Frame) is not { } document) return chips;
        var (monitoring, version) = await measurements.Read(engagement);
        var context = PromiseDesk.Covered(AgreementDocumentRules.Context(document) with { From = null, To = null }, monitoring);
        foreach (var item in table.Agenda.Where(item => TermEvaluation.ObjectiveOf(item.Term) is not null))
        {
            // The data of a term are made ready once, and only when some value was not asked for before.
            var ready = new Lazy<Ready?>(() => Prepare(item.Term, context, history));
            var found = Values(table, item)
                .Select(value => Chip($"{engagement}/{version}", item.Term, value, ready, history)).OfType<EvidenceChip>().ToList();
            if (found.Count > 0) chips[item.Key] = found;
        }

        return chips;
    }

    private static IEnumerable<TermValue> Values(NegotiationState table, AgendaTerm item) =>
        new[] { table.Position(Side.Provider, item.Key), table.Position(Side.Customer, item.Key) }.OfType<TermValue>()
            .Concat(item.Options).DistinctBy(value => value.Label).Take(ValuesMost);

    private EvidenceChip? Chip(string key, Term term, TermValue value, Lazy<Ready?> ready, IReadOnlyList<Measurements> history)
    {
        if (term.With(value) is not { IsRefused: false, Facts: [var wanted] }) return null;
        var result = kept.Of($"{key}/{JsonSerializer.Serialize(wanted, Json.Options)}", () =>
            ready.Value is { } data ? TermBacktest.Run(data.Prepared.With(wanted), data.Span) : null);
        if (result is not { Judged: > 0 }) return null;
        var (from, to) = (result.History.From.InUtc().Date, result.History.To.InUtc().Date);
        return new EvidenceChip(
            $"{value.Label} met {result.Judged - result.Missed} of {result.Judged}",
            result.Missed == 0 ? "ok" : result.Missed <= result.Judged * RareShare ? "warn" : "bad",
            $"Each whole period from {from:uuuu-MM-dd} to {to:uuuu-MM-dd}, as {result.Target} would have been read.",
            string.Join(", ", history.Select(one => one.Name)));
    }

    private Ready? Prepare(Term term, MeasuringContext context, IReadOnlyList<Measurements> history)
    {
        var measured = history.Where(one => one.First is not null).ToList();
        if (TermBacktest.Horizon(term, context, measured) is not { } known) return null;
        var end = Instant.Min(known.End, recorder.Now);
        var span = new Interval(Instant.Max(known.Start, end - _lookBack), end);
        return new Ready(new PreparedTerm(term, context, measured, span, recorder.Now), span);
    }

    private sealed record Ready(PreparedTerm Prepared, Interval Span);
}
