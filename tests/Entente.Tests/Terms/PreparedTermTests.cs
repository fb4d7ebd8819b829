using System.Text.Json;
using Entente.ServiceTime.Indicators;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Tests.Terms;

/// <summary>One preparation serves any number of values: each answer is the one that a new preparation gives.</summary>
public sealed class PreparedTermTests
{
    private static readonly Interval Year =
        new(Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 1, 0, 0));

    private static readonly Dictionary<string, Term> Kinds = new Term[]
    {
        new Term.Availability
        {
            Key = "shop", Title = "Open", Target = Least(99.9m), Credit = Ladder(),
            Exclusions =
            [
                new() { Key = "flood", Where = Fields("cause", "flood") },
                new() { Key = "new-year", From = Year.Start, To = Year.Start + Duration.FromHours(9) },
            ],
        },
        new Term.EventRatio { Key = "orders", Title = "Orders", Target = Least(99m), Credit = Ladder() },
        new Term.EventRatio
        {
            Key = "orders", Title = "Hours in which orders work", Target = Least(90m),
            Slicing = new(SlicingKind.Timeslices, Duration.FromHours(1), Least(99m)),
        },
        new Term.Latency
        {
            Key = "search", Title = "Quick", Threshold = Duration.FromMilliseconds(300), Target = Least(90m),
        },
        new Term.TicketClock
        {
            Key = "restore", Title = "Restore", Clock = ClockKind.Resolution, Within = TimeLimit.Parse("8 h"), Target = Least(80m),
            UpTo = new WorkloadBound(20, "tickets"),
        },
        new Term.TicketClock
        {
            Key = "answer", Title = "Answer", Clock = ClockKind.Response, Within = TimeLimit.Parse("2 business days"),
            Target = Least(80m), Exclusions = [new() { Key = "flood", Where = Fields("cause", "flood") }],
        },
        new Term.Workload
        {
            Key = "load", Title = "Load", Of = "tickets", Limit = new(Comparison.AtMost, 30, Unit.Number),
        },
    }.ToDictionary(term => term.Title);

    public static TheoryData<string> Titles => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Values_asked_one_after_the_other_are_answered_as_if_each_were_asked_alone(string title)
    {
        var seed = Random.Shared.Next();
        var (random, term) = (new Random(seed), Kinds[title]);
        var data = Data(random);
        var context = new MeasuringContext { Terms = [term], TimeZone = "Europe/Berlin" };
        var shared = new PreparedTerm(term, context, [data], Year);
        for (var round = 0; round < 6; round++)
        {
            var wanted = Other(round % 2 == 0 ? term : Read(term), random);
            // A copy of the data has its own index: nothing that was made before is found there.
            var alone = new PreparedTerm(wanted, context, [data with { }], Year);
            Text(TermBacktest.Run(shared.With(wanted), Year)).ShouldBe(Text(TermBacktest.Run(alone, Year)), $"seed={seed}");
        }

        static string Text(BacktestResult result) => JsonSerializer.Serialize(result, Json.Options);

        static Term Read(Term term) =>
            JsonSerializer.Deserialize<Term>(JsonSerializer.Serialize(term, Json.Options), Json.Options)!;
    }

    private static Term Other(Term term, Random random) => term.Value switch
    {
        TermValue.Share => term.With(new TermValue.Share(new Share(random.Next(800, 1000) / 10m))).Facts[0],
        TermValue.Span when term is Term.Latency =>
            term.With(new TermValue.Span(Duration.FromMilliseconds(random.Next(50, 800)))).Facts[0],
        TermValue.Span => term.With(new TermValue.Span(Duration.FromHours(random.Next(1, 72)))).Facts[0],
        TermValue.Count => term.With(new TermValue.Count(random.Next(10, 60))).Facts[0],
        _ when term is Term.TicketClock clock => clock with { Within = TimeLimit.Parse($"{random.Next(1, 5)} business days") },
        _ => term,
    };

    private static Measurements Data(Random random) => new()
    {
        ListsOutagesOnly = true,
        States = [.. Enumerable.Range(0, 80).Select(_ => Somewhen(random)).Select(at => new StateRow(
            "shop", at, at + Duration.FromMinutes(random.Next(1, 300)), "down", null, Cause(random)))],
        Counts = [.. Enumerable.Range(0, 365 * 24).Select(hour => (Total: random.Next(0, 50), hour)).Select(one => new CountRow(
            random.Next(9) == 0 ? "refunds" : "orders", new CountBucket(Year.Start.ToUnixTimeSeconds() + one.hour * 3600L, 3600,
            random.Next(20) == 0 ? one.Total / 2 : one.Total, one.Total), Entente.Terms.Evaluation.Fields.None))],
        Values = [.. Enumerable.Range(0, 2000).Select(_ => new ValueRow("search", Somewhen(random), Duration.FromSeconds(1),
            random.Next(10, 900) * 1000m, random.Next(1, 20), null, Entente.Terms.Evaluation.Fields.None))],
        Tickets = [.. Enumerable.Range(0, 400).Select(i =>
        {
            // Some tickets are opened at the same instant, and some never close.
            var at = random.Next(3) == 0 ? Year.Start + Duration.FromHours(random.Next(365 * 24)) : Somewhen(random);
            return new TicketRow($"T{i}", at, at + Duration.FromHours(random.Next(1, 90)),
                random.Next(10) == 0 ? null : at + Duration.FromHours(random.Next(1, 90)), [],
                random.Next(3) == 0 ? [new Interval(at + Duration.FromHours(1), at + Duration.FromHours(3))] : [],
                "3", null, Cause(random));
        })],
    };

    private static Instant Somewhen(Random random) =>
        Year.Start + Duration.FromSeconds(random.Next((int)Year.Duration.TotalSeconds - 20_000));

    private static Fields Cause(Random random) => new(new Dictionary<string, string>
    {
        ["cause"] = random.Next(4) == 0 ? "flood" : "fault",
    });

    private static Dictionary<string, IReadOnlyList<string>> Fields(string name, string value) => new() { [name] = [value] };

    private static Objective Least(decimal percent) => new(Comparison.AtLeast, percent, Unit.Percent);

    private static CreditLadder Ladder() => new()
    {
        Of = new Money(1000m, "EUR"),
        Bands = [new(Band.Parse("x < 99 %"), new CreditAmount(new Share(25), null))],
    };
}
