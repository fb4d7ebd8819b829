using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Calendars;

namespace Entente.ServiceTime.Objectives;

/// <summary>Time that does not count, and why.</summary>
/// <param name="Max">The most seconds of it that are excluded in one period, the earliest first; none is no
/// limit.</param>
public sealed record Exclusion(string Key, SpanSet Spans, long? Max = null);

/// <summary>What one result is made over: a period, its service hours, what is excluded, and the policy.</summary>
public sealed class Scope
{
    public Scope(Span period, SpanSet open, IReadOnlyList<Exclusion> exclusions, AccountingPolicy policy)
    {
        (Period, Policy) = (period, policy);
        Service = open.Clip(period.Start, period.End);
        var excluded = SpanSet.Empty;
        List<(Exclusion, SpanSet)> applied = [];
        foreach (var exclusion in exclusions)
        {
            var inside = exclusion.Spans.Intersect(Service);
            var spans = exclusion.Max is { } max ? inside.First(max) : inside;
            if (spans.Total > 0) applied.Add((exclusion, spans));
            excluded = excluded.Union(spans);
        }

        (Excluded, Applied) = (excluded, applied);
        Counted = Service.Except(excluded);
    }

    public Span Period { get; }

    public AccountingPolicy Policy { get; }

    /// <summary>Open time of the period.</summary>
    public SpanSet Service { get; }

    /// <summary>The part of it that is excluded; overlaps count once.</summary>
    public SpanSet Excluded { get; }

    /// <summary>Open time less what is excluded.</summary>
    public SpanSet Counted { get; }

    /// <summary>Which exclusion took which time.</summary>
    public IReadOnlyList<(Exclusion Exclusion, SpanSet Spans)> Applied { get; }

    /// <summary>All hours, nothing excluded.</summary>
    public static Scope Whole(Span period, AccountingPolicy? policy = null) =>
        new(period, SpanSet.Of(period), [], policy ?? AccountingPolicy.Standard);

    /// <summary>Open time of a calendar as a set of seconds.</summary>
    public static SpanSet Hours(CompiledCalendar? calendar, Span period) => calendar is null ? SpanSet.Of(period)
        : SpanSet.Of(calendar.Open(period.ToInterval().Start, period.ToInterval().End)
            .Select(open => Span.Between(open.Start, open.End)));
}
