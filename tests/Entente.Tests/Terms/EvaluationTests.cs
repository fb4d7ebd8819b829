using System.Collections.Immutable;
using Entente.ServiceTime.Accounting;
using Entente.ServiceTime.Calendars;
using Entente.ServiceTime.Indicators;
using Entente.Terms;
using Entente.Terms.Evaluation;
using NodaTime;

namespace Entente.Tests.Terms;

public sealed class EvaluationTests
{
    private static readonly Interval January =
        new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 2, 1, 0, 0));
    private static readonly Interval Quarter =
        new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 4, 1, 0, 0));

    private static readonly CreditLadder Ladder = new()
    {
        Bands =
        [
            new(Band.Parse("99 % <= x < 99.9 %"), new CreditAmount(new Share(10), null)),
            new(Band.Parse("x < 99 %"), new CreditAmount(new Share(25), null)),
        ],
    };

    private static readonly Term.Charge Fee = new() { Key = "fee", Title = "Fee", Amount = new Money(1000m, "EUR") };

    private static readonly Term.Availability Shop = new()
    {
        Key = "shop",
        Title = "The shop is open",
        Target = new(Comparison.AtLeast, 99.9m, Unit.Percent),
        Credit =
            Ladder,
    };

    private static Instant At(int month, int day, int hour, int minute = 0) =>
        Instant.FromUtc(2026, month, day, hour, minute);

    private static Measurements Outages(params (Instant From, Instant To, string State)[] rows) => new()
    {
        States = [.. rows.Select(row => new StateRow("shop", row.From, row.To, row.State, null, Fields.None))],
        ListsOutagesOnly = true,
    };

    private static MeasuringContext Context(params Term[] terms) => new() { Terms = [Fee, .. terms] };

    [Fact]
    public void A_quarter_of_a_monthly_promise_is_settled_month_by_month()
    {
        var data = Outages((At(1, 5, 10), At(1, 5, 12), "down"), (At(3, 1, 0), At(3, 2, 0), "down"));
        var result = TermEvaluation.Evaluate(Shop, Context(Shop), [data], Quarter);
        result.Periods!.Select(one => (one.Period.Name, one.Breached, one.Credit!.Share)).ShouldBe(
            [("2026-01", true, 0.10m), ("2026-02", false, 0m), ("2026-03", true, 0.25m)]);
        (result.Breached, result.Credit!.Amount).ShouldBe((true, new Money(350m, "EUR")));
        (result.Good, result.Total).ShouldBe((90 * 86_400 - 26 * 3600, 90 * 86_400));
        result.Attained!.Fraction.ShouldBe("1067/1080");
    }

    [Fact]
    public void A_part_of_a_period_has_a_figure_but_no_credit()
    {
        var week = new Interval(At(1, 5, 0), At(1, 12, 0));
        var result = TermEvaluation.Evaluate(Shop, Context(Shop), [Outages((At(1, 5, 10), At(1, 5, 12), "down"))],
            week);
        (result.Breached, result.Credit).ShouldBe((true, null));
        result.Explain.ShouldContain(part => part.Text.Contains("part of a month"));
    }

    [Fact]
    public void A_fee_by_the_month_is_three_times_that_in_a_quarter()
    {
        var term = Shop with { Period = TermPeriod.Quarter };
        var data = Outages((At(1, 5, 10), At(1, 5, 20), "down"));
        TermEvaluation.Evaluate(term, Context(term), [data], Quarter).Credit!.Amount.ShouldBe(new Money(300m, "EUR"));
    }

    [Fact]
    public void Only_service_hours_count_and_what_is_excluded_does_not()
    {
        var hours = ImmutableSortedDictionary<IsoDayOfWeek, ImmutableArray<OpenHours>>.Empty;
        foreach (var day in new[] { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday,
            IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday })
            hours = hours.Add(day, [OpenHours.Parse("08:00-18:00")]);
        var term = Shop with
        {
            Calendar = "business",
            Exclusions =
            [
                new ExclusionClause { Key = "weekly", Start = new LocalDateTime(2026, 1, 5, 8, 0), Length =
                    TimeLimit.Parse("1 h"), Rrule = "FREQ=WEEKLY;BYDAY=MO" },
                new ExclusionClause { Key = "ours", From = At(1, 6, 8), To = At(1, 6, 18), CountsAgainst =
                    CountsAgainst.Provider },
            ],
        };
        var context = Context(term) with
        {
            Calendars = new Dictionary<string,
                CompiledCalendar>
            {
                ["business"] =
                CompiledCalendar.Compile(new ServiceCalendar { TimeZone = "UTC", Weekly = hours })
            },
        };
        // Monday 07:00 to 10:00: an hour is closed, an hour is excluded, an hour counts; Saturday is closed.
        var data = Outages((At(1, 5, 7), At(1, 5, 10), "down"), (At(1, 10, 0), At(1, 11, 0), "down"));
        var result = TermEvaluation.Evaluate(term, context, [data], January);
        (result.Total, result.Excluded, result.Total - result.Good).ShouldBe((22 * 36_000 - 4 * 3600, 4 * 3600, 3600));
    }

    [Fact]
    public void Unknown_time_is_unknown_and_makes_the_verdict_uncertain()
    {
        var log = new Measurements
        {
            States = [new("shop", At(1, 1, 0), At(1, 31, 0), "up", null, Fields.None)],
        };
        var result = TermEvaluation.Evaluate(Shop, Context(Shop), [log], January);
        (result.Unknown, result.Breached, result.Certain).ShouldBe((86_400, false, false));
        result.Explain.ShouldContain(part => part.What == "unknown" && part.From == At(1, 31, 0)
            && part.To == At(2, 1, 0));
        TermEvaluation.Evaluate(Shop, Context(Shop), [Measurements.None], January).ShouldSatisfyAllConditions(
            none => none.Attained.ShouldBeNull(), none => none.Breached.ShouldBeNull(), none =>
                none.Credit!.Label.ShouldBe("none"));
    }

    [Fact]
    public void A_list_of_outages_speaks_for_all_time_or_for_what_its_source_covers()
    {
        var data = Outages((At(1, 10, 0), At(1, 10, 1), "down"));
        var open = TermEvaluation.Evaluate(Shop, Context(Shop), [data], January);
        open.Unknown.ShouldBe(0);
        open.Explain.Where(part => part.Text.Contains("taken as up")).Select(part => (part.From, part.To))
            .ShouldBe([(At(1, 1, 0), At(1, 10, 0)), (At(1, 10, 1), At(2, 1, 0))]);
        var term = Shop with { Measure = new Measure { Source = "page", Series = ["shop"] } };
        var context = Context(term) with
        {
            SourceCovers = new Dictionary<string, Interval> { ["page"] = new(At(1, 3, 0), At(1, 31, 0)) },
        };
        var closed = TermEvaluation.Evaluate(term, context, [data], January);
        (closed.Unknown, closed.Total).ShouldBe((3 * 86_400, 28 * 86_400));
        closed.Explain.ShouldNotContain(part => part.Text.Contains("taken as up"));
    }

    [Fact]
    public void The_policy_of_the_first_day_rules_and_is_named()
    {
        var context = Context(Shop) with
        {
            Policies =
            [
                new AccountingPolicy { Version = "old" },
                new AccountingPolicy { Version = "new", EffectiveFrom = new LocalDate(2026, 2, 1), Degraded =
                    new Dictionary<string, decimal> { ["slow"] = 0.25m } },
            ],
        };
        var data = Outages((At(1, 5, 0), At(1, 5, 4), "slow"), (At(2, 5, 0), At(2, 5, 4), "slow"));
        var result = TermEvaluation.Evaluate(Shop, context, [data], Quarter);
        result.Periods!.Select(one => (one.Policy, one.Total - one.Good))
            .ShouldBe([("old", 0), ("new", 3600), ("new", 0)]);
    }

    [Fact]
    public void Tickets_are_met_missed_open_or_beyond_the_workload()
    {
        TicketRow Ticket(string id, int day, int? hours, string priority = "P1") =>
            new(id, At(1, day, 8), hours is { } h ? At(1, day, 8 + h) : null,
            null, [], [], priority, null, Fields.None);
        var term = new Term.TicketClock
        {
            Key = "p1",
            Title = "P1 is answered",
            Clock = ClockKind.Response,
            Priorities = ["P1"],
            Within =
                TimeLimit.Parse("4 h"),
            Target = new(Comparison.AtLeast, 50m, Unit.Percent),
            UpTo = new WorkloadBound(4, "tickets"),
        };
        var data = new Measurements
        {
            Tickets = [Ticket("a", 2, 1), Ticket("b", 3, 5), Ticket("c", 4, null), Ticket("d", 31, null),
                Ticket("e", 31, 9), Ticket("x", 2, 9, "P2")],
        };
        var result = TermEvaluation.Evaluate(term, Context(term), [data], January, asOf: At(1, 31, 10));
        // c ran over its limit without an answer; d still has time; e is the fifth.
        (result.Good, result.Total, result.Unknown, result.Excluded, result.Breached).ShouldBe((1, 3, 1, 1, true));
        result.Explain.Where(part => part.What == "ticket").Select(part => part.Text[0]).ShouldBe(['b', 'c']);
        TermEvaluation.Evaluate(term with { Within = TimeLimit.Parse("next release") }, Context(term), [data], January)
            .Explain.ShouldContain(part => part.Text.Contains("no duration"));
    }

    [Fact]
    public void Breaches_of_other_terms_are_counted_and_paid()
    {
        var clock = new Term.TicketClock
        {
            Key = "p1",
            Title = "P1",
            Clock = ClockKind.Resolution,
            Within =
            TimeLimit.Parse("1 h")
        };
        var breaches = new Term.CountLimit
        {
            Key = "breaches",
            Title = "Breaches",
            Target = new(Comparison.AtMost, 0m, Unit.Number),
            Of = "breaches",
            RestsOn = ["p1", "shop"],
            Credit = new CreditLadder
            {
                By = CreditBasis.Breaches,
                Bands = [new(Band.Parse("1-2"), new CreditAmount(new Share(5), null)),
                    new(Band.Parse("x >= 3"), new CreditAmount(new Share(10), null))],
            },
        };
        var data = Outages((At(1, 5, 10), At(1, 5, 20), "down"));
        var tickets = new Measurements
        {
            Tickets =
            [.. Enumerable.Range(1, 2)
            .Select(i => new TicketRow($"{i}", At(1, i, 8), null, At(1, i, 10), [], [], null, null, Fields.None))]
        };
        var context = Context(clock, breaches, Shop with { Measure = new Measure { Series = ["shop"] } });
        TermEvaluation.Evaluate(breaches, context, [tickets], January).ShouldSatisfyAllConditions(
            two => two.Total.ShouldBe(2), two => two.Credit!.Amount.ShouldBe(new Money(50m, "EUR")));
        TermEvaluation.Evaluate(breaches, context, [data, tickets], January).ShouldSatisfyAllConditions(
            three => three.Total.ShouldBe(3), three => three.Breached.ShouldBe(true), three =>
                three.Credit!.Amount.ShouldBe(new Money(100m, "EUR")));
    }

    [Fact]
    public void Each_outage_pays_for_each_full_half_hour_up_to_the_cap()
    {
        var term = Shop with
        {
            Credit = new CreditLadder
            {
                By = CreditBasis.OutageLength,
                Of = new Money(9600m, "CHF"),
                Cap = new CreditAmount(new Share(5), null),
                Bands = [new(Band.Parse("x >= 30"), new CreditAmount(new Share(1), null, "30 min"))],
            },
        };
        Credit(At(1, 5, 11, 5)).ShouldBe(new Money(192m, "CHF"));
        Credit(At(1, 5, 15)).ShouldBe(new Money(480m, "CHF"));

        Money? Credit(Instant end) => TermEvaluation.Evaluate(term, Context(term),
            [Outages((At(1, 5, 10), end, "down"), (At(1, 6, 10), At(1, 6, 10, 20), "down"))], January).Credit!.Amount;
    }

    [Fact]
    public void Another_threshold_is_asked_of_the_same_latencies()
    {
        var term = new Term.Latency
        {
            Key = "shop",
            Title = "Quick",
            Threshold = Duration.FromMilliseconds(300),
            Target = new(Comparison.AtLeast, 90m, Unit.Percent)
        };
        var data = new Measurements
        {
            Values = [.. new[] { 100, 200, 300, 400, 500 }.Select(ms =>
                new ValueRow("shop", At(1, 5, 10), Duration.FromSeconds(1), ms * 1000m, 10, null, Fields.None))],
        };
        var prepared = new PreparedTerm(term, Context(term), [data], January);
        Attained(term).ShouldBe(0.6m);
        Attained(term.With(new TermValue.Span(Duration.FromMilliseconds(450))).Facts[0]).ShouldBe(0.8m);

        decimal? Attained(Term one) =>
            TermEvaluation.Of(prepared.With(one), Span.Between(January.Start, January.End)).Attained?.Decimal;
    }

    [Fact]
    public void A_back_test_is_what_evaluating_each_month_gives_and_its_range_holds_it()
    {
        var random = new Random(4);
        var data = Outages([.. Enumerable.Range(0, 60)
            .Select(_ => At(1, 1, 0) + Duration.FromMinutes(random.Next(0, 525_000)))
            .Select(start => (start, start + Duration.FromMinutes(random.Next(1, 60)), "down"))]);
        var year = new Interval(At(1, 1, 0), Instant.FromUtc(2027, 1, 1, 0, 0));
        var prepared = new PreparedTerm(Shop, Context(Shop), [data], year);
        var result = TermBacktest.Run(prepared, year, seed: 9);
        result.Judged.ShouldBe(12);
        foreach (var period in result.Periods)
        {
            var alone = TermEvaluation.Evaluate(Shop, Context(Shop), [data],
                new Interval(period.Period.From, period.Period.To));
            (period.Attained!.Fraction, period.Breached, period.Credit!.Amount)
                .ShouldBe((alone.Attained!.Fraction, alone.Breached, alone.Credit!.Amount));
        }

        result.MissedShare!.Value.ShouldBe(result.Missed / 12.0, 1e-9);
        result.Attained!.Value.ShouldBeInRange(result.Attained.Low!.Value, result.Attained.High!.Value, "seed=9");
        TermBacktest.Run(prepared, year, seed: 9).MissedShare.ShouldBe(result.MissedShare);
        var stricter = TermBacktest.Run(prepared.With(Shop.With(new TermValue.Share(new Share(99.999m))).Facts[0]),
            year, seed: 9);
        stricter.Missed.ShouldBeGreaterThanOrEqualTo(result.Missed);
        // The target that every month met is met by every month.
        var all = TermBacktest.Run(prepared.With(Shop with
        {
            Target =
            new(Comparison.AtLeast, result.Quantiles["100 %"].Decimal * 100m - 0.0001m, Unit.Percent)
        }), year, 9);
        all.Missed.ShouldBe(0);
    }

    [Fact]
    public void All_credits_together_stay_under_the_agreement_s_cap()
    {
        var cap = new Term.ServiceCredit { Key = "cap", Title = "Cap", Cap = new Share(30) };
        var second = Shop with { Key = "second", Measure = new Measure { Series = ["shop"] } };
        var context = Context(Shop, second, cap);
        var results = new[] { Shop, second }.Select(term =>
            TermEvaluation.Evaluate(term, context, [Outages((At(1, 5, 0), At(1, 7, 0), "down"))], January)).ToArray();
        var credits = AgreementCredits.Of(context.Terms, context, results)!;
        credits.Due.Values.Select(money => money.Amount).ShouldBe([250m, 250m]);
        (credits.Total, credits.Caps.Count).ShouldBe((new Money(300m, "EUR"), 1));
    }
}
