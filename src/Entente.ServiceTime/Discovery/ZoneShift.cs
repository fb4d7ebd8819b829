using NodaTime;
using NodaTime.TimeZones;

namespace Entente.ServiceTime.Discovery;

/// <summary>A way in which local time runs against UTC over the time a log covers.</summary>
internal sealed class ZoneShift
{
    /// <summary>
    /// Zones where many people work, by rough number of them; each rule of daylight saving is among them.
    /// </summary>
    private static readonly string[] s_peopled =
    [
        "Europe/Berlin", "America/New_York", "Europe/London", "America/Chicago", "America/Los_Angeles", "Europe/Athens",
        "America/Denver", "America/Sao_Paulo", "Australia/Sydney", "America/Mexico_City", "Africa/Cairo", "Asia/Tehran",
        "America/Santiago", "Asia/Jerusalem", "Asia/Beirut", "Pacific/Auckland", "Australia/Adelaide",
            "America/Halifax",
        "America/Asuncion", "Africa/Casablanca", "America/Havana", "America/St_Johns", "Atlantic/Azores", "Asia/Amman",
        "Asia/Damascus", "Asia/Gaza", "Europe/Chisinau", "America/Anchorage", "Australia/Lord_Howe", "Pacific/Chatham",
    ];

    private readonly long[] _since;
    private readonly int[] _offsets;

    private ZoneShift(string id, long[] since, int[] offsets, double bits) =>
        (Id, _since, _offsets, Bits) = (id, since, offsets, bits);

    public string Id { get; }

    /// <summary>
    /// What it costs to name this zone: nothing for the log's own, more for one that must be searched.
    /// </summary>
    public double Bits { get; }

    public bool IsFixed => _offsets.Length == 1;

    /// <summary>Seconds ahead of UTC at the begin of the log.</summary>
    public int FirstOffset => _offsets[0];

    public static ZoneShift Of(DateTimeZone zone, long from, long to, double bits)
    {
        var intervals = zone.GetZoneIntervals(CaseTable.At(from), CaseTable.At(to + 1)).ToList();
        return new(zone.Id, [.. intervals.Select(Begin)],
            [.. intervals.Select(interval => interval.WallOffset.Seconds)], bits);
    }

    /// <summary>A zone that is some whole hours ahead of UTC for ever.</summary>
    public static ZoneShift Fixed(int hours)
    {
        var id = hours == 0 ? "UTC" : $"Etc/GMT{(hours > 0 ? "-" : "+")}{Math.Abs(hours)}";
        return new(id, [long.MinValue], [hours * 3600], bits: 5);
    }

    /// <summary>
    /// The log's own zone first, then UTC, then one zone for each different way of daylight saving in this time.
    /// </summary>
    public static IReadOnlyList<ZoneShift> Candidates(DateTimeZone logZone, long from, long to)
    {
        List<ZoneShift> candidates = [Of(logZone, from, to, bits: 0)];
        var bits = Math.Log2(s_peopled.Length) + 1;
        IEnumerable<ZoneShift> others = s_peopled.Select(id => Of(DateTimeZoneProviders.Tzdb[id], from, to, bits))
            .Where(zone => !zone.IsFixed)
            .Prepend(Of(DateTimeZone.Utc, from, to, bits: 1));
        foreach (var other in others)
            if (!candidates.Any(known => known.RunsLike(other))) candidates.Add(other);
        return candidates;
    }

    /// <summary>Zones that differ from this one by a constant only: the hours of the day name the better one.</summary>
    public IEnumerable<ZoneShift> Alike(long from, long to) => IsFixed
        ? Enumerable.Range(-12, 27).Select(Fixed)
        : s_peopled.Select(id => Of(DateTimeZoneProviders.Tzdb[id], from, to, Bits)).Where(RunsLike);

    public bool RunsLike(ZoneShift other) =>
        _offsets.Length == other._offsets.Length
        && _offsets.Zip(other._offsets, (one, two) => one - two).Distinct().Count() == 1
        && _since.Zip(other._since, (one, two) => Math.Abs(one / 3600.0 - two / 3600.0)).Skip(1)
            .All(hours => hours < 24);

    public long[] Local(long[] times)
    {
        if (_offsets.Length == 1) return _offsets[0] == 0 ? times : [.. times.Select(time => time + _offsets[0])];
        return [.. times.Select(Local)];
    }

    public long Local(long time)
    {
        var at = _since.Length - 1;
        while (at > 0 && _since[at] > time) at--;
        return time + _offsets[at];
    }

    private static long Begin(ZoneInterval interval) => interval.HasStart ? CaseTable.Seconds(interval.Start)
        : long.MinValue;
}
