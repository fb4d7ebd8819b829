namespace Entente.ServiceTime.Discovery;

/// <summary>
/// Finds the daylight saving a calendar follows, and among zones that run alike the one people would name.
/// </summary>
internal static class ZoneSearch
{
    private const int Tried = 3;
    private const double UsualMiddle = 13 * 60;

    public static Rule Find(Trial trial, Rule rule, IReadOnlyList<ZoneShift> zones)
    {
        if (rule.Week.IsAlways) return rule with { Zone = zones[0] };
        var tried = zones.Where(zone => !ReferenceEquals(zone, rule.Zone)).SelectMany(zone => InZone(rule, zone))
            .OrderBy(trial.Cost).Take(Tried).Select(other => FineSearch.ClimbPlainly(trial, other));
        return tried.Append(rule).MinBy(trial.Cost)!;
    }

    /// <remarks>
    /// 08:00 in one zone is 09:00 in the next, and no clock can tell which was meant. A day whose middle is near 13:00
    /// is taken for the local one; the log's own zone keeps any ordinary day, and a night stays where it was found.
    /// </remarks>
    public static Rule Name(Rule rule, ZoneShift logZone, long from, long to)
    {
        if (rule.Week.IsAlways || (Oddness(rule.Week) <= 150 && ReferenceEquals(rule.Zone, logZone))) return rule;
        var alike = rule.Zone.Alike(from, to)
            .Select(zone => (Zone: zone, Moved: rule.Week.Moved((zone.FirstOffset - rule.Zone.FirstOffset) / 60)))
            .Where(entry => entry.Moved is { } moved && moved.Week.Days.All(day => day.IsEmpty || day[^1].To <= 1440))
            .Select(entry => rule with { Zone = entry.Zone, Week = entry.Moved!.Value.Week })
            .Append(rule);
        return alike.MinBy(other => Oddness(other.Week))!;
    }

    private static IEnumerable<Rule> InZone(Rule rule, ZoneShift zone)
    {
        foreach (var more in (int[])[0, 60, -60])
            if (rule.Week.Moved(((zone.FirstOffset - rule.Zone.FirstOffset) / 60) + more) is { } moved)
                yield return rule with { Zone = zone, Week = moved.Week };
    }

    private static double Oddness(WeekHours week)
    {
        var open = week.Days.Where(day => day.Length > 0).ToList();
        if (open.Count == 0) return double.MaxValue;
        return open.Average(day => day is [{ From: 0, To: 1440 }] ? 0
            : Math.Abs(((day[0].From + day[^1].To) / 2.0) - UsualMiddle) + (day[^1].To > 1440 ? 600 : 0));
    }
}
