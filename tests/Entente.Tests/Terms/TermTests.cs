using System.Text.Json;
using Entente.Terms;
using NodaTime;

namespace Entente.Tests.Terms;

public sealed class TermTests
{
    public static Term[] Family { get; } =
    [
        new Term.Availability
        {
            Key = "shop.up", Title = "The shop is open", Service = "shop", Target =
                new(Comparison.AtLeast, 99.90m, Unit.Percent),
            Period = TermPeriod.Quarter, Calendar = "shop-hours",
            Measure = new Measure { Source = "probes", Series = ["checkout"], Down = ["major"] },
            Credit = new CreditLadder
            {
                Bands = [new(Band.Parse("99.0 % < x <= 99.9 %"), new CreditAmount(new Share(10), null))],
                Of = new Money(44500m, "EUR"),
            },
            Exclusions = [new ExclusionClause { Key = "sunday", Start = new LocalDateTime(2026, 1, 4, 2, 0),
                Length = TimeLimit.Parse("2 h"), Rrule = "FREQ=WEEKLY" }],
        },
        new Term.EventRatio { Key = "orders", Title = "Orders go through", Target =
            new(Comparison.AtLeast, 99.5m, Unit.Percent),
            Slicing = new Slicing(SlicingKind.Timeslices, Duration.FromMinutes(5),
                new(Comparison.AtLeast, 95m, Unit.Percent)) },
        new Term.Latency { Key = "fast", Title = "Pages are fast", Threshold = Duration.FromMilliseconds(300),
            Target = new(Comparison.AtLeast, 95m, Unit.Percent) },
        new Term.TicketClock { Key = "p1", Title = "P1 is answered", Clock = ClockKind.Response, Priorities = ["P1"],
            Within = TimeLimit.Parse("4 h"), UpTo = new WorkloadBound(40, "tickets", TermPeriod.Month) },
        new Term.Workload { Key = "tickets", Title = "Tickets", Limit = new(Comparison.AtMost, 400m, Unit.Number), Of =
            "tickets" },
        new Term.Survey { Key = "happy", Title = "Users are content", Target =
            new(Comparison.AtLeast, 4.2m, Unit.Number) },
        new Term.CountLimit { Key = "outages", Title = "Few outages", Target = new(Comparison.AtMost, 2m, Unit.Number),
            Of = "outages" },
        new Term.SupportHours { Key = "hours", Title = "Support hours", Hours = "business" },
        new Term.ServiceCredit { Key = "cap", Title = "Credits end here", Cap = new Share(25) },
        new Term.Charge { Key = "fee", Title = "Fee", Amount = new Money(44500m, "EUR"), Period = TermPeriod.Month },
        new Term.FreeClause { Key = "law", Title = "Law", Text = "German law", Choices = ["German law", "Swiss law"] },
    ];

    [Fact]
    public void Every_kind_of_term_survives_json()
    {
        foreach (var term in Family)
        {
            var text = JsonSerializer.Serialize(term, Json.Options);
            text.ShouldStartWith("{\"kind\":\"");
            text.ShouldNotContain("moreIsBetter");
            text.ShouldNotContain("\"value\":");
            JsonSerializer.Serialize(JsonSerializer.Deserialize<Term>(text, Json.Options), Json.Options).ShouldBe(text);
            TermRules.Validate(term).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_value_survives_json_and_goes_back_into_its_term()
    {
        foreach (var term in Family)
        {
            var text = JsonSerializer.Serialize(term.Value, Json.Options);
            text.ShouldNotContain("label");
            var value = JsonSerializer.Deserialize<TermValue>(text, Json.Options)!;
            value.ShouldBe(term.Value);
            term.With(value).Facts.Single().Value.ShouldBe(value);
        }
    }

    [Fact]
    public void Labels_read_as_people_write()
    {
        Family.Select(term => term.Value.Label).ShouldBe(
            ["99.90 %", "99.5 %", "300 ms", "4 h", "400", "4.2", "2", "business", "25 %", "€ 44,500", "German law"]);
    }

    [Fact]
    public void A_value_of_another_kind_is_refused()
    {
        Family[0].With(new TermValue.Price(new Money(1, "EUR"))).Refusal!.Code.ShouldBe("term.value_kind");
        Family[^1].With(new TermValue.Choice("Roman law")).Refusal!.Code.ShouldBe("term.choice");
    }

    [Fact]
    public void The_decimals_of_a_contract_are_kept()
    {
        JsonSerializer.Serialize(((Term.Availability)Family[0]).Target, Json.Options).ShouldBe("\">= 99.90 %\"");
        JsonSerializer.Deserialize<Objective>("\">=99.9%\"", Json.Options)
            .ShouldBe(new(Comparison.AtLeast, 99.9m, Unit.Percent));
    }

    [Theory]
    [InlineData("PT4H", 240), InlineData("4 h", 240), InlineData("1 h 30 min", 90), InlineData("2 business h", 120)]
    [InlineData("1 day", 1440), InlineData("10min", 10), InlineData("2 weeks", 20160)]
    public void A_limit_in_words_is_a_duration(string text, int minutes) =>
        TimeLimit.Parse(text).Duration.ShouldBe(Duration.FromMinutes(minutes));

    [Fact]
    public void A_limit_may_be_business_days_or_words_that_measure_nothing()
    {
        TimeLimit.Parse("20 business days").BusinessDays.ShouldBe(20);
        TimeLimit.Parse("next release").IsMeasurable.ShouldBeFalse();
    }

    [Theory]
    [InlineData("99.0% < uptime <= 99.9%", "99.0 % < x <= 99.9 %"), InlineData("u < 95.0%", "x < 95.0 %")]
    [InlineData("90-95%", "90 % <= x <= 95 %"), InlineData("<90%", "x < 90 %"), InlineData("1-2", "1 <= x <= 2")]
    [InlineData(">= 5", "x >= 5"), InlineData("99.9 % > x >= 99 %", "99 % <= x < 99.9 %")]
    public void Bands_are_read_as_contracts_write_them(string text, string spelt) => Band.Parse(text).ToString()
        .ShouldBe(spelt);

    [Theory]
    [InlineData("month"), InlineData("quarter"), InlineData("month from day 15"), InlineData("year from 04-01")]
    [InlineData("week from sunday"), InlineData("rolling 30 d"), InlineData("rolling 1 h 30 min")]
    public void Periods_keep_their_spelling(string text) => TermPeriod.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("""{"kind":"availability","key":"a","title":"A","target":"99,9"}""", "an objective such as")]
    [InlineData("""{"kind":"charge","key":"a","title":"A","amount":"44500"}""", "money such as EUR 44500")]
    [InlineData("""{"kind":"availability","key":"a","title":"A","target":"99 %","colour":"red"}""", "colour")]
    public void A_wrong_text_says_what_was_expected(string json, string expected) =>
        Should.Throw<JsonException>(() =>
            JsonSerializer.Deserialize<Term>(json, Json.Options)).Message.ShouldContain(expected);
}
