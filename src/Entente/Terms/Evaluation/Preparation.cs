using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Indicators;
using NodaTime;

namespace Entente.Terms.Evaluation;

/// <summary>The rows that a term is measured by, and why there may be none.</summary>
/// <param name="Series">Names of the series that were taken.</param>
/// <param name="Trouble">What is missing or odd, in a sentence.</param>
internal sealed record Selection(Measurements Data, IReadOnlyList<string> Series, IReadOnlyList<string> Trouble);

/// <summary>From a term and everything measured to the rows that are the term's.</summary>
internal static class Preparation
{
    public static Selection Select(Term term, MeasuringContext context, IReadOnlyList<Measurements> data)
    {
        List<string> trouble = [];
        var file = term.Measure?.Source is { } source ? context.SourceFiles.GetValueOrDefault(source) : null;
        var files = file is null ? data : [.. data.Where(one => Matches(one.Name, file))];
        if (file is not null && files.Count == 0)
        {
            trouble.Add(
                $"no data file matches '{file}' of the source '{term.Measure!.Source}'; all files were searched");
            files = data;
        }

        var names = Names(term, files, trouble);
        var where = term.Measure?.Where ?? new Dictionary<string, IReadOnlyList<string>>();
        var keep = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        // The usual case of evidence: one feed with one series, all of it.
        if (files is [{ Tickets.Count: 0 } only] && where.Count == 0
            && only.Series.All(keep.Contains)) return new Selection(only, names, trouble);
        // Where tickets are counted, nothing else of the history is read.
        var onlyTickets = term is Term.TicketClock or Term.Workload && files.Any(one => one.Tickets.Count > 0);
        return new Selection(new Measurements
        {
            Counts = onlyTickets ? [] : files is [var single] && where.Count == 0 && keep.Count == 1
                ? MeasuredIndex.Of(single).Counts(single, names[0])
                : [.. files.SelectMany(one => CountsOf(one, keep)).Where(row => row.Fields.Match(where))],
            States = [.. files.SelectMany(one => one.States)
                .Where(row => keep.Contains(row.Series) && row.Fields.Match(where))],
            Checks = onlyTickets ? [] : [.. files.SelectMany(one => ChecksOf(one, keep))
                .Where(row => row.Fields.Match(where))],
            Values = onlyTickets ? [] : [.. files.SelectMany(one => one.Values)
                .Where(row => keep.Contains(row.Series) && row.Fields.Match(where))],
            Tickets = [.. files.SelectMany(one => one.Tickets).Where(row => OfTerm(row, term, where))],
            ListsOutagesOnly = files.Any(one => one is { ListsOutagesOnly: true, States.Count: > 0 })
                && files.All(one => one.States.Count == 0 || one.ListsOutagesOnly),
        }, names, trouble);
    }

    /// <summary>The counts of some series. Those of one stand in an index; those of several are taken in their
    /// order.</summary>
    private static IEnumerable<CountRow> CountsOf(Measurements file, HashSet<string> keep) =>
        keep.Count == 1 ? MeasuredIndex.Of(file).Counts(file, keep.First())
            : file.Counts.Where(row => keep.Contains(row.Series));

    private static IEnumerable<CheckRow> ChecksOf(Measurements file, HashSet<string> keep) =>
        keep.Count == 1 ? MeasuredIndex.Of(file).Checks(file, keep.First())
            : file.Checks.Where(row => keep.Contains(row.Series));

    /// <summary>Named series; else those of the service, then of the key; else the only one there is.</summary>
    private static IReadOnlyList<string> Names(Term term, IReadOnlyList<Measurements> files, List<string> trouble)
    {
        var present = files.SelectMany(one => one.Series).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (term.Measure is { Series: not [] and var asked })
        {
            var outagesOnly = files.Any(one => one.ListsOutagesOnly);
            foreach (var name in asked.Where(name => !present.Contains(name, StringComparer.OrdinalIgnoreCase)
                && present.Length > 0))
                trouble.Add(outagesOnly ? $"no outage of '{name}' is listed"
                    : $"no data for the series '{name}'; there are: {string.Join(", ", present.Take(20))}");
            return asked;
        }

        foreach (var name in new[] { term.Service, term.Key }.OfType<string>())
            if (present.FirstOrDefault(one =>
                string.Equals(one, name, StringComparison.OrdinalIgnoreCase)) is { } found) return [found];
        if (present.Length > 1 && term is not (Term.TicketClock or Term.Workload or Term.CountLimit))
            trouble.Add(
                $"the term names no series, and none is called like its service or key; there are: {string.Join(", ", present.Take(20))}");
        return present.Length == 1 || term is Term.TicketClock or Term.Workload or Term.CountLimit ? present : [];
    }

    private static bool OfTerm(TicketRow row, Term term, IReadOnlyDictionary<string, IReadOnlyList<string>> where) =>
        row.Fields.Match(where)
        && (term is not Term.TicketClock { Priorities: not [] and var priorities }
            || priorities.Contains(row.Priority ?? "", StringComparer.OrdinalIgnoreCase))
        && (term.Measure is not { Series: not [] and var series } || row.Series is null
            || series.Contains(row.Series, StringComparer.OrdinalIgnoreCase));

    private static bool Matches(string name, string pattern)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1) return name.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        return name.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)
            && name.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase)
            && name.Length >= parts[0].Length + parts[^1].Length;
    }

    /// <summary>One timeline from states and checks, as the policy and the term read them.</summary>
    public static Timeline States(Term term, MeasuringContext context, Selection selection, AccountingPolicy policy,
        Span horizon)
    {
        var data = selection.Data;
        var covers = term.Measure?.Source is { } source && context.SourceCovers.TryGetValue(source, out var interval)
            ? Span.Between(interval.Start, interval.End) : horizon;
        var members = selection.Series.Select(name => Member(name)).ToArray();
        return members.Length == 0 ? Timeline.Of([]) : Combine(term.Measure?.Combine, members, selection.Series);

        Timeline Member(string name)
        {
            var checks = data.Checks.Where(row => Is(row.Series, name)).ToArray();
            var rows = data.States.Where(row => Is(row.Series, name)).ToArray();
            var observed = checks.Length == 0 ? null
                : Checks.States(checks.Select(row => new Check(row.At.ToUnixTimeSeconds(),
                Loss(term, policy, row.State), row.Place, row.IsRetry, row.Micros, row.State)), policy);
            if (rows.Length == 0 && !data.ListsOutagesOnly) return observed ?? Timeline.Of([]);
            var stretches = rows.Select(row => new Stretch(row.Start.ToUnixTimeSeconds(),
                Math.Min(row.End?.ToUnixTimeSeconds() ?? long.MaxValue, horizon.End), Loss(term, policy, row.State),
                    Label(row)));
            // What a list of outages does not name is up, as far as the source speaks.
            var said = data.ListsOutagesOnly ? Timeline.Of(stretches.Append(new Stretch(
                Math.Max(covers.Start, horizon.Start), Math.Min(covers.End, horizon.End), 0))) : Timeline.Of(stretches);
            return observed is null ? said : said.Over(observed);
        }
    }

    public static bool Is(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static Timeline Combine(Combination? combine, Timeline[] members, IReadOnlyList<string> names)
    {
        var late = (LateMemberPolicy)(combine?.Late ?? LateMember.Unknown);
        return combine?.Kind switch
        {
            CombinationKind.Parallel => Composite.Parallel(members, late),
            CombinationKind.KOfN => Composite.KOfN(members, combine.K ?? members.Length, late),
            CombinationKind.Weighted => Composite.Weighted(members, [.. names.Select(name => Weight(combine, name))],
                late),
            _ => members.Length == 1 ? members[0] : Composite.Serial(members, late),
        };
    }

    /// <remarks>Weights are taken to a thousandth, so that they stay whole numbers.</remarks>
    public static long Weight(Combination combine, string name) =>
        (long)((combine.Weights?.FirstOrDefault(pair => Is(pair.Key, name)) is { Key: not null } pair ? pair.Value
            : 1m) * 1000m);

    private static string Label(StateRow row) =>
        row.Id is null ? row.State : row.Fields.Find("title") is { } title ? $"{row.State}: {title} ({row.Id})"
            : $"{row.State} ({row.Id})";

    /// <summary>What a state takes away of each second: the term's own words first, then the policy's.</summary>
    private static long Loss(Term term, AccountingPolicy policy, string state)
    {
        state = state.ToLowerInvariant();
        if (term.Measure is { } measure)
        {
            if (Find(measure.Weights, state) is { } own) return (long)(own * Timeline.WeightScale);
            if (measure.Down is { } down)
                return down.Contains(state, StringComparer.OrdinalIgnoreCase) ? Timeline.WeightScale : IsUnknown()
                    ? Stretch.Unknown : 0;
        }

        if (policy.Down.Contains(state, StringComparer.OrdinalIgnoreCase)) return Timeline.WeightScale;
        if (Find(policy.Degraded, state) is { } share) return (long)(share * Timeline.WeightScale);
        return IsUnknown() ? Stretch.Unknown : 0;

        bool IsUnknown() => policy.Unknown.Contains(state, StringComparer.OrdinalIgnoreCase);
    }

    private static decimal? Find(IReadOnlyDictionary<string, decimal> weights, string state) =>
        weights.FirstOrDefault(pair => Is(pair.Key, state)) is { Key: not null } pair ? pair.Value : null;

    /// <summary>Time that rows of the data exclude: planned work, and what exclusions match by fields.</summary>
    public static IEnumerable<ServiceTime.Objectives.Exclusion> Excluded(
        Term term, MeasuringContext context, Selection selection, AccountingPolicy policy, Span horizon)
    {
        var planned = selection.Data.States.Where(row =>
            policy.Maintenance.Contains(row.State, StringComparer.OrdinalIgnoreCase));
        yield return new("maintenance", SpanSet.Of(planned.Select(Time)));
        foreach (var clause in context.ExcludedRows(term))
        {
            var rows = selection.Data.States.Where(row => row.Fields.Match(clause.Where!)).Select(Time);
            yield return new(clause.Key, SpanSet.Of(rows), MeasuringContext.MaxOf(clause));
        }

        Span Time(StateRow row) => new(row.Start.ToUnixTimeSeconds(),
            Math.Min(row.End?.ToUnixTimeSeconds() ?? long.MaxValue, horizon.End));
    }
}
