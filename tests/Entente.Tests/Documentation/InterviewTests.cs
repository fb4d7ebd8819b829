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
