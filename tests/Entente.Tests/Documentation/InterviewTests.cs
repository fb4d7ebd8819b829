using Entente.Documentation;
using Entente.Terms;
using NodaTime;
using static Entente.Tests.Documentation.Folding;

namespace Entente.Tests.Documentation;

public sealed class InterviewTests
{
    private static readonly Dictionary<string, string> _customer = new()
    {
        ["bear"] = "45 min",
        ["restore"] = "2 h",
        ["answer"] = "15 min",
        ["slow"] = "3 s",
        ["hours"] = "business-hours",
        ["load"] = "400",
        ["costHour"] = "EUR 4000",
        ["costNight"] = "EUR 200",
        ["costPeak"] = "EUR 20000",
        ["peak"] = "Month end and all of November",
    };

    [Fact]
    public void Each_answer_becomes_a_term_that_can_be_tested()
    {
        var drafts = Interview.Drafts(Side.Customer, "checkout", "Checkout", _customer);
        drafts.Select(term => $"{term.Key} {term.Value.Label}").ShouldBe(
        [
            "checkout.availability 99.89 %", "checkout.restore 2 h", "checkout.response 15 min", "checkout.latency 3 s", "checkout.workload 400",
            "checkout.hours business-hours",
        ]);
        drafts.SelectMany(term => TermRules.Validate(term)).ShouldBeEmpty();
        drafts.ShouldAllBe(term => term.Notes!.StartsWith("Asked: ") && term.Service == "checkout");
        drafts[0].Calendar.ShouldBe("business-hours");
    }

    [Fact]
    public void Both_interviews_meet_under_the_same_keys()
    {
        var offered = Interview.Drafts(Side.Provider, "checkout", "Checkout", new Dictionary<string, string>
        {
            ["delivered"] = "99.5 %",
            ["restore"] = "4 h",
            ["answer"] = "30 min",
            ["fast"] = "800 ms",
            ["load"] = "350",
            ["hours"] = "always",
        });
        offered.Select(term => term.Key).ShouldBeSubsetOf(Interview.Drafts(Side.Customer, "checkout", "Checkout", _customer).Select(term => term.Key));
        ((Term.TicketClock)offered.Single(term => term.Key == "checkout.restore")).Target!.Target.ShouldBe(90m);
    }

    [Fact]
    public void An_answer_becomes_workload_exclusion_and_data_source_of_the_drafts()
    {
        var drafts = Interview.Drafts(Side.Customer, "checkout", "Checkout", new Dictionary<string, string>(_customer)
        {
            ["work"] = "Sundays 22:00-02:00",
            ["source"] = "prometheus",
        });
        var window = drafts[0].Exclusions.ShouldHaveSingleItem();
        (window.Start, window.Length!.Text, window.Rrule).ShouldBe((new LocalDateTime(2020, 1, 12, 22, 0), "4 h", "FREQ=WEEKLY;BYDAY=SU"));
        drafts.ShouldAllBe(term => term.Measure!.Source == "prometheus");
        drafts.Single(term => term.Key == "checkout.restore").UpTo.ShouldBe(new WorkloadBound(400m, "requests", TermPeriod.Month));
        drafts.SelectMany(term => TermRules.Validate(term)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("every day 03:00-04:00", "1 h", "FREQ=DAILY", 6)]
    [InlineData("on Mondays, from 1:30 to 1:45", "15 min", "FREQ=WEEKLY;BYDAY=MO", 6)]
    [InlineData("Saturday 00:00 – 00:00", "24 h", "FREQ=WEEKLY;BYDAY=SA", 11)]
    public void A_time_for_planned_work_is_read_as_people_say_it(string said, string length, string rule, int day)
    {
        WorkWindow.TryParse(said, out var window).ShouldBeTrue();
        (window.Length!.Text, window.Rrule, window.Start!.Value.Day).ShouldBe((length, rule, day));
    }

    [Theory]
    [InlineData("")]
    [InlineData("whenever")]
    [InlineData("Sundays 26:00-27:00")]
    public void What_is_no_time_of_the_week_is_not_read(string said) => WorkWindow.TryParse(said, out _).ShouldBeFalse();

    [Fact]
    public void What_IT_answers_is_a_capability_with_a_cost_for_each_level()
    {
        var capability = Capability.Read("checkout", new Dictionary<string, string>
        {
            ["delivered"] = "99.5 %",
            ["better"] = "EUR 6000",
            ["load"] = "350",
            ["cost"] = "EUR 18000",
            ["levels"] = "99.9 %: EUR 40,000 once, EUR 6000 a month, EUR 2 per user\nrestore 2 h: 900 EUR per month",
            ["worry"] = "The database is old.\nErik knows it alone.",
        })!;
        (capability.RequestsPerMonth, capability.PerMonth).ShouldBe((350m, new Money(18_000m, "EUR")));
        capability.Risks.ShouldBe(["The database is old.", "Erik knows it alone."]);
        capability.Levels.ShouldBe(
        [
            new LevelCost("checkout.availability", new TermValue.Share(new Share(99.75m)), null, new Money(6000m, "EUR"), null),
            new LevelCost("checkout.availability", new TermValue.Share(new Share(99.9m)), new Money(40_000m, "EUR"), new Money(6000m, "EUR"),
                new Money(2m, "EUR"), "user"),
            new LevelCost("checkout.restore", new TermValue.Span(Duration.FromHours(2)), null, new Money(900m, "EUR"), null),
        ]);
        Capability.Read("checkout", new Dictionary<string, string> { ["take"] = "A second database." }).ShouldBeNull();
    }

    [Theory]
    [InlineData("99.9 %: EUR 5 sometimes")]
    [InlineData("99.9 %: EUR 5")]
    [InlineData("99.9 %")]
    [InlineData("restore 99.9 %: EUR 5 once")]
    [InlineData("availability 2 h: EUR 5 once")]
    [InlineData("120 %: EUR 5 once")]
    public void A_level_without_a_readable_cost_is_refused_with_an_example(string line) =>
        Interview.Validate(Side.Provider, new Dictionary<string, string> { ["levels"] = line }).ShouldHaveSingleItem()
            .Message.ShouldContain("availability 99.9 %: EUR 30000 once");

    [Fact]
    public void Amounts_in_two_currencies_are_refused_with_the_answer_that_differs()
    {
        var customer = Interview.Validate(Side.Customer, new Dictionary<string, string> { ["costHour"] = "EUR 4000", ["costNight"] = "USD 200" })
            .ShouldHaveSingleItem();
        (customer.Path, customer.Rule).ShouldBe(("costNight", "money.currency"));
        Interview.Validate(Side.Provider, new Dictionary<string, string> { ["cost"] = "EUR 4000", ["levels"] = "99.9 %: USD 4 a month" })
            .ShouldHaveSingleItem().Path.ShouldBe("levels");
    }

    [Theory]
    [InlineData("0 s", 100)]
    [InlineData("45 min", 99.89)]
    [InlineData("730 h", 0)]
    [InlineData("2000 h", 0)]
    public void What_one_can_bear_is_a_share_of_the_month(string bear, double percent)
    {
        TimeLimit.TryParseDuration(bear, out var duration);
        Interview.Usable(duration).ShouldBe((decimal)percent);
    }

    [Fact]
    public void An_answer_that_cannot_be_read_says_what_was_expected()
    {
        Interview.Validate(Side.Customer, new Dictionary<string, string> { ["bear"] = "not long", ["costHour"] = "a lot", ["load"] = "", ["giveUp"] = "price" })
            .Select(finding => finding.Path).ShouldBe(["bear", "costHour"]);
        Interview.Validate(Side.Customer, new Dictionary<string, string> { ["zork"] = "1" }).ShouldHaveSingleItem().Rule.ShouldBe("interview.question");
        Interview.Validate(Side.Customer, new Dictionary<string, string> { ["giveUp"] = "nothing" }).ShouldHaveSingleItem()
            .Message.ShouldContain("availability, speed");
    }

    [Fact]
    public void Later_answers_change_what_came_from_earlier_ones_and_leave_what_was_written_by_hand()
    {
        var charter = CharterState.Empty.Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, new Charter("p", "s", ["r"], ["m"])))
            .Apply(new CharterFact.StakeholderNamed("sam", "Sam"), new Stamp("ann", "service level manager", Now, 2))
            .Apply(new CharterFact.Approved(1), new Stamp("sam", "stakeholder", Now, 3));
        var described = DescriptionState.Empty.Fold(Ann,
            DescriptionRules.Describe(charter, DescriptionState.Empty, Ann, "checkout", new ServiceCard("Checkout", "b")));
        var room = RoomState.Empty.Fold(Cem, RoomRules.Answer(charter, described, RoomState.Empty, Cem, "checkout", _customer));
        var restore = room.Of("checkout").Drafts["checkout.restore"].Term;
        room = room.Fold(Cem, RoomRules.Draft(charter, described, room, Cem, "checkout", restore.With(new TermValue.Span(Duration.FromHours(1))).Facts[0]));
        room = room.Fold(Cem, RoomRules.Answer(charter, described, room, Cem, "checkout", new Dictionary<string,
            string>(_customer)
        { ["restore"] = "8 h", ["answer"] = "1 h" }));
        room.Of("checkout").Drafts["checkout.restore"].Term.Value.Label.ShouldBe("1 h");
        room.Of("checkout").Drafts["checkout.response"].Term.Value.Label.ShouldBe("1 h");
        RoomRules.Answer(charter, described, room, Ann, "checkout", _customer).Refusal!.Code.ShouldBe("room.sides_only");
    }

    [Fact]
    public void An_hour_costs_by_day_night_and_season()
    {
        var cost = DowntimeCost.Read(_customer)!;
        cost.At(new LocalDateTime(2026, 7, 15, 10, 0)).Amount.ShouldBe(4000m);
        cost.At(new LocalDateTime(2026, 7, 15, 23, 0)).Amount.ShouldBe(200m);
        cost.At(new LocalDateTime(2026, 7, 18, 10, 0)).Amount.ShouldBe(200m, "a Saturday");
        cost.At(new LocalDateTime(2026, 11, 11, 10, 0)).Amount.ShouldBe(20_000m);
        cost.At(new LocalDateTime(2026, 7, 30, 10, 0)).Amount.ShouldBe(20_000m, "the last days of a month");
        cost.At(new LocalDateTime(2026, 7, 29, 10, 0)).Amount.ShouldBe(4000m);
        cost.Of(new LocalDateTime(2026, 7, 15, 21, 30), new LocalDateTime(2026, 7, 15, 22, 30)).ShouldBe(new Money(2100, "EUR"));
        DowntimeCost.Read(new Dictionary<string, string>()).ShouldBeNull();
    }
}
