using NodaTime;

namespace Entente.ServiceTime.Calendars;

/// <summary>
/// The offsets of a zone over some years, as plain numbers: wall-clock seconds in, seconds of UTC out.
/// </summary>
/// <remarks>
/// A wall-clock time that a transition skips moves on by the length of the gap (02:30 becomes 03:30); one that occurs
/// twice
/// means the first. Midnight in a gap is the first instant of the day. This is NodaTime's lenient resolver with its
/// start of day.
/// </remarks>
internal sealed class ZoneOffsets
{
    private readonly long[] _start;
    private readonly long[] _end;
    private readonly int[] _offset;
    private int _hint;

    public ZoneOffsets(DateTimeZone zone, long fromSecond, long toSecond)
    {
        var intervals = zone.GetZoneIntervals(
            Instant.FromUnixTimeSeconds(fromSecond), Instant.FromUnixTimeSeconds(toSecond)).ToList();
        _start = [.. intervals.Select(i => i.HasStart ? i.Start.ToUnixTimeSeconds() : long.MinValue / 4)];
        _end = [.. intervals.Select(i => i.HasEnd ? i.End.ToUnixTimeSeconds() : long.MaxValue / 4)];
        _offset = [.. intervals.Select(i => i.WallOffset.Seconds)];
    }

    public long ToUtc(long localSecond)
    {
        var k = Find(localSecond);
        var utc = localSecond - _offset[k];
        if (utc >= _start[k] || k == 0) return utc;
        return localSecond % OpenHours.Day == 0 ? _start[k] : localSecond - _offset[k - 1];
    }

    /// <summary>Whether no instant has this local date: the zone crossed the date line.</summary>
    public bool Skips(long localMidnight)
    {
        var k = Find(localMidnight);
        return k > 0 && localMidnight + OpenHours.Day - _offset[k] <= _start[k];
    }

    /// <summary>
    /// First stretch that still lies ahead at this wall-clock time; asked for in rising order mostly, so walk.
    /// </summary>
    private int Find(long localSecond)
    {
        var k = _hint;
        while (k > 0 && localSecond - _offset[k - 1] < _end[k - 1]) k--;
        while (k < _end.Length - 1 && localSecond - _offset[k] >= _end[k]) k++;
        return _hint = k;
    }
}
