using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Objectives;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>What a term is measured with beside itself: zone, calendars, policy, exclusions, charges,
/// sources.</summary>
public sealed record MeasuringContext
{
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The period of terms that name none.</summary>
    public TermPeriod Period { get; init; } = TermPeriod.Month;

    public IReadOnlyDictionary<string, CompiledCalendar> Calendars { get; init; } = new Dictionary<string,
        CompiledCalendar>();

    /// <summary>Versions of the accounting policy, by the date each begins.</summary>
    public IReadOnlyList<AccountingPolicy> Policies { get; init; } = [];

    /// <summary>Exclusions of the whole agreement.</summary>
    public IReadOnlyList<ExclusionClause> Exclusions { get; init; } = [];

    /// <summary>All terms, so that one can look at another: charges, caps, breaches.</summary>
    public IReadOnlyList<Term> Terms { get; init; } = [];

    /// <summary>File names by source key; a source without one takes every file.</summary>
    public IReadOnlyDictionary<string, string> SourceFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>What a source says it covers, by its key; time outside is unknown.</summary>
    public IReadOnlyDictionary<string, Interval> SourceCovers { get; init; } = new Dictionary<string, Interval>();

    /// <summary>What ended a contingent value, by its words, and from which day on.</summary>
    public IReadOnlyDictionary<string, LocalDate> Happened { get; init; } = new Dictionary<string, LocalDate>();

    /// <summary>In force from here, and to here.</summary>
    public Instant? From { get; init; }

    public Instant? To { get; init; }

    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    /// <summary>A term as it stands in a period: what holds of it when the period begins holds for the whole of
    /// it.</summary>
    public Term On(Term term, Instant start) => Contingents.On(term, start.InZone(Zone).Date, Happened);

    public TermPeriod PeriodOf(Term term) => term.Period ?? Period;

    public CompiledCalendar? CalendarOf(Term term) => term.Calendar is { } key ? Calendars.GetValueOrDefault(key)
        : null;

    /// <summary>The policy that rules a period: the last that is in force on its first day.</summary>
    public AccountingPolicy PolicyAt(Instant start)
    {
        var day = start.InZone(Zone).Date;
        return Policies.Where(policy => policy.EffectiveFrom is not { } from || from <= day)
            .MaxBy(policy => policy.EffectiveFrom ?? LocalDate.MinIsoValue) ?? Policies.FirstOrDefault()
                ?? AccountingPolicy.Standard;
    }

    /// <summary>What is excluded by the clock, not by the data, in a span.</summary>
    public IReadOnlyList<Exclusion> ExclusionsOf(Term term, Span span) =>
        [.. Exclusions.Concat(term.Exclusions)
            .Where(clause => clause.Where is null && clause.CountsAgainst != CountsAgainst.Provider)
            .Select(clause => new Exclusion(clause.Key, Times(clause, span), MaxOf(clause)))];

    /// <summary>What is excluded by the fields of a row.</summary>
    public IEnumerable<ExclusionClause> ExcludedRows(Term term) =>
        Exclusions.Concat(term.Exclusions)
            .Where(clause => clause is { Where: not null, CountsAgainst: not CountsAgainst.Provider });

    public static long? MaxOf(ExclusionClause clause) => clause.Max?.Duration is { } max ? (long)max.TotalSeconds
        : null;

    private SpanSet Times(ExclusionClause clause, Span span)
    {
        if (clause is { From: { } from, To: { } to }) return SpanSet.Of(Span.Between(from, to));
        if (clause is not { Start: { } start, Length.Duration: { } length }) return SpanSet.Empty;
        if (clause.Rrule is null) return SpanSet.Of(Occurrence(start));
        // One length back, so that an occurrence that began before the span is seen.
        var end = Instant.FromUnixTimeSeconds(span.End).InZone(Zone).LocalDateTime;
        return SpanSet.Of(RecurrenceRule.Parse(clause.Rrule).Occurrences(start, end).Select(Occurrence)
            .Where(o => o.End > span.Start));

        Span Occurrence(LocalDateTime at)
        {
            var first = at.InZoneLeniently(Zone).ToInstant();
            return Span.Between(first, first + length);
        }
    }
}
