using System.Collections.Immutable;

namespace Entente.ServiceTime.Discovery;

/// <summary>Finds the dates whose closing explains more than naming them costs, the most telling first.</summary>
internal static class HolidaySearch
{
    private const int Most = 80;
    private const int LongestDays = 400;

    public static Rule Add(Trial trial, Rule rule)
    {
        var cost = trial.Cost(rule);
        while (rule.Holidays.Count < Most)
        {
            var target = trial.Rate(rule).Target;
            var likely = Changes(trial, rule)
                .Select(day => (Day: day.Key, Gain: trial.Yardstick.Gain(trial.Elapsed(rule), target, day.Value)))
                .Where(day => day.Gain > 0).OrderByDescending(day => day.Gain).ThenBy(day => day.Day).Take(4).ToList();
            var better = likely.Select(day => rule with { Holidays = rule.Holidays.Add(day.Day) })
                .Select(closed => (Rule: closed, Cost: trial.Cost(closed))).Where(closed => closed.Cost < cost)
                    .ToList();
            if (better.Count == 0) return rule;
            (rule, cost) = better.MinBy(closed => closed.Cost);
        }

        return rule;
    }

    /// <summary>Takes away the dates that no longer pay.</summary>
    public static Rule Prune(Trial trial, Rule rule)
    {
        foreach (var day in rule.Holidays)
        {
            var without = rule with { Holidays = rule.Holidays.Remove(day) };
            if (trial.Cost(without) <= trial.Cost(rule)) rule = without;
        }

        return rule;
    }

    /// <summary>
    /// For each date what its closing takes away from each case; only cases not explained yet, or at risk, count.
    /// </summary>
    private static Dictionary<int, List<(int Row, long Less)>> Changes(Trial trial, Rule rule)
    {
        var changes = new Dictionary<int, List<(int, long)>>();
        var table = new WeekTable(rule.Week, rule.Holidays);
        var active = trial.Active(rule);
        for (var row = 0; row < active.Count; row++)
        {
            var (lastDay, sum) = (int.MinValue, 0L);
            foreach (var (from, to) in active.Stretches(row, rule.Zone))
            {
                var (first, last) = ((int)(from / 86_400), (int)((to - 1) / 86_400));
                if (last - first > LongestDays) continue;
                for (var day = first; day <= last; day++)
                {
                    var less = table.Within(day, from, to);
                    if (less == 0) continue;
                    if (day != lastDay) (lastDay, sum) = (day, 0);
                    sum += less;
                    Put(changes, day, row, sum);
                }
            }
        }

        return changes;
    }

    private static void Put(Dictionary<int, List<(int Row, long Less)>> changes, int day, int row, long less)
    {
        if (!changes.TryGetValue(day, out var list)) changes.Add(day, list = []);
        if (list.Count > 0 && list[^1].Row == row) list[^1] = (row, less);
        else list.Add((row, less));
    }
}
