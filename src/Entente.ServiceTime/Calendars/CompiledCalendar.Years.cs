using NodaTime;

namespace Entente.ServiceTime.Calendars;

/// <content>Compiling years on demand, and instants as numbers.</content>
public sealed partial class CompiledCalendar
{
    private static readonly long EarliestSecond = Earliest.ToUnixTimeSeconds();
    private static readonly long LatestSecond = Latest.ToUnixTimeSeconds();

    private OpenTable Covering(long from, long to)
    {
        var table = _table;
        return table is not null && table.From <= from && to < table.To ? table : Grown(from, to);
    }

    private OpenTable Grown(long from, long to)
    {
        lock (_growing)
        {
            var table = _table;
            if (table is not null && table.From <= from && to < table.To) return table;
            var (first, last) = (YearOf(from), YearOf(to) + 1);
            if (table is not null)
            {
                // Growing by half at least keeps the total cost of many small steps linear.
                var (knownFirst, knownEnd) = (YearOf(table.From), YearOf(table.To - 1) + 1);
                var step = (knownEnd - knownFirst + 1) / 2;
                first = first < knownFirst ? Math.Min(first, knownFirst - step) : knownFirst;
                last = last > knownEnd ? Math.Max(last, knownEnd + step) : knownEnd;
            }

            var start = YearStart(Math.Clamp(first, FirstYear, EndYear - 1));
            // One second more, so that the last known instant has a second of its own.
            var end = YearStart(Math.Clamp(last, FirstYear + 1, EndYear)) + (last >= EndYear ? 1 : 0);
            return _table = new OpenTable(start, end, Build(start, end));
        }
    }

    private OpenTable GrownToward(long second) => Grown(second, second);

    private List<Stretch> Build(long from, long to)
    {
        var open = new List<Stretch>();
        for (var i = 0; i < _versions.Count; i++)
        {
            var start = Math.Max(from, i == 0 ? from : _versions[i].From);
            var end = Math.Min(to, i == _versions.Count - 1 ? to : _versions[i + 1].From);
            if (start < end) open.AddRange(OpenTimes.Build(_versions[i].Definition, _versions[i].Zone, start, end));
        }

        return _versions.Count == 1 ? open : StretchList.Merge(open);
    }

    private static (long Second, int Nano) Split(Instant at)
    {
        var split = at.ToUnixTimeSecondsAndNanoseconds();
        if (split.Item1 < EarliestSecond || split.Item1 > LatestSecond) throw Unknown(at);
        return split;
    }

    private static (long Second, int Nano) Split(Duration target) =>
        (((long)target.Days * OpenHours.Day) + (target.NanosecondOfDay / 1_000_000_000),
            (int)(target.NanosecondOfDay % 1_000_000_000));

    private static Duration Seconds(long seconds, int nanos) =>
        nanos == 0 ? Duration.FromSeconds(seconds) : Duration.FromSeconds(seconds)
            + Duration.FromNanoseconds((long)nanos);

    private static Instant At(long second, int nano) =>
        nano == 0 ? Instant.FromUnixTimeSeconds(second) : Instant.FromUnixTimeSeconds(second).PlusNanoseconds(nano);

    private static long Second(Instant at) => at.ToUnixTimeSeconds();

    private static int YearOf(long second) => Instant.FromUnixTimeSeconds(second).InUtc().Year;

    private static long YearStart(int year) => Instant.FromUtc(year, 1, 1, 0, 0).ToUnixTimeSeconds();

    private static DateTimeZone ZoneOf(ServiceCalendar definition) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(definition.TimeZone)
        ?? throw new ArgumentException($"\"{definition.TimeZone}\" is no IANA time zone.", nameof(definition));

    private static ArgumentOutOfRangeException Unknown(Instant at) =>
        new(nameof(at), $"{at} is out of range: calendars know {Earliest} to {Latest}.");
}
