using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Budgets;
using Entente.ServiceTime.Indicators;
using NodaTime;

namespace Entente.ServiceTime.Tests.Budgets;

public sealed class BudgetTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Fact]
    public void A_budget_is_left_in_events_in_time_and_in_money()
    {
        var budget = ErrorBudget.Of(new Counts(999_250, 1_000_000), Fraction.From(0.999m));
        (budget.Allowed, budget.Spent, budget.Left)
            .ShouldBe((new Fraction(1000, 1), new Fraction(750, 1), new Fraction(250, 1)));
        budget.TimeLeft(Duration.FromDays(30), Fraction.From(0.999m)).ShouldBe(Duration.FromMinutes(10.8));
        budget.MoneyLeft(2000m).ShouldBe(500m);
        ErrorBudget.BurnRate(new Counts(990, 1000), Fraction.From(0.999m)).ShouldBe(new Fraction(10, 1));
        budget.TimeToExhaustion(new Fraction(10, 1), Duration.FromDays(30)).ShouldBe(Duration.FromHours(18));
    }

    [Fact]
    public void An_alert_that_can_never_fire_is_refused()
    {
        var alerts = BurnRatePresets.Google(Duration.FromDays(30));
        BurnRateRules.Check(alerts, 0.999m, Duration.FromDays(30)).ShouldBeEmpty();
        var problems = BurnRateRules.Check(alerts, 0.9m, Duration.FromDays(30));
        problems.Select(problem => (problem.Index, problem.Code)).ShouldBe([(0, "alert.never")]);
        BurnRateRules.Check(alerts, 0.9m, Duration.FromDays(1))
            .ShouldContain(problem => problem.Code == "alert.window");
        BurnRateRules.Check(alerts, 1m, Duration.FromDays(30)).ShouldAllBe(problem => problem.Code == "alert.budget");
    }

    [Fact]
    public void Low_traffic_neither_pages_for_one_failure_nor_sleeps_through_a_trickle()
    {
        var alert = new BurnRateAlert(Duration.FromMinutes(5), Duration.FromHours(1), 14.4m, "page");
        var (one, quiet) = (new Counts(0, 1), new Counts(3, 4));
        new LowTrafficGuard().Burns(alert, one, quiet, 0.999m).ShouldBeTrue();
        new LowTrafficGuard(EventsMin: 20, BadMin: 3).Burns(alert, one, quiet, 0.999m).ShouldBeFalse();
        // The short window is empty now, yet five of six failed within the hour.
        new LowTrafficGuard(EventsMin: 20, TrickleBad: 5).Burns(alert, default, new Counts(1, 6), 0.999m)
            .ShouldBeTrue();
        LowTrafficGuard.Corrected(new Counts(4, 24), 25m).ShouldBe(20m / 24 * 0.96m);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_fleet_is_what_each_objective_is_alone(int seed)
    {
        var random = new Random(seed);
        decimal[] targets = [0.9m, 0.99m, 0.999m, 0.9999m, 0.95m];
        var alerts = BurnRatePresets.Sloth(Duration.FromDays(30));
        var fleet = new BudgetFleet(targets, Duration.FromDays(30), Duration.FromMinutes(5), alerts);
        var history = new List<(uint[] Bad, uint[] Total)>();
        for (var b = 0; b < 9_000; b++)
        {
            var total = targets.Select(_ => (uint)(random.Next(50) == 0 ? 100_000 : random.Next(0, 400))).ToArray();
            var bad = total.Select(all => (uint)(random.Next(20) == 0 ? random.Next(0, (int)all + 1) : 0)).ToArray();
            fleet.Append(bad, total);
            history.Add((bad, total));
            if (b % 1500 != 1499) continue;
            var (back, which) = (random.Next(0, 500), random.Next(targets.Length));
            fleet.AddLate(back, which, 1, 3);
            history[^(back + 1)].Bad[which] += 1;
            history[^(back + 1)].Total[which] += 3;
            for (var i = 0; i < targets.Length; i++) Compare(i);
        }

        void Compare(int i)
        {
            fleet.Window(i).ShouldBe(Sum(i, 8640), $"seed={seed}");
            for (var p = 0; p < alerts.Count; p++)
            {
                var (s, l) = (Sum(i, Buckets(alerts[p].ShortWindow)), Sum(i, Buckets(alerts[p].LongWindow)));
                var burns = alerts[p].Burns(s.Bad, s.Total, targets[i]) && alerts[p].Burns(l.Bad, l.Total, targets[i]);
                ((fleet.Burning(i) >> p & 1) == 1).ShouldBe(burns, $"pair {p} seed={seed}");
            }
        }

        int Buckets(Duration window) => (int)(window.TotalMinutes / 5);
        (long Bad, long Total) Sum(int i, int count) =>
            (history.TakeLast(count).Sum(row => (long)row.Bad[i]), history.TakeLast(count)
                .Sum(row => (long)row.Total[i]));
    }
}
