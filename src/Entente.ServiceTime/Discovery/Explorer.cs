using System.Collections.Immutable;
using NodaTime;

namespace Entente.ServiceTime.Discovery;

/// <summary>The whole search on one set of cases: wide on few of them, fine on more, dates on all.</summary>
internal sealed class Explorer(CaseTable table, Func<CaseTable, Yardstick> yardstick, DateTimeZone logZone, Action<double>? progress)
{
    private const int WideCases = 1_200;
    private const int FineCases = 5_000;
    private const int Clocks = 5;

    private static readonly string[] s_waitingWords =
        ["wait", "pend", "hold", "suspend", "await", "sleep", "paus", "customer", "vendor", "third", "defer", "block"];

    private readonly long _from = table.Times.SelectMany(column => column).Where(time => time != CaseTable.Missing).DefaultIfEmpty().Min();
    private readonly long _to = table.Times.SelectMany(column => column).Where(time => time != CaseTable.Missing).DefaultIfEmpty().Max();

    /// <summary>The rule that makes the shortest story of these cases; <paramref name="earlier"/> rules of other groups are tried first.</summary>
    public Rule? Find(Func<int, int[]> sample, IReadOnlyList<Rule> earlier)
    {
        var zones = ZoneShift.Candidates(logZone, _from, _to);
        var wide = Try(sample(WideCases));
        var fine = Try(sample(FineCases));
        var clocks = WideSearch.Clocks(wide, zones[0], Waiting(), Clocks);
        if (clocks.Count == 0) return null;
        progress?.Invoke(0.2);
        var weeks = clocks.SelectMany(clock => WideSearch.Weeks(wide, clock, 4)).Concat(earlier).OrderBy(fine.Cost).Take(4).ToList();
        progress?.Invoke(0.4);
        var rule = weeks.Select(week => FineSearch.Climb(fine, week)).MinBy(fine.Cost)!;
        rule = FineSearch.Pauses(fine, FineSearch.Clock(fine, rule));
        progress?.Invoke(0.6);
        rule = ZoneSearch.Find(fine, FineSearch.Climb(fine, rule), zones);
        rule = ZoneSearch.Name(rule, zones[0], _from, _to);
        progress?.Invoke(0.7);
        return Settle(fine, rule);
    }

    /// <summary>Dates and hours by turns, for a date that is closed can look like an hour that is.</summary>
    private Rule Settle(Trial fine, Rule rule)
    {
        var whole = new Trial(table, yardstick(table));
        for (var turn = 0; turn < 2; turn++)
        {
            var before = rule;
            rule = HolidaySearch.Add(whole, rule);
            progress?.Invoke(0.8 + (0.1 * turn));
            rule = FineSearch.Pauses(fine, FineSearch.Climb(fine, rule));
            if (turn > 0 && rule == before) break;
        }

        return HolidaySearch.Prune(whole, HolidaySearch.Add(whole, rule));
    }

    private Trial Try(int[] rows)
    {
        var part = rows.Length == table.Count ? table : table.Subset(rows);
        return new(part, yardstick(part));
    }

    private ImmutableSortedSet<int> Waiting() => [.. table.StateNames.Select((name, state) => (name, state))
        .Where(entry => s_waitingWords.Any(word => entry.name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        .Select(entry => entry.state)];
}
