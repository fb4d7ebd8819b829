using System.Globalization;
using System.Text.Json;
using Entente.Agreements;
using Entente.Monitoring;
using Entente.Negotiation;
using Entente.Server.Negotiation;
using Entente.ServiceTime.Windows;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Server.Monitoring;

/// <summary>What each option would have attained on the measured history, how often it would have been missed, and what
/// that would have paid.</summary>
public sealed class HistoryEvidence(Recorder recorder, MeasurementDesk measurements, KeptResults kept) : ITermEvidence
{
    private const double RareShare = 0.2;
    private const long ReadyBytes = 16;
    private static readonly int[] _limits = [15, 30, 60, 120, 240, 360, 480, 720, 1440, 2880, 5760];
    private static readonly Duration _lookBack = Duration.FromDays(731);

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<EvidenceChip>>> Of(
        EvidenceQuestion question, CancellationToken cancel)
    {
        var chips = new Dictionary<string, IReadOnlyList<EvidenceChip>>(StringComparer.Ordinal);
        var history = await measurements.History(question.Engagement);
        var (agreement, agreed) = await recorder.Read<AgreementState, AgreementFact>(question.Table.Agreement);
        if (history.Count == 0 || (agreement.Newest?.Document ?? agreement.Frame) is not { } document) return chips;
        var (monitoring, version) = await measurements.Read(question.Engagement);
        var context = PromiseDesk.Covered(AgreementDocumentRules.Context(document) with { From = null, To = null }, monitoring);
        var source = string.Join(", ", monitoring.InUse.Select(import => $"{import.Name} sha256 {import.Sha256[..12]}"));
        var terms = question.Table.Agenda.Where(item => TermEvaluation.ObjectiveOf(item.Term) is not null
            && question.Options.ContainsKey(item.Key)).ToList();
        // Terms are independent of each other, and each has its own preparation.
        var found = await Task.WhenAll(terms.Select(item => Task.Run(() =>
        {
            var key = $"evidence/{question.Table.Agreement}/{version}.{agreed}.{recorder.Now.InUtc().Date}/{item.Key}";
            kept.Touch(ReadyKey(key, item.Term));
            return question.Options[item.Key].SelectMany(value =>
                Chips(key, item.Term, value, context, history, source)).ToList();
        }, cancel)));
        for (var i = 0; i < terms.Count; i++)
            if (found[i].Count > 0) chips[terms[i].Key] = found[i];
        return chips;
    }

    public async Task<bool> HasHistory(string engagement) => (await measurements.Read(engagement)).State.InUse.Any();

    /// <summary>Makes ready what will be asked of one term of a table.</summary>
    public Task Prepare(
        string engagement, NegotiationState table, string term, IReadOnlyList<TermValue> options, CancellationToken cancel) =>
        Of(new EvidenceQuestion(engagement, table, new Dictionary<string, IReadOnlyList<TermValue>> { [term] = options },
            new EvidenceReader.Everyone()), cancel);

    /// <summary>For a share, the strictest that nine of ten periods and that all of them met; for a limit, the shortest
    /// that nine of ten met.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<TermValue>>> Suggest(
        string engagement, IReadOnlyList<AgendaTerm> agenda, AgreementDocument frame)
    {
        var found = new Dictionary<string, IReadOnlyList<TermValue>>(StringComparer.Ordinal);
        var history = await measurements.History(engagement);
        if (history.Count == 0) return found;
        var (monitoring, _) = await measurements.Read(engagement);
        var context = PromiseDesk.Covered(AgreementDocumentRules.Context(frame) with { From = null, To = null }, monitoring);
        var values = await Task.WhenAll(agenda.Select(item => Task.Run(() => Quantiles(item.Term, context, history))));
        for (var i = 0; i < agenda.Count; i++)
            if (values[i].Count > 0) found[agenda[i].Key] = values[i];
        return found;
    }

    private IReadOnlyList<TermValue> Quantiles(Term term, MeasuringContext context, IReadOnlyList<Measurements> history)
    {
        if (TermEvaluation.ObjectiveOf(term) is not { Unit: Unit.Percent, MoreIsBetter: true } || Prepare(term, context, history) is not { } ready)
            return [];
        switch (term.Value)
        {
            case TermValue.Share:
                var quantiles = TermBacktest.Run(ready.Prepared, ready.Span).Quantiles;
                return [.. new[] { "90 %", "100 %" }.Where(quantiles.ContainsKey)
                    .Select(name => Math.Floor(quantiles[name].Decimal * 10_000m) / 100m).Where(percent => percent is > 0m and < 100m)
                    .Distinct().Select(percent => new TermValue.Share(new Share(percent)))];
            case TermValue.Span:
                // A longer limit is missed no more often, so the shortest one is found by halving.
                var (low, high) = (0, _limits.Length);
                while (low < high)
                {
                    var middle = (low + high) / 2;
                    if (Holds(_limits[middle])) high = middle;
                    else low = middle + 1;
                }

                return low == _limits.Length ? [] : [new TermValue.Span(Duration.FromMinutes(_limits[low]))];
            default:
                return [];
        }

        bool Holds(int minutes) =>
            TermBacktest.Run(ready.Prepared.With(term.With(new TermValue.Span(Duration.FromMinutes(minutes))).Facts[0]), ready.Span)
                is { Judged: > 0 } result && result.Missed * 10 <= result.Judged;
    }

    private IEnumerable<EvidenceChip> Chips(
        string key, Term term, TermValue value, MeasuringContext context, IReadOnlyList<Measurements> history,
        string source)
    {
        if (term.With(value) is not { IsRefused: false, Facts: [var wanted] }) return [];
        var result = kept.Of($"{key}/{JsonSerializer.Serialize(wanted, Json.Options)}", () =>
            kept.Of(ReadyKey(key, term), () => Prepare(term, context, history), ready => ready?.Bytes ?? 0)?.Run(value));
        return result is not { Judged: > 0 } ? [] : Credit(term, value, context, result) is { } credit
            ? [Attained(value, result, source), credit with { Source = source }] : [Attained(value, result, source)];
    }

    private static string ReadyKey(string key, Term term) => $"{key}/{JsonSerializer.Serialize(term, Json.Options)}/ready";

    private static EvidenceChip Attained(TermValue value, BacktestResult result, string source)
    {
        var (from, to) = (result.History.From.InUtc().Date, result.History.To.InUtc().Date);
        return new EvidenceChip(value, EvidenceKind.History,
            $"{value.Label} met {result.Judged - result.Missed} of {result.Judged}",
            result.Missed == 0 ? "ok" : result.Missed <= result.Judged * RareShare ? "warn" : "bad",
            $"Each whole period from {from:uuuu-MM-dd} to {to:uuuu-MM-dd}, as {result.Target} would have been read."
                + (result.MissedShare is { } missed ? $" Probability of missing it: {Share(missed)}." : ""),
            source,
            [.. result.Periods.Reverse().Select(period => new EvidencePart(
                period.Period.Name ?? $"{period.Period.From.InUtc().Date:uuuu-MM-dd}",
                period.Attained is null ? "unknown" : $"{period.Attained.Label} {(period.Breached == true ? "✗ missed" : "✓ met")}",
                period.Breached == true ? "bad" : ""))]);
    }

    private static EvidenceChip? Credit(Term term, TermValue value, MeasuringContext context, BacktestResult result)
    {
        if (result is not { CreditShare: { } share }) return null;
        if (result.CreditPerPeriod is not { } money || result.CreditTotal is not { Currency: var currency })
        {
            return new EvidenceChip(value, EvidenceKind.Credit, $"{value.Label}: credits of {Share(share)} of the charge", "",
                "The mean over the periods of the history, with the range of 90 % of histories drawn again.");
        }

        var months = Months(context.PeriodOf(term));
        var mean = new Money(Math.Round((decimal)money.Value / months, 2), currency);
        return new EvidenceChip(value, EvidenceKind.Credit, $"{value.Label} expects {mean.Label} of credits a month",
            mean.Amount == 0 ? "ok" : "",
            $"{result.CreditTotal.Value.Label} over {Counted.Of(result.Judged, "period")}"
                + (money is { Low: { } low, High: { } high }
                    ? $"; 90 % of histories drawn again pay {Label(low)} to {Label(high)} a period." : "."), Amount: mean);

        string Label(double amount) => new Money(Math.Round((decimal)amount, 2), currency).Label;
    }

    private static decimal Months(TermPeriod period) => period.Length is { } length ? (decimal)length.TotalDays / 30.4375m
        : period.Unit switch
        {
            PeriodUnit.Day => 1m / 30.4375m,
            PeriodUnit.Week => 7m / 30.4375m,
            PeriodUnit.Quarter => 3m,
            PeriodUnit.Year => 12m,
            _ => 1m,
        };

    private static string Share(Estimate estimate) => estimate is { Low: { } low, High: { } high }
        ? string.Create(CultureInfo.InvariantCulture, $"{estimate.Value * 100:0.#} % ({low * 100:0.#} to {high * 100:0.#} %)")
        : string.Create(CultureInfo.InvariantCulture, $"{estimate.Value * 100:0.#} %");

    private Ready? Prepare(Term term, MeasuringContext context, IReadOnlyList<Measurements> history)
    {
        var measured = history.Where(one => one.First is not null).ToList();
        if (TermBacktest.Horizon(term, context, measured) is not { } known) return null;
        var end = Instant.Min(known.End, recorder.Now);
        var span = new Interval(Instant.Max(known.Start, end - _lookBack), end);
        var rows = measured.Sum(one => (long)Shifting.Size(one));
        return new Ready(new PreparedTerm(term, context, measured, span, recorder.Now), span, rows * ReadyBytes);
    }

    /// <summary>A prepared term that one page after the other may ask.</summary>
    /// <param name="Bytes">What it takes at most, about: its own sums of the rows.</param>
    private sealed record Ready(PreparedTerm Prepared, Interval Span, long Bytes)
    {
        private readonly Lock _lock = new();

        /// <remarks>Of its own term: another reading of the same facts has the same words, and is another object.</remarks>
        public BacktestResult Run(TermValue value)
        {
            lock (_lock) return TermBacktest.Run(Prepared.With(Prepared.Term.With(value).Facts[0]), Span);
        }
    }
}
