using Entente.Agreements;
using Entente.Monitoring;
using Entente.Storage.Agreements;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Server.Monitoring;

/// <summary>An agreement in force, and how each of its promises stood month by month.</summary>
/// <param name="Months">Names of the months, oldest first, such as 2026-09.</param>
public sealed record PromiseBoard(string Agreement, string Title, int Version, IReadOnlyList<string> Months, IReadOnlyList<PromiseRow> Rows);

/// <summary>One promise over the months; a month before the agreement began is none.</summary>
public sealed record PromiseRow(string Term, string Title, string Target, IReadOnlyList<TermResult?> Results);

/// <summary>Holds what was promised against what was measured, by the contract's own periods and zone.</summary>
public sealed class PromiseDesk(Recorder recorder, AgreementStore agreements, MeasurementDesk measurements, KeptResults kept)
{
    private const int MonthsMost = 12;

    /// <summary>Every agreement of the engagement that has been in force, with its last months.</summary>
    public async Task<IReadOnlyList<PromiseBoard>> Boards(string engagement)
    {
        List<PromiseBoard> boards = [];
        foreach (var row in await agreements.OfEngagement(engagement))
        {
            if (await Board(engagement, row.Id) is { } board) boards.Add(board);
        }

        return boards;
    }

    public async Task<PromiseBoard?> Board(string engagement, string agreement)
    {
        var (state, _) = await recorder.Read<AgreementState, AgreementFact>(agreement);
        var months = Months(state).TakeLast(MonthsMost).ToList();
        if (months.Count == 0) return null;
        var results = new List<(AgreementVersion Version, IReadOnlyDictionary<string, TermResult> ByTerm)>();
        foreach (var month in months)
        {
            var version = VersionOf(state, month)!;
            results.Add((version, (await Evaluate(engagement, agreement, version, month)).ToDictionary(result => result.Term, StringComparer.Ordinal)));
        }

        var newest = results[^1].Version;
        return new PromiseBoard(agreement, newest.Document.Title, newest.Number, [.. months.Select(Name)],
        [
            .. newest.Document.Terms.Where(term => TermEvaluation.ObjectiveOf(term) is not null).Select(term => new PromiseRow(
                term.Key, term.Title, TermEvaluation.TargetText(term), [.. results.Select(result => result.ByTerm.GetValueOrDefault(term.Key))])),
        ]);
    }

    /// <summary>Months of which at least a day lies in the life of the agreement, up to the current one.</summary>
    public IEnumerable<YearMonth> Months(AgreementState state)
    {
        var first = state.Versions.Where(version => version.IsSigned).Select(version => (LocalDate?)version.EffectiveFrom).Min();
        if (first is not { } from) yield break;
        var today = recorder.Now.InZone(ZoneOf(state)).Date;
        for (var month = from.ToYearMonth(); month.OnDayOfMonth(1) <= today; month = month.PlusMonths(1))
        {
            if (VersionOf(state, month) is not null) yield return month;
        }
    }

    /// <summary>The version that rules a month: the one in force on its first day, or the first that begins in it.</summary>
    public static AgreementVersion? VersionOf(AgreementState state, YearMonth month) =>
        state.InForceAt(month.OnDayOfMonth(1)) ?? state.InForceAt(month.ToDateInterval().End);

    /// <summary>Every term of a version in a month.</summary>
    public async Task<IReadOnlyList<TermResult>> Evaluate(string engagement, string agreement, AgreementVersion version, YearMonth month)
    {
        var (monitoring, monitoringVersion) = await measurements.Read(engagement);
        var history = await measurements.History(engagement);
        var (calendars, calendarsVersion) = await recorder.Read<CalendarState, CalendarFact>(engagement);
        var happened = (await recorder.Read<AgreementState, AgreementFact>(agreement)).State.Happened;
        var context = Covered(CalendarRules.Context(version, calendars), monitoring) with { Happened = happened };
        var since = string.Join(',', happened.Select(pair => $"{pair.Key}@{pair.Value:uuuu-MM-dd}"));
        var whole = Period(version.Document, month);
        var asOf = Instant.Min(recorder.Now, whole.End);
        // The month that still runs is read up to now: what has not happened yet is neither good nor unknown.
        var period = new Interval(whole.Start, Instant.Max(asOf, whole.Start + Duration.FromSeconds(1)));
        return
        [
            .. version.Document.Terms.Select(term => kept.Of(
                $"results/{agreement}/{version.Number}/{term.Key}/{Name(month)}/{monitoringVersion}.{calendarsVersion}/{since}/{(whole.End <= recorder.Now ? "whole" : $"{asOf.InUtc().Date}")}",
                () => TermEvaluation.Evaluate(term, context, history, period, Name(month), asOf))),
        ];
    }

    /// <summary>A list of outages speaks for the time from its first entry to when it was brought in; time outside is unknown.</summary>
    internal static MeasuringContext Covered(MeasuringContext context, MonitoringState monitoring)
    {
        var covers = new Dictionary<string, Interval>(context.SourceCovers, StringComparer.Ordinal);
        foreach (var (source, file) in context.SourceFiles.Where(pair => !covers.ContainsKey(pair.Key)).ToList())
        {
            var spans = monitoring.Imports
                .Where(entry => entry.Withdrawn is null && entry.Import is { ListsOutagesOnly: true, First: not null } && Names.Match(entry.Import.Name, file))
                .Select(entry => new Interval(entry.Import.First, Instant.Max(entry.Stamp.At, entry.Import.Last!.Value))).ToList();
            if (spans.Count > 0) covers[source] = new Interval(spans.Min(span => span.Start), spans.Max(span => span.End));
        }

        return context with { SourceCovers = covers };
    }

    public static Interval Period(AgreementDocument document, YearMonth month)
    {
        var zone = DateTimeZoneProviders.Tzdb[document.TimeZone];
        return new Interval(
            zone.AtStartOfDay(month.OnDayOfMonth(1)).ToInstant(), zone.AtStartOfDay(month.PlusMonths(1).OnDayOfMonth(1)).ToInstant());
    }

    public static string Name(YearMonth month) => $"{month.Year:0000}-{month.Month:00}";

    private static DateTimeZone ZoneOf(AgreementState state) => DateTimeZoneProviders.Tzdb[state.Versions[0].Document.TimeZone];
}

/// <summary>File names with <c>*</c> for any text.</summary>
internal static class Names
{
    public static bool Match(string name, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
