using System.Diagnostics;
using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Budgets;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Indicators;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

/// <summary>Budgets of 100,000 objectives, a month's report of 10,000 terms, and a back-test of two years of
/// minutes.</summary>
public static class ObjectivesBench
{
    private static readonly Instant Start = Instant.FromUtc(2024, 1, 1, 0, 0);

    public static int Run(string[] arguments)
    {
        var which = arguments is [var one, ..] ? one : "all";
        if (which is "all" or "fleet") Fleet(arguments is [_, var count] ? int.Parse(count) : 100_000);
        if (which is "all" or "report") Report(10_000);
        if (which is "all" or "backtest") Backtest();
        return 0;
    }

    /// <summary>30 days of 5-minute counts each; then one new bucket, with budgets and four pairs for all.</summary>
    private static void Fleet(int objectives)
    {
        var random = new Random(1);
        var targets = Enumerable.Range(0, objectives)
            .Select(i => (i % 4) switch { 0 => 0.99m, 1 => 0.995m, 2 => 0.999m, _ => 0.9999m }).ToArray();
        var fleet = new BudgetFleet(targets, Duration.FromDays(30), Duration.FromMinutes(5),
            BurnRatePresets.Sloth(Duration.FromDays(30)));
        var rows = Enumerable.Range(0, 16).Select(_ =>
        {
            var total = Enumerable.Range(0, objectives).Select(_ => (uint)random.Next(0, 3000)).ToArray();
            return (Bad: total.Select(all => (uint)(random.Next(10) == 0 ? random.Next(0, (int)(all / 50) + 1) : 0))
                .ToArray(), Total: total);
        }).ToArray();
        var filling = Stopwatch.StartNew();
        for (var i = 0; i < 8640; i++) fleet.Append(rows[i % 16].Bad, rows[i % 16].Total);
        Console.WriteLine(
            $"fleet: {objectives} objectives x 8640 buckets filled in {filling.Elapsed.TotalSeconds:0.0} s, {GC.GetTotalMemory(true) / 1e9:0.00} GB");
        var times = Median(25, i => fleet.Append(rows[i % 16].Bad, rows[i % 16].Total));
        var (left, burning) = (0m, 0);
        var reading = Stopwatch.StartNew();
        for (var i = 0; i < objectives; i++)
        {
            left += fleet.BudgetLeft(i);
            burning += fleet.Burning(i) == 0 ? 0 : 1;
        }

        Console.WriteLine(
            $"fleet: one new bucket, all budgets and four pairs: median {times:0.0} ms; reading all verdicts {reading.Elapsed.TotalMilliseconds:0.0} ms "
            + $"({burning} burn, mean budget left {left / objectives:0.000})");
        Console.WriteLine(
            $"fleet: one late bucket of one objective: median {Median(25, i => fleet.AddLate(1000, i, 1, 2)):0.0000} ms");
    }

    /// <summary>A month of 10,000 availability terms, each with its own outages, business hours, weekly exclusion and
    /// credits.</summary>
    private static void Report(int terms)
    {
        var random = new Random(2);
        OpenHours[] day = [OpenHours.Parse("08:00-12:00"), OpenHours.Parse("13:00-18:00")];
        var weekly = Enum.GetValues<IsoDayOfWeek>().Where(d => d is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Friday)
            .Aggregate(System.Collections.Immutable.ImmutableSortedDictionary<IsoDayOfWeek,
                System.Collections.Immutable.ImmutableArray<OpenHours>>.Empty,
                (all, d) => all.Add(d, [.. day]));
        var context = new MeasuringContext
        {
            TimeZone = "Europe/Berlin",
            Calendars = new Dictionary<string,
                CompiledCalendar>
            {
                ["business"] =
                CompiledCalendar.Compile(new ServiceCalendar { TimeZone = "Europe/Berlin", Weekly = weekly })
            },
            Exclusions = [new ExclusionClause { Key = "sunday", Start = new LocalDateTime(2024, 1, 7, 2, 0), Length =
                TimeLimit.Parse("2 h"), Rrule = "FREQ=WEEKLY;BYDAY=SU" }],
        };
        var (from, to) = (Instant.FromUtc(2024, 4, 30, 22, 0), Instant.FromUtc(2024, 5, 31, 22, 0));
        var work = Enumerable.Range(0, terms).Select(i =>
        {
            var term = new Term.Availability
            {
                Key = $"t{i}",
                Title = $"Service {i}",
                Target = new Objective(Comparison.AtLeast, 99.5m, Unit.Percent),
                Calendar = i % 2 == 0 ? "business" : null,
                Measure = new Measure { Series = [$"s{i}"] },
                Credit = new CreditLadder
                {
                    Of = new Money(1000m, "EUR"),
                    Bands =
                    [new(Band.Parse("99 % <= x < 99.5 %"), new CreditAmount(new Share(5), null)),
                    new(Band.Parse("x < 99 %"), new CreditAmount(new Share(20), null))]
                },
            };
            var rows = Enumerable.Range(0, random.Next(1, 40))
                .Select(_ => from + Duration.FromSeconds(random.Next(0, 2_600_000)))
                .Select(at => new StateRow($"s{i}", at, at + Duration.FromSeconds(random.Next(30, 7200)), "down", null,
                    Fields.None)).ToArray();
            return (Term: (Term)term, Data: new[] { new Measurements { States = rows, ListsOutagesOnly = true } });
        }).ToArray();
        var missed = 0;
        var time = Median(3, _ => missed =
            work.Count(one => TermEvaluation.Evaluate(one.Term, context, one.Data,
            new Interval(from, to)).Breached == true));
        Console.WriteLine(
            $"report: {terms} terms of one month, explained and with credits: median {time / 1000:0.00} s ({missed} missed)");
    }

    /// <summary>Two years of minutes: counts, and states; every month, 1000 drawn histories, for a new
    /// target.</summary>
    private static void Backtest()
    {
        var random = new Random(3);
        var minutes = 731 * 1440;
        var history = new Interval(Start, Start + Duration.FromMinutes(minutes));
        var rows = Enumerable.Range(0, minutes)
            .Select(i => new CountRow("s", new CountBucket(Start.ToUnixTimeSeconds() + i * 60L, 60, 0, 0), Fields.None))
            .Select(row => random.Next(200, 400) is var all && random.Next(400) == 0
                ? row with { Bucket = row.Bucket with { Total = all, Good = all - random.Next(0, all) } }
                    : row with { Bucket = row.Bucket with { Total = all, Good = all } }).ToArray();
        var ladder = new CreditLadder
        {
            Of = new Money(1000m, "EUR"),
            Bands =
            [new(Band.Parse("99 % <= x < 99.9 %"), new CreditAmount(new Share(10), null)),
            new(Band.Parse("x < 99 %"), new CreditAmount(new Share(25), null))]
        };
        Time("counts", new Term.EventRatio
        {
            Key = "s",
            Title = "Requests",
            Target =
            new Objective(Comparison.AtLeast, 99.9m, Unit.Percent),
            Credit = ladder
        },
            new Measurements { Counts = rows });
        var checks = rows.Select(row =>
            new CheckRow("s", Instant.FromUnixTimeSeconds(row.Bucket.Start), row.Bucket.Good < row.Bucket.Total ? "down"
            : "up", null, false, null, Fields.None)).ToArray();
        Time("checks", new Term.Availability
        {
            Key = "s",
            Title = "Up",
            Target =
            new Objective(Comparison.AtLeast, 99.8m, Unit.Percent),
            Credit = ladder
        },
            new Measurements { Checks = checks });

        void Time(string what, Term term, Measurements data)
        {
            var context = new MeasuringContext();
            var preparing = Stopwatch.StartNew();
            var prepared = new PreparedTerm(term, context, [data], history);
            var first = TermBacktest.Run(prepared, history);
            Console.WriteLine(
                $"backtest {what}: prepared and first answer after {preparing.Elapsed.TotalMilliseconds:0} ms");
            var time = Median(7, i => first = TermBacktest.Run(
                prepared.With(term.With(new TermValue.Share(new Share(99.5m + i * 0.05m))).Facts[0]), history,
                    seed: i));
            Console.WriteLine(
                $"backtest {what}: two years of minutes, {first.Judged} months, 1000 drawn histories, another target: median {time:0} ms");
        }
    }

    private static double Median(int times, Action<int> act)
    {
        var samples = new double[times];
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            act(i);
            samples[i] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(samples);
        return samples[times / 2];
    }
}
