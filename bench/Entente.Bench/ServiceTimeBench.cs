using System.Collections.Immutable;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Clocks;
using NodaTime;

namespace Entente.Bench;

/// <summary>
/// Speed of calendars and clocks on one core: medians of seven rounds in processor time, and what was allocated.
/// </summary>
/// <remarks>Processor time, so that other work on the machine does not count.</remarks>
internal static class ServiceTimeBench
{
    private const int Questions = 2_000_000;
    private static readonly Instant Start = Instant.FromUtc(2016, 1, 1, 0, 0);

    public static int Run(string[] arguments)
    {
        var calendar = CompiledCalendar.Compile(Office());
        foreach (var (name, days) in new[] { ("a day", 1), ("a year", 365), ("ten years", 3650) }) Lookups(calendar,
            name, days);
        Compile();
        Replay(calendar);
        Recompute();
        return 0;
    }

    private static void Lookups(CompiledCalendar calendar, string name, int days)
    {
        var random = new Random(1);
        var from = new Instant[Questions];
        var to = new Instant[Questions];
        var target = new Duration[Questions];
        for (var i = 0; i < Questions; i++)
        {
            from[i] = Start + Duration.FromSeconds(random.NextInt64(86_400L * 365));
            to[i] = from[i] + Duration.FromSeconds(random.NextInt64(86_400L * days));
            target[i] = calendar.Elapsed(from[i], to[i]);
        }

        Measure($"elapsed, up to {name}", Questions, () =>
        {
            var days = 0;
            for (var i = 0; i < Questions; i++) days += calendar.Elapsed(from[i], to[i]).Days;
            return days;
        });
        Measure($"due, up to {name}", Questions, () =>
        {
            var last = 0;
            for (var i = 0; i < Questions; i++) last += calendar.Due(from[i], target[i]).HasValue ? 1 : 0;
            return last;
        });
    }

    private static void Compile()
    {
        var definition = Office();
        Measure("compile a calendar and a first year", 100, () =>
        {
            var open = 0;
            for (var i = 0; i < 100; i++) open += CompiledCalendar.Compile(definition).IsOpen(Start) ? 1 : 0;
            return open;
        });
    }

    private static void Replay(CompiledCalendar calendar)
    {
        const int cases = 20_000;
        var (book, lives) = (Book(calendar), Lives(cases));
        var events = lives.Sum(life => life.Count);
        var now = Start + Duration.FromDays(400);
        Measure("replay of clock events, three clocks a case", events, () =>
        {
            var breached = 0;
            foreach (var life in lives)
                foreach (var reading in CaseClocks.Replay(book, life, now)) breached += reading.IsBreached ? 1 : 0;
            return breached;
        });
        var one = new ClockBook(new ClockVersion { Clocks = [book.Versions.First().Clocks[1]] });
        Measure("replay of clock events, one clock a case", events, () =>
        {
            var breached = 0;
            foreach (var life in lives)
                foreach (var reading in CaseClocks.Replay(one, life, now)) breached += reading.IsBreached ? 1 : 0;
            return breached;
        });
    }

    private static void Recompute()
    {
        const int cases = 100_000;
        var lives = Lives(cases, ends: false);
        var holidays = Office().Holidays.Add(new Holiday(DateSpan.On(new LocalDate(2016, 6, 1))));
        var now = Start + Duration.FromDays(370);
        Measure("100,000 running clocks after a calendar change", 1, () =>
        {
            var calendar = CompiledCalendar.Compile(Office() with { Holidays = holidays });
            var book = new ClockBook(new ClockVersion { Clocks = [Book(calendar).Versions.First().Clocks[1]] });
            var queue = new TimerQueue<int>();
            for (var i = 0; i < lives.Count; i++)
                foreach (var reading in CaseClocks.Replay(book, lives[i], now)) queue.Set(i, reading.Due);
            return queue.Count;
        });
    }

    private static ClockBook Book(CompiledCalendar calendar) => new(new ClockVersion
    {
        Clocks =
        [
            Clock(calendar, "response", 4) with { Stop = new Condition.Happens("answered") },
            Clock(calendar, "resolution", 40) with { Pause = new Condition.Is("status", "Pending"),
                Stop = new Condition.Is("status", "Resolved") },
            Clock(calendar, "update", 16) with
            {
                Reset = new Condition.Happens("answered"), Stop = new Condition.Is("status", "Resolved"),
            },
        ],
    });

    private static ClockDefinition Clock(CompiledCalendar calendar, string name, int hours) => new()
    {
        Name = name,
        Calendar = calendar,
        Start = new Condition.Happens("created"),
        Target =
            new(Duration.FromHours(hours)),
    };

    private static List<List<CaseEvent>> Lives(int cases, bool ends = true)
    {
        var random = new Random(2);
        var lives = new List<List<CaseEvent>>(cases);
        for (var i = 0; i < cases; i++)
        {
            var at = Start + Duration.FromSeconds(random.NextInt64(86_400L * 360));
            var life = new List<CaseEvent> { new(at, "created", new FieldChange("status", "New")) };
            for (var k = 0; k < 9; k++)
            {
                at += Duration.FromMinutes(random.Next(1, 600));
                life.Add(k == 1 ? new(at, "answered")
                    : new(at, null, new FieldChange("status", k % 2 == 0 ? "Pending" : "Open")));
            }

            if (ends) life.Add(new(at + Duration.FromHours(1), null, new FieldChange("status", "Resolved")));
            lives.Add(life);
        }

        return lives;
    }

    /// <summary>Two intervals a day, fifteen holidays a year, a zone with clock changes.</summary>
    private static ServiceCalendar Office() => new()
    {
        TimeZone = "Europe/Berlin",
        Weekly = Enum.GetValues<IsoDayOfWeek>().Where(d => d is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Friday)
            .ToImmutableSortedDictionary(d => d, _ => ImmutableArray.Create(OpenHours.Parse("08:00-12:00"),
                OpenHours.Parse("13:00-17:00"))),
        Holidays = [.. Enumerable.Range(0, 15).Select(i => new AnnualDate((i % 12) + 1, 3 + i))
            .Select(d => new Holiday(DateSpan.EveryYear(d, d)))],
    };

    private static void Measure(string name, int operations, Func<int> work)
    {
        work();
        var times = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 7; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            work();
            times.Add((Environment.CpuUsage.TotalTime - before).TotalNanoseconds / operations);
        }

        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 7 / operations;
        times.Sort();
        Console.WriteLine(operations == 1
            ? $"{name,-50} {times[3] / 1e6,12:N0} ms"
            : $"{name,-50} {times[3],12:N1} ns   {1e9 / times[3],14:N0} a second   {allocated} B");
    }
}
