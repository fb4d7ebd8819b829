using System.Collections.Immutable;

namespace Entente.ServiceTime.Discovery;

/// <summary>One way in which the clock may have run: what starts, stops and pauses it, and when it rests.</summary>
internal sealed record Rule(
    int Start, int Stop, ImmutableSortedSet<int> Pauses, ZoneShift Zone, WeekHours Week,
        ImmutableSortedSet<int> Holidays)
{
    private const double HolidayBits = 9.5;
    private const double KnownBits = 2;

    /// <summary>Length of its description: a rule must save more exceptions than it costs to tell.</summary>
    /// <remarks>
    /// Of the rules <paramref name="known"/> from other groups: to say "the same week as theirs" is short.
    /// </remarks>
    public double Bits(CaseTable table, IReadOnlyList<Rule> known) =>
        Math.Log2(Start + 2) + Math.Log2(Stop + 2) + (Pauses.Count * (Math.Log2(table.StateNames.Length + 1) + 1))
        + (Holidays.Count * HolidayBits) + WeekBits(known);

    private double WeekBits(IReadOnlyList<Rule> known) =>
        known.FirstOrDefault(rule => rule.Week.Key == Week.Key && rule.Zone.Id == Zone.Id) is { } same
            ? KnownBits - (Holidays.SetEquals(same.Holidays) ? Holidays.Count * HolidayBits : 0)
            : Week.Bits + (Week.IsAlways && Holidays.IsEmpty ? 0 : Zone.Bits);
}

/// <summary>Tries rules on one set of cases.</summary>
internal sealed class Trial(CaseTable table, Yardstick yardstick, IReadOnlyList<Rule>? known = null)
{
    private readonly Dictionary<string, ActiveTime> _active = [];
    private readonly long[] _elapsed = new long[table.Count];

    public CaseTable Table => table;

    public Yardstick Yardstick => yardstick;

    public ActiveTime Active(Rule rule)
    {
        var key = $"{rule.Start},{rule.Stop},{string.Join('+', rule.Pauses)}";
        if (_active.TryGetValue(key, out var active)) return active;
        if (_active.Count > 200) _active.Clear();
        return _active[key] = ActiveTime.Of(table, rule.Start, rule.Stop, rule.Pauses);
    }

    /// <summary>Open seconds of every case; the array is the trial's own and holds until the next question.</summary>
    public long[] Elapsed(Rule rule)
    {
        Active(rule).Elapsed(new WeekTable(rule.Week, rule.Holidays), rule.Zone, _elapsed);
        return _elapsed;
    }

    public Fit Rate(Rule rule) => yardstick.Rate(Elapsed(rule), Active(rule).Lacks);

    public double Rough(Rule rule) => yardstick.Rough(Elapsed(rule), Active(rule).Lacks);

    /// <summary>Bits of the rule and of its exceptions together; the rule with the fewest is the finding.</summary>
    public double Cost(Rule rule) => Rate(rule).Bits + rule.Bits(table, known ?? []);
}
