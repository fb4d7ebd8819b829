using System.Globalization;
using System.Text.Json;
using Entente.Documentation;
using Entente.Monitoring;
using Entente.Server.Documentation;
using Entente.ServiceTime.Calendars;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Server.Monitoring;

/// <summary>What the measured history shows behind a gap: how often the value asked, and the one offered, would have been met.</summary>
/// <remarks>No agreement exists yet: periods run in the zone of the term's calendar, and every file of the engagement may tell.</remarks>
public sealed class GapHistory(Recorder recorder, MeasurementDesk measurements, KeptResults kept) : IGapEvidence
{
    private const double RareShare = 0.2;
    private const string Any = "history";
    private static readonly Duration _lookBack = Duration.FromDays(731);

    public async Task<IReadOnlyList<GapProof>> Of(string engagement, Actor reader, CatalogueEntry entry)
    {
        var (monitoring, version) = await measurements.Read(engagement);
        if (!monitoring.InUse.Any()) return [];
        var history = (await measurements.History(engagement)).Where(one => one.First is not null).ToList();
        var (calendars, hours) = await recorder.Read<CalendarState, CalendarFact>(engagement);
        var context = Context(entry, calendars, monitoring);
        var seen = $"gaps/{engagement}/{version}.{hours}.{recorder.Now.InUtc().Date}";
        return [.. entry.Pairs.SelectMany(Values).Where(one => TermEvaluation.ObjectiveOf(one.Term) is not null)
            .Select(one => Proof(one.Who, one.Term, $"{seen}/{JsonSerializer.Serialize(one.Term, Json.Options)}", context, history)).OfType<GapProof>()];
    }

    /// <summary>What is asked, and what is offered where that is another value.</summary>
    private static IEnumerable<(string Who, Term Term)> Values(TermPair pair)
    {
        if (pair.Asked is not null) yield return ("asked", pair.Asked);
        if (pair.Offered is not null && !pair.IsAgreed) yield return ("offered", pair.Offered);
    }

    private GapProof? Proof(string who, Term term, string key, MeasuringContext context, IReadOnlyList<Measurements> history)
    {
        var result = kept.Of(key, () => Run(term, context, history));
        if (result is null) return null;
        if (result.Judged == 0)
            return who != "asked" ? null : new(term.Key, "history does not tell", "", result.Notes is [var note, ..] ? note
                : $"Nothing is measured under {string.Join(", ", term.Measure?.Series ?? [term.Service ?? term.Key])} for a whole period.");
        var (from, to) = (result.History.From.InUtc().Date, result.History.To.InUtc().Date);
        return new(term.Key, $"{who} {term.Value.Label} met in {result.Judged - result.Missed} of {result.Judged} {Periods(term)}",
            result.Missed == 0 ? "ok" : result.Missed <= result.Judged * RareShare ? "warn" : "bad",
            $"Each whole period from {from:uuuu-MM-dd} to {to:uuuu-MM-dd}, as {result.Target} would have been read"
                + (result.Attained is { } mean ? string.Create(CultureInfo.InvariantCulture, $"; attained {mean.Value * 100:0.####} % on average.") : "."));
    }

    private static string Periods(Term term) =>
        term.Period?.ToString() is { } one && one.All(char.IsAsciiLetter) ? $"{one}s" : "periods";

    private BacktestResult? Run(Term term, MeasuringContext context, IReadOnlyList<Measurements> history)
    {
        term = term with { Measure = (term.Measure ?? new()) with { Source = Any } };
        if (TermBacktest.Horizon(term, context, history) is not { } known) return null;
        var end = Instant.Min(known.End, recorder.Now);
        if (end <= known.Start) return null;
        var span = new Interval(Instant.Max(known.Start, end - _lookBack), end);
        return TermBacktest.Run(new PreparedTerm(term, context, history, span, recorder.Now), span);
    }

    private static MeasuringContext Context(CatalogueEntry entry, CalendarState state, MonitoringState monitoring)
    {
        var calendars = state.Calendars.Select(pair => (pair.Key, Edition: pair.Value.LastOrDefault(edition => edition.Withdrawn is null)))
            .Where(pair => pair.Edition is not null)
            .ToDictionary(pair => pair.Key, pair => CompiledCalendar.Compile([new CalendarVersion(CompiledCalendar.Earliest, pair.Edition!.Read())]),
                StringComparer.Ordinal);
        var zone = entry.Pairs.Select(pair => (pair.Offered ?? pair.Asked)!.Calendar).OfType<string>()
            .Select(key => calendars.GetValueOrDefault(key)?.Definition.TimeZone).FirstOrDefault(found => found is not null) ?? "UTC";
        return PromiseDesk.Covered(new MeasuringContext
        {
            TimeZone = zone,
            Calendars = calendars,
            SourceFiles = new Dictionary<string, string> { [Any] = "*" },
        }, monitoring);
    }
}
