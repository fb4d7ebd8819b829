using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using NodaTime;

namespace Entente.ServiceTime.Discovery;

/// <summary>
/// Open hours in minutes after a day's midnight, <c>[From, To)</c>; an end above 1440 lies on the next day.
/// </summary>
internal readonly record struct MinuteSpan(int From, int To);

/// <summary>A week of open hours that the search may bend: for each weekday from Monday its spans, sorted.</summary>
internal sealed class WeekHours
{
    private const int Day = 1440;

    public WeekHours(IEnumerable<IEnumerable<MinuteSpan>> days)
    {
        Days = [.. days.Select(day => day.OrderBy(span => span.From).ToImmutableArray())];
        Key = string.Join('|', Days.Select(day => string.Join(',', day.Select(span => $"{span.From}-{span.To}"))));
        Bits = Describe();
    }

    public static WeekHours Always { get; } = new(Enumerable.Repeat<MinuteSpan[]>([new(0, Day)], 7));

    public ImmutableArray<ImmutableArray<MinuteSpan>> Days { get; }

    public string Key { get; }

    public bool IsAlways => Days.All(day => day is [{ From: 0, To: Day }]);

    /// <summary>Length of a short description in bits: whole hours and equal days are told in few words.</summary>
    public double Bits { get; }

    /// <summary>The same hours on each day of a set; an empty window is no week.</summary>
    public static WeekHours Uniform(int days, int from, int length) => length >= Day && days == 0b111_1111
        ? Always
        : new(Enumerable.Range(0, 7).Select(day => (days >> day & 1) == 0 ? []
            : new[] { new MinuteSpan(from, from + length) }));

    public void Fill(byte[] open)
    {
        for (var day = 0; day < 7; day++)
            foreach (var span in Days[day])
                for (var minute = span.From; minute < span.To; minute += WeekTable.Slot / 60)
                    open[((day * Day) + minute) * 60 / WeekTable.Slot % WeekTable.Slots] = 1;
    }

    /// <summary>The week with each day's spans changed; spans that vanish, touch or overlap are tidied.</summary>
    public WeekHours With(Func<int, ImmutableArray<MinuteSpan>, IEnumerable<MinuteSpan>> change) =>
        new(Days.Select((spans, day) => Tidy(change(day, spans))));

    /// <summary>
    /// Every span moved by some minutes, with the day on which it begins; null where days would part.
    /// </summary>
    public (WeekHours Week, int DayShift)? Moved(int minutes)
    {
        if (minutes == 0) return (this, 0);
        if (Days.All(day => day is [] or [{ From: 0, To: Day }]) && !IsAlways && minutes % Day != 0) return null;
        var shifts = Days.SelectMany(day => day).Select(span => Floor(span.From + minutes)).Distinct().ToList();
        if (shifts.Count != 1) return null;
        var shift = shifts[0];
        return (new(Enumerable.Range(0, 7).Select(day => Days[(day - shift + 7) % 7]
            .Select(span => new MinuteSpan(span.From + minutes - (shift * Day), span.To + minutes - (shift * Day))))),
                shift);
    }

    public ServiceCalendar ToCalendar(string zone, IEnumerable<int> holidays)
    {
        var closed = holidays.Order().Select(day => new Holiday(DateSpan.On(CaseTable.Date(day)))).ToImmutableArray();
        if (IsAlways) return new() { TimeZone = zone, AlwaysOpen = true, Holidays = closed };
        return new()
        {
            TimeZone = zone,
            Weekly = Days.Select((spans, day) => (spans, day)).Where(entry => entry.spans.Length > 0)
                .ToImmutableSortedDictionary(
                entry => (IsoDayOfWeek)(entry.day + 1),
                entry => entry.spans.Select(span => new OpenHours(span.From * 60, span.To * 60)).ToImmutableArray()),
            Holidays = closed,
        };
    }

    private static int Floor(int minutes) => (int)Math.Floor(minutes / (double)Day);

    private static List<MinuteSpan> Tidy(IEnumerable<MinuteSpan> spans)
    {
        var tidy = new List<MinuteSpan>();
        foreach (var span in spans.OrderBy(span => span.From))
        {
            var (from, to) = (Math.Clamp(span.From, 0, Day - 5), Math.Min(span.To, span.From + Day));
            if (to <= from) continue;
            if (tidy.Count > 0 && tidy[^1].To >= from) tidy[^1] = new(tidy[^1].From, Math.Max(tidy[^1].To, to));
            else tidy.Add(new(from, to));
        }

        return tidy;
    }

    private double Describe()
    {
        if (IsAlways) return 1;
        var kinds = Days.Select((spans, day) => (spans, day)).Where(entry => entry.spans.Length > 0)
            .GroupBy(entry => string.Join(',', entry.spans.Select(span => $"{span.From}-{span.To}"))).ToList();
        return kinds.Sum(kind => kind.First().spans.Sum(span => Bit(span.From) + Bit(span.To - span.From)) + 2)
            + DaySet([.. kinds.SelectMany(kind => kind).Select(entry => entry.day)]) + ((kinds.Count - 1) * 8);
    }

    /// <remarks>
    /// A time of day among 24 hours, 48 halves, 96 quarters or 288 steps of five minutes, each rarer in use.
    /// </remarks>
    private static double Bit(int minutes) => (minutes % 60, minutes % 30, minutes % 15) switch
    {
        (0, _, _) => 4.6,
        (_, 0, _) => 7.6,
        (_, _, 0) => 10.6,
        _ => 15,
    };

    private static double DaySet(HashSet<int> days)
    {
        if (days.Count == 7 || days.SetEquals([0, 1, 2, 3, 4])) return 1;
        var runs = Enumerable.Range(0, 7).Count(day => days.Contains(day) && !days.Contains((day + 6) % 7));
        return runs <= 1 ? 4 : 7;
    }
}
