using System.Collections.Immutable;

namespace Entente.ServiceTime.Discovery;

/// <summary>
/// Looks everywhere by whole hours: which events start and stop the clock, and roughly which week it runs in.
/// </summary>
internal static class WideSearch
{
    private static readonly WeekHours[] s_probes =
    [
        WeekHours.Always,
        .. Enumerable.Range(0, 4).Select(shift => WeekHours.Uniform(0b001_1111, shift * 360, 1440)),
        .. Enumerable.Range(0, 24).Select(hour => WeekHours.Uniform(0b001_1111, hour * 60, 600)),
    ];

    private static readonly int[] s_daySets =
        [0b111_1111, .. Rotations(0b001_1111), .. Rotations(0b011_1111), .. Rotations(0b000_1111)];

    /// <summary>
    /// The most telling pairs of start and stop, with and without the states that are named like waiting.
    /// </summary>
    public static List<Rule> Clocks(Trial trial, ZoneShift zone, ImmutableSortedSet<int> waiting, int most)
    {
        var table = trial.Table;
        var found = new List<(Rule Rule, double Score)>();
        foreach (var (start, stop) in Pairs(table))
        {
            foreach (var pauses in waiting.IsEmpty ? [waiting] : new[] { waiting.Clear(), waiting })
            {
                var plain = new Rule(start, stop, pauses, zone, WeekHours.Always, []);
                var best = s_probes.Min(week => trial.Rough(plain with { Week = week }));
                found.Add((plain, best * (1 + (0.0005 * (start + stop)))));
            }
        }

        return [.. found.OrderBy(entry => entry.Score).Take(most).Select(entry => entry.Rule)];
    }

    /// <summary>The best weeks of one window on the same days, by the hour.</summary>
    public static List<Rule> Weeks(Trial trial, Rule clock, int most)
    {
        var found = new List<(double Score, Rule Rule)> { Scored(WeekHours.Always) };
        foreach (var days in s_daySets)
            for (var from = 0; from < 24; from++)
                for (var length = 2; length <= 24; length++)
                    found.Add(Scored(WeekHours.Uniform(days, from * 60, length * 60)));
        var likely = found.OrderBy(entry => entry.Score).Take(most * 8).Select(entry => entry.Rule);
        return [.. likely.OrderBy(trial.Cost).Take(most)];

        (double, Rule) Scored(WeekHours week)
        {
            var rule = clock with { Week = week };
            return (trial.Rough(rule), rule);
        }
    }

    private static IEnumerable<(int Start, int Stop)> Pairs(CaseTable table)
    {
        for (var start = 0; start < table.Times.Length; start++)
            for (var stop = 0; stop < table.Times.Length; stop++)
                if (start != stop && Runs(table.Times[start], table.Times[stop])) yield return (start, stop);
    }

    /// <remarks>A stop that mostly lies before its start, or is nearly always missing, is none.</remarks>
    private static bool Runs(long[] start, long[] stop)
    {
        var (both, forward, apart) = (0, 0, 0);
        for (var row = 0; row < start.Length; row++)
        {
            if (start[row] == CaseTable.Missing || stop[row] == CaseTable.Missing) continue;
            both++;
            if (stop[row] >= start[row]) forward++;
            if (stop[row] > start[row]) apart++;
        }

        return both >= start.Length / 2 && forward >= both * 0.9 && apart >= both * 0.2;
    }

    private static IEnumerable<int> Rotations(int days) =>
        Enumerable.Range(0, 7).Select(shift => ((days << shift) | (days >> (7 - shift))) & 0b111_1111);
}
