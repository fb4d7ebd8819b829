using System.Collections.Immutable;
using NodaTime;

namespace Entente.ServiceTime.Discovery;

/// <summary>The whole search on one set of cases: wide on few of them, fine on more, dates on all.</summary>
/// <remarks>The rules <paramref name="known"/> from other groups are tried first.</remarks>
internal sealed class Explorer(CaseTable table, Func<CaseTable, Yardstick> yardstick, DateTimeZone logZone,
    IReadOnlyList<Rule> known, Action<double>? progress)
{
    private const int WideCases = 1_000;
    private const int FineCases = 3_000;
    private const int Clocks = 5;

    private static readonly string[] s_waitingWords =
        ["wait", "pend", "hold", "suspend", "await", "sleep", "paus", "customer", "vendor", "third", "defer", "block"];

    private readonly long _from = table.Times.SelectMany(column => column).Where(time => time != CaseTable.Missing)
        .DefaultIfEmpty().Min();
    private readonly long _to = table.Times.SelectMany(column => column).Where(time => time != CaseTable.Missing)
        .DefaultIfEmpty().Max();

    /// <summary>The rule that makes the shortest story of these cases.</summary>
    public Rule? Find(Func<int, int[]> sample)
    {
        var zones = ZoneShift.Candidates(logZone, _from, _to);
        var (few, some, whole) = (Part(sample(WideCases)), Part(sample(FineCases)), Try(table));
        var clocks = WideSearch.Clocks(Try(few), zones[0], Waiting(), Clocks);
        if (clocks.Count == 0) return null;
        progress?.Invoke(0.2);
        var fine = Try(some);
        var weeks = clocks.AsParallel().AsOrdered().SelectMany(clock => WideSearch.Weeks(Try(few), clock, 4))
            .AsSequential()
            .Concat(known).OrderBy(fine.Cost).Take(4).ToList();
        progress?.Invoke(0.4);
        var rule = weeks.AsParallel().AsOrdered().Select(week => FineSearch.ClimbPlainly(Try(some), week))
            .AsSequential()
            .MinBy(whole.Cost)!;
        rule = FineSearch.Pauses(fine, FineSearch.Clock(fine, rule));
        rule = Sharpen(whole, rule);
        progress?.Invoke(0.6);
        rule = ZoneSearch.Find(Focus(whole, rule), rule, zones);
        if (!known.Any(other => other.Week.Key == rule.Week.Key && other.Zone.Id == rule.Zone.Id))
            rule = ZoneSearch.Name(rule, zones[0], _from, _to);
        progress?.Invoke(0.7);
        return Settle(whole, rule);
    }

    /// <summary>Dates and hours by turns, for a date that is closed can look like an hour that is.</summary>
    private Rule Settle(Trial whole, Rule rule)
    {
        for (var turn = 0; turn < 2; turn++)
        {
            var closed = HolidaySearch.Add(whole, rule);
            progress?.Invoke(0.8 + (0.1 * turn));
            if (ReferenceEquals(closed, rule)) break;
            rule = Sharpen(whole, closed);
        }

        return HolidaySearch.Prune(whole, HolidaySearch.Add(whole, rule));
    }

    /// <summary>Climbs on the cases that tell most under the rule so far, as long as the whole agrees.</summary>
    private Rule Sharpen(Trial whole, Rule rule)
    {
        for (var turn = 0; turn < 3; turn++)
        {
            var focus = Focus(whole, rule);
            var better = FineSearch.Pauses(focus, FineSearch.Climb(focus, rule));
            if (ReferenceEquals(better, rule) || whole.Cost(better) >= whole.Cost(rule)) return rule;
            rule = better;
        }

        return rule;
    }

    private Trial Focus(Trial whole, Rule rule)
    {
        var target = whole.Rate(rule).Target;
        return Try(Part(whole.Yardstick.Telling(whole.Elapsed(rule), target, FineCases)));
    }

    private CaseTable Part(int[] rows) => rows.Length == table.Count ? table : table.Subset(rows);

    private Trial Try(CaseTable part) => new(part, yardstick(part), known);

    private ImmutableSortedSet<int> Waiting() => [.. table.StateNames.Select((name, state) => (name, state))
        .Where(entry => s_waitingWords.Any(word => entry.name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        .Select(entry => entry.state)];
}
