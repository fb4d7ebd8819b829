using System.Globalization;
using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Indicators;
using Entente.ServiceTime.Objectives;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>Cases, counts and scores, and what a result is explained by.</summary>
public sealed partial class PreparedTerm
{
    private const int PartsMax = 200;

    private Outcome? Tickets(
        Term.TicketClock term, Span period, AccountingPolicy policy, CompiledCalendar calendar, bool explain)
    {
        if (!term.Within.IsMeasurable) return null;
        var all = Sorted(term.Clock, policy.CasesBy).Within(period);
        var clauses = Context.ExcludedRows(term).ToArray();
        var excluded = clauses.Length == 0 ? []
            : Array.FindAll(all, one => clauses.Any(clause => one.Row.Fields.Match(clause.Where!)));
        var counted = excluded.Length == 0 ? all : [.. all.Except(excluded)];
        List<ExplanationPart> parts = !explain ? []
            : [.. excluded.Select(one =>
                new ExplanationPart("excluded", $"ticket {one.Row.Id}", one.Case.Opened, Amount: 1))];
        long beyond = 0;
        if (term.UpTo is { Beyond: Beyond.Excluded } bound && counted.Length > bound.Max)
        {
            beyond = counted.Length - (long)bound.Max;
            parts.Add(new("excluded", string.Create(CultureInfo.InvariantCulture,
                $"beyond the workload of {bound.Max} {bound.Of}"), Amount: beyond));
            counted = counted[..(int)bound.Max];
        }

        var readings = Array.ConvertAll(counted, one => one.Read(term.Within, calendar, _asOf));
        var (met, missed) = (readings.Count(r => r.Verdict == CaseVerdict.Met),
            readings.Count(r => r.Verdict == CaseVerdict.Missed));
        if (explain) parts.AddRange(readings.Where(r => r.Verdict == CaseVerdict.Missed).Take(PartsMax).Select(Part));
        return new Outcome(Bounded(met, met + missed, readings.Length - met - missed, excluded.Length + beyond,
            "tickets"), parts)
        { Missed = missed };

        static ExplanationPart Part(CaseReading r) => new("ticket",
            $"{r.Case.Id} took {TimeLimit.Words(r.Elapsed)}{(r.Case.Stopped is null ? " and still runs" : "")}",
            r.Case.Opened, r.Case.Stopped, 1);
    }

    /// <summary>Cases in the order of the instant by which they belong to a period, so that a period is a look-up.</summary>
    private CaseList Sorted(ClockKind clock, CaseBelongs by) =>
        _made.Cases.TryGetValue((clock, by), out var known) ? known
            : _made.Cases[(clock, by)] = new(Data.Tickets.Select(row => new OneCase(row, ToCase(row, clock))), by);

    /// <summary>A ticket as its clock sees it, and what the clock read once it was asked.</summary>
    private sealed class OneCase(TicketRow row, TicketCase ticket)
    {
        private Duration? _elapsed;
        private (int Days, CaseReading Reading)? _byDays;

        public TicketRow Row => row;

        public TicketCase Case => ticket;

        /// <remarks>One term has one calendar, so that only the limit differs between two readings.</remarks>
        public CaseReading Read(TimeLimit limit, CompiledCalendar calendar, Instant asOf)
        {
            if (limit.BusinessDays is not { } days)
                return TicketClocks.Judge(ticket,
                    _elapsed ??= TicketClocks.Elapsed(ticket, calendar, ticket.Stopped ?? asOf), limit.Duration!.Value);
            if (_byDays is not { } known || known.Days != days)
                _byDays = known = (days, TicketClocks.ReadDays(ticket, calendar, days, asOf));
            return known.Reading;
        }
    }

    private sealed class CaseList
    {
        private readonly OneCase[] _cases;
        private readonly long[] _at;
        private readonly CaseBelongs _by;

        public CaseList(IEnumerable<OneCase> cases, CaseBelongs by)
        {
            _by = by;
            _cases = [.. cases.Where(one => Belongs(one, by) is not null)];
            Sort(_cases, one => Belongs(one, by)!.Value);
            // A case belongs to the second in which its instant lies; periods begin and end on whole seconds.
            _at = [.. _cases.Select(one => Belongs(one, by)!.Value.ToUnixTimeSeconds())];
        }

        /// <summary>The cases that belong to a period, by when they were opened.</summary>
        public OneCase[] Within(Span period)
        {
            var cases = _cases[First(period.Start)..First(period.End)];
            if (_by != CaseBelongs.Opened) Sort(cases, one => one.Case.Opened);
            return cases;
        }

        /// <remarks>Instants as numbers first, because numbers sort many times faster; then those that are equal, by
        /// their ids.</remarks>
        private static void Sort(OneCase[] cases, Func<OneCase, Instant> at)
        {
            var keys = Array.ConvertAll(cases, one => at(one).ToUnixTimeTicks());
            Array.Sort(keys, cases);
            for (int start = 0, end; start < cases.Length; start = end)
            {
                for (end = start + 1; end < cases.Length && keys[end] == keys[start];) end++;
                if (end > start + 1) Array.Sort(cases, start, end - start, Comparer<OneCase>.Create((a, b) =>
                    at(a).CompareTo(at(b)) is not 0 and var order ? order
                        : string.CompareOrdinal(a.Case.Id, b.Case.Id)));
            }
        }

        private int First(long second) => Below(_at, second);

        private static Instant? Belongs(OneCase one, CaseBelongs by) =>
            by == CaseBelongs.Opened ? one.Case.Opened : one.Case.Stopped;
    }

    /// <summary>How many of sorted seconds lie before one.</summary>
    private static int Below(long[] sorted, long second)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < second) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    internal static TicketCase ToCase(TicketRow row, ClockKind clock) => clock switch
    {
        // Work that resolves a ticket answers it too.
        ClockKind.Response => new(row.Id, row.Opened, row.Responded ?? row.Resolved, row.Pauses),
        ClockKind.Resolution => new(row.Id, row.Opened, row.Resolved, row.Pauses),
        _ => LongestWait(row),
    };

    /// <summary>The longest stretch without news, from opening over every update to the resolution.</summary>
    private static TicketCase LongestWait(TicketRow row)
    {
        List<Instant> marks = [row.Opened, .. row.Updates.Order(), .. row.Resolved is { } end ? [end]
            : Array.Empty<Instant>()];
        if (marks.Count == 1) return new(row.Id, row.Opened, null, row.Pauses);
        var longest = Enumerable.Range(0, marks.Count - 1).MaxBy(i => marks[i + 1] - marks[i]);
        return new(row.Id, marks[longest], marks[longest + 1], row.Pauses);
    }

    private Outcome Survey(Term.Survey survey, Scope scope)
    {
        var answers = Data.Values.Where(row => row.At.ToUnixTimeSeconds() is var at && at >= scope.Period.Start
            && at < scope.Period.End).ToArray();
        var count = answers.Sum(row => row.Count);
        var sum = answers.Aggregate(Fraction.Zero, (total, row) => total
            + Fraction.From(row.Value) * new Fraction(row.Count, 1));
        var enough = count >= Math.Max(1, survey.AnswersMin);
        var mean = enough ? sum / new Fraction(count, 1) : (Fraction?)null;
        var result = new Attainment
        {
            Unit = "answers",
            Attained = mean,
            Good = new Fraction(answers.Where(row => row.Value >= survey.Target.Target).Sum(row => row.Count), 1),
            Total = new Fraction(count, 1),
            Worst = mean,
            Best = mean,
            IsGoodOverTotal = false,
        };
        return new Outcome(result, enough ? []
            : [new("note", $"{Entente.Counted.Of(count, "answer is", "answers are")} fewer than the {survey.AnswersMin} that are needed")])
        {
            IsShare =
            false
        };
    }

    private Outcome? CountLimit(Term.CountLimit limit, Scope scope)
    {
        if (limit.RestsOn.Count > 0) return Counted(limit.Target, Breaches(limit, scope.Period), scope, limit.Of);
        if (Data.States.Count + Data.Checks.Count > 0 || (Data.ListsOutagesOnly && Data.Tickets.Count == 0))
        {
            var outages = SpanSet.Of(Lost(Shown(scope.Policy), scope)
                .Select(piece => new Span(piece.Start, piece.End)));
            return Counted(limit.Target, outages.Spans.Count, scope, limit.Of) is { } counted
                ? counted with
                {
                    Parts = [.. outages.Spans.Take(PartsMax)
                    .Select(span => new ExplanationPart("outage", "counts once", At(span.Start), At(span.End), 1))]
                }
                : null;
        }

        return Counted(limit.Target, TicketsOrEvents(scope), scope, limit.Of);
    }

    /// <summary>Missed cases of the ticket terms it rests on, and one for every other term that was missed.</summary>
    private long Breaches(Term.CountLimit limit, Span period) =>
        Context.Terms.Where(term => limit.RestsOn.Contains(term.Key))
        .Select(term => TermEvaluation.Of(new PreparedTerm(term, Context, [Data],
            new Interval(At(_horizon.Start), At(_horizon.End)), _asOf), period))
        .Sum(result => result.Missed > 0 ? result.Missed : result.Breached == true ? 1 : 0);

    private long? TicketsOrEvents(Scope scope)
    {
        if (Data.Tickets.Count > 0)
        {
            var opened = _made.Opened ??= [.. Data.Tickets.Select(row => row.Opened.ToUnixTimeSeconds()).Order()];
            return Below(opened, scope.Period.End) - Below(opened, scope.Period.Start);
        }

        return Data.Counts.Count > 0 ? Series(null).Within(scope.Counted).Total : null;
    }

    private static Outcome? Counted(Objective objective, long? count, Scope scope, string of) => count is not { } known
        ? null
        : new Outcome(new Attainment
        {
            Unit = of,
            Attained = new Fraction(known, 1),
            Good = new Fraction((long)Math.Min(known, objective.Target), 1),
            Total = new Fraction(known, 1),
            Worst = new Fraction(known, 1),
            Best = new Fraction(known, 1),
            Measured = scope.Counted.Total,
            Expected = scope.Counted.Total,
            IsGoodOverTotal = false,
        }, [])
        { IsShare = false, Missed = known };

    private static Attainment Bounded(long good, long total, long unknown, long excluded, string unit) => new()
    {
        Unit = unit,
        Good = new Fraction(good, 1),
        Total = new Fraction(total, 1),
        Unknown = new Fraction(unknown, 1),
        Excluded = new Fraction(excluded, 1),
        Attained = total > 0 ? new Fraction(good, total) : null,
        Worst = total + unknown > 0 ? new Fraction(good, total + unknown) : null,
        Best = total + unknown > 0 ? new Fraction(good + unknown, total + unknown) : null,
    };

    private static IEnumerable<Stretch> Lost(Timeline timeline, Scope scope) =>
        timeline.Inside(scope.Counted).Where(piece => piece.Loss > 0);

    private IEnumerable<ExplanationPart> Parts(Scope scope)
    {
        yield return new("policy",
            $"accounting policy {scope.Policy.Version}: {scope.Policy.Denominator}, missing data {scope.Policy.Missing}"
            .ToLowerInvariant());
        if (Term.Calendar is { } calendar)
            yield return new("calendar", $"service hours '{calendar}'", Amount: scope.Service.Total);
        foreach (var (exclusion, spans) in scope.Applied)
            foreach (var span in spans.Spans.Take(PartsMax))
                yield return new("excluded", exclusion.Key, At(span.Start), At(span.End), span.Length);
        foreach (var clause in Context.Exclusions.Concat(Term.Exclusions)
            .Where(clause => clause.CountsAgainst == CountsAgainst.Provider))
            yield return new("note", $"'{clause.Key}' counts against the provider and is not excluded");
    }

    /// <summary>A list of outages speaks for all time unless its source says what it covers.</summary>
    private IEnumerable<ExplanationPart> TakenAsUp(Scope scope)
    {
        const string words = "no outage is listed in this time, which is taken as up: 'covers' can say otherwise";
        if (!Data.ListsOutagesOnly) yield break;
        if (Term.Measure?.Source is { } key && Context.SourceCovers.ContainsKey(key)) yield break;
        var (start, end) = (At(scope.Period.Start), At(scope.Period.End));
        if (_listed.First is { } first && first > start)
            yield return new("note", words, start, Instant.Min(first, end));
        if (_listed.Last is { } last && last < end)
            yield return new("note", words, Instant.Max(last, start), end);
    }

    private static IEnumerable<ExplanationPart> Gaps(Timeline timeline, Scope scope) =>
        scope.Counted.Except(timeline.Covered()).Spans.Take(PartsMax)
            .Select(gap => new ExplanationPart("unknown", "no data", At(gap.Start), At(gap.End), gap.Length));

    /// <summary>The buckets in which most was lost: where to look first.</summary>
    private static IEnumerable<ExplanationPart> WorstBuckets(CountSeries series, Scope scope) =>
        series.Inside(scope.Counted)
        .Where(bucket => bucket.Good < bucket.Total)
        .OrderByDescending(bucket => bucket.Total - bucket.Good).ThenBy(bucket => bucket.Start).Take(10)
        .OrderBy(bucket => bucket.Start)
        .Select(bucket => new ExplanationPart("bad", $"{bucket.Total - bucket.Good} of {bucket.Total} bad",
            At(bucket.Start), At(bucket.Start + bucket.Length), bucket.Total - bucket.Good));
}
