using Entente.ServiceTime.Indicators;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Tests.Terms;

/// <summary>A month in the middle of which a contingent term ends: what was lost is judged by what was in force when it was
/// lost.</summary>
public sealed class ContingentSplitTests
{
    private const string Live = "the new data centre is live";

    private static readonly LocalDate _happened = new(2026, 2, 15);

    private static readonly Interval _month = new(Instant.FromUtc(2026, 2, 1, 0, 0), Instant.FromUtc(2026, 3, 1, 0, 0));

    private static readonly Term.Availability _shop = new()
    {
        Key = "shop",
        Title = "The shop is open",
        Target = Least(99.9m),
        Credit = new CreditLadder
        {
            Bands =
            [
                new(Band.Parse("99.5 % <= x < 99.9 %"), new CreditAmount(new Share(10), null)),
                new(Band.Parse("x < 99.5 %"), new CreditAmount(new Share(25), null)),
            ],
            Of = new Money(1000m, "EUR"),
        },
    };

    private static readonly Contingent _doubled = new(Live, CreditTimes: 2);

    [Theory]
    [InlineData("5", 200)]
    [InlineData("20", 100)]
    [InlineData("5 20", 375)]
    [InlineData("5 6 20", (500 + 500 + 250) / 3.0)]
    [InlineData("", 0)]
    public void Each_loss_earns_what_was_promised_when_it_happened(string days, double credit)
    {
        // Two hours down a day: one of them makes 99.70 % of February, two 99.40 % and the next band.
        var data = Listed(days.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(day => Down(Instant.FromUtc(2026, 2, int.Parse(day), 10, 0), Duration.FromHours(2))));
        Evaluate(With(_doubled), data).Credit!.Amount!.Value.Amount.ShouldBe(Math.Round((decimal)credit, 2));
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(20, true)]
    public void Each_loss_is_held_against_the_value_of_its_time(int day, bool breached)
    {
        var lenient = With(new Contingent(Live, new TermValue.Share(new Share(99m))));
        var result = Evaluate(lenient, Listed([Down(Instant.FromUtc(2026, 2, day, 10, 0), Duration.FromHours(2))]));
        (result.Breached, result.Attained!.Label).ShouldBe((breached, "99.7023 %"));
        result.Explain.ShouldContain(part => part.Text.Contains("judged by what was in force then"));
        result.Explain.Count(part => part.Text.Contains("Nothing was lost in it.")).ShouldBe(1);
        result.Explain.Count(part => part.Text.Contains("100 % of what was lost lies in it")).ShouldBe(1);
    }

    [Fact]
    public void A_clock_that_grows_shorter_counts_each_ticket_by_the_limit_of_its_time()
    {
        var restore = new Term.TicketClock
        {
            Key = "restore",
            Title = "Restore",
            Clock = ClockKind.Resolution,
            Within = TimeLimit.Parse("4 h"),
            Target = Least(90m),
            Contingents = [new Contingent(Live, new TermValue.Span(Duration.FromHours(8)))],
        };
        // Six hours each: ten before, when eight were allowed, and two of ten after, when four were.
        var data = new Measurements
        {
            Tickets = [.. Enumerable.Range(1, 20).Select(i => Ticket(i, i <= 10 ? i : i + 6, i is <= 10 or > 18 ? 6 : 1))],
        };
        var result = Evaluate(restore, data);
        (result.Breached, result.Attained!.Label, result.Good, result.Total).ShouldBe((false, "90.0 %", 18m, 20m));
        var stricter = Evaluate(restore with { Target = Least(95m) }, data);
        stricter.Breached.ShouldBe(true);
    }

    /// <summary>Minute by minute: each lost minute carries its share of the credit that was promised when it was lost.</summary>
    [Fact]
    public void The_credit_is_the_mean_over_the_lost_minutes_of_what_each_was_promised()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : 1;
        for (var run = seed; run < seed + 150; run++)
        {
            var random = new Random(run);
            var ends = random.Next(2, 29);
            var contingent = random.Next(3) switch
            {
                0 => new Contingent(Live, CreditTimes: 2),
                1 => new Contingent(Live, CreditTimes: 0.5m),
                _ => new Contingent(Live, new TermValue.Share(new Share(99.6m))),
            };
            var down = new bool[28 * 24 * 60];
            List<StateRow> rows = [];
            foreach (var _ in Enumerable.Range(0, random.Next(1, 5)))
            {
                var (start, length) = (random.Next(down.Length - 240), random.Next(1, 240));
                Array.Fill(down, true, start, length);
                rows.Add(Down(_month.Start + Duration.FromMinutes(start), Duration.FromMinutes(length)));
            }

            var result = Evaluate(With(contingent), Listed(rows), new LocalDate(2026, 2, ends));
            var lost = Enumerable.Range(0, down.Length).Where(minute => down[minute]).ToList();
            var attained = 1m - (decimal)lost.Count / down.Length;
            var each = lost.Select(minute => minute / 1440 + 1 < ends).Select(holds => (
                Missed: attained < (holds && contingent.Value is not null ? 0.996m : 0.999m),
                Credit: (attained < 0.995m ? 250m : attained < 0.999m ? 100m : 0m)
                    * (holds ? contingent.CreditTimes ?? 1m : 1m))).ToList();
            result.Breached.ShouldBe(each.Exists(one => one.Missed), $"seed={run}");
            var mean = each.Count == 0 ? 0m : each.Average(one => one.Credit);
            (result.Credit!.Amount?.Amount ?? 0m).ShouldBe(Math.Round(mean, 2, MidpointRounding.AwayFromZero), $"seed={run}");
        }
    }

    [Fact]
    public void A_split_between_the_same_terms_is_the_unsplit_period_exactly()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var given) ? given : 1;
        for (var run = seed; run < seed + 40; run++)
        {
            var random = new Random(run);
            var happened = new LocalDate(2026, 2, random.Next(2, 29));
            var ladder = _shop.Credit! with { Cap = new CreditAmount(new Share(20), null), By = Basis(random) };
            Term[] terms =
            [
                _shop with { Credit = ladder },
                new Term.EventRatio { Key = "orders", Title = "Orders", Target = Least(99.9m), Credit = _shop.Credit },
                new Term.TicketClock
                {
                    Key = "answer", Title = "Answer", Clock = ClockKind.Response, Within = TimeLimit.Parse("1 h"),
                    Target = Least(95m), Credit = _shop.Credit,
                },
            ];
            var data = Drawn(random);
            foreach (var term in terms)
            {
                var (plain, split) = (Evaluate(term, data, happened), Evaluate(
                    term with { Contingents = [new Contingent(Live, CreditTimes: 1)] }, data, happened));
                (split.Breached, split.Certain, split.Credit, split.Good, split.Total).ShouldBe(
                    (plain.Breached, plain.Certain, plain.Credit, plain.Good, plain.Total), $"seed={run} {term.Key}");
                split.Attained.ShouldBe(plain.Attained, $"seed={run} {term.Key}");
                split.Explain.ShouldContain(part => part.Text.Contains("judged by what was in force then"));
            }
        }
    }

    private static CreditBasis Basis(Random random) =>
        random.Next(2) == 0 ? CreditBasis.Attainment : CreditBasis.Downtime;

    private static Measurements Drawn(Random random) => new()
    {
        ListsOutagesOnly = true,
        States = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Down(
            _month.Start + Duration.FromMinutes(random.Next(28 * 1440 - 300)), Duration.FromSeconds(random.Next(1, 18_000))))],
        Counts = [.. Enumerable.Range(0, 28 * 24).Select(hour => new CountRow("orders", new CountBucket(
            (_month.Start + Duration.FromHours(hour)).ToUnixTimeSeconds(), 3600, 1000 - random.Next(3), 1000), Fields.None))],
        Tickets = [.. Enumerable.Range(1, 40).Select(i => Ticket(i, random.Next(1, 28), random.Next(12) == 0 ? 2 : 0))],
    };

    private static TermResult Evaluate(Term term, Measurements data, LocalDate? happened = null) =>
        TermEvaluation.Evaluate(term, new MeasuringContext
        {
            Terms = [term],
            Happened = new Dictionary<string, LocalDate> { [Live] = happened ?? _happened },
        }, [data], _month);

    private static Term With(Contingent contingent) => _shop with { Contingents = [contingent] };

    private static Objective Least(decimal percent) => new(Comparison.AtLeast, percent, Unit.Percent);

    private static Measurements Listed(IEnumerable<StateRow> rows) => new() { States = [.. rows], ListsOutagesOnly = true };

    private static StateRow Down(Instant at, Duration length) => new("shop", at, at + length, "down", null, Fields.None);

    private static TicketRow Ticket(int number, int day, int hours)
    {
        var opened = Instant.FromUtc(2026, 2, day, 8, 0);
        return new TicketRow($"T{number}", opened, opened + Duration.FromHours(hours), opened + Duration.FromHours(hours),
            [], [], "3", null, Fields.None);
    }
}
