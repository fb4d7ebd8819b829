using System.Text.Json;
using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Forecasts;
using Entente.ServiceTime.Indicators;
using Entente.ServiceTime.Objectives;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>What one term attained in one period, before it is put into words.</summary>
internal sealed record Outcome(Attainment Attainment, IReadOnlyList<ExplanationPart> Parts)
{
    /// <summary>Lengths of the outages in counted time, in seconds.</summary>
    public IReadOnlyList<long> Outages { get; init; } = [];

    /// <summary>Cases that missed their limit.</summary>
    public long Missed { get; init; }

    /// <summary>True when the attained number is a share.</summary>
    public bool IsShare { get; init; } = true;
}

/// <summary>A term with its data made ready once, so that any number of periods and targets can be asked.</summary>
/// <remarks>Timelines and sums are built when first asked for, for each version of the policy.</remarks>
public sealed partial class PreparedTerm
{
    private readonly Made _made = new();
    private readonly Term _unjudged;
    private readonly Selection _selection;
    private readonly Span _horizon;
    private readonly Instant _asOf;
    private readonly (Instant? First, Instant? Last) _listed;

    /// <param name="horizon">Everything that will be asked lies in it.</param>
    /// <param name="asOf">A clock that still runs is read now; none takes the end of the data.</param>
    public PreparedTerm(Term term, MeasuringContext context, IReadOnlyList<Measurements> data, Interval horizon,
        Instant? asOf = null)
    {
        (Term, Context, _unjudged) = (term, context, Unjudged(term));
        _horizon = Span.Between(horizon.Start, horizon.End);
        _selection = Preparation.Select(term, context, data);
        var lists = data.Where(one => one.ListsOutagesOnly).ToArray();
        _listed = (lists.Min(one => one.First), lists.Max(one => one.Last));
        _asOf = asOf ?? (data.Max(one => one.Last) is { } last ? Instant.Min(last, horizon.End) : horizon.End);
        if (asOf is null && term is Term.TicketClock && data.Max(one => one.Last) is { } end) _asOf = end;
    }

    private PreparedTerm(PreparedTerm other, Term term)
    {
        (Term, Context, _selection, _horizon, _asOf) =
            (term, other.Context, other._selection, other._horizon, other._asOf);
        (_made, _listed, _unjudged) = (other._made, other._listed, Unjudged(term));
    }

    /// <summary>What was made of the data, for every version of the term: it is made when first asked for.</summary>
    private sealed class Made
    {
        public Dictionary<string, Timeline> Timelines { get; } = [];

        public Dictionary<long, CountSeries> Series { get; } = [];

        public Dictionary<string, Exclusion[]> Excluded { get; } = [];

        public Dictionary<(ClockKind, CaseBelongs), CaseList> Cases { get; } = [];

        public Dictionary<(Term, Span), Outcome?> Outcomes { get; } = [];

        public long[]? Opened { get; set; }
    }

    public Term Term { get; }

    public MeasuringContext Context { get; }

    /// <summary>The same data for the same term with another value: nothing is read or summed again.</summary>
    /// <remarks>A term that was read from the ledger again measures the same by other lists of the same words.</remarks>
    public PreparedTerm With(Term term) =>
        term.Key == Term.Key && (term.Measure == Term.Measure || Spelt(term) == Spelt(Term)) ? new(this, term)
        : throw new ArgumentException("Only the value of a prepared term may change.", nameof(term));

    private static string Spelt(Term term) => JsonSerializer.Serialize(term.Measure, Json.Options);

    /// <summary>Good and total of each day of a span, for drawing histories again.</summary>
    public DayTally[] Days(Interval history)
    {
        List<DayTally> days = [];
        for (var start = history.Start; start + Duration.FromDays(1) <= history.End; start += Duration.FromDays(1))
        {
            if (Attained(Span.Between(start, start + Duration.FromDays(1))) is not { } outcome) return [];
            days.Add(new DayTally((double)outcome.Attainment.Good.ToDecimal(4),
                (double)outcome.Attainment.Total.ToDecimal(4)));
        }

        return [.. days];
    }

    /// <summary>Whether another version of the term counts alike what is good, whatever it promises of it.</summary>
    internal bool IsMeasuredAs(PreparedTerm other) => _unjudged == other._unjudged;

    internal IReadOnlyList<string> Trouble => _selection.Trouble;

    internal Measurements Data => _selection.Data;

    /// <summary>What was attained in a span, without the words: known at once when another version was asked.</summary>
    internal Outcome? Attained(Span period) => _made.Outcomes.TryGetValue((_unjudged, period), out var known) ? known
        : _made.Outcomes[(_unjudged, period)] = Attain(period, explain: false);

    /// <summary>A term without what it is judged by: its target takes no part in what is attained.</summary>
    private static Term Unjudged(Term term) => term switch
    {
        Term.Availability one => one with { Target = Objective.All, Credit = null },
        Term.EventRatio one => one with { Target = Objective.All, Credit = null },
        Term.Latency one => one with { Target = Objective.All, Credit = null },
        Term.TicketClock one => one with { Target = null, Credit = null },
        _ => term,
    };

    internal Outcome? Attain(Span period, bool explain = true)
    {
        var policy = Context.PolicyAt(Instant.FromUnixTimeSeconds(period.Start));
        var calendar = Context.CalendarOf(Term);
        Scope Scoped() => new(period, Scope.Hours(calendar, period),
            [.. Context.ExclusionsOf(Term, period),
                .. Excluded(policy)], policy);
        return Term switch
        {
            Term.Availability availability => Availability(availability, Scoped(), explain),
            Term.EventRatio ratio => Events(ratio.Slicing, Scoped(), threshold: null, explain),
            Term.Latency latency => Events(null, Scoped(), latency.Threshold.ToInt64Nanoseconds() / 1000, explain),
            Term.TicketClock clock => Tickets(clock, period, policy, calendar ?? CompiledCalendar.Always, explain),
            Term.Workload workload => Counted(workload.Limit, TicketsOrEvents(Scoped()), Scoped(), workload.Of),
            Term.CountLimit limit => CountLimit(limit, Scoped()),
            Term.Survey survey => Survey(survey, Scoped()),
            _ => null,
        };
    }

    /// <summary>The states as the policy shows them, outages that are too short to count left out.</summary>
    private Timeline Shown(AccountingPolicy policy)
    {
        if (_made.Timelines.TryGetValue(policy.Version, out var timeline)) return timeline;
        return _made.Timelines[policy.Version] = Preparation.States(Term, Context, _selection, policy, _horizon)
            .WithoutOutagesShorterThan((long)policy.OutageMin.TotalSeconds);
    }

    private Exclusion[] Excluded(AccountingPolicy policy)
    {
        if (_made.Excluded.TryGetValue(policy.Version, out var excluded)) return excluded;
        return _made.Excluded[policy.Version] =
            [.. Preparation.Excluded(Term, Context, _selection, policy, _horizon)];
    }

    private Outcome Availability(Term.Availability term, Scope scope, bool explain)
    {
        if (Data is { States.Count: 0, Checks.Count: 0, Counts.Count: > 0 }) return Events(term.Slicing, scope,
            threshold: null, explain);
        var timeline = Shown(scope.Policy);
        var slices = SlicesOf(term.Slicing);
        if (Term.Measure?.Combine is { Kind: CombinationKind.Worst }
            && _selection.Series.Count > 1) return WorstMember(term, scope, slices);
        var result = TimeAttainment.Of(timeline, scope, slices);
        var outages = Lost(timeline, scope).ToArray();
        return new Outcome(result, explain
            ? [.. Parts(scope), .. TakenAsUp(scope), .. outages.Take(PartsMax).Select(Part),
                .. Gaps(timeline, scope)] : [])
        {
            Outages = [.. ServiceTime.Accounting.SpanSet.Of(outages.Select(o => new Span(o.Start, o.End))).Spans.Select(
                span => span.Length)],
        };

        ExplanationPart Part(Stretch outage) => new("outage", outage.Label ?? "down", At(outage.Start), At(outage.End),
            (decimal)(outage.End - outage.Start) * outage.Loss / timeline.Scale);
    }

    private Outcome WorstMember(Term.Availability term, Scope scope, Slices? slices)
    {
        var members = _selection.Series.Select(name => (Name: name, Outcome: new PreparedTerm(
            term with { Measure = term.Measure! with { Series = [name], Combine = null } }, Context, [Data],
                new Interval(At(_horizon.Start), At(_horizon.End)))
            .Availability(term with { Measure = term.Measure! with { Series = [name], Combine = null } }, scope,
                explain: true))).ToArray();
        var worst = members.MinBy(member => member.Outcome.Attainment.Attained is { } attained ? attained.ToDecimal(18)
            : 2m);
        return worst.Outcome with
        {
            Parts =
            [new("note", $"the worst of {members.Length} members is {worst.Name}"), .. worst.Outcome.Parts]
        };
    }

    private Outcome Events(Slicing? slicing, Scope scope, long? threshold, bool explain)
    {
        var series = Series(threshold);
        var slices = SlicesOf(slicing);
        if (Term.Measure?.Combine is { Kind: CombinationKind.Weighted or CombinationKind.Worst } combine
            && threshold is null
            && Data.Counts.Select(row => row.Series).Distinct(StringComparer.OrdinalIgnoreCase)
                .ToArray() is { Length: > 1 } names)
            return OfMembers(combine, names, scope, slices);
        var result = EventAttainment.Of(series, scope, slices);
        if (!explain) return new Outcome(result, []);
        List<ExplanationPart> parts = [.. Parts(scope)];
        if (result.Measured < result.Expected)
            parts.Add(new("unknown", "no data for part of the time", Amount: result.Expected - result.Measured));
        return new Outcome(result, [.. parts, .. WorstBuckets(series, scope)]);
    }

    /// <summary>Several series of events: the weighted mean of their shares, or the worst of them.</summary>
    private Outcome OfMembers(Combination combine, string[] names, Scope scope, Slices? slices)
    {
        var members = names.Select(name => (Name: name, Result: EventAttainment.Of(
            new CountSeries(Data.Counts.Where(row => Preparation.Is(row.Series, name)).Select(row => row.Bucket)),
                scope, slices))).ToArray();
        var known = members.Where(member => member.Result.Attained is not null).ToArray();
        if (known.Length == 0) return new Outcome(members[0].Result, [.. Parts(scope)]);
        if (combine.Kind == CombinationKind.Worst)
        {
            var worst = known.MinBy(member => member.Result.Attained!.Value.ToDecimal(18));
            return new Outcome(worst.Result,
                [new("note", $"the worst of {names.Length} members is {worst.Name}"), .. Parts(scope)]);
        }

        var weights = known.Sum(member => Preparation.Weight(combine, member.Name));
        var mean = known.Aggregate(Fraction.Zero, (sum, member) =>
            sum + member.Result.Attained!.Value * new Fraction(Preparation.Weight(combine, member.Name), weights));
        var all = EventAttainment.Of(Series(null), scope, slices);
        return new Outcome(all with { Attained = mean, IsGoodOverTotal = false, Worst = mean, Best = mean },
            [.. known.Select(m => new ExplanationPart("note",
                $"{m.Name}: {Figure.Of(m.Result.Attained, true)!.Label}, weight {Preparation.Weight(combine, m.Name) / 1000m}")),
                .. Parts(scope)]);
    }

    private CountSeries Series(long? threshold)
    {
        if (_made.Series.TryGetValue(threshold ?? -1, out var series)) return series;
        if (threshold is null && Data.Counts is SeriesCounts { Count: > 0 } own) return own.Sums;
        IEnumerable<CountBucket> buckets = threshold is { } limit
            ? new LatencySeries([.. Data.Values.Select(row =>
                new LatencySample(row.At.ToUnixTimeSeconds(), Math.Max(1, (long)row.Length.TotalSeconds),
                    (long)row.Value, row.Count, row.Low is { } low ? (long)low : null)),
                .. Data.Checks.Where(row => row.Micros is not null)
                    .Select(row => new LatencySample(row.At.ToUnixTimeSeconds(), 1, row.Micros!.Value))])
                .At(limit).Buckets
            : Data.Counts.Count > 0 ? Data.Counts.Select(row => row.Bucket) : Data.Checks.Where(row => !row.IsRetry)
                .Select(OfCheck);
        return _made.Series[threshold ?? -1] = new CountSeries(buckets);
    }

    private CountBucket OfCheck(CheckRow row)
    {
        var policy = Context.PolicyAt(row.At);
        var down = (Term.Measure?.Down ?? policy.Down).Contains(row.State, StringComparer.OrdinalIgnoreCase);
        var unknown = policy.Unknown.Contains(row.State, StringComparer.OrdinalIgnoreCase);
        return new CountBucket(row.At.ToUnixTimeSeconds(), 1, down || unknown ? 0 : 1, unknown ? 0 : 1, unknown ? 1
            : 0);
    }

    private static Slices? SlicesOf(Slicing? slicing) => slicing is null ? null : new Slices(
        slicing.Kind == SlicingKind.Timeslices ? Budgeting.Timeslices : Budgeting.RatioTimeslices,
        Math.Max(1, (long)slicing.Length.TotalSeconds), Fraction.From(slicing.Target?.Value ?? 0m));

    private static Instant At(long second) => Instant.FromUnixTimeSeconds(second);
}
